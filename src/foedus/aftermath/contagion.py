"""Whether the unrest spreads: to comparable neighbours, and to the guarantor itself.

Mass unrest is likelier beside mass unrest, whatever became of it: so says the record that we counted
(:mod:`foedus.aftermath.record`), and Gleditsch & Rivera 2017 (Journal of Conflict Resolution 61(5)) of
campaigns. That unrest which succeeds invites more imitation than unrest which is outlived is the
literature's (with Weyland 2012, Perspectives on Politics 10(4)); our count does not bear it out, with five
onsets to go by, so its size is an assumption that the count has lowered. States are taken as independent.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from foedus.aftermath.facts import AftermathFacts
from foedus.aftermath.index import Index

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

NEEDS = ("neighbours_at_risk",)
HAZARD, HAZARD_GUARANTOR = "hazard_per_year", "hazard_guarantor_per_year"
"""Numbers of the case that take the place of the declared ``hazard_usual``."""
USUAL = "hazard_usual"
EFFECTS = ("unrest_nearby", "success_spreads", "concession_counts")
MONTHS_A_YEAR = 12.0


def contagion(
    case: Mapping[str, FloatArray], effect: Mapping[str, FloatArray], facts: AftermathFacts, months: float
) -> Index:
    """Index of contagion: chance of mass unrest in at least one comparable neighbour by then.

    ``1 - exp(-n h t exp(unrest_nearby + success_spreads * success))``, with n neighbours, each of hazard h a
    year; success is 1 where the state falls and ``concession_counts`` where it stands and concedes.
    [probability]
    """
    return _spread("contagion", case["neighbours_at_risk"], HAZARD, case, effect, facts, months)


def contagion_guarantor(
    case: Mapping[str, FloatArray], effect: Mapping[str, FloatArray], facts: AftermathFacts, months: float
) -> Index:
    """Index of contagion to the guarantor: the same for the lead state alone. [probability]."""
    one = np.ones_like(facts.months_stayed)
    return _spread("contagion_guarantor", one, HAZARD_GUARANTOR, case, effect, facts, months)


def _spread(
    name: str,
    states: FloatArray,
    key: str,
    case: Mapping[str, FloatArray],
    effect: Mapping[str, FloatArray],
    facts: AftermathFacts,
    months: float,
) -> Index:
    hazard = case.get(key, effect[USUAL])
    mean = states * hazard * months / MONTHS_A_YEAR * np.exp(effect["unrest_nearby"])

    def chance(falls: BoolArray) -> FloatArray:
        success = falls + (facts.concession & ~falls) * effect["concession_counts"]
        return np.asarray(-np.expm1(-mean * np.exp(effect["success_spreads"] * success)), dtype=np.float64)

    where = "the guarantor itself" if name == "contagion_guarantor" else "at least one comparable neighbour"
    needs = () if name == "contagion_guarantor" else NEEDS
    return Index(
        name=name,
        unit="probability",
        definition=(
            f"Chance of mass unrest (1,000 people or more, and someone killed by the forces) in {where} "
            f"within {months:g} months: the usual hazard, raised as unrest next door raises it, and more "
            "where it brought the state down or won concessions."
        ),
        with_=chance(facts.state_falls_with),
        without=chance(facts.state_falls_without),
        price_if="higher",
        payer="guarantor" if name == "contagion_guarantor" else "neighbours",
        rests_on=(*needs, key if key in case else USUAL, *EFFECTS),
    )
