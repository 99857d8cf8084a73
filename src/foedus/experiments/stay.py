"""How long contingents stay: counted in the window, known beyond it where all go, or open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.cases.schema import Case
from foedus.engine.arrays import Course

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

HOURS_A_DAY = 24.0
DAYS_A_MONTH = 30.44
HORIZON_MONTHS = 24.0
"""Months after the start of the window at which an open stay is cut: the paths of the aftermath end then."""


@dataclass(frozen=True, slots=True, eq=False)
class Stays:
    """How long foreign troops are in the country, run by run.

    Attributes
    ----------
    months
        Months from the first arrival until the last are gone, 0 where none came (run,); where no end is
        known, until the window's end, or until the horizon where the case says that they stay.
    open
        Whether troops came and no end of their stay is known (run,).
    troop_hours
        Hours that their soldiers spent in the country over that time (run,).
    """

    months: FloatArray
    open: BoolArray
    troop_hours: FloatArray


def stays_of(course: Course, case: Case) -> Stays:
    """How long contingents stay in one arm.

    A withdrawal under way at the window's end goes on as it began, evenly. Without a section ``stay`` a
    case whose record ends with troops in the country says nothing of what comes after, and nothing is added.
    """
    hours = course.troops.shape[1]
    came = course.member_troops.sum(axis=1) > 0
    ended = ~np.isnan(course.left_at)
    stay = case.alliance.stay
    beyond = np.where(ended, np.maximum(np.nan_to_num(course.left_at) - hours, 0.0), 0.0)
    # Evenly on their way home, those still there at the window's end stay half of what is left.
    share = np.where(ended, 0.5, 1.0)
    if stay is not None and stay.leave != "date":
        horizon = HORIZON_MONTHS * DAYS_A_MONTH * HOURS_A_DAY
        beyond = np.where(came & ~ended, max(horizon - hours, 0.0), beyond)
    last = course.troops[:, -1]
    return Stays(
        months=((course.troops > 0).sum(axis=1) + beyond * came) / HOURS_A_DAY / DAYS_A_MONTH,
        open=came & ~ended,
        troop_hours=course.troops.sum(axis=1) + last * beyond * share,
    )
