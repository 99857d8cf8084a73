"""An event described in a few lines, for the law alone: who suffers what, from whom, where, by whose word."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, PlainValidator, model_validator

from foedus.cases.schema.events import Claim, Target
from foedus.cases.schema.values import Strict
from foedus.terms import Dated

Code = Annotated[str, Field(min_length=1)]


def _fact_value(raw: object) -> bool | str:
    if raw is True or raw is False or raw == "contested":
        return raw
    raise ValueError(f"is {raw!r}; give true, false or contested")


FactValue = Annotated[bool | Literal["contested"], PlainValidator(_fact_value)]
"""A fact as somebody has it: so, not so, or contested."""


class StatedFact(Strict):
    """A fact taken as so, as not so, or as contested, and who says what."""

    predicate: str
    value: FactValue
    who: str | None = None


class Acts(Strict):
    """What was done, apart from what is so: each on record, or not."""

    requested: Annotated[bool, Field(description="help was asked for")] = False
    invoked: Annotated[bool, Field(description="the clause was named")] = False
    activated: Annotated[bool, Field(description="the body acted under it")] = False


class DescribedEvent(Strict):
    """An event as the law asks for it. A fact that it does not list is unknown, never false."""

    date: Annotated[Dated, PlainValidator(Dated.parse)]
    title: str | None = None
    victim: Annotated[Code, Field(description="the state that is attacked or in trouble")]
    attackers: Annotated[
        list[Code] | None, Field(description="states that attack; [] where none does, left out where unclear")
    ] = None
    supporters: Annotated[list[Code] | None, Field(description="states that support the attack")] = None
    mobilised: list[Code] | None = None
    place: Annotated[
        str | None, Field(description="where it happens: a code of ISO 3166-1 or, for a part, 3166-2")
    ] = None
    facts: list[StatedFact] = []
    claims: Annotated[list[Claim], Field(description="who says what, graded: pooled to beliefs")] = []
    acts: Acts = Acts()
    requester: Literal["government", "neighbours", "claimant", "none"] = "government"
    target: Target = "state_attack"
    treaties: Annotated[
        list[str], Field(description="treaties to read; every one that could protect the victim if left out")
    ] = []
    clause: Annotated[str | None, Field(description="the clause that was named")] = None

    @model_validator(mode="after")
    def _acts_in_order(self) -> DescribedEvent:
        if self.acts.activated and not self.acts.requested and self.requester != "none":
            raise ValueError("activated without a request; set acts.requested, or requester: none")
        return self


class DescribedFile(Strict):
    """A file with one event."""

    event: DescribedEvent
