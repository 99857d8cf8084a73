"""A run of Model I shared out between threads, to the same bits for any number of them.

Work is cut into tickets, one a tile and pass, in the order in which one thread would do them. Whoever is free
takes the next. Only tiles that touch can meet on a site, so a ticket waits for those of its eight neighbours
that come before it and for nothing else: a thread that the system holds up for a while holds up its
neighbourhood and not, at every pass and colour, all the rest. Who waits too long gives its core away.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.chance.compiled import inlined, lent
from foedus.chance.stream import keyed
from foedus.streets.lattice.atomics import add_one, load, store
from foedus.streets.lattice.course import tally
from foedus.streets.lattice.order import PASSES
from foedus.streets.lattice.steps import advance_tile, everyone_pending

NEXT, OPENED, STOPPED = range(3)
PATIENCE = 20_000
give_way: Callable[[], Any] = getattr(os, "sched_yield", lambda: time.sleep(0))


class Shared(NamedTuple):
    """What threads tell one another.

    ``signs`` (3,) the next ticket, how many steps have begun, and whether all are to stop; ``done`` (tile,)
    passes that a tile has behind it; ``held`` (thread,) the ticket that a thread has taken and not yet done,
    or -1; ``caught`` (tile,) arrests in this step.
    """

    signs: NDArray[np.int64]
    done: NDArray[np.int64]
    held: NDArray[np.int64]
    caught: NDArray[np.int64]


@inlined
def _all_done(done: Any, passes: int) -> Any:
    least = passes
    for tile in range(done.shape[0]):
        least = min(least, load(done, tile))
    return least >= passes


@inlined
def _neighbours_done(
    done: Any, row: int, column: int, rows: int, columns: int, down: int, right: int, passes: int
) -> Any:
    """Whether the tile and its neighbours have all behind them that comes before this pass of the tile."""
    colour = row % down * right + column % right
    for up in range(-1, 2):
        for left in range(-1, 2):
            y, x = (row + up + rows) % rows, (column + left + columns) % columns
            earlier = y % down * right + x % right < colour
            if load(done, y * columns + x) < passes + earlier:
                return False
    return True


@lent
def _work(
    thread: int, signs: Any, done: Any, held: Any, caught: Any, planes: Any, traits: Any, term: Any,
    cells: Any, tiles: Any, listed: Any, torus: Any, citizen: Any, officer: Any, rules: Any, chances: Any,
    own: Any, keys: Any, levels: Any, active: Any, jailed: Any, arrests: Any,
) -> Any:  # fmt: skip
    """Do tickets until none is left (True), or one has to wait for too long (False): then call again."""
    edges_down, edges_right = tiles.rows, tiles.columns
    rows, columns = edges_down.shape[0] - 1, edges_right.shape[0] - 1
    down, right = min(rows, 2), min(columns, 2)
    across = columns // right
    of_colour = rows // down * across
    of_step = 1 + PASSES * rows * columns
    steps = keys.shape[0]
    while True:
        ticket = held[thread]
        if ticket < 0:
            ticket = add_one(signs, NEXT)
            held[thread] = ticket
        step, place = ticket // of_step, ticket % of_step
        if ticket > steps * of_step or load(signs, STOPPED) > 0:
            return True
        phase, n = (place - 1) // of_colour, (place - 1) % of_colour
        turn, colour = phase // (down * right), phase % (down * right)
        row, column = n // across * down + colour // right, n % across * right + colour % right
        passes = step * PASSES + turn
        waited = 0
        while not (
            _all_done(done, step * PASSES)
            if place == 0
            else load(signs, OPENED) > step
            and _neighbours_done(done, row, column, rows, columns, down, right, passes)
        ):
            if load(signs, STOPPED) > 0:
                return True
            waited += 1
            if waited == PATIENCE:
                return False
        if place == 0:
            if step > 0:
                arrests[step - 1] = 0
                for tile in range(caught.shape[0]):
                    arrests[step - 1] += caught[tile]
                active[step - 1], jailed[step - 1] = tally(planes, cells, torus)
            if step < steps:
                everyone_pending(planes, torus)
                caught[:] = 0
                store(signs, OPENED, step + 1)
        else:
            key = keys[step]
            tile = row * columns + column
            caught[tile] += advance_tile(
                planes, traits, term, cells, edges_down[row], edges_down[row + 1], edges_right[column],
                edges_right[column + 1], turn, key, keyed(~key, (turn * rows + row) * columns + column),
                listed[thread], torus, citizen, officer, levels[step], rules, chances, own,
            )  # fmt: skip
            store(done, tile, passes + 1)
        held[thread] = -1


def run_on_threads(threads: int, field: Any, tiles: Any, listed: Any, *rest: Any) -> None:
    """Steps on so many threads; arguments as in :func:`~foedus.streets.lattice.course.run_in_order`.

    Only for those who keep their site in jail: leaving the lattice and coming back is one queue.
    """
    count = (len(tiles.rows) - 1) * (len(tiles.columns) - 1)
    shared = Shared(
        signs=np.zeros(3, np.int64),
        done=np.zeros(count, np.int64),
        held=np.full(threads, -1, np.int64),
        caught=np.zeros(count, np.int64),
    )

    def work(thread: int) -> None:
        try:
            while not _work(thread, *shared, *field, tiles, listed, *rest):
                give_way()
        except BaseException:
            # Whatever ended one of them, a stop by the user as well, must not leave others waiting.
            shared.signs[STOPPED] = 1
            raise

    with ThreadPoolExecutor(threads - 1) as others:
        working = [others.submit(work, thread) for thread in range(1, threads)]
        work(0)
        for each in working:
            each.result()
