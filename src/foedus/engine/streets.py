"""Which street model a run is on: `crowd`, or the lattice. The kernel calls one door for both.

The model is a type, so each compiles a kernel of its own and neither pays for the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numba import njit, types
from numba.extending import overload

from foedus.chance.compiled import LENT
from foedus.chance.purposes import LATTICE_PLACES
from foedus.engine.arrays import BLACKOUT, EMERGENCY, LETHAL, SHOCK, Schedule, World
from foedus.streets.crowd.hour import (
    come_in_contact,
    draw_luck,
    go_out_and_rest,
    look_around,
    meet_forces,
    room_for_eve,
)
from foedus.streets.crowd.kernel import lowest_legitimacy
from foedus.streets.lattice.city.hour import advance_city_on_lattice, stream_key
from foedus.streets.lattice.city.layout import PLANES, Cities, lay_out, settle_city, torus_at
from foedus.streets.lattice.city.sight import MOST_WORDS, fill_sight, squared_vision
from foedus.streets.lattice.city.turns import TOLLS
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
    return room_for_eve(cities)


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
        np.zeros(TOLLS, np.int64),
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


def _advance_on_crowd(
    model: Any, ground: Any, toll: Any, key: Any, run: Any, tick: Any, world: Any, active: Any, resting: Any,
    jailed: Any, dead: Any, beside: Any, siege: Any, found: Any, orders: Any, night: Any, pace: Any,
    rule: Any,
) -> Any:  # fmt: skip
    normal = world.normal[run]
    draw_luck(ground.luck, key, run, tick, world.entity)
    look_around(
        ground.met, ground.willing, ground.joins, world.people, normal, active, found.forces,
        found.legitimacy, found.severity, found.news, orders[BLACKOUT], night, rule,
    )  # fmt: skip
    come_in_contact(ground, normal, found.in_street, found.forces, found.acting, siege, rule)
    go_out_and_rest(toll, ground, world.people, active, resting, jailed, dead, orders[EMERGENCY], pace, rule)
    meet_forces(
        toll, ground, active, found.in_street, found.forces, found.acting, orders[LETHAL], night, pace, rule
    )  # fmt: skip


def _advance_on_lattice(
    model: Any, ground: Any, toll: Any, key: Any, run: Any, tick: Any, world: Any, active: Any, resting: Any,
    jailed: Any, dead: Any, beside: Any, siege: Any, found: Any, orders: Any, night: Any, pace: Any,
    rule: Any,
) -> Any:  # fmt: skip
    planes, traits, left, listed, sights, views, room = ground
    for c in range(model.cities.shape.shape[0]):
        first, last = model.cities.first[c], model.cities.first[c] + model.cities.shape[c, 4]
        (
            toll.joined[c], toll.left[c], toll.arrested[c], toll.killed[c], toll.hurt[c],
            toll.forces_killed[c], toll.forces_hurt[c], toll.rested[c], toll.fetched[c], toll.overrun[c],
        ) = advance_city_on_lattice(
            model.cities, planes[first:last], traits[first * 64 : last * 64], left[first * 64 : last * 64],
            listed, room, sights[c, :, : views[c, 0]], views[c, 1], c, key, run, tick, world.entity[c],
            active[c], found.in_street[c], beside[c], found.acting[c], found.legitimacy[c], found.severity[c],
            found.news[c], orders[BLACKOUT, c], orders[LETHAL, c], orders[EMERGENCY, c], siege[c], night,
            pace, rule,
        )  # fmt: skip


def advance(
    model: Any, ground: Any, toll: Any, key: Any, run: Any, tick: Any, world: Any, active: Any, resting: Any,
    jailed: Any, dead: Any, beside: Any, siege: Any, found: Any, orders: Any, night: Any, pace: Any,
    rule: Any,
) -> Any:  # fmt: skip
    """Advance all cities by one hour and fill ``toll``; people are not moved yet.

    ``active``, ``resting``, ``jailed`` and ``dead`` (city,) are people, ``beside`` (city,) foreign troops in
    the street, ``siege`` (city,) the share of the crowd that presses on sites whose guards still hold,
    ``found`` the :class:`~foedus.engine.conditions.Conditions` of the hour.
    """
    chosen = _advance_on_crowd if isinstance(model, OnCrowd) else _advance_on_lattice
    return chosen(
        model, ground, toll, key, run, tick, world, active, resting, jailed, dead, beside, siege, found,
        orders, night, pace, rule,
    )  # fmt: skip


@overload(advance, jit_options=LENT)
def _compiled_advance(
    model: Any, ground: Any, toll: Any, key: Any, run: Any, tick: Any, world: Any, active: Any, resting: Any,
    jailed: Any, dead: Any, beside: Any, siege: Any, found: Any, orders: Any, night: Any, pace: Any,
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
