"""How claims become beliefs: what moves them, what does not, and when."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from said import RUNS, KeyedLuck, belief_in, claim, hour

from foedus.chance import Luck
from foedus.evidence import Prior, Record, alleged, believe
from foedus.terms import Status

grades = st.builds(lambda letter, digit: f"{letter}{digit}", st.sampled_from("ABCDEF"), st.integers(1, 6))
phrases = st.none() | st.sampled_from(["highly unlikely", "likely", "misschien", "almost certain"])
claims = st.builds(
    claim,
    st.sampled_from(["press", "president", "kremlin", "lawyers"]),
    holds=st.booleans(),
    at=st.integers(1, 20).map(float),
    grade=grades,
    origin=st.none() | st.sampled_from(["press", "president"]),
    interested=st.booleans(),
    likelihood=phrases,
)
some_claims = st.lists(claims, max_size=6)


def same(one, other):
    assert one.status is other.status
    np.testing.assert_array_equal(one.probability, other.probability)


@settings(deadline=None)
@given(some_claims, st.randoms())
def test_the_order_in_which_claims_are_listed_does_not_matter(said, random):
    shuffled = list(said)
    random.shuffle(shuffled)
    same(belief_in(said), belief_in(shuffled))


@settings(deadline=None)
@given(some_claims, claims)
def test_a_repeat_is_not_new_evidence(said, repeated):
    again = repeated.model_copy(
        update={"id": "again", "who": "somebody else", "origin": repeated.origin or repeated.who}
    )
    same(belief_in([*said, repeated]), belief_in([*said, repeated, again]))


@settings(deadline=None)
@given(
    st.lists(claims.map(lambda said: said.model_copy(update={"interested": True})), min_size=1, max_size=5)
)
def test_interested_claims_alone_move_nothing(said):
    np.testing.assert_array_equal(belief_in(said).probability, belief_in([]).probability)


@settings(deadline=None)
@given(some_claims)
def test_nothing_that_is_said_reaches_0_or_1(said):
    probability = belief_in(said).probability
    assert probability.min() > 0.0
    assert probability.max() < 1.0


def test_a_hundred_confirmed_claims_do_not_make_certainty():
    said = [claim(f"witness {number}", grade="A1") for number in range(100)]
    assert 0.99 < belief_in(said).probability.max() < 1.0


@settings(deadline=None)
@given(some_claims, st.lists(claims, max_size=3), grades)
def test_what_is_said_or_graded_later_does_not_move_an_earlier_belief(said, later, regrade):
    early = [one.model_copy(update={"at": hour(1.0)}) for one in said]
    late = [
        one.model_copy(update={"at": hour(30.0), "id": f"late-{place}"}) for place, one in enumerate(later)
    ]
    regraded = [
        one.model_copy(
            update={
                "grades": [*one.grades, one.grades[0].model_copy(update={"at": hour(30.0), "credibility": 5})]
            }
        )
        for one in early
    ]
    same(belief_in(early), belief_in([*regraded, *late]))


def test_the_latest_grade_by_then_counts():
    said = claim(grades=[(1.0, "B2"), (10.0, "B5"), (20.0, "B1")])
    at_first, doubted, confirmed = (
        np.median(belief_in([said], at=at).probability) for at in (5.0, 15.0, 24.0)
    )
    assert doubted < at_first < confirmed


def test_a_claim_not_graded_yet_is_heard_and_weighs_nothing():
    said = claim(at=1.0, grades=[(10.0, "A1")])
    early = belief_in([said], at=5.0)
    assert early.status is Status.CONTESTED
    np.testing.assert_array_equal(early.probability, belief_in([]).probability)
    assert "not yet graded" in early.why[0]


def test_a_better_source_moves_belief_further_and_a_doubtful_claim_moves_it_back():
    medians = [
        np.median(belief_in([claim(grade=grade)]).probability)
        for grade in ("B5", "B4", "B6", "B3", "B2", "B1")
    ]
    assert medians == sorted(medians)
    by_source = [np.median(belief_in([claim(grade=f"{letter}2")]).probability) for letter in "EDCBA"]
    assert by_source == sorted(by_source)


def test_two_origins_weigh_more_than_one():
    one, two = belief_in([claim("press")]), belief_in([claim("press"), claim("lawyers")])
    assert np.median(two.probability) > np.median(one.probability)


def test_an_interested_claim_counts_a_little_once_an_independent_one_supports_it():
    president, press = claim("president", interested=True), claim("press")
    alone = np.median(belief_in([press]).probability)
    supported = np.median(belief_in([press, president]).probability)
    neutral = np.median(belief_in([press, claim("president")]).probability)
    assert alone < supported < neutral


def test_a_doubtful_echo_does_not_support_an_interested_claim():
    president, rumour = claim("president", interested=True), claim("rumour", grade="C4")
    same(belief_in([rumour]), belief_in([rumour, president]))


def test_a_neutral_mouth_does_not_launder_an_interested_word():
    president = claim("President", interested=True)
    agency = claim("agency", origin="president")
    np.testing.assert_array_equal(belief_in([president, agency]).probability, belief_in([]).probability)


def test_what_nobody_says_is_unknown_and_keeps_its_prior():
    untouched = belief_in([])
    assert untouched.status is Status.UNKNOWN
    assert np.median(untouched.probability) == pytest.approx(0.15, abs=0.02)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ([claim(grade="B2")], Status.TRUE),
        ([claim(grade="B2", holds=False)], Status.FALSE),
        ([claim(grade="B3")], Status.CONTESTED),
        ([claim(grade="B6")], Status.CONTESTED),
        ([claim(grade="B2", interested=True)], Status.CONTESTED),
        ([claim(grade="B2", likelihood="likely")], Status.CONTESTED),
        ([claim("press"), claim("lawyers", holds=False)], Status.CONTESTED),
        ([claim("president", interested=True, grade="D5"), claim("press", holds=False)], Status.CONTESTED),
        ([claim("rumour", grade="D5"), claim("press", holds=False)], Status.FALSE),
        ([claim("lawyers", likelihood="highly unlikely"), claim("press", holds=False)], Status.FALSE),
        ([claim("lawyers", likelihood="probably", holds=False), claim("press")], Status.CONTESTED),
    ],
)
def test_the_status_of_a_fact_follows_from_who_upholds_what(said, status):
    assert belief_in(said).status is status


def test_a_verbal_probability_draws_belief_towards_it():
    prior = {"external_origin": Prior(median=0.5, spread=0.3)}
    sure = belief_in([claim(grade="A1", likelihood="highly unlikely")], priors=prior)
    half = belief_in([claim(grade="D1", likelihood="highly unlikely")], priors=prior)
    assert sure.probability.min() >= 0.10
    assert sure.probability.max() <= 0.20
    assert 0.20 < np.median(half.probability) < 0.5


def test_probably_not_is_the_mirror_of_probably():
    prior = {"external_origin": Prior(median=0.5, spread=0.0)}
    so = belief_in([claim(grade="A1", likelihood="probably")], priors=prior)
    not_so = belief_in([claim(grade="A1", likelihood="probably", holds=False)], priors=prior)
    assert 0.55 <= so.probability.min() <= so.probability.max() <= 0.80
    assert 0.20 <= not_so.probability.min() <= not_so.probability.max() <= 0.45


def test_a_fact_of_record_is_so_from_its_instant_and_overrides_what_was_said():
    denied = claim("kremlin", predicate="requested_by_victim", holds=False, at=1.0)
    asked = Record("requested_by_victim", True, hour(10.0), "the request was made")
    before = belief_in([denied], [asked], at=9.0, fact="requested_by_victim")
    after = belief_in([denied], [asked], at=10.0, fact="requested_by_victim")
    assert before.status is Status.FALSE
    assert before.probability.min() > 0.0
    assert after.status is Status.TRUE
    assert (after.probability == 1.0).all()
    assert after.why[-1].endswith("on record: the request was made")


def test_a_later_record_replaces_an_earlier_one():
    made = Record("requested_by_victim", True, hour(1.0), "asked")
    withdrawn = Record("requested_by_victim", False, hour(5.0), "withdrawn")
    assert belief_in([], [withdrawn, made], fact="requested_by_victim").status is Status.FALSE


def test_what_interested_speakers_assert_is_their_latest_word():
    said = [
        claim("president", at=1.0, interested=True, holds=False),
        claim("president", at=5.0, interested=True),
        claim("press", at=6.0, holds=False),
    ]
    assert alleged(said, as_of=hour(2.0)) == {"external_origin": False}
    assert alleged(said, as_of=hour(9.0)) == {"external_origin": True}


def test_beliefs_of_two_days_share_their_luck():
    said = [claim("press", at=1.0)]
    same(belief_in(said, at=5.0), belief_in(said, at=20.0))


def test_a_run_alone_is_the_run_among_others():
    everyone = belief_in([claim()]).probability
    alone = believe([claim()], [], as_of=hour(24.0), luck=KeyedLuck(), runs=range(7, 8))["external_origin"]
    assert alone.probability[0] == everyone[7]


def test_the_keyed_draws_of_foedus_serve_as_luck():
    found = believe([claim()], [], as_of=hour(24.0), luck=Luck(1), runs=RUNS)["external_origin"]
    assert found.probability.shape == (len(RUNS),)
    assert np.median(found.probability) > 0.15


def test_each_line_of_why_names_speaker_grade_and_interest_in_the_order_of_time():
    lines = belief_in(
        [claim("president", at=5.0, interested=True, grade="D6"), claim("press", at=1.0, holds=False)]
    ).why
    assert lines == (
        "2022-01-01 01:00 press: it is not so (B2)",
        "2022-01-01 05:00 president: it is so (D6, interested)",
    )
