"""Fit, validate and score: what `foedus fit decisions` answers, in one object.

The plain model and ours are judged on the same rows and folds; what was left out by a list is scored by fits
that never saw it. A fitted number is never shown as a predicted one: every score is out of the fold, of
later years, or of conflicts held out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.chance import Luck
from foedus.errors import CaseError
from foedus.experiments.decisions.clauses import Clauses
from foedus.experiments.decisions.conflicts import disputes, wars
from foedus.experiments.decisions.design import chosen
from foedus.experiments.decisions.history import History
from foedus.experiments.decisions.holdout import Holdout, read_holdout
from foedus.experiments.decisions.honoured import cases
from foedus.experiments.decisions.internal import internal
from foedus.experiments.decisions.logit import FloatArray, Logit, fit
from foedus.experiments.decisions.rows import OURS, PLAIN, rows_of
from foedus.experiments.decisions.tables import TREATIES, Tables, read_tables
from foedus.experiments.decisions.validation import (
    Forecasts,
    ahead,
    auc,
    difference,
    folds_of,
    out_of_fold,
    reliability,
    resampled,
    scores,
)
from foedus.experiments.decisions.wider import LAYOUTS as WIDER_TABLES
from foedus.experiments.decisions.wider import WIDER, Wider
from foedus.experiments.invited import leave_one_out
from foedus.treaties.datasets.atop import member_level

if TYPE_CHECKING:
    import pandas as pd

STEPS = 101
"""Of the distribution from which a run draws what a case leaves out: every per cent."""
MODELS: Mapping[str, Sequence[str]] = {"plain": PLAIN, "ours": OURS}


@dataclass(frozen=True, slots=True)
class Data:
    """The rows of every set, with what they were made from."""

    tables: Tables
    history: History
    sets: Mapping[str, pd.DataFrame]
    numbers: Mapping[str, frozenset[int]]
    honoured: pd.DataFrame


def read_data(folder: Path) -> Data:
    """Read the tables of a folder and make the rows.

    Raises
    ------
    CaseError
        A table is missing, damaged or not in its layout.
    """
    tables = read_tables(folder, WIDER_TABLES)
    history = History(tables)
    treaties = member_level(tables.paths[TREATIES]).all_treaties
    clauses = Clauses(treaties)
    wider = Wider(tables, history) if WIDER_TABLES[0].name in tables.paths else None
    sets = {
        "wars": rows_of(wars(tables), history, clauses, wider),
        "disputes": rows_of(disputes(tables, history), history, clauses, wider),
    }
    # A war or dispute in which nobody had an ally is one all the same, and may be listed.
    numbers = {
        "wars": frozenset(int(one) for one in tables["cow_war_onsets"]["warnum"]),
        "disputes": frozenset(int(one) for one in tables["gml_mid_disps"]["dispnum"]),
    }
    for name, rows in sets.items():
        if rows["joined"].nunique() < 2:
            raise CaseError(f"{folder}: its {name} have no ally that came, or none that did not; give more")
    return Data(tables, history, sets, numbers, cases(tables, {one.id: one for one in treaties}, history))


@dataclass(frozen=True, slots=True)
class Decisions:
    """The answer: scores of every set, and the models that runs draw from."""

    sets: Mapping[str, dict[str, Any]]
    honoured: dict[str, Any]
    internal: dict[str, Any]
    invited: dict[str, Any]
    holdout: dict[str, Any] | None
    models: Mapping[str, dict[str, Any]]
    about: Mapping[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """What ``foedus fit decisions --json`` prints."""
        out: dict[str, Any] = {
            **self.sets, "invited": self.invited, "honoured": self.honoured, "internal": self.internal,
        }  # fmt: skip
        if self.holdout is not None:
            out["holdout"] = self.holdout
        return out | {"about": dict(self.about)}


def fit_decisions(
    folder: Path, *, holdout: Path | None = None, seed: int = 1, draws: int = 2000, refits: int = 200,
    split: int | None = None,
) -> Decisions:  # fmt: skip
    """Fit whether an obliged ally joins, on the public record, and say how well.

    Parameters
    ----------
    folder
        Where the public tables lie.
    holdout
        A list of conflicts to leave out of every fit, and to score.
    seed
        Of the folds of disputes and of the bootstraps; the same seed gives the same numbers.
    draws
        Of each bootstrap of a difference.
    refits
        Of the models, on resampled conflicts.
    split
        First year of the test that is forward in time; that of the design if left out.

    Raises
    ------
    CaseError
        A table or the list of conflicts cannot be used.
    """
    data, luck = read_data(folder), Luck(seed)
    split = int(chosen("first_test_year")) if split is None else split
    folds = {"wars": None, "disputes": int(chosen("dispute_folds"))}
    out = Holdout()
    if holdout is not None:
        out = read_holdout(holdout, data.numbers["wars"], data.numbers["disputes"])
    left_out = {"wars": out.wars, "disputes": out.disputes}
    kept = {name: _without(rows, left_out[name]) for name, rows in data.sets.items()}
    if any(rows["joined"].nunique() < 2 for rows in kept.values()):
        raise CaseError(f"{holdout}: leaves no ally that came to fit on; leave more conflicts in")
    judged = {name: _judged(rows, folds[name], luck, name, draws, split) for name, rows in kept.items()}
    return Decisions(
        sets=judged,
        honoured=_honoured(_without(data.honoured, out.wars), luck, draws),
        internal=internal(data.tables, data.history, luck, draws),
        invited=leave_one_out().as_dict(),
        holdout=None if holdout is None else _held_out(data, left_out, out, luck, draws),
        models={name: _models(rows, luck, name, refits, judged[name]) for name, rows in kept.items()},
        about={
            "seed": seed,
            "draws": draws,
            "refits": refits,
            "penalty": chosen("penalty"),
            "split": split,
            "data": data.tables.versions(),
            "held_out": {name: sorted(int(one) for one in numbers) for name, numbers in left_out.items()},
        },
    )


def _without(rows: pd.DataFrame, conflicts: frozenset[int]) -> pd.DataFrame:
    return rows[~rows["conflict"].isin(conflicts)].reset_index(drop=True)


def _judged(
    rows: pd.DataFrame, folds: int | None, luck: Luck, name: str, draws: int, split: int
) -> dict[str, Any]:
    """Scores out of the fold, of the attacked with a promise of defence, and forward in time."""
    told = _crossed(rows, folds, luck, name, draws)
    if WIDER[-1] in rows:
        told["wider"] = _wider(rows, folds, luck, name, draws)
    attacked = rows[(rows["role"] == "target") & (rows["defense"] == 1)].reset_index(drop=True)
    if attacked["joined"].nunique() == 2:
        told["attacked_with_defence_promise"] = _crossed(attacked, folds, luck, f"{name}.attacked", draws) | {
            "by_reading": _by_reading(attacked)
        }
    earlier, later = rows[rows["year"] < split], rows[rows["year"] >= split]
    if earlier["joined"].nunique() == 2 and len(later):
        told["forward"] = {"from": split} | _compared(earlier, later, luck, f"{name}.forward", draws)
    return told


def _crossed(rows: pd.DataFrame, number: int | None, luck: Luck, name: str, draws: int) -> dict[str, Any]:
    folds = folds_of(rows["conflict"].to_numpy(dtype=np.int64), number, luck, name)
    found = {model: out_of_fold(rows, names, folds) for model, names in MODELS.items()}
    return {
        **_counts(rows),
        "folds": int(folds.max()) + 1,
        **scores(found["ours"]),
        "plain": scores(found["plain"]) | {"reliability": reliability(found["plain"])},
        "difference": difference(found["ours"], found["plain"], luck, name, draws),
        "difference_where_read": _where_read(rows, found, luck, name, draws),
        "reliability": reliability(found["ours"]),
    }


def _wider(rows: pd.DataFrame, number: int | None, luck: Luck, name: str, draws: int) -> dict[str, Any]:
    """Scores of the wider model on the same folds, its difference to the plain one, and its coefficients."""
    folds = folds_of(rows["conflict"].to_numpy(dtype=np.int64), number, luck, name)
    names, penalty = (*PLAIN, *WIDER), chosen("penalty_of_the_wider_model")
    found, plain = out_of_fold(rows, names, folds, penalty=penalty), out_of_fold(rows, PLAIN, folds)
    whole = fit(rows, names, "joined", penalty=penalty)
    spreads = np.sqrt(np.diag(whole.covariance))
    return {
        **scores(found),
        "difference": difference(found, plain, luck, f"{name}.wider", draws),
        "coefficients": {
            covariate: {"value": float(value), "sd": float(spread)}
            for covariate, value, spread in zip(
                ("intercept", *names), whole.coefficients, spreads, strict=True
            )
        },
    }


def _where_read(
    rows: pd.DataFrame, found: Mapping[str, Forecasts], luck: Luck, name: str, draws: int
) -> dict[str, Any]:
    """The difference over rows that have a reading: elsewhere only the mark 'missing' can tell them apart."""
    read = rows["clause_missing"].to_numpy() == 0
    return difference(found["ours"].where(read), found["plain"].where(read), luck, f"{name}.read", draws)


def _compared(
    training: pd.DataFrame, later: pd.DataFrame, luck: Luck, name: str, draws: int
) -> dict[str, Any]:
    """Scores on rows that one fit on others did not see."""
    found = {model: ahead(training, later, names) for model, names in MODELS.items()}
    return {
        **_counts(later),
        "trained_on": _counts(training),
        **scores(found["ours"]),
        "plain": scores(found["plain"]),
        "difference": difference(found["ours"], found["plain"], luck, name, draws),
        "difference_where_read": _where_read(later, found, luck, name, draws),
    }


def _by_reading(rows: pd.DataFrame) -> dict[str, dict[str, int]]:
    """How many came, by the reading of the clause: raw counts, nothing held equal."""
    words = {1.0: "met", 0.5: "open", 0.0: "not met"}
    read = rows["clause_met"].map(words).fillna("no reading")
    return {
        word: {"rows": int((read == word).sum()), "came": int(rows.loc[read == word, "joined"].sum())}
        for word in (*words.values(), "no reading")
    }


def _counts(rows: pd.DataFrame) -> dict[str, Any]:
    came = rows[rows["joined"] == 1]
    return {
        "rows": len(rows),
        "came": len(came),
        "base_rate": float(rows["joined"].mean()) if len(rows) else None,
        "conflicts": int(rows["conflict"].nunique()),
        "conflicts_with_help": int(came["conflict"].nunique()),
        "clause_missing": int(rows["clause_missing"].sum()),
    }


def _honoured(rows: pd.DataFrame, luck: Luck, draws: int) -> dict[str, Any]:
    """AUC of honoured against violated, one war left out at a time."""
    if rows["honoured"].nunique() < 2:
        return {
            "auc": None,
            "plain": {"auc": None},
            "cases": len(rows),
            "honoured": int(rows["honoured"].sum()),
        }
    folds = folds_of(rows["conflict"].to_numpy(dtype=np.int64), None, luck, "honoured")
    found = {model: out_of_fold(rows, names, folds, outcome="honoured") for model, names in MODELS.items()}
    read = rows["clause_missing"].to_numpy() == 0
    dated = ~rows["late"].to_numpy(dtype=bool) & read
    return {
        **_areas(found),
        "difference": difference(found["ours"], found["plain"], luck, "honoured", draws),
        "cases": len(rows),
        "honoured": int(rows["honoured"].sum()),
        "wars": int(rows["conflict"].nunique()),
        "without_event": int(rows["clause_missing"].sum()),
        "late": int(rows["late"].sum()),
        "where_read": {
            "cases": int(read.sum()),
            **_areas({key: one.where(read) for key, one in found.items()}),
            "difference": _where_read(rows, found, luck, "honoured", draws),
        },
        "principals_alone": {
            "cases": int(dated.sum()), **_areas({key: one.where(dated) for key, one in found.items()})
        },
    }  # fmt: skip


def _areas(found: Mapping[str, Forecasts]) -> dict[str, Any]:
    """AUC of both models."""
    told = {model: auc(one.outcome, one.chance) for model, one in found.items()}
    return {"auc": told["ours"], "plain": {"auc": told["plain"]}}


def _held_out(
    data: Data, left_out: Mapping[str, frozenset[int]], out: Holdout, luck: Luck, draws: int
) -> dict[str, Any]:
    """The same scores on the listed conflicts, by fits that never saw them."""
    told: dict[str, Any] = {"read_as": out.read_as}
    for name, rows in data.sets.items():
        inside = rows["conflict"].isin(left_out[name])
        without = left_out[name] - set(rows["conflict"])
        told[name] = {
            "listed": sorted(int(one) for one in left_out[name]),
            "without_rows": sorted(int(one) for one in without),
            **_compared(rows[~inside], rows[inside], luck, f"{name}.holdout", draws),
        }
    told["honoured"] = _honoured_held_out(data.honoured, left_out["wars"])
    return told


def _honoured_held_out(rows: pd.DataFrame, listed: frozenset[int]) -> dict[str, Any]:
    inside = rows["conflict"].isin(listed)
    later, training = rows[inside], rows[~inside]
    told: dict[str, float | None] = dict.fromkeys(MODELS)
    if len(later) and training["honoured"].nunique() == 2:
        for model, names in MODELS.items():
            found = ahead(training, later, names, outcome="honoured")
            told[model] = auc(found.outcome, found.chance)
    return {"auc": told["ours"], "plain": {"auc": told["plain"]}, "cases": len(later)}


def _models(
    rows: pd.DataFrame, luck: Luck, name: str, refits: int, judged: Mapping[str, Any]
) -> dict[str, Any]:
    """Both models on all rows that are not held out, their covariances, and which one runs use."""
    found: dict[str, Any] = {}
    for model, names in MODELS.items():
        whole = fit(rows, names, "joined")
        found[model] = whole.as_dict() | {
            "covariance_clustered": _clustered(rows, whole, luck, f"{name}.refits", refits).tolist()
        }
    gain = judged["difference"]
    better = min(gain["better"] or 0.0, gain["better_brier"] or 0.0)
    found["used"] = "ours" if better >= chosen("sure_enough") else "plain"
    found["quantiles"] = {
        covariate: _steps(rows[covariate].to_numpy(dtype=np.float64)) for covariate in PLAIN
    }
    return found | _counts(rows)


def _steps(values: FloatArray) -> list[float]:
    """The 101 steps of a covariate's distribution; zeros where nothing is known of it."""
    known = values[~np.isnan(values)]
    if not len(known):
        return [0.0] * STEPS
    steps: list[float] = np.quantile(known, np.linspace(0.0, 1.0, STEPS), method="nearest").tolist()
    return steps


def _clustered(rows: pd.DataFrame, whole: Logit, luck: Luck, name: str, refits: int) -> FloatArray:
    """Covariance of the coefficients over fits on resampled conflicts, on the scale of the whole."""
    listed, place = np.unique(rows["conflict"], return_inverse=True)
    counts = resampled(len(listed), luck, name, refits)
    drawn = [
        fit(
            rows, whole.names, "joined", weights=one[place], start=whole.coefficients, scale=whole
        ).coefficients
        for one in counts
    ]
    return np.asarray(np.cov(np.array(drawn), rowvar=False), dtype=np.float64)
