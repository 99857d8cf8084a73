"""What does one aircraft carry over a distance, how long is it away, and how many can a field take?

A fleet without ``payload`` is given in persons: ``troops`` is what one sortie carries with kit and vehicles.
A fleet with ``payload`` is given in tonnes: persons and vehicles share them, and ``troops`` is its seats.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from foedus.cases.schema import Airfield, Fleet, Unit

Numbers = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Way:
    """How an aircraft gets over one distance.

    ``share`` of the full load that it carries [0, 1]; ``out`` hours with the load and ``back`` hours empty,
    stops for fuel in both.
    """

    share: float
    out: float
    back: float


@dataclass(frozen=True, slots=True)
class Load:
    """What one sortie carries of a unit: persons, their vehicles, and the tonnes of both."""

    persons: float
    vehicles: float
    tonnes: float | None


def share_of_payload(distance: float, range_full: float, range_ferry: float) -> float:
    """Share of the full payload that an aircraft carries over a distance [km] in one leg.

    All of it up to ``range_full``, falling in a straight line to none at ``range_ferry``. Data sheets print
    the two ends; the line between them is an assumption: a real diagram bends at the full tanks.
    """
    if distance <= range_full:
        return 1.0
    if distance >= range_ferry:
        return 0.0
    return (range_ferry - distance) / (range_ferry - range_full)


def way_of(fleet: Fleet, distance: float) -> Way:
    """How an aircraft of the fleet gets over a distance [km], at central values.

    With ``stop`` it flies with a full load in equal legs no longer than ``range_full`` and stops between
    them; back it is empty, so its legs are as long as ``range_ferry``. Without ``stop`` it flies in one
    leg, with what the range leaves it. Without ranges it flies any distance, fully laden. The way back
    begins with fuel taken at the field of arrival: assumption.
    """
    speed = fleet.speed.central()
    hours = distance / speed if speed > 0 else math.inf
    if fleet.range_full is None:
        return Way(1.0, hours, hours)
    full = fleet.range_full.central()
    ferry = max(full, fleet.range_ferry.central()) if fleet.range_ferry is not None else full
    if fleet.stop is None:
        return Way(share_of_payload(distance, full, ferry), hours, hours)
    if full <= 0:
        return Way(0.0, hours, hours)
    stop = fleet.stop.central()
    return Way(1.0, hours + stop * _stops(distance, full), hours + stop * _stops(distance, ferry))


def vehicles_each(unit: Unit) -> float:
    """Vehicles that go with each person of a unit."""
    strength = unit.strength.central()
    return unit.vehicles.central() / strength if unit.vehicles is not None and strength > 0 else 0.0


def load_of(unit: Unit, fleet: Fleet, share: float, numbers: Numbers) -> Load:
    """What one sortie carries of the unit over a way that leaves it ``share`` of its load.

    A unit's vehicles are spread evenly over its persons, so a part of a unit takes its part of them. Holds
    fill before the payload does: ``fill`` of it is used. What binds first counts, tonnes or seats.
    """
    vehicles = vehicles_each(unit)
    seats = fleet.troops.central()
    if fleet.payload is None:
        persons = seats * share
        return Load(persons, persons * vehicles, None)
    weight = unit.vehicle_weight.central() if unit.vehicle_weight is not None else numbers["vehicle_weight"]
    each = numbers["person_weight"] + vehicles * weight
    tonnes = fleet.payload.central() * share * numbers["fill"]
    persons = min(seats if share > 0 else 0.0, tonnes / each)
    return Load(persons, persons * vehicles, persons * each)


def cycle_of(fleet: Fleet, way: Way) -> float:
    """Hours until the same aircraft can be there with a next load: the way out and back and one turnaround.

    Never shorter than what crews and upkeep allow (``sorties_per_day``).
    """
    sorties = fleet.sorties_per_day.central()
    rest = 24.0 / sorties if sorties > 0 else math.inf
    return max(way.out + way.back + fleet.turnaround.central(), rest)


def unloading(fleet: Fleet, numbers: Numbers) -> float:
    """Hours that an aircraft of the fleet stands at the field of arrival."""
    return (1.0 - numbers["loading_share"]) * fleet.turnaround.central()


def landings_an_hour(field: Airfield, standing: float) -> float:
    """Landings an hour that a field can take: its landing interval, or its standing room if that is less.

    ``standing`` is how many hours an aircraft stands there. Little's law: as many as can stand, over the
    hours that each stands (Little 1961).
    """
    landings = field.landings_per_hour.central()
    if field.on_ground is None or standing <= 0:
        return landings
    return min(landings, field.on_ground.central() / standing)


def _stops(distance: float, leg: float) -> int:
    return max(0, math.ceil(distance / leg - 1e-9) - 1)
