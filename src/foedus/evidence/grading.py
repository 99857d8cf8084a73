"""How much does a graded claim weigh? Admiralty grades as likelihood ratios, and the priors they move.

The Admiralty system grades the source A-F and the information 1-6, separately, and in words only.
`weights.yaml` puts numbers to the words; each block of it says that it is an assumption, and what supports
its order.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import log
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, FiniteFloat

from foedus.cases.schema.events import Grade
from foedus.cases.schema.values import Strict
from foedus.terms import Predicate

Positive = Annotated[FiniteFloat, Field(gt=0)]
ShareOfWeight = Annotated[FiniteFloat, Field(ge=0, le=1)]


class Evidence(NamedTuple):
    """A weight of evidence: the logarithm of a likelihood ratio, normal over draws [nat]."""

    mean: float
    spread: float

    def scaled(self, share: float) -> Evidence:
        """The same evidence at a share of its weight."""
        return Evidence(self.mean * share, self.spread * share)


NOTHING = Evidence(0.0, 0.0)


class Prior(Strict):
    """Belief before anything is said: median probability, and the standard deviation of its log-odds."""

    median: Annotated[FiniteFloat, Field(gt=0, lt=1)]
    spread: Annotated[FiniteFloat, Field(ge=0)]

    @property
    def log_odds(self) -> float:
        """The median as log-odds [nat]."""
        return log(self.median / (1.0 - self.median))


class CredibilityGrade(Strict):
    """What a grade of information 1-6 is worth from a completely reliable source."""

    words: str
    likelihood_ratio: Positive
    spread: Annotated[FiniteFloat, Field(ge=0)]


class ReliabilityGrade(Strict):
    """The share of a claim's weight that a grade of source A-F lets through."""

    words: str
    weight: ShareOfWeight


class Credibility(Strict):
    """The six grades of information."""

    basis: Literal["assumption"]
    source: str
    grades: dict[int, CredibilityGrade]


class Reliability(Strict):
    """The six grades of sources."""

    basis: Literal["assumption"]
    source: str
    grades: dict[str, ReliabilityGrade]


class Interested(Strict):
    """What the word of one who gains by being believed counts for, alone and supported."""

    basis: Literal["assumption"]
    source: str
    weight_alone: ShareOfWeight
    weight_supported: ShareOfWeight


class Bounds(Strict):
    """How far from even a belief may go [nat]."""

    basis: Literal["assumption"]
    source: str
    log_odds: Positive


class Priors(Strict):
    """Beliefs before anything is said."""

    basis: Literal["assumption"]
    source: str
    default: Prior
    predicates: dict[Predicate, Prior]


class Weights(Strict):
    """All numbers with which claims become beliefs."""

    credibility: Credibility
    reliability: Reliability
    interested: Interested
    bounds: Bounds
    priors: Priors

    def of(self, grade: Grade) -> Evidence:
        """The weight that a grade gives to what is claimed: above 0 for it, below 0 against it [nat].

        The log of the ratio for the information's credibility, let through by the share for the source's
        reliability. A claim graded doubtful or improbable (4, 5) speaks against what it claims.
        """
        information = self.credibility.grades[grade.credibility]
        share = self.reliability.grades[grade.reliability].weight
        return Evidence(log(information.likelihood_ratio), information.spread).scaled(share)

    def prior(self, predicate: Predicate, own: Mapping[Predicate, Prior] | None = None) -> Prior:
        """The prior of a fact: the caller's own, else the one on file, else the default."""
        if own is not None and predicate in own:
            return own[predicate]
        return self.priors.predicates.get(predicate, self.priors.default)


@cache
def weights() -> Weights:
    """The weights on file."""
    from ruamel.yaml import YAML

    text = (files("foedus.evidence") / "weights.yaml").read_text(encoding="utf-8")
    return Weights.model_validate(YAML(typ="safe", pure=True).load(text))
