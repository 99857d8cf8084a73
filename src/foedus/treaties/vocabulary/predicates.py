"""What does each fact mean that a clause may ask about? Declared once, in `predicates.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, PlainValidator

from foedus.cases.schema.values import Strict
from foedus.terms import Party, Predicate
from foedus.treaties.condition import Condition, parse
from foedus.treaties.packaged import packaged

ACondition = Annotated[Condition, PlainValidator(parse)]


class Declaration(Strict):
    """A predicate: what it means, and what kind of thing it is.

    A ``record`` is a dated act, on record or not; a ``fact`` or an ``opinion`` is believed on evidence; a
    ``clause`` stands for the case of another clause, the first of ``clauses`` that is in force on the day,
    for the ``victim`` named or the state in question. ``means`` and ``follows_from`` say what decides the
    fact, or makes it so, where nobody speaks of it.
    """

    kind: Literal["fact", "opinion", "record", "clause"]
    definition: Annotated[str, Field(min_length=1)]
    clauses: list[str] = Field(default_factory=list)
    victim: Party | None = None
    means: ACondition | None = None
    follows_from: ACondition | None = None


@cache
def predicates() -> Mapping[Predicate, Declaration]:
    """Every predicate that a clause may ask about, with its definition."""
    raw = packaged("predicates")["predicates"]
    return {name: Declaration.model_validate(entry) for name, entry in raw.items()}
