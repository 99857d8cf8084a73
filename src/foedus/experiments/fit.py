"""Fit a case to what was reported by a date: approximate Bayesian computation, for a fast random model.

Adaptive sequential Monte Carlo for ABC (Del Moral, Doucet & Jasra 2012, Statistics and Computing 22,
1009-1020): a swarm drawn from the prior, a tolerance that falls so that a set share stays within it,
resampling, and moves that leave the prior unchanged. All inputs are moved as quantiles of their priors,
in the unit cube, where the prior is flat: a move is accepted where it stays within the tolerance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from foedus.alliance import Plan
from foedus.cases import Place, cities_of
from foedus.cases.parameters import declared
from foedus.cases.schema import Case, Observation, Quantity
from foedus.chance import Luck
from foedus.engine.airlift import plan_of
from foedus.engine.arrays import Switches
from foedus.engine.law import Law, read_law
from foedus.engine.run import ARMS
from foedus.experiments.comparison import DATES
from foedus.experiments.ensemble import Ensemble, run_ensemble
from foedus.experiments.posterior import Posterior, observation_key, observations_for
from foedus.experiments.quantities import Context, compute

FloatArray = NDArray[np.float64]
Notify = Callable[[int, float, float], None]

COUNT_SCALE = 0.25
"""A count is off by one unit of distance where it is wrong by a quarter (log scale). Assumption."""
HOUR_SCALE = 6.0
"""A time is off by one unit where it is wrong by six hours. Assumption."""


@dataclass(frozen=True, slots=True)
class FitPlan:
    """How a fit is made.

    Each generation keeps the nearest ``keep_share`` of the swarm and tries ``moves`` moves of every particle.
    It ends at the ``target`` distance, after ``generations``, or where fewer than ``least_accepted`` of the
    moves succeed; then ``refresh`` more moves at the last tolerance part the copies that resampling made.
    A move touches a share of the inputs between one of them and ``most_touched``, by a normal step between
    ``least_step`` and ``most_step`` of the unit cube, both drawn on a log scale.
    ``kept`` particles are written.
    """

    particles: int = 1200
    keep_share: float = 0.6
    moves: int = 3
    refresh: int = 60
    most_touched: float = 0.2
    least_step: float = 0.03
    most_step: float = 0.5
    generations: int = 60
    target: float = 1.0
    least_accepted: float = 0.02
    kept: int = 400


@dataclass(frozen=True, slots=True)
class Model:
    """The model as a fit sees it: quantiles of inputs in, distances out."""

    case: Case
    places: Sequence[Place]
    law: Law
    plan: Plan
    seen: Sequence[Observation]
    seed: int
    threads: int | None = None

    def inputs_of(self) -> dict[str, Quantity | None]:
        """The uncertain inputs by name; None marks standard normal noise.

        Numbers of the faction, and of an engagement that the case does not have, cannot act in a replay:
        they stay what their priors say, and no move is spent on them.
        """
        inputs = self._ensemble(Luck(self.seed), 1, {}, {}).inputs
        idle = _idle_in_replay(self.case)
        return {
            name: quantity
            for name, quantity in inputs.drawn.items()
            if name not in idle and (quantity is None or not isinstance(quantity.value, float))
        }

    def distances(self, cube: FloatArray, names: Mapping[str, Quantity | None], round_: int) -> FloatArray:
        """Distance of one run for each particle (particle,); each round has luck of its own."""
        luck = Luck(self.seed + (round_ << 20))
        arms = {"with": ARMS["with"]}
        course = self._ensemble(luck, len(cube), to_values(cube, names), arms).courses["with"]
        context = Context(self.case, self.places)
        parts = [
            distance(compute(course, context, seen), seen, self.case.meta.clock.hours) for seen in self.seen
        ]
        return np.asarray(np.sqrt(np.mean(np.square(parts), axis=0)))

    def _ensemble(
        self, luck: Luck, runs: int, fixed: Mapping[str, FloatArray], arms: Mapping[str, Switches]
    ) -> Ensemble:
        return run_ensemble(
            self.case, self.places, self.law, arms, runs=runs, luck=luck, fixed=fixed, threads=self.threads,
            plan=self.plan, hours=self.horizon,
        )  # fmt: skip

    @property
    def horizon(self) -> int:
        """Hours to run: up to the last that a fitted observation speaks of."""
        context = Context(self.case, self.places)
        return 1 + max(context.tick(seen) for seen in self.seen)


def _idle_in_replay(case: Case) -> set[str]:
    task = case.alliance.task
    acts = task is not None and task.rules_of_engagement == "force"
    rooms = ("faction",) if acts else ("faction", "engagement")
    return {name for name, parameter in declared().items() if parameter.room in rooms}


def to_values(cube: FloatArray, names: Mapping[str, Quantity | None]) -> dict[str, FloatArray]:
    """Turn quantiles (particle, input) into values by name (particle,)."""
    from scipy.special import ndtri

    return {
        name: np.asarray(ndtri(cube[:, j])) if quantity is None else quantity.at(cube[:, j])
        for j, (name, quantity) in enumerate(names.items())
    }


def distance(samples: FloatArray, seen: Observation, hours: int) -> FloatArray:
    """How far each run is from an observed range, in units of what counts as off; 0 inside it."""
    if seen.quantity in DATES:
        x = np.where(np.isnan(samples), hours, samples)
        return np.asarray(np.abs(x - np.clip(x, seen.low, seen.high)) / HOUR_SCALE)
    x = np.log1p(samples)
    return np.asarray(np.abs(x - np.clip(x, np.log1p(seen.low), np.log1p(seen.high))) / COUNT_SCALE)


def fit(
    case: Case,
    *,
    as_of: datetime,
    totals: Sequence[str] = (),
    implied: Sequence[str] = (),
    kind: str = "standard",
    seed: int = 1,
    plan: FitPlan | None = None,
    threads: int | None = None,
    notify: Notify | None = None,
) -> Posterior:
    """Fit a case to what was reported by ``as_of``, and to the totals named by key.

    ``implied`` names observations that the totals all but fix (a count of the day before, say): the fit does
    not see them, and they are not scored as held out either.

    Raises
    ------
    ValueError
        Nothing was reported by then, or a total's key names no observation.
    """
    how = plan or FitPlan()
    unknown = {*totals, *implied} - {observation_key(seen) for seen in case.observed}
    if unknown:
        raise ValueError(f"no observation has the key {sorted(unknown)[0]!r}")
    seen = observations_for(case.observed, as_of, totals)
    if not seen:
        raise ValueError(f"nothing was reported by {as_of}")
    law = read_law(case, as_of, Luck(seed), 1)
    model = Model(case, cities_of(case.country), law, plan_of(case, free=False), seen, seed, threads)
    names = model.inputs_of()
    dice = np.random.Generator(np.random.Philox(key=seed))
    cube = dice.random((how.particles, len(names)))
    far = model.distances(cube, names, 0)
    tolerance, accepted, rounds = np.inf, 1.0, 0
    for generation in range(1, how.generations + 1):
        tolerance = max(float(np.quantile(far, how.keep_share)), how.target)
        alive = np.flatnonzero(far <= tolerance)
        chosen = dice.choice(alive, how.particles)
        cube, far = cube[chosen].copy(), far[chosen].copy()
        last = tolerance <= how.target or generation == how.generations or accepted < how.least_accepted
        tries = how.refresh if last else how.moves
        succeeded = 0
        for _ in range(tries):
            rounds += 1
            proposal = _moved(cube, how, dice)
            fresh = model.distances(proposal, names, rounds)
            take = fresh <= tolerance
            cube[take], far[take] = proposal[take], fresh[take]
            succeeded += int(take.sum())
        accepted = succeeded / (tries * how.particles)
        if notify is not None:
            notify(generation, tolerance, accepted)
        if last:
            break
    keep = dice.choice(how.particles, how.kept, replace=False)
    values = {name: column[keep] for name, column in to_values(cube, names).items()}
    return Posterior(
        case=case.meta.slug,
        kind=kind,
        as_of=as_of,
        known_at=max([as_of, *(observation.reported_at for observation in seen)]),
        fitted=(*(observation_key(observation) for observation in seen), *implied),
        values=values,
        about={
            "method": "adaptive sequential Monte Carlo ABC (Del Moral, Doucet & Jasra 2012)",
            "seed": seed,
            "particles": how.particles,
            "kept": how.kept,
            "tolerance": round(tolerance, 4),
            "last_acceptance": round(accepted, 4),
            "distinct": int(np.median([len(np.unique(column)) for column in cube.T])),
            "rounds": rounds,
            "count_scale": COUNT_SCALE,
            "hour_scale": HOUR_SCALE,
        },
    )


def _moved(cube: FloatArray, how: FitPlan, dice: np.random.Generator) -> FloatArray:
    """Propose: move some inputs of every particle by a normal step, reflected at the walls of the cube.

    The proposal is symmetric whatever the scale drawn, so with a flat prior no correction is due.
    """
    particles, inputs = cube.shape
    share = np.exp(dice.uniform(np.log(1.0 / inputs), np.log(how.most_touched), (particles, 1)))
    size = np.exp(dice.uniform(np.log(how.least_step), np.log(how.most_step), (particles, 1)))
    touched = dice.random(cube.shape) < share
    step = np.where(touched, size * dice.standard_normal(cube.shape), 0.0)
    folded = np.mod(cube + step, 2.0)
    return np.clip(np.where(folded > 1.0, 2.0 - folded, folded), 1e-9, 1.0 - 1e-9)
