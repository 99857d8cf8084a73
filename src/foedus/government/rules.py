"""Free mode: when the government concedes, declares an emergency, fires, reinforces and asks for help.

A model's rules, not evidence of how governments decide: every trigger is an assumption with a prior.
"""

from __future__ import annotations

from typing import Any

from numba import njit

CONCESSION, EMERGENCY, FIRE, REINFORCEMENT, ASK, ACTIVATION = range(6)
DECISIONS = 6
NEVER = -1.0


@njit(cache=True, nogil=True, error_model="numpy")
def hold(loyalty: float, faction: float, rule: Any) -> float:
    """The government's hold on its forces: loyalty of the faction and of the rest, by their shares. [0-1]"""
    return loyalty + rule.faction_share * (faction - loyalty)


@njit(cache=True, nogil=True, error_model="numpy")
def decide(
    decided: Any,
    hour: float,
    active_share: float,
    seat_hours: float,
    held: float,
    usual: float,
    may_ask: bool,
    lead_comes: bool,
    rule: Any,
) -> None:
    """Write into ``decided`` the hour of each decision that falls now. (decision,)

    Parameters
    ----------
    active_share
        Active people as a share of the urban population.
    seat_hours
        Hours, so far, in which some seat was in the crowd's hands.
    held, usual
        The hold on the forces, now and before the shock (see :func:`hold`).
    may_ask, lead_comes
        Whether there is an alliance to ask, and whether its lead state would come.
    """
    if decided[CONCESSION] < 0 and active_share > rule.concede_at:
        decided[CONCESSION] = hour
    if decided[EMERGENCY] < 0 and (active_share > rule.emergency_at or seat_hours > 0):
        decided[EMERGENCY] = hour
    if decided[FIRE] < 0 and seat_hours > rule.fire_after:
        decided[FIRE] = hour
    under_emergency = decided[EMERGENCY] >= 0
    if under_emergency and decided[REINFORCEMENT] < 0 and hour >= decided[EMERGENCY] + rule.reinforce_after:
        decided[REINFORCEMENT] = hour
    shaken = held < rule.ask_below * usual
    if may_ask and decided[ASK] < 0 and shaken and seat_hours > rule.ask_after:
        decided[ASK] = hour
    asked = decided[ASK] >= 0 and lead_comes
    if asked and decided[ACTIVATION] < 0 and hour >= decided[ASK] + rule.council_hours:
        decided[ACTIVATION] = hour
