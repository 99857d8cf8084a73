"""What the step itself says: how likely it looked beforehand, and what it tells an observer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from foedus.alliance import chance_of_activation
from foedus.cases import Place
from foedus.cases.schema import Case
from foedus.chance import Luck
from foedus.engine.law import read_law
from foedus.engine.run import ARMS
from foedus.experiments.ensemble import run_ensemble
from foedus.terms import Interval

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Signals:
    """Answers to 'how surprising was it?' and 'what does it give away?'.

    Attributes
    ----------
    before
        The instant from which one looks ahead: the start of the day before the request.
    request_looked, activation_looked
        Probability by the organisation's record alone.
    request_by_rules, activation_by_rules
        Share of free-mode worlds with unrest by then in which the rules lead to it. A model's rules.
    loyalty_given_request, loyalty_without_request
        Loyalty of the forces, against its start, at the hour of the request in worlds that asked, and at
        the same hour in worlds with unrest that never did.
    worlds
        Free-mode worlds with unrest by then.
    """

    before: datetime
    request_looked: Interval
    activation_looked: Interval
    request_by_rules: float | None
    activation_by_rules: float | None
    loyalty_given_request: Interval
    loyalty_without_request: Interval
    worlds: int

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "before": self.before.isoformat(),
            "request_looked": self.request_looked.as_dict(),
            "activation_looked": self.activation_looked.as_dict(),
            "request_by_rules": self.request_by_rules,
            "activation_by_rules": self.activation_by_rules,
            "loyalty_given_request": self.loyalty_given_request.as_dict(),
            "loyalty_without_request": self.loyalty_without_request.as_dict(),
            "worlds": self.worlds,
            "how": (
                "looked: Jeffreys intervals from the organisation's record of crises, requests and "
                "activations; by rules and loyalty: free mode on the priors, worlds with unrest in some "
                "city by then; a model's rules, not evidence"
            ),
        }


def read_signals(
    case: Case,
    places: Sequence[Place],
    *,
    runs: int,
    luck: Luck,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Signals | None:
    """Look ahead from the day before the request, on the priors; None where nobody asked."""
    asked = [event for event in case.events if event.kind == "request"]
    if not asked:
        return None
    clock = case.meta.clock
    day = asked[0].at.astimezone(clock.tzinfo).replace(hour=0, minute=0, second=0, microsecond=0)
    before = max(day - timedelta(days=1), case.meta.start)
    law = read_law(case, before, luck, 200)
    ensemble = run_ensemble(
        case, places, law, {"with": ARMS["with"]}, runs=runs, luck=luck, free=True, threads=threads,
        progress=progress,
    )  # fmt: skip
    course = ensemble.courses["with"]
    tick = int(np.clip(clock.hours_since_start(before) - 1, 0, clock.hours - 1))
    unrest = course.cities_in_unrest[:, : tick + 1].max(axis=1) > 0
    early = course.request_at <= tick
    worlds = unrest & ~early
    request = worlds & ~np.isnan(course.request_at)
    never = worlds & np.isnan(course.request_at)
    ratio = course.loyalty / np.maximum(ensemble.plant.rule["loyalty_start"], 1e-9)[:, None]
    at_request = [ratio[i, int(course.request_at[i])] for i in np.flatnonzero(request)]
    usual = int(np.nanmedian(course.request_at[request])) if request.any() else tick
    outlook = chance_of_activation(case.alliance, luck, range(runs))
    count = int(worlds.sum())
    return Signals(
        before=before,
        request_looked=Interval.of(outlook.request),
        activation_looked=Interval.of(outlook.activation),
        request_by_rules=float(request.sum() / count) if count else None,
        activation_by_rules=(
            float((worlds & ~np.isnan(course.activation_at)).sum() / count) if count else None
        ),
        loyalty_given_request=Interval.of(at_request),
        loyalty_without_request=Interval.of(ratio[never, usual]),
        worlds=count,
    )
