from __future__ import annotations

import numpy as np

from foedus.streets.calm import hours_to_calm

URBAN = 10_000_000.0


def course(*segments):
    return np.concatenate([np.full(hours, people) for people, hours in segments]).astype(np.int32)[None, :]


def calm(active, seats=None, shock=10.0):
    lost = np.zeros_like(active, dtype=np.int8) if seats is None else seats
    return hours_to_calm(active, lost, URBAN, shock)[0]


def test_calm_is_the_first_quiet_hour_of_two_quiet_days_after_the_peak():
    assert calm(course((100, 50), (40_000, 30), (500, 100))) == 80 - 10


def test_a_relapse_within_two_days_is_not_calm():
    assert calm(course((100, 50), (40_000, 30), (500, 40), (5000, 5), (500, 60))) == 125 - 10


def test_few_against_the_peak_but_many_against_the_country_is_not_calm():
    assert np.isnan(calm(course((60_000, 50), (2500, 200))))


def test_few_against_the_country_but_many_against_the_peak_is_not_calm():
    assert np.isnan(calm(course((1000, 50), (100, 200))))


def test_a_lost_seat_of_power_is_not_calm():
    active = course((100, 50), (40_000, 30), (500, 150))
    seats = np.zeros_like(active, dtype=np.int8)
    seats[0, :150] = 1
    assert calm(active, seats) == 150 - 10


def test_a_window_that_ends_too_soon_does_not_reach_calm():
    assert np.isnan(calm(course((100, 50), (40_000, 30), (500, 47))))


def test_where_nobody_came_out_it_was_always_calm():
    assert calm(course((0, 200))) == 0.0
