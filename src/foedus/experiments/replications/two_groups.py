"""Replications of Model II: coexistence, cleansing, safe havens, time to extinction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foedus.experiments.replications.paired import SignTest, sign_test
from foedus.experiments.replications.paper import number
from foedus.streets.lattice.groups import STATES, Groups, TwoGroups

RINGS = 2
"""Rings of sites round a person in which officers are counted for a safe haven (assumption)."""
_GROUPS = ((1, 2), (3, 4))


@dataclass(frozen=True, slots=True)
class Extinctions:
    """Steps until a group was gone, by density of police and seed (density, seed).

    ``cut_off`` (density, seed) marks runs in which both groups lived to the last step; their ``steps`` are
    the length of the run, a lower bound. ``survivor`` is the group left, -1 where both are.
    """

    densities: NDArray[np.float64]
    steps: NDArray[np.int64]
    cut_off: NDArray[np.bool_]
    survivor: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Time to extinction at one density; mean and sd are of times cut off, so lower bounds if any was."""

    density: float
    runs: int
    cut_off: int
    mean: float
    sd: float
    least: int
    quarter: float
    median: float
    three_quarters: float
    most: int


def times_to_extinction(
    densities: Sequence[float],
    *,
    seeds: Sequence[int],
    setup: Groups | None = None,
    longest: int | None = None,
) -> Extinctions:
    """Run until a group is gone, or for ``longest`` steps (the paper's 15,000); police from the start."""
    base = setup or Groups()
    last = int(number("longest_wait")) if longest is None else longest
    shape = (len(densities), len(seeds))
    steps, survivor = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for i, density in enumerate(densities):
        for j, seed in enumerate(seeds):
            series = TwoGroups(replace(base, police=density), seed=seed).run(last, until_extinction=True)
            gone = series.extinction
            steps[i, j] = last if gone is None else gone
            survivor[i, j] = -1 if gone is None else int(np.argmax(series.people[-1]))
    return Extinctions(np.array(densities, float), steps, survivor < 0, survivor)


def waiting(times: Extinctions) -> Iterator[Waiting]:
    """Time to extinction, a row for each density."""
    for density, steps, cut_off in zip(times.densities, times.steps, times.cut_off, strict=True):
        quarter, median, three = np.quantile(steps, [0.25, 0.5, 0.75])
        yield Waiting(
            float(density), len(steps), int(cut_off.sum()), float(steps.mean()), float(steps.std()),
            int(steps.min()), float(quarter), float(median), float(three), int(steps.max()),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Havens:
    """Officers near the smaller and the larger group, some time after peacekeepers came, by seed (seed,).

    Only seeds in which both groups were there. ``near_smaller`` and ``near_larger`` are officers within
    :data:`RINGS` rings of sites, on average over a group's people; ``alive_with`` and ``alive_without``
    (all seeds) whether both groups were there at the end, with peacekeepers and without.
    """

    near_smaller: NDArray[np.float64]
    near_larger: NDArray[np.float64]
    alive_with: NDArray[np.bool_]
    alive_without: NDArray[np.bool_]

    def nearer(self) -> SignTest:
        """In how many runs the smaller group had more officers near."""
        return sign_test(self.near_smaller, self.near_larger)

    def outlived(self) -> SignTest:
        """In how many pairs both groups were there only with peacekeepers, and only without."""
        return sign_test(self.alive_with, self.alive_without)


def safe_havens(
    density: float, *, seeds: Sequence[int], came: int = 0, after: int = 50, end: int = 120,
    setup: Groups | None = None,
) -> Havens:  # fmt: skip
    """Peacekeepers come at step ``came`` to random free sites: who stands near them ``after`` so many steps?

    Officers stand at random, and as near to one group as to the other, when they come at the start; whoever
    comes later finds free sites where people were killed. ``end`` is the step at which both arms are asked
    whether both groups are there.
    """
    base = setup or Groups()
    officers = round(density * base.height * base.width)
    smaller, larger, alive = [], [], np.zeros((2, len(seeds)), bool)
    for j, seed in enumerate(seeds):
        world = TwoGroups(base, seed=seed)
        world.run(came)
        world.set_police(officers)
        world.run(after)
        near = officers_near(world.grid())
        if near is not None:
            smaller.append(near[0])
            larger.append(near[1])
        world.run(max(end - came - after, 0))
        alone = TwoGroups(base, seed=seed)
        alone.run(end)
        for arm, ran in enumerate((world, alone)):
            counted = ran.counts()
            alive[arm, j] = min(counted["people_first"], counted["people_second"]) > 0
    return Havens(np.array(smaller), np.array(larger), alive[0], alive[1])


def officers_near(grid: NDArray[np.int8]) -> tuple[float, float] | None:
    """Officers near a person, on average over the smaller group and the larger; None if one is not there."""
    police = (grid == STATES.index("officer")).astype(float)
    near = np.zeros(grid.shape)
    for dy in range(-RINGS, RINGS + 1):
        for dx in range(-RINGS, RINGS + 1):
            near += np.roll(police, (dy, dx), (0, 1))
    people = sorted((np.isin(grid, states) for states in _GROUPS), key=lambda there: int(there.sum()))
    if not people[0].any():
        return None
    return float(near[people[0]].mean()), float(near[people[1]].mean())
