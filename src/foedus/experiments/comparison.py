"""Observed against computed: fitted and held out apart, scored against persistence and a reference class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.cases.schema import Observation
from foedus.engine.arrays import Course
from foedus.experiments.posterior import Posterior, observation_key, role_of
from foedus.experiments.quantities import Context, compute
from foedus.experiments.score import crps_to_range, persistence, skill
from foedus.terms import Interval

FloatArray = NDArray[np.float64]

# What the case's own pledges decide: scoring them against persistence would be idle.
PLEDGED = {"troops", "member_troops"}
DATES = {"site_lost_at", "site_retaken_at", "peak_at", "calm_at", "first_landing_at", "closure_at"}


def compare(
    course: Course, context: Context, posterior: Posterior | None, as_of: datetime | None
) -> list[dict[str, Any]]:
    """One row for each observation of the case: role, observed range, computed interval, scores.

    Parameters
    ----------
    as_of
        From which instant persistence looks ahead: the posterior's own, else the study's, else the first
        observation's.
    """
    since = posterior.as_of if posterior else as_of
    return [_row(seen, course, context, posterior, since) for seen in context.case.observed]


def _row(
    seen: Observation, course: Course, context: Context, posterior: Posterior | None, since: datetime | None
) -> dict[str, Any]:
    clock = context.case.meta.clock
    samples = compute(course, context, seen)
    spread = Interval.of(samples)
    hours = float(clock.hours)
    at = seen.at.astimezone(clock.tzinfo).isoformat() if seen.at else None
    low = np.inf if spread.p05 is None else spread.p05
    high = np.inf if spread.p95 is None else spread.p95
    rivals = _rivals(seen, context, since)
    return {
        "quantity": seen.quantity,
        "where": seen.where,
        "at": at,
        "unit": seen.unit,
        "key": observation_key(seen),
        "role": role_of(seen, posterior),
        "observed": seen.best,
        "low": seen.low,
        "high": seen.high,
        **{key: spread.as_dict().get(key) for key in ("p05", "median", "p95", "censored")},
        "inside": bool(low <= seen.high and high >= seen.low),
        "crps": crps_to_range(samples, seen.low, seen.high, hours),
        **{
            f"crps_{name}": None if rival is None else crps_to_range(rival, seen.low, seen.high, hours)
            for name, rival in rivals.items()
        },
        "reported_at": seen.reported_at.isoformat(),
        "text": seen.text,
    }


def _rivals(seen: Observation, context: Context, since: datetime | None) -> dict[str, FloatArray | None]:
    clock = context.case.meta.clock
    if since is None or seen.reported_at <= since or seen.quantity in PLEDGED:
        return {"persistence": None, "reference": None}
    known = sorted(
        (
            o
            for o in context.case.observed
            if o.quantity == seen.quantity and o.where == seen.where and o.reported_at <= since
        ),
        key=lambda o: o.reported_at,
    )
    at = clock.hours_since_start(seen.at) if seen.at else float(clock.hours)
    guess = persistence(seen, known, clock.hours_since_start(since), at)
    if guess is not None and np.isinf(guess):
        guess = float(clock.hours)
    whole = seen.at is None or at >= clock.hours / 2
    return {
        "persistence": None if guess is None else np.array([guess]),
        "reference": _reference_class().get(seen.quantity) if seen.where is None and whole else None,
    }


@cache
def _reference_class() -> Mapping[str, FloatArray]:
    """Outcomes of comparable episodes before, by quantity (episode,)."""
    from ruamel.yaml import YAML

    text = (files("foedus.experiments") / "reference_class.yaml").read_text(encoding="utf-8")
    episodes: Sequence[Mapping[str, Any]] = YAML(typ="safe").load(text)["episodes"]
    names = {name for episode in episodes for name in episode["outcomes"]}
    return {
        name: np.array([e["outcomes"][name] for e in episodes if name in e["outcomes"]], dtype=float)
        for name in sorted(names)
    }


def scorecard(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """How the held-out quantities came out in all: coverage, mean skill, median width.

    Skill is the mean over quantities of ``1 - CRPS / CRPS of the rival``, so that no quantity outweighs
    another by its unit; one that is far worse than its rival weighs heavily. Dates are told apart: of what
    had not happened yet persistence says 'never', which is easily beaten.
    """
    held = [row for row in rows if row["role"] == "held out"]
    scored = [row for row in held if row["crps_persistence"]]
    dates = [row for row in scored if row["quantity"] in DATES]
    counts = [row for row in scored if row["quantity"] not in DATES]
    referenced = [row for row in held if row["crps_reference"]]
    widths = [row["p95"] / row["p05"] for row in held if row["p05"] and row["p95"] and row["p05"] > 0]
    return {
        "held_out": len(held),
        "fitted": len(rows) - len(held),
        "inside": float(np.mean([row["inside"] for row in held])) if held else None,
        "scored_against_persistence": len(scored),
        "skill_against_persistence": _mean_skill(scored, "persistence"),
        "skill_of_counts": _mean_skill(counts, "persistence"),
        "skill_of_dates": _mean_skill(dates, "persistence"),
        "worse_than_persistence": [
            row["key"]
            for row in held
            if row["crps_persistence"] is not None and row["crps"] > row["crps_persistence"]
        ],
        "skill_against_reference": _mean_skill(referenced, "reference"),
        "median_width": float(np.median(widths)) if widths else None,
    }


def _mean_skill(rows: Sequence[Mapping[str, Any]], rival: str) -> float | None:
    skills = [skill(row["crps"], row[f"crps_{rival}"]) for row in rows]
    found = [value for value in skills if value is not None]
    return float(np.mean(found)) if found else None
