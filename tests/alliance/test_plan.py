"""The force and lift plan: what it keeps, what gives, and how it compares with January 2022."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from an_alliance import kazakhstan_like, made, q

from foedus.alliance import PLEDGES_STAND, Plan, plan_forces
from foedus.errors import CaseError


def planned(raw: dict[str, Any] | None = None, **options: Any) -> Plan:
    return plan_forces(made(raw or kazakhstan_like()), **options)


def test_the_plan_for_january_2022_is_of_the_order_of_the_record() -> None:
    plan = planned()
    assert plan.troops == 2030
    assert plan.shortfalls == ()
    flights = int(plan.sorties.by_air.sum())
    assert 80 <= flights <= 140  # record: 108 flights
    assert 10 <= plan.sorties.hour[0] <= 24  # record: midday to evening of 6 January, 10 to 20 h after
    assert 36 <= plan.sorties.hour[-1] <= 96  # record: all in by 8 to 10 January


def test_the_plan_is_solved_in_half_a_second() -> None:
    planned()
    begin = time.process_time()
    planned()
    assert time.process_time() - begin < 0.5


def test_every_soldier_planned_is_on_one_sortie_in_order_of_landing() -> None:
    plan = planned()
    alliance = made(kazakhstan_like())
    by_unit = np.bincount(plan.sorties.unit, weights=plan.sorties.troops, minlength=len(alliance.units))
    for i, unit in enumerate(alliance.units):
        assert by_unit[i] == plan.unit_troops[unit.id]
        assert plan.unit_troops[unit.id] <= unit.strength.central()
    assert (np.diff(plan.sorties.hour) >= 0).all()
    for code, i in zip(plan.members, range(len(plan.members)), strict=True):
        assert plan.sorties.troops[plan.sorties.member == i].sum() == plan.pledges[code]


def test_no_aircraft_flies_more_often_than_crews_and_upkeep_allow() -> None:
    raw = kazakhstan_like()
    raw["lift"]["fleets"]["il76"]["aircraft"] = q(10.0)
    plan = planned(raw)
    air = plan.sorties.hour[plan.sorties.by_air]
    for begin in air:
        in_a_day = ((air >= begin) & (air < begin + 24.0)).sum()
        # 10 aircraft at 0.75 a day: 7.5, and once each at the start
        assert in_a_day <= 10


def test_what_the_arrays_promise_to_the_kernel() -> None:
    sorties = planned().sorties
    for name, kind in (("hour", np.float64), ("troops", np.float64), ("cycle", np.float64)):
        array = getattr(sorties, name)
        assert array.dtype == kind
        assert array.flags.c_contiguous
    for name in ("member", "fleet", "unit"):
        assert getattr(sorties, name).dtype == np.int64
    assert planned().fleet_owner.tolist() == [0]


def test_units_bound_to_a_theatre_stay_if_free_ones_do() -> None:
    raw = kazakhstan_like()
    for unit in raw["units"]:
        unit["cost"] = q(1.0)
    raw["units"][0]["cost"] = q(5.0)
    plan = planned(raw)
    assert plan.unit_troops["vdv-ulyanovsk"] == 800
    assert plan.unit_troops["spetsnaz-moscow"] == 600
    assert plan.theatre_drawn["west"] == 80


def test_if_a_floor_and_a_pledge_cannot_both_be_kept_the_plan_says_which_gives_and_by_how_much() -> None:
    raw = kazakhstan_like()
    raw["theatres"]["west"]["floor"] = q(99970.0)
    plan = planned(raw)
    assert [(s.requirement, s.of, s.troops) for s in plan.shortfalls] == [
        ("pledge", "RUS", 50),
        ("request", "CSTO", 20),
    ]
    stands = planned(raw, gives=PLEDGES_STAND)
    assert [(s.requirement, s.of, s.troops) for s in stands.shortfalls] == [("floor", "west", 50)]
    assert stands.if_alone["floor"] == 50
    assert stands.if_alone["deadline"] is None


def test_too_few_aircraft_for_the_deadline_are_reported_as_lift_that_gives() -> None:
    raw = kazakhstan_like()
    raw["lift"]["fleets"]["il76"]["aircraft"] = q(3.0)
    plan = planned(raw)
    assert [s.requirement for s in plan.shortfalls] == ["deadline"]
    assert plan.shortfalls[0].of == "il76"
    late = plan.sorties.troops[plan.sorties.hour > 240].sum()
    assert late == pytest.approx(plan.shortfalls[0].troops, rel=0.15)


def test_without_any_aircraft_only_the_road_brings_troops_and_the_pledges_give() -> None:
    raw = kazakhstan_like()
    raw["lift"]["fleets"]["il76"]["aircraft"] = q(0.0)
    plan = planned(raw)
    assert plan.sorties.troops.sum() == 150
    assert {s.of for s in plan.shortfalls if s.requirement == "pledge"} == {"RUS", "BLR", "TJK", "ARM"}


def test_if_the_owner_of_the_fleet_stays_away_the_others_cannot_fly() -> None:
    plan = planned(joins=["BLR", "KGZ"])
    assert plan.unit_troops == {"blr-103": 0.0, "kgz": 150.0}
    assert ("pledge", "BLR") in {(s.requirement, s.of) for s in plan.shortfalls}


def test_a_member_without_a_pledge_sends_what_the_request_still_lacks() -> None:
    raw = kazakhstan_like()
    raw["members"]["RUS"]["pledge"] = None
    raw["task"]["requested"] = q(3000.0)
    plan = planned(raw)
    assert plan.troops == 3000
    assert plan.pledges["RUS"] == 3000 - 550


def test_given_pledges_stand_in_for_those_of_the_case() -> None:
    plan = planned(pledges={"RUS": 500.0, "BLR": 0.0})
    assert plan.pledges["RUS"] == 500
    assert plan.troops == 500 + 450


@pytest.mark.parametrize("factor", [0.3, 0.7])
def test_a_shorter_distance_never_lands_later(factor: float) -> None:
    raw = kazakhstan_like()
    for unit in raw["units"]:
        unit["distance"] = q(unit["distance"]["value"] * factor)
    near, far = planned(raw).sorties, planned().sorties
    for hours in range(0, 120, 2):
        assert near.arrived_by(hours) >= far.arrived_by(hours)


@pytest.mark.parametrize("aircraft", [2.0, 10.0, 40.0])
def test_fewer_aircraft_never_land_sooner(aircraft: float) -> None:
    raw = kazakhstan_like()
    raw["lift"]["fleets"]["il76"]["aircraft"] = q(aircraft)
    few, many = planned(raw).sorties, planned().sorties
    assert few.hour[-1] >= many.hour[-1]
    mean_few = (few.hour * few.troops).sum() / few.troops.sum()
    assert mean_few >= (many.hour * many.troops).sum() / many.troops.sum()


def test_a_longer_notice_never_lands_sooner() -> None:
    raw = kazakhstan_like()
    for unit in raw["units"]:
        unit["notice"] = q(30.0)
    assert planned(raw).sorties.hour[0] >= planned().sorties.hour[0] + 17


@pytest.mark.parametrize(
    ("key", "value", "mend"), [("lift", "an-124", "no fleet"), ("theatre", "east", "no theatre")]
)
def test_a_unit_that_names_what_is_not_there_is_refused(key: str, value: str, mend: str) -> None:
    raw = kazakhstan_like()
    raw["units"][0][key] = value
    with pytest.raises(CaseError, match=mend):
        planned(raw)


def test_an_alliance_without_units_has_an_empty_plan() -> None:
    raw = kazakhstan_like() | {"units": [], "theatres": {}}
    plan = planned(raw)
    assert plan.troops == 0
    assert len(plan.sorties) == 0
    assert plan.as_dict()["first_landing"] is None
    assert ("pledge", "RUS") in {(s.requirement, s.of) for s in plan.shortfalls}
