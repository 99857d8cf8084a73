"""Quiet hours as they can be told while they pass: calm is the same, told afterwards (see calm.py)."""

from __future__ import annotations

from numba import njit

from foedus.streets.calm import SHARE_OF_PEAK, SHARE_OF_URBAN


@njit(cache=True, nogil=True, error_model="numpy")
def quiet_limit(peak: float, urban: float) -> float:
    """Active people under which an hour is quiet, by the peak so far and the urban population. [people]"""
    return max(min(SHARE_OF_PEAK * peak, SHARE_OF_URBAN * urban), 1.0)
