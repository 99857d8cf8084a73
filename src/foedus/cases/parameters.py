"""The declared parameters of the model: one declaration for kernel, schema and report."""

from __future__ import annotations

from foedus.cases.schema.case import SourceEntry
from foedus.cases.schema.declared import DeclaredQuantity, declaration

FILE = "builtin/parameters.yaml"


def declared() -> dict[str, DeclaredQuantity]:
    """Every declared parameter by name, with its prior, in the order of the declaration."""
    return declaration("foedus.cases", FILE).parameters


def declared_sources() -> dict[str, SourceEntry]:
    """The sources that the declaration names."""
    return declaration("foedus.cases", FILE).sources
