"""Vision: which sites somebody sees, counted and drawn from by whole words.

A sight is one array (row, word): for each of the 64 places in a block the mask of what is seen in each word
within view, then where these words lie. One's own site is not in view.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.chance.compiled import inlined
from foedus.streets.lattice.bits import count_bits, nth_bit
from foedus.streets.lattice.torus import BLOCK, Torus

METRICS: dict[str, Callable[[int, int], float]] = {
    "von_neumann": lambda dy, dx: abs(dy) + abs(dx),
    "moore": lambda dy, dx: max(abs(dy), abs(dx)),
    "euclid": math.hypot,
    "cross": lambda dy, dx: abs(dy + dx) if dy == 0 or dx == 0 else math.inf,
}
"""How far apart two sites are: steps on the grid, rings of a square, straight line, or along the row and
column alone (north, south, east and west)."""


AHEAD, DOWN, RIGHT = 64, 65, 66
"""Rows of a sight after its 64 masks: how far each word lies in memory, and down and right in blocks."""


def sight_of(vision: float, metric: str, torus: Torus) -> NDArray[np.uint64]:
    """The sight for a vision [sites] in a metric of :data:`METRICS`."""
    distance = METRICS[metric]
    reach = math.floor(vision)
    seen = [
        (dy, dx)
        for dy in range(-reach, reach + 1)
        for dx in range(-reach, reach + 1)
        if (dy, dx) != (0, 0) and distance(dy, dx) <= vision
    ]
    blocks: dict[tuple[int, int], Any] = {}
    for place in range(BLOCK * BLOCK):
        for dy, dx in seen:
            y, x = place // BLOCK + dy, place % BLOCK + dx
            block = blocks.setdefault((y // BLOCK, x // BLOCK), np.zeros(BLOCK * BLOCK, np.uint64))
            block[place] |= np.uint64(1) << np.uint64(y % BLOCK * BLOCK + x % BLOCK)
    order = sorted(blocks)
    sight = np.zeros((RIGHT + 1, len(order)), np.uint64)
    sight[:AHEAD] = np.stack([blocks[block] for block in order], axis=1)
    sight[AHEAD] = np.array([down * torus.stride + right for down, right in order]).astype(np.uint64)
    sight[DOWN] = np.array([down for down, _ in order]).astype(np.uint64)
    sight[RIGHT] = np.array([right for _, right in order]).astype(np.uint64)
    return sight


def sites_seen(sight: NDArray[np.uint64]) -> int:
    """How many sites are in view."""
    return int(np.bitwise_count(sight[0]).sum())


@inlined
def seen_with(planes: Any, plane: Any, word: Any, bit: Any, sight: Any) -> Any:
    """How many sites in view have a property."""
    count: Any = 0
    for j in range(sight.shape[1]):
        k = np.uint64(j)
        count += count_bits(planes[word + sight[AHEAD, k], plane] & sight[bit, k])
    return count


@inlined
def nth_seen(planes: Any, plane: Any, without: Any, n: Any, y: Any, x: Any, torus: Any, sight: Any) -> Any:
    """Row and column, margin included, of the n-th site in view that has a property, or has it not.

    ``n`` counts from 0 and is below the number of such sites.
    """
    word = np.uint64((y >> 3) * torus.stride + (x >> 3))
    bit = np.uint64((y & 7) * 8 + (x & 7))
    left = np.int64(n)
    for j in range(sight.shape[1]):
        k = np.uint64(j)
        there = planes[word + sight[AHEAD, k], plane]
        if without:
            there = ~there
        there &= sight[bit, k]
        count = count_bits(there)
        if left < count:
            place = np.int64(nth_bit(there, left))
            return (
                (((y >> 3) + np.int64(sight[DOWN, k])) << 3) + (place >> 3),
                (((x >> 3) + np.int64(sight[RIGHT, k])) << 3) + (place & 7),
            )
        left -= count
    return y, x
