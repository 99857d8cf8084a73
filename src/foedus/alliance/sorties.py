"""When does each load land? A discrete model of sorties over a plan's troops.

Aircraft of a fleet are shared in order of readiness: the unit that is ready first loads first, each load
takes the aircraft that is free first, and an aircraft is free again after its cycle. Road units come as
convoys. Throughput of the fields of arrival is not in these times: the landing of the sorties, hour by
hour, is :mod:`foedus.alliance.arrival`.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.alliance.calendar import Travel
from foedus.cases.schema import Alliance

ON_THE_ROAD = -1


@dataclass(frozen=True, slots=True, eq=False)
class Sorties:
    """Planned landings (sortie,), in order of ``hour``; contiguous, ready for a compiled kernel.

    Attributes
    ----------
    hour
        float64: planned landing (for convoys: arrival), hours after the activation. The member's central
        approval delay is in it, so the landing in a run is
        ``activation + hour + Disturbance.delay[run, member] + Disturbance.refly[run, sortie]``.
    troops
        float64: persons aboard.
    member
        int64: index into ``Plan.members``.
    fleet
        int64: index into ``Plan.fleets``; -1 by road, which needs no airfield.
    unit
        int64: index into the case's list of units.
    cycle
        float64: hours until a load that did not fly can be flown after all.
    """

    hour: NDArray[np.float64]
    troops: NDArray[np.float64]
    member: NDArray[np.int64]
    fleet: NDArray[np.int64]
    unit: NDArray[np.int64]
    cycle: NDArray[np.float64]

    def __len__(self) -> int:
        return int(self.hour.size)

    @property
    def by_air(self) -> NDArray[np.bool_]:
        """Whether each needs an airfield (sortie,)."""
        return np.ascontiguousarray(self.fleet >= 0)

    def arrived_by(self, hours: float) -> float:
        """Troops landed by so many hours after the activation, as planned."""
        return float(self.troops[self.hour <= hours].sum())


def fly(
    travel: list[Travel],
    sent: Mapping[str, float],
    alliance: Alliance,
    members: tuple[str, ...],
    numbers: Mapping[str, float],
) -> Sorties:
    """Time the loads of every unit that is sent; a unit that nothing can carry does not appear."""
    fleets = tuple(alliance.lift.fleets)
    places = {unit.id: i for i, unit in enumerate(alliance.units)}
    free: dict[str, list[float]] = {
        t.lift: [0.0] * int(t.aircraft) for t in travel if t.by_air and t.can_move
    }
    rows: list[tuple[float, float, int, int, int, float]] = []
    for t in sorted(travel, key=lambda t: (t.ready, places[t.unit])):
        if sent[t.unit] <= 0 or not t.can_move:
            continue
        fleet = fleets.index(t.lift) if t.by_air else ON_THE_ROAD
        ids = (members.index(t.member), fleet, places[t.unit])
        for i, load in enumerate(_loads(sent[t.unit], t.load)):
            begin = _take(free[t.lift], t) if t.by_air else t.ready + i * numbers["convoy_gap"]
            rows.append((begin + t.before_take_off + t.on_the_way, load, *ids, t.cycle))
    rows.sort(key=lambda row: row[0])
    hour, troops, member, fleet_of, unit, cycle = zip(*rows, strict=True) if rows else ((),) * 6
    return Sorties(
        hour=np.array(hour, dtype=np.float64),
        troops=np.array(troops, dtype=np.float64),
        member=np.array(member, dtype=np.int64),
        fleet=np.array(fleet_of, dtype=np.int64),
        unit=np.array(unit, dtype=np.int64),
        cycle=np.array(cycle, dtype=np.float64),
    )


def _take(free: list[float], t: Travel) -> float:
    """Take the aircraft that is free first; the hour at which it begins to load."""
    begin = max(heapq.heappop(free), t.ready)
    heapq.heappush(free, begin + t.cycle)
    return begin


def _loads(troops: float, load: float) -> list[float]:
    """Whole persons, as even as they go, in as few loads as hold them; a load may be vehicles alone."""
    count = math.ceil(troops / load - 1e-9)
    each, over = divmod(int(troops), count)
    return [float(each + (i < over)) for i in range(count)]
