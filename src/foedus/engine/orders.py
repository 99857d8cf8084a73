"""Which of the host's orders are in force this hour: by the dates of the case, or by rules."""

from __future__ import annotations

from typing import Any

from foedus.chance.compiled import lent
from foedus.engine.arrays import (
    BLACKOUT,
    CONCESSION,
    EMERGENCY,
    LETHAL,
    REINFORCEMENT,
    SHOCK,
    STAND_ASIDE,
    Schedule,
    Switches,
)
from foedus.government import rules


@lent
def orders_of_the_hour(
    i: int, hour: float, schedule: Schedule, switches: Switches, in_force: Any, orders: Any
) -> None:
    """Fill ``orders`` (order, city) from the events in force; only when some event begins or ends.

    Of several events of one kind the strongest counts; concessions add up as chances do.
    """
    changed = False
    for e in range(schedule.order.shape[0]):
        kind = schedule.order[e]
        on = schedule.start[i, e] <= hour < schedule.end[i, e]
        if kind == STAND_ASIDE and not switches.stand_aside:
            on = False
        if schedule.hangs_on_request[e] and not switches.orders:
            on = False
        if switches.free and kind != SHOCK:
            on = False
        if on != in_force[e]:
            in_force[e] = on
            changed = True
    if not changed:
        return
    orders[:] = 0.0
    for e in range(schedule.order.shape[0]):
        if not in_force[e]:
            continue
        kind = schedule.order[e]
        for c in range(orders.shape[1]):
            if schedule.where[e, c]:
                if kind == CONCESSION:
                    orders[kind, c] = 1.0 - (1.0 - orders[kind, c]) * (1.0 - schedule.weight[e])
                else:
                    orders[kind, c] = max(orders[kind, c], schedule.weight[e])


@lent
def orders_by_rule(hour: float, decided: Any, faction_aside: bool, troubled: Any, orders: Any) -> None:
    """Free mode: the orders that the government's own decisions put in force."""
    for c in range(orders.shape[1]):
        orders[CONCESSION, c] = 1.0 if 0.0 <= decided[rules.CONCESSION] <= hour else 0.0
        emergency = 1.0 if 0.0 <= decided[rules.EMERGENCY] <= hour else 0.0
        orders[EMERGENCY, c] = emergency
        orders[BLACKOUT, c] = emergency
        orders[LETHAL, c] = 1.0 if 0.0 <= decided[rules.FIRE] <= hour else 0.0
        orders[REINFORCEMENT, c] = 1.0 if 0.0 <= decided[rules.REINFORCEMENT] <= hour else 0.0
        orders[STAND_ASIDE, c] = 1.0 if faction_aside and troubled[c] else 0.0
