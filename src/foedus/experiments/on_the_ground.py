"""What happens on the ground: did anybody come, how long they stay, who stood aside, and by which channel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from foedus.engine.arrays import Course
from foedus.experiments.channels import channels_part
from foedus.experiments.stay import stays_of
from foedus.terms import Interval

if TYPE_CHECKING:
    from foedus.experiments.findings import Findings

ON_THE_WAY = frozenset(
    {"troops", "member_troops", "first_arrival", "closure", "request_at", "activation_at", "left_at"}
)
"""What an arm with contingents has, and its twin has not, whether they do anything or not."""


def ground_part(
    study: Findings, effect: Mapping[str, Any], on_priors: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The part ``on_the_ground`` of the summary."""
    with_, without = (study.main.courses[arm] for arm in ("with", "without"))
    task = study.case.alliance.task
    came = with_.member_troops.sum(axis=1) > 0
    same = same_course(with_, without)
    return {
        "rules_of_engagement": task.rules_of_engagement if task else None,
        "came": float(came.mean()),
        "why_nobody": None if came.any() else why_nobody(study, with_),
        "same_course": same,
        "stay": _stay(study, with_),
        "faction": {
            "acts": study.mode == "free",
            "with": faction_part(with_),
            "without": faction_part(without),
        },
        "channels": channels_part(study, effect, on_priors, one_course=same),
    }


def why_nobody(study: Findings, course: Course) -> str:
    """Why no contingent came in any run: a key of the report's words."""
    if np.isnan(course.request_at).all():
        return "nobody_asked"
    if np.isnan(course.activation_at).all():
        return "not_granted"
    return "none_could"


def same_course(one: Course, other: Course) -> bool:
    """Whether two arms are one course to the last bit, but for who was asked and came."""
    return all(
        np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
        for name, a, b in zip(Course._fields, one, other, strict=True)
        if name not in ON_THE_WAY
    )


def _stay(study: Findings, course: Course) -> dict[str, Any]:
    case = study.case
    stays = stays_of(course, case)
    came = course.member_troops.sum(axis=1) > 0
    dated = any(event.kind == "withdrawal" for event in case.events)
    rule = case.alliance.stay.leave if case.alliance.stay else "date" if dated else "not_said"
    return {
        "leave": rule,
        "months": Interval.of(stays.months[came]).as_dict() if came.any() else None,
        "open": float(stays.open[came].mean()) if came.any() else None,
        "left_at": Interval.of(course.left_at[came]).as_dict() if came.any() else None,
    }


def faction_part(course: Course) -> dict[str, Any]:
    """When the faction broke and came back, and how much was withheld, over the runs of one arm.

    Hours count from the start of the window. In replay the faction is worked out and does nothing: what is
    withheld follows the dates of the case. How long, and how much, is told of runs in which any is withheld.
    """
    broken = course.faction_broken
    ever = broken.any(axis=1)
    first = np.where(ever, broken.argmax(axis=1).astype(float), np.nan)
    back = ever & ~broken[:, -1]
    aside = course.withheld > 0
    return {
        "broke": float(ever.mean()),
        "broke_at": Interval.of(first).as_dict(),
        "returned": float(back[ever].mean()) if ever.any() else None,
        "loyalty_least": Interval.of(course.faction_loyalty.min(axis=1)).as_dict(),
        "stood_aside": float(aside.any(axis=1).mean()),
        "hours_aside": _where(aside.any(axis=1), aside.sum(axis=1)),
        "withheld_most": _where(aside.any(axis=1), course.withheld.max(axis=1)),
    }


def _where(runs: NDArray[np.bool_], values: NDArray[np.generic]) -> dict[str, Any] | None:
    return Interval.of(values[runs]).as_dict() if runs.any() else None
