"""How long does each unit take? Travel times of units, and the planner's calendar."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.alliance.aircraft import Load, cycle_of, load_of, unloading, vehicles_each, way_of
from foedus.cases.schema import Alliance, Unit
from foedus.errors import CaseError

ROAD = "road"
LEAST_LOAD = 0.05
"""Persons a load: below it a unit is its vehicles, and more loads would tell nothing new."""


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """Buckets of hours after the activation; ``ends`` are their last hours (bucket,)."""

    ends: NDArray[np.float64]

    @classmethod
    def of(cls, deadline: float, bucket: float) -> Calendar:
        """Make the calendar up to the deadline."""
        return cls(np.arange(bucket, deadline + bucket, bucket, dtype=np.float64))


@dataclass(frozen=True, slots=True)
class Travel:
    """How one unit would travel; hours after the activation, people, people a load.

    ``ready`` is when it stands at the airfield: its member's own yes, then its notice. ``first_landing``
    is the earliest that any of it could be there. ``cycle`` is the hours until the same aircraft can be
    back there with a next load; for a road unit, until the next convoy. ``vehicles`` go with each person,
    ``tonnes`` are what one load weighs, None where the fleet is given in persons. ``standing`` is the
    hours that an aircraft stands at the field of arrival.
    """

    unit: str
    member: str
    theatre: str | None
    lift: str
    strength: float
    cost: float
    ready: float
    on_the_way: float
    cycle: float
    load: float
    aircraft: float
    before_take_off: float
    vehicles: float
    tonnes: float | None
    standing: float

    @property
    def by_air(self) -> bool:
        """Whether it flies."""
        return self.lift != ROAD

    @property
    def first_landing(self) -> float:
        """Hours after the activation at which the first of it could land."""
        return self.ready + self.before_take_off + self.on_the_way

    @property
    def can_move(self) -> bool:
        """Whether anything carries it there at all."""
        return self.aircraft > 0 and self.load > 0 and bool(np.isfinite(self.cycle + self.first_landing))


def travel_of(
    unit: Unit, alliance: Alliance, coming: Collection[str], numbers: Mapping[str, float]
) -> Travel:
    """How this unit would travel, at central values.

    Ranges, payload and stops are :mod:`foedus.alliance.aircraft`'s. A fleet whose owner is a member that
    stays away has no aircraft, and without a field of arrival nothing flies.
    """
    member = alliance.members[unit.member]
    if unit.theatre is not None and unit.theatre not in alliance.theatres:
        raise CaseError(
            f"alliance.units.{unit.id}.theatre: no theatre {unit.theatre!r}; add it to alliance.theatres"
        )
    ready = member.approval_delay.central() + unit.notice.central()
    carried = (
        _by_road(unit, alliance, numbers) if unit.lift == ROAD else _by_air(unit, alliance, coming, numbers)
    )
    return Travel(
        unit=unit.id,
        member=unit.member,
        theatre=unit.theatre,
        lift=unit.lift,
        strength=unit.strength.central(),
        cost=unit.cost.central(),
        ready=ready,
        on_the_way=carried.on_the_way,
        cycle=carried.cycle,
        load=max(carried.load.persons, LEAST_LOAD) if carried.load.persons > 0 else 0.0,
        aircraft=carried.aircraft,
        before_take_off=carried.before_take_off,
        vehicles=carried.load.vehicles / carried.load.persons if carried.load.persons > 0 else 0.0,
        tonnes=carried.load.tonnes,
        standing=carried.standing,
    )


class _Carried(NamedTuple):
    """Hours on the way, hours of a cycle, a load, aircraft, hours before take-off and of unloading."""

    on_the_way: float
    cycle: float
    load: Load
    aircraft: float
    before_take_off: float
    standing: float


def _by_road(unit: Unit, alliance: Alliance, numbers: Mapping[str, float]) -> _Carried:
    speed = alliance.lift.road_speed.central()
    hours = unit.distance.central() / speed if speed > 0 else float("inf")
    convoy = numbers["convoy"]
    load = Load(convoy, convoy * vehicles_each(unit), None)
    return _Carried(hours, numbers["convoy_gap"], load, 1.0, 0.0, 0.0)


def _by_air(
    unit: Unit, alliance: Alliance, coming: Collection[str], numbers: Mapping[str, float]
) -> _Carried:
    if unit.lift not in alliance.lift.fleets:
        raise CaseError(
            f"alliance.units.{unit.id}.lift: no fleet {unit.lift!r}; add it to alliance.lift.fleets"
        )
    fleet = alliance.lift.fleets[unit.lift]
    away = fleet.owner in alliance.members and fleet.owner not in coming
    nowhere = away or not alliance.lift.airfields
    way = way_of(fleet, unit.distance.central())
    return _Carried(
        on_the_way=way.out,
        cycle=cycle_of(fleet, way),
        load=load_of(unit, fleet, way.share, numbers),
        aircraft=0.0 if nowhere else float(round(fleet.aircraft.central())),
        before_take_off=numbers["loading_share"] * fleet.turnaround.central(),
        standing=unloading(fleet, numbers),
    )
