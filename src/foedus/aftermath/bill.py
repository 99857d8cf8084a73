"""The bill: every index that the case has numbers for, with and without contingents.

==========================  ====================================================  ==================
key of ``case.aftermath``   what it is                                            unit
==========================  ====================================================  ==================
``trade_share_lead``        lead state's share of the host's foreign trade        share
``arms_share_lead``         its share of the host's imported arms                 share
``approval_lead_host``      adults of the host who approve of it, before          share
``approval_lead_own``       adults of the lead state who approve of such a step   share
``neighbours_at_risk``      comparable neighbours                                 number
``hazard_per_year``         mass unrest in one of them in an ordinary year        1/year
``consolidation``           office-holder comes out stronger if the state stands  probability
                            and the loyalty of the forces is ordinary
==========================  ====================================================  ==================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foedus.aftermath import contagion, credibility, dependence, leadership, opinion
from foedus.aftermath.facts import AftermathFacts
from foedus.aftermath.index import Index
from foedus.cases.schema import Quantity
from foedus.cases.schema.declared import Declaration, declaration
from foedus.errors import CaseError

if TYPE_CHECKING:
    from foedus.chance import Luck

FloatArray = NDArray[np.float64]
Maker = Callable[[Mapping[str, FloatArray], Mapping[str, FloatArray], AftermathFacts, float], Index]

MAKERS: Mapping[str, tuple[tuple[str, ...], Maker]] = {
    "dependence": (dependence.NEEDS, dependence.dependence),
    "opinion_host": (opinion.NEEDS_HOST, opinion.opinion_host),
    "opinion_own": (
        opinion.NEEDS_OWN,
        lambda case, effect, facts, months: opinion.opinion_own(case, effect, facts),
    ),
    "contagion": (contagion.NEEDS, contagion.contagion),
    "credibility": ((), lambda case, effect, facts, months: credibility.credibility(effect, facts)),
    "leadership": (
        leadership.NEEDS,
        lambda case, effect, facts, months: leadership.leadership(case, effect, facts),
    ),
}
KEYS = tuple(key for needs, _ in MAKERS.values() for key in needs)
SHARES = frozenset(KEYS) - {"neighbours_at_risk", "hazard_per_year"}


class Bill(dict[str, Index]):
    """Indices by name; ``left_out`` says of each that could not be computed what it lacks."""

    def __init__(self, indices: Mapping[str, Index], left_out: Mapping[str, str]) -> None:
        super().__init__(indices)
        self.left_out = dict(left_out)


def declared_aftermath() -> Declaration:
    """The declared effects of the course on what comes after, each with unit, basis and source."""
    return declaration("foedus.aftermath", "indices.yaml")


def bill(
    case_aftermath: Mapping[str, Quantity],
    facts: AftermathFacts,
    luck: Luck,
    runs: range | NDArray[np.int64],
    *,
    months: float = 12.0,
) -> Bill:
    """What the course leaves behind after so many months, with contingents and without.

    Parameters
    ----------
    case_aftermath
        Quantities by the keys above; an index whose keys are missing is left out, with a reason.
    facts
        The course of both arms, run by run.
    luck, runs
        Keyed draws (purpose ``aftermath``), the same in both arms.
    months
        Months after the crisis at which the indices are read.

    Raises
    ------
    CaseError
        A share outside 0 to 1, or a key that no index reads.
    """
    _check(case_aftermath)
    case = {k: q.at(luck.uniform("aftermath", k, runs)) for k, q in case_aftermath.items()}
    effects = declared_aftermath().parameters
    effect = {name: q.at(luck.uniform("aftermath", f"effect.{name}", runs)) for name, q in effects.items()}
    indices: dict[str, Index] = {}
    left_out: dict[str, str] = {}
    for name, (needs, make) in MAKERS.items():
        missing = [key for key in needs if key not in case]
        if missing:
            left_out[name] = f"the case gives no aftermath.{' and no aftermath.'.join(missing)}"
        else:
            indices[name] = make(case, effect, facts, months)
    return Bill(indices, left_out)


def _check(case_aftermath: Mapping[str, Quantity]) -> None:
    lines = [
        f"aftermath.{key}: no index reads it; give one of {', '.join(KEYS)}"
        for key in case_aftermath
        if key not in KEYS
    ]
    for key, quantity in case_aftermath.items():
        least, most = quantity.support()
        top = 1.0 if key in SHARES else np.inf
        if key in KEYS and (least < 0.0 or most > top):
            words = "a share between 0 and 1" if key in SHARES else "a number of 0 or more"
            lines.append(f"aftermath.{key}: is between {least:g} and {most:g}; give {words}")
    if lines:
        raise CaseError(lines)
