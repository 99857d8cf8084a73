"""Whether data informed a number or an effect: overlap, chance, and the verdict of the stated rule."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from foedus.experiments.channels import verdict
from foedus.experiments.informed import HARDLY_DIFFER, by_chance, overlap

SAMPLES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60)
EVEN = (np.arange(20_000) + 0.5) / 20_000


@settings(deadline=None)
@given(one=SAMPLES, other=SAMPLES)
def test_an_overlap_is_a_share_and_the_same_from_both_sides(one, other):
    shared = overlap(one, other)
    assert 0.0 <= shared <= 1.0 + 1e-12
    assert shared == pytest.approx(overlap(other, one))
    assert overlap(one, one) == pytest.approx(1.0)


@settings(deadline=None)
@given(one=SAMPLES, other=SAMPLES)
def test_it_hangs_on_no_unit(one, other):
    def stretched(sample):
        return [float(np.float64(x) * 8.0) for x in sample]

    assert overlap(stretched(one), stretched(other)) == pytest.approx(overlap(one, other))


def test_what_lies_apart_does_not_overlap():
    assert overlap([1.0, 2.0], [3.0, 4.0]) == 0.0
    assert overlap([0.0, 1.0], [1.0, 0.0]) == 1.0


@pytest.mark.parametrize(("shift", "width"), [(0.0, 0.5), (0.0, 2 / 3), (1.0, 1.0), (0.0, 1.0), (0.0, 2.0)])
def test_it_is_the_area_that_two_densities_share(shift, width):
    x = np.linspace(-12.0, 12.0, 200_001)
    area = np.minimum(norm.pdf(x), norm.pdf(x, shift, width)).sum() * (x[1] - x[0])
    found = overlap(norm.ppf(EVEN), norm.ppf(EVEN, shift, width))
    assert found == pytest.approx(area, abs=2e-3)


def test_two_thirds_of_the_width_left_is_where_it_begins_to_count():
    wide = norm.ppf(EVEN)
    assert overlap(wide, 0.6 * wide) < HARDLY_DIFFER < overlap(wide, 0.7 * wide)


def test_what_was_not_reached_is_left_out():
    assert overlap([1.0, np.nan], [1.0]) == 1.0
    assert overlap([np.nan], [1.0]) is None
    assert overlap([], [1.0]) is None


def test_chance_parts_two_samples_of_one_distribution_further_in_one_pair_of_twenty():
    dice = np.random.default_rng(5)
    limit = by_chance(60, 300)
    apart = [1.0 - overlap(dice.random(60), dice.random(300)) > limit for _ in range(2000)]
    assert 0.03 < np.mean(apart) < 0.07


def test_few_runs_tell_nothing():
    assert by_chance(0, 100) == by_chance(1, 1) == 1.0
    assert by_chance(50, 50) > by_chance(500, 500)


@pytest.mark.parametrize(
    ("shared", "chance", "strengths", "said"),
    [
        (None, 0.0, [True], "too_few_runs"),
        (0.85, 0.5, [True], "not_informed"),
        (0.8, 0.1, [True], "not_informed"),
        (0.7, 0.35, [True], "too_few_runs"),
        (0.7, 0.1, [False, True], "informed"),
        (0.7, 0.1, [False, False], "worlds_only"),
        (0.1, 0.1, [], "worlds_only"),
    ],
)
def test_the_verdict_follows_the_stated_rule(shared, chance, strengths, said):
    assert verdict(shared, chance, strengths) == said
