"""Belief in each fact as of an instant, and how sure it is: claims and records, pooled in log-odds.

Evidence adds up in log-odds from a prior (Good 1950: the weight of evidence is the logarithm of the
likelihood ratio). A graded claim brings the logarithm of its ratio; a verbal probability brings what moves
the prior to it, at the share of its weight that the source's reliability lets through (Bordley 1982,
Management Science 28, 1137-1148: odds against a shared prior multiply). Pieces of different origin are taken
as independent given the fact (assumption); pieces of one origin are one piece, see `claims` and `origins`.
What an interested speaker's word counts for stands in `interest`.

The status, beside the probability, is what three-valued logic works with:

- a fact of record is true or false, from its instant until a later record; it overrides every claim, for a
  record is what happened and a claim is what is said of it;
- a fact that nobody asserts or denies is unknown, never false;
- what is said one way only is true (or false) if a disinterested, unhedged claim graded probably true or
  better (1, 2) says it;
- all else is contested: claims both ways, whoever makes them, and claims one way that establish nothing
  (interested, hedged, merely possible, not judged, disbelieved). Somebody's account of the facts is on the
  table, and it is not established.

A disinterested claim that those who grade it have come to disbelieve (4, 5) is no longer upheld by anybody
and does not keep a fact contested. The claim of an interested party does, however it is graded: a party's
standing by its word is what makes a dispute (a disagreement on a point of law or fact: Permanent Court of
International Justice, Mavrommatis Palestine Concessions, 1924).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from foedus.cases.schema.events import Claim
from foedus.evidence.claims import GradedClaim, Piece, as_of_claims, pieces
from foedus.evidence.grading import Prior, Weights
from foedus.evidence.grading import weights as weights_on_file
from foedus.evidence.interest import share_of
from foedus.evidence.record import Record
from foedus.terms import Belief, Predicate, Status

FloatArray = NDArray[np.float64]


class Luck(Protocol):
    """Keyed uniform draws: the same purpose, entity and run give the same number."""

    def uniform(self, purpose: str, entity: str, runs: range, /) -> FloatArray:
        """Uniform numbers in (0, 1), one for each run (run,)."""


def believe(
    claims: Sequence[Claim],
    records: Sequence[Record],
    *,
    as_of: datetime,
    luck: Luck,
    runs: range,
    priors: Mapping[Predicate, Prior] | None = None,
    weights: Weights | None = None,
) -> dict[Predicate, Belief]:
    """Pool claims and records into a belief in each fact, as of an instant.

    Parameters
    ----------
    claims
        What was said, each with its dated grades; later claims and grades are not seen.
    records
        Facts of the record; later ones are not seen.
    as_of
        The instant (aware).
    luck
        Keyed draws; they do not depend on the instant, so that beliefs of two days share their luck.
    runs
        The runs for which to draw.
    priors
        Priors of the caller's own, by fact.
    weights
        Weights in the place of those on file.

    Returns
    -------
    dict
        A belief for each fact that is claimed, recorded or has a prior of its own; draws of the probability
        (run,), strictly between 0 and 1 save for facts of record.
    """
    table = weights if weights is not None else weights_on_file()
    heard = as_of_claims(claims, as_of)
    on_record = latest_records(records, as_of)
    named = (graded.claim.predicate for graded in heard)
    facts = sorted({*named, *on_record, *table.priors.predicates, *(priors or ())})
    return {
        fact: _belief(
            fact,
            [graded for graded in heard if graded.claim.predicate == fact],
            on_record.get(fact),
            table.prior(fact, priors),
            table,
            luck,
            runs,
        )
        for fact in facts
    }


def alleged(claims: Iterable[Claim], *, as_of: datetime) -> dict[Predicate, bool]:
    """Give what interested speakers assert as of an instant: their latest word on each fact."""
    spoken = [graded.claim for graded in as_of_claims(claims, as_of) if graded.claim.interested]
    return {claim.predicate: claim.holds for claim in spoken}


def _belief(
    fact: Predicate,
    heard: Sequence[GradedClaim],
    record: Record | None,
    prior: Prior,
    weights: Weights,
    luck: Luck,
    runs: range,
) -> Belief:
    found = pieces(heard, weights, prior)
    why = tuple(_line(graded, found) for graded in heard)
    if record is not None:
        status = Status.TRUE if record.holds else Status.FALSE
        why = (*why, f"{record.at:%Y-%m-%d %H:%M} on record: {record.text}")
        return Belief(fact, status, np.full(len(runs), float(record.holds)), why)
    return Belief(fact, status_of(found), _draws(fact, found, prior, weights, luck, runs), why)


def status_of(found: Sequence[Piece]) -> Status:
    """Give the status of a fact on the pieces of evidence about it; the module's docstring has the rule."""
    if not found:
        return Status.UNKNOWN
    upheld = [piece for piece in found if piece.interested or not piece.disbelieved]
    one_way = len({piece.holds for piece in upheld}) == 1
    if one_way and any(piece.settles and not piece.interested for piece in upheld):
        return Status.TRUE if upheld[0].holds else Status.FALSE
    return Status.CONTESTED


def _draws(
    fact: Predicate, found: Sequence[Piece], prior: Prior, weights: Weights, luck: Luck, runs: range
) -> FloatArray:
    """Pool the pieces in log-odds; back to probabilities [probability] (run,)."""
    from scipy.special import expit, ndtri

    before = prior.log_odds + prior.spread * ndtri(luck.uniform("evidence.prior", fact, runs))
    log_odds = before.copy()
    for piece in found:
        share = share_of(piece, found, weights)
        if share > 0.0:
            log_odds += share * _weight(piece, before, luck.uniform("evidence.claim", piece.key, runs))
    bound = weights.bounds.log_odds
    return np.asarray(expit(np.clip(log_odds, -bound, bound)), dtype=np.float64)


def _weight(piece: Piece, before: FloatArray, u: FloatArray) -> FloatArray:
    """The weight of a piece in each run [nat] (run,)."""
    from scipy.special import logit, ndtri

    if piece.hedge is None:
        return np.asarray(piece.evidence.mean + piece.evidence.spread * ndtri(u), dtype=np.float64)
    # Anywhere in the phrase's range is equally likely: an assumption, as the yardsticks give bounds only.
    said = piece.hedge.low + (piece.hedge.high - piece.hedge.low) * u
    return np.asarray(piece.hedge.share * (logit(said) - before), dtype=np.float64)


def latest_records(records: Iterable[Record], as_of: datetime) -> dict[Predicate, Record]:
    """Give the record of each fact that stands at an instant: the latest by then."""
    known = sorted(
        (record for record in records if record.at <= as_of),
        key=lambda record: (record.at, record.holds, record.text),
    )
    return {record.predicate: record for record in known}


def _line(graded: GradedClaim, found: Sequence[Piece]) -> str:
    claim = graded.claim
    grade = (
        "not yet graded" if graded.grade is None else f"{graded.grade.reliability}{graded.grade.credibility}"
    )
    plain = "it is so" if claim.holds else "it is not so"
    said = f"'{claim.likelihood}'" if claim.likelihood else plain
    interested = any(piece.interested and piece.origin == graded.origin for piece in found)
    note = ", interested" if interested else ""
    return f"{claim.at:%Y-%m-%d %H:%M} {claim.who}: {said} ({grade}{note})"
