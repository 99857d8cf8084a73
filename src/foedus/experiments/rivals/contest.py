"""Who is nearer to what was held out: the crowd model, the wave, the reference class, or 'nothing changes'?

All are scored by the same code on the same observations, and each says what it does not predict. The wave is
fitted on what the crowd's posterior was fitted on, as far as it has the quantity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.cases import cities_of
from foedus.cases.schema import Case, Observation
from foedus.chance import Luck
from foedus.engine.arrays import Course
from foedus.engine.law import read_law
from foedus.engine.run import ARMS
from foedus.errors import CaseError
from foedus.experiments.comparison import PLEDGED, compare
from foedus.experiments.ensemble import run_ensemble
from foedus.experiments.obligation import LAW_DRAWS
from foedus.experiments.posterior import Posterior, observation_key, posteriors_of
from foedus.experiments.quantities import Context
from foedus.experiments.rivals.known import Known, what_was_known
from foedus.experiments.rivals.mass_mobilization import (
    Like,
    ReferenceClass,
    check_size,
    packaged_class,
    read_class,
)
from foedus.experiments.rivals.responses import Response, response_rows
from foedus.experiments.rivals.tally import tally
from foedus.experiments.rivals.wave_case import expected, hours_needed, speaks_of, wave_of
from foedus.experiments.rivals.wave_fit import WaveFit, WavePlan, fit_wave, predicted
from foedus.experiments.score import crps_to_range
from foedus.streets.wave import WaveCourse, declared_wave, run_wave
from foedus.terms import Interval
from foedus.version import __version__

FloatArray = NDArray[np.float64]
OURS = ("crowd", "crowd_untold")
"""The crowd model as a study runs it, and not told of any event after the hour of the forecast: in replay the
government's later orders are input, which no rival has."""
RIVALS = ("wave", "wave_linear", "protests", "episodes", "persistence")
"""The wave of Bonnasse-Gahot et al. in its two forms; the reference class of protests; ten episodes of deadly
unrest, of which the national dead are known; and 'nothing changes'."""


LAST_EPISODE = date(2020, 12, 31)
"""The end of the last of the ten episodes (see reference_class.yaml): one may not be its own reference."""
WAVES: Mapping[str, str] = {"wave": "threshold", "wave_linear": "linear"}
"""Columns of the wave, and the form of contagion of each."""


def contest(
    case: Case,
    *,
    runs: int = 2000,
    seed: int = 1,
    as_of: datetime | None = None,
    data: Path | None = None,
    size: str | None = None,
    violent: bool | None = None,
    plan: WavePlan | None = None,
    threads: int | None = None,
) -> dict[str, Any]:
    """Score the crowd model and its rivals on what was held out, once for each posterior of the case.

    A case without a posterior is scored on the priors of the crowd model, and the wave is fitted to what was
    reported by ``as_of`` (to nothing where that is left out).

    Parameters
    ----------
    data
        Folder of the Mass Mobilization data; the counts in the package where left out.
    size, violent
        Size class of the protest and whether protesters were violent, for the reference class; read from
        what was reported by the hour of the forecast where left out.
    plan
        How the wave is fitted.

    Raises
    ------
    CaseError
        The case observes nothing; ``size`` is no class; a table cannot be read.
    """
    if not case.observed:
        raise CaseError(f"{case.meta.slug}: observed: is empty, so nothing can be scored; add observations")
    check_size(size)
    served = [p for p in posteriors_of(case.meta.slug) if as_of is None or p.known_at <= as_of]
    classes, silent = _class_for(case, data)
    asked = _Asked(case, runs, seed, as_of, classes, silent, size, violent, plan, threads)
    posteriors: Sequence[Posterior | None] = served or [None]
    return {
        "foedus": __version__,
        "case": case.meta.slug,
        "runs": runs,
        "seed": seed,
        "columns": [*OURS, *RIVALS],
        "protests_from": None if classes is None else dict(classes.about),
        "fits": [_block(asked, posterior) for posterior in posteriors],
    }


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for: the same for every posterior of the case."""

    case: Case
    runs: int
    seed: int
    as_of: datetime | None
    classes: ReferenceClass | None
    silent: str | None
    size: str | None
    violent: bool | None
    plan: WavePlan | None
    threads: int | None


def _class_for(case: Case, data: Path | None) -> tuple[ReferenceClass | None, str | None]:
    """The class that may serve, or why none does: nothing in it may be later than the case."""
    start = case.meta.start.date()
    if case.meta.target == "state_attack":
        return None, "a state's attack is no protest"
    if data is not None:
        return read_class(data, before=start), None
    packaged = packaged_class()
    if packaged.known_to < start:
        return packaged, None
    return None, (
        "the packaged counts know records later than the case; give the data with --data, and earlier ones "
        "alone are counted"
    )


def _block(asked: _Asked, posterior: Posterior | None) -> dict[str, Any]:
    """One posterior, or the priors: every column run, and scored on what was held out."""
    case, as_of, runs = asked.case, asked.as_of, asked.runs
    context = Context(case, cities_of(case.country))
    luck = Luck(asked.seed)
    since = posterior.as_of if posterior else as_of
    fitted = (
        set(posterior.fitted)
        if posterior
        else {observation_key(o) for o in case.observed if since is not None and o.reported_at <= since}
    )
    law = read_law(case, as_of, luck, LAW_DRAWS)
    run = partial(
        run_ensemble, places=context.places, law=law, arms={"with": ARMS["with"]}, runs=runs, luck=luck,
        posterior=posterior, threads=asked.threads,
    )  # fmt: skip
    crowds = {"crowd": run(case).courses["with"]}
    if since is not None:
        crowds["crowd_untold"] = run(untold(case, since)).courses["with"]

    seen = [o for o in case.observed if observation_key(o) in fitted and speaks_of(o)]
    waves = _waves(case, context, seen, asked.seed, asked.plan)

    known = what_was_known(case, fitted, since, asked.size, asked.violent)
    like = None if asked.classes is None else asked.classes.like(known.size, known.violent, known.lasted)
    compared = {name: compare(course, context, posterior, as_of) for name, course in crowds.items()}
    rows = [
        _scored(one, {name: rows_[i] for name, rows_ in compared.items()}, context, waves, like, runs, luck)
        for i, one in enumerate(case.observed)
        if observation_key(one) not in fitted and one.quantity not in PLEDGED
    ]
    did = {name: _crowd_did(course) for name, course in crowds.items()}
    rows += response_rows(case.observed, fitted, since, did, like)
    return {
        "fit": "priors" if posterior is None else posterior.kind,
        "as_of": None if since is None else since.isoformat(),
        "fitted": sorted(fitted),
        **{name: None if name not in waves else _of_the_wave(waves[name][1]) for name in WAVES},
        "protests": _of_the_class(known, like, asked.silent),
        "rows": rows,
        "scores": tally(rows, OURS, RIVALS),
    }


def untold(case: Case, since: datetime) -> Case:
    """The case with no event after an hour: what it had not been told by then, it cannot replay."""
    return case.model_copy(update={"events": [event for event in case.events if event.at <= since]})


def _waves(
    case: Case, context: Context, seen: Sequence[Observation], seed: int, plan: WavePlan | None
) -> dict[str, tuple[WaveCourse, WaveFit]]:
    """Both forms of the wave, fitted and run; empty where the case has no shock, or nothing it speaks of."""
    wave = wave_of(case, context.places)
    asked = [o for o in case.observed if speaks_of(o)]
    if wave is None or not asked:
        return {}
    short = wave.until(hours_needed(asked, context))
    fits = {
        name: fit_wave(wave, context, seen, seed=seed, plan=plan, form=form) for name, form in WAVES.items()
    }
    return {name: (run_wave(short, found.values), found) for name, found in fits.items()}


def _scored(
    seen: Observation, crowds: Mapping[str, Mapping[str, Any]], context: Context,
    waves: Mapping[str, tuple[WaveCourse, WaveFit]], like: Like | None, runs: int, luck: Luck,
) -> dict[str, Any]:  # fmt: skip
    """One held-out observation with what each column says of it; None where a column says nothing."""
    hours = float(context.case.meta.clock.hours)
    told: dict[str, Any] = dict.fromkeys(WAVES)
    if speaks_of(seen):
        for name, (course, found) in waves.items():
            samples = predicted(expected(course, context, seen), seen, found.values["dispersion"], luck)
            told[name] = column(samples, seen.low, seen.high, hours)
    protests = None
    if like is not None and seen.quantity == "calm_at" and like.count > 0.0:
        protests = column(_calm_after(like, context, runs, luck), seen.low, seen.high, hours)
    row = crowds["crowd"]
    keys = ("quantity", "where", "at", "unit", "key", "observed", "low", "high", "reported_at")
    return {
        **{key: row[key] for key in keys},
        **{name: _of_the_crowd(crowds.get(name)) for name in OURS},
        **told,
        "protests": protests,
        "episodes": _crps_alone(row["crps_reference"] if later_than_episodes(context.case) else None),
        "persistence": _crps_alone(row["crps_persistence"]),
    }


def later_than_episodes(case: Case) -> bool:
    """Whether all ten episodes of the older reference class lie before the case."""
    return case.meta.start.date() > LAST_EPISODE


def column(samples: FloatArray, low: float, high: float, beyond: float) -> dict[str, Any]:
    """What a column says of a quantity: its interval, whether that touches the observed range, its CRPS."""
    spread = Interval.of(samples)
    p05 = np.inf if spread.p05 is None else spread.p05
    p95 = np.inf if spread.p95 is None else spread.p95
    return {
        **{key: spread.as_dict().get(key) for key in ("p05", "median", "p95", "censored")},
        "inside": bool(p05 <= high and p95 >= low),
        "crps": crps_to_range(samples, low, high, beyond),
    }


def _of_the_crowd(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {key: row[key] for key in ("p05", "median", "p95", "censored", "inside", "crps")}


def _crps_alone(value: float | None) -> dict[str, Any] | None:
    return None if value is None else {"crps": value}


def _calm_after(like: Like, context: Context, runs: int, luck: Luck) -> FloatArray:
    """Hour of calm (run,) if unrest lasts as such protests did: the midnight after its last day.

    Days are counted from that of the first shock. NaN beyond the window.
    """
    clock = context.case.meta.clock
    day = np.asarray(clock.day_index())
    first = int(day[min(int(context.first_shock), clock.hours - 1)])
    ends = np.array([np.flatnonzero(day == of)[-1] + 1 for of in range(int(day[-1]) + 1)], dtype=float)
    last = first + like.days(luck, runs).astype(int) - 1
    within = last < len(ends)
    out = np.full(runs, np.nan)
    out[within] = ends[last[within]]
    return np.where(out < clock.hours, out, np.nan)


def _crowd_did(course: Course) -> Mapping[Response, FloatArray]:
    """Whether the crowd model has a response by the end of the window, by run (run,)."""
    return {
        Response.KILLINGS: np.asarray(course.killed_civilian[:, -1] > 0, dtype=float),
        Response.ARRESTS: np.asarray(course.arrested[:, -1] > 0, dtype=float),
    }


def _of_the_wave(found: WaveFit) -> dict[str, Any]:
    priors = declared_wave().parameters
    middle = np.array([0.05, 0.5, 0.95])
    return {
        "fitted": list(found.fitted),
        "about": dict(found.about),
        "parameters": {
            name: {
                "unit": priors[name].unit,
                "prior": _three(priors[name].at(middle)),
                "posterior": _three(np.quantile(column_, middle)),
            }
            for name, column_ in found.values.items()
        },
    }


def _three(values: Sequence[float] | FloatArray) -> dict[str, float]:
    low, mid, high = (float(f"{x:.4g}") for x in values)
    return {"p05": low, "median": mid, "p95": high}


def _of_the_class(known: Known, like: Like | None, silent: str | None) -> dict[str, Any]:
    return {
        "known": known.as_dict(),
        "like": None if like is None else like.as_dict(),
        "silent_because": silent,
    }
