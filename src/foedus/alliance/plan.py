"""Which units go, and what gives when not all can be had? The force and lift plan, solved once.

Troops of each unit are chosen so that pledges, the request and the task (guards on every site, a share in
reserve) are met soonest at least opportunity cost, within strength, notice, theatre floors and lift, all at
central values (:mod:`foedus.alliance.programme`); then each load is timed (:mod:`foedus.alliance.sorties`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.alliance.calendar import Travel, travel_of
from foedus.alliance.programme import GIVES_FIRST, Programme, Requirement, Shortfall
from foedus.alliance.sorties import Sorties, fly
from foedus.cases.schema import Alliance
from foedus.cases.schema.declared import Declaration, declaration


def declared_plan() -> Declaration:
    """The declared numbers of the planner, each with unit, basis and source."""
    return declaration("foedus.alliance", "plan.yaml")


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Who sends what by which sortie; central values, before anything is disturbed.

    Attributes
    ----------
    members
        Codes, in the order of the case: ``sorties.member`` and every (run, member) array index them.
    fleets
        Keys of the case's fleets: ``sorties.fleet`` indexes them, -1 is the road.
    fleet_owner
        Member index of each fleet's owner, int64 (fleet,); -1 where the owner is no member.
    pledges
        Troops that each member was planned to send; for a member without a pledge, what it was given.
    unit_troops
        Troops by unit id.
    theatre_drawn
        Troops taken from each theatre.
    shortfalls
        What gives; empty if the plan meets everything.
    if_alone
        For each kind of requirement, the troops by which it would have to give if all others held; None
        if it cannot do it alone. Empty if the plan meets everything.
    sorties
        Planned landings, in order of time.
    travel
        How each listed unit of the members that come would travel.
    """

    members: tuple[str, ...]
    fleets: tuple[str, ...]
    fleet_owner: NDArray[np.int64]
    pledges: Mapping[str, float]
    unit_troops: Mapping[str, float]
    theatre_drawn: Mapping[str, float]
    shortfalls: tuple[Shortfall, ...]
    if_alone: Mapping[Requirement, float | None]
    sorties: Sorties
    travel: tuple[Travel, ...]

    @property
    def troops(self) -> float:
        """Troops planned in all."""
        return float(sum(self.unit_troops.values()))

    @property
    def standing(self) -> float:
        """Hours that an aircraft stands at the field of arrival, the mean of the planned sorties."""
        hours = {t.lift: t.standing for t in self.travel if t.by_air}
        each = [hours[self.fleets[f]] for f in self.sorties.fleet if f >= 0]
        return float(np.mean(each)) if each else 0.0

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form: troops by unit, what is drawn, what gives, first and last landing."""
        hours = self.sorties.hour
        return {
            "troops": self.troops,
            "units": dict(self.unit_troops),
            "theatres_drawn": dict(self.theatre_drawn),
            "shortfalls": [
                {"requirement": s.requirement, "of": s.of, "troops": s.troops} for s in self.shortfalls
            ],
            "if_alone": dict(self.if_alone),
            "sorties": int((self.sorties.fleet >= 0).sum()),
            "convoys": int((self.sorties.fleet < 0).sum()),
            "first_landing": float(hours[0]) if hours.size else None,
            "closure": float(hours[-1]) if hours.size else None,
        }


def plan_forces(
    alliance: Alliance,
    *,
    pledges: Mapping[str, float] | None = None,
    joins: Collection[str] | None = None,
    gives: tuple[Requirement, ...] = GIVES_FIRST,
) -> Plan:
    """Which units go, in which sorties, and what gives if not all can be had.

    Parameters
    ----------
    alliance
        Members, units, lift, theatres and task of the case, at central values.
    pledges
        Troops by member, in place of the case's pledges. A member that joins without a pledge sends
        what the request still lacks.
    joins
        Members that send; all if left out. A fleet of a member that stays away does not fly.
    gives
        Kinds of requirement, the first to give first. Where pledges are facts of the record use
        ``PLEDGES_STAND``: then a theatre's floor gives before a pledge.

    Raises
    ------
    CaseError
        A unit's lift or theatre is not in the case.
    """
    members = tuple(alliance.members)
    coming = [code for code in members if joins is None or code in joins]
    promised = _promised(alliance, coming, pledges)
    numbers = plan_numbers()
    travel = _travel(alliance, coming, numbers)
    programme = Programme(alliance, promised, travel, numbers)
    solved = programme.solve(gives)
    sent = {t.unit: troops for t, troops in zip(travel, solved.troops, strict=True)}
    fleets = tuple(alliance.lift.fleets)
    owners = [alliance.lift.fleets[f].owner for f in fleets]
    return Plan(
        members=members,
        fleets=fleets,
        fleet_owner=np.array([members.index(o) if o in members else -1 for o in owners], dtype=np.int64),
        pledges={
            code: promised.get(code, sum(sent[t.unit] for t in travel if t.member == code)) for code in coming
        },
        unit_troops=sent,
        theatre_drawn={
            key: float(sum(sent[t.unit] for t in travel if t.theatre == key)) for key in alliance.theatres
        },
        shortfalls=solved.shortfalls,
        if_alone=programme.if_alone() if solved.shortfalls else {},
        sorties=fly(travel, sent, alliance, members, numbers),
        travel=tuple(travel),
    )


def lift_bound(
    alliance: Alliance, holder: str, *, joins: Collection[str] | None = None, deadline: float | None = None
) -> float:
    """How many could lift land by the deadline, had the holder's listed units no end? [people]

    The limit of aircraft, fields and roads beside which :func:`foedus.alliance.largest_request` asks what a
    theatre can spare. The other members send their pledges. ``deadline`` in hours; the plan's if left out.
    """
    coming = [code for code in alliance.members if joins is None or code in joins]
    numbers = plan_numbers()
    if deadline is not None:
        numbers["deadline"] = deadline
    promised = _promised(alliance, coming, None)
    return Programme(alliance, promised, _travel(alliance, coming, numbers), numbers).most_by_deadline(
        holder, promised
    )


def plan_numbers() -> dict[str, float]:
    """The declared numbers of the planner at central values."""
    return {name: p.central() for name, p in declared_plan().parameters.items()}


def _travel(alliance: Alliance, coming: Collection[str], numbers: Mapping[str, float]) -> list[Travel]:
    return [travel_of(unit, alliance, coming, numbers) for unit in alliance.units if unit.member in coming]


def _promised(alliance: Alliance, coming: list[str], pledges: Mapping[str, float] | None) -> dict[str, float]:
    given = dict(pledges or {})
    out: dict[str, float] = {}
    for code in coming:
        pledge = alliance.members[code].pledge
        if code in given:
            out[code] = float(round(given[code]))
        elif pledge is not None:
            out[code] = float(round(pledge.central()))
    return out
