"""Scores against known answers, and what a range or a rival means."""

from __future__ import annotations

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st
from made_studies import seen

from foedus.experiments.score import crps_to_range, persistence, skill

values = st.floats(0, 1e5, allow_nan=False)
ensembles = st.lists(values, min_size=1, max_size=30).map(np.array)


def point(samples, observed):
    return crps_to_range(np.asarray(samples, dtype=float), observed, observed, beyond=1e9)


@pytest.mark.parametrize(
    ("samples", "observed", "expected"),
    [
        ([3.0], 5.0, 2.0),
        ([0.0, 1.0], 0.5, 0.25),
        ([0.0, 1.0], 0.0, 0.25),
        ([0.0, 0.0, 3.0], 0.0, 1.0 - 2 / 3),
        ([7.0, 7.0, 7.0], 7.0, 0.0),
    ],
)
def test_small_ensembles_score_as_worked_out_by_hand(samples, observed, expected):
    assert point(samples, observed) == pytest.approx(expected)


@given(samples=ensembles, observed=values)
def test_the_score_is_that_of_scoringrules(samples, observed):
    other = scoringrules.crps_ensemble(observed, samples, estimator="nrg")
    assert point(samples, observed) == pytest.approx(other, abs=1e-6 * (1 + np.ptp(samples)))


def test_a_large_normal_ensemble_scores_as_the_normal_does():
    from scipy.special import ndtri

    samples = 10 + 2 * ndtri((np.arange(4000) + 0.5) / 4000)
    assert point(samples, 12.0) == pytest.approx(scoringrules.crps_normal(12.0, 10.0, 2.0), rel=1e-3)


@given(samples=ensembles, low=values, width=st.floats(0, 1e4))
def test_a_range_is_read_as_its_kindest_point(samples, low, width):
    score = crps_to_range(samples, low, low + width, beyond=1e9)
    others = [point(samples, y) for y in np.linspace(low, low + width, 7)]
    assert score <= min(others) + 1e-6 * (1 + np.ptp(samples))


@given(value=values, below=st.floats(0, 1e4), above=st.floats(0, 1e4))
def test_a_sure_answer_inside_the_range_scores_nothing(value, below, above):
    sure = np.full(5, value)
    assert crps_to_range(sure, value - below, value + above, beyond=1e9) == pytest.approx(0.0, abs=1e-6)


def test_a_sure_answer_outside_the_range_is_off_by_the_distance_to_it():
    assert crps_to_range(np.full(5, 10.0), 12.0, 20.0, beyond=1e9) == pytest.approx(2.0)
    assert crps_to_range(np.full(5, 25.0), 12.0, 20.0, beyond=1e9) == pytest.approx(5.0)


@given(samples=ensembles)
def test_a_score_is_never_negative(samples):
    assert point(samples, 50.0) >= -1e-9 * (1 + np.ptp(samples))


def test_what_is_not_reached_counts_as_the_end_of_the_window():
    never = crps_to_range(np.array([np.nan, np.nan]), 100.0, 110.0, beyond=240.0)
    assert never == pytest.approx(130.0)


def test_a_count_that_was_reported_goes_on_growing_at_its_mean_rate():
    reported = [seen("deaths", 10, 10)]
    assert persistence(seen("deaths"), reported, 100.0, 300.0) == pytest.approx(30.0)


@pytest.mark.parametrize(
    "quantity",
    ["deaths", "deaths_civilian", "deaths_forces", "arrests", "hurt", "participants", "state_falls"],
)
def test_of_what_nothing_was_reported_nothing_is_expected(quantity):
    assert persistence(seen(quantity), [], 100.0, 300.0) == 0.0


def test_a_crowd_stays_as_it_was_last_seen():
    reported = [seen("participants", 100, 100), seen("participants", 900, 900)]
    assert persistence(seen("participants"), reported, 100.0, 300.0) == 900.0


@pytest.mark.parametrize("quantity", ["site_lost_at", "site_retaken_at", "calm_at"])
def test_what_has_not_happened_never_will(quantity):
    where = {} if quantity == "calm_at" else {"where": "palace"}
    assert persistence(seen(quantity, **where), [], 100.0, 300.0) == np.inf


def test_the_peak_is_now():
    assert persistence(seen("peak_at", where="North"), [], 100.0, 300.0) == 100.0


@pytest.mark.parametrize("quantity", ["first_landing_at", "closure_at", "troops"])
def test_persistence_has_nothing_to_say_about_arrivals(quantity):
    assert persistence(seen(quantity), [], 100.0, 300.0) is None


def test_skill_is_the_share_of_the_rivals_score_that_is_saved():
    assert skill(2.0, 8.0) == pytest.approx(0.75)
    assert skill(12.0, 8.0) == pytest.approx(-0.5)
    assert skill(2.0, 0.0) is None
    assert skill(2.0, None) is None
