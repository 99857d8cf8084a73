"""P(size | come): how many troops a state sends to a crisis at home, once it comes.

The logarithm of troops is normal, apart for lead states and for those that follow; mean and variance are
unknown with a conjugate prior, so that the next size is Student's t (Gelman et al. 2013, Bayesian Data
Analysis, 3rd ed., ch. 3). Sizes that are not known are left out: small contingents are under-counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from foedus.alliance.invited.frame import Frame

if TYPE_CHECKING:
    from foedus.chance import Luck

FloatArray = NDArray[np.float64]

PRIOR_MEDIAN = 300.0
"""Troops, a battalion less or more; worth a tenth of an observation. Assumption."""
PRIOR_WEIGHT = 0.1
PRIOR_SHAPE = 1.0
PRIOR_RATE = 1.0
"""Inverse gamma of the variance of log troops: about 1, with a heavy tail. Assumption."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The next size, as Student's t of log troops.

    Attributes
    ----------
    degrees, middle, scale
        Degrees of freedom, location and scale on the logarithm.
    seen
        How many sizes it rests on.
    """

    degrees: float
    middle: float
    scale: float
    seen: int

    def at(self, u: FloatArray) -> FloatArray:
        """Troops at uniform numbers u."""
        from scipy.stats import t

        return np.asarray(np.exp(self.middle + self.scale * t.ppf(u, self.degrees)), dtype=np.float64)

    def as_dict(self) -> dict[str, Any]:
        """Return 5-50-95 % in troops, and how many sizes it rests on."""
        low, middle, high = self.at(np.array([0.05, 0.5, 0.95]))
        return {"p05": float(low), "median": float(middle), "p95": float(high), "seen": self.seen}

    def draw(self, luck: Luck, entity: str, runs: range) -> FloatArray:
        """Troops by run: keyed draws, purpose ``invited``."""
        return self.at(luck.uniform("invited", f"size.{entity}", runs))


def sizes(frame: Frame) -> Mapping[str, Sizes]:
    """The next size of a lead state's contingent (``lead``) and of another's (``other``)."""
    known: dict[str, list[float]] = {"lead": [], "other": []}
    for role, troops in _seen(frame):
        known[role].append(float(np.log(troops)))
    return {role: _posterior(np.asarray(logs)) for role, logs in known.items()}


def _seen(frame: Frame) -> Iterator[tuple[str, int]]:
    for request in frame.fitted():
        for code, row in request.scored().items():
            if row.troops is not None:
                yield ("lead" if code == request.lead else "other"), row.troops


def _posterior(logs: FloatArray) -> Sizes:
    n = len(logs)
    prior = float(np.log(PRIOR_MEDIAN))
    weight, shape = PRIOR_WEIGHT + n, PRIOR_SHAPE + n / 2
    mean = float(logs.mean()) if n else prior
    spread = float(((logs - mean) ** 2).sum())
    middle = (PRIOR_WEIGHT * prior + n * mean) / weight
    rate = PRIOR_RATE + 0.5 * spread + 0.5 * PRIOR_WEIGHT * n / weight * (mean - prior) ** 2
    return Sizes(2 * shape, middle, float(np.sqrt(rate * (weight + 1) / (shape * weight))), n)
