"""Epstein (2002), Model II, run again. Seeds are fixed; each test says how often chance alone would pass."""

import numpy as np
import pytest
from scipy import stats

from foedus.experiments.replications import safe_havens, sign_test, times_to_extinction, waiting
from foedus.experiments.replications.two_groups import officers_near
from foedus.streets.lattice.groups import STATES, cleansing

DENSITIES = (0.0, 0.05, 0.1)


@pytest.fixture(scope="module")
def times():
    return times_to_extinction(DENSITIES, seeds=range(1, 31), longest=1500)


def test_without_police_one_group_is_gone_from_equality_in_every_run(times):
    """Fig. 13: the paper has 30 of 30."""
    assert not times.cut_off[0].any()
    assert times.steps[0].max() < 400


def test_which_group_is_left_is_chance():
    """Of 100 runs each group survives 34 to 66: a fair coin leaves that range once in a thousand."""
    survivor = times_to_extinction((0.0,), seeds=range(1, 101), longest=1000).survivor[0]
    assert (survivor >= 0).all()
    assert 34 <= survivor.sum() <= 66


def test_police_delay_extinction_in_pairs_from_the_same_start(times):
    """Fig. 16, over 30 pairs: were police without effect, chance would pass once in a thousand."""
    assert sign_test(times.steps[1], times.steps[0]).p < 0.001
    assert sign_test(times.steps[2], times.steps[0]).p < 0.001


def test_more_police_leave_a_wider_spread(times):
    """Fig. 17, by Fligner and Killeen's test over 3 x 30 runs, at one in a hundred.

    It goes by ranks: the times have long tails, for which a test by squares has little power.
    """
    assert stats.fligner(*times.steps, center="median").pvalue < 0.01
    spread = times.steps.std(axis=1)
    assert spread[0] < spread[2]


def test_high_numbers_delay_and_do_not_assure_survival(times):
    """At the densest police of the paper a group is still gone in most runs, in some as soon as without."""
    assert times.cut_off[2].mean() < 0.5
    assert times.steps[2].min() < times.steps[0].max()


def test_with_the_floored_ratio_police_delay_too():
    """Over 20 pairs; were police without effect, chance would pass once in a thousand."""
    floored = times_to_extinction(
        (0.0, 0.08), seeds=range(1, 21), setup=cleansing(ratio="floored"), longest=600
    )
    assert sign_test(floored.steps[1], floored.steps[0]).p < 0.001


def test_the_smaller_group_lives_on_near_peacekeepers():
    """Fig. 14: officers who came at random at the start stand nearer to the smaller group 50 steps later.

    Over 50 runs; were there no havens, chance would pass once in a hundred.
    """
    havens = safe_havens(0.1, seeds=range(1, 51), came=0, after=50)
    assert havens.nearer().p < 0.01, havens.nearer()
    assert havens.outlived().p < 0.001, havens.outlived()


def test_officers_who_just_came_at_random_are_near_neither_group_more():
    """The check on the measure: before anybody acts the difference is chance, for 99 sets of seeds in 100."""
    havens = safe_havens(0.1, seeds=range(1, 51), came=0, after=0, end=1)
    nearer = havens.nearer()
    assert 16 <= nearer.higher <= 34


def test_officers_near_are_counted_over_two_rings_and_round_the_torus():
    grid = np.zeros((9, 9), np.int8)
    grid[0, 0], grid[4, 4], grid[4, 7] = 1, 3, 4
    grid[8, 8] = grid[2, 2] = STATES.index("officer")
    assert officers_near(grid) == (2.0, 0.5)
    grid[0, 0] = 0
    assert officers_near(grid) is None


def test_a_run_cut_off_is_told_as_such():
    """Killing is impossible at legitimacy 0.9: every run is cut off, and the table says so."""
    never = times_to_extinction((0.0,), seeds=(1, 2), setup=cleansing(legitimacy=0.9), longest=30)
    (row,) = waiting(never)
    assert never.cut_off.all()
    assert (never.survivor == -1).all()
    assert (row.runs, row.cut_off, row.mean) == (2, 2, 30.0)


def test_where_the_freed_come_back_decides_whether_thin_police_delay():
    """Not in the paper: freed anywhere, the jailed are spread among the others and 4 % police delay nothing.

    Over 30 pairs from the same start; were the place of no account, chance would pass once in a thousand.
    """
    near, anywhere = (
        times_to_extinction((0.04,), seeds=range(1, 31), setup=cleansing(freed=freed), longest=1000).steps[0]
        for freed in ("near", "anywhere")
    )
    assert sign_test(near, anywhere).p < 0.001
