"""One index of the aftermath: a number with a definition, in the world with contingents and without."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from foedus.terms import Interval

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """An index, per run in both arms.

    Attributes
    ----------
    name, unit, definition
        What it is and how it is counted, so many months after.
    with_, without
        Values with and without contingents, the same luck in both (run,).
    price_if
        Which direction is a price of the intervention, as those who worried in advance saw it; None where
        it is a price to some and a gain to others.
    payer
        Whose it is: host, guarantor, neighbours, alliance, office-holder, rival, or a member's code.
    rests_on
        Names of the case's quantities and of the declared effects that it is computed from.
    before
        The value before the crisis (run,); None where the index is a chance of what comes.
    """

    name: str
    unit: str
    definition: str
    with_: FloatArray
    without: FloatArray
    price_if: Literal["higher", "lower"] | None
    payer: str
    rests_on: tuple[str, ...]
    before: FloatArray | None = None

    @property
    def difference(self) -> FloatArray:
        """With less without, inside each world (run,)."""
        return self.with_ - self.without

    @property
    def change(self) -> FloatArray:
        """With contingents, less before the crisis; less without where there is no before (run,)."""
        return self.difference if self.before is None else self.with_ - self.before

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "with": Interval.of(self.with_).as_dict(),
            "without": Interval.of(self.without).as_dict(),
            "difference": Interval.of(self.difference).as_dict(),
            "unit": self.unit,
            "definition": self.definition,
            "payer": self.payer,
            "rests_on": list(self.rests_on),
        }


def remembered(months: float | FloatArray, half_life: FloatArray) -> FloatArray:
    """Share of an effect that is left after so many months, for a half-life in months. [share] (run,)."""
    return np.asarray(0.5 ** (months / half_life), dtype=np.float64)
