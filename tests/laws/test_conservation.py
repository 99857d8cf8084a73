"""People are moved, never lost."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.cases.parameters import declared
from foedus.streets.crowd.hour import (
    come_in_contact,
    draw_luck,
    go_out_and_rest,
    look_around,
    meet_forces,
    room_for_eve,
)
from foedus.streets.crowd.kernel import pace_of
from foedus.streets.toll import room_for_toll
from worlds import course_of

KEY = np.array([1, 0], dtype=np.uint64)
SETTINGS = SimpleNamespace(**{name: q.central() for name, q in declared().items()})


def record(**changes):
    names = declared()
    row = np.zeros(1, dtype=[(name, np.float64) for name in names])
    for name, quantity in names.items():
        row[name] = changes.get(name, quantity.central())
    return row[0]


@settings(max_examples=200, deadline=None)
@given(
    people=st.integers(0, 2_000_000),
    shares=st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)),
    free=st.floats(0, 20_000),
    foreign=st.tuples(st.floats(0, 5_000), st.booleans()),
    legitimacy=st.floats(0.0, 1.0),
    severity=st.floats(1.0, 6.0),
    news=st.floats(0, 1),
    orders=st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)),
    night=st.booleans(),
    tick=st.integers(0, 1000),
)
def test_no_hour_loses_or_invents_anybody(
    people, shares, free, foreign, legitimacy, severity, news, orders, night, tick
):
    active = int(people * shares[0])
    resting = int((people - active) * shares[1])
    jailed = int((people - active - resting) * shares[2])
    rule = record(reach=0.5, kill_rate=0.3, arrest_rate=2.0)
    pace, eve, toll = pace_of(rule), room_for_eve(1), room_for_toll(1)
    counts = [np.array([count]) for count in (people, active, resting, jailed, 0)]
    normal, local, forces = (np.array([size]) for size in (1000.0, free, free + foreign[0]))
    acting, siege = np.array([foreign[0] * foreign[1]]), np.array([0.2])
    mood = (np.array([level]) for level in (legitimacy, severity, news))
    blackout, lethal, emergency = (np.array([order]) for order in orders)
    draw_luck(eve.luck, KEY, 0, tick, np.array([7], np.uint64))
    look_around(
        eve.met, eve.willing, eve.joins, counts[0], normal, counts[1], forces, *mood, blackout, night, rule
    )
    come_in_contact(eve, normal, local, forces, acting, siege, rule)
    go_out_and_rest(toll, eve, *counts, emergency, pace, rule)
    meet_forces(toll, eve, counts[1], local, forces, acting, lethal, night, pace, rule)
    joined, left, arrested, killed, hurt, f_killed, f_hurt, rested, fetched = (int(n[0]) for n in toll[:9])
    assert min(joined, left, arrested, killed, hurt, f_killed, f_hurt, rested, fetched) >= 0
    assert joined <= people - active - resting - jailed
    assert left + arrested + killed <= active
    assert rested + fetched <= resting
    assert f_killed <= free


def test_tolls_never_shrink(small_case):
    course = course_of(small_case)
    for toll in (course.killed_civilian, course.killed_forces, course.hurt, course.arrested):
        assert (np.diff(toll, axis=1) >= 0).all()
    assert course.killed_civilian[:, -1].sum() > 0


def test_the_dead_of_the_cities_are_the_dead_of_the_country(small_case):
    course = course_of(small_case)
    np.testing.assert_array_equal(course.city_killed.sum(axis=1), course.killed_civilian[:, -1])


def test_more_people_are_never_active_than_live_there(small_case):
    course = course_of(small_case, reach=1.0, legitimacy=0.5)
    assert course.active.max() <= 3_000_000


def test_contingents_that_landed_are_those_of_the_members(small_case):
    course = course_of(small_case)
    assert (course.troops.max(axis=1) == course.member_troops.sum(axis=1)).all()


@pytest.mark.parametrize("shares", [("reach", 0.0)])
def test_nobody_comes_out_where_nobody_could(small_case, shares):
    name, value = shares
    assert course_of(small_case, **{name: value}).active.max() == 0
