"""The uncertain inputs of a study: one keyed draw for each name and run, or a posterior's value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.cases.parameters import declared
from foedus.cases.schema import Case, Quantity
from foedus.cases.setting import EDIT_SOURCE
from foedus.chance import Luck

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Inputs:
    """Draws of the inputs of runs ``0 .. runs - 1``.

    Attributes
    ----------
    fixed
        Values (run,) by input name that take the place of draws: a posterior's particles, or the
        proposals of a fit. A name that is not in it, or whose quantity was edited, is drawn.
    drawn
        Every input that was asked for, by name, with its quantity; None marks standard normal noise.
    """

    luck: Luck
    runs: int
    fixed: Mapping[str, FloatArray] = field(default_factory=dict)
    drawn: dict[str, Quantity | None] = field(default_factory=dict)

    def draw(self, name: str, quantity: Quantity) -> FloatArray:
        """Values of one input (run,)."""
        self.drawn[name] = quantity
        if name in self.fixed and EDIT_SOURCE not in quantity.source:
            return np.asarray(self.fixed[name], dtype=float)
        return quantity.at(self.luck.uniform("input", name, range(self.runs)))

    def normal(self, name: str) -> FloatArray:
        """Standard normal noise of one named thing (run,)."""
        from scipy.special import ndtri

        self.drawn[name] = None
        if name in self.fixed:
            return np.asarray(self.fixed[name], dtype=float)
        return np.asarray(ndtri(self.luck.uniform("input", name, range(self.runs))), dtype=float)

    def values_of(self, name: str) -> FloatArray:
        """The values (run,) of an input that was asked for before."""
        quantity = self.drawn[name]
        return self.normal(name) if quantity is None else self.draw(name, quantity)


def rule_records(case: Case, inputs: Inputs) -> Any:
    """The declared parameters as a record array (run,): what kernels read as ``rule.<name>``.

    A parameter that the case sets takes the case's quantity in the place of the declared prior.
    """
    parameters = declared()
    records = np.zeros(inputs.runs, dtype=[(name, np.float64) for name in parameters])
    for name, parameter in parameters.items():
        records[name] = inputs.draw(name, case.parameters.get(name, parameter))
    return records
