"""From the courses of both arms to what the aftermath asks."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from foedus.aftermath import AftermathFacts
from foedus.cases.schema import Case
from foedus.experiments.ensemble import Ensemble
from foedus.experiments.quantities import Context
from foedus.experiments.stay import HOURS_A_DAY, stays_of
from foedus.streets.calm import hours_to_calm

AGAINST_RULERS = ("neighbours", "claimant")
"""Who asks, where the help is asked against those who govern."""


def facts_of(case: Case, context: Context, ensemble: Ensemble) -> AftermathFacts:
    """What the months after hang on, run by run."""
    with_, without = ensemble.courses["with"], ensemble.courses["without"]
    lead = list(ensemble.plan.members).index(case.alliance.lead)
    came = with_.member_troops.sum(axis=1)
    lead_share = np.where(came > 0, with_.member_troops[:, lead] / np.maximum(came, 1), 0.0)
    runs = len(came)
    stays = stays_of(with_, case)
    conceded = any(event.kind == "concession" for event in case.events)
    return AftermathFacts(
        state_falls_with=with_.falls,
        state_falls_without=without.falls,
        loyalty_end_with=with_.loyalty[:, -1].astype(float),
        loyalty_end_without=without.loyalty[:, -1].astype(float),
        killed_civilian_with=with_.killed_civilian[:, -1].astype(float),
        killed_civilian_without=without.killed_civilian[:, -1].astype(float),
        hours_to_calm_with=hours_to_calm(with_.active, with_.seats_lost, context.urban, context.first_shock),
        hours_to_calm_without=hours_to_calm(
            without.active, without.seats_lost, context.urban, context.first_shock
        ),
        concession=np.full(runs, conceded),
        troop_days_by_lead=stays.troop_hours * lead_share / HOURS_A_DAY,
        lead_share=lead_share,
        months_stayed=stays.months,
        requested=~np.isnan(with_.request_at),
        honoured=came > 0,
        earlier_activations=case.alliance.earlier_activations,
        earlier_refusals=case.alliance.earlier_refusals,
        troop_days={
            code: stays.troop_hours / HOURS_A_DAY * with_.member_troops[:, m] / np.maximum(came, 1)
            for m, code in enumerate(ensemble.plan.members)
        },
        # A stay that the case states is counted to its horizon already.
        still_there=stays.open & (case.alliance.stay is None or case.alliance.stay.leave == "date"),
        against_rulers=case.meta.requester in AGAINST_RULERS,
    )


def first_shock(case: Case) -> datetime:
    """When the months of the aftermath begin: the first dated shock, or the window's start."""
    return min((e.at for e in case.events if e.kind == "shock"), default=case.meta.start)
