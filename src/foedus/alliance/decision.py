"""Who comes? Decisions drawn from each member's chance: the lead first, the others knowing what it does.

The chances come from two models that were fitted apart: :mod:`foedus.alliance.invited` for trouble at home,
:mod:`foedus.alliance.obliged` for a state's attack.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from foedus.chance import Luck

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
Runs = range | NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Chances(Mapping[str, FloatArray]):
    """Each member's chance to join, per run; as a mapping, with the lead's decision averaged out.

    Attributes
    ----------
    lead
        Code of the lead state.
    if_lead_comes, if_lead_stays
        Chance given the lead's decision, by member, (run,); for the lead itself both are its own.
    """

    lead: str
    if_lead_comes: Mapping[str, FloatArray]
    if_lead_stays: Mapping[str, FloatArray]

    def __getitem__(self, code: str) -> FloatArray:
        first = self.if_lead_comes[self.lead]
        return first * self.if_lead_comes[code] + (1.0 - first) * self.if_lead_stays[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self.if_lead_comes)

    def __len__(self) -> int:
        return len(self.if_lead_comes)


def decide(chances: Chances, lead: str, luck: Luck, runs: Runs) -> dict[str, BoolArray]:
    """Who joins, in each run: the lead first, then the others knowing what it does.

    Returns a bool (run,) for each member. Keyed draws: purpose ``decision``, entity ``<code>.joins``.
    """
    joins = {lead: luck.uniform("decision", f"{lead}.joins", runs) < chances.if_lead_comes[lead]}
    for code in chances:
        if code != lead:
            chance = np.where(joins[lead], chances.if_lead_comes[code], chances.if_lead_stays[code])
            joins[code] = luck.uniform("decision", f"{code}.joins", runs) < chance
    return {code: joins[code] for code in chances}


def logistic(utility: FloatArray) -> FloatArray:
    """The chance at these log-odds: ``1 / (1 + exp(-V))`` (McFadden 1974, in Frontiers in Econometrics)."""
    from scipy.special import expit

    return np.asarray(expit(utility), dtype=np.float64)
