"""What does each claim add to a belief, and why does it count or not?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from foedus.evidence.claims import GradedClaim, Piece
from foedus.evidence.grading import Prior, Weights
from foedus.evidence.interest import share_of, supporters
from foedus.evidence.record import Record


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim as it counted at an instant.

    Attributes
    ----------
    graded
        The claim, its grade of that time and its origin.
    interested
        Whether its origin is interested, by its own word or that of another who speaks from there.
    supported_by
        Claims that support it, by id, where it is interested.
    weight
        What it adds to the log-odds of the fact, at the medians of prior and weights [nat].
    counts
        Why it counts, or does not, in one line.
    """

    graded: GradedClaim
    interested: bool
    supported_by: tuple[str, ...]
    weight: float
    counts: str

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form; grade and its date are null where nobody had graded the claim yet."""
        claim, grade = self.graded.claim, self.graded.grade
        return {
            "id": claim.id,
            "who": claim.who,
            "at": claim.at.isoformat(),
            "origin": claim.origin,
            "interested": self.interested,
            "supported_by": list(self.supported_by),
            "says": claim.likelihood or ("it is so" if claim.holds else "it is not so"),
            "reliability": grade.reliability if grade else None,
            "credibility": grade.credibility if grade else None,
            "graded_at": grade.at.isoformat() if grade else None,
            "weight": self.weight,
            "counts": self.counts,
        }


def weighed(
    heard: Sequence[GradedClaim],
    found: Sequence[Piece],
    weights: Weights,
    prior: Prior,
    record: Record | None = None,
) -> list[Weighed]:
    """Say of each claim about one fact what it adds, and why, in the order in which they were heard.

    Parameters
    ----------
    heard
        The claims about the fact as they stood at the instant.
    found
        The pieces of evidence they make.
    record
        The record of the fact at that instant, if there is one: it overrides every claim.
    """
    by_key = {(piece.origin, piece.holds): piece for piece in found}
    return [
        _weighed(graded, by_key[graded.origin, graded.says_so], found, weights, prior, record)
        for graded in heard
    ]


def _weighed(
    graded: GradedClaim,
    piece: Piece,
    found: Sequence[Piece],
    weights: Weights,
    prior: Prior,
    record: Record | None,
) -> Weighed:
    support = tuple(other.bearer.claim.id for other in supporters(piece, found)) if piece.interested else ()
    share = share_of(piece, found, weights)
    why_not = _why_not(graded, piece, share, support, weights, record)
    if why_not is not None:
        return Weighed(graded, piece.interested, support, 0.0, f"adds nothing: {why_not}")
    parts = [_how_far(share, support), *_what_it_does(graded, weights)]
    if graded.claim.origin is None and not piece.interested and len(found) > 1:
        parts.append("own word, taken as independent")
    weight = share * graded.evidence(weights, prior).mean
    return Weighed(graded, piece.interested, support, weight, "; ".join(parts))


def _why_not(
    graded: GradedClaim,
    piece: Piece,
    share: float,
    support: Sequence[str],
    weights: Weights,
    record: Record | None,
) -> str | None:
    if record is not None:
        return f"the record of {record.at:%Y-%m-%d %H:%M} overrides what is said"
    if graded.grade is None:
        return "heard, and not yet graded"
    if graded is not piece.bearer:
        return f"of one origin with {piece.bearer.claim.id}, and no stronger"
    if piece.interested and not support and share == 0.0:
        return "interested, and nobody independent supports it"
    hedge = graded.hedge(weights)
    if hedge.share == 0.0 if hedge is not None else weights.of(graded.grade).mean == 0.0:
        return "its information cannot be judged"
    return None


def _how_far(share: float, support: Sequence[str]) -> str:
    if share == 1.0:
        return "counts in full"
    by = f", supported by {', '.join(support)}" if support else ""
    return f"counts for {100.0 * share:.0f} %: interested{by}"


def _what_it_does(graded: GradedClaim, weights: Weights) -> list[str]:
    hedge = graded.hedge(weights)
    if hedge is not None:
        said = f"{100.0 * hedge.low:.0f} to {100.0 * hedge.high:.0f} %"
        return [f"draws belief towards {said}, for the {100.0 * hedge.share:.0f} % its source lets through"]
    return ["disbelieved, so it speaks against what it says"] if graded.disbelieved else []
