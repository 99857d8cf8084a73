"""What the step itself says: how likely it looked beforehand, and what it tells an observer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.alliance import chance_of_activation
from foedus.cases import Place
from foedus.cases.schema import Case
from foedus.chance import Luck
from foedus.engine.airlift import plan_of
from foedus.engine.law import read_law
from foedus.engine.run import ARMS, Progress
from foedus.experiments.ensemble import Ensemble, run_ensemble
from foedus.experiments.posterior import Posterior
from foedus.experiments.progress import Counter
from foedus.terms import Interval

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
LAW_DRAWS = 200


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
        the same hour in worlds with unrest that never did; on the study's posterior where it has one.
    worlds, worlds_that_asked, worlds_that_did_not
        How many free-mode worlds had unrest by then, and how many stand behind each loyalty.
    """

    before: datetime
    request_looked: Interval
    activation_looked: Interval
    request_by_rules: float | None
    activation_by_rules: float | None
    loyalty_given_request: Interval
    loyalty_without_request: Interval
    worlds: int
    worlds_that_asked: int
    worlds_that_did_not: int
    loyalty_on: str

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
            "worlds_that_asked": self.worlds_that_asked,
            "worlds_that_did_not": self.worlds_that_did_not,
            "loyalty_on": self.loyalty_on,
            "how": (
                "looked: Jeffreys intervals from the organisation's record of crises, requests and "
                "activations; by rules: free mode on the priors, worlds with unrest in some city by then; "
                f"loyalty: free mode on the {self.loyalty_on}; a model's rules, not evidence"
            ),
        }


def read_signals(
    case: Case,
    places: Sequence[Place],
    *,
    runs: int,
    luck: Luck,
    posterior: Posterior | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Signals | None:
    """Look ahead from the day before the request; None where nobody asked.

    What one could expect beforehand is read on the priors, for a posterior knows more; what a request gives
    away is read on the posterior, where there is one.
    """
    asked = [event for event in case.events if event.kind == "request"]
    if not asked:
        return None
    clock = case.meta.clock
    day = asked[0].at.astimezone(clock.tzinfo).replace(hour=0, minute=0, second=0, microsecond=0)
    before = max(day - timedelta(days=1), case.meta.start)
    tick = int(np.clip(clock.hours_since_start(before) - 1, 0, clock.hours - 1))
    law = read_law(case, before, luck, LAW_DRAWS)
    tell = Counter(progress, 2 * runs)
    run = partial(
        run_ensemble, case, places, law, {"with": ARMS["with"]}, runs=runs, luck=luck, free=True,
        plan=plan_of(case, free=True), threads=threads,
    )  # fmt: skip
    course = run(progress=tell.part()).courses["with"]
    worlds = (course.cities_in_unrest[:, : tick + 1].max(axis=1) > 0) & ~(course.request_at <= tick)
    given, without = _loyalty(run(posterior=posterior, progress=tell.part()), tick)
    outlook = chance_of_activation(case.alliance, luck, range(runs))
    return Signals(
        before=before,
        request_looked=Interval.of(outlook.request),
        activation_looked=Interval.of(outlook.activation),
        request_by_rules=_share(worlds, ~np.isnan(course.request_at)),
        activation_by_rules=_share(worlds, ~np.isnan(course.activation_at)),
        loyalty_given_request=Interval.of(given),
        loyalty_without_request=Interval.of(without),
        worlds=int(worlds.sum()),
        worlds_that_asked=len(given),
        worlds_that_did_not=len(without),
        loyalty_on="posterior" if posterior else "priors",
    )


def _loyalty(worlds: Ensemble, tick: int) -> tuple[FloatArray, FloatArray]:
    """Loyalty against its start: at the request where one came, at the same hour where none did."""
    course = worlds.courses["with"]
    unrest = course.cities_in_unrest.max(axis=1) > 0
    asked = ~np.isnan(course.request_at)
    ratio = course.loyalty / np.maximum(worlds.plant.rule["loyalty_start"], 1e-9)[:, None]
    hours = course.request_at[asked].astype(int)
    usual = int(np.median(hours)) if hours.size else tick
    return ratio[asked, hours], ratio[unrest & ~asked, usual]


def _share(of: BoolArray, which: BoolArray) -> float | None:
    return float((of & which).sum() / of.sum()) if of.any() else None
