"""Landings of all runs at once: the rule of the kernel, and what must follow of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from an_alliance import kazakhstan_like, made, q
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.alliance import Landings, disturb, landings, plan_forces
from foedus.alliance.arrival import Airlift, land
from foedus.chance import Luck

HOURS = 200


def lift_of(
    raw: dict[str, Any] | None = None, runs: int = 20, seed: int = 3, fields: tuple[float, ...] = (1.3, 0.7)
) -> Airlift:
    alliance = made(raw or kazakhstan_like())
    plan = plan_forces(alliance)
    upset = disturb(plan, alliance, Luck(seed), range(runs))
    return Airlift(
        hour=plan.sorties.hour,
        troops=np.rint(plan.sorties.troops).astype(np.int64),
        member=plan.sorties.member,
        by_air=plan.sorties.by_air,
        delay=upset.delay,
        strength=upset.strength,
        joins=np.ones_like(upset.delay, dtype=bool),
        refly=upset.refly,
        landings=np.tile(np.array(fields), (runs, 1)),
        road=np.ones((runs, len(fields))),
        site=np.arange(len(fields)),
        lead=0,
    )


def by_the_kernel(lift: Airlift, closed: np.ndarray) -> np.ndarray:
    """Troops landed by the end of each hour (run, hour), by the compiled kernel."""
    runs, members = lift.delay.shape
    out = np.zeros((runs, HOURS))
    for i in range(runs):
        landed, room = np.zeros(lift.hour.size, bool), np.zeros(lift.site.size)
        on_road, by_member = np.zeros(HOURS + 100), np.zeros(members, np.int64)
        for t in range(HOURS):
            out[i, t] = land(i, float(t), landed, room, closed[t], lift, on_road, by_member)
    return out.cumsum(axis=1)


def down(found: Landings) -> np.ndarray:
    return found.by_hour(np.arange(1.0, HOURS + 1.0))


@pytest.mark.parametrize("lost", [(), (0,), (0, 1)])
def test_landings_are_those_of_the_kernel(lost: tuple[int, ...]) -> None:
    closed = np.zeros((HOURS, 2), bool)
    closed[20:60, list(lost)] = True
    lift = lift_of()
    np.testing.assert_array_equal(down(landings(lift, HOURS, closed)), by_the_kernel(lift, closed))


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 1000),
    aircraft=st.integers(1, 80),
    fields=st.lists(st.floats(0.2, 5.0), min_size=1, max_size=3),
)
def test_no_more_land_than_were_sent_and_no_soldier_is_lost_on_the_way(
    seed: int, aircraft: int, fields: list[float]
) -> None:
    raw = kazakhstan_like()
    raw["lift"]["fleets"]["il76"]["aircraft"] = q(float(aircraft))
    lift = lift_of(raw, seed=seed, fields=tuple(fields))
    found = landings(lift, HOURS)
    curve = down(found)
    assert (np.diff(curve, axis=1) >= 0).all()
    assert (curve[:, -1] <= found.troops.sum(axis=1)).all()
    landed = ~np.isnan(found.hour) & (found.hour <= HOURS)
    np.testing.assert_array_equal(curve[:, -1], (found.troops * landed).sum(axis=1))


@settings(max_examples=15, deadline=None)
@given(rate=st.floats(0.2, 3.0), more=st.floats(1.0, 4.0), seed=st.integers(0, 100))
def test_a_field_that_takes_more_never_lands_anybody_later(rate: float, more: float, seed: int) -> None:
    slow, fast = (landings(lift_of(seed=seed, fields=(r,)), HOURS) for r in (rate, rate * more))
    assert (down(slow) <= down(fast)).all()


def test_a_lost_field_sends_what_lands_to_the_next_and_makes_it_later() -> None:
    lift = lift_of()
    closed = np.zeros((HOURS, 2), bool)
    closed[:, 0] = True
    whole, part = landings(lift, HOURS), landings(lift, HOURS, closed)
    assert set(np.unique(whole.field)) == {-1, 0, 1}
    assert set(np.unique(part.field)) == {-1, 1}
    assert (down(part) <= down(whole)).all()
    assert (down(part) < down(whole)).any()


def test_more_aircraft_never_land_the_force_later() -> None:
    closures = []
    for aircraft in (4.0, 12.0, 70.0):
        raw = kazakhstan_like()
        raw["lift"]["fleets"]["il76"] |= {"aircraft": q(aircraft), "loss": q(0.0)}
        closures.append(landings(lift_of(raw, fields=(9.0,)), 2000).closure().median)
    assert closures[0] > closures[1] >= closures[2]


def test_a_member_that_stays_away_lands_nobody_and_is_no_open_closure() -> None:
    lift = lift_of()
    lift.joins[:, 1] = False
    found = landings(lift, HOURS)
    assert found.by_hour(np.array([float(HOURS)]), 1).sum() == 0
    assert found.first(1).censored == 1.0
    assert found.closure().censored == 0.0
