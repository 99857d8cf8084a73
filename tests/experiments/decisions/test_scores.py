"""Scores against what they are by definition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.chance import Luck
from foedus.experiments.decisions.logit import fit
from foedus.experiments.decisions.validation import (
    Forecasts,
    auc,
    difference,
    folds_of,
    log_losses,
    reliability,
    resampled,
    scores,
)

outcomes = st.lists(st.tuples(st.integers(0, 1), st.floats(0.01, 0.99)), min_size=2, max_size=40)


def forecasts(y, p, conflict=None, rate=0.5):
    y, p = np.array(y, dtype=float), np.array(p, dtype=float)
    where = np.arange(len(y)) if conflict is None else np.array(conflict)
    return Forecasts(y, p, np.full(len(y), rate), where)


@settings(deadline=None)
@given(outcomes)
def test_auc_is_the_share_of_pairs_in_the_right_order(rows):
    y, p = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    ones, others = p[y == 1], p[y == 0]
    if not len(ones) or not len(others):
        assert auc(y, p) is None
        return
    pairs = (ones[:, None] > others) + 0.5 * (ones[:, None] == others)
    assert auc(y, p) == pytest.approx(pairs.mean())


def test_the_base_rate_itself_has_no_skill():
    told = scores(forecasts([1, 0, 0, 0], [0.25] * 4, rate=0.25))
    assert told["brier_skill"] == pytest.approx(0.0)
    assert told["auc"] == 0.5
    assert told["log_loss"] == pytest.approx(-(np.log(0.25) + 3 * np.log(0.75)) / 4)


def test_within_conflicts_each_conflict_counts_once():
    told = scores(forecasts([1, 0, 1, 0, 0, 0], [0.9, 0.1, 0.2, 0.3, 0.4, 0.5], [1, 1, 2, 2, 2, 2]))
    assert told["auc_within_conflict"] == pytest.approx((1.0 + 0.0) / 2)


def test_no_row_has_no_score():
    empty = forecasts([], [])
    assert set(scores(empty).values()) == {None}
    assert difference(empty, empty, Luck(1), "x", 100)["better"] is None


def test_a_sure_forecast_that_fails_is_dear_and_finite():
    assert 20 < log_losses(np.array([1.0]), np.array([0.0]))[0] < np.inf


@settings(deadline=None)
@given(outcomes)
def test_reliability_counts_every_row_once(rows):
    y, p = zip(*rows, strict=True)
    told = reliability(forecasts(y, p))
    assert sum(one["rows"] for one in told) == len(y)
    assert sum(one["came"] for one in told) == sum(y)
    for one in told:
        assert one["low"] <= one["predicted"] <= one["high"]
        assert one["p05"] - 1e-12 <= one["observed"] <= one["p95"] + 1e-12


def test_a_model_compared_with_itself_shows_no_difference():
    same = forecasts([1, 0, 0, 1], [0.5, 0.2, 0.1, 0.7])
    told = difference(same, same, Luck(1), "x", 200)
    assert (told["better"], told["log_loss"]["median"]) == (0.0, 0.0)


def test_a_model_that_is_better_on_every_row_is_surely_better():
    y = [1, 0, 0, 1, 0]
    ours, plain = forecasts(y, [0.9, 0.1, 0.1, 0.9, 0.1]), forecasts(y, [0.6, 0.4, 0.4, 0.6, 0.4])
    told = difference(ours, plain, Luck(1), "x", 200)
    assert (told["better"], told["better_brier"]) == (1.0, 1.0)
    assert told["log_loss"]["p95"] < 0


def test_conflicts_are_drawn_with_replacement_and_as_many_as_there_are():
    counts = resampled(7, Luck(2), "x", 300)
    assert (counts.sum(axis=1) == 7).all()
    assert counts.max() > 1
    assert counts.mean(axis=0) == pytest.approx(np.ones(7), abs=0.25)


@settings(deadline=None)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=60), st.integers(2, 10))
def test_a_conflict_is_never_split_between_folds(conflicts, number):
    folds = folds_of(np.array(conflicts), number, Luck(1), "x")
    for conflict in set(conflicts):
        assert len(set(folds[np.array(conflicts) == conflict])) == 1
    assert len(set(folds)) == min(number, len(set(conflicts)))


@pytest.fixture
def invented_rows():
    import pandas as pd

    luck = Luck(5)
    x, z, u = (luck.uniform("decisions", name, range(200)) for name in ("x", "z", "u"))
    return pd.DataFrame(
        {"x": x, "z": np.where(z < 0.1, np.nan, z), "joined": (u < 0.2 + 0.5 * x).astype(int)}
    )


def test_a_row_that_counts_twice_is_a_row_written_twice(invented_rows):
    import pandas as pd

    whole = fit(invented_rows, ["x", "z"], "joined")
    weights = np.where(np.arange(200) < 50, 2.0, 1.0)
    weighed = fit(invented_rows, ["x", "z"], "joined", weights=weights, scale=whole)
    twice = pd.concat([invented_rows, invented_rows.iloc[:50]])
    assert weighed.coefficients == pytest.approx(fit(twice, ["x", "z"], "joined", scale=whole).coefficients)


def test_the_unit_of_a_covariate_does_not_matter(invented_rows):
    here = fit(invented_rows, ["x", "z"], "joined").chance(invented_rows)
    other = invented_rows.assign(x=1000.0 * invented_rows["x"] - 7.0)
    assert here == pytest.approx(fit(other, ["x", "z"], "joined").chance(other))


def test_a_stronger_penalty_draws_coefficients_to_nothing(invented_rows):
    sizes = [
        np.abs(fit(invented_rows, ["x", "z"], "joined", penalty=c).coefficients[1:]).sum()
        for c in (10.0, 0.3, 0.001)
    ]
    assert sizes[0] > sizes[1] > sizes[2]


def test_laplace_widens_no_further_than_the_prior(invented_rows):
    model = fit(invented_rows, ["x", "z"], "joined", penalty=0.3)
    assert (np.diag(model.covariance)[1:] <= 0.3 + 1e-9).all()


def test_a_gap_is_filled_with_the_median_of_training_and_not_of_the_test(invented_rows):
    model = fit(invented_rows.iloc[:100], ["x", "z"], "joined")
    gap = invented_rows.iloc[[0]].assign(z=np.nan)
    filled = gap.assign(z=invented_rows.iloc[:100]["z"].median())
    assert model.chance(gap) == pytest.approx(model.chance(filled))
