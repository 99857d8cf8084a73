"""The choices of the study, declared in `design.yaml` with their basis and source."""

from __future__ import annotations

from functools import cache

from foedus.cases.schema.declared import Declaration, declaration


def declared_design() -> Declaration:
    """Every choice with unit, basis and source."""
    return declaration("foedus.experiments.decisions", "design.yaml")


@cache
def chosen(name: str) -> float:
    """The value of a choice."""
    return float(declared_design().parameters[name].central())
