"""Evidence and law of a case as of an instant: claims to beliefs, beliefs to an assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from foedus.cases.schema import Case, Event
from foedus.chance import Luck
from foedus.evidence import Record, alleged, believe
from foedus.terms import Belief
from foedus.treaties import Assessment, assess

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
        [_record(event, case) for event in happened if event.kind in RECORD_OF_EVENT],
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
            alleged=alleged(case.claims, as_of=instant) or None,
        )
    return Law(instant, beliefs, assessment, requested, invoked, activated)


def _any(events: list[Event], kind: str) -> bool:
    return any(event.kind == kind for event in events)


def _record(event: Event, case: Case) -> Record:
    """An act of record. A request by others than the government is not the victim's own."""
    holds = event.kind != "request" or case.meta.requester == "government"
    return Record(RECORD_OF_EVENT[event.kind], holds, event.at, event.text)
