"""What upsets the plan in each run, and what the plan leaves elsewhere."""

from __future__ import annotations

import numpy as np
import pytest
from an_alliance import kazakhstan_like, made, q

from foedus.alliance import carried, disturb, largest_request, plan_forces, theatre_loads
from foedus.chance import Luck

RUNS = range(2000)
LUCK = Luck(7)


def test_disturbances_have_the_shapes_and_types_that_the_kernel_reads() -> None:
    alliance = made(kazakhstan_like())
    plan = plan_forces(alliance)
    found = disturb(plan, alliance, LUCK, RUNS)
    assert found.delay.shape == found.strength.shape == (2000, 5)
    assert found.refly.shape == found.flies.shape == (2000, len(plan.sorties))
    assert found.loss.shape == (2000, 1)
    for array in (found.delay, found.strength, found.refly, found.loss):
        assert array.dtype == np.float64
        assert array.flags.c_contiguous


def test_sorties_fail_as_often_as_the_fleet_says_and_fly_a_cycle_later() -> None:
    raw = kazakhstan_like()
    raw["lift"]["fleets"]["il76"]["loss"] = q(0.2)
    alliance = made(raw)
    plan = plan_forces(alliance)
    found = disturb(plan, alliance, LUCK, RUNS)
    air = plan.sorties.by_air
    assert (~found.flies[:, air]).mean() == pytest.approx(0.2, abs=0.01)
    assert found.flies[:, ~air].all()
    cycles = found.refly[:, air] / plan.sorties.cycle[air]
    np.testing.assert_allclose(cycles, np.round(cycles), atol=1e-9)
    assert (cycles == 2).mean() == pytest.approx(0.2**2 * 0.8, abs=0.005)


def test_a_fleet_that_loses_every_sortie_never_arrives_and_one_that_loses_none_is_never_late() -> None:
    for loss, late in ((1.0, np.inf), (0.0, 0.0)):
        raw = kazakhstan_like()
        raw["lift"]["fleets"]["il76"]["loss"] = q(loss)
        alliance = made(raw)
        plan = plan_forces(made(kazakhstan_like()))
        assert (disturb(plan, alliance, LUCK, RUNS).refly[:, plan.sorties.by_air] == late).all()


def test_nobody_moves_before_the_activation_and_plans_slip() -> None:
    raw = kazakhstan_like()
    raw["members"]["RUS"]["approval_delay"] = q({"uniform": [0.0, 30.0]})
    alliance = made(raw)
    plan = plan_forces(alliance)
    delay = disturb(plan, alliance, LUCK, RUNS).delay
    first = plan.sorties.hour[plan.sorties.member == 0].min()
    assert (first + delay[:, 0] > 3.0).all()  # what it takes to load and fly from the nearest field
    assert (delay[:, 1] > 0).all()
    assert np.median(delay[:, 1]) == pytest.approx(3.0, rel=0.1)


def test_a_pledge_drawn_larger_makes_every_load_larger_by_the_same_factor() -> None:
    raw = kazakhstan_like()
    raw["members"]["RUS"]["pledge"] = q({"uniform": [1400, 3000]})
    alliance = made(raw)
    strength = disturb(plan_forces(alliance), alliance, LUCK, RUNS).strength
    assert strength[:, 0].min() == pytest.approx(1400 / 2200, rel=0.01)
    assert strength[:, 0].max() == pytest.approx(3000 / 2200, rel=0.01)
    assert (strength[:, 1:] == 1.0).all()


def test_if_the_lead_stays_away_only_those_with_a_road_come() -> None:
    plan = plan_forces(made(kazakhstan_like()))
    joins = np.ones((2, 5), dtype=bool)
    joins[1, 0] = False
    assert carried(plan, joins).tolist() == [[True] * 5, [False, False, False, True, False]]


def test_a_theatre_holds_if_what_is_left_is_at_least_its_floor() -> None:
    alliance = made(kazakhstan_like())
    plan = plan_forces(alliance, pledges={"RUS": 4000.0})
    load = theatre_loads(alliance, plan, LUCK, RUNS)["west"]
    drawn = plan.theatre_drawn["west"]
    np.testing.assert_array_equal(load.left, 100000 - drawn)
    np.testing.assert_array_equal(load.holds, load.floor <= 100000 - drawn)
    assert load.holds.mean() == pytest.approx((100000 - drawn - 70000) / 40000, abs=0.03)
    assert load.gives.mean() == pytest.approx(drawn / 40000, abs=0.03)


def test_a_higher_floor_never_lets_the_request_grow_larger() -> None:
    curve = largest_request(made(kazakhstan_like()), "west", LUCK, RUNS)
    assert (np.diff(curve.request, axis=1) <= 0).all()
    # free units of the lead: 800 + 600; the others: 550
    assert (curve.request[:, -1] == 1950).all()
    assert (curve.request[:, 0] == 1950 + 100000).all()
    assert len(curve.as_dict()["curve"]) == curve.floors.size


@pytest.mark.parametrize(("more", "gives"), [(0.0, []), (1.0, ["floor"])])
def test_the_curve_and_the_plan_agree_on_where_the_theatre_gives(more: float, gives: list[str]) -> None:
    raw = kazakhstan_like()
    raw["theatres"]["west"]["floor"] = q(99000.0)
    alliance = made(raw)
    largest = float(largest_request(alliance, "west", LUCK, RUNS).at_the_floor_drawn[0])
    assert largest == 2950
    plan = plan_forces(
        alliance, pledges={"RUS": largest - 550 + more}, gives=("request", "deadline", "floor", "pledge")
    )
    assert [s.requirement for s in plan.shortfalls] == gives
