"""Which of the things that we do not know matter most for the answers? Rank correlations over runs."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.experiments.ensemble import Ensemble
from foedus.experiments.quantities import Context
from foedus.streets.calm import hours_to_calm

FloatArray = NDArray[np.float64]
SHOWN = 8
FEWEST_RUNS = 50


def what_matters(ensemble: Ensemble, context: Context) -> dict[str, list[dict[str, Any]]]:
    """Inputs by the size of their rank correlation (Spearman) with an outcome, the largest first.

    Under a posterior inputs are tied to one another, so a correlation is no cause; it says where
    knowing more would narrow the answer. Empty with fewer than 50 runs.
    """
    course = ensemble.courses["with"]
    if len(course.falls) < FEWEST_RUNS:
        return {}
    names, ranks = _input_ranks(ensemble)
    calm = hours_to_calm(course.active, course.seats_lost, context.urban, context.first_shock)
    deaths = course.killed_civilian[:, -1].astype(float)
    outcomes = {
        "deaths_civilian": deaths,
        "hours_to_calm": np.where(np.isnan(calm), course.active.shape[1], calm),
        "effect_deaths_civilian": deaths - ensemble.courses["without"].killed_civilian[:, -1],
    }
    return {name: _largest(names, ranks, values) for name, values in outcomes.items()}


def _input_ranks(ensemble: Ensemble) -> tuple[list[str], FloatArray]:
    columns = {
        name: ensemble.inputs.values_of(name)
        for name, quantity in ensemble.inputs.drawn.items()
        if quantity is None or not isinstance(quantity.value, float)
    }
    spread = {name: column for name, column in columns.items() if np.ptp(column) > 0}
    return list(spread), np.array([mean_ranks(column) for column in spread.values()])


def _largest(names: list[str], ranks: FloatArray, outcome: FloatArray) -> list[dict[str, Any]]:
    if np.ptp(outcome) == 0 or not names:
        return []
    target = mean_ranks(outcome)
    centred = ranks - ranks.mean(axis=1, keepdims=True)
    target = target - target.mean()
    rho = centred @ target / np.sqrt((centred**2).sum(axis=1) * (target**2).sum())
    order = np.argsort(-np.abs(rho))[:SHOWN]
    return [{"input": names[j], "rank_correlation": float(rho[j])} for j in order]


def mean_ranks(values: FloatArray) -> FloatArray:
    """Ranks from 0 on; equal values share their mean rank."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts + 1) / 2.0)[place])
