"""Ways into a case that several of its tests need."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from foedus.cases.schema import Case, Event, Sourced


def sourced(part: object) -> Iterator[Sourced]:
    if isinstance(part, Sourced):
        yield part
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from sourced(getattr(part, name))
    elif isinstance(part, list):
        for entry in part:
            yield from sourced(entry)
    elif isinstance(part, dict):
        for entry in part.values():
            yield from sourced(entry)


def event(case: Case, name: str) -> Event:
    return next(event for event in case.events if event.id == name)


def earliest(of: Event) -> float:
    return of.at.timestamp() / 3600 + (of.jitter.support()[0] if of.jitter else 0.0)


def latest(of: Event) -> float:
    return of.at.timestamp() / 3600 + (of.jitter.support()[1] if of.jitter else 0.0)
