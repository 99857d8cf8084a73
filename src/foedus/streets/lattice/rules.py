"""What the compiled turns of Model I read: numbers and switches, checked before they come here."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import cfunc, njit, types
from numpy.typing import NDArray

OCCUPIED, POLICE, ACTIVE, JAILED, PENDING = range(5)
PLANES = 5
PRINTED, ROUNDED, FLOORED = range(3)
RATIOS = {"printed": PRINTED, "rounded": ROUNDED, "floored": FLOORED}
TABLE_UP_TO = 300
"""Most sites in view for which the chance of arrest is tabled; beyond it is worked out each time."""

WILLING = types.boolean(types.float64, types.float64, types.float64, types.float64, types.int64, types.int64)
"""A rule of one's own: (hardship, risk aversion, legitimacy, threshold, police, active) -> bool."""


class Rules(NamedTuple):
    """Numbers and switches of a run.

    ``threshold`` T, ``arrest_constant`` k, ``ratio`` how C/A enters the chance of arrest,
    ``longest_term`` J_max in steps, ``move_first`` move and then act, ``keep_site`` the jailed keep their
    site, ``mobile`` agents move at all, ``own`` a rule of the user's decides;
    ``citizen_sites`` and ``police_sites`` how many sites they see.
    """

    threshold: float
    arrest_constant: float
    ratio: int
    longest_term: int
    move_first: bool
    keep_site: bool
    mobile: bool
    own: bool
    citizen_sites: int
    police_sites: int


class Field(NamedTuple):
    """All state of a lattice.

    ``planes`` (word, property): OCCUPIED, POLICE, ACTIVE, JAILED, PENDING; ``traits`` (site, 2) hardship and
    risk aversion; ``term`` (site,) steps left in jail; ``cells`` (1 + inmate, 3) those who are jailed off the
    lattice, with hardship, risk aversion and steps left, and in its first place how many they are.
    """

    planes: Any
    traits: Any
    term: Any
    cells: Any


@njit(cache=True, nogil=True, error_model="numpy")
def arrest_chance(police: int, active: int, k: float, ratio: int) -> float:
    """Chance of arrest as a citizen estimates it from officers and active citizens in view, itself counted.

    ``1 - exp(-k C/A)`` (Epstein 2002, Model I); ROUNDED takes C/A to the nearest whole number, halves to
    even, as Mesa's example does; FLOORED cuts it, as NetLogo's Rebellion does.
    """
    quotient = police / active
    if ratio == ROUNDED:
        quotient = np.rint(quotient)
    elif ratio == FLOORED:
        quotient = np.floor(quotient)
    return -np.expm1(-k * quotient)


def chance_table(sites: int, k: float, ratio: int) -> NDArray[np.float64]:
    """The chance of arrest by officers and active citizens in view (police, active); (0, 0) if too large."""
    if sites > TABLE_UP_TO:
        return np.zeros((0, 0))
    table = np.zeros((sites + 1, sites + 2))
    for police in range(sites + 1):
        for active in range(1, sites + 2):
            table[police, active] = arrest_chance(police, active, k, ratio)
    return table


@cfunc(WILLING, cache=True)
def epstein_willing(
    h: float, r: float, legitimacy: float, threshold: float, police: int, active: int
) -> bool:
    """Epstein's rule as a rule of one's own (k 2.3, ratio as printed): a check of the way in."""
    return h * (1.0 - legitimacy) - r * (1.0 - np.exp(-2.3 * police / active)) > threshold
