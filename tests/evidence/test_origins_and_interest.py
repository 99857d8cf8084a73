"""Dependence between claims: repeats, repeats of repeats, and what interest is worth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from said import belief_in, claim, hour

from foedus.evidence import INDEPENDENCE, weights
from foedus.evidence.claims import as_of_claims, pieces
from foedus.evidence.interest import share_of, supporters

PRIOR = weights().prior("external_origin")

names = st.sampled_from(["agency", "daily", "blog", "radio", "president"])
chained = st.lists(
    st.builds(
        claim,
        names,
        holds=st.booleans(),
        at=st.integers(1, 20).map(float),
        grade=st.builds(
            lambda letter, digit: f"{letter}{digit}", st.sampled_from("ABCDEF"), st.integers(1, 6)
        ),
        origin=st.none() | names,
        interested=st.booleans(),
    ),
    max_size=7,
)


def same(one, other):
    assert one.status is other.status
    np.testing.assert_array_equal(one.probability, other.probability)


def found(said, at=24.0):
    return pieces(as_of_claims(said, hour(at)), weights(), PRIOR)


def test_two_outlets_that_quote_one_agency_are_one_piece():
    daily, radio = claim("daily", origin="Agency"), claim("radio", origin="agency ")
    same(belief_in([daily, radio]), belief_in([daily]))
    assert [piece.origin for piece in found([daily, radio])] == ["agency"]


def test_the_agency_itself_and_an_outlet_that_quotes_it_are_one_piece():
    agency, daily = claim("Agency"), claim("daily", origin="agency")
    same(belief_in([agency, daily]), belief_in([agency]))


def test_a_repeat_of_a_repeat_is_not_new_evidence():
    agency, daily, blog = claim("agency"), claim("daily", origin="agency"), claim("blog", origin="daily")
    same(belief_in([agency, daily, blog]), belief_in([agency]))
    assert [piece.origin for piece in found([daily, blog])] == ["agency"]


def test_an_interested_word_is_not_laundered_through_two_mouths():
    president = claim("president", interested=True)
    agency, blog = claim("agency", origin="president"), claim("blog", origin="agency")
    np.testing.assert_array_equal(belief_in([president, agency, blog]).probability, belief_in([]).probability)


def test_a_speaker_who_also_saw_it_is_an_origin():
    """The daily's own word ends the chain: the blog repeats that, not the agency."""
    agency, quoted, own = claim("agency"), claim("daily", origin="agency"), claim("daily", at=2.0)
    assert [piece.origin for piece in found([agency, quoted, own])] == ["agency", "daily"]
    blog = claim("blog", origin="daily")
    same(belief_in([agency, quoted, own, blog]), belief_in([agency, quoted, own]))


def test_a_chain_is_followed_only_for_what_was_passed_on():
    """The daily quotes the agency on what is so; the blog has the opposite from the daily."""
    quoted, opposite = claim("daily", origin="agency"), claim("blog", origin="daily", holds=False)
    assert {(piece.origin, piece.holds) for piece in found([quoted, opposite])} == {
        ("agency", True),
        ("daily", False),
    }


def test_speakers_who_quote_one_another_in_a_ring_are_one_origin():
    ring = [claim("daily", origin="radio"), claim("radio", origin="blog"), claim("blog", origin="daily")]
    assert [piece.origin for piece in found(ring)] == ["blog"]


def test_a_chain_is_known_only_once_it_has_been_heard():
    agency, blog = claim("agency"), claim("blog", origin="daily")
    daily = claim("daily", origin="agency", at=10.0)
    assert len(found([agency, blog, daily], at=5.0)) == 2
    assert len(found([agency, blog, daily], at=15.0)) == 1


def test_speakers_without_a_stated_origin_are_independent_and_that_is_said_to_be_assumed():
    assert len(found([claim("press"), claim("lawyers")])) == 2
    assert "no origin are taken as independent" in INDEPENDENCE


@settings(deadline=None)
@given(chained, st.randoms())
def test_the_order_of_a_chain_does_not_matter(said, random):
    shuffled = list(said)
    random.shuffle(shuffled)
    same(belief_in(said), belief_in(shuffled))


@settings(deadline=None)
@given(chained, st.data())
def test_whoever_repeats_one_of_the_speakers_adds_nothing(said, data):
    if not said:
        return
    heard = data.draw(st.sampled_from(said))
    echo = heard.model_copy(update={"id": "echo", "who": "echo", "origin": heard.who, "interested": False})
    for piece in found([*said, echo]):
        assert piece.key in {known.key for known in found(said)}


@settings(deadline=None)
@given(chained)
def test_nothing_that_is_said_down_a_chain_reaches_0_or_1(said):
    probability = belief_in(said).probability
    assert probability.min() > 0.0
    assert probability.max() < 1.0


@settings(deadline=None)
@given(chained)
def test_an_interested_piece_never_counts_for_more_than_its_strongest_support(said):
    made = found(said)
    for piece in made:
        if piece.interested:
            most = max((abs(other.evidence.mean) for other in supporters(piece, made)), default=0.0)
            counted = share_of(piece, made, weights()) * abs(piece.evidence.mean)
            assert counted <= min(most, 0.25 * abs(piece.evidence.mean)) + 1e-12


def test_a_faint_rumour_does_not_let_in_the_whole_of_a_partys_word():
    """An unreliable source that finds it possible is support, and worth no more than it is."""
    rumour, president = claim("rumour", grade="E3"), claim("president", grade="A1", interested=True)
    alone, with_support = belief_in([rumour]), belief_in([rumour, president])
    doubled = belief_in([rumour, claim("another", grade="E3")])
    assert np.median(with_support.probability) > np.median(alone.probability)
    assert np.median(with_support.probability) == pytest.approx(np.median(doubled.probability), abs=0.01)


def test_of_two_grades_of_one_instant_the_more_cautious_counts():
    good_first = claim(grades=[(1.0, "B2"), (1.0, "B3")])
    good_last = claim(grades=[(1.0, "B3"), (1.0, "B2")])
    same(belief_in([good_first]), belief_in([claim(grade="B3")]))
    same(belief_in([good_last]), belief_in([claim(grade="B3")]))
