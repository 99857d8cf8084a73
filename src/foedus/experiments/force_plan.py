"""Who would come, with what and when: the force plan of a case and its arrival, and no street beside it.

The plan is solved once (:mod:`foedus.alliance.plan`); its execution is disturbed in each run. Fields of
arrival stay open unless the caller loses one, for what a crowd does to them is the crisis run's to say.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.alliance import (
    GIVES_FIRST,
    PLEDGES_STAND,
    Landings,
    Plan,
    carried,
    disturb,
    landings,
    largest_request,
    lift_bound,
    plan_forces,
    theatre_loads,
)
from foedus.alliance.arrival import Airlift
from foedus.alliance.plan import plan_numbers
from foedus.cases.schema import Alliance, Case
from foedus.chance import Luck
from foedus.engine.airlift import build_airlift
from foedus.engine.inputs import Inputs
from foedus.errors import CaseError
from foedus.terms import Interval
from foedus.version import __version__

FloatArray = NDArray[np.float64]
RUNS = 300
STEP = 2
"""Hours between the points of an arrival curve."""
AFTER = 120
"""Hours that a curve goes on after the planned closure, so that what slips is still on it."""


@dataclass(frozen=True, slots=True)
class ForcePlan:
    """A case's plan, how it is carried out in each run, and what else a report needs.

    ``as_asked`` says that nobody pledged troops: then it is what could have come for the request.
    """

    case: Case
    alliance: Alliance
    plan: Plan
    lift: Airlift
    landings: Landings
    runs: int
    seed: int
    as_asked: bool
    lost: Sequence[str]
    edits: Sequence[str]

    def as_dict(self) -> dict[str, Any]:
        """Return what ``foedus plan --json`` prints."""
        alliance, plan, came = self.alliance, self.plan, self.landings
        hours = hours_of(plan)
        return {
            "foedus": __version__,
            "case": self.case.meta.slug,
            "title": self.case.meta.title,
            "host": self.case.meta.host,
            "lead": alliance.lead,
            "runs": self.runs,
            "seed": self.seed,
            "edits": list(self.edits),
            "lost": list(self.lost),
            "said": self.said(),
            "activation": self._activation(),
            "plan": plan.as_dict(),
            "units": self._units(),
            "task": self._task(hours),
            "theatres": self._theatres(),
            "lift_bound": {
                "deadline": plan_numbers()["deadline"],
                "troops": lift_bound(alliance, alliance.lead, joins=pledged_in(alliance)),
            },
            "arrival": arrival_part(self.case, plan, came),
            "airfields": self._airfields(),
            "observed": [
                {
                    "quantity": o.quantity,
                    "low": o.low,
                    "best": o.best,
                    "high": o.high,
                    "unit": o.unit,
                    "text": o.text,
                }
                for o in self.case.observed
                if o.quantity in ("first_landing_at", "closure_at", "troops")
            ],
        }

    def said(self) -> list[str]:
        """Say in a line each what the plan is of, where that is not plain."""
        lines = []
        if not self.alliance.units:
            lines.append("The case lists no units (alliance.units), so nothing can be planned.")
        elif self.as_asked and self.alliance.task is None:
            lines.append("Nobody pledged troops and the case has no task, so nobody is sent.")
        elif self.as_asked:
            lines.append("Nobody pledged troops: this is what could have come for the troops asked for.")
        if self.alliance.units and not self.alliance.lift.airfields:
            lines.append("The case has no field of arrival (alliance.lift.airfields), so nothing can fly in.")
        return lines

    def _activation(self) -> str | None:
        when = [event.at for event in self.case.events if event.kind == "activation"]
        return when[0].isoformat() if when else None

    def _units(self) -> list[dict[str, Any]]:
        plan, rows = self.plan, []
        travel = {t.unit: t for t in plan.travel}
        for u, unit in enumerate(self.alliance.units):
            how, mine = travel.get(unit.id), plan.sorties.unit == u
            sent = plan.unit_troops.get(unit.id, 0.0)
            hours = plan.sorties.hour[mine]
            rows.append(
                {
                    "id": unit.id,
                    "name": unit.name,
                    "member": unit.member,
                    "place": unit.place,
                    "theatre": unit.theatre,
                    "lift": unit.lift,
                    "distance": unit.distance.central(),
                    "strength": unit.strength.central(),
                    "sent": sent,
                    "vehicles": round(sent * how.vehicles) if how else 0,
                    "ready": how.ready if how else None,
                    "persons_a_load": how.load if how else None,
                    "tonnes_a_load": how.tonnes if how else None,
                    "loads": int(mine.sum()),
                    "first": float(hours[0]) if hours.size else None,
                    "last": float(hours[-1]) if hours.size else None,
                }
            )
        return rows

    def _task(self, hours: FloatArray) -> dict[str, Any] | None:
        """What the task takes, and the hour by which enough are down to man each site in turn."""
        task = self.alliance.task
        if task is None:
            return None
        each, kept = task.guards_per_site.central(), task.reserve.central()
        names = {site.id: site.name for site in self.case.sites}
        down = self.landings.by_hour(hours) * (1.0 - kept)
        sites = []
        for i, site in enumerate(task.sites):
            enough = down >= each * (i + 1) - 1e-9
            when = np.where(enough.any(axis=1), hours[enough.argmax(axis=1)], np.nan)
            sites.append({"site": site, "name": names.get(site, site), "manned": Interval.of(when).as_dict()})
        return {
            "requested": task.requested.central(),
            "guards_per_site": each,
            "reserve": kept,
            "need": math.ceil(each * len(task.sites) / (1.0 - kept)) if kept < 1 else None,
            "sites": sites,
        }

    def _theatres(self) -> dict[str, Any]:
        luck, runs = Luck(self.seed), range(self.runs)
        strength = self.lift.strength * self.lift.joins
        loads = theatre_loads(self.alliance, self.plan, luck, runs, strength)
        return {
            key: {
                **load.as_dict(),
                "text": self.alliance.theatres[key].text,
                "holder": self.alliance.theatres[key].holder,
                "strength": self.alliance.theatres[key].strength.central(),
                "drawn": self.plan.theatre_drawn[key],
                "request": largest_request(self.alliance, key, luck, runs).as_dict(),
            }
            for key, load in loads.items()
        }

    def _airfields(self) -> dict[str, Any]:
        landed = np.maximum((self.landings.field >= 0).sum(), 1)
        return {
            key: {
                "landings_an_hour": Interval.of(self.lift.landings[:, f]).as_dict(),
                "share": float((self.landings.field == f).sum() / landed),
                "lost": key in self.lost,
            }
            for f, key in enumerate(self.alliance.lift.airfields)
        }


def arrival_part(case: Case, plan: Plan, came: Landings) -> dict[str, Any]:
    """Arrival of each member and of all: curves, first landing and closure, beside what was observed."""
    hours = hours_of(plan)
    seen = {o.where: o.best for o in case.observed if o.quantity == "member_troops"}
    members = {}
    for m, code in enumerate(plan.members):
        mine = plan.sorties.member == m
        if mine.any():
            members[code] = {
                "planned": float(plan.sorties.troops[mine].sum()),
                "pledged": plan.pledges.get(code),
                "troops": Interval.of(came.by_hour(hours, m)[:, -1]).as_dict(),
                "first_landing": came.first(m).as_dict(),
                "closure": came.closure(m).as_dict(),
                "observed": seen.get(code),
                "curve": came.curve(hours, m),
            }
    return {
        "hours": hours.tolist(),
        "all": came.curve(hours),
        "members": members,
        "troops": Interval.of(came.by_hour(hours)[:, -1]).as_dict(),
        "first_landing": came.first().as_dict(),
        "closure": came.closure().as_dict(),
    }


def hours_of(plan: Plan) -> FloatArray:
    """Hours after the activation at which an arrival curve has its points."""
    last = float(plan.sorties.hour[-1]) if len(plan.sorties) else 0.0
    return np.arange(0.0, _horizon(last) + STEP, STEP)


def lift_alone(lift: Airlift, plan: Plan, closed: NDArray[np.bool_] | None = None) -> Landings:
    """Land a plan as lift alone would have it, over at most :data:`RUNS` of its runs."""
    runs = slice(0, RUNS)
    some = lift._replace(
        delay=lift.delay[runs], strength=lift.strength[runs], joins=lift.joins[runs],
        refly=lift.refly[runs], landings=lift.landings[runs], road=lift.road[runs],
    )  # fmt: skip
    return landings(some, int(hours_of(plan)[-1]), closed)


def plan_case(
    case: Case,
    *,
    runs: int = RUNS,
    seed: int = 1,
    lost: Sequence[str] = (),
    edits: Sequence[str] = (),
) -> ForcePlan:
    """Plan the forces and lift of a case, and carry the plan out in every run.

    Parameters
    ----------
    lost
        Fields of arrival that take nothing throughout: what lands goes to the next in order.

    Raises
    ------
    CaseError
        A field that is lost is none of the case's.
    """
    fields = list(case.alliance.lift.airfields)
    for key in lost:
        if key not in fields:
            known = ", ".join(fields) or "none"
            raise CaseError(f"--lost {key}: no such field; alliance.lift.airfields has {known}")
    alliance, as_asked = _asked(case.alliance)
    asked = case.model_copy(update={"alliance": alliance})
    plan = plan_forces(alliance, joins=pledged_in(alliance), gives=GIVES_FIRST if as_asked else PLEDGES_STAND)
    luck = Luck(seed)
    upset = disturb(plan, alliance, luck, range(runs))
    coming = np.tile(np.array([code in plan.pledges for code in plan.members]), (runs, 1))
    lift = build_airlift(asked, plan, upset, Inputs(luck, runs), carried(plan, coming))
    last = float(plan.sorties.hour[-1]) if len(plan.sorties) else 0.0
    horizon = int(_horizon(last))
    closed = np.tile(np.array([key in lost for key in fields], dtype=bool), (horizon, 1))
    return ForcePlan(
        case=case,
        alliance=alliance,
        plan=plan,
        lift=lift,
        landings=landings(lift, horizon, closed),
        runs=runs,
        seed=seed,
        as_asked=as_asked,
        lost=list(lost),
        edits=list(edits),
    )


def pledged_in(alliance: Alliance) -> list[str]:
    """Members that send: those that pledged troops; all of them where nobody did."""
    said = [code for code, member in alliance.members.items() if member.pledge is not None]
    return said or list(alliance.members)


def _asked(alliance: Alliance) -> tuple[Alliance, bool]:
    """The alliance as planned for, and whether nobody pledged: then pledges of nought are left out."""
    pledges: Mapping[str, float] = {
        code: member.pledge.central() for code, member in alliance.members.items() if member.pledge
    }
    if sum(pledges.values()) > 0:
        return alliance, False
    members = {code: m.model_copy(update={"pledge": None}) for code, m in alliance.members.items()}
    return alliance.model_copy(update={"members": members}), True


def _horizon(last: float) -> float:
    return STEP * math.ceil((min(last, 2000.0) + AFTER) / STEP) if math.isfinite(last) else AFTER
