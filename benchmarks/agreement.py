"""Do two samples of runs come from one law? Statistics, p-values, and what the test would have seen.

A test that finds nothing says little unless it could have found something, so each row of :func:`compare`
carries the shift of the mean that it would have detected with 80 % power at the stated level and sizes,
found by simulation from the reference's own values: no shape of their law is assumed.

Kolmogorov-Smirnov sees shifts of the whole law; the energy distance (Székely & Rizzo 2013, Journal of
Statistical Planning and Inference 143, 1249-1272) sees spread and tails as well. Holm's correction (1979,
Scandinavian Journal of Statistics 6, 65-70) holds the chance of any false alarm in the family.
"""

from __future__ import annotations

import argparse
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.01
POWER = 0.8
PERMUTATIONS = 9999
"""So many that Holm's correction over some dozens of tests can still reject at ``LEVEL``."""
TRIALS = 400
POOLS = 4
FINEST = 1.0 / 64.0
"""A detectable shift is searched down to this share of a standard deviation."""

Sample = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One quantity under one test.

    Attributes
    ----------
    quantity, test
        What was compared, and how: ``ks`` or ``energy``.
    statistic, p, holm
        The statistic, its p-value, and that after Holm's correction over the family.
    sizes
        Runs of the reference and of the other.
    means
        Means of the two.
    detectable
        Rise of the reference's mean [per cent of it] that the test detects with 80 % power at this family's
        strictest level (``LEVEL`` over the number of tests); NaN where the mean is 0, all values are one, or
        it was not asked for.
    """

    quantity: str
    test: str
    statistic: float
    p: float
    holm: float
    sizes: tuple[int, int]
    means: tuple[float, float]
    detectable: float


def ks(one: Sample, other: Sample) -> tuple[float, float]:
    """Two-sample Kolmogorov-Smirnov: statistic and p-value, of the limit for large samples.

    The p-value holds for continuous values; with ties, as counts have, it is too large if anything.
    """
    from scipy.stats import ks_2samp

    found = ks_2samp(one, other, method="asymp")
    return float(found.statistic), float(found.pvalue)


def energy_distance(one: Sample, other: Sample) -> float:
    """The squared energy distance ``2 E|X-Y| - E|X-X'| - E|Y-Y'|`` of two samples, from their ranks."""
    order = np.argsort(np.concatenate([one, other]), kind="stable")
    pooled = np.concatenate([one, other])[order]
    step = np.where(order < len(one), 1.0 / len(one), -1.0 / len(other))
    # Twice the integral of the squared difference of the distribution functions.
    return float(2.0 * (np.cumsum(step)[:-1] ** 2 @ np.diff(pooled)))


def energy(
    one: Sample, other: Sample, permutations: int = PERMUTATIONS, seed: int = 1
) -> tuple[float, float]:
    """The squared energy distance and its p-value by permuting who belongs to which sample.

    The p-value counts the samples at hand among the permutations, so it is never 0 and never too small.
    """
    pooled = np.sort(np.concatenate([one, other]))
    found = energy_distance(one, other)
    by_chance = _permuted(pooled, len(one), permutations, np.random.default_rng(seed))
    as_far = np.count_nonzero(by_chance >= found * (1.0 - 1e-12))
    return found, (1.0 + as_far) / (1.0 + permutations)


def _permuted(pooled: Sample, size: int, permutations: int, rng: np.random.Generator) -> Sample:
    """Energy distances of random splits of a sorted pool into ``size`` and the rest. (permutation,)"""
    total = len(pooled)
    steps = np.full((permutations, total), -1.0 / (total - size))
    steps[:, :size] = 1.0 / size
    steps = rng.permuted(steps, axis=1)
    np.cumsum(steps, axis=1, out=steps)
    return np.asarray(2.0 * (steps[:, :-1] ** 2 @ np.diff(pooled)))


def holm(p: Sequence[float]) -> list[float]:
    """P-values corrected by Holm's step-down rule, in the order given."""
    order = np.argsort(p)
    rising = np.maximum.accumulate([(len(p) - k) * p[i] for k, i in enumerate(order)])
    corrected = np.empty(len(p))
    corrected[order] = np.minimum(rising, 1.0)
    return corrected.tolist()


def tilted(sample: Sample, shift: float) -> Sample:
    """Weights (run,) under which the sample's mean is moved by ``shift``, in the values' own units.

    Of all laws on the sample's own values with that mean, the nearest one by relative entropy (weights in
    proportion to ``exp(t x)``). Counts stay counts and a mass at nobody stays there, which adding a
    constant would give away to any test.

    Raises
    ------
    ValueError
        Where the mean asked for is not between the least and the largest value.
    """
    from scipy.optimize import brentq

    spread = float(sample.std())
    scaled = (sample - sample.mean()) / spread
    wanted = shift / spread
    if not scaled.min() < wanted < scaled.max():
        raise ValueError(f"no weights on these values move their mean by {shift:g}")

    def weights(t: float) -> Sample:
        raw = np.exp(t * scaled - (t * scaled).max())
        return np.asarray(raw / raw.sum())

    t = brentq(lambda t: float(weights(t) @ scaled) - wanted, -200.0, 200.0)
    return weights(float(t))


def rejection_rate(
    reference: Sample,
    sizes: tuple[int, int],
    shift: float,
    test: str,
    *,
    level: float = LEVEL,
    trials: int = TRIALS,
    seed: int = 1,
) -> float:
    """How often a test rejects when the second sample's law is the reference's with its mean moved.

    Both samples are drawn with replacement from the reference's values, the second by :func:`tilted`
    weights. The same luck serves every shift, so that the rate hardly wavers from one to the next.
    """
    rng = np.random.default_rng(seed)
    atoms = np.sort(reference)
    reached = np.cumsum(tilted(atoms, shift))

    def pair() -> tuple[Sample, Sample]:
        moved = atoms[np.minimum(np.searchsorted(reached, rng.random(sizes[1])), len(atoms) - 1)]
        return rng.choice(atoms, sizes[0]), moved

    pairs = [pair() for _ in range(trials)]
    if test == "ks":
        return _rejected_by_ks(pairs, level) / trials
    limit = _limit(pairs[:POOLS], sizes[0], level, rng)
    return sum(energy_distance(one, other) > limit for one, other in pairs) / trials


def _rejected_by_ks(pairs: Sequence[tuple[Sample, Sample]], level: float) -> int:
    """How many pairs the test rejects: the p-value falls as the statistic rises, so few need to be told."""
    ordered = sorted(pairs, key=lambda pair: -ks_statistic(*pair))
    return bisect_left(ordered, level, key=lambda pair: ks(*pair)[1])


def ks_statistic(one: Sample, other: Sample) -> float:
    """The largest gap between two distribution functions."""
    one, other = np.sort(one), np.sort(other)
    at = np.concatenate([one, other])
    below = (np.searchsorted(x, at, side="right") / len(x) for x in (one, other))
    return float(np.abs(np.subtract(*below)).max())


def _limit(
    pairs: Sequence[tuple[Sample, Sample]], size: int, level: float, rng: np.random.Generator
) -> float:
    """What the energy distance must exceed, from splits of some pairs.

    A permutation test for each of many trials would be slow, and its limit hardly hangs on the trial.
    """
    by_chance = [_permuted(np.sort(np.concatenate(pair)), size, PERMUTATIONS // 4, rng) for pair in pairs]
    return float(np.quantile(np.concatenate(by_chance), 1.0 - level))


def detectable_shift(
    reference: Sample,
    sizes: tuple[int, int],
    test: str,
    *,
    level: float = LEVEL,
    power: float = POWER,
    trials: int = TRIALS,
    seed: int = 1,
) -> float:
    """The smallest rise of the mean, in the values' own units, that the test detects with the power asked.

    Found by halving over two standard deviations, or as far as the values reach, by simulation; ``inf`` if
    that is not enough, NaN where all values are one.
    """
    spread = float(reference.std())
    if spread == 0.0:
        return float("nan")

    def rate(shift: float) -> float:
        return rejection_rate(reference, sizes, shift, test, level=level, trials=trials, seed=seed)

    low, high = 0.0, min(2.0 * spread, 0.95 * float(reference.max() - reference.mean()))
    if rate(high) < power:
        return float("inf")
    while high - low > FINEST * spread:
        middle = 0.5 * (low + high)
        low, high = (low, middle) if rate(middle) >= power else (middle, high)
    return high


def compare(
    reference: Mapping[str, Sample],
    other: Mapping[str, Sample],
    *,
    quantities: Sequence[str] | None = None,
    tests: Sequence[str] = ("ks", "energy"),
    level: float = LEVEL,
    power: bool = True,
    seed: int = 1,
) -> list[Agreement]:
    """Compare two samples of runs quantity by quantity; a row for each quantity and test.

    Parameters
    ----------
    reference, other
        Values per run by name (run,), as :func:`benchmarks.mesa_reference.numbers_of` gives them.
    quantities
        Which; by default all of the reference's that are in both.
    power
        Whether to work out the detectable shifts, which takes some seconds each.

    Raises
    ------
    KeyError
        Where a quantity that was asked for is missing on one side.
    """
    names = [name for name in reference if name in other] if quantities is None else list(quantities)
    found = []
    for name in names:
        one, two = np.asarray(reference[name], np.float64), np.asarray(other[name], np.float64)
        for test in tests:
            statistic, p = ks(one, two) if test == "ks" else energy(one, two, seed=seed)
            found.append((name, test, one, two, statistic, p))
    corrected = holm([row[-1] for row in found])
    rows = []
    for (name, test, one, two, statistic, p), after in zip(found, corrected, strict=True):
        sizes = len(one), len(two)
        shift = float("nan")
        if power and one.mean() != 0.0:
            strictest = level / len(found)
            shift = 100.0 * detectable_shift(one, sizes, test, level=strictest, seed=seed) / abs(one.mean())
        rows.append(
            Agreement(name, test, statistic, p, after, sizes, (float(one.mean()), float(two.mean())), shift)
        )
    return rows


def adjusted(
    reference: Mapping[str, Sample], other: Mapping[str, Sample], by: Sequence[str]
) -> tuple[dict[str, Sample], dict[str, Sample]]:
    """Both samples with what chance drew at the start taken out, linearly: as if all had begun alike.

    Where each site is filled by chance, the numbers at the start differ between samples and carry much of the
    spread of what follows. The slopes are those within samples, pooled, so a difference between the models
    is kept; the quantities ``by`` are left out. Compare those by themselves.
    """
    x = [np.column_stack([side[name] for name in by]) for side in (reference, other)]
    centre = x[0].mean(axis=0)
    within = np.concatenate([part - part.mean(axis=0) for part in x])
    sides: tuple[dict[str, Sample], dict[str, Sample]] = ({}, {})
    for name in (name for name in reference if name in other and name not in by):
        y = [np.asarray(side[name], np.float64) for side in (reference, other)]
        slope = np.linalg.lstsq(within, np.concatenate([part - part.mean() for part in y]), rcond=None)[0]
        for side, values, started in zip(sides, y, x, strict=True):
            side[name] = values - (started - centre) @ slope
    return sides


def table(rows: Sequence[Agreement]) -> str:
    """The rows as text, one a line."""
    head = f"{'quantity':<34} {'test':<6} {'n':>9} {'mean':>10} {'other':>10} "
    head += f"{'statistic':>10} {'p':>7} {'Holm':>7} {'detects':>9}"
    lines = [head]
    for row in rows:
        size = f"{row.sizes[0]}/{row.sizes[1]}"
        shift = "-" if np.isnan(row.detectable) else f"{row.detectable:.0f} %"
        lines.append(
            f"{row.quantity:<34} {row.test:<6} {size:>9} {row.means[0]:>10.4g} {row.means[1]:>10.4g} "
            f"{row.statistic:>10.3g} {row.p:>7.3f} {row.holm:>7.3f} {shift:>9}"
        )
    return "\n".join(lines)


def main() -> None:
    """Print the shifts that the tests can see against the reference from Mesa, by the size of our sample."""
    options = argparse.ArgumentParser(description=main.__doc__)
    options.add_argument("--runs", type=int, nargs="+", default=[200, 1000], help="sizes of the other sample")
    options.add_argument("--family", type=int, default=24, help="tests in the family of Holm's correction")
    given = options.parse_args()
    from benchmarks.mesa_reference import SETUPS, reference

    print(
        f"rise of the mean [%] detected with {POWER:.0%} power at {LEVEL:g}/{given.family}, by runs and test"
    )
    print(" " * 43 + "".join(f"{runs:>6} {test[:2]}" for runs in given.runs for test in ("ks", "energy")))
    for setup in SETUPS:
        for name, values in reference(setup).items():
            figures = [
                detectable_shift(values, (len(values), runs), test, level=LEVEL / given.family)
                / values.mean()
                for runs in given.runs
                for test in ("ks", "energy")
            ]
            print(f"{setup:<8} {name:<34}", "".join(f"{100.0 * figure:>9.1f}" for figure in figures))


if __name__ == "__main__":
    main()
