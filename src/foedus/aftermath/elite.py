"""The struggle within the elite: who keeps office, who is removed, whose star sets.

A state that stands may still change hands from within: most leaders who lose power irregularly lose it to
insiders, and the loyalty of the forces carries the struggle (Svolik 2012, The Politics of Authoritarian
Rule). Leaders remove rivals when these are weak (Sudduth 2017, Comparative Political Studies 50(13)), and
backing from abroad may make them so; or it may mark the leader as beholden. Its sign is open. How often
office is lost after mass unrest is counted (:mod:`foedus.aftermath.record`); how often heads of the forces
are removed is an assumption.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from foedus.aftermath.facts import AftermathFacts
from foedus.aftermath.index import Index

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

NEEDS_LEADERSHIP = ("consolidation",)
NEEDS_RIVAL = ("rival_hazard_per_year",)
OFFICE = ("office_hazard", "loyalty_holds", "ordinary_loyalty", "backing_holds")
PURGE = ("purge_backed", "purge_disloyal", "ordinary_loyalty")
MONTHS_A_YEAR = 12.0

Given = Mapping[str, FloatArray]


def office_loss(case: Given, effect: Given, facts: AftermathFacts, months: float) -> Index:
    """Index of the loss of office: chance that who governed is out by then, in any way.

    1 where the state falls; else ``1 - exp(-office_hazard t exp(-loyalty_holds (loyalty - ordinary_loyalty)
    - backing_holds * backing))``, backing being 1, or -1 where troops came against who governs. [probability]
    """
    return Index(
        name="office_loss",
        unit="probability",
        definition=(
            f"Chance that who governed when it began has lost office within {months:g} months, in any way: "
            "certain where the state falls, else as often as after mass unrest, less with loyal forces, and "
            "moved by backing from abroad."
        ),
        with_=_lost(effect, facts.state_falls_with, facts.loyalty_end_with, facts.backing, months),
        without=_lost(effect, facts.state_falls_without, facts.loyalty_end_without, _none(facts), months),
        price_if=None if facts.against_rulers else "higher",
        payer="office-holder",
        rests_on=OFFICE,
    )


def purge(case: Given, effect: Given, facts: AftermathFacts, months: float) -> Index:
    """Index of a purge: chance that a head of the forces or of their ministries is removed or charged.

    ``1 - exp(-purge_hazard t exp(purge_backed * backing + purge_disloyal (ordinary_loyalty - loyalty)))``; 1
    where the state falls. It does not know of a purge that the case dates. [probability]
    """
    return _removed("purge", effect["purge_hazard"], ("purge_hazard",), effect, facts, months)


def rival_eclipse(case: Given, effect: Given, facts: AftermathFacts, months: float) -> Index:
    """Index of a rival's eclipse: chance that a rival whom the case has in mind loses its posts.

    As :func:`purge`, from the case's own yearly hazard in ordinary times, times ``exp(crisis_shakes)``.
    [probability]
    """
    hazard = case["rival_hazard_per_year"] / MONTHS_A_YEAR * np.exp(effect["crisis_shakes"])
    return _removed("rival_eclipse", hazard, (*NEEDS_RIVAL, "crisis_shakes"), effect, facts, months)


def leadership(case: Given, effect: Given, facts: AftermathFacts, months: float) -> Index:
    """Index of leadership: chance that the office-holder is in office then, and stronger.

    Where the state stands, the chance of keeping office times the case's own chance of coming out stronger,
    its log-odds moved by loyalty at the end and by backing from abroad; where it falls, the chance of a
    return. [probability]
    """
    from scipy.special import expit, logit

    start = logit(np.clip(case["consolidation"], 1e-6, 1.0 - 1e-6))

    def chance(falls: BoolArray, loyalty: FloatArray, backing: FloatArray) -> FloatArray:
        gap = np.nan_to_num(loyalty - effect["ordinary_loyalty"])
        stronger = expit(start + effect["loyalty_holds"] * gap + effect["backing_holds"] * backing)
        kept = 1.0 - _lost(effect, falls, loyalty, backing, months)
        return np.where(falls, effect["fallen_returns"], kept * stronger)

    return Index(
        name="leadership",
        unit="probability",
        definition=(
            f"Chance that the office-holder is in office {months:g} months after, and stronger: the chance "
            "of keeping office times the case's own chance of gaining by it, moved by the loyalty of the "
            "forces at the end and by backing from abroad; a small chance of return where the state falls."
        ),
        with_=chance(facts.state_falls_with, facts.loyalty_end_with, facts.backing),
        without=chance(facts.state_falls_without, facts.loyalty_end_without, _none(facts)),
        price_if=None if facts.against_rulers else "lower",
        payer="office-holder",
        rests_on=(*NEEDS_LEADERSHIP, *OFFICE, "fallen_returns"),
    )


def _lost(
    effect: Given, falls: BoolArray, loyalty: FloatArray, backing: FloatArray, months: float
) -> FloatArray:
    gap = np.nan_to_num(loyalty - effect["ordinary_loyalty"])
    log = -effect["loyalty_holds"] * gap - effect["backing_holds"] * backing
    return np.where(falls, 1.0, -np.expm1(-effect["office_hazard"] * months * np.exp(log)))


def _removed(
    name: str, hazard: FloatArray, own: tuple[str, ...], effect: Given, facts: AftermathFacts, months: float
) -> Index:
    """Chance of a removal by then, the more likely after disloyalty, moved by backing."""

    def chance(falls: BoolArray, loyalty: FloatArray, backing: FloatArray) -> FloatArray:
        gap = np.nan_to_num(effect["ordinary_loyalty"] - loyalty)
        log = effect["purge_backed"] * backing + effect["purge_disloyal"] * gap
        return np.where(falls, 1.0, -np.expm1(-hazard * months * np.exp(log)))

    who = (
        "a head of the army, the police, the security service or their ministries is removed or charged"
        if name == "purge"
        else "the rival within the elite that the case has in mind has lost its posts"
    )
    return Index(
        name=name,
        unit="probability",
        definition=(
            f"Chance that {who} within {months:g} months; certain where the state falls. A removal that the "
            "case dates is not known to it."
        ),
        with_=chance(facts.state_falls_with, facts.loyalty_end_with, facts.backing),
        without=chance(facts.state_falls_without, facts.loyalty_end_without, _none(facts)),
        price_if=None,
        payer="rival",
        rests_on=(*own, *PURGE),
    )


def _none(facts: AftermathFacts) -> FloatArray:
    return np.zeros_like(facts.months_stayed)
