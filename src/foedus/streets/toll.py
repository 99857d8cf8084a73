"""What an hour brings in each city, whichever model the streets are on."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit


class Toll(NamedTuple):
    """People this hour: arrays (city,) that a thread keeps and fills anew.

    ``left`` went home; ``rested`` are ready again, ``fetched`` arrested at home; ``overrun`` (city,) says
    whether the active outnumber the forces beyond what they bear.
    """

    joined: Any
    left: Any
    arrested: Any
    killed: Any
    hurt: Any
    forces_killed: Any
    forces_hurt: Any
    rested: Any
    fetched: Any
    overrun: Any


@njit(cache=True, nogil=True, error_model="numpy")
def room_for_toll(cities: int) -> Toll:
    """Tolls of so many cities, to be filled."""
    counts = np.zeros((9, cities), np.int64)
    return Toll(
        counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6], counts[7], counts[8],
        np.zeros(cities, np.bool_),
    )  # fmt: skip
