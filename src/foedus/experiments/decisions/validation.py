"""How well are allies told apart, how right are the chances? Scores out of the fold, their difference.

Definitions: *AUC*, the chance that a random ally that came is ranked above a random one that did not (ties
count half). *Within conflicts*, the same among the allies of one conflict, each conflict counting once.
*Brier skill*, one less the Brier score over that of the base rate of the training folds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from foedus.chance import Luck
from foedus.experiments.decisions.logit import FloatArray, fit
from foedus.terms import Interval

if TYPE_CHECKING:
    import pandas as pd

BINS = (0.0, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 1.0)
"""Edges of the bins of the reliability diagram; set before any fit."""
PURPOSE = "decisions"
_TINY = 1e-12
_Z90 = 1.6448536269514722  # 95 % quantile of the standard normal


@dataclass(frozen=True, slots=True, eq=False)
class Forecasts:
    """Chances given to rows that the fit did not see.

    Attributes
    ----------
    outcome
        0 or 1 (row,).
    chance
        By the model [probability] (row,).
    base_rate
        Of the rows that the fit did see [probability] (row,).
    conflict
        To which conflict each row belongs (row,).
    """

    outcome: FloatArray
    chance: FloatArray
    base_rate: FloatArray
    conflict: NDArray[np.int64]

    def where(self, kept: NDArray[np.bool_]) -> Forecasts:
        """The forecasts of some rows alone."""
        return Forecasts(self.outcome[kept], self.chance[kept], self.base_rate[kept], self.conflict[kept])


def folds_of(conflicts: NDArray[np.int64], number: int | None, luck: Luck, name: str) -> NDArray[np.int64]:
    """The fold of each row: whole conflicts, in so many folds; one fold a conflict for None."""
    listed, place = np.unique(conflicts, return_inverse=True)
    if number is None or number >= len(listed):
        return place.astype(np.int64)
    order = np.argsort(luck.uniform(PURPOSE, f"folds.{name}", listed))
    fold = np.empty(len(listed), dtype=np.int64)
    fold[order] = np.arange(len(listed)) % number
    return fold[place]


def out_of_fold(
    rows: pd.DataFrame,
    names: Sequence[str],
    folds: NDArray[np.int64],
    *,
    outcome: str = "joined",
    penalty: float | None = None,
) -> Forecasts:
    """Chances from fits that leave out one fold at a time."""
    y = rows[outcome].to_numpy(dtype=np.float64)
    chance, rate = np.empty(len(y)), np.empty(len(y))
    for fold in np.unique(folds):
        out = folds == fold
        chance[out] = fit(rows[~out], names, outcome, penalty=penalty).chance(rows[out])
        rate[out] = y[~out].mean()
    return Forecasts(y, chance, rate, rows["conflict"].to_numpy(dtype=np.int64))


def ahead(
    training: pd.DataFrame, later: pd.DataFrame, names: Sequence[str], *, outcome: str = "joined"
) -> Forecasts:
    """Chances of rows from one fit on others."""
    rate = float(training[outcome].mean())
    return Forecasts(
        later[outcome].to_numpy(dtype=np.float64),
        fit(training, names, outcome).chance(later),
        np.full(len(later), rate),
        later["conflict"].to_numpy(dtype=np.int64),
    )


def scores(found: Forecasts) -> dict[str, float | None]:
    """The scores of forecasts; None where there is nothing to tell apart, or no row."""
    y, p = found.outcome, found.chance
    if not len(y):
        names = ("auc", "auc_within_conflict", "brier", "brier_skill", "log_loss")
        return dict.fromkeys(names, None)
    brier, reference = float(np.mean((p - y) ** 2)), float(np.mean((found.base_rate - y) ** 2))
    return {
        "auc": auc(y, p),
        "auc_within_conflict": _within(found),
        "brier": brier,
        "brier_skill": 1.0 - brier / reference if reference > 0 else None,
        "log_loss": float(np.mean(log_losses(y, p))),
    }


def auc(outcome: FloatArray, chance: FloatArray) -> float | None:
    """Area under the ROC curve; None where all outcomes are the same."""
    from scipy.stats import rankdata

    ones = int(outcome.sum())
    others = len(outcome) - ones
    if not ones or not others:
        return None
    ranks = rankdata(chance)
    return float((ranks[outcome == 1].sum() - ones * (ones + 1) / 2) / (ones * others))


def log_losses(outcome: FloatArray, chance: FloatArray) -> FloatArray:
    """Minus the log of the chance given to what happened (row,)."""
    p = np.clip(chance, _TINY, 1.0 - _TINY)
    return -(outcome * np.log(p) + (1.0 - outcome) * np.log1p(-p))


def _within(found: Forecasts) -> float | None:
    areas = []
    for conflict in np.unique(found.conflict[found.outcome == 1]):
        here = found.conflict == conflict
        area = auc(found.outcome[here], found.chance[here])
        areas += [] if area is None else [area]
    return float(np.mean(areas)) if areas else None


def reliability(found: Forecasts) -> list[dict[str, float | int]]:
    """What happened beside what was said, by bins of the chance given.

    Each bin has its edges, its rows and events, the mean chance given, the share that came, and Wilson's
    90 % interval of that share, which takes rows as independent: allies of one conflict are not.
    """
    found_bins: list[dict[str, float | int]] = []
    for low, high in pairwise(BINS):
        here = (found.chance >= low) & ((found.chance < high) | (high == BINS[-1]))
        rows, came = int(here.sum()), int(found.outcome[here].sum())
        if rows:
            lower, upper = _wilson(came, rows)
            found_bins.append(
                {
                    "low": low, "high": high, "rows": rows, "came": came,
                    "predicted": float(found.chance[here].mean()), "observed": came / rows,
                    "p05": lower, "p95": upper,
                }
            )  # fmt: skip
    return found_bins


def _wilson(came: int, rows: int) -> tuple[float, float]:
    """Wilson (1927), JASA 22(158): 209-212."""
    share, z = came / rows, _Z90
    middle = (share + z * z / (2 * rows)) / (1 + z * z / rows)
    half = z / (1 + z * z / rows) * np.sqrt(share * (1 - share) / rows + z * z / (4 * rows * rows))
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def difference(ours: Forecasts, plain: Forecasts, luck: Luck, name: str, draws: int) -> dict[str, Any]:
    """By how much ours is better or worse than the plain model: a bootstrap in pairs over conflicts.

    Returns
    -------
    dict
        ``log_loss`` and ``brier``: ours less plain (below 0 ours is better), 5-50-95 %; ``better`` and
        ``better_brier``: share of draws in which ours is lower; None where there is no row. ``conflicts``:
        how many were resampled; with few of them the interval says little.
    """
    if not len(ours.outcome):
        return {"log_loss": None, "better": None, "brier": None, "better_brier": None, "conflicts": 0}
    y = ours.outcome
    per_row: Mapping[str, FloatArray] = {
        "log_loss": log_losses(y, ours.chance) - log_losses(y, plain.chance),
        "brier": (ours.chance - y) ** 2 - (plain.chance - y) ** 2,
    }
    _, place = np.unique(ours.conflict, return_inverse=True)
    counts = resampled(int(place.max()) + 1, luck, name, draws)
    sizes = counts @ np.bincount(place).astype(np.float64)
    drawn = {
        score: (counts @ np.bincount(place, weights=values)) / sizes for score, values in per_row.items()
    }
    return {
        "log_loss": Interval.of(drawn["log_loss"]).as_dict(),
        "better": float(np.mean(drawn["log_loss"] < 0)),
        "brier": Interval.of(drawn["brier"]).as_dict(),
        "better_brier": float(np.mean(drawn["brier"] < 0)),
        "conflicts": counts.shape[1],
    }


def resampled(number: int, luck: Luck, name: str, draws: int) -> FloatArray:
    """How often each of so many conflicts is drawn, with replacement (draw, conflict)."""
    u = luck.uniform(PURPOSE, f"bootstrap.{name}", range(draws * number)).reshape(draws, number)
    chosen = (u * number).astype(np.int64) + np.arange(draws)[:, None] * number
    return np.bincount(chosen.ravel(), minlength=draws * number).reshape(draws, number).astype(np.float64)
