"""Who is willing to act: Epstein's rule, shared by every street model.

A citizen with hardship h and risk aversion r, both uniform on [0, 1], is willing when
``h (1 - L) - r P s > T`` (Epstein 2002, PNAS 99 suppl. 3, Model I; the severity s is ours, 1 = arrest).
"""

from __future__ import annotations

from typing import Any

from numba import njit

from foedus.chance.within import chance_within


@njit(cache=True, nogil=True, error_model="numpy")
def chance_met(free: float, normal: float, rule: Any) -> float:
    """Chance that there are any officers about: ``1 - exp(-lam F/F0)``. [probability]

    Ours (assumption): police are not everywhere, and without it the rule is a knife's edge between
    nobody and everybody.
    """
    return chance_within(rule.police_visibility * free / normal) if normal > 0.0 else 0.0


@njit(cache=True, nogil=True, error_model="numpy")
def perceived_risk(met: float, free: float, active: float, rule: Any) -> float:
    """Chance of arrest as a citizen of one city sees it. [probability]

    ``P = met (1 - exp(-k lev F/A))``: Epstein's with an officer worth ``lev`` citizens, where officers
    are about at all. The citizen counts in A, so ``A >= 1``.
    """
    return met * chance_within(rule.arrest_constant * rule.police_weight * free / max(active, 1.0))


@njit(cache=True, nogil=True, error_model="numpy")
def willing_share(legitimacy: float, risk: float, severity: float, threshold: float) -> float:
    """Share of a population that is willing. [share of people]

    The exact area of ``h (1 - L) - r P s > T`` over the unit square of (h, r): with
    ``a = 1 - T/(1 - L)`` and ``b = P s/(1 - L)`` it is ``a - b/2`` where ``b <= a``, else ``a^2/(2 b)``.
    """
    grievance = 1.0 - legitimacy
    if grievance <= threshold:
        return 0.0
    a = 1.0 - threshold / grievance
    b = risk * severity / grievance
    if b <= a:
        return a - 0.5 * b
    return a * a / (2.0 * b)
