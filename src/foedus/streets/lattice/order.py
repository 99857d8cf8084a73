"""Order: who acts when. Activation order is part of the model, so it is keyed and never left to storage.

A lattice of up to :data:`ALONE` sites a side is one tile, and its agents act one by one in a random order.
A larger one is cut into tiles of about :data:`TILE` sites. Each agent draws in which of four passes over
the tiles it acts; in a pass the tiles take turns by four colours, so that tiles of one colour never touch
the same site or word and may run side by side (see :mod:`sharing`); within a tile the order is random. One
pass alone would bias the process by a few per cent, four do not by anything a paired test sees (see
docs/lattice.md).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from foedus.chance.compiled import inlined, lent
from foedus.chance.stream import keyed
from foedus.streets.lattice.bits import first_bit
from foedus.streets.lattice.torus import BLOCK, Torus

TILE = 64
ALONE = 128
PASSES = 4


class Tiles(NamedTuple):
    """Edges of the tiles, without the margin: ``rows`` and ``columns``; an even number of each, or one."""

    rows: Any
    columns: Any


def tiles_along(side: int, reach: int, tile: int = TILE, alone: int = ALONE) -> int:
    """How many tiles lie along a side; ``reach`` is how far a turn may read or write. [sites]"""
    if side <= max(alone, tile):
        return 1
    return max(side // max(min(tile, side // 4), 2 * reach + 2 * BLOCK) // 2 * 2, 1)


def tiles_of(torus: Torus, reach: int, tile: int = TILE, alone: int = ALONE) -> Tiles:
    """Cut a torus into tiles."""
    return Tiles(*(_edges(side, tiles_along(side, reach, tile, alone)) for side in torus[:2]))


def _edges(side: int, count: int) -> Any:
    return np.array([edge(n, count, side) for n in range(count + 1)], np.int64)


@lent
def edge(n: int, count: int, side: int) -> int:
    """Where tile ``n`` of ``count`` begins: at a whole block, and the last ends with the side."""
    if n == count:
        return side
    return (2 * n * side + count * BLOCK) // (2 * count * BLOCK) * BLOCK


@njit(cache=True, nogil=True, error_model="numpy")
def inside(row: int, column: int, torus: Any) -> Any:
    """Which sites of a block of the lattice (counted without the margin) are no images."""
    everything = ~np.uint64(0)
    down = torus.height - row * BLOCK
    if down < BLOCK:
        everything >>= np.uint64(64 - 8 * down)
    right = torus.width - column * BLOCK
    if right < BLOCK:
        line = (np.uint64(1) << np.uint64(right)) - np.uint64(1)
        everything &= line * np.uint64(0x0101010101010101)
    return everything


@inlined
def in_pass(key: Any, word: Any, turn: int) -> Any:
    """Which places of a word act in this pass, if they have not acted yet: in the last pass, all."""
    if turn == PASSES - 1:
        return ~np.uint64(0)
    high = keyed(key, word * np.uint64(2))
    low = keyed(key, word * np.uint64(2) + np.uint64(1))
    if turn == 0:
        return high & low
    return high & ~low if turn == 1 else low & ~high


@lent
def gather(
    planes: Any, pending: int, top: int, bottom: int, left: int, right: int, torus: Any, key: Any,
    turn: int, listed: Any,
) -> int:  # fmt: skip
    """List the agents of a tile that act in this pass. They are pending until they have acted.

    Writes row and column, margin included, as ``row << 16 | column`` into ``listed``; returns how many.
    """
    count = 0
    blocks = torus.pad >> 3
    for row in range(top >> 3, (bottom + 7) >> 3):
        for column in range(left >> 3, (right + 7) >> 3):
            word = np.uint64((row + blocks) * torus.stride + column + blocks)
            now = planes[word, pending] & in_pass(key, word, turn)
            y = np.int64(row + blocks) << 3
            x = np.int64(column + blocks) << 3
            while now != np.uint64(0):
                place = np.int64(first_bit(now))
                now &= now - np.uint64(1)
                listed[np.uint64(count)] = np.int32((y + (place >> 3)) << 16 | (x + (place & 7)))
                count += 1
    return count
