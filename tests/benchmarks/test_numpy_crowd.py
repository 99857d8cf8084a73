"""The crowd by hand in NumPy does what the kernel does, so that their ratio compares like with like."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from foedus.engine.run import ARMS, run_arms

ROOT = Path(__file__).parents[2]
if not (ROOT / "benchmarks" / "numpy_crowd.py").exists():
    pytest.skip("no benchmarks beside these tests", allow_module_level=True)
sys.path.insert(0, str(ROOT))

from benchmarks.ensembles import ensemble_of  # noqa: E402

from benchmarks import numpy_crowd  # noqa: E402  # benchmarks/ is no part of the package

RUNS = 300


@pytest.fixture(scope="module")
def courses():
    plant = ensemble_of(RUNS, 1)[0].plant
    kernel = run_arms(plant, {"without": ARMS["without"]}, RUNS)["without"]
    return kernel, numpy_crowd.without_request(plant, RUNS)


def test_the_main_quantities_agree_within_sampling_error(courses):
    for name, row in numpy_crowd.same_outcome(*courses).items():
        assert abs(row["z"]) < 4.0, name
        assert row["p"] > 1e-3, name


def hold(course, hour):
    return course.loyalty[:, hour], course.faction_loyalty[:, hour], course.withheld[:, hour]


@pytest.mark.parametrize("hour", [60, 120, 240])
def test_the_state_of_the_forces_agrees_by_hour(courses, hour):
    for one, other in zip(*(hold(course, hour) for course in courses), strict=True):
        assert stats.ks_2samp(one, other).pvalue > 1e-3


def test_every_array_that_the_kernel_fills_is_filled_by_hand_too(courses):
    kernel, by_hand = courses
    for field in kernel._fields:
        one, other = getattr(kernel, field), getattr(by_hand, field)
        assert one.shape == other.shape
        assert one.dtype == other.dtype
        blank = np.isnan(one).all() if one.dtype.kind == "f" else not one.any()
        blank_too = np.isnan(other).all() if other.dtype.kind == "f" else not other.any()
        assert blank == blank_too, field


def test_by_hand_too_the_dead_of_the_cities_are_those_of_the_country(courses):
    by_hand = courses[1]
    np.testing.assert_array_equal(by_hand.city_killed.sum(axis=1), by_hand.killed_civilian[:, -1])
    for toll in (by_hand.killed_civilian, by_hand.killed_forces, by_hand.hurt, by_hand.arrested):
        assert (np.diff(toll, axis=1) >= 0).all()
