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
from foedus.terms import Belief, Party, Predicate, Reading
from foedus.treaties.catalogue import catalogue
from foedus.treaties.catalogue import treaty as treaty_of
from foedus.treaties.clause_assessment import ClauseAssessment, assess_clause, open_to
from foedus.treaties.permission import PermissionReading, permission
from foedus.treaties.situation import Situation
from foedus.treaties.treaty import STRENGTHS, Clause, ClauseType, Treaty

INDEPENDENCE = "facts within one clause are taken as independent of one another (assumption)"


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

    def most_telling(self) -> ClauseAssessment:
        """The clause that says most of the event: met before contested before open, then the strongest."""
        words = [
            Reading.MET,
            Reading.CONTESTED,
            Reading.UNDETERMINED,
            Reading.NOT_MET,
            Reading.NOT_APPLICABLE,
        ]
        standing = ("non_aggression", "definition")
        return min(
            self.clauses,
            key=lambda one: (
                one.clause.type in standing or one.not_applicable is not None,
                _rank(one.clause)[0] if one.clause.type != "consultation" else len(words) * 10,
                words.index(one.by_reading["letter"].reading),
                _rank(one.clause),
            ),
        )

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
    return assess_situation(
        situation,
        treaty_ids,
        earlier_activations=earlier_activations,
        compare=compare,
        principal_clause=principal_clause,
    )


def assess_situation(
    situation: Situation,
    treaty_ids: Sequence[str],
    *,
    earlier_activations: int = 0,
    compare: Sequence[str] = (),
    principal_clause: str | None = None,
) -> Assessment:
    """Answer the same for a situation as the clauses ask for it; see :func:`assess` for the arguments.

    Raises
    ------
    CaseError
        A treaty or clause is not in the catalogue, or the first treaty was not in force on the day.
    """
    treaties = [treaty_of(treaty_id) for treaty_id in dict.fromkeys((*treaty_ids, *compare))]
    if not treaties:
        raise CaseError("no treaty is given; name at least one of the catalogue")
    chosen = _principal(treaties, situation.day, principal_clause)
    clauses = tuple(
        assess_clause(
            treaty,
            clause,
            situation,
            invoked=situation.invoked and clause.id == chosen,
            activated=situation.activated and clause.id == chosen,
        )
        for treaty in treaties
        for clause in treaty.clauses_on(situation.day)
    )
    return Assessment(
        principal=next(found for found in clauses if found.clause.id == chosen),
        clauses=clauses,
        permission=permission(situation),
        first_activation=situation.activated and earlier_activations == 0,
    )


def treaties_protecting(host: Party, day: date) -> list[str]:
    """The treaties in force on a day with a clause that could protect a state, the strongest first.

    Parameters
    ----------
    host
        The state in trouble.
    day
        The day whose treaties, parties and texts count.
    """
    found = {treaty.id: open_to(treaty, host, day) for treaty in catalogue().values()}
    ranked = [(min(map(_rank, clauses)), treaty_id) for treaty_id, clauses in found.items() if clauses]
    return [treaty_id for _, treaty_id in sorted(ranked)]


def _principal(treaties: Sequence[Treaty], day: date, named: str | None) -> str:
    if named is not None:
        known = [clause.id for treaty in treaties for clause in treaty.clauses_on(day)]
        if named not in known:
            raise CaseError(f"{named!r} is no clause in force on {day}; give one of {', '.join(known)}")
        return named
    clauses = treaties[0].clauses_on(day)
    if not clauses:
        raise CaseError(f"{treaties[0].id} was not in force on {day}; name a treaty that was")
    return min(clauses, key=_rank).id


def _rank(clause: Clause) -> tuple[int, int]:
    """The order of clauses by type, then by the strength of the duty."""
    return get_args(ClauseType).index(clause.type), list(STRENGTHS).index(clause.obligation.strength)
