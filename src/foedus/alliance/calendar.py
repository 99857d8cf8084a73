"""How long does each unit take? Travel times of units, and the planner's calendar."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.cases.schema import Alliance, Unit
from foedus.errors import CaseError

ROAD = "road"
HOURS_A_DAY = 24.0


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
    back there with a next load; for a road unit, until the next convoy.
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

    An aircraft's cycle is out and back with one turnaround, but never shorter than what crews and upkeep
    allow (``sorties_per_day``). A fleet whose owner is a member that stays away has no aircraft.
    """
    member = alliance.members[unit.member]
    if unit.theatre is not None and unit.theatre not in alliance.theatres:
        raise CaseError(
            f"alliance.units.{unit.id}.theatre: no theatre {unit.theatre!r}; add it to alliance.theatres"
        )
    distance = unit.distance.central()
    if unit.lift == ROAD:
        leg = _over(distance, alliance.lift.road_speed.central())
        carried = (leg, numbers["convoy_gap"], numbers["convoy"], 1.0, 0.0)
    else:
        carried = _by_air(unit, distance, alliance, coming, numbers["loading_share"])
    on_the_way, cycle, load, aircraft, before_take_off = carried
    return Travel(
        unit=unit.id,
        member=unit.member,
        theatre=unit.theatre,
        lift=unit.lift,
        strength=unit.strength.central(),
        cost=unit.cost.central(),
        ready=member.approval_delay.central() + unit.notice.central(),
        on_the_way=on_the_way,
        cycle=cycle,
        load=load,
        aircraft=aircraft,
        before_take_off=before_take_off,
    )


def _by_air(
    unit: Unit, distance: float, alliance: Alliance, coming: Collection[str], loading_share: float
) -> tuple[float, float, float, float, float]:
    """Hours on the way, hours of a cycle, people a load, aircraft, hours before take-off."""
    if unit.lift not in alliance.lift.fleets:
        raise CaseError(
            f"alliance.units.{unit.id}.lift: no fleet {unit.lift!r}; add it to alliance.lift.fleets"
        )
    fleet = alliance.lift.fleets[unit.lift]
    away = fleet.owner in alliance.members and fleet.owner not in coming
    aircraft = 0.0 if away else float(round(fleet.aircraft.central()))
    leg, turnaround = _over(distance, fleet.speed.central()), fleet.turnaround.central()
    cycle = max(2.0 * leg + turnaround, _over(HOURS_A_DAY, fleet.sorties_per_day.central()))
    return leg, cycle, fleet.troops.central(), aircraft, loading_share * turnaround


def _over(amount: float, rate: float) -> float:
    return amount / rate if rate > 0 else float("inf")
