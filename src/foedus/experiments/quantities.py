"""Quantities that were observed, computed from a course: the same names in case, fit, score and report.

Each is read at the hour and place that an observation speaks of, so that like is compared with like.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.cases import Place
from foedus.cases.schema import Case, Observation
from foedus.engine.arrays import Course
from foedus.streets.calm import hours_to_calm

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Context:
    """What a course does not say of itself: hours, places, sites, members."""

    case: Case
    places: Sequence[Place]

    @property
    def urban(self) -> float:
        """Urban population of the case. [people]"""
        return float(sum(place.population.central() for place in self.places))

    @property
    def first_shock(self) -> float:
        """Hour of the first dated shock, or of the window's start where there is none."""
        clock = self.case.meta.clock
        shocks = [clock.hours_since_start(e.at) for e in self.case.events if e.kind == "shock"]
        return max(min(shocks, default=0.0), 0.0)

    def city(self, name: str) -> int:
        """Index of a city."""
        return [place.name for place in self.places].index(name)

    def site(self, name: str) -> int:
        """Index of a site."""
        return [site.id for site in self.case.sites].index(name)

    def member(self, name: str) -> int:
        """Index of a member."""
        return list(self.case.alliance.members).index(name)

    def tick(self, observation: Observation) -> int:
        """The tick that an observation speaks of; the last one where it names no hour."""
        clock = self.case.meta.clock
        if observation.at is None:
            return clock.hours - 1
        return int(np.clip(np.floor(clock.hours_since_start(observation.at)), 0, clock.hours - 1))


Reader = Callable[[Course, Context, Observation], NDArray[np.generic]]


def _at(course_field: str) -> Reader:
    def read(course: Course, context: Context, seen: Observation) -> NDArray[np.generic]:
        column: NDArray[np.generic] = getattr(course, course_field)[:, context.tick(seen)]
        return column

    return read


def _deaths(course: Course, context: Context, seen: Observation) -> NDArray[np.generic]:
    tick = context.tick(seen)
    total: NDArray[np.generic] = course.killed_civilian[:, tick] + course.killed_forces[:, tick]
    return total


def _city_deaths(course: Course, context: Context, seen: Observation) -> NDArray[np.generic]:
    column: NDArray[np.generic] = course.city_killed[:, context.city(_place(seen))]
    return column


def _participants(course: Course, context: Context, seen: Observation) -> NDArray[np.generic]:
    day = context.case.meta.clock.day_index()[context.tick(seen)]
    if seen.where is None:
        whole: NDArray[np.generic] = course.participants[:, day]
        return whole
    crowd: NDArray[np.generic] = course.city_peak[:, context.city(seen.where), day]
    return crowd


def _peak_at(course: Course, context: Context, seen: Observation) -> NDArray[np.generic]:
    column: NDArray[np.generic] = course.city_peak_at[:, context.city(_place(seen))]
    return column


def _seats_attacked(course: Course, context: Context, seen: Observation) -> NDArray[np.generic]:
    cities: dict[str, list[int]] = {}
    for s, site in enumerate(context.case.sites):
        if site.kind == "seat":
            cities.setdefault(site.city, []).append(s)
    attacked = [course.site_attacked[:, sites].any(axis=1) for sites in cities.values()]
    return np.sum(attacked, axis=0) if attacked else np.zeros(len(course.falls))


def _site_lost_at(course: Course, context: Context, seen: Observation) -> NDArray[np.generic]:
    column: NDArray[np.generic] = course.site_lost_at[:, context.site(_place(seen))]
    return column


def _site_retaken_at(course: Course, context: Context, seen: Observation) -> NDArray[np.generic]:
    column: NDArray[np.generic] = course.site_retaken_at[:, context.site(_place(seen))]
    return column


def _calm_at(course: Course, context: Context, seen: Observation) -> NDArray[np.generic]:
    after = hours_to_calm(course.active, course.seats_lost, context.urban, context.first_shock)
    return after + context.first_shock


def _member_troops(course: Course, context: Context, seen: Observation) -> NDArray[np.generic]:
    column: NDArray[np.generic] = course.member_troops[:, context.member(_place(seen))]
    return column


def _first_landing(course: Course, context: Context, seen: Observation) -> NDArray[np.generic]:
    return np.asarray(course.first_arrival + course.request_at)


def _closure(course: Course, context: Context, seen: Observation) -> NDArray[np.generic]:
    return np.asarray(course.closure + course.request_at)


def _falls(course: Course, context: Context, seen: Observation) -> NDArray[np.generic]:
    return np.asarray(course.falls)


def _troops(course: Course, context: Context, seen: Observation) -> NDArray[np.generic]:
    return np.asarray(course.member_troops.sum(axis=1))


def _place(seen: Observation) -> str:
    if seen.where is None:
        raise ValueError(f"observed {seen.quantity} names no place; give `where`")
    return seen.where


QUANTITIES: dict[str, Reader] = {
    "participants": _participants,
    "deaths": _deaths,
    "deaths_civilian": _at("killed_civilian"),
    "deaths_forces": _at("killed_forces"),
    "city_deaths": _city_deaths,
    "arrests": _at("arrested"),
    "hurt": _at("hurt"),
    "hurt_forces": _at("hurt_forces"),
    "cities_with_seats_attacked": _seats_attacked,
    "site_lost_at": _site_lost_at,
    "site_retaken_at": _site_retaken_at,
    "peak_at": _peak_at,
    "calm_at": _calm_at,
    "troops": _troops,
    "member_troops": _member_troops,
    "first_landing_at": _first_landing,
    "closure_at": _closure,
    "state_falls": _falls,
}


def compute(course: Course, context: Context, seen: Observation) -> FloatArray:
    """The quantity of an observation in every run of a course (run,); NaN where it is not reached."""
    return np.asarray(QUANTITIES[seen.quantity](course, context, seen), dtype=float)


def label(seen: Observation, case: Case) -> str:
    """How a quantity is named in tables: with its place and day."""
    where = f" {seen.where}" if seen.where else ""
    when = f" {seen.at.astimezone(case.meta.clock.tzinfo):%d %b %H:%M}" if seen.at else ""
    return f"{seen.quantity}{where}{when}"
