"""From a case and its inputs to the arrays that the kernel reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from foedus.alliance.arrival import Airlift
from foedus.cases import Place
from foedus.cases.schema import Case, Event
from foedus.chance import entity_id
from foedus.engine.arrays import GUARD, ORDER_OF_KIND, RULES_OF_ENGAGEMENT, Plant, Schedule, World
from foedus.engine.inputs import Inputs, rule_records
from foedus.engine.streets import CROWD

STREET_FORCES = ("police", "guard")


def build_plant(
    case: Case, places: Sequence[Place], inputs: Inputs, airlift: Airlift, streets: Any = CROWD
) -> Plant:
    """Couple a case to the kernel.

    Parameters
    ----------
    case, places
        The case, and its cities with population and place.
    inputs
        Draws of every uncertain input, or a posterior's values.
    airlift
        The lift plan and its disturbances, from :func:`foedus.engine.airlift.build_airlift`.
    streets
        The street model; see :mod:`foedus.engine.streets`.
    """
    rule = rule_records(case, inputs)
    k0, k1 = inputs.luck.key
    return Plant(
        world=_world(case, places, inputs, rule),
        schedule=_schedule(case, [place.name for place in places], inputs),
        airlift=airlift,
        rule=rule,
        key=np.array([k0, k1], dtype=np.uint64),
        hours=case.meta.clock.hours,
        streets=streets,
    )


def _world(case: Case, places: Sequence[Place], inputs: Inputs, rule: Any) -> World:
    runs = inputs.runs
    clock = case.meta.clock
    people = np.array([round(place.population.central()) for place in places], dtype=np.int64)
    density = sum(
        (
            inputs.draw(f"forces.{force.id}.strength", force.strength)
            * inputs.draw(f"forces.{force.id}.deployable", force.deployable)
            for force in case.forces
            if force.kind in STREET_FORCES
        ),
        start=np.zeros(runs),
    ) / max(case.country.population.central(), 1.0)
    normal = np.empty((runs, len(places)))
    legitimacy = np.empty((runs, len(places)))
    for c, place in enumerate(places):
        police = inputs.normal(f"cities.{place.name}.police")
        mood = inputs.normal(f"cities.{place.name}.legitimacy")
        normal[:, c] = density * people[c] * np.exp(rule["police_spread"] * police)
        grievance = inputs.draw(f"cities.{place.name}.grievance", place.grievance) if place.grievance else 0.0
        legitimacy[:, c] = rule["legitimacy"] + rule["legitimacy_spread"] * mood - grievance
    index = {place.name: c for c, place in enumerate(places)}
    site_index = {site.id: s for s, site in enumerate(case.sites)}
    task = case.alliance.task
    return World(
        people=people,
        entity=np.array([entity_id(place.name) for place in places], dtype=np.uint64),
        normal=normal,
        legitimacy=legitimacy,
        site_city=np.array([index[site.city] for site in case.sites], dtype=np.int64),
        seat=np.array([site.seat_of_power for site in case.sites], dtype=np.bool_),
        is_seat=np.array([site.kind == "seat" for site in case.sites], dtype=np.bool_),
        guard=_by_run(runs, [inputs.draw(f"sites.{s.id}.guard", s.guard) for s in case.sites]),
        attention=_by_run(runs, [inputs.draw(f"sites.{s.id}.attention", s.attention) for s in case.sites]),
        task_site=np.array([site_index[s] for s in task.sites] if task else [], dtype=np.int64),
        task_guard=inputs.draw("task.guards_per_site", task.guards_per_site) if task else np.zeros(runs),
        task_reserve=inputs.draw("task.reserve", task.reserve) if task else np.zeros(runs),
        engagement=RULES_OF_ENGAGEMENT[task.rules_of_engagement] if task else GUARD,
        hour_of_day=np.array(clock.hour_of_day(), dtype=np.int64),
        day=np.array(clock.day_index(), dtype=np.int64),
    )


def _by_run(runs: int, columns: Sequence[np.ndarray]) -> np.ndarray:
    return np.ascontiguousarray(np.stack(columns, axis=1)) if columns else np.zeros((runs, 0))


def _schedule(case: Case, cities: Sequence[str], inputs: Inputs) -> Schedule:
    runs = inputs.runs
    dated = [event for event in case.events if event.kind in ORDER_OF_KIND]
    asked = {event.id for event in case.events if event.kind == "request"}
    begins = [_start(event, case, inputs) for event in dated]
    ends = [_end(event, case, inputs, start) for event, start in zip(dated, begins, strict=True)]
    request = _first(case, "request", inputs)
    activation = _first(case, "activation", inputs)
    leave, leaving, leave_after_calm = _withdrawal(case, inputs)
    where = np.zeros((len(dated), len(cities)), dtype=np.bool_)
    for e, event in enumerate(dated):
        where[e] = [event.where is None or city in event.where for city in cities]
    return Schedule(
        order=np.array([ORDER_OF_KIND[event.kind] for event in dated], dtype=np.int64),
        start=_by_run(runs, begins),
        end=_by_run(runs, ends),
        weight=np.array([event.weight for event in dated], dtype=np.float64),
        where=where,
        hangs_on_request=np.array([_hangs(event, case, asked) for event in dated], dtype=np.bool_),
        request=request,
        activation=activation,
        leave=leave,
        leaving=leaving,
        leave_after_calm=leave_after_calm,
    )


def _withdrawal(case: Case, inputs: Inputs) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """When contingents leave (run,): ``leave``, ``leaving`` and ``leave_after_calm`` of the schedule."""
    clock, stay = case.meta.clock, case.alliance.stay
    never = np.full(inputs.runs, -1.0)
    leave, leaving, after_calm = never, np.ones(inputs.runs), never
    event = next((event for event in case.events if event.kind == "withdrawal"), None)
    activation = next((event for event in case.events if event.kind == "activation"), None)
    if event is not None and activation is not None:
        after = clock.hours_since_start(event.at) - clock.hours_since_start(activation.at)
        leave = np.full(inputs.runs, after)
        until = event.until or case.meta.end
        leaving = np.full(inputs.runs, (until - event.at).total_seconds() / 3600.0)
    if stay is None:
        return leave, leaving, after_calm
    if stay.leave != "date":
        leave = never
    if stay.leave == "calm":
        after_calm = inputs.draw("stay.after", stay.after) if stay.after else np.zeros(inputs.runs)
    if stay.over is not None:
        leaving = inputs.draw("stay.over", stay.over)
    return leave, leaving, after_calm


def _start(event: Event, case: Case, inputs: Inputs) -> np.ndarray:
    hour = case.meta.clock.hours_since_start(event.at)
    if event.jitter is None:
        return np.full(inputs.runs, hour)
    return hour + inputs.draw(f"events.{event.id}.jitter", event.jitter)


def _end(event: Event, case: Case, inputs: Inputs, start: np.ndarray) -> np.ndarray:
    if event.until is None:
        return np.full(inputs.runs, float(case.meta.clock.hours))
    hours = (event.until - event.at).total_seconds() / 3600.0
    if event.until_jitter is None:
        return start + hours
    shift = inputs.draw(f"events.{event.id}.until_jitter", event.until_jitter)
    fixed_end = case.meta.clock.hours_since_start(event.until)
    return np.asarray(np.maximum(fixed_end + shift, start))


def _first(case: Case, kind: str, inputs: Inputs) -> np.ndarray:
    found = [event for event in case.events if event.kind == kind]
    if not found:
        return np.full(inputs.runs, -1.0)
    return np.asarray(np.maximum(_start(found[0], case, inputs), 0.0))


def _hangs(event: Event, case: Case, asked: set[str]) -> bool:
    """Whether an event hangs on the request, directly or through others."""
    by_id = {other.id: other for other in case.events}
    reason = event.because
    seen: set[str] = set()
    while reason is not None and reason not in seen:
        if reason in asked:
            return True
        seen.add(reason)
        reason = by_id[reason].because if reason in by_id else None
    return False
