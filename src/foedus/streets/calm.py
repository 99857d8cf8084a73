"""When unrest is over: the definition of calm, as in docs/definitions.md."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

HOURS_QUIET = 48
SHARE_OF_PEAK = 0.05
SHARE_OF_URBAN = 2.0e-4


def hours_to_calm(
    active: NDArray[np.int32], seats_lost: NDArray[np.int8], urban: float, first_shock: float
) -> NDArray[np.float64]:
    """Hours from the first dated shock to calm, by run; NaN where it is not reached in the window.

    Calm is the first hour after the peak from which, for 48 hours, the active people of the country
    stay under 5 % of their peak and under 0.02 % of the urban population, with no seat of power lost.

    Parameters
    ----------
    active, seats_lost
        People and seats of power by run and hour (run, time).
    urban
        Urban population of the case. [people]
    first_shock
        Hour of the first dated shock, from the start of the window.
    """
    peak_at = active.argmax(axis=1)
    peak = active.max(axis=1)
    limit = np.minimum(SHARE_OF_PEAK * peak, SHARE_OF_URBAN * urban)
    quiet = (active < np.maximum(limit, 1.0)[:, None]) & (seats_lost == 0)
    streak = np.cumsum(quiet, axis=1)
    hours = active.shape[1]
    out = np.full(active.shape[0], np.nan)
    if hours < HOURS_QUIET:
        return out
    padded = np.concatenate([np.zeros((len(active), 1), dtype=streak.dtype), streak], axis=1)
    held = padded[:, HOURS_QUIET:] - padded[:, :-HOURS_QUIET] == HOURS_QUIET
    after_peak = np.arange(held.shape[1])[None, :] > peak_at[:, None]
    good = held & after_peak
    reached = good.any(axis=1)
    out[reached] = good[reached].argmax(axis=1) - first_shock
    out[peak == 0] = 0.0
    return out
