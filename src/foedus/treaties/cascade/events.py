"""Which events does a file list, and when? The layout of a dated list of events, without conclusions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, ValidationError, model_validator

from foedus.cases.builtin_cases import file_text
from foedus.cases.document import parse
from foedus.cases.mistakes import Mistake, of_schema
from foedus.cases.schema.described import FactValue
from foedus.cases.schema.values import Strict
from foedus.terms import Dated, Party
from foedus.terms.states import name_of, not_there, party_names, unknown_party
from foedus.treaties.vocabulary import predicates
from foedus.treaties.vocabulary.places import is_place

Day = Annotated[Dated, PlainValidator(Dated.parse)]
Kind = Literal[
    "armed_attack",
    "war_declared",
    "general_mobilisation",
    "ultimatum",
    "request",
    "peace",
    "treaty_signed",
    "assassination",
    "news",
]
NEEDS = {
    "armed_attack": ("by", "on"),
    "war_declared": ("by", "on"),
    "general_mobilisation": ("by",),
    "ultimatum": ("by", "to"),
    "request": ("by",),
    "peace": ("parties",),
    "treaty_signed": ("parties",),
}


class DatedEvent(Strict):
    """Something that happened on a day: an attack, a declaration of war, a mobilisation, an ultimatum …

    ``facts`` says what else is to be taken as so, not so or contested of the state that suffers the event.
    """

    date: Day
    event: Kind
    by: Party | None = None
    on: Party | None = None
    to: Party | None = None
    against: list[Party] = Field(default_factory=list)
    parties: list[Party] = Field(default_factory=list)
    place: str | None = None
    facts: dict[str, FactValue] = Field(default_factory=dict)
    note: str | None = None

    @model_validator(mode="after")
    def _says_who(self) -> DatedEvent:
        for key in NEEDS.get(self.event, ()):
            if not getattr(self, key):
                raise ValueError(f"{self.event} needs `{key}`; name the state by its code")
        return self

    @property
    def towards(self) -> tuple[Party, ...]:
        """The states that the event is directed at."""
        one = self.on or self.to
        return (*(() if one is None else (one,)), *self.against)

    def told(self) -> str:
        """The event in words."""
        by, on, to = (None if code is None else name_of(code) for code in (self.by, self.on, self.to))
        match self.event:
            case "armed_attack":
                return f"{by} attacks {on}"
            case "war_declared":
                return f"{by} declares war on {on}"
            case "general_mobilisation":
                against = f" against {_listed(self.against)}" if self.against else ""
                return f"{by} orders general mobilisation{against}"
            case "ultimatum":
                return f"{by} gives {to} an ultimatum"
            case "request":
                return f"{by} asks for help"
            case "peace":
                return f"{_listed(self.parties)} make peace"
            case "treaty_signed":
                return f"{_listed(self.parties)} sign a treaty"
            case _:
                where = f" in {self.place}" if self.place else ""
                return f"{self.event.capitalize()}{where}"


def _listed(codes: list[Party]) -> str:
    return " and ".join(name_of(code) for code in codes)


class EventFile(Strict):
    """A dated list of events."""

    meta: dict[str, Any] = Field(default_factory=dict)
    events: Annotated[list[DatedEvent], Field(min_length=1)]


def events_in(path: Path) -> tuple[DatedEvent, ...]:
    """Read a dated list of events, in the order of the file.

    Raises
    ------
    CaseError
        One line for each mistake: ``FILE:LINE: field: what is wrong; how to mend``.
    """
    document = parse(file_text(path, "dated events"), str(path))
    try:
        read = EventFile.model_validate_json(json.dumps(document.data), strict=True)
    except ValidationError as error:
        raise document.error([*document.mistakes, *of_schema(error, EventFile, document.data)]) from None
    mistakes = [*document.mistakes, *_unknown_names(read), *_out_of_order(read)]
    if mistakes:
        raise document.error(mistakes)
    return tuple(read.events)


def _unknown_names(read: EventFile) -> list[Mistake]:
    found: list[Mistake] = []
    for i, event in enumerate(read.events):
        named = [("by", event.by), ("on", event.on), ("to", event.to)]
        named += [(f"against[{j}]", code) for j, code in enumerate(event.against)]
        named += [(f"parties[{j}]", code) for j, code in enumerate(event.parties)]
        found += [
            Mistake(("events", i, key.partition("[")[0]), wrong)
            for key, code in named
            if code is not None and (wrong := _wrong_with(code, event.date)) is not None
        ]
        found += [
            Mistake(("events", i, "facts", fact), f"'{fact}' is declared nowhere; see docs/predicates.md")
            for fact in event.facts
            if fact not in predicates()
        ]
        if event.by is not None and event.by in event.towards:
            text = f"{event.by} cannot act against itself; give two states"
            found.append(Mistake(("events", i, "by"), text))
        attacks = event.event in ("armed_attack", "war_declared")
        if attacks and event.place is not None and not is_place(event.place):
            text = f"'{event.place}' is no code of a place; give one of ISO 3166, such as KAZ or US-HI"
            found.append(Mistake(("events", i, "place"), text))
    return found


def _wrong_with(code: str, when: Dated) -> str | None:
    """What is wrong with a state's code: it is none, or there was no such state on any day that is meant."""
    if code not in party_names():
        return unknown_party(code, when.first)
    return not_there(code, when.first) if not_there(code, when.last) is not None else None


def _out_of_order(read: EventFile) -> list[Mistake]:
    return [
        Mistake(("events", i, "date"), f"{later.date} comes after {earlier.date}; put the events in order")
        for i, (earlier, later) in enumerate(zip(read.events, read.events[1:], strict=False), start=1)
        if later.date.last < earlier.date.first
    ]
