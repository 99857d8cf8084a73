"""State of Model II, and how it is placed, moved and taken off the lattice."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from foedus.chance.stream import keyed, low_below
from foedus.streets.lattice.order import inside
from foedus.streets.lattice.rules import ACTIVE, OCCUPIED, PENDING, PLANES, POLICE
from foedus.streets.lattice.torus import bit_at, flip, home, is_set, site_at, word_at
from foedus.streets.lattice.vision import nth_seen

FIRST, SECOND = PLANES, PLANES + 1
ALL_PLANES = PLANES + 2
AGE, LAST = 0, 1
C_HARDSHIP, C_AVERSION, C_GROUP, C_AGE, C_LAST, C_TERM, C_ROW, C_COLUMN = range(8)
CELL = 8

compiled: Any = njit(cache=True, nogil=True, error_model="numpy")


class Field(NamedTuple):
    """All state of a lattice of two groups.

    ``planes`` (word, property): those of Model I and one for each group; ``traits`` (site, 2) hardship and
    risk aversion; ``ages`` (site, 2) age and age at death [steps]; ``cells`` (1 + inmate, 8) those in jail,
    with hardship, risk aversion, group, age, age at death, steps left, and row and column of the arrest,
    margin included; in its first place how many.
    """

    planes: Any
    traits: Any
    ages: Any
    cells: Any


class Numbers(NamedTuple):
    """Numbers of a run: those of :class:`Groups`, and how many sites people and officers see."""

    threshold: float
    longest_term: int
    clone_chance: float
    longest_life: int
    freed_near: bool
    people_sites: int
    police_sites: int


@compiled
def group_at(field: Any, y: int, x: int, torus: Any) -> int:
    """0 or 1: the group of the one who stands there; -1 for an officer or a free site."""
    word, bit = word_at(y, x, torus), bit_at(y, x)
    if is_set(field.planes, FIRST, word, bit):
        return 0
    return 1 if is_set(field.planes, SECOND, word, bit) else -1


@compiled
def settle_groups(field: Any, torus: Any, key: Any, people: int, first: int, longest_life: int) -> None:
    """Give everybody placed a group, ``first`` of them the first one, age 0 and an age at death."""
    left, wanted = people, first
    for y in range(torus.pad, torus.pad + torus.height):
        for x in range(torus.pad, torus.pad + torus.width):
            word, bit = word_at(y, x, torus), bit_at(y, x)
            if not is_set(field.planes, OCCUPIED, word, bit) or is_set(field.planes, POLICE, word, bit):
                continue
            place = np.uint64((y - torus.pad) * torus.width + x - torus.pad)
            # Selection sampling (Knuth, TAOCP 2, algorithm 3.4.2 S): every division is as likely.
            of_first = low_below(keyed(key, place * np.uint64(2)), left) < wanted
            flip(field.planes, FIRST if of_first else SECOND, y, x, torus)
            wanted -= 1 if of_first else 0
            left -= 1
            site = site_at(y, x, torus)
            field.ages[site, AGE] = 0
            field.ages[site, LAST] = 1 + low_below(
                keyed(key, place * np.uint64(2) + np.uint64(1)), longest_life
            )


@compiled
def walk(field: Any, y: int, x: int, n: int, torus: Any, sight: Any) -> Any:
    """Move whoever stands there to the n-th free site in view, with all that is theirs."""
    to_y, to_x = nth_seen(field.planes, OCCUPIED, True, n, y, x, torus, sight)
    to_y, to_x = home(to_y, to_x, torus)
    word, bit = word_at(y, x, torus), bit_at(y, x)
    for plane in (OCCUPIED, POLICE, ACTIVE, FIRST, SECOND):
        if is_set(field.planes, plane, word, bit):
            flip(field.planes, plane, y, x, torus)
            flip(field.planes, plane, to_y, to_x, torus)
    here, there = site_at(y, x, torus), site_at(to_y, to_x, torus)
    for i in range(2):
        field.traits[there, i] = field.traits[here, i]
        field.ages[there, i] = field.ages[here, i]
    return to_y, to_x


@compiled
def clear(field: Any, y: int, x: int, torus: Any) -> None:
    """Take one of the people off the lattice; a turn to come is lost."""
    word, bit = word_at(y, x, torus), bit_at(y, x)
    for plane in (OCCUPIED, ACTIVE, FIRST, SECOND):
        if is_set(field.planes, plane, word, bit):
            flip(field.planes, plane, y, x, torus)
    field.planes[word, PENDING] &= ~(np.uint64(1) << bit)


@compiled
def count_people(field: Any, torus: Any, people: Any, active: Any, jailed: Any) -> None:
    """Recount both groups: people, those in jail included, active and jailed (group,) are written."""
    people[:] = 0
    active[:] = 0
    jailed[:] = 0
    for y in range(torus.pad, torus.pad + torus.height):
        for x in range(torus.pad, torus.pad + torus.width):
            group = group_at(field, y, x, torus)
            if group >= 0:
                people[group] += 1
                active[group] += 1 if is_set(field.planes, ACTIVE, word_at(y, x, torus), bit_at(y, x)) else 0
    for inmate in range(1, np.int64(field.cells[0, 0]) + 1):
        group = np.int64(field.cells[inmate, C_GROUP])
        people[group] += 1
        jailed[group] += 1


@compiled
def free_sites(field: Any, torus: Any) -> int:
    """How many sites nobody occupies."""
    free = 0
    blocks = torus.pad >> 3
    for row in range((torus.height + 7) >> 3):
        for column in range((torus.width + 7) >> 3):
            word = np.uint64((row + blocks) * torus.stride + column + blocks)
            left = ~field.planes[word, OCCUPIED] & inside(row, column, torus)
            while left != np.uint64(0):
                left &= left - np.uint64(1)
                free += 1
    return free
