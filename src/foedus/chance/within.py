"""The chance that what comes at a rate comes within the hour, by own arithmetic.

Written in plain operations of double precision, so that compiled loops over cities take it through vector
registers, several cities at a time, which a call of the C library forbids; and so that its bits hang on no
version of that library. Both functions are within two units in the last place (tests/chance/test_within.py).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

SURE = 40.0
"""Beyond this exponent ``1 - exp(-x)`` is 1 to the last bit."""

_LOG2_E = 1.4426950408889634
# ln 2 in two parts; the first has so few bits that its product with a small whole number is exact.
_LN2_HIGH = 0.693147180369123816490
_LN2_LOW = 1.90821492927058770002e-10
# Added to a small number it leaves the nearest whole one in the low bits of the sum.
_TO_WHOLE = 1.5 * 2.0**52
_MANTISSA = np.int64(52)
_BIAS = np.int64(1023) - np.float64(_TO_WHOLE).view(np.int64)
_C2, _C3, _C4, _C5, _C6, _C7, _C8, _C9, _C10, _C11, _C12, _C13 = (
    1.0 / math.factorial(k) for k in range(2, 14)
)


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def chance_within(rate: Any) -> Any:
    """``1 - exp(-rate)`` for a rate of 0 or more, infinity included. [probability]

    ``exp(-rate) = 2^n exp(r)`` with ``|r| <= ln 2 / 2`` (Cody & Waite 1980), and for ``exp(r) - 1`` the
    series of the exponential to its 13th power, whose rest is below the last bit there.
    """
    x = -min(rate, SURE)
    shifted = np.float64(x * _LOG2_E + _TO_WHOLE)
    n = shifted - _TO_WHOLE
    scale = np.int64((shifted.view(np.int64) + _BIAS) << _MANTISSA).view(np.float64)
    r = (x - n * _LN2_HIGH) - n * _LN2_LOW
    r2 = r * r
    r4 = r2 * r2
    low = (_C2 + r * _C3) + r2 * (_C4 + r * _C5)
    middle = (_C6 + r * _C7) + r2 * (_C8 + r * _C9)
    high = (_C10 + r * _C11) + r2 * (_C12 + r * _C13)
    beyond_one = r + r2 * (low + r4 * (middle + r4 * high))
    return (1.0 - scale) - scale * beyond_one


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def tanh(x: Any) -> Any:
    """The hyperbolic tangent of a number of 0 or more."""
    share = chance_within(2.0 * x)
    return share / (2.0 - share)
