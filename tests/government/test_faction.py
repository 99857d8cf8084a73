"""The faction in the host's forces: what wears its loyalty down, what mends it, when it stands aside."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.cases.parameters import declared
from foedus.government.faction import faction_next, stands_aside
from foedus.government.loyalty import after_announcement, loyalty_next
from foedus.government.rules import hold

SHARE = st.floats(0.0, 1.0)
NAMES = [
    name
    for name, q in declared().items()
    if not isinstance(q.value, float) and q.room in ("loyalty", "faction")
]


def record(**changes):
    """Numbers as compiled code reads them; the middle of each prior where none is given."""
    names = declared()
    row = np.zeros(1, dtype=[(name, np.float64) for name in names])
    for name, quantity in names.items():
        row[name] = changes.get(name, quantity.central())
    return row[0]


@st.composite
def rules(draw):
    """Any numbers that the priors allow."""
    drawn = {}
    for name in [*NAMES, "announcement", "faction_breaks"]:
        least, most = declared()[name].support()
        drawn[name] = draw(st.floats(least, most))
    return record(**drawn)


def step(rule, loyalty=0.5, usual=0.6, success=0.2, losses=1e-4, signal=0.3):
    return faction_next(loyalty, usual, success, losses, signal, rule)


@settings(deadline=None)
@given(rule=rules(), loyalty=SHARE, usual=SHARE, success=SHARE, losses=SHARE, signal=SHARE)
def test_its_loyalty_never_leaves_nought_to_one(rule, loyalty, usual, success, losses, signal):
    assert 0.0 <= faction_next(loyalty, usual, success, losses, signal, rule) <= 1.0
    assert 0.0 <= after_announcement(loyalty, rule) <= 1.0


@pytest.mark.parametrize("cause", ["success", "losses", "signal"])
@settings(deadline=None)
@given(rule=rules(), usual=SHARE, share=SHARE, low=SHARE, high=SHARE)
def test_more_success_of_the_crowd_more_losses_or_more_news_never_raise_it(
    cause, rule, usual, share, low, high
):
    """From its usual level down: one who is more loyal than usual also returns to it the slower."""
    low, high = sorted((low, high))
    one = step(rule, loyalty=usual * share, usual=usual, **{cause: low})
    assert step(rule, loyalty=usual * share, usual=usual, **{cause: high}) <= one


@pytest.mark.parametrize("cause", ["success", "losses", "signal"])
def test_each_of_them_does_lower_it(cause):
    rule = record()
    quiet = {"success": 0.0, "losses": 0.0, "signal": 0.0}
    assert step(rule, **quiet | {cause: 0.9}) < step(rule, **quiet)


@settings(deadline=None)
@given(rule=rules(), usual=SHARE)
def test_where_nothing_happens_it_stays_what_it_was(rule, usual):
    assert step(rule, loyalty=usual, usual=usual, success=0, losses=0, signal=0) == usual


@settings(deadline=None)
@given(rule=rules(), usual=SHARE, success=SHARE)
def test_it_falls_no_slower_than_the_loyalty_of_all(rule, usual, success):
    own = step(rule, loyalty=usual, usual=usual, success=success, losses=0, signal=0)
    assert own <= loyalty_next(usual, usual, success, 0.0, rule) + 1e-12


@settings(deadline=None)
@given(rule=rules(), loyalty=SHARE)
def test_announced_help_never_lowers_it(rule, loyalty):
    assert after_announcement(loyalty, rule) >= loyalty


@settings(deadline=None)
@given(rule=rules(), loyalty=SHARE, usual=SHARE)
def test_who_stood_aside_needs_more_to_return_than_to_stay(rule, loyalty, usual):
    if stands_aside(False, loyalty, usual, rule):
        assert stands_aside(True, loyalty, usual, rule)


@settings(deadline=None)
@given(rule=rules(), usual=st.floats(0.01, 1.0))
def test_at_its_usual_loyalty_nobody_who_holds_lets_go(rule, usual):
    assert not stands_aside(False, usual, usual, rule)


def test_it_breaks_under_its_breaking_point_and_returns_beyond_the_margin():
    rule = record(faction_breaks=0.5, faction_returns=0.2)
    assert stands_aside(False, 0.39, 0.8, rule)
    assert not stands_aside(False, 0.41, 0.8, rule)
    assert stands_aside(True, 0.55, 0.8, rule)
    assert not stands_aside(True, 0.57, 0.8, rule)


@settings(deadline=None)
@given(loyalty=SHARE, faction=SHARE, share=SHARE)
def test_the_hold_lies_between_the_loyalty_of_the_two(loyalty, faction, share):
    held = hold(loyalty, faction, record(faction_share=share))
    assert min(loyalty, faction) - 1e-12 <= held <= max(loyalty, faction) + 1e-12


def test_crowds_that_take_nothing_wear_loyalty_down_in_days_never_in_hours():
    """What the text of the parameter promises, at the far end of every prior."""
    far = {name: max(declared()[name].support()) for name in NAMES} | {"loyalty_recovers": 0.002}
    rule = record(**far)
    loyalty = 0.9
    for _ in range(12):
        loyalty = faction_next(loyalty, 0.9, 0.0, 0.0, 1.0, rule)
    assert loyalty > 0.5 * 0.9
