"""Is the price high? A list, not a sum: the items have no common unit, and whose they are differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.aftermath.index import Index
from foedus.terms import Interval

ITEMS = ("dependence", "opinion_host", "contagion", "credibility")


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One item of the price.

    Attributes
    ----------
    name, unit
        The index.
    difference
        With less without contingents, inside each world.
    a_price, a_gain
        Share of worlds in which the contingents made it worse, or better; the rest are unchanged.
    """

    name: str
    unit: str
    difference: Interval
    a_price: float
    a_gain: float

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "name": self.name,
            "unit": self.unit,
            "difference": self.difference.as_dict(),
            "a_price": self.a_price,
            "a_gain": self.a_gain,
        }


def price(bill: Mapping[str, Index]) -> list[PriceLine]:
    """What the host and the alliance pay, item by item, in a fixed order; items not computed are missing."""
    return [_line(bill[name]) for name in ITEMS if name in bill]


def _line(index: Index) -> PriceLine:
    worse = index.difference if index.price_if == "higher" else -index.difference
    return PriceLine(
        index.name,
        index.unit,
        Interval.of(index.difference),
        float(np.mean(worse > 0)),
        float(np.mean(worse < 0)),
    )
