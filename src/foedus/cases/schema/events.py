"""What happened and what was said: dated events and claims."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, FiniteFloat, model_validator

from foedus.cases.schema.values import Instant, Quantity, Sourced, Strict

EventKind = Literal[
    "shock",  # what starts the grievance: legitimacy falls where it strikes
    "concession",  # part of the shock is given back
    "emergency",  # state of emergency: arrest is graver, people are fetched at home
    "blackout",  # news between cities is dimmed
    "stand_aside",  # part of the forces is withheld
    "lethal_order",  # orders to fire; weight 1 = without warning
    "reinforcement",  # the host's own forces brought in
    "framing",  # the requester names the threat in the words of a clause
    "request",
    "activation",
    "pledge",  # a member says that it will send
    "arrival",
    "purge",
    "withdrawal",
    "news",  # for the record: no effect in a run
]


Target = Literal["internal_unrest", "state_attack", "ousted_government", "refused_transfer"]


class Event(Sourced):
    """A dated event. In replay its date is a fact of the case; its consequences are computed."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    kind: EventKind
    at: Instant
    until: Instant | None = None
    jitter: Annotated[
        Quantity | None, Field(description="hours by which the start may differ, where the record is loose")
    ] = None
    until_jitter: Annotated[
        Quantity | None, Field(description="hours by which the end may differ; as the start if left out")
    ] = None
    where: Annotated[list[str] | None, Field(description="cities it strikes; all if left out")] = None
    weight: Annotated[FiniteFloat, Field(ge=0, le=1, description="strength, 1 = in full")] = 1.0
    who: str | None = None
    because: Annotated[
        str | None, Field(description="id of the event that this one hangs on: taken away with it")
    ] = None
    text: str

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Event:
        if self.until is not None and self.until <= self.at:
            raise ValueError(f"until ({self.until}) is not after at ({self.at}); give a later end")
        return self


Reliability = Literal["A", "B", "C", "D", "E", "F"]


class Grade(Strict):
    """How a claim was graded at a time: the source A-F, the information 1-6 (Admiralty system)."""

    at: Instant
    reliability: Reliability
    credibility: Annotated[int, Field(ge=1, le=6)]
    why: str | None = None


class Claim(Sourced):
    """Somebody says that a fact is so, or is not so."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    predicate: Annotated[str, Field(description="the fact, by the name that clauses use")]
    holds: Annotated[bool, Field(description="whether the speaker says that it is so")]
    who: str
    at: Instant
    text: str
    origin: Annotated[
        str | None,
        Field(description="where the speaker has it from: claims of one origin are one piece of evidence"),
    ] = None
    interested: Annotated[
        bool, Field(description="the speaker gains if it is believed: moves nothing unless supported")
    ] = False
    likelihood: Annotated[
        str | None, Field(description="verbal probability as said, English or Dutch, e.g. 'highly unlikely'")
    ] = None
    grades: Annotated[list[Grade], Field(min_length=1)]
