"""Observed against computed: each observation once, fitted and held out apart, with fair rivals."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from made_studies import (
    instant,
    kazakhstan_study,
    made_posterior,
    observation,
    observed_document,
    small_study,
)

from foedus.experiments.comparison import PLEDGED, compare, scorecard
from foedus.experiments.posterior import observation_key
from foedus.experiments.quantities import QUANTITIES, Context, compute
from two_cities import as_case


def rows_of(study, posterior=None, as_of=None):
    return compare(study.main.courses["with"], study.context, posterior, as_of)


@pytest.mark.parametrize("study", [small_study, kazakhstan_study])
def test_every_observation_is_compared_once(study):
    found = study()
    rows = rows_of(found)
    assert [row["key"] for row in rows] == [observation_key(o) for o in found.case.observed]
    for row, seen in zip(rows, found.case.observed, strict=True):
        assert (row["low"], row["observed"], row["high"]) == (seen.low, seen.best, seen.high)
        assert row["crps"] >= 0


def test_a_row_tells_the_spread_over_runs_of_what_was_observed():
    study = small_study()
    deaths = next(row for row in rows_of(study) if row["quantity"] == "deaths")
    course = study.main.courses["with"]
    total = (course.killed_civilian + course.killed_forces)[:, -1]
    assert [deaths[key] for key in ("p05", "median", "p95")] == pytest.approx(
        list(np.quantile(total, [0.05, 0.5, 0.95]))
    )
    assert total.max() > 0


def test_what_the_posterior_saw_is_fitted_and_the_rest_is_held_out():
    study = small_study()
    key = observation_key(study.case.observed[1])
    rows = rows_of(study, made_posterior(fitted=(key,)))
    assert [row["role"] for row in rows] == ["held out", "fitted", "held out"]
    card = scorecard(rows)
    assert (card["fitted"], card["held_out"]) == (1, 2)


def test_persistence_is_no_rival_for_what_was_already_reported():
    study = small_study()
    rows = rows_of(study, as_of=instant("2022-01-05T12:00:00+06:00"))
    assert [row["crps_persistence"] is None for row in rows] == [True, False, False]


def test_without_a_date_there_is_no_rival():
    assert all(row["crps_persistence"] is None for row in rows_of(small_study()))


def test_pledges_are_not_scored_against_persistence():
    study = kazakhstan_study()
    rows = rows_of(study, as_of=study.case.meta.start)
    assert {row["quantity"] for row in rows} > PLEDGED
    for row in rows:
        if row["quantity"] in PLEDGED:
            assert row["crps_persistence"] is None
            assert row["crps_reference"] is None


def test_the_dead_of_the_whole_window_are_scored_against_episodes_before():
    study = kazakhstan_study()
    rows = rows_of(study, as_of=instant("2022-01-05T12:00:00+06:00"))
    referenced = [row for row in rows if row["crps_reference"] is not None]
    assert referenced
    assert {(row["quantity"], row["where"]) for row in referenced} == {("deaths", None)}


def test_persistence_carries_on_what_was_reported_by_then():
    document = observed_document()
    document["observed"] = [
        observation(
            "deaths", 10, 10, at="2022-01-05T00:00:00+06:00", reported_at="2022-01-05T00:00:00+06:00"
        ),
        observation(
            "deaths", 40, 40, at="2022-01-06T00:00:00+06:00", reported_at="2022-01-06T00:00:00+06:00"
        ),
        observation("deaths", 10, 10),
    ]
    study = small_study()
    context = Context(as_case(document), study.places)
    course = study.main.courses["with"]
    by_then = instant("2022-01-05T00:00:00+06:00")
    last = compare(course, context, None, by_then)[-1]
    assert last["crps_persistence"] == pytest.approx(10 / 72 * 240 - 10)
    earlier = compare(course, context, None, by_then - timedelta(seconds=1))[-1]
    assert earlier["crps_persistence"] == pytest.approx(10.0)


def test_what_never_happens_in_a_run_is_not_inside_an_observed_hour():
    """An interval that lies beyond every number has not said when the palace fell."""
    document = observed_document()
    document["observed"] = [
        observation("site_lost_at", 50, 60, where="palace", at="2022-01-04T06:00:00+06:00", unit="h")
    ]
    case = as_case(document)
    study = small_study()
    course = study.main.courses["with"]
    never = course._replace(site_lost_at=np.full_like(course.site_lost_at, np.nan))
    (row,) = compare(never, Context(case, study.places), None, None)
    assert row["censored"] == 1.0
    assert row["inside"] is False


def test_every_quantity_of_the_case_is_known_and_finite_or_not_reached():
    study = kazakhstan_study()
    for seen in study.case.observed:
        assert seen.quantity in QUANTITIES
        samples = compute(study.main.courses["with"], study.context, seen)
        assert samples.shape == (study.runs,)
        assert not np.isinf(samples).any()


def row(role="held out", crps=1.0, rival=2.0, inside=True, p05=1.0, p95=4.0, **more):
    return {
        "key": more.pop("key", "k"),
        "quantity": "deaths",
        "role": role,
        "crps": crps,
        "crps_persistence": rival,
        "crps_reference": None,
        "inside": inside,
        "p05": p05,
        "p95": p95,
        **more,
    }


def test_the_scorecard_counts_what_is_held_out_alone():
    card = scorecard(
        [
            row(),
            row(crps=3.0, inside=False, key="bad", p95=2.0),
            row(role="fitted", crps=0.0, inside=True),
            row(rival=None, inside=False),
        ]
    )
    assert (
        card
        | {
            "held_out": 3,
            "fitted": 1,
            "inside": pytest.approx(1 / 3),
            "scored_against_persistence": 2,
            "skill_against_persistence": pytest.approx((0.5 - 0.5) / 2),
            "worse_than_persistence": ["bad"],
            "skill_against_reference": None,
            "median_width": pytest.approx(4.0),
        }
        == card
    )


def test_where_persistence_is_exactly_right_a_model_that_is_not_is_called_worse():
    card = scorecard([row(crps=0.2, rival=0.0, key="state_falls")])
    assert card["worse_than_persistence"] == ["state_falls"]


def test_a_scorecard_of_nothing_says_so():
    card = scorecard([])
    assert card["held_out"] == 0
    assert card["inside"] is None
    assert card["skill_against_persistence"] is None
