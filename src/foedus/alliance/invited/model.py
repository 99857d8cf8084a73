"""P(come | asked): a hierarchical logit of the frame, kept near the base rate by its priors.

A member of crisis c comes, once asked, with log-odds ``V = base + x'b + u_c``, ``u_c ~ N(0, spread)``: what
the members of one crisis share beyond their covariates. Covariates are taken less their mean over the rows
that are fitted, so that ``base`` is the log-odds of an ordinary state and a model without reasons is the
base rate. The coefficients of the reasons share a scale that is fitted with them: where the frame shows no
use of reasons, the scale shrinks them together and the model falls back on the base rate (a hierarchical
prior; Gelman et al. 2013, Bayesian Data Analysis, 3rd ed., ch. 5). What has a fixed sign is fitted as a
logarithm. The shared terms are integrated out by Gauss-Hermite quadrature; the rest is a posterior mode with
Laplace's covariance (the same, ch. 13).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.alliance.invited.frame import Frame, covariates
from foedus.cases.schema.declared import Declaration, declaration

FloatArray = NDArray[np.float64]

REASONS = ("binds", "door", "ties", "contagion_fear", "strain", "domestic_hurdle", "cost")
LOWERS = ("strain", "domestic_hurdle", "cost")
NAMES = ("base", "lead_state", *REASONS, "lead_comes", "spread", "reasons")
FREE_SIGN = ("base", "lead_state")
COLUMNS = len(NAMES) - 2
NODES = 25


@cache
def declared_invited() -> Declaration:
    """The declared priors of the model, each with unit, basis and source."""
    return declaration("foedus.alliance.invited", "priors.yaml")


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """The rows of a frame as numbers.

    Attributes
    ----------
    x
        Signed and centred columns of ``NAMES`` but the last two, (row, column).
    came
        0 or 1, (row,).
    event
        Number of the crisis of each row, in order, (row,).
    centre
        Mean of each reason, of being the lead, and of the lead's coming among the others.
    """

    x: FloatArray
    came: FloatArray
    event: NDArray[np.int64]
    centre: dict[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """A posterior: mode and covariance of ``NAMES`` (logarithms but for base and lead_state).

    ``centre`` is what the covariates were centred on; ``rows`` and ``joined`` count what it saw.
    """

    mode: FloatArray
    covariance: FloatArray
    centre: dict[str, float]
    rows: int
    joined: int

    def draw(self, z: FloatArray) -> dict[str, FloatArray]:
        """Coefficients at standard normal numbers z (name, run); those of fixed sign are positive."""
        theta = self.mode[:, None] + np.linalg.cholesky(self.covariance) @ z
        drawn = {name: theta[k] if name in FREE_SIGN else np.exp(theta[k]) for k, name in enumerate(NAMES)}
        return drawn | {name: drawn["reasons"] * drawn[name] for name in REASONS}

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "mode": [float(f"{v:.6g}") for v in self.mode],
            "covariance": [[float(f"{v:.6g}") for v in row] for row in self.covariance],
            "centre": {name: float(f"{v:.6g}") for name, v in self.centre.items()},
            "rows": self.rows,
            "joined": self.joined,
        }

    @classmethod
    def of_dict(cls, raw: Mapping[str, Any]) -> Estimate:
        """Read the JSON form."""
        covariance = np.asarray(raw["covariance"], dtype=np.float64)
        return cls(
            np.asarray(raw["mode"], dtype=np.float64), covariance, raw["centre"], raw["rows"], raw["joined"]
        )


def design_of(frame: Frame, centre: dict[str, float] | None = None) -> Design:
    """Turn the rows that can be fitted into numbers, on the given centre or on their own mean."""
    raw: list[list[float]] = []
    leads, follows, came, events = [], [], [], []
    numbers: dict[str, int] = {}
    for request in frame.fitted():
        lead = request.members[request.lead]
        for code, row in request.scored().items():
            is_lead = code == request.lead
            raw.append([covariates(request, row, frame.scales)[name] for name in REASONS])
            leads.append(float(is_lead))
            follows.append(np.nan if is_lead or lead.came is None else float(lead.came))
            came.append(float(bool(row.came)))
            events.append(numbers.setdefault(request.event, len(numbers)))
    reasons, lead_column, follow = np.asarray(raw), np.asarray(leads), np.asarray(follows)
    if centre is None:
        centre = {name: float(reasons[:, k].mean()) for k, name in enumerate(REASONS)}
        centre |= {"lead_state": float(lead_column.mean()), "lead_comes": float(np.nanmean(follow))}
    columns = [np.ones(len(came)), lead_column - centre["lead_state"]]
    for k, name in enumerate(REASONS):
        sign = -1.0 if name in LOWERS else 1.0
        columns.append(sign * (reasons[:, k] - centre[name]))
    columns.append(np.nan_to_num(follow - centre["lead_comes"], nan=0.0))
    return Design(
        np.stack(columns, axis=1), np.asarray(came), np.asarray(events, dtype=np.int64), dict(centre)
    )


def fit(frame: Frame, *, reasons: float = 1.0) -> Estimate:
    """Fit the model on a frame.

    Parameters
    ----------
    reasons
        Factor on the prior medians of the scale of all reasons and of the following, and on the prior width
        of the lead state's: towards 0 the model is the base rate of crises that differ among themselves.
    """
    from scipy.optimize import minimize

    design = design_of(frame)
    mean, sd = prior(reasons)
    found = minimize(_loss, mean, args=(design, mean, sd), jac=True, method="BFGS", options={"gtol": 1e-5})
    covariance = np.linalg.inv(_curvature(np.asarray(found.x), design, mean, sd))
    return Estimate(
        np.asarray(found.x), (covariance + covariance.T) / 2, design.centre,
        len(design.came), int(design.came.sum()),
    )  # fmt: skip


def prior(reasons: float = 1.0) -> tuple[FloatArray, FloatArray]:
    """Mean and standard deviation of the declared priors, on the scale on which they are fitted."""
    mean, sd = [], []
    for name in NAMES:
        value = declared_invited().parameters[name].value.model_dump()  # type: ignore[union-attr]
        if name in FREE_SIGN:
            mean.append(value["normal"]["mean"])
            sd.append(value["normal"]["sd"] * (reasons if name == "lead_state" else 1.0))
        else:
            factor = reasons if name in ("reasons", "lead_comes") else 1.0
            mean.append(np.log(value["lognormal"]["median"] * factor))
            sd.append(value["lognormal"]["sigma"])
    return np.asarray(mean), np.asarray(sd)


def _loss(theta: FloatArray, design: Design, mean: FloatArray, sd: FloatArray) -> tuple[float, FloatArray]:
    """Minus the log posterior, and its gradient."""
    free = np.array([name in FREE_SIGN for name in NAMES])
    of_reason = np.array([name in REASONS for name in NAMES])
    log_size = np.minimum(theta + np.where(of_reason, theta[-1], 0.0), 20.0)
    beta = np.where(free, theta, np.exp(log_size))
    spread = beta[COLUMNS]
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    utility = (design.x @ beta[:COLUMNS])[:, None] + spread * nodes
    sign = np.where(design.came > 0.5, 1.0, -1.0)[:, None]
    by_row = -np.logaddexp(0.0, -sign * utility)
    events = int(design.event.max()) + 1
    joint = np.tile(np.log(weights / weights.sum()), (events, 1))
    np.add.at(joint, design.event, by_row)
    peak = joint.max(axis=1, keepdims=True)
    share = np.exp(joint - peak)
    total = share.sum(axis=1, keepdims=True)
    log_likelihood = float((peak + np.log(total)).sum())
    pull = (share / total)[design.event] * (sign / (1.0 + np.exp(np.clip(sign * utility, -500, 500))))
    gradient = np.zeros(len(NAMES))
    gradient[:COLUMNS] = design.x.T @ pull.sum(axis=1)
    gradient[COLUMNS] = float((pull * nodes).sum())
    gradient = gradient * np.where(free, 1.0, beta)
    gradient[-1] = gradient[of_reason].sum()
    off = (theta - mean) / sd
    return -log_likelihood + 0.5 * float(off @ off), -gradient + off / sd


def _curvature(theta: FloatArray, design: Design, mean: FloatArray, sd: FloatArray) -> FloatArray:
    """Second derivatives of the loss, from differences of its gradient."""
    step = 1e-4
    rows = []
    for k in range(len(theta)):
        up, down = theta.copy(), theta.copy()
        up[k] += step
        down[k] -= step
        rows.append((_loss(up, design, mean, sd)[1] - _loss(down, design, mean, sd)[1]) / (2 * step))
    found = np.asarray(rows)
    return (found + found.T) / 2
