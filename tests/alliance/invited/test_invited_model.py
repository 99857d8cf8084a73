"""Directions, shrinkage and determinism of who comes once asked."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from an_alliance import kazakhstan_like, made, q
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.alliance.invited import (
    chances_of,
    fit,
    fitted_for,
    invited_chances,
    outlook,
    read_fits,
    read_frame,
)
from foedus.alliance.invited.fitted import inputs_mark, same_crisis
from foedus.alliance.invited.model import LOWERS, NAMES, REASONS, _loss, design_of, prior
from foedus.alliance.invited.size import Sizes, sizes
from foedus.chance import Luck
from foedus.errors import CaseError

LUCK = Luck(11)
RUNS = range(800)
WHOLE = read_fits().whole.estimate
EVEN = dict.fromkeys(REASONS, 0.4)
unit = st.floats(0.0, 1.0)


def both(own, other=None):
    return chances_of(WHOLE, {"LED": own, "OTH": other or EVEN}, "LED", LUCK, RUNS)


@given(st.sampled_from(REASONS), unit, unit)
@settings(max_examples=40, deadline=None)
def test_each_reason_moves_the_chance_one_way_in_every_run(name, one, two):
    low, high = sorted((one, two))
    change = both({**EVEN, name: high})["LED"] - both({**EVEN, name: low})["LED"]
    assert ((-1.0 if name in LOWERS else 1.0) * change >= 0.0).all()


def test_the_lead_coming_never_lowers_the_others_and_they_lie_between():
    found = both(EVEN)
    assert (found.if_lead_comes["OTH"] > found.if_lead_stays["OTH"]).all()
    assert (found["OTH"] <= found.if_lead_comes["OTH"]).all()
    assert (found["OTH"] >= found.if_lead_stays["OTH"]).all()


def test_a_reason_that_is_left_out_counts_as_the_mean_of_the_frame():
    without_cost = {name: value for name, value in EVEN.items() if name != "cost"}
    as_mean = {**EVEN, "cost": WHOLE.centre["cost"]}
    np.testing.assert_allclose(both(without_cost)["LED"], both(as_mean)["LED"])


def test_without_reasons_every_member_has_the_same_chance_near_the_base_rate():
    shrunk = fit(read_frame(), reasons=1e-4)
    found = chances_of(
        shrunk,
        {"LED": dict.fromkeys(REASONS, 1.0), "OTH": dict.fromkeys(REASONS, 0.0)},
        "LED",
        LUCK,
        range(4000),
    )
    means = [found["LED"].mean(), found["OTH"].mean()]
    assert means[0] == pytest.approx(means[1], abs=0.01)
    assert means[0] == pytest.approx(shrunk.joined / shrunk.rows, abs=0.08)


def test_the_gradient_of_the_loss_is_its_slope():
    design = design_of(read_frame())
    mean, sd = prior()
    at = mean + 0.1
    step = 1e-6
    slope = [
        (
            _loss(at + step * np.eye(len(NAMES))[k], design, mean, sd)[0]
            - _loss(at - step * np.eye(len(NAMES))[k], design, mean, sd)[0]
        )
        / (2 * step)
        for k in range(len(NAMES))
    ]
    np.testing.assert_allclose(_loss(at, design, mean, sd)[1], slope, rtol=1e-4, atol=1e-4)


def test_the_draws_of_a_run_do_not_depend_on_which_other_runs_are_asked_for():
    few = np.array([3, 500])
    again = chances_of(WHOLE, {"LED": EVEN, "OTH": EVEN}, "LED", LUCK, few)
    np.testing.assert_array_equal(again["OTH"], both(EVEN)["OTH"][few])


def test_the_uncertainty_of_coefficients_is_in_every_run():
    assert both(EVEN)["LED"].std() > 0.1


def test_the_results_file_was_made_from_the_frame_and_priors_that_come_with_it():
    import json
    from importlib.resources import files

    raw = json.loads((files("foedus.alliance.invited") / "fitted.json").read_text(encoding="utf-8"))
    assert raw["inputs"] == inputs_mark(), "run python scripts/fit_invited.py"
    assert set(raw["without"]) == {request.case for request in read_frame().cases}


@pytest.mark.parametrize("case", ["kazakhstan-2022", "gambia-2017", "kenya-1964"])
def test_the_fit_on_file_for_a_case_is_a_fit_that_did_not_see_it(case):
    frame = read_frame()
    again = fit(frame.without(frame.find(case).event))
    stored = read_fits().without[case].estimate
    np.testing.assert_allclose(stored.mode, again.mode, atol=2e-3)
    assert stored.rows == again.rows < WHOLE.rows


def when(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_case_of_another_name_about_the_same_crisis_is_recognised_by_host_and_date():
    assert same_crisis("my-january", "KAZ", when("2022-01-02"), when("2022-01-20")) == "kazakhstan-2022"
    assert same_crisis("my-dhofar", "OMN", when("1973-05-02"), when("1973-09-20")) == "oman-1973"
    assert same_crisis("later", "KAZ", when("2027-01-02"), when("2027-01-20")) is None
    fitted, left_out = fitted_for("my-january", "KAZ", when("2022-01-02"), when("2022-01-20"))
    assert left_out == "kazakhstan-2022"
    assert fitted.estimate.rows == read_fits().without["kazakhstan-2022"].estimate.rows
    assert fitted_for("new", "FRA", when("2030-01-02"), when("2030-01-20"))[1] is None


@pytest.mark.parametrize(("name", "sign"), [("strain", -1), ("domestic_hurdle", -1), ("ties", 1)])
def test_a_members_own_reasons_in_a_case_file_move_its_chance_one_way(name, sign):
    low, high = kazakhstan_like(), kazakhstan_like()
    low["members"]["KGZ"][name], high["members"]["KGZ"][name] = q(0.2), q(0.7)
    change = of_case(high)["KGZ"] - of_case(low)["KGZ"]
    assert (sign * change > 0).all()


def test_a_dearer_step_is_less_likely_and_a_cost_left_out_is_the_mean():
    cheap, dear = kazakhstan_like(), kazakhstan_like()
    cheap["members"]["RUS"]["cost"], dear["members"]["RUS"]["cost"] = q(0.1), q(0.9)
    assert (of_case(dear)["RUS"] < of_case(cheap)["RUS"]).all()


def of_case(raw):
    alliance = made(raw)
    return invited_chances(alliance.members, alliance.lead, WHOLE, binds=0.3, door=0.5, luck=LUCK, runs=RUNS)


def test_a_lead_that_is_no_member_is_refused_with_the_mend():
    with pytest.raises(CaseError, match=r"alliance\.lead is USA.*add it to alliance\.members"):
        of_case(kazakhstan_like() | {"lead": "USA"})


def test_an_outlook_lies_between_the_outer_rate_and_the_organisations_own():
    often = made(kazakhstan_like() | {"earlier_crises": 40, "earlier_refusals": 40})
    never = made(kazakhstan_like() | {"earlier_crises": 40, "earlier_refusals": 0})
    half = np.full(len(RUNS), 0.5)
    assert np.median(outlook(often, half, LUCK, RUNS).request) > 0.8
    assert np.median(outlook(never, half, LUCK, RUNS).request) < 0.15
    assert (outlook(often, half, LUCK, RUNS).granted < outlook(never, half, LUCK, RUNS).granted).all()


def test_a_likelier_grant_never_makes_an_activation_look_less_likely():
    alliance = made(kazakhstan_like())
    low = outlook(alliance, np.full(len(RUNS), 0.2), LUCK, RUNS)
    high = outlook(alliance, np.full(len(RUNS), 0.8), LUCK, RUNS)
    assert (high.activation >= low.activation).all()
    np.testing.assert_array_equal(high.request, low.request)
    assert (high.activation <= high.request).all()


def test_lead_states_send_more_and_the_next_size_is_wider_than_those_seen():
    found = sizes(read_frame())
    assert found["lead"].as_dict()["median"] > found["other"].as_dict()["median"]
    seen = [
        row.troops
        for request in read_frame().fitted()
        for code, row in request.scored().items()
        if row.troops and code != request.lead
    ]
    assert found["other"].seen == len(seen)
    inside = [found["other"].as_dict()["p05"] <= troops <= found["other"].as_dict()["p95"] for troops in seen]
    assert np.mean(inside) > 0.8


def test_sizes_rise_with_their_uniform_number():
    assert (np.diff(Sizes(5.0, 5.0, 1.0, 3).at(np.linspace(0.01, 0.99, 50))) > 0).all()
