"""Is there an obligation? Every clause of the treaties in question, read on a day for a host.

Trigger, invocation, activation and permission are kept apart: a clause can be invoked and activated while its
trigger is doubtful, and met while nobody calls on it. Whether a duty was honoured is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, get_args

from foedus.errors import CaseError
from foedus.terms import Belief, Party, Predicate, Reading, Status
from foedus.treaties.catalogue import treaty as treaty_of
from foedus.treaties.condition import All, Fact, Not, judge
from foedus.treaties.permission import PermissionReading, permission
from foedus.treaties.reading import EXTERNAL_ORIGIN, NO_NUMBER, ClauseReading, ReadingName, read_clause
from foedus.treaties.situation import Situation
from foedus.treaties.treaty import STRENGTHS, Clause, ClauseType, Treaty

INDEPENDENCE = "facts within one clause are taken as independent of one another (assumption)"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Something that a clause leaves out, and whether that is the case here (None: it asks about no fact)."""

    what: str
    applies: Status | None
    why: str

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "what": self.what,
            "applies": None if self.applies is None else self.applies.value,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class ClauseAssessment:
    """A clause on a day for a host: how it reads, whom it binds and how strongly, what it leaves out."""

    treaty: Treaty
    clause: Clause
    by_reading: Mapping[ReadingName, ClauseReading]
    bound: tuple[Party, ...]
    excluded: tuple[Exclusion, ...]
    requested: bool
    invoked: bool
    activated: bool
    not_applicable: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        clause = self.clause
        return {
            "treaty": self.treaty.id,
            "treaty_name": self.treaty.name,
            "clause": clause.id,
            "article": clause.article,
            "type": clause.type,
            "label": clause.label,
            "by_reading": {name: reading.as_dict() for name, reading in self.by_reading.items()},
            "requested": self.requested,
            "invoked": self.invoked,
            "activated": self.activated,
            "bound": list(self.bound),
            "strength": clause.obligation.strength,
            "strength_words": clause.obligation.words,
            "duty": clause.obligation.text,
            "consultation_only": clause.obligation.strength == "must_consult",
            "decision": {"rule": clause.decision.rule, "body": clause.decision.body},
            "excluded": [exclusion.as_dict() for exclusion in self.excluded],
            "not_applicable": self.not_applicable,
            "note": clause.note,
            "sources": [source.cite for source in self.treaty.sources],
            "why": self.why(),
        }

    def why(self) -> list[dict[str, Any]]:
        """The tree of reasons, one for each reading."""
        return [
            {**reading.why.as_dict(), "text": f"{name}: {reading.why.text}", "reading": reading.reading.value}
            for name, reading in self.by_reading.items()
            if reading.why is not None
        ]

    def lines(self) -> Iterator[str]:
        """The printed form."""
        yield f"{self.treaty.short_name}, article {self.clause.article}: {self.clause.label}"
        if self.not_applicable is not None:
            yield f"  not applicable: {self.not_applicable}"
            return
        for name, reading in self.by_reading.items():
            yield f"  {name}: {reading.reading.value}"
            if reading.why is not None:
                yield from reading.why.lines(depth=2)
        if self.bound:
            yield f"  who {self.clause.obligation.words}: {', '.join(self.bound)}"
        for exclusion in self.excluded:
            word = "" if exclusion.applies is None else f" [{exclusion.applies.value}]"
            yield f"  left out: {exclusion.what}{word}"


@dataclass(frozen=True, slots=True)
class Assessment:
    """Whether anyone is bound to come, and may come: the principal clause first, then every clause."""

    principal: ClauseAssessment
    clauses: tuple[ClauseAssessment, ...]
    permission: PermissionReading
    first_activation: bool

    def clause(self, clause_id: str) -> ClauseAssessment:
        """The assessment of one clause by its id."""
        return next(found for found in self.clauses if found.clause.id == clause_id)

    def as_dict(self) -> dict[str, Any]:
        """The obligation as one JSON object."""
        return {
            **self.principal.as_dict(),
            "first_activation": self.first_activation,
            "permission": self.permission.as_dict(),
            "assumption": INDEPENDENCE,
            "clauses": [clause.as_dict() for clause in self.clauses],
        }

    def lines(self) -> Iterator[str]:
        """The reasoning as printed lines."""
        for clause in self.clauses:
            yield from clause.lines()
        yield f"May they come: {self.permission.reading.value} ({self.permission.why})"
        yield f"Note: {INDEPENDENCE}"


def assess(
    treaty_ids: Sequence[str],
    beliefs: Mapping[Predicate, Belief],
    *,
    host: Party,
    as_of: datetime,
    requested: bool,
    invoked: bool,
    activated: bool,
    requester: str,
    target: str,
    earlier_activations: int,
    compare: Sequence[str] = (),
    principal_clause: str | None = None,
    alleged: Mapping[Predicate, bool] | None = None,
    attackers: frozenset[Party] | None = None,
) -> Assessment:
    """Answer whether anyone is bound to help the host, by which clause, and whether they may come.

    Parameters
    ----------
    treaty_ids
        The treaties in question; the principal clause is sought in the first.
    beliefs
        Belief in each fact as of the instant; what is left out is unknown.
    host
        The state in trouble, by its code.
    as_of
        The instant; parties and texts of its day count.
    requested, invoked, activated
        Facts of the record: help was asked for; the principal clause was named; the body acted under it.
    requester, target
        Who asks (government, neighbours, claimant, none), and against what.
    earlier_activations
        How often the principal clause was activated before.
    compare
        Further treaties to read beside.
    principal_clause
        The clause that was invoked; else the strongest of the first treaty on that day, mutual defence first.
    alleged
        What the invoking party and the body assert, by fact; else the case of the clause they invoked.
    attackers
        The states that attack; None where nobody says.

    Raises
    ------
    CaseError
        A treaty or clause is not in the catalogue, or the first treaty was not in force on the day.
    """
    situation = Situation(
        beliefs, host, as_of, requested, invoked, activated, requester, target, attackers, alleged=alleged
    )
    treaties = [treaty_of(treaty_id) for treaty_id in dict.fromkeys((*treaty_ids, *compare))]
    if not treaties:
        raise CaseError("no treaty is given; name at least one of the catalogue")
    chosen = _principal(treaties, situation.day, principal_clause)
    clauses = tuple(
        _assess_clause(treaty, clause, situation, principal=clause.id == chosen)
        for treaty in treaties
        for clause in treaty.clauses_on(situation.day)
    )
    return Assessment(
        principal=next(found for found in clauses if found.clause.id == chosen),
        clauses=clauses,
        permission=permission(situation),
        first_activation=activated and earlier_activations == 0,
    )


def _principal(treaties: Sequence[Treaty], day: date, named: str | None) -> str:
    if named is not None:
        known = [clause.id for treaty in treaties for clause in treaty.clauses_on(day)]
        if named not in known:
            raise CaseError(f"{named!r} is no clause in force on {day}; give one of {', '.join(known)}")
        return named
    clauses = treaties[0].clauses_on(day)
    if not clauses:
        raise CaseError(f"{treaties[0].id} was not in force on {day}; name a treaty that was")
    types, strengths = get_args(ClauseType), list(STRENGTHS)
    strongest = min(
        clauses, key=lambda clause: (types.index(clause.type), strengths.index(clause.obligation.strength))
    )
    return strongest.id


def _assess_clause(
    treaty: Treaty, clause: Clause, situation: Situation, *, principal: bool
) -> ClauseAssessment:
    parties = treaty.parties_on(situation.day)
    reason = _why_not_applicable(treaty, clause, situation, parties)
    invoked, activated = principal and situation.invoked, principal and situation.activated
    if reason is not None:
        silent = ClauseReading(Reading.NOT_APPLICABLE, NO_NUMBER)
        return ClauseAssessment(
            treaty,
            clause,
            {"letter": silent, "sense": silent},
            (),
            (),
            situation.requested,
            invoked,
            activated,
            reason,
        )
    everyone = clause.addressees == "all_parties"
    return ClauseAssessment(
        treaty=treaty,
        clause=clause,
        by_reading=read_clause(clause, situation, self_judged=invoked or activated),
        bound=tuple(party for party in parties if everyone or party != situation.host),
        excluded=tuple(_exclusions(clause, situation)),
        requested=situation.requested,
        invoked=invoked,
        activated=activated,
    )


def _why_not_applicable(
    treaty: Treaty, clause: Clause, situation: Situation, parties: tuple[Party, ...]
) -> str | None:
    is_party = situation.host in parties
    if clause.trigger.victim == "party" and not is_party:
        return f"{situation.host} is not a party to the {treaty.name} on {situation.day}"
    if clause.trigger.victim == "non_party" and is_party:
        return (
            f"the clause is for states outside the treaty, and {situation.host} is a party on {situation.day}"
        )
    return None


def _exclusions(clause: Clause, situation: Situation) -> Iterator[Exclusion]:
    trigger = clause.trigger
    for exception in trigger.exceptions:
        applies = judge(exception.when, situation.status_of).status if exception.when is not None else None
        yield Exclusion(exception.text, applies, f"article {clause.article}")
    if clause.type in ("non_aggression", "definition"):
        return
    if trigger.internal_disorder in ("not_covered", "covered_if_externally_supported"):
        home_made = All((Fact("internal_disorder"), Not(EXTERNAL_ORIGIN)))
        yield Exclusion(
            "internal disorder without a hand from outside",
            judge(home_made, situation.status_of).status,
            "the clause answers an attack from outside"
            if trigger.internal_disorder == "not_covered"
            else "the clause covers internal conflict only if it is sustained from outside",
        )
    elif trigger.internal_disorder == "contested":
        yield Exclusion(
            "internal disorder, on one view", Status.CONTESTED, "the text neither names it nor rules it out"
        )
