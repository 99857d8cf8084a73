"""Whole runs of Model II, compiled, on one thread."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from foedus.chance.stream import STEP, keyed, low_below, mixed
from foedus.streets.lattice.groups.field import compiled, count_people, group_at
from foedus.streets.lattice.groups.lives import grow_older, have_child, release
from foedus.streets.lattice.groups.turns import take_turn
from foedus.streets.lattice.order import PASSES, gather
from foedus.streets.lattice.rules import PENDING
from foedus.streets.lattice.steps import everyone_pending
from foedus.streets.lattice.torus import bit_at, is_set, word_at

_RELEASES = np.uint64(0xFFFFFFFF)


class Told(NamedTuple):
    """What is written, by step and group (time, 2); ``arrests`` by step (time,)."""

    people: Any
    active: Any
    jailed: Any
    killed: Any
    died: Any
    born: Any
    arrests: Any


@compiled
def _list_all(field: Any, torus: Any, listed: Any) -> int:
    everyone_pending(field.planes, torus)
    return gather(
        field.planes, PENDING, 0, torus.height, 0, torus.width, torus, np.uint64(0), PASSES - 1, listed
    )


@compiled
def _drawn(listed: Any, i: int, count: int, bits: Any) -> Any:
    """The i-th of a random order, by one step of a shuffle: row and column, margin included."""
    place = np.uint64(i) + low_below(bits, count - i)
    agent = np.int64(listed[place])
    listed[place] = listed[np.uint64(i)]
    return agent >> 16, agent & 0xFFFF


@compiled
def run_steps(
    field: Any, torus: Any, sights: Any, numbers: Any, chances: Any, listed: Any, turn_keys: Any,
    life_keys: Any, levels: Any, until_extinction: bool, told: Any,
) -> int:  # fmt: skip
    """Take the steps; ``turn_keys``, ``life_keys`` and ``levels`` are by step (time,).

    ``sights`` are those of people, of officers and of the eight neighbours. Returns how many steps were
    taken: fewer than asked where ``until_extinction`` is set and a group is gone.
    """
    people_sight, police_sight, near = sights
    for step in range(turn_keys.shape[0]):
        key = turn_keys[step]
        release(field, keyed(key, _RELEASES), torus, people_sight, numbers)
        stream = keyed(key, np.uint64(0))
        count = _list_all(field, torus, listed)
        for i in range(count):
            stream += STEP
            bits = mixed(stream)
            y, x = _drawn(listed, i, count, bits)
            word, bit = word_at(y, x, torus), bit_at(y, x)
            if not is_set(field.planes, PENDING, word, bit):
                continue
            field.planes[word, PENDING] &= ~(np.uint64(1) << bit)
            stream, arrested = take_turn(
                field, y, x, bits, stream, torus, people_sight, police_sight, levels[step], numbers,
                chances, told.killed[step],
            )  # fmt: skip
            told.arrests[step] += arrested
        grow_older(field, torus, told.died[step])
        stream = keyed(life_keys[step], np.uint64(0))
        count = _list_all(field, torus, listed)
        for i in range(count):
            stream += STEP
            y, x = _drawn(listed, i, count, mixed(stream))
            if group_at(field, y, x, torus) >= 0:
                stream = have_child(field, y, x, stream, torus, near, numbers, told.born[step])
        count_people(field, torus, told.people[step], told.active[step], told.jailed[step])
        if until_extinction and min(told.people[step, 0], told.people[step, 1]) == 0:
            return step + 1
    return int(turn_keys.shape[0])
