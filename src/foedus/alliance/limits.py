"""What may have landed by each hour? Aircraft hours, landings at the fields, convoys on the roads.

Each limit is a running total: so much of it is used by a person landed, so much of it is there by an hour.
A little generous at the seams of cycles: exact times come from the sorties.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.alliance.aircraft import landings_an_hour
from foedus.alliance.calendar import ROAD, Calendar, Travel
from foedus.cases.schema import Alliance

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Limit:
    """Use for each person landed, by index of the unit, and how much there is by each bucket's end."""

    use: Mapping[int, float]
    there: FloatArray


def limits_of(
    travel: list[Travel], alliance: Alliance, calendar: Calendar, numbers: Mapping[str, float]
) -> list[Limit]:
    """Every limit that lift sets to the units; one for each fleet, one for all fields, one for each road."""
    moving = [(i, t) for i, t in enumerate(travel) if t.can_move]
    return [
        *_fleets(moving, calendar.ends),
        *_fields(moving, alliance, calendar.ends),
        *_roads(moving, calendar.ends, numbers["convoy_gap"]),
    ]


def _fleets(moving: list[tuple[int, Travel]], ends: FloatArray) -> Iterator[Limit]:
    """Aircraft hours of each fleet, from one cycle before its first landing on."""
    for fleet in {t.lift: None for _, t in moving if t.by_air}:
        flying = [(i, t) for i, t in moving if t.lift == fleet]
        first = min(t.first_landing for _, t in flying)
        shortest = min(t.cycle for _, t in flying)
        hours = np.where(ends >= first, ends - first + shortest, 0.0)
        yield Limit({i: t.cycle / t.load for i, t in flying}, flying[0][1].aircraft * hours)


def _fields(moving: list[tuple[int, Travel]], alliance: Alliance, ends: FloatArray) -> Iterator[Limit]:
    """Landings at all fields together, if none of them is lost."""
    flying = [(i, t) for i, t in moving if t.by_air]
    if flying:
        standing = sum(t.standing for _, t in flying) / len(flying)
        an_hour = sum(landings_an_hour(field, standing) for field in alliance.lift.airfields.values())
        first = min(t.first_landing for _, t in flying)
        yield Limit({i: 1.0 / t.load for i, t in flying}, an_hour * np.maximum(ends - first + 1.0, 0.0))


def _roads(moving: list[tuple[int, Travel]], ends: FloatArray, gap: float) -> Iterator[Limit]:
    """Convoys of each unit that comes by road, a gap between them."""
    for i, t in moving:
        if t.lift == ROAD and gap > 0:
            yield Limit({i: 1.0 / t.load}, np.maximum((ends - t.first_landing) / gap + 1.0, 0.0))
