"""How long contingents have been in the country, so many months after, and how long they are gone."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from foedus.aftermath.facts import AftermathFacts

FloatArray = NDArray[np.float64]

BEYOND = "months_beyond"
"""Months that contingents stay on where they are still there when the window ends: a number of the case."""


def rests_on(case: Mapping[str, FloatArray]) -> tuple[str, ...]:
    """Names of the case's numbers that the length of the stay rests on."""
    return (BEYOND,) if BEYOND in case else ()


def whole_stay(case: Mapping[str, FloatArray], facts: AftermathFacts) -> FloatArray:
    """Months from arrival to withdrawal. [months] (run,)."""
    if facts.still_there is None or BEYOND not in case:
        return facts.months_stayed
    return facts.months_stayed + case[BEYOND] * facts.still_there


def stayed(case: Mapping[str, FloatArray], facts: AftermathFacts, months: float) -> FloatArray:
    """Months of the stay that have passed so many months after. [months] (run,)."""
    return np.minimum(whole_stay(case, facts), months)


def gone(case: Mapping[str, FloatArray], facts: AftermathFacts, months: float) -> FloatArray:
    """Months since the contingents left; 0 while they are there. [months] (run,)."""
    return np.maximum(0.0, months - whole_stay(case, facts))


def troop_days(
    days: FloatArray, case: Mapping[str, FloatArray], facts: AftermathFacts, months: float
) -> FloatArray:
    """Troop-days of a member by then, at the mean strength that it had in the window. [days] (run,)."""
    shown = np.where(facts.months_stayed > 0, facts.months_stayed, 1.0)
    return np.asarray(days * stayed(case, facts, months) / shown, dtype=np.float64)
