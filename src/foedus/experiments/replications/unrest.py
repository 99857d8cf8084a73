"""Replications of Model I: tension before bursts, falls of legitimacy, thinned police."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.experiments.replications.outbursts import Outbursts, outbursts
from foedus.experiments.replications.paired import SignTest, sign_test
from foedus.experiments.replications.paper import number
from foedus.experiments.replications.readings import setup_of
from foedus.streets.lattice import STATES, Epstein, Lattice
from foedus.streets.lattice.torus import site_grid

QUIET, ACTIVE = STATES.index("quiet citizen"), STATES.index("active citizen")
BEFORE = 5
"""Steps before an outburst over which tension is taken (assumption)."""


@dataclass(frozen=True, slots=True)
class Arms:
    """Two arms over the same seeds, from the same start: active and jailed (arm, seed, time)."""

    names: tuple[str, str]
    given: NDArray[np.float64]
    active: NDArray[np.int64]
    jailed: NDArray[np.int64]

    @property
    def peaks(self) -> NDArray[np.int64]:
        """Most agents active at once (arm, seed)."""
        return np.asarray(self.active.max(axis=2))

    def peak_higher(self) -> SignTest:
        """In how many pairs the first arm's peak was the higher one."""
        return sign_test(*self.peaks)

    def jail_larger(self) -> SignTest:
        """In how many pairs the first arm had more in jail at the end."""
        return sign_test(*self.jailed[:, :, -1])

    def burst(self, over: float | None = None) -> tuple[int, int]:
        """In how many runs of each arm more than ``over`` were active at once; the paper's 50 if left out."""
        limit = number("outburst_over") if over is None else over
        first, second = (self.peaks > limit).sum(axis=1)
        return int(first), int(second)


def falls_of_legitimacy(reading: str, *, seeds: Sequence[int], steps: int = 300) -> Arms:
    """A small fall of legitimacy in one jump against a larger one in small steps (figs. 9 and 10).

    Both begin at the paper's step 77, from 0.9: to 0.7 at once, or by 0.01 a step down to 0.2.
    """
    since = np.maximum(np.arange(steps) - (number("jump_at") - 1), 0)
    jump = np.where(since > 0, number("jump_to"), number("jump_from"))
    slow = np.maximum(number("jump_from") - number("slow_by") * since, number("slow_to"))
    setup = setup_of(reading, "falls")
    return _arms(("one jump", "small steps"), setup, seeds, steps, "legitimacy", np.stack([jump, slow]))


def thinned_police(reading: str, *, seeds: Sequence[int], steps: int = 600) -> Arms:
    """Police walked down to none against police kept (fig. 11), at the pace declared as an assumption."""
    setup = setup_of(reading, "thinning")
    officers = round(setup.police * setup.height * setup.width)
    ends = number("thinning_from") + np.array([0.0, number("thinning_steps")])
    thinned = np.round(np.interp(np.arange(steps), ends, [officers, 0]))
    given = np.stack([thinned, np.full(steps, float(officers))])
    return _arms(("thinned", "kept"), setup, seeds, steps, "police", given)


def _arms(
    names: tuple[str, str], setup: Epstein, seeds: Sequence[int], steps: int, what: str, given: NDArray[Any]
) -> Arms:
    active = np.zeros((2, len(seeds), steps), np.int64)
    jailed = np.zeros_like(active)
    for arm, course in enumerate(given):
        orders = course if what == "legitimacy" else course.astype(np.int64)
        for place, seed in enumerate(seeds):
            series = Lattice(setup, seed=seed).run(steps, **{what: orders})
            active[arm, place], jailed[arm, place] = series.active, series.jailed
    return Arms(names, np.asarray(given, float), active, jailed)


@dataclass(frozen=True, slots=True)
class Tension:
    """Active and tension (seed, time), and the outbursts of each run."""

    active: NDArray[np.int64]
    tension: NDArray[np.float64]
    found: tuple[Outbursts, ...]

    def before_and_between(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Mean tension just before outbursts, and over all steps without one, by run (seed,).

        Only runs that had an outburst after a wait; "just before" is the :data:`BEFORE` steps that end as
        it begins, in waits longer than twice that.
        """
        before: list[float] = []
        between: list[float] = []
        for tension, found in zip(self.tension, self.found, strict=True):
            begins = found.begins[1:][found.waits[: len(found) - 1] > 2 * BEFORE]
            if not len(begins):
                continue
            quiet = np.ones(len(tension), bool)
            for begin, end in zip(found.begins, found.ends, strict=True):
                quiet[begin:end] = False
            quiet[: found.begins[0]] = False
            before.append(float(np.mean([tension[begin - BEFORE : begin].mean() for begin in begins])))
            between.append(float(tension[quiet].mean()))
        return np.array(before), np.array(between)


def tension(reading: str, *, seeds: Sequence[int], steps: int = 1000) -> Tension:
    """Tension through the bursts (fig. 8): mean grievance times the share quiet, over mean risk aversion.

    All three over the citizens who are free (the paper's formula as quoted by a public reimplementation).
    """
    setup = setup_of(reading, "punctuated")
    courses, active = [], []
    for seed in seeds:
        course: list[float] = []
        world = Lattice(setup, seed=seed)
        series = world.run(steps, watch=_into(course))
        courses.append(course)
        active.append(series.active)
    counted = np.stack(active)
    return Tension(counted, np.array(courses), tuple(outbursts(each) for each in counted))


def _into(course: list[float]) -> Callable[[Lattice], None]:
    return lambda world: course.append(_tension(world))


def _tension(world: Lattice) -> float:
    grid = world.grid()
    free = (grid == QUIET) | (grid == ACTIVE)
    if not free.any():
        return 0.0
    grievance = world.grievance()[free].mean()
    aversion = world.field.traits[site_grid(world.torus), 1][free].mean()
    quiet = (grid == QUIET).sum() / free.sum()
    return float(grievance * quiet / aversion)
