"""What probability does a verbal one stand for? English and Dutch phrases as ranges, by yardsticks.

English phrases follow ICD 203 and the PHIA yardstick; Dutch ones the survey of Willems, Albers and Smeets
2020 where its figures are reported, and wide assumed ranges elsewhere: `yardstick.yaml` says which is which,
what was checked, and where it was seen.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, Field, FiniteFloat

from foedus.cases.schema.values import Strict
from foedus.errors import CaseError

Probability = Annotated[FiniteFloat, Field(gt=0, lt=1)]


def _in_order(bounds: list[float]) -> list[float]:
    if not bounds[0] < bounds[1]:
        raise ValueError(f"the lower bound {bounds[0]:g} is not below the upper bound {bounds[1]:g}")
    return bounds


class Scale(Strict):
    """One published or assumed yardstick; checked where its figures were read at the addresses seen."""

    language: Literal["en", "nl"]
    basis: Literal["literature", "assumption"]
    source: str
    url: str | None
    checked: bool
    seen: list[str]
    note: str | None
    phrases: dict[
        str, Annotated[list[Probability], Field(min_length=2, max_length=2), AfterValidator(_in_order)]
    ]


class VerbalRange(NamedTuple):
    """The range of probabilities that a phrase stands for, and the scales that say so [probability]."""

    low: float
    high: float
    scales: tuple[str, ...]

    @property
    def middle(self) -> float:
        """The middle of the range [probability]."""
        return (self.low + self.high) / 2.0


def range_of(phrase: str) -> VerbalRange:
    """Give the range of probabilities for which a verbal one stands [probability].

    Where several scales list the phrase the range spans them all: whose yardstick a speaker used is rarely
    known.

    Raises
    ------
    CaseError
        No scale lists the phrase; the line names phrases that are listed.
    """
    asked = " ".join(phrase.casefold().split())
    found = {name: scale.phrases[asked] for name, scale in scales().items() if asked in scale.phrases}
    if not found:
        known = sorted({listed for scale in scales().values() for listed in scale.phrases})
        raise CaseError(f"likelihood {phrase!r} is on no yardstick; give one of: {', '.join(known)}")
    return VerbalRange(
        min(low for low, _ in found.values()), max(high for _, high in found.values()), tuple(found)
    )


@cache
def scales() -> dict[str, Scale]:
    """The yardsticks on file, by name."""
    from ruamel.yaml import YAML

    text = (files("foedus.evidence") / "yardstick.yaml").read_text(encoding="utf-8")
    raw = YAML(typ="safe", pure=True).load(text)["scales"]
    return {name: Scale.model_validate(entry) for name, entry in raw.items()}
