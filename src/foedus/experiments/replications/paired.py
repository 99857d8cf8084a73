"""Two arms over the same seeds: in how many pairs one exceeds the other, and what chance would give."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class SignTest:
    """In so many pairs the first arm was higher, in so many lower, in so many the same."""

    higher: int
    lower: int
    same: int

    @property
    def p(self) -> float:
        """Chance of so many pairs ``higher`` or more if the arms were alike: exact, one-sided, no ties."""
        untied = self.higher + self.lower
        as_many = sum(math.comb(untied, k) for k in range(self.higher, untied + 1))
        return float(as_many / 2**untied)

    def __str__(self) -> str:
        return f"{self.higher} of {self.higher + self.lower + self.same}"


def sign_test(first: ArrayLike, second: ArrayLike) -> SignTest:
    """Compare two arms pair by pair; both (seed,)."""
    difference = np.asarray(first, float) - np.asarray(second, float)
    return SignTest(int((difference > 0).sum()), int((difference < 0).sum()), int((difference == 0).sum()))
