"""What the step itself says: how likely it looked beforehand, and what it tells an observer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.alliance import Outlook, chance_of_activation
from foedus.alliance.invited import outlook
from foedus.cases import Place
from foedus.cases.schema import Case
from foedus.chance import Luck
from foedus.engine.airlift import plan_of
from foedus.engine.law import read_law
from foedus.engine.run import ARMS, Progress
from foedus.engine.streets import CROWD
from foedus.experiments.ensemble import Ensemble, members_chances, run_ensemble
from foedus.terms import Interval

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
LAW_DRAWS = 200
ANYWAY = 0.1
"""Share of hosts taken to ask whatever their hold, in the sensitivity of what a request says."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """What a request says of the host's hold on its forces, by Bayes' rule over worlds.

    A world is *weak* if loyalty is under the middle of all worlds with unrest, so that half are weak before
    the request is heard. Talk is cheap where help is cheap: ``if_some_ask_anyway`` is what the request says
    if one host in ten would ask whatever its hold. The intervals are Jeffreys' for the number of worlds.
    """

    given_request: Interval
    without_request: Interval
    if_some_ask_anyway: Interval

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "given_request": self.given_request.as_dict(),
            "without_request": self.without_request.as_dict(),
            "if_some_ask_anyway": self.if_some_ask_anyway.as_dict(),
            "ask_anyway": ANYWAY,
        }


@dataclass(frozen=True, slots=True)
class Signals:
    """Answers to 'how surprising was it?' and 'what does it give away?'.

    Attributes
    ----------
    before
        The instant from which one looks ahead: the start of the day before the request.
    looked
        How likely a request, a grant and an activation looked: the outer frames, the model and the
        organisation's record together.
    by_record
        The same by the organisation's own record alone.
    request_by_rules, activation_by_rules
        Share of free-mode worlds with unrest by then in which the rules lead to it. A model's rules.
    loyalty_given_request, loyalty_without_request, loyalty_before_request
        Loyalty of the forces, against its start: at the hour of the request in worlds that asked; at the
        usual hour of a request in worlds with unrest that had not asked by then; and in both together, which
        is what an observer believes who has not yet heard. On the priors: a posterior has seen what came
        after.
    weakness
        What the request says by Bayes' rule; None where no world or every world asked.
    worlds, worlds_that_asked, worlds_that_did_not
        How many free-mode worlds had unrest by then, and how many stand behind each loyalty.
    """

    before: datetime
    looked: Outlook
    by_record: Outlook
    request_by_rules: float | None
    activation_by_rules: float | None
    loyalty_given_request: Interval
    loyalty_without_request: Interval
    loyalty_before_request: Interval
    weakness: Weakness | None
    worlds: int
    worlds_that_asked: int
    worlds_that_did_not: int

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "before": self.before.isoformat(),
            "request_looked": Interval.of(self.looked.request).as_dict(),
            "granted_looked": Interval.of(self.looked.granted).as_dict(),
            "activation_looked": Interval.of(self.looked.activation).as_dict(),
            "by_record": self.by_record.as_dict(),
            "request_by_rules": self.request_by_rules,
            "activation_by_rules": self.activation_by_rules,
            "loyalty_given_request": self.loyalty_given_request.as_dict(),
            "loyalty_without_request": self.loyalty_without_request.as_dict(),
            "loyalty_before_request": self.loyalty_before_request.as_dict(),
            "weakness": self.weakness.as_dict() if self.weakness else None,
            "worlds": self.worlds,
            "worlds_that_asked": self.worlds_that_asked,
            "worlds_that_did_not": self.worlds_that_did_not,
            "loyalty_on": "priors",
            "how": (
                "looked: rates of asking in crises at home (UCDP, ATOP and the frame of invited help), the "
                "model of who comes once asked without this crisis, the organisation's record; by record: "
                "Jeffreys intervals from that record alone; "
                "by rules: free mode on the priors, worlds with unrest in some city by then; "
                "loyalty: the same worlds; a model's rules, not evidence"
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
    streets: Any = CROWD,
) -> Signals | None:
    """Look ahead from the day before the request; None where nobody asked.

    Both what one could expect beforehand and what a request gives away are read on the priors: a posterior
    knows what came after, the request and what it was about among it. ``2 * runs`` worlds are played.
    """
    asked = [event for event in case.events if event.kind == "request"]
    if not asked:
        return None
    clock = case.meta.clock
    day = asked[0].at.astimezone(clock.tzinfo).replace(hour=0, minute=0, second=0, microsecond=0)
    before = max(day - timedelta(days=1), case.meta.start)
    tick = int(np.clip(clock.hours_since_start(before) - 1, 0, clock.hours - 1))
    law = read_law(case, before, luck, LAW_DRAWS)
    ensemble = run_ensemble(
        case, places, law, {"with": ARMS["with"]}, runs=2 * runs, luck=luck, free=True,
        plan=plan_of(case, free=True), threads=threads, progress=progress, streets=streets,
    )  # fmt: skip
    course = ensemble.courses["with"]
    worlds = (course.cities_in_unrest[:, : tick + 1].max(axis=1) > 0) & ~(course.request_at <= tick)
    given, without = _loyalty(ensemble, tick)
    granted = members_chances(case, law, luck, runs)[case.alliance.lead]
    return Signals(
        before=before,
        looked=outlook(case.alliance, granted, luck, range(runs)),
        by_record=chance_of_activation(case.alliance, luck, range(runs)),
        request_by_rules=_share(worlds, ~np.isnan(course.request_at)),
        activation_by_rules=_share(worlds, ~np.isnan(course.activation_at)),
        loyalty_given_request=Interval.of(given),
        loyalty_without_request=Interval.of(without),
        loyalty_before_request=Interval.of(np.concatenate([given, without])),
        weakness=weakness_told(given, without),
        worlds=int(worlds.sum()),
        worlds_that_asked=len(given),
        worlds_that_did_not=len(without),
    )


def weakness_told(given: FloatArray, without: FloatArray) -> Weakness | None:
    """What a request says, from loyalty in worlds that asked and in worlds that did not (each (world,))."""
    if not given.size or not without.size:
        return None
    middle = float(np.median(np.concatenate([given, without])))
    weak = _share_of((given < middle).sum() + 0.5 * (given == middle).sum(), given.size)
    rest = _share_of((without < middle).sum() + 0.5 * (without == middle).sum(), without.size)
    asking = given.size / (given.size + without.size)
    ask = ANYWAY + (1.0 - ANYWAY) * asking
    low, middle_share, high = (
        (ANYWAY * 0.5 + (1.0 - ANYWAY) * asking * float(p or 0.0)) / ask
        for p in (weak.p05, weak.median, weak.p95)
    )
    return Weakness(weak, rest, Interval(low, middle_share, high))


def _share_of(yes: float, worlds: int) -> Interval:
    from scipy.special import betaincinv

    low, middle, high = betaincinv(0.5 + yes, 0.5 + worlds - yes, np.array([0.05, 0.5, 0.95]))
    return Interval(float(low), float(middle), float(high))


def _loyalty(worlds: Ensemble, tick: int) -> tuple[FloatArray, FloatArray]:
    """Loyalty against its start: at the request where one came, at the usual hour where none had by then.

    A world that asks later counts as one that had not: who looks on at that hour cannot tell them apart.
    """
    course = worlds.courses["with"]
    unrest = course.cities_in_unrest.max(axis=1) > 0
    asked = ~np.isnan(course.request_at)
    ratio = course.loyalty / np.maximum(worlds.plant.rule["loyalty_start"], 1e-9)[:, None]
    hours = course.request_at[asked].astype(int)
    usual = int(np.median(hours)) if hours.size else tick
    by_then = asked & (np.nan_to_num(course.request_at, nan=np.inf) <= usual)
    at = course.request_at[by_then].astype(int)
    return ratio[by_then, at], ratio[unrest & ~by_then, usual]


def _share(of: BoolArray, which: BoolArray) -> float | None:
    return float((of & which).sum() / of.sum()) if of.any() else None
