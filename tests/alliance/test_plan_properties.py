"""The plan keeps what it says it keeps, and what gives is no more than must."""

from __future__ import annotations

import numpy as np
from an_alliance import kazakhstan_like, made, member, q, unit
from hypothesis import example, given, settings
from hypothesis import strategies as st

from foedus.alliance import GIVES_FIRST, PLEDGES_STAND, lift_bound, plan_forces

few = settings(max_examples=40, deadline=None)
troops = st.integers(0, 3000)


def two_members(
    strengths: list[int], pledges: list[int], asked: int, spare: int, guards: int = 0, sites: int = 0
) -> dict:
    """Two members with ample lift; the first one's unit is bound to a theatre with ``spare`` troops."""
    raw = kazakhstan_like()
    raw["members"] = {"RUS": member(float(pledges[0])), "BLR": member(float(pledges[1]))}
    raw["units"] = [
        unit("bound", "RUS", float(strengths[0]), 1000.0, theatre="west"),
        unit("free", "RUS", float(strengths[1]), 1000.0, cost=q(3.0)),
        unit("other", "BLR", float(strengths[2]), 1000.0),
    ]
    raw["lift"]["fleets"]["il76"]["aircraft"] = q(500.0)
    raw["lift"]["airfields"]["almaty"]["landings_per_hour"] = q(500.0)
    raw["theatres"]["west"] |= {"strength": q(float(50_000 + spare)), "floor": q(50_000.0)}
    raw["task"] |= {
        "requested": q(float(asked)),
        "guards_per_site": q(float(guards)),
        "sites": [f"site{i}" for i in range(sites)],
        "reserve": q(0.0),
    }
    return raw


@few
@given(st.lists(troops, min_size=3, max_size=3), st.lists(troops, min_size=2, max_size=2), troops, troops)
def test_shortfalls_are_the_least_there_can_be_and_the_floor_is_kept(
    strengths: list[int], pledges: list[int], asked: int, spare: int
) -> None:
    """With ample lift the least shortfall of each kind can be worked out by hand, the last to give first."""
    plan = plan_forces(made(two_members(strengths, pledges, asked, spare)), gives=GIVES_FIRST)
    sends = min(pledges[0], strengths[1] + min(strengths[0], spare)), min(pledges[1], strengths[2])
    expected = {
        ("pledge", "RUS"): pledges[0] - sends[0],
        ("pledge", "BLR"): pledges[1] - sends[1],
        ("request", "CSTO"): max(0, asked - sum(sends)),
    }
    found = {(s.requirement, s.of): s.troops for s in plan.shortfalls}
    assert found == {key: n for key, n in expected.items() if n > 0}
    assert plan.theatre_drawn["west"] <= spare


@few
@example([1, 1, 0], [16, 2], 0)
@given(st.lists(troops, min_size=3, max_size=3), st.lists(troops, min_size=2, max_size=2), troops)
def test_where_pledges_stand_the_floor_gives_by_what_no_free_unit_can_send(
    strengths: list[int], pledges: list[int], spare: int
) -> None:
    plan = plan_forces(made(two_members(strengths, pledges, 0, spare)), gives=PLEDGES_STAND)
    drawn = max(0, min(pledges[0], strengths[0] + strengths[1]) - strengths[1])
    found = {(s.requirement, s.of): s.troops for s in plan.shortfalls}
    assert found.get(("floor", "west"), 0) == max(0, drawn - spare)


@few
@given(st.lists(troops, min_size=3, max_size=3), st.lists(troops, min_size=2, max_size=2), troops, troops)
def test_nobody_is_sent_who_is_not_there_and_every_one_sent_is_on_a_load(
    strengths: list[int], pledges: list[int], asked: int, spare: int
) -> None:
    alliance = made(two_members(strengths, pledges, asked, spare))
    plan = plan_forces(alliance)
    aboard = np.bincount(plan.sorties.unit, weights=plan.sorties.troops, minlength=3)
    for i, listed in enumerate(alliance.units):
        assert plan.unit_troops[listed.id] == aboard[i] <= listed.strength.central()


@few
@given(st.integers(0, 400), st.integers(1, 5), troops)
def test_the_task_asks_for_guards_on_every_site_and_the_last_site_goes_without_first(
    guards: int, sites: int, strength: int
) -> None:
    """A member without a pledge sends what the sites take, though the request asks for nobody."""
    raw = two_members([0, strength, 0], [0, 0], 0, 0, guards, sites)
    raw["members"]["RUS"] = member()
    plan = plan_forces(made(raw))
    need = guards * sites
    assert plan.troops == min(need, strength)
    lacking = [s for s in plan.shortfalls if s.requirement == "guards"]
    assert sum(s.troops for s in lacking) == need - plan.troops
    assert [s.of for s in lacking] == [f"site{i}" for i in range(sites)][sites - len(lacking) :]
    assert all(s.troops == guards for s in lacking[1:])


def test_a_reserve_is_kept_on_top_of_the_guards() -> None:
    raw = two_members([0, 3000, 0], [0, 0], 0, 0, 100, 3)
    raw["members"]["RUS"] = member()
    raw["task"]["reserve"] = q(0.25)
    assert plan_forces(made(raw)).troops == 400


def test_a_slow_field_holds_up_the_plan_as_few_aircraft_do() -> None:
    raw = kazakhstan_like()
    raw["lift"]["airfields"]["almaty"]["landings_per_hour"] = q(0.1)
    plan = plan_forces(made(raw))
    assert {s.requirement for s in plan.shortfalls} == {"deadline"}


def test_without_a_field_of_arrival_nobody_flies() -> None:
    raw = kazakhstan_like()
    raw["lift"]["airfields"] = {}
    assert plan_forces(made(raw)).sorties.by_air.sum() == 0


def test_what_lift_could_land_grows_with_time_aircraft_and_fields_and_is_no_matter_of_strength() -> None:
    raw = kazakhstan_like()
    base = lift_bound(made(raw), "RUS")
    assert lift_bound(made(raw), "RUS", deadline=120.0) < base
    for key, value in (("aircraft", 20.0), ("sorties_per_day", 0.2)):
        less = kazakhstan_like()
        less["lift"]["fleets"]["il76"][key] = q(value)
        assert lift_bound(made(less), "RUS") < base
    smaller = kazakhstan_like()
    for listed in smaller["units"]:
        if listed["member"] == "RUS":
            listed["strength"] = q(10.0)
    assert lift_bound(made(smaller), "RUS") == base
    assert lift_bound(made(raw | {"units": []}), "RUS") == 0


def test_the_floor_gives_by_as_much_as_the_plan_says_and_no_more() -> None:
    raw = kazakhstan_like()
    raw["theatres"]["west"]["floor"] = q(99_970.0)
    plan = plan_forces(made(raw), gives=PLEDGES_STAND)
    short = next(s for s in plan.shortfalls if s.requirement == "floor")
    left = 100_000 - plan.theatre_drawn["west"]
    assert left == 99_970 - short.troops
