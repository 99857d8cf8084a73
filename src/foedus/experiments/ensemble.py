"""An ensemble: one case, one set of inputs, many runs, several arms that share their luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.alliance import (
    Chances,
    Plan,
    TheatreLoad,
    carried,
    chance_obliged,
    decide,
    disturb,
    theatre_loads,
)
from foedus.alliance.invited import fitted_for, invited_chances
from foedus.cases import Place
from foedus.cases.schema import Case
from foedus.chance import Luck
from foedus.engine.airlift import build_airlift, plan_of, pledged
from foedus.engine.arrays import Course, Plant, Switches, empty_course
from foedus.engine.inputs import Inputs
from foedus.engine.law import Law
from foedus.engine.plant import build_plant
from foedus.engine.run import Progress, run_arms
from foedus.engine.streets import CROWD
from foedus.experiments.posterior import Posterior
from foedus.memory import check_fits
from foedus.terms import Reading
from foedus.treaties.treaty import STRENGTHS

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ensemble:
    """What an ensemble leaves: courses by arm, the inputs they came from, plan, decisions, theatres."""

    courses: Mapping[str, Course]
    inputs: Inputs
    plant: Plant
    plan: Plan
    chances: Chances
    joins: Mapping[str, BoolArray]
    theatres: Mapping[str, TheatreLoad]


def run_ensemble(
    case: Case,
    places: Sequence[Place],
    law: Law,
    arms: Mapping[str, Switches],
    *,
    runs: int,
    luck: Luck,
    first: int = 0,
    free: bool = False,
    posterior: Posterior | None = None,
    fixed: Mapping[str, FloatArray] | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    plan: Plan | None = None,
    hours: int | None = None,
    streets: Any = CROWD,
) -> Ensemble:
    """Run a case.

    Parameters
    ----------
    first
        The first run that is run: inputs are drawn for all, courses kept from this one on.
    free
        Whether members decide by the model; in replay those that pledged come.
    posterior
        Whose particles take the place of prior draws; None runs on the priors.
    fixed
        Values of inputs by name (run,), in place of a posterior: the proposals of a fit.
    plan
        The force and lift plan, where it is solved already.
    hours
        Hours to run from the start of the window; all of it if left out.
    streets
        The street model, of :mod:`foedus.engine.streets`.

    Raises
    ------
    UserError
        The courses of so many runs do not fit into memory.
    """
    _check_room(case, places, runs - first, len(arms))
    columns = posterior.columns(luck, runs) if posterior is not None else fixed or {}
    inputs = Inputs(luck, runs, columns)
    plan = plan or plan_of(case, free=free)
    chances = members_chances(case, law, luck, runs)
    joins = decide(chances, case.alliance.lead, luck, range(runs)) if free else _as_pledged(case, runs)
    coming = np.stack([joins[code] for code in plan.members], axis=1)
    upset = disturb(plan, case.alliance, luck, range(runs))
    airlift = build_airlift(case, plan, upset, inputs, carried(plan, coming))
    plant = build_plant(case, places, inputs, airlift, streets)
    if hours is not None:
        plant = plant.until(hours)
    switched = {name: arm._replace(free=free) for name, arm in arms.items()}
    return Ensemble(
        courses=run_arms(plant, switched, runs, first=first, threads=threads, progress=progress),
        inputs=inputs,
        plant=plant,
        plan=plan,
        chances=chances,
        joins=joins,
        theatres=theatre_loads(
            case.alliance, plan, luck, range(runs), upset.strength * coming * (free or _activated(case))
        ),
    )


def _check_room(case: Case, places: Sequence[Place], runs: int, arms: int) -> None:
    """Refuse more runs than memory can keep the courses of, before anything is drawn."""
    hours = case.meta.clock.hours
    shape = (hours, hours // 24 + 1, len(places), len(case.sites), len(case.alliance.members))
    one = sum(array.nbytes for array in empty_course(1, *shape))
    check_fits(runs * arms * one, f"{runs:,} runs of {arms} arms", "give fewer runs")


def members_chances(case: Case, law: Law, luck: Luck, runs: int, door: float | None = None) -> Chances:
    """How likely each member is to come once asked, on the law as it reads.

    The obligation counts by the sense of the principal clause and by its rank among strengths; a framing in
    the clause's words opens the door (unless ``door`` says otherwise), without one the letter does as far as
    it is met. Assumption. Trouble at home is decided by the model of invited help, by the fit that never saw
    the case; help against a state's attack by the record of wars and disputes.
    """
    if case.meta.target == "state_attack":
        return chance_obliged(
            case.alliance.members,
            case.alliance.lead,
            met=clause_met(law, runs),
            year=case.meta.start.year,
            luck=luck,
            runs=range(runs),
        )
    obligation, opened = _what_binds(law)
    meta = case.meta
    fitted, _ = fitted_for(meta.slug, meta.host, meta.start, meta.end)
    return invited_chances(
        case.alliance.members, case.alliance.lead, fitted.estimate,
        binds=obligation, door=opened if door is None else door, luck=luck, runs=range(runs),
    )  # fmt: skip


def _activated(case: Case) -> bool:
    """Whether anybody was sent for by the record: without that, replay takes nothing from a theatre."""
    return any(event.kind == "activation" for event in case.events)


def clause_met(law: Law, runs: int) -> FloatArray:
    """Chance that the principal clause is met in its sense (run,), for the record of wars and disputes.

    Where its facts have no number, one half stands for a reading that stays open, as in the fit.
    """
    if law.assessment is None:
        return np.zeros(runs)
    sense = law.assessment.principal.by_reading["sense"]
    if sense.probability.median is not None:
        return np.full(runs, sense.probability.median)
    by_word = {Reading.MET: 1.0, Reading.NOT_MET: 0.0, Reading.NOT_APPLICABLE: 0.0}
    return np.full(runs, by_word.get(sense.reading, 0.5))


def _what_binds(law: Law) -> tuple[float, float]:
    """How far what binds fits the call, and how far the words open the door, each 0 to 1."""
    obligation, door = 0.0, 0.0
    if law.assessment is not None:
        principal = law.assessment.principal
        ranks = list(STRENGTHS)
        strength = 1.0 - ranks.index(principal.clause.obligation.strength) / len(ranks)
        obligation = strength * (principal.by_reading["sense"].probability.median or 0.0)
        door = 1.0 if law.invoked else principal.by_reading["letter"].probability.median or 0.0
    return obligation, door


def _as_pledged(case: Case, runs: int) -> dict[str, BoolArray]:
    said = pledged(case)
    return {code: np.full(runs, code in said) for code in case.alliance.members}
