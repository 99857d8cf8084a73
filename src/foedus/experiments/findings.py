"""What a study finds: one case run with and without the contingents, and what is needed to judge it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from foedus.aftermath import Bill, bill
from foedus.cases import Place, cities_of
from foedus.cases.schema import Case
from foedus.chance import Luck
from foedus.engine.airlift import plan_of
from foedus.engine.law import Law, read_law
from foedus.engine.plant import people_of
from foedus.engine.run import ARMS, NOBODY_ASIDE, Progress
from foedus.engine.streets import CROWD, on_lattice
from foedus.experiments.aftermath_facts import facts_of
from foedus.experiments.ensemble import Ensemble, run_ensemble
from foedus.experiments.obligation import LAW_DRAWS
from foedus.experiments.posterior import Posterior, posterior_for, posteriors_of
from foedus.experiments.progress import Counter
from foedus.experiments.quantities import Context
from foedus.experiments.signals import Signals, read_signals

if TYPE_CHECKING:
    from foedus.treaties import Assessment

SIDE_SHARE = 8
"""The side ensembles (priors, forecast) have an eighth of the runs: they carry no answer of their own,
only what an answer is compared with."""
AHEAD_SHARE = 4
"""A quarter of the runs each for the free-mode worlds of the signals, since most never ask for help, and
for the arm in which nobody stands aside."""


@dataclass(frozen=True)
class Findings:
    """All that a study computed.

    Attributes
    ----------
    case
        The case as it was run, edits included.
    main
        The ensemble that answers.
    nobody_aside
        The arm with contingents and with every force at its post, over the first quarter of the runs; None
        in a replay of a case without forces that stand aside.
    on_priors
        The arms of ``main`` on the priors, where a posterior served.
    forecast
        The arm with contingents on the posterior that saw early reports alone.
    people_per_agent
        People an agent at most, where the streets ran on the lattice; None where they ran on `crowd`.
    """

    case: Case
    runs: int
    seed: int
    mode: str
    as_of: datetime | None
    edits: Sequence[str]
    seconds: float
    places: Sequence[Place]
    law: Law
    main: Ensemble
    posterior: Posterior | None
    nobody_aside: Ensemble | None
    on_priors: Ensemble | None
    forecast: tuple[Posterior, Ensemble] | None
    signals: Signals | None
    bill: Bill
    people_per_agent: int | None = None

    @property
    def context(self) -> Context:
        """Hours, places, sites and members of the case."""
        return Context(self.case, self.places)

    @property
    def assessment(self) -> Assessment | None:
        """What follows in law; None where the case names no treaty."""
        return self.law.assessment


def find(
    case: Case,
    *,
    runs: int = 2000,
    seed: int = 1,
    mode: str = "replay",
    as_of: datetime | None = None,
    edits: Sequence[str] = (),
    threads: int | None = None,
    progress: Progress | None = None,
    people_per_agent: int | None = None,
) -> Findings:
    """Run a case with and without the contingents as twins, and what is needed to judge the result.

    Parameters
    ----------
    mode
        'replay' takes the dated decisions of the case; 'free' lets the government's and the members'
        rules decide.
    as_of
        Nothing that was said, graded or reported later enters a belief or a fit; the end of the window
        if left out.
    edits
        What was changed against the case as it stands on file, in words.
    progress
        Called with runs done and runs in all.
    people_per_agent
        Run the streets on the lattice, so many people to an agent; on `crowd` if left out. A posterior that
        was fitted on `crowd` serves both.

    Raises
    ------
    CaseError
        The case cannot be run as it is.
    """
    started = time.monotonic()
    luck = Luck(seed)
    free = mode == "free"
    places = cities_of(case.country)
    streets = CROWD if people_per_agent is None else on_lattice(people_of(places), people_per_agent)
    law = read_law(case, as_of, luck, LAW_DRAWS)
    posterior = posterior_for(case, as_of)
    early = next((p for p in posteriors_of(case.meta.slug) if p.kind == "forecast"), None)
    second = early if posterior is not None and posterior.kind == "standard" and not free else None
    side, ahead = max(runs // SIDE_SHARE, 1), max(runs // AHEAD_SHARE, 1)
    aside = free or any(event.kind == "stand_aside" for event in case.events)
    asked = any(event.kind == "request" for event in case.events)
    tell = Counter(
        progress,
        runs * len(ARMS)
        + (ahead if aside else 0)
        + (side * len(ARMS) if posterior else 0)
        + (side if second else 0)
        + (2 * ahead if asked else 0),
    )
    run = partial(
        run_ensemble, case, places, law, luck=luck, free=free, plan=plan_of(case, free=free), threads=threads,
        streets=streets,
    )  # fmt: skip
    main = run(ARMS, runs=runs, posterior=posterior, progress=tell.part())
    nobody_aside = run(NOBODY_ASIDE, runs=ahead, posterior=posterior, progress=tell.part()) if aside else None
    on_priors = run(ARMS, runs=side, progress=tell.part()) if posterior else None
    helped = {"with": ARMS["with"]}
    forecast = (second, run(helped, runs=side, posterior=second, progress=tell.part())) if second else None
    signals = read_signals(
        case, places, runs=ahead, luck=luck, threads=threads, progress=tell.part(), streets=streets
    )
    facts = facts_of(case, Context(case, places), main)
    return Findings(
        case=case,
        runs=runs,
        seed=seed,
        mode=mode,
        as_of=as_of,
        edits=list(edits),
        seconds=round(time.monotonic() - started, 2),
        places=places,
        law=law,
        main=main,
        posterior=posterior,
        nobody_aside=nobody_aside,
        on_priors=on_priors,
        forecast=forecast,
        signals=signals,
        bill=bill(case.aftermath, facts, luck, range(runs)),
        people_per_agent=people_per_agent,
    )
