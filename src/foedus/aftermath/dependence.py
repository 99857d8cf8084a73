"""How far the host depends on the lead state afterwards.

Help in need is paid in autonomy (Morrow 1991, American Journal of Political Science 35(4)). What is owed
is not that troops came but what their coming changed, so the debt is measured inside each world, against
its twin without contingents: where they changed nothing, nothing is owed for it. So dependence may well
fail to rise, though many expect it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from foedus.aftermath.facts import AftermathFacts
from foedus.aftermath.index import Index, remembered

FloatArray = NDArray[np.float64]

NEEDS = ("trade_share_lead", "arms_share_lead")
EFFECTS = ("trade_weight", "debt", "debt_memory", "stay_binds", "fall_breaks", "calm_counts")


def rescue(facts: AftermathFacts, calm_counts: FloatArray) -> FloatArray:
    """How much the contingents changed the outcome in that world. [0-1] (run,).

    1 where the state falls without them and stands with them; otherwise the larger of the loyalty they
    added and the hours to calm they saved (as a share, weighed by ``calm_counts``); never below 0.
    """
    saved = facts.state_falls_without & ~facts.state_falls_with
    loyalty = np.nan_to_num(facts.loyalty_end_with - facts.loyalty_end_without)
    gained = np.maximum(loyalty, calm_counts * _sooner(facts.hours_to_calm_with, facts.hours_to_calm_without))
    return np.where(saved, 1.0, np.where(facts.state_falls_with, 0.0, np.clip(gained, 0.0, 1.0)))


def dependence(
    case: Mapping[str, FloatArray], effect: Mapping[str, FloatArray], facts: AftermathFacts, months: float
) -> Index:
    """Index of the host's dependence on the lead state.

    ``D = b + (1 - b) (1 - exp(-s (debt * rescue * memory + stay_binds * months stayed)))``
    with ``b`` the weighed share of the lead state in trade and arms before and ``s`` its share of the
    contingents; where the state falls, a
    share of it ends. [0-1]
    """
    weight = effect["trade_weight"]
    before = weight * case["trade_share_lead"] + (1.0 - weight) * case["arms_share_lead"]
    owed = effect["debt"] * rescue(facts, effect["calm_counts"]) * remembered(months, effect["debt_memory"])
    binding = facts.lead_share * (owed + effect["stay_binds"] * facts.months_stayed)
    bound = before - (1.0 - before) * np.expm1(-binding * facts.lead_came)
    return Index(
        name="dependence",
        unit="0-1",
        definition=(
            f"Share of the host's outside means that rests on the lead state, {months:g} months after: its "
            "part in trade and arms before, raised by the debt for what its troops changed in that world and "
            "by the months they stayed; part of it ends where the state falls."
        ),
        with_=bound * (1.0 - effect["fall_breaks"] * facts.state_falls_with),
        without=before * (1.0 - effect["fall_breaks"] * facts.state_falls_without),
        price_if="higher",
        rests_on=NEEDS + EFFECTS,
    )


def _sooner(with_: FloatArray, without: FloatArray) -> FloatArray:
    """Share of the hours to calm that the contingents saved; 1 where calm comes with them only."""
    never_with, never_without = np.isnan(with_), np.isnan(without)
    hours = np.where(never_without, 1.0, np.maximum(without, 1.0))
    share = np.where(never_with | never_without, 0.0, (without - with_) / hours)
    return np.where(never_without & ~never_with, 1.0, np.clip(share, 0.0, 1.0))
