"""Philox 4x32-10: a counter-based generator (Salmon, Moraes, Dror & Shaw 2011, SC '11, section 3.2).

The function is written once. Called with NumPy arrays it fills whole vectors; compiled by Numba it
serves the kernels. Both give the published known answers.
"""

from __future__ import annotations

from typing import Any

import numpy as np

MULTIPLIER_0 = np.uint64(0xD2511F53)
MULTIPLIER_1 = np.uint64(0xCD9E8D57)
WEYL_0 = np.uint64(0x9E3779B9)
WEYL_1 = np.uint64(0xBB67AE85)
WORD = np.uint64(0xFFFFFFFF)
SHIFT = np.uint64(32)
DROP = np.uint64(11)
ROUNDS = 10
HALF = 0.5
ULP = 2.0**-53


def philox4x32(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> tuple[Any, Any, Any, Any]:
    """Ten rounds over a counter of four 32-bit words and a key of two, all held in uint64."""
    for _ in range(ROUNDS):
        p0 = MULTIPLIER_0 * c0
        p1 = MULTIPLIER_1 * c2
        c0, c1, c2, c3 = (p1 >> SHIFT) ^ c1 ^ k0, p1 & WORD, (p0 >> SHIFT) ^ c3 ^ k1, p0 & WORD
        k0 = (k0 + WEYL_0) & WORD
        k1 = (k1 + WEYL_1) & WORD
    return c0, c1, c2, c3


def unit(high: Any, low: Any) -> Any:
    """Turn two 32-bit words into a number strictly between 0 and 1, with 53 bits."""
    return (((high << SHIFT) | low) >> DROP) * ULP + HALF * ULP
