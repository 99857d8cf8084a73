"""The bill: every index that the case has numbers for, with and without contingents.

===========================  ====================================================  ==================
key of ``case.aftermath``    what it is                                            unit
===========================  ====================================================  ==================
``trade_share_lead``         lead state's share of the host's foreign trade        share
``arms_share_lead``          its share of the host's imported arms                 share
``approval_lead_host``       adults of the host who approve of it, before          share
``approval_lead_own``        adults of the lead state who approve of such a step   share
``approval_own_XXX``         the same of another contributor, by its code          share
``neighbours_at_risk``       comparable neighbours, the guarantor not among them   number
``hazard_per_year``          mass unrest in one of them in an ordinary year; the   1/year
                             record's usual rate if left out
``hazard_guarantor_per_year``  the same in the guarantor                           1/year
``consolidation``            office-holder comes out stronger if he keeps office   probability
                             and the loyalty of the forces is ordinary
``rival_hazard_per_year``    a named rival within the elite loses its posts in an  1/year
                             ordinary year
``months_beyond``            months that contingents stay on where they are still  months
                             there at the window's end
===========================  ====================================================  ==================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foedus.aftermath import contagion, credibility, dependence, elite, opinion
from foedus.aftermath.facts import AftermathFacts
from foedus.aftermath.index import Index
from foedus.aftermath.stay import BEYOND
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
    "opinion_own": (opinion.NEEDS_OWN, opinion.opinion_own),
    "contagion": (contagion.NEEDS, contagion.contagion),
    "contagion_guarantor": ((), contagion.contagion_guarantor),
    "credibility": ((), credibility.credibility),
    "office_loss": ((), elite.office_loss),
    "purge": ((), elite.purge),
    "rival_eclipse": (elite.NEEDS_RIVAL, elite.rival_eclipse),
    "leadership": (elite.NEEDS_LEADERSHIP, elite.leadership),
}
CHOICES = (contagion.HAZARD, contagion.HAZARD_GUARANTOR, BEYOND)
"""Numbers that a case may give and no index needs."""
KEYS = (*(key for needs, _ in MAKERS.values() for key in needs), *CHOICES)
SHARES = frozenset(KEYS) - {"neighbours_at_risk", "rival_hazard_per_year", *CHOICES}
OWN = re.compile(rf"{opinion.OWN_OF}([A-Z]{{3}})")
MONTHS = (0, 1, 3, 6, 9, 12, 18, 24)
"""Months at which the path of an index is told."""


class Bill(dict[str, Index]):
    """Indices by name; ``left_out`` says of each that could not be computed what it lacks."""

    def __init__(self, indices: Mapping[str, Index], left_out: Mapping[str, str]) -> None:
        super().__init__(indices)
        self.left_out = dict(left_out)


def declared_aftermath() -> Declaration:
    """The declared effects of the course on what comes after, each with unit, basis and source."""
    return declaration("foedus.aftermath", "indices.yaml")


def is_index(name: str, members: Sequence[str]) -> bool:
    """Whether a name is that of an index, or of the own opinion of one of these members."""
    return name in MAKERS or any(name == f"opinion_own_{code}" for code in members)


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
        Keyed draws (purpose ``aftermath``), the same in both arms and for every month.
    months
        Months after the first shock at which the indices are read.

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
    for name, (needs, make) in _makers(case).items():
        missing = [key for key in needs if key not in case]
        if missing:
            left_out[name] = f"the case gives no aftermath.{' and no aftermath.'.join(missing)}"
        else:
            indices[name] = make(case, effect, facts, months)
    return Bill(indices, left_out)


def _makers(case: Mapping[str, FloatArray]) -> Mapping[str, tuple[tuple[str, ...], Maker]]:
    """Every index, each contributor's own public after the lead state's."""
    found: dict[str, tuple[tuple[str, ...], Maker]] = {}
    for name, entry in MAKERS.items():
        found[name] = entry
        if name == "opinion_own":
            for key in case:
                named = OWN.fullmatch(key)
                if named:
                    make = partial(opinion.support_at_home, member=named[1])
                    found[f"opinion_own_{named[1]}"] = ((key,), make)
    return found


def known_key(key: str) -> bool:
    """Whether an index reads a number of this name."""
    return key in KEYS or OWN.fullmatch(key) is not None


def _check(case_aftermath: Mapping[str, Quantity]) -> None:
    lines = [
        f"aftermath.{key}: no index reads it; give one of {', '.join(KEYS)}"
        for key in case_aftermath
        if not known_key(key)
    ]
    for key, quantity in case_aftermath.items():
        least, most = quantity.support()
        share = key in SHARES or OWN.fullmatch(key) is not None
        if known_key(key) and (least < 0.0 or most > (1.0 if share else np.inf)):
            words = "a share between 0 and 1" if share else "a number of 0 or more"
            lines.append(f"aftermath.{key}: is between {least:g} and {most:g}; give {words}")
    if lines:
        raise CaseError(lines)
