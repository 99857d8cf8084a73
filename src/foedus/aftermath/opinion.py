"""What the publics think of the lead state: the host's of its leaders, its own of the step.

The effect of a short mission on opinion is not known even in sign, so its prior straddles zero. Yearly
polls cannot tell it from whatever else happened in that year; nothing here is calibrated on them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from foedus.aftermath.facts import AftermathFacts
from foedus.aftermath.index import Index, remembered

FloatArray = NDArray[np.float64]

NEEDS_HOST = ("approval_lead_host",)
EFFECTS_HOST = ("opinion_help", "opinion_stay", "opinion_toll", "opinion_memory")
NEEDS_OWN = ("approval_lead_own",)
EFFECTS_OWN = ("opinion_weariness", "opinion_failure")
PER_TROOP_DAYS = 100_000.0
PERCENT = 100.0


def opinion_host(
    case: Mapping[str, FloatArray], effect: Mapping[str, FloatArray], facts: AftermathFacts, months: float
) -> Index:
    """Index of the host public's approval of the lead state, percentage points of adults.

    Approval before plus ``memory * (help + stay * months stayed - toll * log2((1+K with)/(1+K without)))``
    where its soldiers came, with K the civilians killed: what happens under their eyes is laid to them.
    """
    doublings = np.log2((1.0 + facts.killed_civilian_with) / (1.0 + facts.killed_civilian_without))
    change = effect["opinion_help"] + effect["opinion_stay"] * facts.months_stayed
    change = (change - effect["opinion_toll"] * doublings) * remembered(months, effect["opinion_memory"])
    before = PERCENT * case["approval_lead_host"]
    return Index(
        name="opinion_host",
        unit="percentage points",
        definition=(
            f"Adults of the host who approve of the lead state's leadership, {months:g} months after, had "
            "nothing else happened: the crisis alone. A yearly poll mixes it with all else in that year and "
            "can neither confirm nor refute it."
        ),
        with_=np.clip(before + change * facts.lead_came, 0.0, PERCENT),
        without=np.clip(before, 0.0, PERCENT),
        price_if="lower",
        rests_on=NEEDS_HOST + EFFECTS_HOST,
    )


def opinion_own(
    case: Mapping[str, FloatArray], effect: Mapping[str, FloatArray], facts: AftermathFacts
) -> Index:
    """Index of the lead state's own public: who approves of having stepped in, percentage points of adults.

    Approval of such a step less ``weariness * troop-days / 100,000``, less ``failure`` where the state falls
    all the same (success matters: Gelpi, Feaver & Reifler 2005, International Security 30(3)). NaN where
    its soldiers did not go: there is no step to approve of.
    """
    weary = effect["opinion_weariness"] * facts.troop_days_by_lead / PER_TROOP_DAYS
    approve = PERCENT * case["approval_lead_own"] - weary - effect["opinion_failure"] * facts.state_falls_with
    return Index(
        name="opinion_own",
        unit="percentage points",
        definition=(
            "Adults of the lead state who approve of its stepping in: as many as approve of such steps, less "
            "weariness by the troop-days spent, less where it failed. Not defined where nobody went."
        ),
        with_=np.where(facts.lead_came > 0, np.clip(approve, 0.0, PERCENT), np.nan),
        without=np.full(weary.shape, np.nan),
        price_if="lower",
        rests_on=NEEDS_OWN + EFFECTS_OWN,
    )
