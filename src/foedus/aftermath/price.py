"""Is the price high? A list, not a sum: the items have no common unit, and whose they are differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from foedus.aftermath.bill import declared_aftermath
from foedus.aftermath.index import Index
from foedus.terms import Interval

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One item of the bill.

    Attributes
    ----------
    name, payer, unit
        The item, whose it is, its unit.
    with_, without, difference
        With and without contingents, and with less without inside each world.
    a_price, a_gain
        Share of worlds in which the contingents made it notably worse, or better (by more than the smallest
        move that counts); in the rest it hardly moved. None where it is a price to some and a gain to others.
    rests_on
        Names of the numbers that it is computed from.
    """

    name: str
    payer: str
    unit: str
    with_: Interval
    without: Interval
    difference: Interval
    a_price: float | None
    a_gain: float | None
    rests_on: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "name": self.name,
            "payer": self.payer,
            "unit": self.unit,
            "with": self.with_.as_dict(),
            "without": self.without.as_dict(),
            "difference": self.difference.as_dict(),
            "a_price": self.a_price,
            "a_gain": self.a_gain,
            "rests_on": list(self.rests_on),
        }


def price(bill: Mapping[str, Index]) -> list[PriceLine]:
    """What each pays, item by item, in a fixed order; items not computed are missing."""
    return [
        item(i.name, i.payer, i.unit, i.with_, i.without, i.price_if, i.rests_on, notable(i))
        for i in bill.values()
    ]


def notable(index: Index) -> float:
    """The smallest move of an index that counts as one."""
    name = "notable_points" if index.unit == "percentage points" else "notable_share"
    return declared_aftermath().parameters[name].central()


def item(
    name: str,
    payer: str,
    unit: str,
    with_: FloatArray,
    without: FloatArray,
    price_if: Literal["higher", "lower"] | None,
    rests_on: tuple[str, ...] = (),
    least: float = 0.0,
) -> PriceLine:
    """One line of the bill from the values of both arms (run,); a move up to ``least`` does not count."""
    difference = with_ - without
    worse = -difference if price_if == "lower" else difference
    open_sign = price_if is None or bool(np.isnan(difference).all())
    return PriceLine(
        name=name,
        payer=payer,
        unit=unit,
        with_=Interval.of(with_),
        without=Interval.of(without),
        difference=Interval.of(difference),
        a_price=None if open_sign else float(np.mean(worse > least)),
        a_gain=None if open_sign else float(np.mean(worse < -least)),
        rests_on=rests_on,
    )
