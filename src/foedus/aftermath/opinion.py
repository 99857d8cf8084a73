"""What publics think: the host's of the lead state's leaders, each contributor's own of the step.

The effect of a short mission on opinion is not known even in sign, so its prior straddles zero. Yearly
polls cannot tell it from whatever else happened in that year; nothing here is calibrated on them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from foedus.aftermath.facts import AftermathFacts
from foedus.aftermath.index import Index, remembered
from foedus.aftermath.stay import rests_on, stayed, troop_days

FloatArray = NDArray[np.float64]

NEEDS_HOST = ("approval_lead_host",)
EFFECTS_HOST = ("opinion_help", "opinion_stay", "opinion_toll", "opinion_memory", "opinion_refusal")
NEEDS_OWN = ("approval_lead_own",)
EFFECTS_OWN = ("opinion_weariness", "opinion_failure")
OWN_OF = "approval_own_"
"""Before a member's code: approval of such a step in that member's own public."""
PER_TROOP_DAYS = 100_000.0
PERCENT = 100.0


def opinion_host(
    case: Mapping[str, FloatArray], effect: Mapping[str, FloatArray], facts: AftermathFacts, months: float
) -> Index:
    """Index of the host public's approval of the lead state, percentage points of adults.

    Approval before plus ``m(t) (help + stay * months stayed - toll * log2((1+K with)/(1+K without)))``
    where its soldiers came, with K the civilians killed: what happens under their eyes is laid to them.
    Where the host asked and nobody came: before less ``m(t) * opinion_refusal``.
    """
    doublings = np.log2((1.0 + facts.killed_civilian_with) / (1.0 + facts.killed_civilian_without))
    came = effect["opinion_help"] + effect["opinion_stay"] * stayed(case, facts, months)
    came = (came - effect["opinion_toll"] * doublings) * facts.lead_came
    change = (came - effect["opinion_refusal"] * facts.refused) * remembered(months, effect["opinion_memory"])
    before = np.clip(PERCENT * case["approval_lead_host"], 0.0, PERCENT)
    return Index(
        name="opinion_host",
        unit="percentage points",
        definition=(
            f"Adults of the host who approve of the lead state's leadership, {months:g} months after, had "
            "nothing else happened: the crisis alone. A yearly poll mixes it with all else in that year and "
            "can neither confirm nor refute it."
        ),
        with_=np.clip(before + change, 0.0, PERCENT),
        without=before,
        price_if="lower",
        payer="guarantor",
        rests_on=(*NEEDS_HOST, *EFFECTS_HOST, *rests_on(case)),
        before=before,
    )


def opinion_own(
    case: Mapping[str, FloatArray], effect: Mapping[str, FloatArray], facts: AftermathFacts, months: float
) -> Index:
    """Index of the lead state's own public: who approves of the step (:func:`support_at_home`)."""
    return support_at_home(case, effect, facts, months, None)


def support_at_home(
    case: Mapping[str, FloatArray],
    effect: Mapping[str, FloatArray],
    facts: AftermathFacts,
    months: float,
    member: str | None,
) -> Index:
    """Index of a contributor's own public: who approves of its stepping in, percentage points of adults.

    Approval of such a step less ``weariness * troop-days / 100,000``, less ``failure`` where it failed all
    the same (success matters: Gelpi, Feaver & Reifler 2005, International Security 30(3)): where the state
    falls, or, where help came against those who govern, where these stay. NaN where its soldiers did not
    go: there is no step to approve of.
    """
    key = NEEDS_OWN[0] if member is None else OWN_OF + member
    days = facts.troop_days_by_lead if member is None else facts.troop_days.get(member)
    days = np.zeros_like(facts.months_stayed) if days is None else days
    weary = effect["opinion_weariness"] * troop_days(days, case, facts, months) / PER_TROOP_DAYS
    failed = facts.state_falls_with != facts.against_rulers
    before = PERCENT * case[key]
    approve = before - weary - effect["opinion_failure"] * failed
    return Index(
        name="opinion_own" if member is None else f"opinion_own_{member}",
        unit="percentage points",
        definition=(
            f"Adults of {'the lead state' if member is None else member} who approve of its stepping in, "
            f"{months:g} months after: as many as approve of such steps, less weariness by the troop-days "
            "spent, less where it failed. Not defined where nobody went."
        ),
        with_=np.where(days > 0, np.clip(approve, 0.0, PERCENT), np.nan),
        without=np.full(weary.shape, np.nan),
        price_if="lower",
        payer="guarantor" if member is None else member,
        rests_on=(key, *EFFECTS_OWN, *rests_on(case)),
        before=before,
    )
