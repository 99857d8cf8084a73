"""How fast the lattice is: ``python -m benchmarks.lattice [--quick]`` prints one JSON object.

``--compile updates`` and ``--compile ticks`` only see to it that what is timed is compiled.

Updates are turns of agents, citizens and police, the jailed included, by Mesa's rules and defaults. The
one-off wave of the first steps is left out. A tick is one hour of every city of Kazakhstan over 15,000
people on the lattice, one agent a person, on all cores: with everybody taking a turn, and with those left
out who can never act.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from typing import Any

import numba
import numpy as np
from numba import njit, prange

from benchmarks.ensembles import ensemble_of
from foedus.cases.gazetteer import known_places
from foedus.chance import entity_id
from foedus.engine.plant import people_of
from foedus.engine.streets import ground_of, on_lattice
from foedus.streets import lattice
from foedus.streets.crowd.kernel import lowest_legitimacy, pace_of
from foedus.streets.lattice.city.hour import advance_city_on_lattice
from foedus.streets.lattice.city.layout import settle_city, torus_at
from foedus.streets.lattice.city.sight import fill_sight, squared_vision

LEAST_PEOPLE = 15_000
WARM_HOURS = 4
WARM_STEPS = 4


def updates_per_second(side: int, steps: int, repeats: int, threads: int) -> tuple[float, float]:
    """Agent-updates a second, the median of repeated stretches of one run, and bytes an agent."""
    world = lattice.Lattice(lattice.mesa(height=side, width=side), seed=1, threads=threads)
    world.run(WARM_STEPS)
    agents = world.citizens + world.police
    rates = []
    for _ in range(repeats):
        began = time.perf_counter()
        world.run(steps)
        rates.append(agents * steps / (time.perf_counter() - began))
    return float(statistics.median(rates)), world.bytes_used / agents


@njit(parallel=True, nogil=True, error_model="numpy", cache=True)
def tick(
    cities: Any, planes: Any, traits: Any, left: Any, listed: Any, tolls: Any, sights: Any, views: Any,
    shares: Any, entity: Any, active: Any, normal: Any, legitimacy: float, news: float, hour: int,
    key: Any, pace: Any, rules: Any,
) -> None:  # fmt: skip
    """One hour of every city. ``shares`` (thread, city) are the cities of each thread, -1 where none is."""
    for thread in prange(shares.shape[0]):
        for place in range(shares.shape[1]):
            city = shares[thread, place]
            if city < 0:
                continue
            first, last = cities.first[city], cities.first[city] + cities.shape[city, 4]
            told = advance_city_on_lattice(
                cities, planes[first:last], traits[first * 64 : last * 64], left[first * 64 : last * 64],
                listed[thread], tolls[thread], sights[city, :, : views[city, 0]], views[city, 1], city,
                key, 0, hour, entity[city], active[city], normal[city], 0.0, 0.0, legitimacy, 1.0, news,
                0.0, 0.0, 0.0, 0.0, False, pace, rules[0],
            )  # fmt: skip
            active[city] += told[0] - told[1] - told[2] - told[3]


def _shared_out(agents: Any, threads: int) -> Any:
    """The largest city first, to whoever has least: (thread, city), -1 where none is."""
    loads, lists = [0] * threads, [[] for _ in range(threads)]
    for city in np.argsort(-agents):
        least = loads.index(min(loads))
        loads[least] += int(agents[city])
        lists[least].append(int(city))
    longest = max(len(each) for each in lists)
    return np.array([each + [-1] * (longest - len(each)) for each in lists], np.int64)


def ticks_one_to_one(repeats: int, least_people: int = LEAST_PEOPLE) -> dict[str, Any]:
    """Seconds of an hour with everybody and with those left out who can never act, and of what.

    The rule, the forces and the level of legitimacy are those of a run of the case's posterior, hit by the
    shock everywhere.
    """
    one, context = ensemble_of(1, 1)
    world, rules = one.plant.world, one.plant.rule
    rule = rules[0]
    places = [
        place
        for place in known_places(context.case.country.iso3)
        if place.population.central() >= least_people
    ]
    people = people_of(places)
    model = on_lattice(people, 1)
    cities = model.cities
    planes, traits, left, listed, sights, views, toll = ground_of(model, len(people))
    usual = float(world.legitimacy[0].mean())
    normal = np.array(people) * float(world.normal[0].sum() / world.people.sum())
    entity = np.array([entity_id(place.name) for place in places], np.uint64)
    for c in range(len(people)):
        first, last = cities.first[c], cities.first[c] + cities.shape[c, 4]
        torus = torus_at(cities, c)
        settle_city(
            planes[first:last], traits[first * 64 : last * 64], left[first * 64 : last * 64], torus,
            entity[c], cities.agents[c], people[c], cities.weight[c], lowest_legitimacy(usual, 1.0, rule),
            rule["threshold"], rule["reach"],
        )  # fmt: skip
        seen = rule["police_visibility"] * torus.height * torus.width / normal[c]
        views[c] = fill_sight(sights[c], squared_vision(seen, torus.height), torus.stride)
    threads = numba.get_num_threads()
    active = np.zeros(len(people), np.int64)
    common = (
        planes, traits, left, np.stack([listed] * threads), np.stack([toll] * threads), sights, views,
        _shared_out(cities.agents, threads), entity, active, normal, usual - rule["shock_size"], 0.5,
    )  # fmt: skip
    seconds: dict[bool, list[float]] = {True: [], False: []}
    for hour in range(WARM_HOURS + 2 * repeats):
        pruned = hour % 2 == 0
        began = time.perf_counter()
        tick(cities._replace(pruned=pruned), *common, hour, one.plant.key, pace_of(rule), rules)
        if hour >= WARM_HOURS:
            seconds[pruned].append(time.perf_counter() - began)
    return {
        "tick_1to1_full": float(statistics.median(seconds[False])),
        "tick_1to1_pruned": float(statistics.median(seconds[True])),
        "cities": len(people),
        "people": sum(people),
        "active": int(active.sum()),
    }


def measured(*, quick: bool) -> dict[str, Any]:
    """All figures of the lattice."""
    repeats = 3 if quick else 7
    threads = numba.get_num_threads()
    at_40, _ = updates_per_second(40, 1000 if quick else 4000, repeats, 1)
    at_200, _ = updates_per_second(200, 300, 5 if quick else 9, threads)
    at_1000, _ = updates_per_second(1000, 3 if quick else 10, repeats, threads)
    at_4000, size = updates_per_second(4000, 1 if quick else 2, repeats, threads)
    return {
        "updates_per_s_40": at_40,
        "updates_per_s_200": at_200,
        "million_per_s_1000": at_1000 / 1e6,
        "million_per_s_4000": at_4000 / 1e6,
        "bytes_per_agent": size,
        "threads": threads,
        **ticks_one_to_one(repeats),
    }


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true", help="fewer steps and repeats")
    asked.add_argument("--compile", choices=["updates", "ticks"], help="compile, and measure nothing")
    given = asked.parse_args()
    if given.compile == "updates":
        updates_per_second(40, 1, 1, 1)
        updates_per_second(200, 1, 1, numba.get_num_threads())
    elif given.compile == "ticks":
        ticks_one_to_one(1, least_people=1_000_000)
    else:
        print(json.dumps(measured(quick=given.quick)))


if __name__ == "__main__":
    main()
