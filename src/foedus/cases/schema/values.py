"""Numbers of a case: constants or distributions, each with its source and basis.

A distribution is drawn by its inverse at one uniform number, so that a keyed draw decides it alone.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    FiniteFloat,
    Tag,
    model_validator,
)

from foedus.terms import Basis

FloatArray = NDArray[np.float64]
Instant = Annotated[
    AwareDatetime, Field(description="ISO 8601 with a time zone, e.g. 2022-01-05T21:00:00+06:00")
]


class Strict(BaseModel):
    """Base of every section: unknown keys are refused, types are not coerced."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Uniform(Strict):
    """Equally likely between two bounds."""

    uniform: tuple[FiniteFloat, FiniteFloat]

    @model_validator(mode="after")
    def _in_order(self) -> Uniform:
        low, high = self.uniform
        if not low < high:
            raise ValueError(f"the lower bound {low:g} is not below the upper bound {high:g}; swap them")
        return self

    def at(self, u: FloatArray) -> FloatArray:
        """Inverse distribution function at u."""
        low, high = self.uniform
        return low + (high - low) * u

    def support(self) -> tuple[float, float]:
        """Smallest and largest value that can be drawn."""
        return self.uniform


class _NormalShape(Strict):
    mean: FiniteFloat
    sd: Annotated[FiniteFloat, Field(gt=0)]


class Normal(Strict):
    """Normal with mean and standard deviation."""

    normal: _NormalShape

    def at(self, u: FloatArray) -> FloatArray:
        """Inverse distribution function at u."""
        from scipy.special import ndtri

        return np.asarray(self.normal.mean + self.normal.sd * ndtri(u), dtype=float)

    def support(self) -> tuple[float, float]:
        """Smallest and largest value that can be drawn."""
        return (-np.inf, np.inf)


class _LogNormalShape(Strict):
    median: Annotated[FiniteFloat, Field(gt=0)]
    sigma: Annotated[FiniteFloat, Field(gt=0)]


class LogNormal(Strict):
    """Lognormal by its median and the standard deviation of its logarithm."""

    lognormal: _LogNormalShape

    def at(self, u: FloatArray) -> FloatArray:
        """Inverse distribution function at u."""
        from scipy.special import ndtri

        return np.asarray(self.lognormal.median * np.exp(self.lognormal.sigma * ndtri(u)), dtype=float)

    def support(self) -> tuple[float, float]:
        """Smallest and largest value that can be drawn."""
        return (0.0, np.inf)


class _BetaShape(Strict):
    a: Annotated[FiniteFloat, Field(gt=0)]
    b: Annotated[FiniteFloat, Field(gt=0)]


class Beta(Strict):
    """Beta on [0, 1] with shapes a and b."""

    beta: _BetaShape

    def at(self, u: FloatArray) -> FloatArray:
        """Inverse distribution function at u."""
        from scipy.special import betaincinv

        return np.asarray(betaincinv(self.beta.a, self.beta.b, u), dtype=float)

    def support(self) -> tuple[float, float]:
        """Smallest and largest value that can be drawn."""
        return (0.0, 1.0)


class _ChoiceShape(Strict):
    values: Annotated[list[FiniteFloat], Field(min_length=1)]
    weights: list[Annotated[FiniteFloat, Field(ge=0)]] | None = None

    @model_validator(mode="after")
    def _weights_fit(self) -> _ChoiceShape:
        if self.weights is not None and len(self.weights) != len(self.values):
            raise ValueError(
                f"{len(self.values)} values but {len(self.weights)} weights; give one weight for each value"
            )
        if self.weights is not None and sum(self.weights) <= 0:
            raise ValueError("the weights sum to 0; give at least one above 0")
        return self


class Choice(Strict):
    """One of a few values, equally likely unless weights are given."""

    choice: _ChoiceShape

    def at(self, u: FloatArray) -> FloatArray:
        """Inverse distribution function at u."""
        weights = np.asarray(self.choice.weights or [1.0] * len(self.choice.values), dtype=float)
        steps = np.cumsum(weights / weights.sum())
        place = np.minimum(np.searchsorted(steps, u, side="right"), len(weights) - 1)
        return np.asarray(self.choice.values, dtype=float)[place]

    def support(self) -> tuple[float, float]:
        """Smallest and largest value that can be drawn."""
        return (min(self.choice.values), max(self.choice.values))


def _kind_of_value(value: Any) -> str:
    if isinstance(value, dict):
        named = [kind for kind in ("uniform", "normal", "lognormal", "beta", "choice") if kind in value]
        return named[0] if named else "unnamed"
    if isinstance(value, BaseModel):
        return type(value).__name__.lower()
    return "constant"


Value = Annotated[
    Annotated[FiniteFloat, Tag("constant")]
    | Annotated[Uniform, Tag("uniform")]
    | Annotated[Normal, Tag("normal")]
    | Annotated[LogNormal, Tag("lognormal")]
    | Annotated[Beta, Tag("beta")]
    | Annotated[Choice, Tag("choice")],
    Discriminator(_kind_of_value),
]


class Sourced(Strict):
    """Anything that says where it comes from: keys of the section ``sources``."""

    source: Annotated[list[str], Field(min_length=1, description="keys of the section `sources`")]
    basis: Annotated[
        Literal["measured", "reported", "estimated", "literature", "assumption"],
        Field(description="how it is known"),
    ]
    note: str | None = None

    @property
    def known_by(self) -> Basis:
        """The basis as a word of foedus."""
        return Basis(self.basis)


class Quantity(Sourced):
    """A number of the case: a constant or a distribution, with unit, source and basis."""

    value: Value
    unit: str | None = None

    def at(self, u: FloatArray) -> FloatArray:
        """Draw by the inverse distribution function at uniform numbers u (run,)."""
        if isinstance(self.value, float):
            return np.full(np.shape(u), self.value)
        return self.value.at(np.asarray(u, dtype=float))

    def central(self) -> float:
        """The median of the quantity."""
        return float(self.at(np.array([0.5]))[0])

    def support(self) -> tuple[float, float]:
        """Smallest and largest value that can be drawn."""
        if isinstance(self.value, float):
            return (self.value, self.value)
        return self.value.support()


def _within(low: float, high: float, words: str) -> AfterValidator:
    def check(quantity: Quantity) -> Quantity:
        least, most = quantity.support()
        if least < low or most > high:
            found = f"{least:g}" if least == most else f"between {least:g} and {most:g}"
            raise ValueError(f"is {found}; give {words}")
        return quantity

    return AfterValidator(check)


NonNegative = Annotated[
    Quantity, _within(0.0, np.inf, "a number of 0 or more, or a distribution that keeps to that")
]
Share = Annotated[
    Quantity, _within(0.0, 1.0, "a share between 0 and 1, or a distribution that keeps to that")
]
