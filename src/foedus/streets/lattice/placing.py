"""Placing: who stands where at the start, and officers who come or go."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from foedus.chance.stream import STEP, keyed, low_below, mixed, unit_single
from foedus.streets.lattice.rules import OCCUPIED, POLICE
from foedus.streets.lattice.steps import random_site
from foedus.streets.lattice.torus import bit_at, flip, is_set, site_at, word_at

_WHOLE = 2.0**64


@njit(cache=True, nogil=True, error_model="numpy")
def _settle(field: Any, y: int, x: int, key: Any, torus: Any, officer: bool) -> None:
    flip(field.planes, OCCUPIED, y, x, torus)
    if officer:
        flip(field.planes, POLICE, y, x, torus)
        return
    site = site_at(y, x, torus)
    place = np.uint64((y - torus.pad) * torus.width + x - torus.pad)
    field.traits[site, 0] = unit_single(keyed(key, place * np.uint64(4) + np.uint64(1)))
    field.traits[site, 1] = unit_single(keyed(key, place * np.uint64(4) + np.uint64(2)))


@njit(cache=True, nogil=True, error_model="numpy")
def place_agents(
    field: Any, torus: Any, key: Any, citizen_share: float, police_share: float, citizens: int, police: int,
    exact: bool,
) -> Any:  # fmt: skip
    """Fill an empty lattice; returns how many citizens and officers stand on it.

    ``exact`` places the two numbers on random sites; else each site is filled by the two shares. Hardship
    and risk aversion are uniform on [0, 1), independent.
    """
    placed = 0
    officers = 0
    if exact:
        # Selection sampling (Knuth, TAOCP 2, algorithm 3.4.2 S): every set of sites is as likely.
        left = torus.height * torus.width
        wanted, wanted_police = citizens + police, police
        for y in range(torus.height):
            for x in range(torus.width):
                place = np.uint64(y * torus.width + x)
                bits = keyed(key, place * np.uint64(4))
                if low_below(bits, left) < wanted:
                    officer = (keyed(key, place * np.uint64(4) + np.uint64(3)) >> np.uint64(32)) * np.uint64(
                        wanted
                    ) >> np.uint64(32) < wanted_police
                    _settle(field, y + torus.pad, x + torus.pad, key, torus, officer)
                    wanted -= 1
                    wanted_police -= 1 if officer else 0
                left -= 1
        return citizens, police
    for y in range(torus.height):
        for x in range(torus.width):
            share = keyed(key, np.uint64(y * torus.width + x) * np.uint64(4)) / _WHOLE
            if share < citizen_share + police_share:
                officer = share >= citizen_share
                _settle(field, y + torus.pad, x + torus.pad, key, torus, officer)
                placed += 0 if officer else 1
                officers += 1 if officer else 0
    return placed, officers


@njit(cache=True, nogil=True, error_model="numpy")
def resize_police(field: Any, torus: Any, key: Any, wanted: int, there: int) -> None:
    """Bring officers to random free sites, or take random ones away, until ``wanted`` are there."""
    stream = keyed(key, np.uint64(0))
    while there < wanted:
        y, x, stream = random_site(field.planes, False, stream, torus)
        flip(field.planes, OCCUPIED, y, x, torus)
        flip(field.planes, POLICE, y, x, torus)
        there += 1
    while there > wanted:
        stream += STEP
        y, x, stream = random_site(field.planes, True, mixed(stream), torus)
        if is_set(field.planes, POLICE, word_at(y, x, torus), bit_at(y, x)):
            flip(field.planes, OCCUPIED, y, x, torus)
            flip(field.planes, POLICE, y, x, torus)
            there -= 1
