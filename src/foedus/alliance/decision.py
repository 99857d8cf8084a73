"""Who comes? Each member's decision as a random-utility model.

A member comes when the utility of coming exceeds that of staying away; with a logistic error the chance
is ``1 / (1 + exp(-V))`` (McFadden 1974, in Zarembka, Frontiers in Econometrics). ``V`` starts at an
ordinary ally's log-odds *once asked* and is moved by what binds it, whether the framing opens the door,
ties, fear, strain, hurdles, and what the lead state does: the lead decides first, the others follow.

The only measured rate is per ally and conflict and not given a request, so the chance once asked is that
rate over the share of allies that were asked (Bayes), a share that nobody has counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foedus.cases.schema import Member, Quantity
from foedus.cases.schema.declared import Declaration, declaration
from foedus.errors import CaseError

if TYPE_CHECKING:
    from foedus.chance import Luck

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
Runs = range | NDArray[np.int64]

RAISES = ("ties", "contagion_fear")
LOWERS = ("strain", "domestic_hurdle")


def declared_decision() -> Declaration:
    """The declared numbers of the decision model, each with unit, basis and source."""
    return declaration("foedus.alliance", "decision.yaml")


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


def chance_to_join(
    members: Mapping[str, Member],
    lead: str,
    *,
    obligation: FloatArray,
    door: FloatArray,
    luck: Luck,
    runs: Runs,
    coefficients: Mapping[str, Quantity] | None = None,
) -> Chances:
    """How likely each member is to send troops, once asked.

    Parameters
    ----------
    members
        The members that decide (not the host), by code.
    lead
        Code of the lead state, one of ``members``.
    obligation
        Chance that the clause is met, times the strength of what it binds to, 0 to 1 (run,).
    door
        How far the request's framing opens the door, 0 to 1 (run,).
    luck, runs
        Keyed draws (purpose ``decision``) of the coefficients and of each member's covariates.
    coefficients
        Quantities by the names of ``decision.yaml``, in place of the declared priors of those names.

    Returns
    -------
    Chances
        P(join) per member and run.

    Raises
    ------
    CaseError
        The lead state is no member.
    """
    if lead not in members:
        raise CaseError(f"alliance.lead is {lead}, which is no member; add it to alliance.members")
    declared: Mapping[str, Quantity] = {**declared_decision().parameters, **(coefficients or {})}
    drawn = {name: q.at(luck.uniform("decision", name, runs)) for name, q in declared.items()}
    call = _ordinary_chance(drawn)
    call = call + drawn["obligation"] * (obligation - drawn["ordinary_obligation"])
    call = call + drawn["door"] * (door - drawn["ordinary_door"])
    comes: dict[str, FloatArray] = {}
    stays: dict[str, FloatArray] = {}
    for code, member in members.items():
        utility = call + _own_reasons(code, member, drawn, luck, runs)
        if code == lead:
            comes[code] = stays[code] = _logistic(utility + drawn["lead_state"])
        else:
            follow, usual = drawn["lead_comes"], drawn["ordinary_lead_comes"]
            comes[code] = _logistic(utility + follow * (1.0 - usual))
            stays[code] = _logistic(utility - follow * usual)
    return Chances(lead, comes, stays)


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


def _ordinary_chance(drawn: Mapping[str, FloatArray]) -> FloatArray:
    """Log-odds that an ordinary ally comes once asked: P(came) / P(asked), kept under the ceiling."""
    chance = np.minimum(drawn["base_rate"] / drawn["asked_share"], drawn["highest_chance"])
    return np.log(chance) - np.log1p(-chance)


def _own_reasons(
    code: str, member: Member, drawn: Mapping[str, FloatArray], luck: Luck, runs: Runs
) -> FloatArray:
    total = np.zeros(len(runs))
    for sign, names in ((1.0, RAISES), (-1.0, LOWERS)):
        for name in names:
            quantity: Quantity = getattr(member, name)
            covariate = quantity.at(luck.uniform("decision", f"{code}.{name}", runs))
            total = total + sign * drawn[name] * (covariate - drawn[f"ordinary_{name}"])
    return total


def _logistic(utility: FloatArray) -> FloatArray:
    from scipy.special import expit

    return np.asarray(expit(utility), dtype=np.float64)
