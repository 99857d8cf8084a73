"""Births, deaths and releases in Model II."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.chance.stream import STEP, high_below, low_below, mixed, unit_single
from foedus.streets.lattice.groups.field import (
    AGE,
    C_AGE,
    C_AVERSION,
    C_COLUMN,
    C_GROUP,
    C_HARDSHIP,
    C_LAST,
    C_ROW,
    C_TERM,
    CELL,
    FIRST,
    LAST,
    SECOND,
    clear,
    compiled,
    free_sites,
    group_at,
)
from foedus.streets.lattice.rules import OCCUPIED
from foedus.streets.lattice.steps import random_site
from foedus.streets.lattice.torus import bit_at, flip, home, is_set, site_at, word_at
from foedus.streets.lattice.vision import nth_seen, seen_with

NEIGHBOURS = 8


@compiled
def _keep(cells: Any, kept: int, inmate: int) -> int:
    kept += 1
    for i in range(CELL):
        cells[kept, i] = cells[inmate, i]
    return kept


@compiled
def _place_of_release(field: Any, y: int, x: int, stream: Any, torus: Any, sight: Any, numbers: Any) -> Any:
    """A random free site in view of the arrest, its own site included; where none is, or anywhere: of all."""
    if numbers.freed_near:
        word, bit = word_at(y, x, torus), bit_at(y, x)
        itself = 0 if is_set(field.planes, OCCUPIED, word, bit) else 1
        free = numbers.people_sites - seen_with(field.planes, OCCUPIED, word, bit, sight)
        if free + itself > 0:
            stream += STEP
            n = np.int64(low_below(mixed(stream), free + itself))
            if n < free:
                y, x = nth_seen(field.planes, OCCUPIED, True, n, y, x, torus, sight)
                y, x = home(y, x, torus)
            return y, x, stream
    return random_site(field.planes, False, stream, torus)


@compiled
def release(field: Any, stream: Any, torus: Any, sight: Any, numbers: Any) -> Any:
    """Bring all in jail a step nearer to release; the freed come back to free sites, or wait for one."""
    cells = field.cells
    free = free_sites(field, torus)
    kept = 0
    for inmate in range(1, np.int64(cells[0, 0]) + 1):
        if cells[inmate, C_TERM] > 0 or free == 0:
            kept = _keep(cells, kept, inmate)
            cells[kept, C_TERM] = max(cells[kept, C_TERM] - 1, 0)
            continue
        row, column = np.int64(cells[inmate, C_ROW]), np.int64(cells[inmate, C_COLUMN])
        y, x, stream = _place_of_release(field, row, column, stream, torus, sight, numbers)
        free -= 1
        flip(field.planes, OCCUPIED, y, x, torus)
        flip(field.planes, FIRST if cells[inmate, C_GROUP] == 0 else SECOND, y, x, torus)
        site = site_at(y, x, torus)
        field.traits[site, 0] = cells[inmate, C_HARDSHIP]
        field.traits[site, 1] = cells[inmate, C_AVERSION]
        field.ages[site, AGE] = np.uint16(cells[inmate, C_AGE])
        field.ages[site, LAST] = np.uint16(cells[inmate, C_LAST])
    cells[0, 0] = kept
    return stream


@compiled
def grow_older(field: Any, torus: Any, died: Any) -> None:
    """Everybody grows a step older, in jail too; who reaches the age at death dies. Counts (group,)."""
    for y in range(torus.pad, torus.pad + torus.height):
        for x in range(torus.pad, torus.pad + torus.width):
            group = group_at(field, y, x, torus)
            if group < 0:
                continue
            site = site_at(y, x, torus)
            field.ages[site, AGE] += 1
            if field.ages[site, AGE] >= field.ages[site, LAST]:
                clear(field, y, x, torus)
                died[group] += 1
    kept = 0
    for inmate in range(1, np.int64(field.cells[0, 0]) + 1):
        field.cells[inmate, C_AGE] += 1
        if field.cells[inmate, C_AGE] >= field.cells[inmate, C_LAST]:
            died[np.int64(field.cells[inmate, C_GROUP])] += 1
        else:
            kept = _keep(field.cells, kept, inmate)
    field.cells[0, 0] = kept


@compiled
def have_child(
    field: Any, y: int, x: int, stream: Any, torus: Any, near: Any, numbers: Any, born: Any
) -> Any:
    """Perhaps clone one of the people onto a free neighbouring site; the stream comes back."""
    stream += STEP
    bits = mixed(stream)
    if unit_single(bits) >= numbers.clone_chance:
        return stream
    free = NEIGHBOURS - seen_with(field.planes, OCCUPIED, word_at(y, x, torus), bit_at(y, x), near)
    if free == 0:
        return stream
    stream += STEP
    bits = mixed(stream)
    to_y, to_x = nth_seen(field.planes, OCCUPIED, True, low_below(bits, free), y, x, torus, near)
    to_y, to_x = home(to_y, to_x, torus)
    group = group_at(field, y, x, torus)
    flip(field.planes, OCCUPIED, to_y, to_x, torus)
    flip(field.planes, FIRST if group == 0 else SECOND, to_y, to_x, torus)
    here, there = site_at(y, x, torus), site_at(to_y, to_x, torus)
    field.traits[there, 0] = field.traits[here, 0]
    stream += STEP
    field.traits[there, 1] = unit_single(mixed(stream))
    field.ages[there, AGE] = 0
    field.ages[there, LAST] = 1 + high_below(bits, numbers.longest_life)
    born[group] += 1
    return stream
