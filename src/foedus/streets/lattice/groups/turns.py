"""One turn of one agent in Model II: move, then decide and kill, or arrest."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.chance.stream import STEP, high_below, low_below, mixed
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
    FIRST,
    LAST,
    SECOND,
    clear,
    compiled,
    group_at,
    walk,
)
from foedus.streets.lattice.rules import ACTIVE, OCCUPIED, POLICE
from foedus.streets.lattice.torus import bit_at, flip, home, is_set, site_at, word_at
from foedus.streets.lattice.vision import nth_seen, seen_with


@compiled
def decide(
    field: Any, y: int, x: int, torus: Any, sight: Any, legitimacy: float, numbers: Any, chances: Any
) -> bool:
    """Rule A, with the legitimacy of the other group: whether this one is active now."""
    word, bit = word_at(y, x, torus), bit_at(y, x)
    police = seen_with(field.planes, POLICE, word, bit, sight)
    active = seen_with(field.planes, ACTIVE, word, bit, sight) + 1
    site = site_at(y, x, torus)
    risk = np.float64(field.traits[site, 1]) * chances[police, active]
    willing = np.float64(field.traits[site, 0]) * (1.0 - legitimacy) - risk > numbers.threshold
    if willing != is_set(field.planes, ACTIVE, word, bit):
        flip(field.planes, ACTIVE, y, x, torus)
    return willing


@compiled
def kill(field: Any, y: int, x: int, bits: Any, torus: Any, sight: Any, killed: Any) -> None:
    """Kill one of the other group in view, drawn at random, if any is; ``killed`` (group,) counts them."""
    group = group_at(field, y, x, torus)
    others = SECOND if group == 0 else FIRST
    count = seen_with(field.planes, others, word_at(y, x, torus), bit_at(y, x), sight)
    if count == 0:
        return
    at_y, at_x = nth_seen(field.planes, others, False, low_below(bits, count), y, x, torus, sight)
    at_y, at_x = home(at_y, at_x, torus)
    clear(field, at_y, at_x, torus)
    killed[1 - group] += 1


@compiled
def arrest(field: Any, y: int, x: int, bits: Any, torus: Any, sight: Any, numbers: Any) -> int:
    """Rule C, without sides: arrest one active in view, drawn at random; how many were (0 or 1)."""
    active = seen_with(field.planes, ACTIVE, word_at(y, x, torus), bit_at(y, x), sight)
    if active == 0:
        return 0
    at_y, at_x = nth_seen(field.planes, ACTIVE, False, low_below(bits, active), y, x, torus, sight)
    at_y, at_x = home(at_y, at_x, torus)
    site = site_at(at_y, at_x, torus)
    inmate = np.int64(field.cells[0, 0]) + 1
    field.cells[inmate, C_HARDSHIP] = field.traits[site, 0]
    field.cells[inmate, C_AVERSION] = field.traits[site, 1]
    field.cells[inmate, C_GROUP] = group_at(field, at_y, at_x, torus)
    field.cells[inmate, C_AGE] = field.ages[site, AGE]
    field.cells[inmate, C_LAST] = field.ages[site, LAST]
    field.cells[inmate, C_TERM] = high_below(bits, numbers.longest_term + 1)
    field.cells[inmate, C_ROW], field.cells[inmate, C_COLUMN] = at_y, at_x
    field.cells[0, 0] = inmate
    clear(field, at_y, at_x, torus)
    return 1


@compiled
def take_turn(
    field: Any, y: int, x: int, bits: Any, stream: Any, torus: Any, people_sight: Any, police_sight: Any,
    legitimacy: float, numbers: Any, chances: Any, killed: Any,
) -> Any:  # fmt: skip
    """One agent's turn. Returns where the stream of draws stands, and how many were arrested."""
    word, bit = word_at(y, x, torus), bit_at(y, x)
    officer = is_set(field.planes, POLICE, word, bit)
    sight = police_sight if officer else people_sight
    sites = numbers.police_sites if officer else numbers.people_sites
    free = sites - seen_with(field.planes, OCCUPIED, word, bit, sight)
    if free > 0:
        y, x = walk(field, y, x, high_below(bits, free), torus, sight)
    stream += STEP
    more = mixed(stream)
    if officer:
        return stream, arrest(field, y, x, more, torus, sight, numbers)
    if decide(field, y, x, torus, sight, legitimacy, numbers, chances):
        kill(field, y, x, more, torus, sight, killed)
    return stream, 0
