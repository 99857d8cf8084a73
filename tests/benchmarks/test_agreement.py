"""The tests of agreement reject as often as they say, and see the shifts that they say they see."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

ROOT = Path(__file__).parents[2]
if not (ROOT / "benchmarks" / "agreement.py").exists():
    pytest.skip("no benchmarks beside these tests", allow_module_level=True)
sys.path.insert(0, str(ROOT))

from benchmarks import agreement  # noqa: E402  # benchmarks/ is no part of the package

FOUR_SD_OF_200_TRIALS = 4.0 * np.sqrt(0.8 * 0.2 / 200)

values = st.lists(st.integers(-50, 50), min_size=3, max_size=30)


def lumpy(rng: np.random.Generator, size: int) -> np.ndarray:
    """Counts with a mass at nobody, as active citizens are."""
    return np.where(rng.random(size) < 0.4, 0, rng.poisson(4.0, size)).astype(float)


@given(one=values, other=values)
@settings(max_examples=60, deadline=None)
def test_the_energy_distance_is_that_of_all_pairs(one, other):
    x, y = np.array(one, float), np.array(other, float)

    def mean_gap(a, b):
        return np.abs(a[:, None] - b[None, :]).mean()

    by_pairs = 2 * mean_gap(x, y) - mean_gap(x, x) - mean_gap(y, y)
    assert agreement.energy_distance(x, y) == pytest.approx(by_pairs, abs=1e-9)
    assert agreement.energy_distance(x, y) == pytest.approx(stats.energy_distance(x, y) ** 2, abs=1e-9)


@given(one=values, other=values)
@settings(max_examples=60, deadline=None)
def test_the_kolmogorov_smirnov_statistic_is_scipys(one, other):
    x, y = np.array(one, float), np.array(other, float)
    assert agreement.ks_statistic(x, y) == pytest.approx(stats.ks_2samp(x, y, method="asymp").statistic)


def test_holms_correction_is_what_the_rule_says():
    assert agreement.holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert agreement.holm([0.9, 0.8]) == [1.0, 1.0]


@pytest.mark.parametrize("test", ["ks", "energy"])
def test_samples_of_one_law_are_rejected_no_more_often_than_stated(test):
    rng = np.random.default_rng(7)
    rejected = 0
    for trial in range(300):
        one, other = lumpy(rng, 40), lumpy(rng, 30)
        p = agreement.ks(one, other)[1] if test == "ks" else agreement.energy(one, other, 199, trial)[1]
        rejected += p <= 0.05
    assert rejected <= stats.binom.ppf(0.999, 300, 0.05)


def test_the_permutation_test_of_one_law_is_not_shy_either():
    rng = np.random.default_rng(8)
    p = [agreement.energy(rng.normal(size=30), rng.normal(size=20), 199, t)[1] for t in range(300)]
    assert stats.binom.ppf(0.001, 300, 0.05) <= np.count_nonzero(np.array(p) <= 0.05)


@pytest.mark.parametrize("test", ["ks", "energy"])
@pytest.mark.parametrize(
    "law", [lumpy, lambda rng, size: rng.normal(10.0, 3.0, size)], ids=["lumpy", "normal"]
)
def test_a_shift_of_the_stated_size_is_found_four_times_in_five(test, law):
    reference = law(np.random.default_rng(3), 400)
    sizes = (80, 60)
    shift = agreement.detectable_shift(reference, sizes, test, level=0.05, seed=5)
    assert 0.0 < shift < 2.0 * reference.std()
    rng = np.random.default_rng(11)
    weights = agreement.tilted(reference, shift)
    found = 0
    for trial in range(200):
        one, other = rng.choice(reference, sizes[0]), rng.choice(reference, sizes[1], p=weights)
        p = agreement.ks(one, other)[1] if test == "ks" else agreement.energy(one, other, 399, trial)[1]
        found += p <= 0.05
    assert abs(found / 200 - agreement.POWER) < FOUR_SD_OF_200_TRIALS


def test_larger_samples_see_smaller_shifts():
    reference = np.random.default_rng(2).normal(5.0, 2.0, 300)
    few, many = (agreement.detectable_shift(reference, (n, n), "ks", trials=200) for n in (30, 150))
    assert many < 0.6 * few


@given(st.floats(-0.8, 0.8))
@settings(max_examples=40, deadline=None)
def test_a_tilted_sample_keeps_its_values_and_has_the_mean_asked_for(shift):
    sample = lumpy(np.random.default_rng(1), 100)
    weights = agreement.tilted(sample, shift)
    assert weights.sum() == pytest.approx(1.0)
    assert (weights > 0).all()
    assert weights @ sample == pytest.approx(sample.mean() + shift, abs=1e-6)


def test_a_mean_beyond_all_values_is_refused():
    with pytest.raises(ValueError, match="no weights"):
        agreement.tilted(np.array([0.0, 1.0, 2.0]), 5.0)


def test_a_table_of_agreement_tells_the_odd_one_out():
    rng = np.random.default_rng(4)
    one = {"same": rng.normal(5, 1, 80), "apart": rng.normal(5, 1, 80), "constant": np.ones(80)}
    other = {"same": rng.normal(5, 1, 60), "apart": rng.normal(7, 1, 60), "constant": np.ones(60)}
    rows = agreement.compare(one, other, power=False)
    assert [(row.quantity, row.test) for row in rows[:2]] == [("same", "ks"), ("same", "energy")]
    holm = {(row.quantity, row.test): row.holm for row in rows}
    assert all(holm["apart", test] < agreement.LEVEL for test in ("ks", "energy"))
    assert all(holm["same", test] > 0.05 for test in ("ks", "energy"))
    assert all(holm["constant", test] == 1.0 for test in ("ks", "energy"))
    assert all(row.sizes == (80, 60) for row in rows)
    text = agreement.table(rows)
    assert "apart" in text
    assert "80/60" in text


def test_a_quantity_that_one_side_lacks_is_not_passed_over():
    with pytest.raises(KeyError):
        agreement.compare({"a": np.ones(3)}, {"b": np.ones(3)}, quantities=["a"])


def test_adjusting_takes_out_what_was_drawn_at_the_start_and_keeps_what_the_models_do():
    rng = np.random.default_rng(6)

    def sample(start, extra, size):
        police = rng.normal(start, 8.0, size)
        return {"police": police, "arrests": extra - 5.0 * police + rng.normal(0.0, 4.0, size)}

    one, more_police, other_law = sample(64, 0, 300), sample(69, 0, 300), sample(69, 6, 300)
    raw = agreement.compare(one, more_police, quantities=["arrests"], power=False)
    assert all(row.holm < 0.05 for row in raw)
    alike = agreement.compare(*agreement.adjusted(one, more_police, ["police"]), power=False)
    assert [row.quantity for row in alike] == ["arrests", "arrests"]
    assert all(row.holm > 0.01 for row in alike)
    apart = agreement.compare(*agreement.adjusted(one, other_law, ["police"]), power=False)
    assert all(row.holm < 0.01 for row in apart)
