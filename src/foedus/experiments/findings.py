"""What a study finds: one case run with and without the contingents, and what is needed to judge it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from foedus.aftermath import Bill, bill
from foedus.cases import Place, cities_of
from foedus.cases.schema import Case
from foedus.chance import Luck
from foedus.engine.law import Law, read_law
from foedus.engine.run import ARMS
from foedus.experiments.aftermath_facts import facts_of
from foedus.experiments.ensemble import Ensemble, run_ensemble
from foedus.experiments.posterior import Posterior, posterior_for, posteriors_of
from foedus.experiments.quantities import Context
from foedus.experiments.signals import Signals, read_signals

if TYPE_CHECKING:
    from foedus.treaties import Assessment

Progress = Callable[[int, int], None]

CHANNEL_ARMS = ("with", "without", "announcement", "guards", "presence")
SIDE_SHARE = 8
"""The side ensembles (priors, forecast, free mode) have an eighth of the runs: they carry no answer of
their own, only what an answer is compared with."""
SIGNAL_SHARE = 4
"""Free-mode worlds for the signals: a quarter of the runs each, since most never ask for help."""
LAW_DRAWS = 2000


@dataclass(frozen=True)
class Findings:
    """All that a study computed.

    Attributes
    ----------
    case
        The case as it was run, edits included.
    main
        The ensemble that answers; ``on_priors`` the same arms on the priors, where a posterior served;
        ``forecast`` the arm with contingents on the posterior that saw early reports alone.
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
    on_priors: Ensemble | None
    forecast: tuple[Posterior, Ensemble] | None
    signals: Signals | None
    bill: Bill

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

    Raises
    ------
    CaseError
        The case cannot be run as it is.
    """
    started = time.monotonic()
    luck = Luck(seed)
    free = mode == "free"
    places = cities_of(case.country)
    law = read_law(case, as_of, luck, LAW_DRAWS)
    posterior = posterior_for(case, as_of)
    early = next((p for p in posteriors_of(case.meta.slug) if p.kind == "forecast"), None)
    second = early if posterior is not None and posterior.kind == "standard" and not free else None
    side, ahead = max(runs // SIDE_SHARE, 1), max(runs // SIGNAL_SHARE, 1)
    tell = _Counter(
        progress,
        runs * len(ARMS)
        + (side * len(CHANNEL_ARMS) if posterior else 0)
        + (side if second else 0)
        + (2 * ahead if any(event.kind == "request" for event in case.events) else 0),
    )
    main = run_ensemble(
        case, places, law, ARMS, runs=runs, luck=luck, free=free, posterior=posterior, threads=threads,
        progress=tell.part(),
    )  # fmt: skip
    on_priors = None
    if posterior is not None:
        arms = {name: ARMS[name] for name in CHANNEL_ARMS}
        on_priors = run_ensemble(
            case, places, law, arms, runs=side, luck=luck, free=free, threads=threads, progress=tell.part()
        )
    forecast = None
    if second is not None:
        arms = {"with": ARMS["with"]}
        forecast = (
            second,
            run_ensemble(
                case, places, law, arms, runs=side, luck=luck, posterior=second, threads=threads,
                progress=tell.part(),
            ),
        )  # fmt: skip
    signals = read_signals(
        case, places, runs=ahead, luck=luck, posterior=posterior, threads=threads, progress=tell.part()
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
        on_priors=on_priors,
        forecast=forecast,
        signals=signals,
        bill=bill(case.aftermath, facts, luck, range(runs)),
    )


class _Counter:
    """Adds up the progress of several ensembles, one after another."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def part(self) -> Progress | None:
        """Progress of the next ensemble, counted on from those before."""
        progress, before = self._progress, self._done
        if progress is None:
            return None

        def tell(done: int, _: int) -> None:
            self._done = before + done
            progress(self._done, self._total)

        return tell
