"""The wave in a case: its cities and shocks in, the quantities that were observed out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from foedus.cases import Place
from foedus.cases.schema import Case, Observation
from foedus.experiments.quantities import Context
from foedus.streets.calm import hours_to_calm
from foedus.streets.wave import Shock, Wave, WaveCourse, distances_km

FloatArray = NDArray[np.float64]

COUNTS = ("participants",)
DATES = ("peak_at", "calm_at")
"""What the wave has a word for. It knows no sites, forces, arrests, deaths or contingents."""


def wave_of(case: Case, places: Sequence[Place]) -> Wave | None:
    """The wave's world of a case: the same cities, at central populations, and the same dated shocks.

    A shock is shared out over the cities that it strikes by their people, and counts by its weight
    (assumption). None where the case has no shock in any of its cities: nothing would begin the wave.
    """
    clock = case.meta.clock
    people = np.array([place.population.central() for place in places])
    names = [place.name for place in places]
    shocks = []
    for event in case.events:
        if event.kind == "shock":
            struck = np.array([event.where is None or name in event.where for name in names])
            share = people * struck
            if share.sum() > 0:
                hour = int(np.floor(max(clock.hours_since_start(event.at), 0.0)))
                shocks.append(Shock(hour, event.weight * share / share.sum()))
    if not shocks:
        return None
    return Wave(
        people,
        distances_km([place.latitude for place in places], [place.longitude for place in places]),
        shocks,
        np.asarray(clock.day_index(), dtype=np.int64),
    )


def speaks_of(seen: Observation) -> bool:
    """Whether the wave has the quantity of an observation."""
    return seen.quantity in COUNTS + DATES


def hours_needed(seen: Sequence[Observation], context: Context) -> int:
    """Hours to run so that every one of these can be read: to the end of the last day that they name."""
    day = context.case.meta.clock.day_index()
    if any(one.quantity in DATES for one in seen):
        return len(day)
    last = max(day[context.tick(one)] for one in seen)
    return 1 + max(hour for hour, of in enumerate(day) if of == last)


def expected(course: WaveCourse, context: Context, seen: Observation) -> FloatArray:
    """The wave's own value of an observed quantity (particle,), no scatter of reports; NaN never reached.

    Participants of the country are people active at any time of the day, of a city its largest crowd of the
    day, as in the crowd model. Calm leaves out the seats of power, which the wave does not know.
    """
    if seen.quantity == "participants":
        day = context.case.meta.clock.day_index()[context.tick(seen)]
        if seen.where is None:
            return course.participants[:, day]
        return course.city_peak[:, context.city(seen.where), day]
    if seen.quantity == "peak_at":
        if seen.where is None:
            raise ValueError("observed peak_at names no place; give `where`")
        return course.city_peak_at[:, context.city(seen.where)]
    if seen.quantity == "calm_at":
        active = np.rint(course.active).astype(np.int32)
        held = np.zeros(active.shape, dtype=np.int8)
        after = hours_to_calm(active, held, context.urban, context.first_shock)
        return np.asarray(after + context.first_shock)
    raise ValueError(f"the wave has no {seen.quantity}")
