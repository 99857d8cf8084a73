"""Which states does a clause mean by a word such as 'European' or 'great power', on a day?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, model_validator

from foedus.cases.schema.values import Strict
from foedus.terms import Party
from foedus.terms.states import party_names, regions_of
from foedus.treaties.packaged import packaged
from foedus.treaties.treaty import Span


class GroupSpan(Span):
    """A state belongs to a group for a time."""

    code: Party


class Group(Strict):
    """A group of states: by the UN's regions, by list, or by dated spans."""

    one: Annotated[str, Field(description="what one member is called, with its article")]
    definition: str
    source: str
    basis: Literal["literature", "assumption"]
    regions: list[str] = Field(default_factory=list)
    states: list[str] = Field(default_factory=list)
    without: Annotated[
        list[str], Field(description="parts of states (ISO 3166-2) that do not belong to it")
    ] = Field(default_factory=list)
    spans: list[GroupSpan] = Field(default_factory=list)

    @model_validator(mode="after")
    def _has_members(self) -> Group:
        if not (self.regions or self.states or self.spans):
            raise ValueError("a group without members; give regions, states or spans")
        return self


@cache
def groups() -> Mapping[str, Group]:
    """Every group that a clause may name, by its word."""
    return {name: Group.model_validate(entry) for name, entry in packaged("groups")["groups"].items()}


@cache
def members(group: str, day: date) -> frozenset[str]:
    """The states (and parts of states) of a group on a day.

    Raises
    ------
    KeyError
        No group goes by that word; the schema of treaties has checked that before.
    """
    found = groups()[group]
    by_region = (
        {code for code in party_names() if regions_of(code) in found.regions} if found.regions else set()
    )
    dated = {span.code for span in found.spans if span.holds_on(day)}
    return frozenset(by_region | set(found.states) | dated)
