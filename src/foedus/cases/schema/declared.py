"""Parameters that a room declares beside its code: numbers with meaning, unit, basis and source.

A room keeps them in a YAML file of two sections: ``parameters`` (the form of a case's quantities, with
``text``) and ``sources``. The room's code, the report and the list of assumptions read the same
declaration.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import Field, model_validator

from foedus.cases.schema.case import SourceEntry
from foedus.cases.schema.values import Quantity, Strict


class DeclaredQuantity(Quantity):
    """A declared number of a room, and what it means."""

    text: Annotated[str, Field(min_length=1, description="what it means, in one line")]
    symbol: Annotated[str | None, Field(description="how it is written in an equation")] = None
    room: Annotated[str | None, Field(description="the room that reads it, where several share a file")] = (
        None
    )


class Declaration(Strict):
    """The declared numbers of one room, by name."""

    parameters: dict[str, DeclaredQuantity]
    sources: Annotated[dict[str, SourceEntry], Field(min_length=1)]

    @model_validator(mode="after")
    def _sources_are_listed(self) -> Declaration:
        for name, parameter in self.parameters.items():
            for key in parameter.source:
                if key not in self.sources:
                    raise ValueError(f"parameters.{name}.source: no source {key!r}; add it to `sources`")
        return self


@cache
def declaration(package: str, name: str) -> Declaration:
    """Read the declaration that a package keeps in the file ``name`` beside its code."""
    from ruamel.yaml import YAML

    text = (files(package) / name).read_text(encoding="utf-8")
    return Declaration.model_validate_json(json.dumps(YAML(typ="safe").load(text)))
