"""Can the lead state carry two theatres, and how large could the request grow before one gives? A curve.

A theatre holds while what is left there is at least its floor. Nobody publishes a floor: it is a
parameter, and the answer is given as a curve over it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from foedus.alliance.plan import Plan
from foedus.cases.schema import Alliance
from foedus.terms import Interval

if TYPE_CHECKING:
    from foedus.chance import Luck

FloatArray = NDArray[np.float64]
Runs = range | NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class TheatreLoad:
    """One theatre, per run: troops there, what it needs, what the plan takes (run,)."""

    strength: FloatArray
    floor: FloatArray
    drawn: FloatArray

    @property
    def left(self) -> FloatArray:
        """Troops left in the theatre."""
        return self.strength - self.drawn

    @property
    def holds(self) -> NDArray[np.bool_]:
        """Whether what is left is at least the floor."""
        return np.asarray(self.left >= self.floor)

    @property
    def gives(self) -> NDArray[np.bool_]:
        """Whether it would have held without the contingents and does not with them."""
        return np.asarray((self.strength >= self.floor) & ~self.holds)

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form: floor, left, chance that it holds, chance that the plan breaks it."""
        return {
            "floor": Interval.of(self.floor).as_dict(),
            "left": Interval.of(self.left).as_dict(),
            "holds": float(self.holds.mean()),
            "gives": float(self.gives.mean()),
        }


def theatre_loads(
    alliance: Alliance, plan: Plan, luck: Luck, runs: Runs, strength: FloatArray | None = None
) -> dict[str, TheatreLoad]:
    """What the plan leaves in each theatre.

    ``strength`` is ``Disturbance.strength`` (run, member), times joins in free mode; 1 if left out.
    """
    loads: dict[str, TheatreLoad] = {}
    for key, theatre in alliance.theatres.items():
        drawn = np.zeros(len(runs))
        for unit in alliance.units:
            if unit.theatre == key:
                factor = 1.0 if strength is None else strength[:, plan.members.index(unit.member)]
                drawn = drawn + plan.unit_troops.get(unit.id, 0.0) * factor
        loads[key] = TheatreLoad(
            theatre.strength.at(luck.uniform("theatre", f"{key}.strength", runs)),
            theatre.floor.at(luck.uniform("theatre", f"{key}.floor", runs)),
            drawn,
        )
    return loads


@dataclass(frozen=True, slots=True, eq=False)
class RequestCurve:
    """How large the request could grow before a theatre gives.

    Attributes
    ----------
    floors
        Floors tried, troops (floor,), from none to the theatre's central strength.
    request
        Largest request in all that the theatre survives, troops (run, floor).
    at_the_floor_drawn
        The same at the case's own floor as drawn in each run (run,).
    """

    floors: FloatArray
    request: FloatArray
    at_the_floor_drawn: FloatArray

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form: an interval over runs for each floor."""
        return {
            "largest_request": Interval.of(self.at_the_floor_drawn).as_dict(),
            "curve": [
                {"floor": float(floor), "largest_request": Interval.of(self.request[:, i]).as_dict()}
                for i, floor in enumerate(self.floors)
            ],
        }


def largest_request(
    alliance: Alliance,
    theatre: str,
    luck: Luck,
    runs: Runs,
    *,
    pledges: Mapping[str, float] | None = None,
    steps: int = 21,
) -> RequestCurve:
    """How large the request could grow before the theatre gives, over its unknown floor.

    The other members send their pledges (as drawn, or as given) and the holder of the theatre all the
    rest: first its listed units that are bound to no theatre or to another, then this theatre's troops.
    So it is the theatre's own limit; that lift or notice may bind earlier is the plan's to say. Where
    the theatre is under its floor before anything is asked, it is what the others and the free units send.
    """
    place = alliance.theatres[theatre]
    others = np.zeros(len(runs))
    for code, member in alliance.members.items():
        if code == place.holder:
            continue
        if pledges is not None and code in pledges:
            others = others + pledges[code]
        elif member.pledge is not None:
            others = others + member.pledge.at(luck.uniform("lift", f"{code}.pledge", runs))
    free = np.zeros(len(runs))
    for unit in alliance.units:
        if unit.member == place.holder and unit.theatre != theatre:
            free = free + unit.strength.at(luck.uniform("theatre", f"{unit.id}.strength", runs))
    strength = place.strength.at(luck.uniform("theatre", f"{theatre}.strength", runs))
    floor = place.floor.at(luck.uniform("theatre", f"{theatre}.floor", runs))
    floors = np.linspace(0.0, place.strength.central(), steps)
    beyond = others + free
    return RequestCurve(
        floors,
        beyond[:, None] + np.maximum(strength[:, None] - floors[None, :], 0.0),
        beyond + np.maximum(strength - floor, 0.0),
    )
