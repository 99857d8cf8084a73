"""Which street model a run is on: `crowd`, or the lattice. The kernel calls one door for both.

The model is a type, so each compiles a kernel of its own and neither pays for the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numba import njit, types
from numba.extending import overload

from foedus.chance.purposes import LATTICE_PLACES
from foedus.engine.arrays import SHOCK, Schedule, World
from foedus.streets.crowd.kernel import Luck, advance_city, look_ahead, lowest_legitimacy, room_for_eves
from foedus.streets.lattice.city.hour import advance_city_on_lattice, stream_key
from foedus.streets.lattice.city.layout import PLANES, Cities, lay_out, settle_city, torus_at
from foedus.streets.lattice.city.sight import MOST_WORDS, fill_sight, squared_vision
from foedus.streets.lattice.vision import RIGHT


class OnCrowd(NamedTuple):
    """Counts of people in each city."""

    cities: int = 0


class OnLattice(NamedTuple):
    """Agents on a torus for each city.

    ``film`` (frame, word, property) takes the sites of run ``filmed`` every ``every`` hours, where it has
    frames. ``stop`` (1,) ends all runs at the next hour once it is not 0.
    """

    cities: Cities
    film: Any
    filmed: int
    every: int
    stop: Any


CROWD = OnCrowd()


def on_lattice(
    people: Sequence[int], people_per_agent: int, *, pruned: bool = True, frames: int = 0, filmed: int = 0,
    every: int = 1,
) -> OnLattice:  # fmt: skip
    """The lattice for cities of so many people.

    Parameters
    ----------
    pruned
        Leave out those who can never act: they keep their site, and nothing else changes.
    frames, filmed, every
        How many frames to keep of which run, and how many hours lie between two.

    Raises
    ------
    UserError
        ``people_per_agent`` is no whole number from 1 to 65,535.
    """
    cities = lay_out(people, people_per_agent, pruned=pruned)
    film = np.zeros((frames, cities.words if frames else 0, PLANES), np.uint64)
    return OnLattice(cities, film, filmed, every, np.zeros(1, np.int64))


def _ground_on_crowd(model: Any, cities: Any) -> Any:
    return room_for_eves(cities)


def _ground_on_lattice(model: Any, cities: Any) -> Any:
    cities = model.cities
    sites = cities.words * 64
    most = 1
    for c in range(cities.shape.shape[0]):
        across = cities.shape[c, 0] // cities.tiles[c] + 16
        most = max(most, across * across)
    return (
        np.zeros((cities.words, PLANES), np.uint64),
        np.zeros((sites, 2), np.float32),
        np.zeros(sites, np.uint16),
        np.zeros(most, np.int32),
        np.zeros((cities.shape.shape[0], RIGHT + 1, MOST_WORDS), np.uint64),
        np.zeros((cities.shape.shape[0], 2), np.int64),
    )


def ground_of(model: Any, cities: Any) -> Any:
    """Working memory of a street model for so many cities, for one thread."""
    return (_ground_on_crowd if isinstance(model, OnCrowd) else _ground_on_lattice)(model, cities)


@overload(ground_of)
def _compiled_ground(model: Any, cities: Any) -> Any:
    return _ground_on_crowd if _is_crowd(model) else _ground_on_lattice


def _settle_on_crowd(
    model: Any, ground: Any, key: Any, run: Any, world: Any, schedule: Any, rule: Any
) -> Any:
    return None


def _settle_on_lattice(
    model: Any, ground: Any, key: Any, run: Any, world: Any, schedule: Any, rule: Any
) -> Any:
    settle_cities(
        model.cities, ground[0], ground[1], ground[2], ground[4], ground[5], key, run, world, schedule, rule
    )


def settle(model: Any, ground: Any, key: Any, run: Any, world: Any, schedule: Any, rule: Any) -> Any:
    """Put the people of a run where they start."""
    chosen = _settle_on_crowd if isinstance(model, OnCrowd) else _settle_on_lattice
    return chosen(model, ground, key, run, world, schedule, rule)


@overload(settle)
def _compiled_settle(
    model: Any, ground: Any, key: Any, run: Any, world: Any, schedule: Any, rule: Any
) -> Any:
    return _settle_on_crowd if _is_crowd(model) else _settle_on_lattice


@njit(cache=True, nogil=True, error_model="numpy")
def settle_cities(
    cities: Cities,
    planes: Any,
    traits: Any,
    left: Any,
    sights: Any,
    views: Any,
    key: Any,
    run: int,
    world: World,
    schedule: Schedule,
    rule: Any,
) -> None:
    """Clear all tori, put the citizens of a run on them, and measure how far they see.

    ``sights`` (city, row, word) and ``views`` (city, 2), words and sites in view, are written.
    """
    planes[:] = 0
    for c in range(cities.shape.shape[0]):
        torus = torus_at(cities, c)
        sites = torus.height * torus.width
        officers = max(world.normal[run, c] / cities.weight[c], 1.0e-9)
        square = squared_vision(rule.police_visibility * sites / officers, min(torus.height, torus.width))
        views[c] = fill_sight(sights[c], square, torus.stride)
        shock = 0.0
        for e in range(schedule.order.shape[0]):
            if schedule.order[e] == SHOCK and schedule.where[e, c]:
                shock = max(shock, schedule.weight[e])
        first, last = cities.first[c], cities.first[c] + cities.shape[c, 4]
        settle_city(
            planes[first:last],
            traits[first * 64 : last * 64],
            left[first * 64 : last * 64],
            torus,
            stream_key(key, run, 0, LATTICE_PLACES, world.entity[c]),
            cities.agents[c],
            world.people[c],
            cities.weight[c],
            lowest_legitimacy(world.legitimacy[run, c], shock, rule),
            rule.threshold,
            rule.reach,
        )


def _look_on_crowd(
    model: Any, ground: Any, key: Any, run: Any, tick: Any, world: Any, active: Any, found: Any,
    blackout: Any, night: Any, rule: Any,
) -> Any:  # fmt: skip
    luck, met, willing, joins = ground
    look_ahead(
        luck, met, willing, joins, key, run, tick, world.entity, world.people, world.normal[run], active,
        found.forces, found.legitimacy, found.severity, found.news, blackout, night, rule,
    )  # fmt: skip


def _look_on_lattice(
    model: Any, ground: Any, key: Any, run: Any, tick: Any, world: Any, active: Any, found: Any,
    blackout: Any, night: Any, rule: Any,
) -> Any:  # fmt: skip
    return None


def look(
    model: Any, ground: Any, key: Any, run: Any, tick: Any, world: Any, active: Any, found: Any,
    blackout: Any, night: Any, rule: Any,
) -> Any:  # fmt: skip
    """Before a city advances: work out what can be worked out for all cities at once."""
    chosen = _look_on_crowd if isinstance(model, OnCrowd) else _look_on_lattice
    return chosen(model, ground, key, run, tick, world, active, found, blackout, night, rule)


@overload(look, inline="always")
def _compiled_look(
    model: Any, ground: Any, key: Any, run: Any, tick: Any, world: Any, active: Any, found: Any,
    blackout: Any, night: Any, rule: Any,
) -> Any:  # fmt: skip
    return _look_on_crowd if _is_crowd(model) else _look_on_lattice


def _advance_on_crowd(
    model: Any, ground: Any, city: Any, key: Any, run: Any, tick: Any, entity: Any, people: Any, active: Any,
    resting: Any, jailed: Any, dead: Any, free: Any, beside: Any, acting: Any, normal: Any, legitimacy: Any,
    severity: Any, news: Any, blackout: Any, lethal: Any, emergency: Any, siege: Any, night: Any, pace: Any,
    rule: Any,
) -> Any:  # fmt: skip
    numbers, met, willing, joins = ground
    luck = Luck(
        numbers[0, city], numbers[1, city], numbers[2, city], numbers[3, city], numbers[4, city],
        numbers[5, city], numbers[6, city], numbers[7, city],
    )  # fmt: skip
    return advance_city(
        luck, met[city], willing[city], joins[city], people, active, resting, jailed, dead, free, beside,
        acting, normal, lethal, emergency, siege, night, pace, rule,
    )  # fmt: skip


def _advance_on_lattice(
    model: Any, ground: Any, city: Any, key: Any, run: Any, tick: Any, entity: Any, people: Any, active: Any,
    resting: Any, jailed: Any, dead: Any, free: Any, beside: Any, acting: Any, normal: Any, legitimacy: Any,
    severity: Any, news: Any, blackout: Any, lethal: Any, emergency: Any, siege: Any, night: Any, pace: Any,
    rule: Any,
) -> Any:  # fmt: skip
    planes, traits, left, listed, sights, views = ground
    first, last = model.cities.first[city], model.cities.first[city] + model.cities.shape[city, 4]
    return advance_city_on_lattice(
        model.cities, planes[first:last], traits[first * 64 : last * 64], left[first * 64 : last * 64],
        listed, sights[city, :, : views[city, 0]], views[city, 1], city, key, run, tick, entity, active, free,
        beside, acting, legitimacy, severity, news, blackout, lethal, emergency, siege, night, pace, rule,
    )  # fmt: skip


def advance(
    model: Any, ground: Any, city: Any, key: Any, run: Any, tick: Any, entity: Any, people: Any, active: Any,
    resting: Any, jailed: Any, dead: Any, free: Any, beside: Any, acting: Any, normal: Any, legitimacy: Any,
    severity: Any, news: Any, blackout: Any, lethal: Any, emergency: Any, siege: Any, night: Any, pace: Any,
    rule: Any,
) -> Any:  # fmt: skip
    """Advance a city by one hour; see ``advance_city`` of either model for arguments and results."""
    chosen = _advance_on_crowd if isinstance(model, OnCrowd) else _advance_on_lattice
    return chosen(
        model, ground, city, key, run, tick, entity, people, active, resting, jailed, dead, free, beside,
        acting, normal, legitimacy, severity, news, blackout, lethal, emergency, siege, night, pace, rule,
    )  # fmt: skip


@overload(advance, inline="always")
def _compiled_advance(
    model: Any, ground: Any, city: Any, key: Any, run: Any, tick: Any, entity: Any, people: Any, active: Any,
    resting: Any, jailed: Any, dead: Any, free: Any, beside: Any, acting: Any, normal: Any, legitimacy: Any,
    severity: Any, news: Any, blackout: Any, lethal: Any, emergency: Any, siege: Any, night: Any, pace: Any,
    rule: Any,
) -> Any:  # fmt: skip
    return _advance_on_crowd if _is_crowd(model) else _advance_on_lattice


def _film_on_crowd(model: Any, ground: Any, run: Any, hour: Any) -> Any:
    return None


def _film_on_lattice(model: Any, ground: Any, run: Any, hour: Any) -> Any:
    frame = hour // model.every
    if run == model.filmed and frame * model.every == hour and frame < model.film.shape[0]:
        model.film[frame] = ground[0]


def film(model: Any, ground: Any, run: Any, hour: Any) -> Any:
    """Keep the sites as they stand, where this run is filmed."""
    return (_film_on_crowd if isinstance(model, OnCrowd) else _film_on_lattice)(model, ground, run, hour)


@overload(film)
def _compiled_film(model: Any, ground: Any, run: Any, hour: Any) -> Any:
    return _film_on_crowd if _is_crowd(model) else _film_on_lattice


def _halted_on_crowd(model: Any) -> Any:
    return False


def _halted_on_lattice(model: Any) -> Any:
    return model.stop[0] != 0


def halted(model: Any) -> Any:
    """Whether the runs are to end."""
    return (_halted_on_crowd if isinstance(model, OnCrowd) else _halted_on_lattice)(model)


@overload(halted)
def _compiled_halted(model: Any) -> Any:
    return _halted_on_crowd if _is_crowd(model) else _halted_on_lattice


def _is_crowd(model: types.Type) -> bool:
    return getattr(model, "instance_class", None) is OnCrowd
