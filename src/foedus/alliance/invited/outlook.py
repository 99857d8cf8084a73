"""How likely did a request, and an activation, look before it came?

Two rates, each a beta whose prior mean is the outer record's and whose data is the organisation's own.

P(asked): in so many crises at home of allied governments asking is shown, by troops that came or by the
frame. That share is a lower bound, for a request that was refused, or made in secret, shows in neither; it
is raised by a factor that nobody has counted. P(granted | asked): the model's chance that the lead state
comes, on the covariates and the law as they stood, lowered by the refusals that left no trace (the
intercept's correction of King & Zeng 2001 for a sample taken by outcome). How much own record the outer
rates are worth is an assumption.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foedus.alliance.invited.model import declared_invited
from foedus.alliance.record import Outlook
from foedus.cases.schema import Alliance
from foedus.cases.schema.declared import Declaration, declaration

if TYPE_CHECKING:
    from foedus.chance import Luck

FloatArray = NDArray[np.float64]
MOST = 0.95
"""Ceiling of the outer rate of requests, for draws of the factor that would pass it. Assumption."""


def declared_outer() -> Declaration:
    """The counts of the outer frames, each with its source and the command that made it."""
    return declaration("foedus.alliance.invited", "outer.yaml")


def outlook(alliance: Alliance, granted: FloatArray, luck: Luck, runs: range | NDArray[np.int64]) -> Outlook:
    """How likely a request, and an activation, looked: the outer frames with the organisation's record.

    Parameters
    ----------
    alliance
        Gives ``earlier_crises``, ``earlier_activations`` and ``earlier_refusals``.
    granted
        The model's chance that the lead state comes once asked, by the law as it stood before, (run,).
    luck, runs
        Keyed draws (purpose ``outlook``).
    """
    from scipy.special import expit, logit

    drawn = {
        name: declared_invited().parameters[name].at(luck.uniform("outlook", name, runs))
        for name in ("unrecorded_requests", "unrecorded_refusals", "crises_worth")
    }
    worth = drawn["crises_worth"]
    yes, no = alliance.earlier_activations, alliance.earlier_refusals
    asked = yes + no
    shown = asking_shown(luck.uniform("outlook", "shown", runs))
    usual = np.minimum(shown * drawn["unrecorded_requests"], MOST)
    request = _beta(
        worth * usual + asked,
        worth * (1.0 - usual) + max(alliance.earlier_crises - asked, 0),
        luck.uniform("outlook", "request", runs),
    )
    safe = np.clip(granted, 1e-6, 1.0 - 1e-6)
    lowered = expit(logit(safe) - np.log(np.maximum(drawn["unrecorded_refusals"], 1.0)))
    grant = _beta(
        worth * lowered + yes, worth * (1.0 - lowered) + no, luck.uniform("outlook", "granted", runs)
    )
    return Outlook(request, grant, request * grant)


def asking_shown(u: FloatArray) -> FloatArray:
    """Share of allied governments' crises at home in which asking is shown: Jeffreys, at uniforms u."""
    counts = declared_outer().parameters
    shown = counts["allied_episodes_shown"].central()
    rest = counts["allied_episodes"].central() - shown
    return _beta(np.full(np.shape(u), 0.5 + shown), np.full(np.shape(u), 0.5 + rest), u)


def _beta(a: FloatArray, b: FloatArray, u: FloatArray) -> FloatArray:
    from scipy.special import betaincinv

    return np.asarray(betaincinv(a, b, u), dtype=np.float64)
