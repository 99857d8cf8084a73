"""No crisis is predicted by a fit that saw it, and what is scored is what the frame says."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.alliance.invited import Estimate, fit, read_fits, read_frame
from foedus.experiments.invited import leave_one_out
from foedus.experiments.signals import weakness_told


def on_file(_, event):
    """The fits on file, which spares the refits; that they are such fits is tested with the model."""
    fits = read_fits().without
    case = next(request.case for request in read_frame().cases if request.event == event)
    return fits[case].estimate


@pytest.fixture(scope="module")
def left_out():
    return leave_one_out(refit=on_file)


def turned(case):
    """The frame with every outcome of one case turned round."""
    frame = read_frame()
    changed = []
    for request in frame.cases:
        if request.case == case:
            members = {
                code: row.model_copy(update={"came": not row.came, "troops": None})
                for code, row in request.members.items()
            }
            request = request.model_copy(update={"members": members})
        changed.append(request)
    return frame.model_copy(update={"cases": changed})


@pytest.mark.parametrize("case", ["kazakhstan-2022", "kyrgyzstan-2010", "gambia-2017", "grenada-1983"])
def test_turning_a_crisis_round_changes_none_of_its_predictions_and_some_of_the_others(case):
    frame, other = read_frame(), turned(case)
    np.testing.assert_array_equal(fit(frame.without(case)).mode, fit(other.without(case)).mode)
    assert not np.allclose(fit(frame.without("niger-2023")).mode, fit(other.without("niger-2023")).mode)


def test_each_refit_is_given_the_frame_without_the_event_that_it_predicts():
    seen = []

    def watch(rest, event):
        assert event not in {request.event for request in rest.cases}
        seen.append(event)
        return read_fits().whole.estimate

    leave_one_out(refit=watch, draws=10)
    assert len(seen) == len(set(seen)) == len({request.event for request in read_frame().cases})


def test_every_case_has_a_row_and_the_members_that_were_asked_are_scored_once(left_out):
    told = left_out.as_dict()
    frame = read_frame()
    assert [row["case"] for row in told["cases"]] == [request.case for request in frame.cases]
    for row, request in zip(told["cases"], frame.cases, strict=True):
        assert set(row["joined"]) | set(row["stayed"]) == set(request.scored())
        assert row["asked"] == any(member.asked for member in request.members.values())
        assert row["scored"] == bool(request.scored())
        assert row["predicted"]
    pairs = [(row["case"], row["member"]) for row in told["members"]]
    assert len(pairs) == len(set(pairs)) == told["members_asked"]


def test_the_score_is_the_mean_over_members_of_the_log_of_what_happened(left_out):
    told = left_out.as_dict()
    by_hand = [np.log(r["predicted"] if r["joined"] else 1 - r["predicted"]) for r in told["members"]]
    assert told["log_score"] == pytest.approx(np.mean(by_hand), abs=1e-3)
    base = [np.log(r["base_rate"] if r["joined"] else 1 - r["base_rate"]) for r in told["members"]]
    assert told["base_rate"] == pytest.approx(np.mean(base), abs=1e-3)


def test_the_base_rate_of_a_crisis_leaves_that_crisis_out(left_out):
    frame = read_frame()
    own = frame.find("niger-2023").scored()
    rows = [row for r in frame.fitted() for row in r.scored().values()]
    came = sum(bool(row.came) for row in rows)
    expected = (came + 0.5) / (len(rows) - len(own) + 1.0)
    found = {row.base_rate for row in left_out.rows if row.case == "niger-2023"}
    assert len(found) == 1
    assert found.pop() == pytest.approx(expected)


def test_misses_are_told(left_out):
    told = left_out.as_dict()
    missed = {(row["case"], row["member"]) for row in told["misses"]}
    assert ("kyrgyzstan-2010", "RUS") in missed
    assert all((row["predicted"] < 0.5) == row["joined"] or row["predicted"] == 0.5 for row in told["misses"])


def test_the_interval_of_the_difference_holds_its_mean(left_out):
    found = left_out.difference()
    assert found["p05"] <= found["mean"] <= found["p95"]
    assert found["mean"] == pytest.approx(left_out.log_score - left_out.base_rate)


def test_an_estimate_reads_back_what_it_wrote():
    estimate = read_fits().whole.estimate
    again = Estimate.of_dict(estimate.as_dict())
    np.testing.assert_allclose(again.mode, estimate.mode)
    np.testing.assert_allclose(again.covariance, estimate.covariance)


def test_a_request_from_weak_worlds_alone_tells_of_weakness_and_less_where_some_ask_anyway():
    told = weakness_told(np.linspace(0.0, 0.3, 20), np.linspace(0.4, 1.0, 60))
    assert told.given_request.p05 > 0.8
    assert 0.5 < told.if_some_ask_anyway.median < told.given_request.median
    assert told.without_request.median < 0.5


def test_a_request_that_comes_from_all_alike_tells_nothing():
    told = weakness_told(np.linspace(0.0, 1.0, 101), np.linspace(0.0, 1.0, 101))
    assert told.given_request.median == pytest.approx(0.5, abs=0.01)
    assert told.if_some_ask_anyway.median == pytest.approx(0.5, abs=0.01)


def test_no_world_that_asked_tells_nothing_of_weakness():
    assert weakness_told(np.empty(0), np.ones(5)) is None
