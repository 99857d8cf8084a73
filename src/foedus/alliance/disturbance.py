"""What upsets the plan in each run? Keyed draws over one plan; the plan itself is not solved again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foedus.alliance.plan import Plan, declared_plan
from foedus.cases.schema import Alliance

if TYPE_CHECKING:
    from foedus.chance import Luck

FloatArray = NDArray[np.float64]
Runs = range | NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Disturbance:
    """How each run departs from the plan; C-contiguous float64.

    Attributes
    ----------
    delay
        (run, member) hours on top of every planned landing of that member: its own yes and its units'
        notice as drawn less their central values, and a slip. May be negative, but nobody moves before
        the activation.
    strength
        (run, member) factor on the troops of every sortie: the pledge drawn over the central pledge; 1
        without a pledge. Apply ``decide``'s joins on top of it where decisions are free.
    refly
        (run, sortie) hours that a load comes later because its sortie did not fly: 0, a cycle, two
        cycles ...; infinite if no sortie of its fleet ever flies. Always 0 by road.
    loss
        (run, fleet) share of planned sorties that do not fly, as drawn.
    """

    delay: FloatArray
    strength: FloatArray
    refly: FloatArray
    loss: FloatArray

    @property
    def flies(self) -> NDArray[np.bool_]:
        """Whether each sortie flies as planned (run, sortie)."""
        return np.ascontiguousarray(self.refly == 0.0)


def disturb(plan: Plan, alliance: Alliance, luck: Luck, runs: Runs) -> Disturbance:
    """What upsets the plan in each run.

    Keyed draws of purpose ``lift``, by member, unit, fleet and number of the sortie, so that arms which
    share a plan share what upsets it.
    """
    delay = [_delay(code, plan, alliance, luck, runs) for code in plan.members]
    strength = [_strength(code, plan, alliance, luck, runs) for code in plan.members]
    losses = [alliance.lift.fleets[key].loss for key in plan.fleets]
    loss = [
        q.at(luck.uniform("lift", f"{key}.loss", runs)) for key, q in zip(plan.fleets, losses, strict=True)
    ]
    refly = [
        np.zeros(len(runs))
        if fleet < 0
        else _refly(loss[fleet], plan.sorties.cycle[i], luck.uniform("lift", f"sortie.{i}", runs))
        for i, fleet in enumerate(plan.sorties.fleet)
    ]
    return Disturbance(*(_by_run(columns, len(runs)) for columns in (delay, strength, refly, loss)))


def carried(plan: Plan, joins: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which members both come and have a way to get there (run, member).

    A member whose loads all fly with fleets of members that stay away in that run cannot come, whatever
    it decides; where decisions are free the lead state's absence so grounds the others.
    """
    can = np.zeros_like(joins)
    for member, fleet in set(zip(plan.sorties.member.tolist(), plan.sorties.fleet.tolist(), strict=True)):
        owner = -1 if fleet < 0 else int(plan.fleet_owner[fleet])
        can[:, member] |= True if owner < 0 else joins[:, owner]
    return np.ascontiguousarray(joins & can)


def _delay(code: str, plan: Plan, alliance: Alliance, luck: Luck, runs: Runs) -> FloatArray:
    approval = alliance.members[code].approval_delay
    drawn = approval.at(luck.uniform("lift", f"{code}.approval_delay", runs)) - approval.central()
    units = [u for u in alliance.units if u.member == code and plan.unit_troops.get(u.id, 0.0) > 0]
    sent = sum(plan.unit_troops[u.id] for u in units)
    for unit in units:
        notice = unit.notice.at(luck.uniform("lift", f"{unit.id}.notice", runs)) - unit.notice.central()
        drawn = drawn + notice * plan.unit_troops[unit.id] / sent
    slip = declared_plan().parameters["slip"].at(luck.uniform("lift", f"{code}.slip", runs))
    soonest = min((approval.central() + u.notice.central() for u in units), default=0.0)
    return np.asarray(np.maximum(drawn + slip, -soonest), dtype=np.float64)


def _strength(code: str, plan: Plan, alliance: Alliance, luck: Luck, runs: Runs) -> FloatArray:
    pledge = alliance.members[code].pledge
    if pledge is None or pledge.central() <= 0:
        return np.ones(len(runs))
    return pledge.at(luck.uniform("lift", f"{code}.pledge", runs)) / pledge.central()


def _refly(loss: FloatArray, cycle: float, u: FloatArray) -> FloatArray:
    """Cycles until the load flies: failures before the first success, by its inverse at u."""
    with np.errstate(divide="ignore"):
        failures = np.where(loss < 1.0, np.floor(np.log(u) / np.log(np.minimum(loss, 1.0 - 1e-12))), np.inf)
    return np.asarray(np.where(loss > 0.0, failures * cycle, 0.0), dtype=np.float64)


def _by_run(columns: list[FloatArray], runs: int) -> FloatArray:
    if not columns:
        return np.zeros((runs, 0))
    return np.ascontiguousarray(np.stack(columns, axis=1), dtype=np.float64)
