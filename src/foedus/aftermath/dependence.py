"""How far the host depends on the lead state afterwards.

Help in need is paid in autonomy (Morrow 1991, American Journal of Political Science 35(4)). What is owed
is not that troops came but what their coming changed, so the debt is measured inside each world, against
its twin without contingents: where they changed nothing, nothing is owed for it. So dependence may well
fail to rise, though many expect it. A host that was turned down looks elsewhere (abandonment: Snyder 1997).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from foedus.aftermath.facts import AftermathFacts
from foedus.aftermath.index import Index, remembered
from foedus.aftermath.stay import gone, rests_on, stayed

FloatArray = NDArray[np.float64]

NEEDS = ("trade_share_lead", "arms_share_lead")
EFFECTS = (
    "trade_weight",
    "debt",
    "debt_memory",
    "stay_binds",
    "fall_breaks",
    "calm_counts",
    "refusal_loosens",
)


def rescue(facts: AftermathFacts, calm_counts: FloatArray) -> FloatArray:
    """How much the contingents changed the outcome in that world. [0-1] (run,).

    1 where the state falls without them and stands with them; otherwise the larger of the loyalty they
    added and the hours to calm they saved (as a share, weighed by ``calm_counts``); never below 0. Where
    they come against those who govern it is 1 where these fall with them only, else 0.
    """
    if facts.against_rulers:
        return np.asarray(facts.state_falls_with & ~facts.state_falls_without, dtype=np.float64)
    saved = facts.state_falls_without & ~facts.state_falls_with
    loyalty = np.nan_to_num(facts.loyalty_end_with - facts.loyalty_end_without)
    gained = np.maximum(loyalty, calm_counts * _sooner(facts.hours_to_calm_with, facts.hours_to_calm_without))
    return np.where(saved, 1.0, np.where(facts.state_falls_with, 0.0, np.clip(gained, 0.0, 1.0)))


def dependence(
    case: Mapping[str, FloatArray], effect: Mapping[str, FloatArray], facts: AftermathFacts, months: float
) -> Index:
    """Index of the host's dependence on the lead state.

    ``D = b + (1 - b) (1 - exp(-s (debt * rescue * m(t) + stay_binds * months stayed * m(months gone))))``
    with ``b`` the weighed share of the lead state in trade and arms before, ``s`` its share of the
    contingents and ``m`` what is left at the half-life ``debt_memory``; where the state falls, a share of it
    ends, unless they came against those who fell. Where the host asked and nobody came,
    ``D = b (1 - refusal_loosens (1 - m(t)))``. [0-1]
    """
    weight, memory = effect["trade_weight"], effect["debt_memory"]
    before = weight * case["trade_share_lead"] + (1.0 - weight) * case["arms_share_lead"]
    owed = effect["debt"] * rescue(facts, effect["calm_counts"]) * remembered(months, memory)
    here = effect["stay_binds"] * stayed(case, facts, months) * remembered(gone(case, facts, months), memory)
    bound = before - (1.0 - before) * np.expm1(-facts.lead_share * (owed + here) * facts.lead_came)
    loosened = before * (1.0 - effect["refusal_loosens"] * (1.0 - remembered(months, memory)))
    with_ = np.where(facts.refused, loosened, bound)
    breaks = 0.0 if facts.against_rulers else effect["fall_breaks"] * facts.state_falls_with
    return Index(
        name="dependence",
        unit="0-1",
        definition=(
            f"Share of the host's outside means that rests on the lead state, {months:g} months after: its "
            "part in trade and arms before, raised by the debt for what its troops changed in that world and "
            "by the months they stayed, lowered where help was asked and refused; part of it ends where the "
            "state falls."
        ),
        with_=with_ * (1.0 - breaks * np.ones_like(with_)),
        without=before * (1.0 - effect["fall_breaks"] * facts.state_falls_without),
        price_if="higher",
        payer="host",
        rests_on=(*NEEDS, *EFFECTS, *rests_on(case)),
        before=before,
    )


def _sooner(with_: FloatArray, without: FloatArray) -> FloatArray:
    """Share of the hours to calm that the contingents saved; 1 where calm comes with them only."""
    never_with, never_without = np.isnan(with_), np.isnan(without)
    hours = np.where(never_without, 1.0, np.maximum(without, 1.0))
    share = np.where(never_with | never_without, 0.0, (without - with_) / hours)
    return np.where(never_without & ~never_with, 1.0, np.clip(share, 0.0, 1.0))
