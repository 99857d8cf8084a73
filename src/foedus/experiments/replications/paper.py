"""What the paper prints, as far as it is known here, and how it is known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML


@dataclass(frozen=True, slots=True)
class Printed:
    """One number of the paper: what it is, and on whose word it stands here."""

    name: str
    text: str
    unit: str
    value: float
    basis: str
    source: str


@cache
def _page() -> dict[str, Any]:
    text = files("foedus.experiments.replications").joinpath("paper.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = YAML(typ="safe").load(text)
    return read


@cache
def printed() -> dict[str, Printed]:
    """All numbers by name."""
    page = _page()
    return {
        name: Printed(
            name, row["text"], row["unit"], float(row["value"]), row["basis"],
            page["sources"].get(row["source"], row["source"]),
        )
        for name, row in page["numbers"].items()
    }  # fmt: skip


def number(name: str) -> float:
    """One number of the paper."""
    return printed()[name].value


def run_inputs(name: str) -> dict[str, Any]:
    """The inputs of a run of the paper's Table 2, as a set-up of the lattice takes them."""
    return dict(_page()["runs"][name])
