"""What one aircraft carries over a distance, how long it is away, and how many a field can take."""

from __future__ import annotations

import json
from typing import Any

import pytest
from an_alliance import kazakhstan_like, made, q, unit
from hypothesis import given
from hypothesis import strategies as st

from foedus.alliance import plan_forces
from foedus.alliance.aircraft import landings_an_hour, load_of, share_of_payload, way_of
from foedus.cases.schema import Airfield, Fleet, Unit

NUMBERS = {"fill": 0.7, "person_weight": 0.15, "vehicle_weight": 10.0, "loading_share": 0.5}
km = st.floats(0.0, 20_000.0)


def fleet(**changes: Any) -> Fleet:
    values: dict[str, Any] = {
        "aircraft": q(10.0),
        "troops": q(140.0),
        "payload": q(45.0),
        "range_full": q(4000.0),
        "range_ferry": q(8000.0),
        "speed": q(800.0),
        "turnaround": q(6.0),
        "sorties_per_day": q(1.0),
        "loss": q(0.0),
    }
    return Fleet.model_validate_json(json.dumps({"owner": "RUS", **values, **changes}))


def a_unit(**changes: Any) -> Unit:
    return Unit.model_validate_json(json.dumps(unit("battalion", "RUS", 450.0, 3000.0, **changes)))


@pytest.mark.parametrize(
    ("distance", "share"), [(0, 1.0), (4000, 1.0), (6000, 0.5), (8000, 0.0), (9000, 0.0)]
)
def test_payload_is_whole_to_one_range_and_nothing_at_the_other(distance: float, share: float) -> None:
    assert share_of_payload(distance, 4000.0, 8000.0) == share


@given(km, km)
def test_a_longer_way_never_leaves_more_payload(a: float, b: float) -> None:
    near, far = sorted((a, b))
    assert way_of(fleet(), near).share >= way_of(fleet(), far).share


@given(km, km)
def test_with_a_stop_a_longer_way_never_takes_less_time_and_the_load_stays_whole(a: float, b: float) -> None:
    near, far = (way_of(fleet(stop=q(3.0)), d) for d in sorted((a, b)))
    assert near.share == far.share == 1.0
    assert near.out <= far.out
    assert near.back <= far.back <= far.out


def test_the_way_to_lod_from_the_american_coast_takes_one_stop_laden_and_none_empty() -> None:
    way = way_of(fleet(range_full=q(5500.0), range_ferry=q(12_000.0), stop=q(3.0)), 10_300.0)
    assert way.out == pytest.approx(10_300 / 800 + 3)
    assert way.back == pytest.approx(10_300 / 800)


def test_a_fleet_without_payload_carries_what_it_says_whatever_the_way() -> None:
    old = fleet(payload=None, range_full=None, range_ferry=None, troops=q(24.0))
    way = way_of(old, 15_000.0)
    load = load_of(a_unit(vehicles=q(50.0)), old, way.share, NUMBERS)
    assert (load.persons, load.tonnes) == (24.0, None)


def test_men_alone_are_bound_by_seats_and_with_their_vehicles_by_weight() -> None:
    alone = load_of(a_unit(), fleet(), 1.0, NUMBERS)
    assert alone.persons == 140.0
    laden = load_of(a_unit(vehicles=q(50.0), vehicle_weight=q(8.2)), fleet(), 1.0, NUMBERS)
    assert laden.tonnes == pytest.approx(0.7 * 45)
    assert laden.persons == pytest.approx(0.7 * 45 / (0.15 + 8.2 / 9))
    assert laden.vehicles == pytest.approx(laden.persons / 9)


def test_a_unit_whose_vehicles_have_no_weight_takes_the_declared_one() -> None:
    given_, taken = (
        load_of(a_unit(vehicles=q(50.0), **more), fleet(), 1.0, NUMBERS)
        for more in ({"vehicle_weight": q(10.0)}, {})
    )
    assert given_ == taken


@pytest.mark.parametrize(("on_ground", "landings"), [(None, 4.0), (30.0, 4.0), (6.0, 2.0), (0.0, 0.0)])
def test_standing_room_binds_where_it_is_less_than_the_landing_interval(
    on_ground: float | None, landings: float
) -> None:
    field = Airfield.model_validate_json(
        json.dumps(
            {
                "landings_per_hour": q(4.0),
                "road_hours": q(1.0),
                "on_ground": None if on_ground is None else q(on_ground),
            }
        )
    )
    assert landings_an_hour(field, 3.0) == landings


def test_vehicles_make_more_sorties_and_a_stop_later_landings() -> None:
    plain, laden, stopping = kazakhstan_like(), kazakhstan_like(), kazakhstan_like()
    for raw in (plain, laden, stopping):
        raw["lift"]["fleets"]["il76"] |= {"troops": q(140.0), "payload": q(45.0)}
    for raw in (laden, stopping):
        for u in raw["units"]:
            u["vehicles"] = q(u["strength"]["value"] / 9)
    stopping["lift"]["fleets"]["il76"] |= {"range_full": q(1500.0), "range_ferry": q(9000.0), "stop": q(3.0)}
    few, many, late = (plan_forces(made(raw)).sorties for raw in (plain, laden, stopping))
    assert few.by_air.sum() < many.by_air.sum() == late.by_air.sum()
    assert late.hour[0] == pytest.approx(many.hour[0] + 3.0)


def test_beyond_the_ferry_range_and_without_a_stop_nobody_comes() -> None:
    raw = kazakhstan_like()
    raw["lift"]["fleets"]["il76"] |= {"payload": q(45.0), "range_full": q(500.0), "range_ferry": q(800.0)}
    plan = plan_forces(made(raw))
    assert plan.sorties.troops.sum() == 150  # by road
    assert plan.unit_troops["tjk"] == 0
