"""A faction in the host's forces: its own loyalty, and when it stands aside.

Casper & Tyson (2014, Journal of Politics 76(2), 548-564): elites cannot see one another's discontent; crowds
in the street are a signal that all of them see, and so coordinate who turns from the ruler. Theirs are the
directions. The form, the state and every size are assumptions; a coup is not modelled, only withholding.
"""

from __future__ import annotations

from typing import Any

from numba import njit

PER_MILLE = 1000.0


@njit(cache=True, nogil=True, error_model="numpy")
def faction_next(
    loyalty: float, usual: float, success: float, losses: float, signal: float, rule: Any
) -> float:
    """Loyalty of the faction after an hour, in [0, 1]. Assumption, but for the directions.

    ``stress = max(success, zs signal)``, then
    ``z + yr (z0 - z) (1 - stress) - zf yf stress - zl losses``, cut to 0 and 1: it mends as the loyalty of
    the others does, and falls ``zf`` times as fast as theirs.

    Parameters
    ----------
    success
        The crowd's success: the larger of the share of the forces that is overrun and the share of the sites
        that is lost. [share]
    losses
        Killed among the forces in the hour, as a share of the usual forces. [share]
    signal
        How strong the news of crowds is, seen by everybody. [0-1]
    """
    stress = max(success, rule.faction_signal * signal)
    change = rule.loyalty_recovers * (usual - loyalty) * (1.0 - stress)
    change -= rule.faction_nerve * rule.loyalty_fall * stress
    change -= rule.faction_losses * PER_MILLE * losses
    return min(max(loyalty + change, 0.0), 1.0)


@njit(cache=True, nogil=True, error_model="numpy")
def stands_aside(aside: bool, loyalty: float, usual: float, rule: Any) -> bool:
    """Whether the faction stands aside in the next hour.

    It breaks under a share of its usual loyalty, and returns only where that is exceeded by a margin: who
    stood aside does not come back for an hour's good news. Assumption.
    """
    margin = rule.faction_returns if aside else 0.0
    return loyalty < (rule.faction_breaks + margin) * usual
