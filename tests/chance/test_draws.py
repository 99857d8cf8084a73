import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from foedus.chance import Luck, entity_id
from foedus.chance.draws import (
    CELLS,
    EXACT_BELOW,
    ROUNDING,
    binomial,
    binomial_each,
    fill_uniforms,
    four_uniforms,
    normal_quantile,
    poisson,
    poisson_each,
)

QUANTILES = (np.arange(4000) + 0.5) / 4000


@pytest.mark.parametrize("mean", [0.01, 0.7, 5.0, 7.9, 8.0, 12.0, 30.0, 400.0, 60_000.0])
def test_poisson_draws_are_the_quantiles_of_the_distribution(mean):
    ours = np.array([poisson(mean, u) for u in QUANTILES])
    exact = stats.poisson.ppf(QUANTILES, mean)
    assert np.mean(ours != exact) < 4e-3
    assert np.abs(ours - exact).max() <= 1


@pytest.mark.parametrize(
    ("people", "share"),
    [(50, 0.01), (50, 0.2), (50, 0.4), (30, 0.5), (100, 0.9), (1000, 0.0125), (200_000, 0.3)],
)
def test_binomial_draws_are_the_quantiles_of_the_distribution(people, share):
    ours = np.array([binomial(people, share, u) for u in QUANTILES])
    exact = stats.binom.ppf(QUANTILES, people, share)
    assert np.mean(ours != exact) < 4e-3
    assert np.abs(ours - exact).max() <= 1


def poisson_by_sum(mean, u):
    """The exact inversion, every term of it."""
    chance = below = math.exp(-mean)
    count = 0
    while u > below and count < 200:
        count += 1
        chance *= mean / count
        below += chance
    return count


def binomial_by_sum(people, p, u):
    chance = below = math.exp(people * math.log1p(-p))
    count = 0
    while u > below and count < people and count < 200:
        chance *= p / (1.0 - p) * (people - count) / (count + 1)
        count += 1
        below += chance
    return count


words = st.integers(0, 2**32 - 1).map(lambda word: (word + 0.5) * 2.0**-32)


@settings(deadline=None, max_examples=300)
@given(mean=st.floats(1e-9, 7.999999), u=words, steps=st.integers(-3, 3), nth=st.integers(0, 12))
def test_short_cuts_of_small_poisson_draws_change_no_draw(mean, u, steps, nth):
    assert poisson(mean, u) == poisson_by_sum(mean, u)
    # and at the uniform numbers next to a step of the distribution function
    step = stats.poisson.cdf(nth, mean)
    near = (min(max(math.floor(step * 2**32) + steps, 0), 2**32 - 1) + 0.5) * 2.0**-32
    assert poisson(mean, near) == poisson_by_sum(mean, near)


def test_short_cuts_of_small_poisson_draws_hold_at_the_edges_of_their_cells():
    for cell in range(1, CELLS, 5):
        mean = cell * EXACT_BELOW / CELLS
        for around in (mean, np.nextafter(mean, 0.0), np.nextafter(mean, 9.0)):
            for word in range(0, CELLS, 3):
                edge = word * 2 ** (32 - 8)
                for u in ((edge + 0.5) * 2.0**-32, max(edge - 0.5, 0.5) * 2.0**-32):
                    assert poisson(around, u) == poisson_by_sum(around, u)
    assert poisson(7.9, 1.0 - 2.0**-33) == poisson_by_sum(7.9, 1.0 - 2.0**-33)


@settings(deadline=None, max_examples=300)
@given(people=st.integers(1, 3000), mean=st.floats(1e-9, 7.99), u=words, steps=st.integers(-3, 3))
def test_short_cuts_of_small_binomial_draws_change_no_draw(people, mean, u, steps):
    share = min(mean / people, 0.5)
    assert binomial(people, share, u) == binomial_by_sum(people, share, u)
    step = (1.0 - share) ** people
    near = (min(max(math.floor(step * 2**32) + steps, 0), 2**32 - 1) + 0.5) * 2.0**-32
    assert binomial(people, share, near) == binomial_by_sum(people, share, near)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.tuples(st.one_of(st.just(0.0), st.floats(0.0, 9.0), st.floats(0.0, 1e6)), words), max_size=40)
)
def test_poisson_draws_of_many_cities_are_those_of_each(drawn):
    means = np.array([mean for mean, _ in drawn], dtype=float)
    luck = np.array([[0.5] * len(drawn), [u for _, u in drawn]])
    few, counts = np.empty((2, len(drawn)), np.int64)
    poisson_each(means, luck, 1, few, counts)
    assert counts.tolist() == [poisson(mean, u) for mean, u in drawn]


@settings(deadline=None, max_examples=500)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.integers(0, 60), st.integers(0, 2_000_000)),
            st.one_of(st.floats(0.0, 1.0), st.floats(0.0, 0.1), st.floats(0.0, 1e-4)),
            words,
        ),
        max_size=40,
    )
)
def test_binomial_draws_of_many_cities_are_those_of_each(drawn):
    people = np.array([n for n, _, _ in drawn], dtype=np.int64)
    shares = np.array([p for _, p, _ in drawn], dtype=float)
    luck = np.array([[u for _, _, u in drawn]])
    few, counts = np.empty((2, len(drawn)), np.int64)
    binomial_each(people, shares, luck.reshape(1, -1), 0, few, counts)
    assert counts.tolist() == [binomial(n, p, u) for n, p, u in drawn]


@pytest.mark.parametrize("share", [0.5, 0.38, 0.1, 0.02, 1e-3, 1e-6])
def test_the_binomial_is_no_further_from_the_poisson_than_the_table_takes_for_granted(share):
    """Romanowska 1977, in total variation, for all means that the table has."""
    for mean in np.linspace(0.02, EXACT_BELOW, 60):
        people = max(round(mean / share), 1)
        counts = np.arange(120)
        gap = stats.binom.pmf(counts, people, share) - stats.poisson.pmf(counts, people * share)
        assert 0.5 * np.abs(gap).sum() <= 0.5 * share * (1.0 + share) + ROUNDING


def test_normal_quantile_agrees_with_scipy_far_into_the_tails():
    u = np.concatenate([QUANTILES, [1e-300, 1e-30, 1e-12, 1 - 1e-12]])
    ours = np.array([normal_quantile(x) for x in u])
    np.testing.assert_allclose(ours, special.ndtri(u), rtol=1e-13, atol=1e-14)


@given(
    people=st.integers(0, 5000), share=st.floats(0, 1), u=st.floats(1e-9, 1 - 1e-9), more=st.floats(0, 0.3)
)
def test_a_binomial_draw_stays_within_the_people_and_does_not_fall_as_the_chance_rises(
    people, share, u, more
):
    low = binomial(people, share, u)
    high = binomial(people, min(share + more, 1.0), u)
    assert 0 <= low <= people
    assert high >= low - 1  # the switch from exact to expanded inversion may cost one person


def test_shell_and_kernel_read_the_same_number_for_one_key():
    luck = Luck(7)
    shell = luck.uniform("purpose", "entity", [3], tick=11)[0]
    key = np.array(luck.key, dtype=np.uint64)
    kernel = four_uniforms(key, 3, 11, entity_id("purpose"), entity_id("entity"))
    assert abs(shell - kernel[0]) < 2**-31  # the shell reads 53 bits, the kernel the first 32 of them
    assert len(set(kernel)) == 4


@settings(deadline=None, max_examples=300)
@given(st.lists(st.integers(0, 2**32 - 1), max_size=40), st.integers(0, 2**32 - 1), st.integers(0, 2**20))
def test_uniforms_of_many_entities_are_those_of_each(entities, run, tick):
    key = np.array(Luck(2**63 + 5).key, dtype=np.uint64)
    purpose = entity_id("purpose")
    filled = np.empty((4, len(entities)))
    fill_uniforms(key, run, tick, purpose, np.array(entities, dtype=np.uint64), filled)
    for e, entity in enumerate(entities):
        assert tuple(filled[:, e]) == four_uniforms(key, run, tick, purpose, entity)


def test_a_run_draws_the_same_number_alone_as_among_others():
    luck = Luck(0)
    assert luck.uniform("p", "e", range(100))[42] == luck.uniform("p", "e", [42])[0]


def test_purpose_entity_run_tick_and_seed_each_change_the_draw():
    base = Luck(1).uniform("p", "e", [5], tick=2)[0]
    others = [
        Luck(2).uniform("p", "e", [5], tick=2)[0],
        Luck(1).uniform("q", "e", [5], tick=2)[0],
        Luck(1).uniform("p", "f", [5], tick=2)[0],
        Luck(1).uniform("p", "e", [6], tick=2)[0],
        Luck(1).uniform("p", "e", [5], tick=3)[0],
    ]
    assert len({base, *others}) == 6


def test_uniforms_fill_the_unit_interval_evenly():
    u = Luck(3).uniform("p", "e", range(20_000))
    assert u.min() > 0
    assert u.max() < 1
    assert stats.kstest(u, "uniform").pvalue > 1e-3


def test_a_seed_out_of_range_is_refused():
    with pytest.raises(ValueError, match="give a whole number"):
        Luck(-1)
