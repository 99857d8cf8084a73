"""Whether the office-holder comes out of it stronger, or goes.

A state that stands may still change hands from within: the elite's struggle is carried by the loyalty of
the forces at the end (Svolik 2012, The Politics of Authoritarian Rule). Backing from abroad may steady
the office-holder or mark him as beholden, so its sign is open.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from foedus.aftermath.facts import AftermathFacts
from foedus.aftermath.index import Index

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

NEEDS = ("consolidation",)
EFFECTS = ("loyalty_holds", "ordinary_loyalty", "backing_holds", "fallen_returns")


def leadership(
    case: Mapping[str, FloatArray], effect: Mapping[str, FloatArray], facts: AftermathFacts
) -> Index:
    """Index of leadership: chance that the office-holder has consolidated twelve months after.

    Where the state stands, the case's own chance, its log-odds moved by loyalty at the end and by backing
    from abroad; where it falls, the chance of a return. [probability]
    """
    from scipy.special import expit, logit

    start = logit(np.clip(case["consolidation"], 1e-6, 1.0 - 1e-6))

    def chance(falls: BoolArray, loyalty: FloatArray, backed: FloatArray) -> FloatArray:
        gap = np.nan_to_num(loyalty - effect["ordinary_loyalty"])
        moved = start + effect["loyalty_holds"] * gap + effect["backing_holds"] * backed
        return np.where(falls, effect["fallen_returns"], expit(moved))

    return Index(
        name="leadership",
        unit="probability",
        definition=(
            "Chance that the office-holder is still in office twelve months after, and stronger: the case's "
            "own chance where the state stands, moved by the loyalty of the forces at the end and by backing "
            "from abroad; a small chance of return where it falls."
        ),
        with_=chance(facts.state_falls_with, facts.loyalty_end_with, facts.lead_came),
        without=chance(facts.state_falls_without, facts.loyalty_end_without, np.zeros(len(facts.concession))),
        price_if="lower",
        rests_on=NEEDS + EFFECTS,
    )
