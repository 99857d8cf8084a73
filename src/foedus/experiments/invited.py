"""How well is invited help foretold? Each crisis by a fit that never saw it, against the base rate.

The base rate of a crisis is the share that came among the asked members of all other crises. Scores are log
scores (natural logarithm, the higher the better, 0 the best) over members that were asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.alliance.invited import Chances, Estimate, Frame, Request, chances_of, fit, read_frame
from foedus.alliance.invited.frame import covariates
from foedus.chance import Luck

FloatArray = NDArray[np.float64]
DRAWS = 2000
SEED = 1
MISS = 0.5
"""A miss: the outcome had a chance below this."""
Fit = Callable[[Frame, str], Estimate]


@dataclass(frozen=True, slots=True)
class Scored:
    """One member that was asked: its chance beforehand by model and by base rate, and what it did."""

    case: str
    event: str
    member: str
    lead: bool
    joined: bool
    predicted: float
    given_lead: float
    base_rate: float

    @property
    def log_score(self) -> float:
        """Log score of the model."""
        return _log_score(self.predicted, self.joined)

    @property
    def log_score_base(self) -> float:
        """Log score of the base rate."""
        return _log_score(self.base_rate, self.joined)

    @property
    def missed(self) -> bool:
        """Whether the model gave what happened less than an even chance."""
        return (self.predicted if self.joined else 1.0 - self.predicted) < MISS

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "case": self.case,
            "member": self.member,
            "lead": self.lead,
            "joined": self.joined,
            "predicted": round(self.predicted, 4),
            "given_lead": round(self.given_lead, 4),
            "base_rate": round(self.base_rate, 4),
            "log_score": round(self.log_score, 4),
            "log_score_base": round(self.log_score_base, 4),
            "missed": self.missed,
        }


@dataclass(frozen=True, slots=True)
class LeftOut:
    """All crises of the frame, each predicted by the others.

    Attributes
    ----------
    rows
        Every member that was asked and whose answer is known.
    joint
        Log score of each event's whole pattern (the lead first, the others knowing what it did, and what
        they share), by event: of the model and of the base rate.
    shown
        Chance of each member had it been asked, where the frame shows a crisis that is not scored.
    frame
        The frame it was done on.
    """

    rows: list[Scored]
    joint: Mapping[str, tuple[float, float]]
    shown: Mapping[str, Mapping[str, float]]
    frame: Frame

    @property
    def log_score(self) -> float:
        """Mean log score of the model, by member."""
        return float(np.mean([row.log_score for row in self.rows]))

    @property
    def base_rate(self) -> float:
        """Mean log score of the base rate, by member."""
        return float(np.mean([row.log_score_base for row in self.rows]))

    def difference(self, resamples: int = 4000) -> dict[str, float]:
        """Model less base rate, with a bootstrap over events: 5 %, mean, 95 %, share above zero."""
        events = sorted({row.event for row in self.rows})
        of_event = {event: [row for row in self.rows if row.event == event] for event in events}
        gain = np.array([sum(r.log_score - r.log_score_base for r in of_event[e]) for e in events])
        size = np.array([len(of_event[e]) for e in events], dtype=float)
        picked = np.random.default_rng(SEED).integers(len(events), size=(resamples, len(events)))
        means = gain[picked].sum(axis=1) / size[picked].sum(axis=1)
        low, high = np.quantile(means, [0.05, 0.95])
        return {
            "p05": float(low),
            "mean": float(gain.sum() / size.sum()),
            "p95": float(high),
            "better": float((means > 0.0).mean()),
        }

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form: scores, one row for each case, one for each member, and the misses."""
        joint = np.array(list(self.joint.values()))
        return {
            "log_score": self.log_score,
            "base_rate": self.base_rate,
            "difference": self.difference(),
            "events": len(self.joint),
            "members_asked": len(self.rows),
            "members_joined": sum(row.joined for row in self.rows),
            "joint": {"log_score": float(joint[:, 0].sum()), "base_rate": float(joint[:, 1].sum())},
            "cases": [self._case(request) for request in self.frame.cases],
            "members": [row.as_dict() for row in self.rows],
            "misses": [row.as_dict() for row in self.rows if row.missed],
        }

    def _case(self, request: Request) -> dict[str, Any]:
        rows = [row for row in self.rows if row.case == request.case]
        shown = self.shown.get(request.case, {})
        chances = {row.member: row.predicted for row in rows} or dict(shown)
        return {
            "case": request.case,
            "asked": any(row.asked for row in request.members.values()),
            "joined": [row.member for row in rows if row.joined],
            "stayed": [row.member for row in rows if not row.joined],
            "predicted": {code: round(p, 4) for code, p in chances.items()},
            "scored": bool(rows),
            "why_not": request.unfitted or (None if rows else "what the members did is contested"),
            "log_score": round(float(np.sum([r.log_score for r in rows])), 4) if rows else None,
            "base_rate": round(float(np.sum([r.log_score_base for r in rows])), 4) if rows else None,
        }


def leave_one_out(frame: Frame | None = None, refit: Fit | None = None, draws: int = DRAWS) -> LeftOut:
    """Predict every crisis of the frame by a fit on all others.

    Parameters
    ----------
    frame
        The frame; the one that comes with foedus if left out.
    refit
        Gives the estimate for a frame from which an event was taken, and the name of that event; fits anew
        if left out.
    draws
        Keyed draws of coefficients and of what the members share.
    """
    whole = frame or read_frame()
    refit = refit or (lambda rest, _: fit(rest))
    rows: list[Scored] = []
    joint: dict[str, tuple[float, float]] = {}
    shown: dict[str, Mapping[str, float]] = {}
    for event in dict.fromkeys(request.event for request in whole.cases):
        estimate = refit(whole.without(event), event)
        base = (estimate.joined + 0.5) / (estimate.rows + 1.0)
        whole_event = np.zeros(draws)
        scored: list[Scored] = []
        for request in (r for r in whole.cases if r.event == event):
            found = chances_of_request(request, whole, estimate, draws)
            if not request.scored():
                shown[request.case] = {code: float(found[code].mean()) for code in found}
                continue
            whole_event = whole_event + _log_pattern(request, found)
            scored += _scored(request, found, base)
        if scored:
            rows += scored
            peak = whole_event.max()
            joint[event] = (
                float(peak + np.log(np.mean(np.exp(whole_event - peak)))),
                sum(row.log_score_base for row in scored),
            )
    return LeftOut(rows, joint, shown, whole)


def chances_of_request(request: Request, frame: Frame, estimate: Estimate, draws: int = DRAWS) -> Chances:
    """Each member's chance to come in a crisis of the frame, on its coded covariates."""
    reasons = {code: covariates(request, row, frame.scales) for code, row in request.members.items()}
    return chances_of(estimate, reasons, request.lead, Luck(SEED), range(draws))


def _scored(request: Request, found: Chances, base: float) -> list[Scored]:
    lead = request.members[request.lead].came
    out = []
    for code, row in request.scored().items():
        given = found[code]
        if lead is not None:
            given = found.if_lead_comes[code] if lead else found.if_lead_stays[code]
        out.append(
            Scored(
                request.case, request.event, code, code == request.lead, bool(row.came),
                float(found[code].mean()), float(given.mean()), base,
            )
        )  # fmt: skip
    return out


def _log_pattern(request: Request, found: Chances) -> FloatArray:
    """Log chance of all that the members did, per draw: the lead's step and the others' given it."""
    lead = request.members[request.lead].came
    total = np.zeros(len(next(iter(found.if_lead_comes.values()))))
    for code, row in request.scored().items():
        if lead is None:
            chance = found[code]
        else:
            chance = found.if_lead_comes[code] if lead else found.if_lead_stays[code]
        total = total + np.log(chance if row.came else 1.0 - chance)
    return total


def _log_score(chance: float, joined: bool) -> float:
    return float(np.log(chance if joined else 1.0 - chance))
