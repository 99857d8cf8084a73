"""The channels by which contingents can matter, each alone: its effect on the priors beside the posterior."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from foedus.cases.parameters import declared
from foedus.engine.arrays import Course
from foedus.experiments.informed import HARDLY_DIFFER, by_chance, overlap
from foedus.experiments.quantities import Context
from foedus.streets.calm import hours_to_calm
from foedus.terms import Interval

if TYPE_CHECKING:
    from foedus.experiments.ensemble import Ensemble
    from foedus.experiments.findings import Findings

FloatArray = NDArray[np.float64]

ALL = "with"
STRENGTHS: Mapping[str, tuple[str, ...]] = {
    "announcement": ("announcement",),
    "guards": ("guards_freed",),
    "presence": ("presence_severity", "presence_backlash", "presence_scale"),
}
"""The channels, and the parameters that say how strong each is."""
FORCE_STRENGTHS = ("force_harm", "force_backlash")
IDLE_ROOM = "government"
"""Parameters of this room act in free mode alone. A fit to a replay cannot learn anything of them: how far it
moves them all the same is its own noise."""
SHOWN = ("deaths_civilian", "hours_to_calm", "outcome_differed", "state_falls")
EVEN = (np.arange(4000) + 0.5) / 4000
RULE = (
    "not_informed: prior and posterior of the effect on civilian deaths overlap by "
    f"{HARDLY_DIFFER:g} or more; informed: they overlap by less, and so do those of one of the channel's own "
    "strengths, by less than every number that cannot act in a replay and shows what the fit does by chance; "
    "worlds_only: the effect differs and no such strength does, so the fit chose worlds, and with them the "
    "effect, and says nothing of the channel itself; too_few_runs: chance alone may have parted the two; "
    "overlap is 1 less Kuiper's distance"
)


def channels_part(
    study: Findings,
    effect: Mapping[str, Any],
    on_priors: Mapping[str, Any] | None,
    *,
    one_course: bool,
) -> dict[str, Any]:
    """For each channel, and all together under ``with``: prior, posterior, overlap, and what was learnt.

    Parameters
    ----------
    effect, on_priors
        What the summary says of the main ensemble and of that on the priors (see ``docs/summary.md``).
    one_course
        Whether all runs with contingents are what they are without: then there is nothing to learn.
    """
    fitted = study.posterior is not None
    arms: dict[str, Any] = {}
    for name in (ALL, *STRENGTHS):
        main, prior = _of(effect, name), _of(on_priors, name)
        if main is None:
            continue
        row: dict[str, Any] = {
            "prior": prior if fitted else main,
            "posterior": main if fitted else None,
            "overlap": None,
            "strength": [],
            "informed": "no_effect" if one_course else "no_fit",
        }
        if not one_course and fitted and study.on_priors is not None and prior is not None:
            row |= _learnt(study, study.on_priors, name)
        arms[name] = row
    idle = _idle_overlaps(study)
    return {"rule": RULE, "by_chance": min(idle) if idle else None, "idle": len(idle), "arms": arms}


def _of(effect: Mapping[str, Any] | None, name: str) -> dict[str, Any] | None:
    if effect is None:
        return None
    found = effect if name == ALL else (effect.get("by_channel") or {}).get(name)
    return None if found is None else {key: found[key] for key in SHOWN}


def _learnt(study: Findings, on_priors: Ensemble, name: str) -> dict[str, Any]:
    context = study.context
    after, before = (
        {key: read(of.courses[name], of.courses["without"], context) for key, read in _DIFFERENCES.items()}
        for of in (study.main, on_priors)
    )
    found = {key: overlap(before[key], after[key]) for key in _DIFFERENCES}
    strength = _strength(study, name)
    return {
        "overlap": found,
        "strength": strength,
        "informed": verdict(
            found["deaths_civilian"],
            by_chance(len(before["deaths_civilian"]), len(after["deaths_civilian"])),
            [row["apart"] for row in strength],
        ),
    }


def verdict(shared: float | None, chance: float, strengths: list[bool]) -> str:
    """What the data say of an effect, by the stated rule.

    Parameters
    ----------
    shared
        Overlap of prior and posterior of the effect.
    chance
        The distance that chance alone reaches with so many runs.
    strengths
        Whether each of the channel's own parameters lies apart from its prior.
    """
    if shared is None:
        return "too_few_runs"
    if shared >= HARDLY_DIFFER:
        return "not_informed"
    if 1.0 - shared <= chance:
        return "too_few_runs"
    return "informed" if any(strengths) else "worlds_only"


def _strength(study: Findings, name: str) -> list[dict[str, Any]]:
    """The channel's own parameters: prior, posterior, and whether they lie apart beyond chance."""
    task = study.case.alliance.task
    forced = task is not None and task.rules_of_engagement == "force"
    names = [p for channel, own in STRENGTHS.items() if name in (ALL, channel) for p in own]
    names += FORCE_STRENGTHS if forced and name in (ALL, "presence") else ()
    floor = min([HARDLY_DIFFER, *_idle_overlaps(study)])
    rows = []
    for parameter in names:
        quantity = study.main.inputs.drawn.get(parameter)
        fitted = study.posterior.values.get(parameter) if study.posterior is not None else None
        if quantity is None or isinstance(quantity.value, float):
            continue
        prior = quantity.at(EVEN)
        shared = 1.0 if fitted is None else overlap(prior, fitted)
        chance = 1.0 if fitted is None else by_chance(_worth(fitted), EVEN.size)
        rows.append(
            {
                "parameter": parameter,
                "prior": Interval.of(prior).as_dict(),
                "posterior": None if fitted is None else Interval.of(fitted).as_dict(),
                "overlap": shared,
                "apart": shared is not None and shared < min(floor, 1.0 - chance),
            }
        )
    return rows


def _worth(particles: FloatArray) -> float:
    """How many particles of equal weight these are worth: copies count once (Kish)."""
    counts = np.unique(particles, return_counts=True)[1].astype(float)
    return float(counts.sum() ** 2 / (counts**2).sum())


def _idle_overlaps(study: Findings) -> list[float]:
    """Overlap with its prior of every fitted number that cannot act in a replay."""
    if study.posterior is None:
        return []
    drawn = study.main.inputs.drawn
    names = [name for name, parameter in declared().items() if parameter.room == IDLE_ROOM]
    found = [
        overlap(quantity.at(EVEN), study.posterior.values[name])
        for name in names
        if (quantity := drawn.get(name)) is not None and name in study.posterior.values
    ]
    return [shared for shared in found if shared is not None]


def _deaths(one: Course, other: Course, context: Context) -> FloatArray:
    deaths: FloatArray = one.killed_civilian[:, -1].astype(float) - other.killed_civilian[:, -1]
    return deaths


def _hours(one: Course, other: Course, context: Context) -> FloatArray:
    """NaN where one of the twins does not calm down in the window."""
    first, second = (
        hours_to_calm(course.active, course.seats_lost, context.urban, context.first_shock)
        for course in (one, other)
    )
    hours: FloatArray = np.asarray(first - second, dtype=float)
    return hours


_DIFFERENCES = {"deaths_civilian": _deaths, "hours_to_calm": _hours}
