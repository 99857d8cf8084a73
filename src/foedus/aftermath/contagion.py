"""Whether the unrest spreads to comparable neighbours.

Unrest that succeeds next door invites imitation (Gleditsch & Rivera 2017, Journal of Conflict Resolution
61(5)), unrest that is put down deters it and teaches the rulers (Weyland 2012, Perspectives on Politics
10(4)). The direction is theirs, the sizes are assumptions; neighbours are taken as independent.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from foedus.aftermath.facts import AftermathFacts
from foedus.aftermath.index import Index

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

NEEDS = ("neighbours_at_risk", "hazard_per_year")
EFFECTS = ("success_spreads", "defeat_deters", "concession_counts")
MONTHS_A_YEAR = 12.0


def contagion(
    case: Mapping[str, FloatArray], effect: Mapping[str, FloatArray], facts: AftermathFacts, months: float
) -> Index:
    """Index of contagion: chance of mass unrest in at least one comparable neighbour by then.

    ``1 - exp(-n h t exp(success_spreads * success - defeat_deters * put down))``, with n neighbours, each
    of hazard h a year; success is 1 where the state falls and ``concession_counts`` where it stands and
    concedes; put down is calm with the state standing and nothing conceded. [probability]
    """
    mean = case["neighbours_at_risk"] * case["hazard_per_year"] * months / MONTHS_A_YEAR

    def chance(falls: BoolArray, hours_to_calm: FloatArray) -> FloatArray:
        conceded = facts.concession & ~falls
        success = falls + conceded * effect["concession_counts"]
        put_down = ~falls & ~facts.concession & ~np.isnan(hours_to_calm)
        shift = effect["success_spreads"] * success - effect["defeat_deters"] * put_down
        return np.asarray(-np.expm1(-mean * np.exp(shift)), dtype=np.float64)

    return Index(
        name="contagion",
        unit="probability",
        definition=(
            f"Chance of mass unrest in at least one comparable neighbour within {months:g} months: their "
            "usual hazard, higher where unrest brought the state down or won concessions, lower where it "
            "was put down."
        ),
        with_=chance(facts.state_falls_with, facts.hours_to_calm_with),
        without=chance(facts.state_falls_without, facts.hours_to_calm_without),
        price_if="higher",
        rests_on=NEEDS + EFFECTS,
    )
