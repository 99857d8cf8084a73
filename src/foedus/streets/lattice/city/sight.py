"""How far one sees in a city: as far as shows the officers whom the case's parameter says one sees.

`crowd` takes the chance of seeing any officer as ``1 - exp(-lam F/F0)``: a Poisson number of officers in
view, ``lam`` of them in usual strength. On the lattice that number is geometry, so the circle in view is as
wide as shows ``lam`` officers in usual strength on average, and nothing else is left to choose.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from foedus.chance.compiled import lent
from foedus.streets.lattice.city.layout import FARTHEST
from foedus.streets.lattice.vision import AHEAD, DOWN, RIGHT

MOST_WORDS = (2 * (FARTHEST // 8) + 1) ** 2


@njit(cache=True, nogil=True, error_model="numpy")
def squared_vision(wanted: float, side: int) -> int:
    """Square of the radius of the smallest circle with so many sites in view, or of the widest there may be.

    Nobody sees a site twice, nor farther than :data:`FARTHEST`.
    """
    reach = min((side - 1) // 2, FARTHEST)
    squares = np.zeros(reach * reach + 1, np.int64)
    for dy in range(-reach, reach + 1):
        for dx in range(-reach, reach + 1):
            square = dy * dy + dx * dx
            if 0 < square <= reach * reach:
                squares[square] += 1
    seen = 0
    for square in range(1, reach * reach + 1):
        seen += squares[square]
        if seen >= wanted:
            return square
    return reach * reach


@lent
def fill_sight(sight: Any, square: int, stride: int) -> Any:
    """Write the masks of a circle in view, as of :func:`foedus.streets.lattice.vision.sight_of`.

    Returns how many words are in view, and how many sites.
    """
    reach = int(math.sqrt(square))
    blocks = (reach + 7) >> 3
    across = 2 * blocks + 1
    seen = 0
    sight[:] = 0
    for word in range(across * across):
        down, right = word // across - blocks, word % across - blocks
        sight[AHEAD, word] = np.uint64(down * stride + right)
        sight[DOWN, word] = np.uint64(down)
        sight[RIGHT, word] = np.uint64(right)
    for dy in range(-reach, reach + 1):
        for dx in range(-reach, reach + 1):
            if dy * dy + dx * dx == 0 or dy * dy + dx * dx > square:
                continue
            seen += 1
            for place in range(64):
                y, x = (place >> 3) + dy, (place & 7) + dx
                word = ((y >> 3) + blocks) * across + (x >> 3) + blocks
                sight[place, word] |= np.uint64(1) << np.uint64((y & 7) * 8 + (x & 7))
    return across * across, seen
