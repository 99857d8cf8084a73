"""From the alliance's plan to the arrays that the kernel lands: solved once, disturbed in each run."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from foedus.alliance import GIVES_FIRST, PLEDGES_STAND, Disturbance, Plan, plan_forces
from foedus.alliance.arrival import Airlift
from foedus.cases.schema import Case
from foedus.engine.inputs import Inputs


def plan_of(case: Case, *, free: bool) -> Plan:
    """The force and lift plan of a case.

    In replay pledges are facts of the record and a theatre's floor gives before them; in free mode the
    request gives first.
    """
    return plan_forces(case.alliance, joins=pledged(case), gives=GIVES_FIRST if free else PLEDGES_STAND)


def pledged(case: Case) -> Collection[str]:
    """Members that said they would send troops; in a case without any pledge, all of them."""
    members = case.alliance.members
    promised = [code for code, member in members.items() if member.pledge is not None]
    return promised or list(members)


def build_airlift(
    case: Case, plan: Plan, upset: Disturbance, inputs: Inputs, joins: NDArray[np.bool_]
) -> Airlift:
    """The plan's sorties with what upsets them in each run.

    Parameters
    ----------
    joins
        Whether each member comes and can get there (run, member).
    """
    runs = inputs.runs
    fields = case.alliance.lift.airfields
    sites = {site.id: s for s, site in enumerate(case.sites)}
    landings = _throughput(case, plan, inputs)
    road = [inputs.draw(f"airfields.{k}.road", f.road_hours) for k, f in fields.items()]
    return Airlift(
        hour=np.ascontiguousarray(plan.sorties.hour, dtype=np.float64),
        troops=np.ascontiguousarray(np.rint(plan.sorties.troops), dtype=np.int64),
        member=np.ascontiguousarray(plan.sorties.member, dtype=np.int64),
        by_air=np.ascontiguousarray(plan.sorties.fleet >= 0),
        delay=upset.delay,
        strength=upset.strength,
        joins=np.ascontiguousarray(joins),
        refly=upset.refly,
        landings=np.ascontiguousarray(np.stack(landings, axis=1)) if fields else np.zeros((runs, 0)),
        road=np.ascontiguousarray(np.stack(road, axis=1)) if fields else np.zeros((runs, 0)),
        site=np.array([sites[f.site] if f.site is not None else -1 for f in fields.values()], dtype=np.int64),
        lead=plan.members.index(case.alliance.lead),
    )


def _throughput(case: Case, plan: Plan, inputs: Inputs) -> list[NDArray[np.float64]]:
    """Landings an hour of each field (run,): its landing interval, or its standing room if that is less.

    Aircraft stand as long as the mean of the planned sorties (:func:`foedus.alliance.landings_an_hour`).
    """
    standing = plan.standing
    out = []
    for key, field in case.alliance.lift.airfields.items():
        landings = inputs.draw(f"airfields.{key}.landings", field.landings_per_hour)
        if field.on_ground is not None and standing > 0:
            room = inputs.draw(f"airfields.{key}.on_ground", field.on_ground)
            landings = np.minimum(landings, room / standing)
        out.append(landings)
    return out
