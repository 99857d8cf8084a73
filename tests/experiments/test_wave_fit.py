"""Known parameters come back from a simulated wave, and the likelihood of a range is a probability."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_studies import observation
from scipy.stats import nbinom

from foedus.cases import cities_of
from foedus.experiments.quantities import Context
from foedus.experiments.rivals.wave_case import expected, speaks_of, wave_of
from foedus.experiments.rivals.wave_fit import WavePlan, fit_wave, range_chance
from foedus.streets.wave import declared_wave, run_wave
from two_cities import as_case, number, small_case_document

SMALL = WavePlan(particles=400, moves=6, refresh=20)
LARGER = WavePlan(particles=600, moves=6, refresh=20)
TRUTH = {"recovery": 0.6, "shock": 400.0, "reservoir": 0.01, "near": 100.0, "decay": 1.0, "pull": 2e-4}
CITIES = {"North": (51.0, 71.0), "South": (43.0, 77.0), "East": (50.0, 82.0), "West": (47.0, 52.0)}


def world(observed=()):
    """Four cities, a shock in the south, and participants of each city and day as told."""
    document = small_case_document()
    document["country"]["cities"] = [
        {"name": name, "population": number(800_000.0), "latitude": lat, "longitude": lon}
        for name, (lat, lon) in CITIES.items()
    ]
    document["events"][0]["where"] = ["South"]
    document["observed"] = list(observed)
    case = as_case(document)
    context = Context(case, cities_of(case.country))
    return case, context, wave_of(case, context.places)


def asked():
    return [
        observation("participants", 0, 0, where=city, at=f"2022-01-{day:02d}T12:00:00+06:00")
        for day in range(2, 9)
        for city in CITIES
    ]


def simulated(truth, size, dice):
    """What would be reported of a wave with these parameters: each count with its scatter."""
    case, context, wave = world(asked())
    course = run_wave(wave, {name: np.array([value]) for name, value in truth.items()})
    told = []
    for blank, seen in zip(asked(), case.observed, strict=True):
        mean = max(float(expected(course, context, seen)[0]), 1e-3)
        count = float(nbinom.rvs(size, size / (size + mean), random_state=dice))
        told.append({**blank, "low": count, "best": count, "high": count})
    return world(told)


def test_known_parameters_lie_in_the_interval_and_the_data_narrow_it():
    case, context, wave = simulated(TRUTH, 50.0, np.random.default_rng(4))
    found = fit_wave(wave, context, case.observed, plan=SMALL, form="linear")
    priors = declared_wave().parameters
    for name in ("recovery", "shock", "reservoir"):
        low, high = np.quantile(found.values[name], [0.005, 0.995])
        assert low <= TRUTH[name] <= high, name
        spread = np.log(found.values[name]).std()
        assert spread < 0.5 * priors[name].value.lognormal.sigma, name
    # Reservoir and pull trade with one another; what a crowd feels is their product.
    felt = np.log(found.values["pull"] * found.values["reservoir"])
    low, high = np.quantile(felt, [0.005, 0.995])
    assert low <= np.log(TRUTH["pull"] * TRUTH["reservoir"]) <= high


def test_intervals_of_90_per_cent_hold_the_truth_in_about_as_many_simulations():
    dice = np.random.default_rng(11)
    priors = declared_wave().parameters
    names = [*TRUTH, "dispersion"]
    inside = []
    for _ in range(8):
        drawn = {name: float(priors[name].at(dice.random(1))[0]) for name in names}
        size = drawn.pop("dispersion")
        case, context, wave = simulated(drawn, size, dice)
        found = fit_wave(wave, context, case.observed, plan=LARGER, form="linear")
        for name, true in {**drawn, "dispersion": size}.items():
            low, high = np.quantile(found.values[name], [0.05, 0.95])
            inside.append(low <= true <= high)
    # 56 intervals of 90 %: 50.4 expected; 43 is 3.3 standard deviations below, were they independent.
    assert len(inside) == 56
    assert sum(inside) >= 43


def test_a_fit_to_nothing_is_the_prior():
    _, context, wave = world()
    found = fit_wave(wave, context, [], plan=WavePlan(particles=4000))
    for name, values in found.values.items():
        middle = declared_wave().parameters[name].at(np.array([0.25, 0.5, 0.75]))
        assert np.abs(np.log(np.quantile(values, [0.25, 0.5, 0.75]) / middle)).max() < 0.15, name


def test_a_report_pulls_the_wave_towards_it_and_more_people_need_more():
    medians = []
    for told in (300.0, 3000.0, 12_000.0):
        one = observation("participants", told, told * 1.1, at="2022-01-04T12:00:00+06:00")
        case, context, wave = world([one])
        found = fit_wave(wave, context, case.observed, plan=SMALL)
        course = run_wave(wave, found.values)
        medians.append(float(np.median(expected(course, context, case.observed[0]))))
    assert medians == sorted(medians)
    assert medians[0] < 1000.0 < 4000.0 < medians[2]


def test_the_same_seed_gives_the_same_bits_and_another_others():
    one = observation("participants", 900, 1000, at="2022-01-04T12:00:00+06:00")
    case, context, wave = world([one])
    plan = WavePlan(particles=60, moves=2, refresh=2)
    first, again, other = (fit_wave(wave, context, case.observed, seed=s, plan=plan) for s in (3, 3, 4))
    for name in first.values:
        np.testing.assert_array_equal(first.values[name], again.values[name])
        assert (first.values[name] != other.values[name]).any()


means = st.floats(0.0, 1e6)
sizes = st.floats(0.1, 1e4)


@given(means, sizes, st.integers(0, 10**6), st.integers(0, 10**5), st.integers(0, 10**5))
@settings(max_examples=200, deadline=None)
def test_a_wider_range_is_never_less_likely_and_no_chance_exceeds_1(mean, size, low, width, more):
    mean, size = np.array([mean]), np.array([size])
    narrow = range_chance(mean, size, low, low + width)
    wide = range_chance(mean, size, max(low - more, 0), low + width + more)
    assert wide[0] <= 1e-9
    # Below 1e-12 the bound's own probability stands for the range's, which may part them by a little.
    assert wide[0] >= narrow[0] - 1e-9 or narrow[0] < np.log(1e-11)


def test_the_chances_of_all_counts_sum_to_1():
    mean, size = np.array([7.3]), np.array([2.5])
    parts = [np.exp(range_chance(mean, size, k, k))[0] for k in range(400)]
    assert sum(parts) == pytest.approx(1.0, abs=1e-9)


def test_the_wave_speaks_of_people_and_of_times_and_of_nothing_else():
    from foedus.experiments.quantities import QUANTITIES

    case, *_ = world([observation(name, 0, 1, where="South") for name in QUANTITIES])
    assert {o.quantity for o in case.observed if speaks_of(o)} == {"participants", "peak_at", "calm_at"}


def test_a_case_without_a_shock_has_no_wave():
    document = small_case_document()
    document["events"] = [event for event in document["events"] if event["kind"] != "shock"]
    case = as_case(document)
    assert wave_of(case, cities_of(case.country)) is None


def test_a_shock_is_shared_out_over_its_cities_by_their_people():
    case = as_case(small_case_document())
    (shock,) = wave_of(case, cities_of(case.country)).shocks
    assert shock.hour == 10
    np.testing.assert_allclose(sorted(shock.parts), [1 / 3, 2 / 3])
