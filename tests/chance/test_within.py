from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.chance.within import SURE, chance_within, tanh

SPREAD = np.concatenate(
    [
        np.linspace(0.0, 45.0, 200_001),
        10.0 ** np.linspace(-300.0, 2.0, 60_001),
        np.log(2.0) * (np.arange(120) + 0.5)[:, None].repeat(3, 1).ravel() + np.tile([-1e-9, 0.0, 1e-9], 120),
    ]
)


def last_places(found, exact):
    """Distance in units in the last place of what is exact."""
    exact = np.asarray(exact)
    return float(np.max(np.abs((found - exact) / np.spacing(exact.astype(np.float64)))))


def test_the_chance_within_an_hour_is_one_less_the_exponential_to_the_last_places():
    exact = -np.expm1(-SPREAD.astype(np.longdouble))
    assert last_places(np.array([chance_within(rate) for rate in SPREAD]), exact) < 1.5


def test_the_hyperbolic_tangent_is_right_to_the_last_places():
    exact = np.tanh(SPREAD.astype(np.longdouble))
    assert last_places(np.array([tanh(x) for x in SPREAD]), exact) < 2.5


def test_what_comes_at_no_rate_never_comes_and_what_is_sure_is_sure():
    assert chance_within(0.0) == tanh(0.0) == 0.0
    for rate in (SURE, 1e3, 1e300, math.inf):
        assert chance_within(rate) == tanh(rate) == 1.0


@given(st.floats(0.0, 1e4), st.floats(0.0, 1.0))
def test_the_chance_never_falls_when_the_rate_rises_by_more_than_rounding(rate, more):
    assert chance_within(rate * (1.0 + 1e-14) + more) >= chance_within(rate)


@pytest.mark.parametrize("function", [chance_within, tanh])
def test_compiled_and_plain_give_the_same_bits(function):
    if not hasattr(function, "py_func"):
        pytest.skip("nothing is compiled")
    for x in SPREAD[::97]:
        assert function(x) == function.py_func(x)
