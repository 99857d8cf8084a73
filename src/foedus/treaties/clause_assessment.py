"""How does one clause stand to an event on a day: how it reads, whom it binds, what it leaves out?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

import numpy as np

from foedus.terms import Belief, Party, Reading, Status
from foedus.treaties.condition import All, Fact, Not, judge
from foedus.treaties.inference import inferred
from foedus.treaties.reading import (
    EXTERNAL_ORIGIN,
    IN_FORCE,
    NO_NUMBER,
    ClauseReading,
    ReadingName,
    read_clause,
)
from foedus.treaties.situation import Situation
from foedus.treaties.treaty import Clause, Treaty, TreatyException


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
    reserved: Mapping[Party, Mapping[ReadingName, ClauseReading]] = field(default_factory=dict)

    def reading_for(self, party: Party, name: ReadingName) -> ClauseReading:
        """How the clause reads for one addressee, its reservations counted."""
        return self.reserved.get(party, self.by_reading)[name]

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
            "reserved": {
                party: {name: reading.as_dict() for name, reading in readings.items()}
                for party, readings in self.reserved.items()
            },
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
        yield f"{self.treaty.short_name}, {self.clause.cited}: {self.clause.label}"
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


def assess_clause(
    treaty: Treaty, clause: Clause, situation: Situation, *, invoked: bool = False, activated: bool = False
) -> ClauseAssessment:
    """Read a clause for a situation: by letter and sense, for whom it binds and what it leaves out.

    Parameters
    ----------
    treaty, clause
        The treaty and one of its clauses, in the wording of the day.
    situation
        What is known and believed of the event.
    invoked, activated
        Facts of the record about this clause: it was named, the body acted under it.
    """
    parties = treaty.parties_on(situation.day)
    reason = why_not_applicable(treaty, clause, situation.host, parties, situation)
    if reason is not None:
        silent = ClauseReading(Reading.NOT_APPLICABLE, NO_NUMBER)
        return ClauseAssessment(
            treaty=treaty,
            clause=clause,
            by_reading={"letter": silent, "sense": silent},
            bound=(),
            excluded=(),
            requested=situation.requested,
            invoked=invoked,
            activated=activated,
            not_applicable=reason,
        )
    situation = under(treaty, situation, parties)
    attackers = situation.attackers or frozenset()
    bound = tuple(p for p in clause.addressed(parties, situation.host) if p not in attackers)
    return ClauseAssessment(
        treaty=treaty,
        clause=clause,
        by_reading=read_clause(clause, situation, self_judged=invoked or activated),
        bound=bound,
        excluded=tuple(_exclusions(clause, situation)),
        requested=situation.requested,
        invoked=invoked,
        activated=activated,
        reserved={
            party: read_clause(as_reserved(clause, party), situation, self_judged=False)
            for party in bound
            if _reservations(clause, party)
        },
    )


def open_to(treaty: Treaty, host: Party, day: date) -> list[Clause]:
    """The clauses in force on a day that could protect a state, whatever happens to it.

    A clause on trouble anywhere in the world speaks of states outside the treaty as well, without being for
    them: here a state is a party, or named.

    Parameters
    ----------
    treaty
        The treaty.
    host
        The state that may come into trouble.
    day
        The day whose texts and parties count.
    """
    parties = treaty.parties_on(day)
    bare = bare_situation(host, day)
    return [
        clause
        for clause in treaty.clauses_on(day)
        if (host in parties or host in (*clause.trigger.protects, *clause.trigger.protects_also))
        and why_not_applicable(treaty, clause, host, parties, bare) is None
    ]


def bare_situation(host: Party, day: date) -> Situation:
    """A state on a day of which nothing is said."""
    return Situation({}, host, datetime.combine(day, time(), tzinfo=UTC))


def why_not_applicable(
    treaty: Treaty, clause: Clause, host: Party, parties: tuple[Party, ...], situation: Situation
) -> str | None:
    """Say why a clause has nothing to say of a state in trouble on a day; None where it has."""
    trigger = clause.trigger
    day = situation.day
    if not treaty.in_force_on(day) and not _membership_is_claimed(situation):
        return f"the {treaty.name} was not in force on {day}"
    if not clause.valid.holds_on(day):
        return f"{clause.cited} is not the text of {day}"
    if trigger.protects and host not in trigger.protects:
        return f"the clause is for {', '.join(trigger.protects)}, and {host} is none of these"
    if host in trigger.protects or host in trigger.protects_also:
        return None
    if trigger.victim == "party" and host not in parties:
        if _membership_is_claimed(situation):
            return None
        return f"{host} is not a party to the {treaty.name} on {day}"
    if trigger.victim == "non_party" and host in parties:
        return f"the clause is for states outside the treaty, and {host} is a party on {day}"
    return None


def _membership_is_claimed(situation: Situation) -> bool:
    """Whether somebody holds that the treaty is in force for the state, and somebody that it is not."""
    return situation.status_of(IN_FORCE) is Status.CONTESTED


def under(treaty: Treaty, situation: Situation, parties: tuple[Party, ...]) -> Situation:
    """The situation as this treaty sees it: its parties, and a doubt about the host's membership."""
    doubtful = any(span.contested and span.code == situation.host for span in treaty.spans_on(situation.day))
    beliefs = situation.beliefs
    if doubtful and IN_FORCE.predicate not in beliefs:
        told = (f"whether the treaty is in force for {situation.host} is disputed",)
        unknown = np.array([np.nan])
        beliefs = {**beliefs, IN_FORCE.predicate: Belief(IN_FORCE.predicate, Status.CONTESTED, unknown, told)}
    return replace(situation, parties=frozenset(parties), beliefs=beliefs)


def _reservations(clause: Clause, party: Party) -> list[TreatyException]:
    return [left_out for left_out in clause.trigger.exceptions if party in left_out.reserved_by]


def as_reserved(clause: Clause, party: Party) -> Clause:
    """The clause as it binds a party with a reservation: what that party reserved counts as the text."""
    own = [
        left_out.model_copy(update={"reserved_by": []}) if party in left_out.reserved_by else left_out
        for left_out in clause.trigger.exceptions
    ]
    return clause.model_copy(update={"trigger": clause.trigger.model_copy(update={"exceptions": own})})


def _exclusions(clause: Clause, situation: Situation) -> Iterator[Exclusion]:
    trigger = clause.trigger
    for exception in trigger.exceptions:
        applies = None
        if exception.when is not None:
            applies = judge(inferred(exception.when, situation, trigger.area), situation.status_of).status
        of = f"reservation of {', '.join(exception.reserved_by)}" if exception.reserved_by else ""
        yield Exclusion(exception.text, applies, of or f"{clause.cited}")
    if clause.type in ("non_aggression", "definition"):
        return
    if trigger.internal_disorder in ("not_covered", "covered_if_externally_supported"):
        home_made = All((Fact("internal_disorder"), Not(EXTERNAL_ORIGIN)))
        yield Exclusion(
            "internal disorder without a hand from outside",
            judge(inferred(home_made, situation), situation.status_of).status,
            "the clause answers an attack from outside"
            if trigger.internal_disorder == "not_covered"
            else "the clause covers internal conflict only if it is sustained from outside",
        )
    elif trigger.internal_disorder == "contested":
        yield Exclusion(
            "internal disorder, on one view", Status.CONTESTED, "the text neither names it nor rules it out"
        )
