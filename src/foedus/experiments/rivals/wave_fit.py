"""Fit the wave to reports: tempered sequential Monte Carlo, with the likelihood of a range.

From the priors to the posterior by powers of the likelihood (Neal 2001, Statistics and Computing 11,
125-139; Del Moral, Doucet & Jasra 2006, Journal of the Royal Statistical Society B 68, 411-436): each power
is taken so that half the swarm counts, then the swarm is resampled, and moved by Metropolis steps of its own
shape. Parameters are moved as standard normal quantiles of their priors.

A reported count is negative binomial about the wave's; the likelihood of a range is the chance to fall into
it. The paper's noise is Poisson (as recalled), of events told by police: its limit for a large size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import nbinom

from foedus.cases.schema import Observation
from foedus.chance import Luck
from foedus.experiments.fit import HOUR_SCALE
from foedus.experiments.posterior import observation_key
from foedus.experiments.quantities import Context
from foedus.experiments.rivals.wave_case import COUNTS, expected, hours_needed
from foedus.streets.wave import FORMS, Wave, declared_wave, run_wave

FloatArray = NDArray[np.float64]

LEAST_STEP, MOST_STEP = 0.1, 1.2
"""Moves are of a size between these of the swarm's spread, drawn on a log scale. Near 0.8, 2.38 over the root
of nine parameters, lies the best size for a normal posterior (Roberts, Gelman & Gilks 1997, Annals of Applied
Probability 7, 110-120); smaller ones serve where it is bent."""
SMALLEST_MEAN = 1e-3
"""A count of which the wave expects nothing is scattered about this, so that its likelihood is no hard 0."""


@dataclass(frozen=True, slots=True)
class WavePlan:
    """How a fit of the wave is made: the swarm, moves after each power, and moves at the last."""

    particles: int = 2000
    moves: int = 8
    refresh: int = 30
    alive: float = 0.5
    powers: int = 100


@dataclass(frozen=True, slots=True)
class WaveFit:
    """Equally weighted particles by parameter (particle,), the keys that the fit saw, and how it was made."""

    values: Mapping[str, FloatArray]
    fitted: tuple[str, ...]
    about: Mapping[str, Any]


def fit_wave(
    wave: Wave, context: Context, seen: Sequence[Observation], *, seed: int = 1, plan: WavePlan | None = None,
    form: str = "threshold",
) -> WaveFit:  # fmt: skip
    """Fit the wave, in a form of `foedus.streets.wave.FORMS`, to observations; to none it is the prior.

    Raises
    ------
    ValueError
        The wave has no word for one of the observations.
    """
    how = plan or WavePlan()
    luck = Luck(seed)
    swarm = range(how.particles)
    priors = declared_wave().parameters
    names = [*FORMS[form], "dispersion"]
    z = np.column_stack([ndtri(luck.uniform("wave prior", name, swarm)) for name in names])
    short = wave.until(hours_needed(seen, context)) if seen else wave

    def named(points: FloatArray) -> dict[str, FloatArray]:
        from scipy.special import ndtr

        return {name: priors[name].at(ndtr(points[:, j])) for j, name in enumerate(names)}

    def told(points: FloatArray) -> FloatArray:
        return log_likelihood(short, context, seen, named(points))

    power, round_, accepted = 0.0, 0, 1.0
    far = told(z) if seen else np.zeros(how.particles)
    ancestors = np.arange(how.particles)
    steps = 0
    while seen and power < 1.0 and steps < how.powers:
        steps += 1
        last = power
        power = _next_power(far, last, how.alive)
        chosen = _resampled(
            (power - last) * far, float(luck.uniform("wave resampling", "all", range(1), steps)[0])
        )
        z, far, ancestors = z[chosen], far[chosen], ancestors[chosen]
        shape = _shape(z)
        tries = how.refresh if power >= 1.0 else how.moves
        succeeded = 0
        for _ in range(tries):
            round_ += 1
            size = np.exp(
                np.log(LEAST_STEP)
                + np.log(MOST_STEP / LEAST_STEP) * luck.uniform("wave step", "size", swarm, round_)
            )[:, None]
            noise = np.column_stack([ndtri(luck.uniform("wave step", name, swarm, round_)) for name in names])
            proposal = z + size * (noise @ shape.T)
            fresh = told(proposal)
            prior = 0.5 * (np.square(z) - np.square(proposal)).sum(axis=1)
            chance = luck.uniform("wave step", "accepted", swarm, round_)
            take = np.log(chance) < power * (fresh - far) + prior
            z[take], far[take] = proposal[take], fresh[take]
            succeeded += int(take.sum())
        accepted = succeeded / (tries * how.particles)
    return WaveFit(
        values=named(z),
        fitted=tuple(observation_key(one) for one in seen),
        about={
            "method": "tempered sequential Monte Carlo (Neal 2001; Del Moral, Doucet & Jasra 2006)",
            "form": form,
            "seed": seed,
            "particles": how.particles,
            "powers": steps,
            "last_power": power if seen else None,
            "last_acceptance": round(accepted, 4),
            "ancestors": len(np.unique(ancestors)),
            "hours_run": len(short.day),
        },
    )


def log_likelihood(
    wave: Wave, context: Context, seen: Sequence[Observation], values: Mapping[str, FloatArray]
) -> FloatArray:
    """Log-likelihood of the observed ranges, by particle (particle,)."""
    course = run_wave(wave, values)
    total = np.zeros(len(next(iter(values.values()))))
    for one in seen:
        x = expected(course, context, one)
        if one.quantity in COUNTS:
            total += range_chance(x, values["dispersion"], one.low, one.high)
        else:
            x = np.where(np.isnan(x), context.case.meta.clock.hours, x)
            total += -0.5 * ((x - np.clip(x, one.low, one.high)) / HOUR_SCALE) ** 2
    return total


def range_chance(mean: FloatArray, size: FloatArray, low: float, high: float) -> FloatArray:
    """Log of the chance that a negative binomial count lies in [low, high], bounds included.

    Where that is too small for a float, the log-probability of the nearer bound stands for it, which is less.
    """
    mean = np.maximum(mean, SMALLEST_MEAN)
    p = size / (size + mean)
    first, last = np.ceil(low), np.floor(high)
    if first == last:
        return np.asarray(nbinom.logpmf(first, size, p))
    below = nbinom.cdf(first - 1.0, size, p)
    inside = np.where(
        below < 0.5,
        nbinom.cdf(last, size, p) - below,
        nbinom.sf(first - 1.0, size, p) - nbinom.sf(last, size, p),
    )
    nearest = nbinom.logpmf(np.clip(np.rint(mean), first, last), size, p)
    return np.asarray(np.where(inside > 1e-12, np.log(np.maximum(inside, 1e-300)), nearest))


def predicted(course_value: FloatArray, seen: Observation, dispersion: FloatArray, luck: Luck) -> FloatArray:
    """What would be reported (particle,): counts with the scatter of reports, dates as they are."""
    if seen.quantity not in COUNTS:
        return course_value
    mean = np.maximum(course_value, SMALLEST_MEAN)
    u = luck.uniform("wave report", observation_key(seen), range(len(mean)))
    return np.asarray(nbinom.ppf(u, dispersion, dispersion / (dispersion + mean)))


def _shape(z: FloatArray) -> FloatArray:
    """A root of the swarm's covariance, with a thousandth of the prior's so that no direction is lost."""
    spread = np.cov(z, rowvar=False) + 1e-3 * np.eye(z.shape[1])
    return np.asarray(np.linalg.cholesky(spread))


def _next_power(far: FloatArray, last: float, alive: float) -> float:
    """The power at which the weights of the swarm are worth ``alive`` of it, at most 1."""

    def worth(power: float) -> float:
        weight = np.exp((power - last) * (far - far.max()))
        return float(weight.sum() ** 2 / np.square(weight).sum() / len(weight))

    if worth(1.0) >= alive:
        return 1.0
    low, high = last, 1.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if worth(middle) >= alive else (low, middle)
    return high


def _resampled(log_weight: FloatArray, u: float) -> NDArray[np.int64]:
    """Systematic resampling: which particle each place of the swarm takes."""
    weight = np.exp(log_weight - log_weight.max())
    edges = np.cumsum(weight / weight.sum())
    edges[-1] = 1.0
    count = len(weight)
    return np.asarray(np.searchsorted(edges, (np.arange(count) + u) / count), dtype=np.int64)
