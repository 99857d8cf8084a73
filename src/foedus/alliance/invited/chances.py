"""Each member's chance to come once asked, by the fitted model, over runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foedus.alliance.decision import Chances, logistic
from foedus.alliance.invited.model import LOWERS, NAMES, REASONS, Estimate
from foedus.cases.schema import Member, Quantity
from foedus.errors import CaseError

if TYPE_CHECKING:
    from foedus.chance import Luck

FloatArray = NDArray[np.float64]
Runs = range | NDArray[np.int64]
Reasons = Mapping[str, FloatArray | float]
"""A member's covariates by name; one that is left out counts as the frame's mean."""

PURPOSE = "invited"


def chances_of(
    estimate: Estimate, reasons: Mapping[str, Reasons], lead: str, luck: Luck, runs: Runs
) -> Chances:
    """How likely each member is to come, given the lead's decision and not.

    The uncertainty of the coefficients, and what the members of this crisis share beyond their covariates,
    enter every run by keyed draws (purpose ``invited``): the same in every member, so that members' chances
    move together.

    Parameters
    ----------
    reasons
        Covariates of each member, by code.
    lead
        Code of the lead state, one of the members.
    """
    z = np.stack([_normal(luck, f"coefficient.{name}", runs) for name in NAMES])
    drawn = estimate.draw(z)
    shared = drawn["base"] + drawn["spread"] * _normal(luck, "shared", runs)
    centre = estimate.centre
    comes: dict[str, FloatArray] = {}
    stays: dict[str, FloatArray] = {}
    for code, own in reasons.items():
        utility = shared + drawn["lead_state"] * (float(code == lead) - centre["lead_state"])
        for name in REASONS:
            if name in own:
                sign = -1.0 if name in LOWERS else 1.0
                utility = utility + sign * drawn[name] * (own[name] - centre[name])
        if code == lead:
            comes[code] = stays[code] = logistic(utility)
        else:
            comes[code] = logistic(utility + drawn["lead_comes"] * (1.0 - centre["lead_comes"]))
            stays[code] = logistic(utility - drawn["lead_comes"] * centre["lead_comes"])
    return Chances(lead, comes, stays)


def invited_chances(
    members: Mapping[str, Member],
    lead: str,
    estimate: Estimate,
    *,
    binds: float,
    door: float,
    luck: Luck,
    runs: Runs,
) -> Chances:
    """How likely each member of a case is to send troops for trouble at home, once asked.

    Parameters
    ----------
    members
        The members that decide (not the host), by code. A cost that is left out counts as the frame's mean.
    lead
        Code of the lead state, one of ``members``.
    estimate
        A fit that did not see this case.
    binds
        Chance that the clause is met, times the rank of what it binds to, 0 to 1.
    door
        How far the request's words open the door, 0 to 1.
    luck, runs
        Keyed draws (purpose ``invited``) of coefficients and covariates.

    Raises
    ------
    CaseError
        The lead state is no member.
    """
    if lead not in members:
        raise CaseError(f"alliance.lead is {lead}, which is no member; add it to alliance.members")
    reasons = {code: _of_case(code, member, binds, door, luck, runs) for code, member in members.items()}
    return chances_of(estimate, reasons, lead, luck, runs)


def _of_case(
    code: str, member: Member, binds: float, door: float, luck: Luck, runs: Runs
) -> dict[str, FloatArray | float]:
    own: dict[str, FloatArray | float] = {"binds": binds, "door": door}
    for name in ("ties", "contagion_fear", "strain", "domestic_hurdle", "cost"):
        quantity: Quantity | None = getattr(member, name)
        if quantity is not None:
            own[name] = quantity.at(luck.uniform(PURPOSE, f"{code}.{name}", runs))
    return own


def _normal(luck: Luck, entity: str, runs: Runs) -> FloatArray:
    from scipy.special import ndtri

    return np.asarray(ndtri(luck.uniform(PURPOSE, entity, runs)), dtype=np.float64)
