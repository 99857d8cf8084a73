"""Scores of what was held out: CRPS against persistence and a reference class, coverage, width.

An observation that is a range scores nothing inside itself: the distance is to the nearer bound, for
model and rivals alike, so that nobody is punished for what the record does not know.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.cases.schema import Observation

FloatArray = NDArray[np.float64]

CUMULATIVE = {
    "deaths",
    "deaths_civilian",
    "deaths_forces",
    "arrests",
    "hurt",
    "hurt_forces",
    "city_deaths",
}
STANDING = {"participants", "cities_with_seats_attacked", "state_falls"}


def crps_to_range(samples: FloatArray, low: float, high: float, beyond: float) -> float:
    """CRPS of an ensemble against an observed range [low, high].

    The observation is read as the point of the range that each ensemble is scored best at, which is
    the CRPS at its median moved into the range. ``beyond`` stands for samples that were not reached
    (NaN): the end of the window.
    """
    x = np.where(np.isnan(samples), beyond, samples)
    observed = float(np.clip(np.median(x), low, high))
    return crps(x, observed)


def crps(samples: FloatArray, observed: float) -> float:
    """Continuous ranked probability score of an ensemble, in the unit of the quantity.

    ``mean |x - y| - mean |x - x'| / 2`` over the ensemble (Gneiting & Raftery 2007, JASA 102, equation 21),
    by order statistics.
    """
    ranked = np.sort(samples)
    n = len(ranked)
    spread = float(((2.0 * np.arange(1, n + 1) - n - 1.0) @ ranked) / n**2)
    return float(np.abs(ranked - observed).mean()) - spread


def skill(score: float, rival: float | None) -> float | None:
    """Share of the rival's CRPS that is saved; negative where the rival is better."""
    if rival is None or rival <= 0.0:
        return None
    return 1.0 - score / rival


def persistence(
    seen: Observation, known: list[Observation], as_of_hours: float, at_hours: float
) -> float | None:
    """What 'nothing changes' says: the last reported value, going on as it went.

    A cumulative count goes on growing at its mean rate so far (what was last reported, over the hours from
    the window's start to the forecast); a count of which nothing was reported stays 0. Dates of things that
    had not happened by then are never reached. None where the idea makes no sense (pledges, arrivals).

    Parameters
    ----------
    known
        Observations of the same quantity and place reported by the hour of the forecast.
    as_of_hours, at_hours
        Hours from the window's start to the forecast, and to what it speaks of.
    """
    if seen.quantity in CUMULATIVE:
        return known[-1].best / max(as_of_hours, 1.0) * at_hours if known else 0.0
    if seen.quantity in STANDING:
        return known[-1].best if known else 0.0
    if seen.quantity in {"site_lost_at", "site_retaken_at", "calm_at"}:
        return np.inf
    if seen.quantity == "peak_at":
        return as_of_hours
    return None
