"""The riot wave: people are kept, nearer cities come first, and without contagion nothing spreads."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from foedus.streets.wave import FORMS, Shock, Wave, declared_wave, distances_km, run_wave

HOURS = 24 * 8
LINE = {
    "recovery": 0.5, "shock": 200.0, "reservoir": 0.02, "near": 50.0, "decay": 1.5, "most": 2.0,
    "steepness": 1e-3, "threshold": 20.0,
}  # fmt: skip


def row_of_cities(count=4, people=200_000.0, apart=100.0, hours=HOURS, shocked=0):
    at = np.arange(count) * apart
    parts = np.zeros(count)
    parts[shocked] = 1.0
    return Wave(
        np.full(count, people), np.abs(at[:, None] - at[None, :]), [Shock(8, parts)], np.arange(hours) // 24
    )


def one(**changed):
    return {name: np.array([value]) for name, value in {**LINE, **changed}.items()}


positive = st.floats(1e-3, 50.0)
rules = st.fixed_dictionaries(
    {
        "recovery": positive,
        "shock": st.floats(0.0, 1e5),
        "reservoir": st.floats(1e-5, 2.0),
        "near": st.floats(0.1, 1e4),
        "decay": st.floats(0.0, 8.0),
        "most": st.floats(0.0, 1e4),
        "steepness": st.floats(1e-9, 10.0),
        "threshold": st.floats(0.0, 1e4),
    }
)


@given(rules)
@settings(max_examples=60, deadline=None)
def test_people_are_moved_and_never_made_or_lost(rule):
    wave = row_of_cities()
    course = run_wave(wave, one(**rule))
    held = course.susceptible + course.standing + course.recovered
    reservoir = min(rule["reservoir"], 1.0) * wave.people
    np.testing.assert_allclose(held[0], reservoir, rtol=1e-9)
    for part in (course.susceptible, course.standing, course.recovered, course.active):
        assert (part >= 0.0).all()
    assert (course.participants[0] <= reservoir.sum() * (1 + 1e-9)).all()
    assert (course.city_peak[0].max(axis=1) <= reservoir * (1 + 1e-9)).all()


@given(rules)
@settings(max_examples=30, deadline=None)
def test_the_order_of_cities_does_not_matter(rule):
    wave, turn = row_of_cities(), np.array([2, 0, 3, 1])
    turned = Wave(
        wave.people[turn],
        wave.distance[np.ix_(turn, turn)],
        [Shock(s.hour, s.parts[turn]) for s in wave.shocks],
        wave.day,
    )
    here, there = run_wave(wave, one(**rule)), run_wave(turned, one(**rule))
    np.testing.assert_allclose(here.city_peak[:, turn], there.city_peak, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(here.participants, there.participants, rtol=1e-6, atol=1e-6)


def test_the_wave_reaches_nearer_cities_first():
    reached = run_wave(row_of_cities(6), one()).reached_at[0]
    assert not np.isnan(reached).any()
    assert (np.diff(reached) > 0).all()


def test_without_distance_in_it_all_other_cities_are_reached_at_once():
    reached = run_wave(row_of_cities(6), one(decay=0.0)).reached_at[0]
    assert len(set(reached[1:])) == 1


def test_contagion_that_fades_faster_reaches_the_last_city_later():
    wave = row_of_cities(5, hours=24 * 20)
    slow, fast = (run_wave(wave, one(decay=d)).reached_at[0, -1] for d in (1.0, 2.0))
    assert slow < fast


@pytest.mark.parametrize("still", [{"most": 0.0}, {"pull": 0.0}, {"threshold": 201.0}])
def test_without_contagion_nothing_spreads_and_the_shocked_go_home(still):
    course = run_wave(row_of_cities(), one(**still))
    assert course.city_peak[0, 1:].max() == 0.0
    assert np.isnan(course.reached_at[0, 1:]).all()
    hours = np.arange(1, HOURS - 8 + 1)
    np.testing.assert_allclose(course.active[0, 8:], 200.0 * np.exp(-0.5 * hours / 24.0))


def test_nothing_happens_before_the_shock():
    course = run_wave(row_of_cities(), one())
    assert (course.active[0, :8] == 0.0).all()
    assert course.active[0, 8] > 0.0


def test_a_larger_shock_and_a_lower_threshold_bring_more_people_out():
    wave = row_of_cities(hours=24 * 4)
    by_shock = [run_wave(wave, one(shock=s)).participants.max() for s in (50.0, 100.0, 400.0)]
    by_threshold = [run_wave(wave, one(threshold=t)).participants.max() for t in (190.0, 60.0, 0.0)]
    assert by_shock == sorted(by_shock)
    assert by_threshold == sorted(by_threshold)
    assert by_threshold[0] < by_threshold[-1]


def test_one_city_in_the_linear_form_follows_the_differential_equations():
    wave = row_of_cities(1, people=100_000.0, hours=24 * 10)
    omega, beta, reservoir, shock = 0.6, 1.0e-3, 2000.0, 100.0
    values = {"recovery": omega, "shock": shock, "reservoir": 0.02, "near": 1.0, "decay": 1.0, "pull": beta}
    ours = run_wave(wave, {name: np.array([value]) for name, value in values.items()}).active[0]

    def slope(_, y):
        joined = beta * y[0] * y[1]
        return [-joined, joined - omega * y[1]]

    days = np.arange(1, 24 * 10 - 8 + 1) / 24.0
    exact = solve_ivp(slope, (0, days[-1]), [reservoir - shock, shock], t_eval=days, rtol=1e-9).y[1]
    # Steps of an hour at rates up to 2 a day leave a lag of about half a step.
    assert np.abs(ours[8:] - exact).max() < 0.03 * exact.max()


def test_a_wave_cut_off_is_the_beginning_of_the_whole():
    wave, short = row_of_cities(), row_of_cities().until(60)
    np.testing.assert_array_equal(run_wave(wave, one()).active[:, :60], run_wave(short, one()).active)


def test_participants_of_a_day_are_those_of_the_night_before_and_those_who_joined():
    course = run_wave(row_of_cities(1), one())
    assert course.participants[0, 0] >= course.active[0, :24].max()
    assert course.participants[0, 1] >= course.active[0, 23]


def test_distances_are_those_on_a_sphere():
    told = distances_km([0.0, 0.0, 43.25, 51.17], [0.0, 90.0, 76.91, 71.45])
    assert told[0, 1] == pytest.approx(6371.0 * np.pi / 2)
    assert told[2, 3] == pytest.approx(971, abs=10)  # Almaty to Astana
    assert (told == told.T).all()
    assert (np.diag(told) == 0.0).all()


def test_a_missing_parameter_is_named():
    with pytest.raises(ValueError, match="needs near"):
        run_wave(row_of_cities(), {name: value for name, value in one().items() if name != "near"})


def test_every_declared_prior_is_of_a_form_or_of_the_reports():
    named = {name for form in FORMS.values() for name in form} | {"dispersion"}
    assert set(declared_wave().parameters) == named
