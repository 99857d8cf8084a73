"""Whole runs of Model I on one thread, compiled: every agent once a step, or agents drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from foedus.chance.compiled import lent
from foedus.chance.stream import STEP, keyed, mixed
from foedus.streets.lattice.order import PASSES
from foedus.streets.lattice.rules import ACTIVE, JAILED, OCCUPIED
from foedus.streets.lattice.steps import advance_tile, count_inside, everyone_pending, random_site, release
from foedus.streets.lattice.turns import take_turn

TURNS_AT_A_TIME = 5_000_000
"""A compiled call does not hear that the user stops it, so a long run is made of several calls."""


def steps_at_a_time(agents: int) -> int:
    """How many steps one compiled call takes."""
    return max(TURNS_AT_A_TIME // max(agents, 1), 1)


@lent
def tally(planes: Any, cells: Any, torus: Any) -> Any:
    """Active and jailed agents, by a recount."""
    jailed = count_inside(planes, JAILED, torus) + np.int64(cells[0, 0])
    return count_inside(planes, ACTIVE, torus), jailed


@njit(cache=True, nogil=True, error_model="numpy")
def run_in_order(
    planes: Any, traits: Any, term: Any, cells: Any, tiles: Any, listed: Any, torus: Any, citizen: Any,
    officer: Any, rules: Any, chances: Any, own: Any, keys: Any, levels: Any, active: Any, jailed: Any,
    arrests: Any,
) -> None:  # fmt: skip
    """Steps on one thread: every agent once a step, in the order of :mod:`order`.

    ``keys`` and ``levels`` (time,) are the key and the legitimacy of each step; ``active``, ``jailed`` and
    ``arrests`` (time,) are written.
    """
    edges_down, edges_right = tiles.rows, tiles.columns
    one_list = listed[0]
    rows, columns = edges_down.shape[0] - 1, edges_right.shape[0] - 1
    alone = rows == 1 and columns == 1
    down, right = min(rows, 2), min(columns, 2)
    for step in range(keys.shape[0]):
        key, legitimacy = keys[step], levels[step]
        if not rules.keep_site:
            release(planes, traits, cells, keyed(key, np.uint64(0xFFFFFFFF)), torus)
        everyone_pending(planes, torus)
        caught = 0
        for turn in range(PASSES - 1 if alone else 0, PASSES):
            for colour in range(down * right):
                for row in range(colour // right, rows, down):
                    for column in range(colour % right, columns, right):
                        place = (turn * rows + row) * columns + column
                        caught += advance_tile(
                            planes, traits, term, cells, edges_down[row], edges_down[row + 1],
                            edges_right[column], edges_right[column + 1], turn, key, keyed(~key, place),
                            one_list, torus, citizen, officer, legitimacy, rules, chances, own,
                        )  # fmt: skip
        arrests[step] = caught
        active[step], jailed[step] = tally(planes, cells, torus)


@njit(cache=True, nogil=True, error_model="numpy")
def run_drawn(
    planes: Any, traits: Any, term: Any, cells: Any, torus: Any, citizen: Any, officer: Any, rules: Any,
    chances: Any, own: Any, keys: Any, levels: Any, active: Any, jailed: Any, arrests: Any,
) -> None:  # fmt: skip
    """Steps of as many turns as there are agents on the lattice, each of one drawn at random.

    Arguments as in :func:`run_in_order`.
    """
    for step in range(keys.shape[0]):
        stream = keyed(keys[step], np.uint64(0))
        if not rules.keep_site:
            stream = release(planes, traits, cells, stream, torus)
        caught = 0
        for _ in range(count_inside(planes, OCCUPIED, torus)):
            y, x, stream = random_site(planes, True, stream, torus)
            stream += STEP
            stream, arrested = take_turn(
                planes, traits, term, cells, y, x, mixed(stream), stream, torus, citizen, officer,
                levels[step], rules, chances, own,
            )  # fmt: skip
            caught += arrested
        arrests[step] = caught
        active[step], jailed[step] = tally(planes, cells, torus)
