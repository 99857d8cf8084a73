"""How likely did a request, and an activation, look before it came? The organisation's own record.

Jeffreys posteriors of two rates: how often members in comparable crises asked, and how often a request
was granted (Brown, Cai & DasGupta 2001, Statistical Science 16(2): a good interval for few trials). A
short record gives wide answers, as it should; nothing of the crisis at hand enters. The two rates are taken
as independent, though who expects a refusal may not ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from foedus.cases.schema import Alliance
from foedus.errors import CaseError
from foedus.terms import Interval

if TYPE_CHECKING:
    from foedus.chance import Luck

FloatArray = NDArray[np.float64]
JEFFREYS = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """How a next crisis looked, by the record alone; each a probability (run,).

    Attributes
    ----------
    request
        A member in such a crisis asks.
    granted
        A request, once made, is acted on.
    activation
        Both.
    """

    request: FloatArray
    granted: FloatArray
    activation: FloatArray

    def as_dict(self) -> dict[str, Any]:
        """Return 5-50-95 % of each."""
        return {
            name: Interval.of(getattr(self, name)).as_dict() for name in ("request", "granted", "activation")
        }


def chance_of_activation(alliance: Alliance, luck: Luck, runs: range | NDArray[np.int64]) -> Outlook:
    """How likely a request, and an activation, was by the record before this crisis.

    Parameters
    ----------
    alliance
        Gives ``earlier_crises`` (asked or not), ``earlier_activations`` and ``earlier_refusals``, which
        together are the earlier requests.
    luck, runs
        Keyed draws (purpose ``record``).

    Raises
    ------
    CaseError
        More requests than crises.
    """
    granted, refused = alliance.earlier_activations, alliance.earlier_refusals
    asked, crises = granted + refused, alliance.earlier_crises
    if asked > crises:
        raise CaseError(
            f"alliance.earlier_crises is {crises}, but {asked} requests were made in them; count every crisis"
        )
    request = _rate(asked, crises - asked, luck.uniform("record", "request", runs))
    grant = _rate(granted, refused, luck.uniform("record", "granted", runs))
    return Outlook(request, grant, request * grant)


def _rate(yes: int, no: int, u: FloatArray) -> FloatArray:
    from scipy.special import betaincinv

    return np.asarray(betaincinv(JEFFREYS + yes, JEFFREYS + no, u), dtype=np.float64)
