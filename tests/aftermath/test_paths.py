"""Over the months, and where help stays, comes against the rulers, or several pay."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_bill import CASE, IDLE, LUCK, RUNS, SAVED, N, left, same, yes

from foedus.aftermath import AftermathFacts, bill
from foedus.aftermath.bill import MAKERS, MONTHS
from foedus.aftermath.dependence import rescue

COUP = replace(IDLE, against_rulers=True, state_falls_with=yes(True), state_falls_without=yes(False))


def test_the_longer_help_stays_the_more_dependence_at_every_month() -> None:
    short, long = replace(IDLE, months_stayed=same(0.4)), replace(IDLE, months_stayed=same(18))
    for months in MONTHS:
        a, b = left(short, months=float(months)), left(long, months=float(months))
        assert (b["dependence"].with_ >= a["dependence"].with_ - 1e-12).all()
    assert (left(long, months=24.0)["dependence"].with_ > left(short, months=24.0)["dependence"].with_).all()


def test_help_that_is_still_there_when_the_window_ends_stays_as_long_as_the_case_says() -> None:
    there = replace(IDLE, still_there=yes(True))
    known = replace(IDLE, months_stayed=same(12.4))
    np.testing.assert_allclose(
        left(there, months=24.0)["dependence"].with_, left(known, months=24.0)["dependence"].with_
    )
    without = {key: q for key, q in CASE.items() if key != "months_beyond"}
    np.testing.assert_array_equal(
        bill(without, there, LUCK, RUNS)["dependence"].with_, left(IDLE)["dependence"].with_
    )


def test_no_stay_counts_before_it_has_passed() -> None:
    early = left(replace(IDLE, months_stayed=same(24)), months=3.0)["dependence"].with_
    np.testing.assert_allclose(
        early, left(replace(IDLE, months_stayed=same(3)), months=3.0)["dependence"].with_
    )


def test_chances_of_what_may_come_only_grow_with_the_months() -> None:
    for name in ("contagion", "contagion_guarantor", "office_loss", "purge", "rival_eclipse"):
        values = [left(SAVED, months=float(m))[name].with_ for m in MONTHS]
        assert (np.diff(values, axis=0) >= 0).all(), name
        np.testing.assert_array_equal(left(SAVED, months=0.0)[name].with_, 0.0)


def test_each_contributors_public_tires_by_its_own_troop_days() -> None:
    found = left(replace(IDLE, troop_days={"KGZ": same(5_000_000)}))
    assert found["opinion_own_KGZ"].payer == "KGZ"
    assert found["opinion_own_KGZ"].with_.mean() < left(IDLE)["opinion_own_KGZ"].with_.mean() - 5
    np.testing.assert_array_equal(found["opinion_own"].with_, left(IDLE)["opinion_own"].with_)
    assert np.isnan(left(replace(IDLE, troop_days={}))["opinion_own_KGZ"].with_).all()


def test_where_help_comes_against_the_rulers_their_fall_is_what_is_owed_for() -> None:
    assert (rescue(COUP, same(0.3)) == 1).all()
    assert (rescue(replace(COUP, state_falls_with=yes(False)), same(0.3)) == 0).all()
    assert (rescue(replace(COUP, state_falls_without=yes(True)), same(0.3)) == 0).all()
    found = left(COUP)
    assert (found["dependence"].difference >= 0).all()
    assert found["office_loss"].price_if is None
    assert (found["office_loss"].with_ == 1).all()


def test_backing_turns_its_sign_where_troops_come_against_the_rulers() -> None:
    for_them = left(IDLE)["office_loss"].difference
    against = left(replace(IDLE, against_rulers=True))["office_loss"].difference
    assert ((for_them > 0) == (against < 0)).mean() > 0.99


def test_a_failed_step_costs_support_at_home_whichever_side_it_took() -> None:
    for facts in (replace(IDLE, state_falls_with=yes(True)), replace(IDLE, against_rulers=True)):
        assert left(facts)["opinion_own"].with_.mean() < left(IDLE)["opinion_own"].with_.mean() - 3


@st.composite
def courses(draw: st.DrawFn) -> AftermathFacts:
    """Any course of three runs."""
    share = st.floats(0, 1)
    three = lambda of: np.array(draw(st.lists(of, min_size=3, max_size=3)))  # noqa: E731
    stayed = three(st.just(0.0) | st.floats(1 / 730, 60))
    came = stayed > 0
    asked = three(st.booleans()) | came
    return AftermathFacts(
        state_falls_with=three(st.booleans()),
        state_falls_without=three(st.booleans()),
        loyalty_end_with=three(share),
        loyalty_end_without=three(share),
        killed_civilian_with=three(st.floats(0, 5000)),
        killed_civilian_without=three(st.floats(0, 5000)),
        hours_to_calm_with=three(st.floats(1, 500)),
        hours_to_calm_without=three(st.floats(1, 500)),
        concession=three(st.booleans()),
        troop_days_by_lead=came * three(st.floats(1, 1e7)),
        lead_share=came * three(st.floats(0.01, 1)),
        months_stayed=stayed,
        requested=asked,
        honoured=came,
        earlier_activations=draw(st.integers(0, 9)),
        earlier_refusals=draw(st.integers(0, 9)),
        troop_days={"KGZ": came * 10.0},
        still_there=came & three(st.booleans()),
        against_rulers=draw(st.booleans()),
    )


@given(courses(), st.sampled_from(MONTHS))
@settings(max_examples=60, deadline=None)
def test_whatever_the_course_each_index_keeps_to_its_scale(facts: AftermathFacts, months: int) -> None:
    found = bill(CASE, facts, LUCK, range(3), months=float(months))
    assert set(MAKERS) <= set(found)
    for index in found.values():
        top = 100.0 if index.unit == "percentage points" else 1.0
        for arm in (index.with_, index.without):
            known = arm[~np.isnan(arm)]
            assert ((known >= 0) & (known <= top)).all(), index.name


@given(courses(), st.sampled_from(MONTHS))
@settings(max_examples=40, deadline=None)
def test_a_fall_of_the_state_never_makes_contagion_less_likely(facts: AftermathFacts, months: int) -> None:
    stands = replace(facts, state_falls_with=np.zeros(3, dtype=bool))
    falls = replace(facts, state_falls_with=np.ones(3, dtype=bool))
    for name in ("contagion", "contagion_guarantor"):
        a = bill(CASE, stands, LUCK, range(3), months=float(months))[name].with_
        b = bill(CASE, falls, LUCK, range(3), months=float(months))[name].with_
        assert (b >= a).all()


def test_the_runs_of_a_bill_are_as_many_as_the_course_has() -> None:
    assert all(len(index.with_) == N for index in left(IDLE).values())


@pytest.mark.parametrize("name", ["dependence", "opinion_host", "credibility"])
def test_what_can_move_knows_where_it_started(name: str) -> None:
    index = left(IDLE)[name]
    assert index.before is not None
    np.testing.assert_array_equal(index.change, index.with_ - index.before)
