from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.engine.streets import on_lattice
from foedus.errors import UserError
from foedus.streets.lattice.city.layout import ACTIVE, CAPABLE, OCCUPIED, PENDING, RESTING
from foedus.streets.lattice.city.sight import FARTHEST, MOST_WORDS, fill_sight, squared_vision
from foedus.streets.lattice.torus import flip, is_set, torus_of
from foedus.streets.lattice.vision import RIGHT, sight_of, sites_seen
from foedus.streets.willingness import perceived_risk
from streets.lattice.a_city import City, rule_with

BUSY = {
    "reach": 0.4, "spark": 0.02, "join_near": 0.2, "crowd_half": 50.0, "go_home": 0.05, "kill_rate": 0.003,
    "arrest_rate": 0.1, "police_visibility": 1.0, "sweep_rate": 0.05, "rest": 6.0,
}  # fmt: skip
TROUBLED = {"lethal": 1.0, "emergency": 1.0, "siege": 0.2}


def state(city):
    planes = city.planes.copy()
    planes[:, PENDING] = 0
    return planes.tobytes(), city.left.tobytes(), city.traits.tobytes()


@pytest.mark.parametrize("weight", [1, 7])
def test_leaving_out_those_who_can_never_act_changes_nothing_else(weight):
    cities = [City(9000, weight, rule_with(**BUSY), pruned=pruned) for pruned in (True, False)]
    for hour in range(12):
        told = [city.hour(legitimacy=0.8 - 0.008 * hour, **TROUBLED) for city in cities]
        assert told[0] == told[1]
        assert state(cities[0]) == state(cities[1])
    assert cities[0].jailed > 0
    assert cities[0].dead > 0
    capable = np.bitwise_count(cities[0].planes[:, CAPABLE]).sum()
    assert capable < 0.5 * np.bitwise_count(cities[0].planes[:, OCCUPIED]).sum()


def test_who_is_left_out_could_not_act_at_the_lowest_legitimacy_even_without_police():
    rule = rule_with(**BUSY | {"reach": 1.0, "spark": 50.0})
    city = City(6000, 1, rule, normal=0.0, lowest=0.7)
    city.hour(legitimacy=0.7)
    assert city.active == np.bitwise_count(city.planes[:, CAPABLE]).sum() - _images(city, CAPABLE)


def _images(city, plane):
    inside = 0
    for y in range(city.torus.height):
        for x in range(city.torus.width):
            py, px = y + city.torus.pad, x + city.torus.pad
            word = (py >> 3) * city.torus.stride + (px >> 3)
            inside += int(is_set(city.planes, plane, np.uint64(word), np.uint64((py & 7) * 8 + (px & 7))))
    return int(np.bitwise_count(city.planes[:, plane]).sum()) - inside


@settings(max_examples=25, deadline=None)
@given(
    people=st.integers(1, 12_000),
    weight=st.sampled_from([1, 2, 9, 400]),
    normal=st.floats(0.0, 300.0),
    legitimacy=st.floats(0.5, 0.95),
    night=st.booleans(),
    emergency=st.floats(0.0, 1.0),
    lethal=st.floats(0.0, 1.0),
    run=st.integers(0, 1000),
)
def test_people_are_conserved_and_counts_equal_a_recount(
    people, weight, normal, legitimacy, night, emergency, lethal, run
):
    city = City(people, weight, rule_with(**BUSY), normal=normal, legitimacy=legitimacy, lowest=0.5, run=run)
    for _ in range(6):
        toll = city.hour(night=night, emergency=emergency, lethal=lethal)
        assert all(count >= 0 for count in toll.values())
        active, resting, living, officers = city.recount()
        assert active == city.active
        assert resting == city.resting
        assert living + city.jailed + city.dead == people
        assert abs(officers - normal / city.cities.weight[0]) <= 1 or officers == city.torus.height**2 // 4
        assert not (city.planes[:, ACTIVE] & city.planes[:, RESTING]).any()


def test_one_officer_or_citizen_stands_on_a_site():
    city = City(5000, 1, rule_with(**BUSY), normal=200.0)
    for _ in range(8):
        city.hour()
        overlap = city.planes[:, 1] & (
            city.planes[:, ACTIVE] | city.planes[:, RESTING] | city.planes[:, CAPABLE]
        )
        assert not overlap.any()


def test_tolls_are_drawn_by_people_and_not_by_agents():
    city = City(200_000, 100, rule_with(**BUSY), normal=400.0)
    killed = [city.hour(**TROUBLED)["killed"] for _ in range(20)]
    assert sum(killed) > 0
    assert any(count % 100 for count in killed)


def test_how_many_people_an_agent_stands_for_does_not_move_the_mean_toll():
    rates = {}
    for weight in (1, 10):
        active_hours = killed = arrested = 0
        for run in range(12):
            city = City(30_000, weight, rule_with(**BUSY), normal=100.0, run=run)
            for _ in range(10):
                toll = city.hour(**TROUBLED)
                active_hours += city.active
                killed += toll["killed"]
                arrested += toll["arrested"]
        rates[weight] = killed / active_hours
        assert arrested > 0
    # 12 cities of some thousand active for 10 hours: several hundred deaths, a standard error of some 5 %.
    assert rates[10] == pytest.approx(rates[1], rel=0.25)


@cache
def everything_in_view(torus):
    sight = sight_of((torus.height - 1) // 2, "moore", torus)
    return sight, sites_seen(sight)


def test_where_everybody_sees_everything_an_hour_is_that_of_crowd_in_the_mean():
    """In the limit of large vision C and A are those of the city; small rates, since agents act in turn."""
    limit = {
        "police_visibility": 1e6, "police_weight": 0.3, "discouraged": 0.0, "spark": 0.01, "join_near": 0.0,
        "go_home": 0.02, "kill_rate": 0.02, "hurt_rate": 0.05,
    }  # fmt: skip
    rule = rule_with(**BUSY | limit)
    hours = []
    for run in range(300):
        city = City(2957, 1, rule, normal=40.0, legitimacy=0.7, run=run, sight=everything_in_view)
        assert city.in_view == city.torus.height**2 - 1
        _rouse(city, 120, perceived_risk(1.0, 40.0, 120.0, rule))
        crowd = city.on_crowd(run, lethal=1.0)
        hours.append((city.hour(lethal=1.0), crowd))
    for name in ("joined", "left", "arrested", "killed", "hurt"):
        ours = np.array([lattice[name] for lattice, _ in hours], float)
        theirs = np.array([crowd[name] for _, crowd in hours], float)
        error = np.sqrt((ours.var() + theirs.var()) / len(hours))
        assert theirs.mean() > 0
        assert abs(ours.mean() - theirs.mean()) < 4 * error + 0.02 * theirs.mean()


def _rouse(city, people, risk):
    """Let the most aggrieved who fear least be active: crowd takes the active to be the most willing."""
    sites = []
    pad = city.torus.pad
    for y in range(pad, pad + city.torus.height):
        for x in range(pad, pad + city.torus.width):
            word = np.uint64((y >> 3) * city.torus.stride + (x >> 3))
            bit = np.uint64((y & 7) * 8 + (x & 7))
            if is_set(city.planes, CAPABLE, word, bit):
                h, r = city.traits[int(word) * 64 + int(bit)]
                sites.append((h * (1.0 - city.legitimacy) - r * risk, y, x))
    for _, y, x in sorted(sites, reverse=True)[:people]:
        flip(city.planes, ACTIVE, y, x, city.torus)
    city.active = people


def test_more_officers_mean_fewer_active_and_a_lower_legitimacy_more():
    def active(**changes):
        total = 0
        for run in range(6):
            city = City(10_000, 1, rule_with(**BUSY), run=run, **changes)
            for _ in range(15):
                city.hour()
            total += city.active
        return total

    base = active()
    assert active(normal=400.0) < base
    assert active(legitimacy=0.72) > base


def test_how_a_city_is_laid_out_does_not_hang_on_the_order_of_cities():
    people = [9000, 20_000, 4000]
    forward, backward = on_lattice(people, 5).cities, on_lattice(people[::-1], 5).cities
    assert np.array_equal(forward.shape, backward.shape[::-1])
    assert np.array_equal(forward.agents, backward.agents[::-1])


@settings(deadline=None)
@given(st.floats(1.0, 5000.0), st.integers(5, 200))
def test_one_sees_the_smallest_circle_that_shows_so_many_sites(wanted, side):
    square = squared_vision(wanted, side)
    reach = int(np.sqrt(square))
    assert reach <= min((side - 1) // 2, FARTHEST)
    torus = torus_of(side, side, max(reach, 1))
    sight = np.zeros((RIGHT + 1, MOST_WORDS), np.uint64)
    words, seen = fill_sight(sight, square, torus.stride)
    reference = sight_of(np.sqrt(square) + 1e-9, "euclid", torus)
    assert seen == sites_seen(reference)
    kept = sight[:, :words]
    assert np.bitwise_count(kept[:64]).sum() == np.bitwise_count(reference[:64]).sum()
    if seen < wanted:
        assert square == min((side - 1) // 2, FARTHEST) ** 2


def test_small_cities_are_resolved_finer():
    cities = on_lattice([1_000_000, 40_000, 900], 1000).cities
    assert list(cities.weight) == [500, 20, 1]
    assert (cities.agents * cities.weight >= [1_000_000, 40_000, 900]).all()


@pytest.mark.parametrize("people_per_agent", [0, 70_000])
def test_a_number_of_people_that_no_agent_can_stand_for_is_refused(people_per_agent):
    with pytest.raises(UserError, match="from 1 to 65535"):
        on_lattice([1000], people_per_agent)
