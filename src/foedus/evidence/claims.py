"""What counts as one piece of evidence? Claims as of an instant, by origin, each with its weight.

Claims of one origin about one fact, in one direction, are one piece: a repeat is not new evidence, nor is a
repeat of a repeat (see `origins`), and the piece has the strongest weight among them. An origin that has
spoken both ways has given two pieces. If any claim of an origin is interested, so is all that comes from
there: a neutral mouth that passes on an interested word does not make it neutral.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log

from foedus.cases.schema.events import Claim, Grade
from foedus.evidence.direction import range_for_the_fact, says_so
from foedus.evidence.grading import NOTHING, Evidence, Prior, Weights
from foedus.evidence.origins import traced_origins
from foedus.terms import Predicate

BELIEVED = (1, 2)
DISBELIEVED = (4, 5)


@dataclass(frozen=True, slots=True)
class Hedge:
    """A verbal probability for the fact, and the share of its weight that the grades let through."""

    low: float
    high: float
    share: float


@dataclass(frozen=True, slots=True)
class GradedClaim:
    """A claim as it stood at an instant: with the grade of that time, if any, and its origin."""

    claim: Claim
    grade: Grade | None
    origin: str

    @property
    def says_so(self) -> bool:
        """Which way it speaks: for the fact, or against it."""
        return says_so(self.claim)

    @property
    def settles(self) -> bool:
        """Whether it can settle a fact alone: information probably true or better, said without a hedge."""
        return self.grade is not None and self.grade.credibility in BELIEVED and self.claim.likelihood is None

    @property
    def disbelieved(self) -> bool:
        """Whether whoever graded it holds it for doubtful or improbable."""
        return self.grade is not None and self.grade.credibility in DISBELIEVED

    def hedge(self, weights: Weights) -> Hedge | None:
        """The verbal probability of the fact, where the claim gives one and its grade leaves it standing."""
        if self.claim.likelihood is None or self.grade is None or self.disbelieved:
            return None
        share = (
            weights.reliability.grades[self.grade.reliability].weight if self.grade.credibility != 6 else 0.0
        )
        return Hedge(*range_for_the_fact(self.claim), share)

    def evidence(self, weights: Weights, prior: Prior) -> Evidence:
        """The weight for the fact (above 0) or against it (below 0), at the median prior [nat]."""
        hedge = self.hedge(weights)
        if hedge is not None:
            middle = (hedge.low + hedge.high) / 2.0
            return Evidence(hedge.share * (log(middle / (1.0 - middle)) - prior.log_odds), 0.0)
        if self.grade is None:
            return NOTHING
        towards = weights.of(self.grade)
        return towards if self.says_so else Evidence(-towards.mean, towards.spread)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence about one fact: what one origin says, one way.

    Its bearer is the claim that gives it its weight: the strongest of them, the first among equals.
    """

    predicate: Predicate
    origin: str
    holds: bool
    interested: bool
    settles: bool
    disbelieved: bool
    evidence: Evidence
    hedge: Hedge | None
    bearer: GradedClaim

    @property
    def key(self) -> str:
        """The name under which its luck is drawn: not the claim's id, so that a repeat draws no new luck."""
        return f"{self.predicate}|{self.origin}|{'so' if self.holds else 'not so'}"

    @property
    def supports_its_word(self) -> bool:
        """Whether its weight goes the way its word does."""
        return self.evidence.mean > 0 if self.holds else self.evidence.mean < 0


def as_of_claims(claims: Iterable[Claim], as_of: datetime) -> list[GradedClaim]:
    """Take the claims made by an instant, each with its latest grade by then, in an order of their own."""
    heard = sorted((claim for claim in claims if claim.at <= as_of), key=lambda claim: (claim.at, claim.id))
    return [
        GradedClaim(claim, _latest_grade(claim, as_of), origin)
        for claim, origin in zip(heard, traced_origins(heard), strict=True)
    ]


def _latest_grade(claim: Claim, as_of: datetime) -> Grade | None:
    grades = [grade for grade in claim.grades if grade.at <= as_of]
    # Of two grades of one instant the more cautious counts, in whichever order they are listed.
    return max(grades, key=lambda grade: (grade.at, grade.reliability, grade.credibility), default=None)


def pieces(heard: Sequence[GradedClaim], weights: Weights, prior: Prior) -> list[Piece]:
    """Gather the claims about one fact into pieces of evidence, sorted by their keys."""
    interested = {graded.origin for graded in heard if graded.claim.interested}
    groups: dict[tuple[str, bool], list[GradedClaim]] = {}
    for graded in heard:
        groups.setdefault((graded.origin, graded.says_so), []).append(graded)
    found = []
    for (origin, holds), group in groups.items():
        strongest = max(group, key=lambda graded: _strength(graded, weights, prior))
        found.append(
            Piece(
                predicate=strongest.claim.predicate,
                origin=origin,
                holds=holds,
                interested=origin in interested,
                settles=any(graded.settles for graded in group),
                disbelieved=all(graded.disbelieved for graded in group),
                evidence=strongest.evidence(weights, prior),
                hedge=strongest.hedge(weights),
                bearer=strongest,
            )
        )
    return sorted(found, key=lambda piece: piece.key)


def _strength(graded: GradedClaim, weights: Weights, prior: Prior) -> tuple[float, ...]:
    # Ties are broken by what the claim says, never by its place in the list.
    evidence, hedge = graded.evidence(weights, prior), graded.hedge(weights)
    bounds = (0.0, 0.0) if hedge is None else (hedge.low, hedge.high)
    return (abs(evidence.mean), evidence.mean, evidence.spread, *bounds)
