import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from foedus.chance import Luck, entity_id
from foedus.chance.draws import binomial, four_uniforms, normal_quantile, poisson

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
