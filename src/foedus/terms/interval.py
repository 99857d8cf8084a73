"""A quantity with its spread over runs: 5th percentile, median, 95th percentile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class Interval:
    """5-50-95 % of a quantity over runs; ``None`` where that quantile is not reached.

    ``censored`` is the share of runs in which the quantity was not reached within the window
    (NaN among the samples); the quantiles count those runs as beyond every number.
    """

    p05: float | None
    median: float | None
    p95: float | None
    censored: float = 0.0

    @classmethod
    def of(cls, samples: ArrayLike) -> Interval:
        """Summarize samples (run,); NaN means 'not reached within the window'."""
        x = np.asarray(samples, dtype=float).ravel()
        if x.size == 0:
            return cls(None, None, None, 1.0)
        missing = np.isnan(x)
        ranked = np.sort(np.where(missing, np.inf, x))
        p05, median, p95 = (_order_quantile(ranked, q) for q in (0.05, 0.5, 0.95))
        return cls(p05, median, p95, float(missing.mean()))

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form; ``censored`` is given only where it is not zero."""
        out: dict[str, Any] = {"p05": self.p05, "median": self.median, "p95": self.p95}
        if self.censored > 0:
            out["censored"] = self.censored
        return out


def _order_quantile(ranked: np.ndarray, q: float) -> float | None:
    """Linear interpolation between order statistics; None where it touches infinity."""
    place = q * (ranked.size - 1)
    below = int(np.floor(place))
    above = min(below + 1, ranked.size - 1)
    weight = place - below
    if np.isinf(ranked[below]) or (weight > 0 and np.isinf(ranked[above])):
        return None
    return float(ranked[below] if weight == 0 else ranked[below] * (1 - weight) + ranked[above] * weight)
