"""The public record: base rates are those that others counted, the plain model ranks as it is said to."""

from __future__ import annotations

import pytest

from foedus.experiments.decisions import fit_decisions
from foedus.experiments.decisions.fitted import read_data

pytestmark = pytest.mark.shared_data


@pytest.fixture(scope="module")
def data(shared):
    return read_data(shared)


@pytest.fixture(scope="module")
def found(shared):
    return fit_decisions(shared, draws=200, refits=20)


def counted(rows):
    return int(rows["joined"].sum()), len(rows)


def test_sixty_three_allies_came_in_wars_on_twenty_two_sides(data):
    wars = data.sets["wars"]
    assert counted(wars) == (63, 861)
    assert wars["conflict"].nunique() == 62
    assert int(wars.groupby(["conflict", "role"])["joined"].max().sum()) == 22


def test_an_attacked_state_with_a_promise_of_defence_was_helped_less_from_1945(data):
    wars = data.sets["wars"]
    attacked = wars[(wars["role"] == "target") & (wars["defense"] == 1)]
    rates = attacked.groupby(attacked["year"] >= 1945)["joined"].mean()
    assert (round(rates[False], 2), round(rates[True], 2)) == (0.39, 0.05)


def test_consultation_or_neutrality_alone_brought_one_of_forty_three_to_an_attacked_state(data):
    wars = data.sets["wars"]
    weak = wars[(wars["defense"] == 0) & (wars["offense"] == 0)]
    assert counted(weak[weak["role"] == "target"]) == (1, 43)
    assert counted(wars[(wars["role"] == "initiator") & (wars["offense"] == 1)]) == (6, 24)


def test_six_in_a_thousand_allies_used_force_in_disputes(data):
    disputes = data.sets["disputes"]
    assert round(disputes["joined"].mean(), 3) == 0.006
    attacked = disputes[(disputes["role"] == "target") & (disputes["defense"] == 1)]
    assert round(attacked.groupby("conflict")["joined"].max().mean(), 3) == 0.036


def test_conflicts_at_home_have_the_base_rate_that_others_counted(found):
    assert round(found.internal["allies"]["rate"], 3) == 0.028
    assert found.internal["allies"]["came"] == 115
    assert round(found.internal["defence_allies"]["rate"], 3) == 0.031


def test_the_plain_model_ranks_at_least_as_well_as_the_reference(found):
    from foedus.report.terminal.decisions import reference

    for name in ("wars", "disputes"):
        assert found.sets[name]["plain"]["auc"] >= reference()[name]["auc"] - 0.005


def test_the_packaged_coefficients_are_those_of_this_record(found):
    from foedus.alliance.obliged import results

    if results()["scores"]["about"]["data"] != found.about["data"]:
        pytest.skip("the tables here are other versions than those of the packaged coefficients")
    for name in ("wars", "disputes"):
        packaged = results()["models"][name]
        for model in ("plain", "ours"):
            assert packaged[model]["coefficients"] == pytest.approx(
                found.models[name][model]["coefficients"], abs=1e-6
            )


def test_no_packaged_number_was_fitted_with_conflicts_held_out():
    from foedus.alliance.obliged import results

    assert results()["scores"]["about"]["held_out"] == {"wars": [], "disputes": []}
