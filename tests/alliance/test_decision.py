"""Directions of the members' decisions, and that no base rate is taken for more than it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from an_alliance import kazakhstan_like, made, q

from foedus.alliance import Chances, chance_of_activation, chance_to_join, decide, declared_decision
from foedus.chance import Luck
from foedus.errors import CaseError

RUNS = range(4000)
LUCK = Luck(7)
ALL = np.ones(len(RUNS))


def chances(raw: dict[str, Any] | None = None, obligation: float = 0.4, door: float = 0.7) -> Chances:
    alliance = made(raw or kazakhstan_like())
    return chance_to_join(
        alliance.members, alliance.lead, obligation=obligation * ALL, door=door * ALL, luck=LUCK, runs=RUNS
    )


@pytest.mark.parametrize("code", ["RUS", "KGZ"])
@pytest.mark.parametrize(
    ("name", "sign"), [("strain", -1), ("domestic_hurdle", -1), ("ties", 1), ("contagion_fear", 1)]
)
def test_each_reason_moves_the_chance_one_way_in_every_run(code: str, name: str, sign: int) -> None:
    low, high = kazakhstan_like(), kazakhstan_like()
    low["members"][code][name] = q(0.2)
    high["members"][code][name] = q(0.6)
    change = chances(high)[code] - chances(low)[code]
    assert (sign * change >= 0).all()
    assert (sign * change).max() > 0.01


@pytest.mark.parametrize("code", ["RUS", "BLR", "TJK", "KGZ", "ARM"])
def test_what_binds_and_what_opens_the_door_never_lower_the_chance(code: str) -> None:
    assert (chances(obligation=0.9)[code] > chances(obligation=0.1)[code]).all()
    assert (chances(door=1.0)[code] > chances(door=0.0)[code]).all()


def test_the_lead_joining_never_lowers_the_chance_of_the_others() -> None:
    found = chances()
    for code in ("BLR", "TJK", "KGZ", "ARM"):
        assert (found.if_lead_comes[code] > found.if_lead_stays[code]).all()
        assert (found[code] <= found.if_lead_comes[code]).all()
        assert (found[code] >= found.if_lead_stays[code]).all()


def test_decisions_come_as_often_as_their_chances_and_the_others_follow_the_lead() -> None:
    found = chances()
    joins = decide(found, "RUS", LUCK, RUNS)
    for code in found:
        assert joins[code].mean() == pytest.approx(found[code].mean(), abs=0.03)
    lead = joins["RUS"]
    assert joins["BLR"][lead].mean() > joins["BLR"][~lead].mean() + 0.1


def test_an_ordinary_ally_comes_as_often_as_the_record_says_once_those_asked_are_counted() -> None:
    raw = kazakhstan_like()
    ordinary = {
        name.removeprefix("ordinary_"): p.central()
        for name, p in declared_decision().parameters.items()
        if name.startswith("ordinary_")
    }
    raw["members"] = {"RUS": raw["members"]["RUS"], "BLR": raw["members"]["BLR"]}
    for name in ("ties", "contagion_fear", "strain", "domestic_hurdle"):
        raw["members"]["RUS"][name] = q(ordinary[name])
    alliance = made(raw)
    found = chance_to_join(
        alliance.members,
        "RUS",
        obligation=ordinary["obligation"] * ALL,
        door=ordinary["door"] * ALL,
        luck=LUCK,
        runs=RUNS,
        coefficients=_constants({"lead_state": 0.0}),
    )
    declared = declared_decision().parameters
    base = declared["base_rate"].at(LUCK.uniform("decision", "base_rate", RUNS))
    asked = declared["asked_share"].at(LUCK.uniform("decision", "asked_share", RUNS))
    np.testing.assert_allclose(found["RUS"], np.minimum(base / asked, 0.9), rtol=1e-9)
    assert abs(np.median(base) - 0.031) < 0.001


def _constants(values: dict[str, float]) -> dict[str, Any]:
    from foedus.cases.schema import Quantity

    return {n: Quantity(value=v, source=["test"], basis="assumption") for n, v in values.items()}


def test_the_draws_of_a_run_do_not_depend_on_which_other_runs_are_asked_for() -> None:
    alliance = made(kazakhstan_like())
    few = np.array([3, 1000])
    again = chance_to_join(
        alliance.members, "RUS", obligation=0.4 * ALL[:2], door=0.7 * ALL[:2], luck=LUCK, runs=few
    )
    np.testing.assert_array_equal(again["KGZ"], chances()["KGZ"][few])


def test_a_lead_that_is_no_member_is_refused_with_the_mend() -> None:
    raw = kazakhstan_like() | {"lead": "USA"}
    with pytest.raises(CaseError, match=r"alliance\.lead is USA.*add it to alliance\.members"):
        chances(raw)


def test_an_organisation_that_always_refused_looks_unlikely_to_act_but_not_impossible() -> None:
    refused = chance_of_activation(made(kazakhstan_like()), LUCK, RUNS)
    granted = chance_of_activation(
        made(kazakhstan_like() | {"earlier_activations": 2, "earlier_refusals": 0}), LUCK, RUNS
    )
    assert 0.0 < np.median(refused.granted) < 0.2
    assert (granted.granted > refused.granted).all()
    assert (refused.activation < refused.request).all()
    # Jeffreys posterior means: (0 + .5) / (2 + 1) and (2 + .5) / (6 + 1)
    assert refused.granted.mean() == pytest.approx(0.5 / 3, abs=0.01)
    assert refused.request.mean() == pytest.approx(2.5 / 7, abs=0.01)
    assert set(refused.as_dict()) == {"request", "granted", "activation"}


def test_a_short_record_says_less_than_a_long_one_of_the_same_rate() -> None:
    short = chance_of_activation(
        made(kazakhstan_like() | {"earlier_crises": 4, "earlier_refusals": 2}), LUCK, RUNS
    )
    long = chance_of_activation(
        made(kazakhstan_like() | {"earlier_crises": 40, "earlier_refusals": 20}), LUCK, RUNS
    )
    assert short.request.std() > 2 * long.request.std()


def test_more_requests_than_crises_are_refused_with_the_mend() -> None:
    with pytest.raises(CaseError, match=r"earlier_crises is 1.*count every crisis"):
        chance_of_activation(made(kazakhstan_like() | {"earlier_crises": 1}), LUCK, RUNS)
