"""Chances against a state's attack, drawn from the fitted record."""

from __future__ import annotations

import json

import numpy as np
import pytest
from an_alliance import member, q

from foedus.alliance import chance_obliged, outlook
from foedus.alliance.obliged import drawn_covariance, fitted, left_out, results
from foedus.cases.schema import Member
from foedus.chance import Luck
from foedus.errors import CaseError

RUNS = 400
KNOWN = {
    "capability": q(0.05),
    "borders_attacker": False,
    "bound_to_attacker": False,
    "disputes_with_attacker": 0,
    "disputes_beside_host": 0,
}


def made(raw):
    return Member.model_validate_json(json.dumps(raw))


def a_member(**record):
    return made({**member(), "record": {**KNOWN, **record}})


def chance(one, *, met=1.0, year=2022, record="disputes", seed=1, others=2):
    members = {"AAA": one} | {f"B{chr(65 + k)}B": a_member() for k in range(others)}
    found = chance_obliged(
        members, "AAA", met=np.full(RUNS, met), year=year, luck=Luck(seed), runs=range(RUNS), record=record
    )
    return found["AAA"]


def test_chances_are_probabilities_and_differ_by_run():
    p = chance(a_member())
    assert p.shape == (RUNS,)
    assert (p > 0).all()
    assert (p < 1).all()
    assert p.std() > 0


def test_the_same_seed_gives_the_same_draws_and_another_does_not():
    assert np.array_equal(chance(a_member()), chance(a_member()))
    assert not np.array_equal(chance(a_member()), chance(a_member(), seed=2))


@pytest.mark.parametrize("record", ["disputes", "wars"])
@pytest.mark.parametrize("raised", [{"borders_attacker": True}, {"disputes_beside_host": 5}])
def test_a_neighbour_of_the_attacker_and_an_old_companion_come_more(record, raised):
    assert np.median(chance(a_member(**raised), record=record)) > np.median(chance(a_member(), record=record))


def test_allies_came_more_before_1945():
    assert np.median(chance(a_member(), year=1914)) > np.median(chance(a_member(), year=2022))


def test_in_wars_a_promise_that_fits_raises_the_chance():
    met, not_met = (np.median(chance(a_member(), record="wars", met=value)) for value in (1.0, 0.0))
    assert met > not_met
    halfway = chance(a_member(), record="wars", met=0.5)
    ends = [chance(a_member(), record="wars", met=value) for value in (1.0, 0.0)]
    assert halfway == pytest.approx((ends[0] + ends[1]) / 2)


def test_what_is_left_out_is_named_and_widens_the_answer():
    nothing = made(member())
    assert left_out(a_member()) == []
    assert set(left_out(nothing)) == set(KNOWN)
    spread_known, spread_unknown = (
        np.subtract(*np.quantile(np.log(chance(one)), (0.95, 0.05))) for one in (a_member(), nothing)
    )
    assert spread_unknown > spread_known


def test_a_member_that_is_unlike_another_shares_the_coefficients_of_a_run():
    """Runs in which the record is read as generous are so for every member."""
    members = {"AAA": a_member(), "BBB": a_member(borders_attacker=True)}
    found = chance_obliged(members, "AAA", met=np.ones(RUNS), year=2022, luck=Luck(1), runs=range(RUNS))
    assert np.corrcoef(np.log(found["AAA"]), np.log(found["BBB"]))[0, 1] > 0.3


def test_draws_have_the_mean_and_the_spread_of_the_fit():
    from foedus.alliance.obliged import _drawn

    model = fitted("wars")
    drawn = _drawn(model, Luck(1), range(20_000), "wars")
    assert drawn.mean(axis=0) == pytest.approx(model.coefficients, abs=0.02)
    assert np.cov(drawn, rowvar=False) == pytest.approx(model.root @ model.root.T, abs=0.01)


def test_draws_are_at_least_as_wide_as_laplace_and_as_whole_conflicts():
    for record in ("wars", "disputes"):
        model = results()["models"][record]["plain"]
        drawn = np.diag(drawn_covariance(model))
        assert (drawn >= np.diag(np.array(model["covariance"])) - 1e-12).all()
        assert (drawn >= np.diag(np.array(model["covariance_clustered"])) - 1e-12).all()


def test_a_lead_that_is_no_member_is_refused():
    with pytest.raises(CaseError, match="no member"):
        chance_obliged({"AAA": a_member()}, "ZZZ", met=np.ones(4), year=2022, luck=Luck(1), runs=range(4))


def test_both_records_are_told_beside_one_another():
    told = outlook(
        {"AAA": a_member()}, "AAA", met=np.ones(RUNS), year=2022, luck=Luck(1), runs=range(RUNS)
    )  # fmt: skip
    body = told["members"]["AAA"]
    assert told["used"] == "disputes"
    assert body["disputes"]["median"] < body["wars"]["median"]


def test_help_against_a_states_attack_is_decided_by_the_record(small_case):
    from foedus.engine.law import read_law
    from foedus.experiments.ensemble import members_chances

    luck = Luck(1)
    law = read_law(small_case, None, luck, 50)
    meta = small_case.meta.model_copy(update={"target": "state_attack"})
    attacked = members_chances(small_case.model_copy(update={"meta": meta}), law, luck, 50)
    unrest = members_chances(small_case, law, luck, 50)
    for code in small_case.alliance.members:
        assert not np.array_equal(attacked[code], unrest[code])


def test_every_coefficient_that_is_drawn_is_declared_with_its_spread_and_source():
    from foedus.alliance import declared_obliged

    declared, model = declared_obliged(), fitted("disputes")
    for place, name in enumerate(("intercept", *model.covariates)):
        one = declared.parameters[name]
        assert one.basis == "estimated"
        assert one.value.normal.mean == pytest.approx(model.coefficients[place])
        assert one.value.normal.sd**2 == pytest.approx((model.root @ model.root.T)[place, place])
    assert declared.parameters["attack_is_a_war"].basis == "assumption"


def test_a_capability_given_as_a_range_is_drawn_from_it():
    exact, loose = a_member(), a_member(capability=q({"uniform": [0.001, 0.2]}))
    spread_exact, spread_loose = (
        np.subtract(*np.quantile(np.log(chance(one, record="wars")), (0.95, 0.05))) for one in (exact, loose)
    )
    assert spread_loose != spread_exact
    assert np.isfinite(chance(a_member(capability=q(0.0)))).all()
