"""The hold of a government on its forces."""

from __future__ import annotations

from typing import Any

from numba import njit


@njit(cache=True, nogil=True, error_model="numpy")
def loyalty_next(loyalty: float, usual: float, overrun_share: float, seats_share: float, rule: Any) -> float:
    """Loyalty of the forces after an hour, in [0, 1].

    It falls with the share of the forces that is overrun or of the seats of power that is lost,
    whichever is larger, and recovers towards its usual level in quiet hours. Assumption.
    """
    stress = max(overrun_share, seats_share)
    change = rule.loyalty_recovers * (usual - loyalty) * (1.0 - stress) - rule.loyalty_fall * stress
    return min(max(loyalty + change, 0.0), 1.0)


@njit(cache=True, nogil=True, error_model="numpy")
def after_announcement(loyalty: float, rule: Any) -> float:
    """Loyalty once help is announced: a share of what was missing comes back (Casper & Tyson 2014)."""
    return loyalty + rule.announcement * (1.0 - loyalty)
