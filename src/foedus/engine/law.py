"""Evidence and law of a case or an event as of an instant: claims to beliefs, beliefs to an assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time

import numpy as np

from foedus.cases.schema import Case, DescribedEvent, Event
from foedus.chance import Luck
from foedus.evidence import Record, alleged, believe
from foedus.terms import Belief, Status
from foedus.treaties import Assessment, Situation, assess, assess_situation, treaties_protecting

RECORD_OF_EVENT = {"request": "requested_by_victim", "activation": "body_decision"}


@dataclass(frozen=True, slots=True)
class Law:
    """What is believed and what follows in law; ``None`` where the case names no treaty."""

    as_of: datetime
    beliefs: Mapping[str, Belief]
    assessment: Assessment | None
    requested: bool
    invoked: bool
    activated: bool


def read_law(case: Case, as_of: datetime | None, luck: Luck, runs: int) -> Law:
    """Assess a case as of an instant; nothing that was said, graded or done later is seen.

    Parameters
    ----------
    as_of
        The instant; the end of the case's window if left out.
    luck, runs
        Keyed draws of the weights of evidence, one for each run.
    """
    instant = (as_of or case.meta.end).astimezone(case.meta.clock.tzinfo)
    happened = [event for event in case.events if event.at <= instant]
    requested = _any(happened, "request")
    activated = _any(happened, "activation")
    # To invoke is to name a clause: the request framed in the clause's words.
    invoked = requested and _any(happened, "framing")
    beliefs = believe(
        case.claims,
        records_of(case, instant),
        as_of=instant,
        luck=luck,
        runs=range(runs),
    )
    assessment = None
    if case.alliance.treaties:
        assessment = assess(
            case.alliance.treaties,
            beliefs,
            host=case.meta.host,
            as_of=instant,
            requested=requested,
            invoked=invoked,
            activated=activated,
            requester=case.meta.requester,
            target=case.meta.target,
            earlier_activations=case.alliance.earlier_activations,
            compare=case.alliance.compare,
            principal_clause=case.alliance.clause,
            alleged=alleged(case.claims, as_of=instant) or None,
        )
    return Law(instant, beliefs, assessment, requested, invoked, activated)


def read_event(event: DescribedEvent, as_of: datetime | None, luck: Luck, runs: int) -> Law:
    """Assess a described event: by every treaty that could protect its victim, or by those that it names.

    Parameters
    ----------
    as_of
        The instant up to which claims and grades are heard; the end of the event's day if left out.
    luck, runs
        Keyed draws of the weights of evidence, one for each run.
    """
    day = event.date.first
    instant = as_of or datetime.combine(event.date.last, time(23, 59, 59), tzinfo=UTC)
    held = believe(event.claims, [], as_of=instant, luck=luck, runs=range(runs))
    # A prior of which nobody has said anything is no finding about this event.
    beliefs = {name: belief for name, belief in held.items() if belief.why}
    stated = {fact.predicate: _stated(fact.predicate, fact.value, fact.who, runs) for fact in event.facts}
    acts = event.acts
    situation = Situation(
        beliefs={**beliefs, **stated},
        host=event.victim,
        as_of=datetime.combine(day, time(), tzinfo=UTC),
        requested=acts.requested,
        invoked=acts.invoked,
        activated=acts.activated,
        requester=event.requester if acts.requested else "none",
        target=event.target,
        attackers=None if event.attackers is None else frozenset(event.attackers),
        mobilised=None if event.mobilised is None else frozenset(event.mobilised),
        supporting=None if event.supporters is None else frozenset(event.supporters),
        place=event.place,
        alleged=alleged(event.claims, as_of=instant) or None,
    )
    treaties = event.treaties or treaties_protecting(event.victim, day)
    assessment = assess_situation(situation, treaties, principal_clause=event.clause) if treaties else None
    if assessment is not None and event.clause is None:
        # Nobody named a clause: the one in question is the strongest of those that speak to the event.
        named = assessment.most_telling().clause.id
        assessment = assess_situation(situation, treaties, principal_clause=named)
    return Law(instant, situation.beliefs, assessment, acts.requested, acts.invoked, acts.activated)


def _stated(predicate: str, value: bool | str, who: str | None, runs: int) -> Belief:
    """A fact that the file states: as so, as not so, or as contested and without a number."""
    if value == "contested":
        return Belief(predicate, Status.CONTESTED, np.full(runs, np.nan), (who or "stated as contested",))
    status, number = (Status.TRUE, 1.0) if value else (Status.FALSE, 0.0)
    return Belief(predicate, status, np.full(runs, number), (who or "stated",))


def _any(events: list[Event], kind: str) -> bool:
    return any(event.kind == kind for event in events)


def records_of(case: Case, instant: datetime) -> list[Record]:
    """The acts of a case that are on record by an instant: the request, the body's decision."""
    return [
        _record(event, case)
        for event in case.events
        if event.at <= instant and event.kind in RECORD_OF_EVENT and not _is_disputed(event, case)
    ]


def _is_disputed(event: Event, case: Case) -> bool:
    """Whether nobody can record it: a claimant's request is the state's own only if he governs it."""
    return event.kind == "request" and case.meta.requester == "claimant"


def _record(event: Event, case: Case) -> Record:
    """An act of record. A request by others than the government is not the victim's own."""
    holds = event.kind != "request" or case.meta.requester == "government"
    return Record(RECORD_OF_EVENT[event.kind], holds, event.at, event.text)
