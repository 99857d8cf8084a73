"""Logistic regression with a penalty on standardised covariates: few numbers, each of which can be looked at.

The penalty is a normal prior on the standardised coefficients with variance C; the intercept is free. The
fit is then the mode of a posterior, and the inverse of its Hessian there is Laplace's covariance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from foedus.alliance.decision import logistic
from foedus.experiments.decisions.design import chosen

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]

_STEPS, _CLOSE = 50, 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Logit:
    """A fitted model.

    Attributes
    ----------
    names
        The covariates, in order.
    coefficients
        Intercept, then the change in log-odds for one standard deviation (1 + covariate,).
    covariance
        Laplace's, of the same (1 + covariate, 1 + covariate). It takes rows as independent.
    medians, means, spreads
        Of the covariates in training: what fills a gap, and what they are standardised by (covariate,).
    """

    names: tuple[str, ...]
    coefficients: FloatArray
    covariance: FloatArray
    medians: FloatArray
    means: FloatArray
    spreads: FloatArray

    def standardised(self, values: FloatArray) -> FloatArray:
        """Covariates (row, covariate) with gaps filled, on the scale of training, after a column of ones."""
        filled = np.where(np.isnan(values), self.medians, values)
        return np.column_stack([np.ones(len(filled)), (filled - self.means) / self.spreads])

    def chance(self, rows: pd.DataFrame) -> FloatArray:
        """Chance of each row [probability] (row,)."""
        return logistic(self.standardised(matrix(rows, self.names)) @ self.coefficients)

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "covariates": list(self.names),
            "coefficients": dict(zip(("intercept", *self.names), self.coefficients.tolist(), strict=True)),
            "covariance": self.covariance.tolist(),
            "medians": dict(zip(self.names, self.medians.tolist(), strict=True)),
            "means": dict(zip(self.names, self.means.tolist(), strict=True)),
            "spreads": dict(zip(self.names, self.spreads.tolist(), strict=True)),
        }


def matrix(rows: pd.DataFrame, names: Sequence[str]) -> FloatArray:
    """Covariates as numbers (row, covariate)."""
    return rows[list(names)].to_numpy(dtype=np.float64)


def fit(
    rows: pd.DataFrame,
    names: Sequence[str],
    outcome: str,
    *,
    weights: FloatArray | None = None,
    start: FloatArray | None = None,
    scale: Logit | None = None,
    penalty: float | None = None,
) -> Logit:
    """Fit the model on rows.

    Parameters
    ----------
    rows, names, outcome
        The table, its covariates, and the column of 0 and 1.
    weights
        How often each row counts (row,).
    start
        Coefficients to begin from.
    scale
        A model whose medians, means and spreads are taken, so that coefficients compare.
    penalty
        C; the larger, the weaker. That of the design if left out.
    """
    values, y = matrix(rows, names), rows[outcome].to_numpy(dtype=np.float64)
    w = np.ones(len(y)) if weights is None else weights
    size = values.shape[1]
    blank = Logit(tuple(names), np.zeros(size + 1), np.zeros((size + 1, size + 1)), *_scale(values, scale))
    design = blank.standardised(values)
    ridge = np.diag([0.0, *[1.0 / (penalty or chosen("penalty"))] * size])
    beta = np.zeros(size + 1) if start is None else start.copy()
    hessian = ridge
    for _ in range(_STEPS):
        p = logistic(design @ beta)
        hessian = (design * (w * p * (1.0 - p))[:, None]).T @ design + ridge
        step = _kept_small(np.linalg.solve(hessian, design.T @ (w * (y - p)) - ridge @ beta))
        beta = np.asarray(beta + step, dtype=np.float64)
        if np.abs(step).max() < _CLOSE:
            break
    return Logit(
        tuple(names), beta, np.linalg.inv(hessian), blank.medians, blank.means, blank.spreads
    )  # fmt: skip


def _scale(values: FloatArray, scale: Logit | None) -> tuple[FloatArray, FloatArray, FloatArray]:
    if scale is not None:
        return scale.medians, scale.means, scale.spreads
    known = ~np.isnan(values).all(axis=0)
    medians = np.zeros(values.shape[1])
    medians[known] = np.nanmedian(values[:, known], axis=0)
    filled = np.where(np.isnan(values), medians, values)
    spreads = filled.std(axis=0)
    # A covariate that does not vary in training tells nothing; its coefficient stays at the prior's mode.
    return medians, filled.mean(axis=0), np.where(spreads > 1e-12, spreads, 1.0)


def _kept_small(step: NDArray[Any]) -> FloatArray:
    """A Newton step cut to a length from which the next one still converges."""
    largest = float(np.abs(step).max())
    cut = min(1.0, 4.0 / largest) if largest > 0 else 1.0
    return np.asarray(step * cut, dtype=np.float64)
