"""Compiled draws of whole people from one uniform number each, for the kernels.

Counts are drawn by inverting the distribution function at one keyed uniform, so that a draw never
falls when its mean rises: arms that share their luck stay comparable. Small means are inverted
exactly; large ones by expansions of the quantile, whose error is far below one person.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from foedus.chance.compiled import lent
from foedus.chance.philox import HALF, WORD, philox4x32

_philox = njit(inline="always")(philox4x32)

EXACT_BELOW = 8.0
CELLS = 256
WORD_STEP = 2.0**-32
INVERSE = 1.0 / np.maximum(np.arange(202), 1)
"""One over each whole number: to divide takes longer than all the rest of a term."""
ROUNDING = 1.0e-12
"""Well above the rounding of a chance of nobody, and below the steps of a uniform number of 32 bits."""


@njit(cache=True, nogil=True, error_model="numpy")
def four_uniforms(key: Any, run: Any, tick: Any, purpose: Any, entity: Any) -> Any:
    """Four independent uniform numbers in (0, 1) for one (run, tick, purpose, entity).

    Each has the 32 bits of one word of the block: enough for counts of people.
    """
    a, b, c, d = _philox(
        np.uint64(run), np.uint64(tick), np.uint64(purpose), np.uint64(entity), key[0], key[1]
    )
    return (a + HALF) * WORD_STEP, (b + HALF) * WORD_STEP, (c + HALF) * WORD_STEP, (d + HALF) * WORD_STEP


@lent
def fill_uniforms(key: Any, run: Any, tick: Any, purpose: Any, entities: Any, out: Any) -> None:
    """Write :func:`four_uniforms` of many entities into ``out`` (4, entity): the same bits, a row a word.

    In one pass over entities the rounds of many blocks go through vector registers side by side, at a sixth
    of the cost. Words of the counter and the key have 32 bits; to say so of them lets the compiler do so.
    """
    k0 = key[0] & WORD
    k1 = key[1] & WORD
    for e in range(entities.shape[0]):
        a, b, c, d = _philox(np.uint64(run), np.uint64(tick), np.uint64(purpose), entities[e] & WORD, k0, k1)
        out[0, e] = (a + HALF) * WORD_STEP
        out[1, e] = (b + HALF) * WORD_STEP
        out[2, e] = (c + HALF) * WORD_STEP
        out[3, e] = (d + HALF) * WORD_STEP


@njit(cache=True, nogil=True, error_model="numpy")
def normal_quantile(u: float) -> float:
    """Quantile of the standard normal (Wichura 1988, Applied Statistics 37, algorithm AS 241, PPND16)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = (
            (
                (
                    (
                        ((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
                        + 45921.953931549871457
                    )
                    * r
                    + 13731.693765509461125
                )
                * r
                + 1971.5909503065514427
            )
            * r
            + 133.14166789178437745
        ) * r + 3.387132872796366608
        bottom = (
            (
                (
                    (
                        ((5226.495278852854561 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
                        + 21213.794301586595867
                    )
                    * r
                    + 5394.1960214247511077
                )
                * r
                + 687.1870074920579083
            )
            * r
            + 42.313330701600911252
        ) * r + 1.0
        return q * top / bottom
    r = math.sqrt(-math.log(u if q < 0 else 1.0 - u))
    if r <= 5.0:
        r -= 1.6
        top = (
            (
                (
                    (
                        (
                            (7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r
                            + 0.24178072517745061177
                        )
                        * r
                        + 1.27045825245236838258
                    )
                    * r
                    + 3.64784832476320460504
                )
                * r
                + 5.7694972214606914055
            )
            * r
            + 4.6303378461565452959
        ) * r + 1.42343711074968357734
        bottom = (
            (
                (
                    (
                        (
                            (1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r
                            + 0.0151986665636164571966
                        )
                        * r
                        + 0.14810397642748007459
                    )
                    * r
                    + 0.68976733498510000455
                )
                * r
                + 1.6763848301838038494
            )
            * r
            + 2.05319162663775882187
        ) * r + 1.0
    else:
        r -= 5.0
        top = (
            (
                (
                    (
                        (
                            (2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r
                            + 0.0012426609473880784386
                        )
                        * r
                        + 0.026532189526576123093
                    )
                    * r
                    + 0.29656057182850489123
                )
                * r
                + 1.7848265399172913358
            )
            * r
            + 5.4637849111641143699
        ) * r + 6.6579046435011037772
        bottom = (
            (
                (
                    (
                        (
                            (2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r
                            + 1.8463183175100546818e-5
                        )
                        * r
                        + 7.868691311456132591e-4
                    )
                    * r
                    + 0.0148753612908506148525
                )
                * r
                + 0.13692988092273580531
            )
            * r
            + 0.59983220655588793769
        ) * r + 1.0
    return -top / bottom if q < 0 else top / bottom


def _settled() -> np.ndarray:
    """Poisson quantiles over cells of (mean, u) in which there is but one; -1 where the cell holds a step.

    One row more stands for all larger means, of which none is settled.

    The quantile rises with both, so it is one where two opposite corners agree. The corners are moved apart
    by ``ROUNDING``, so that no rounding of the exact sum can step into a settled cell.
    """
    means = np.arange(CELLS + 1)[:, None] * (EXACT_BELOW / CELLS)
    u = np.arange(CELLS + 1)[None, :] / CELLS
    low, high = np.zeros((2, CELLS, CELLS), np.int8)
    chance = np.exp(-means)
    below = chance.copy()
    for count in range(1, 64):
        low += u[:, :-1] - ROUNDING > below[:-1]
        high += u[:, 1:] + ROUNDING > below[1:]
        chance *= means / count
        below += chance
    settled = np.full((CELLS + 1, CELLS), -1, np.int8)
    settled[:-1] = np.where(low == high, low, np.int8(-1))
    return settled


SETTLED = _settled()


@njit(cache=True, nogil=True, error_model="numpy")
def poisson(mean: float, u: float) -> int:
    """People, Poisson with the given mean, as the quantile at u.

    Exact below a mean of 8; above it by the expansion of the quantile in powers of the mean
    (Giles 2016, ACM TOMS 42(1), algorithm 955, equation for Q_N2).
    """
    if mean <= 0.0:
        return 0
    if mean < EXACT_BELOW:
        settled = SETTLED[int(mean * (CELLS / EXACT_BELOW)), min(int(u * CELLS), CELLS - 1)]
        return int(settled) if settled >= 0 else _poisson_by_sum(mean, u)
    return _poisson_by_expansion(mean, u)


@lent
def poisson_each(means: Any, luck: Any, row: int, few: Any, counts: Any) -> None:
    """Write ``counts`` (city,), each :func:`poisson` of its own mean at ``luck[row, city]``, in (0, 1).

    What the table settles needs no branch; ``few`` (city,) is room for the list of those that it does not.
    """
    left = 0
    for c in range(means.shape[0]):
        cell = int(min(max(means[c] * (CELLS / EXACT_BELOW), 0.0), float(CELLS)))
        counts[c] = SETTLED[cell, int(luck[row, c] * CELLS)]
    for c in range(means.shape[0]):
        few[left] = c
        left += int(counts[c] < 0)
    for k in range(left):
        c = few[k]
        mean = means[c]
        if mean < EXACT_BELOW:
            counts[c] = _poisson_by_sum(mean, luck[row, c])
        else:
            counts[c] = _poisson_by_expansion(mean, luck[row, c])


@njit(cache=True, nogil=True, error_model="numpy")
def _poisson_by_sum(mean: float, u: float) -> int:
    # exp(-mean) lies above its series cut after an odd power, so nobody is surely right below those.
    if u <= 1.0 - mean or u < (1.0 - mean) + mean * mean * (0.5 - mean * (1.0 / 6.0)) - ROUNDING:
        return 0
    chance = math.exp(-mean)
    below = chance
    count = 0
    while u > below and count < 200:
        count += 1
        chance *= mean * INVERSE[count]
        below += chance
    return count


@njit(cache=True, nogil=True, error_model="numpy")
def _poisson_by_expansion(mean: float, u: float) -> int:
    w = normal_quantile(u)
    root = math.sqrt(mean)
    place = mean + root * w + (w * w + 2.0) / 6.0 - (w + w * w * w * 0.5) / (36.0 * root)
    return max(0, math.floor(place))


@njit(cache=True, nogil=True, error_model="numpy")
def binomial(people: int, share: float, u: float) -> int:
    """How many of ``people`` when each does so with chance ``share``, as the quantile at u.

    Exact where fewer than 8 are expected on the rarer side; else by the Cornish-Fisher expansion of
    the quantile to second order (Cornish & Fisher 1938; Abramowitz & Stegun 26.2.49). The count is read
    as a smooth quantity rounded to whole people, so Sheppard's corrections (-1/12 to the second cumulant,
    +1/120 to the fourth) give the cumulants of what is rounded.
    """
    if people <= 0 or share <= 0.0 or u <= 1.0 - people * share:  # (1 - p)^n >= 1 - n p
        return 0
    if share >= 1.0:
        return people
    flipped = share > 0.5
    p = 1.0 - share if flipped else share
    v = 1.0 - u if flipped else u
    mean = people * p
    if mean < EXACT_BELOW:
        count = 0
        # (1 - p)^n lies above its expansion cut after an odd power (Bonferroni), as in poisson().
        least = 1.0 - mean * (1.0 - (mean - p) / 2 * (1.0 - (mean - 2.0 * p) / 3))
        if v < least - ROUNDING:
            return people if flipped else 0
        chance = math.exp(people * math.log1p(-p))
        below = chance
        odds = p / (1.0 - p)
        while v > below and count < people and count < 200:
            chance *= odds * (people - count) * INVERSE[count + 1]
            count += 1
            below += chance
    else:
        w = normal_quantile(v)
        third = mean * (1.0 - p) * (1.0 - 2.0 * p)
        fourth = mean * (1.0 - p) * (1.0 - 6.0 * p * (1.0 - p)) + 1.0 / 120.0
        variance = mean * (1.0 - p) - 1.0 / 12.0
        sd = math.sqrt(variance)
        skew = third / (variance * sd)
        excess = fourth / (variance * variance)
        shape = (
            w
            + (w * w - 1.0) * skew / 6.0
            + (w**3 - 3.0 * w) * excess / 24.0
            - (2.0 * w**3 - 5.0 * w) * skew * skew / 36.0
        )
        count = min(people, max(0, math.floor(mean + sd * shape + 0.5)))
    return people - count if flipped else count


@lent
def binomial_each(people: Any, shares: Any, luck: Any, row: int, few: Any, counts: Any) -> None:
    """Write ``counts`` (city,), each :func:`binomial` of its own people and share at ``luck[row, city]``.

    No chance under the binomial differs from that under the Poisson of the same mean by more than
    ``p / (2 sqrt(1 - p))`` (Romanowska 1977, Statistica Neerlandica 31(3), 127-130, as recalled; a test
    counts it out), for which
    ``p (1 + p) / 2`` is larger at ``p <= 1/2``: where the table gives one count so far to both sides of the
    uniform number, that is the count.
    """
    for c in range(people.shape[0]):
        share, u = shares[c], luck[row, c]
        apart = 0.5 * share * (1.0 + share) + ROUNDING
        cell = int(min(people[c] * share * (CELLS / EXACT_BELOW), float(CELLS)))
        low = SETTLED[cell, int(max(u - apart, 0.0) * CELLS)]
        high = SETTLED[cell, int(min((u + apart) * CELLS, CELLS - 1.0))]
        settled = low if low == high and share <= 0.5 else -1
        counts[c] = 0 if u <= 1.0 - people[c] * share else settled
    left = 0
    for c in range(people.shape[0]):
        few[left] = c
        left += int(counts[c] < 0)
    for k in range(left):
        c = few[k]
        counts[c] = binomial(people[c], shares[c], luck[row, c])
