"""What is left of a condition, and how it is said: nothing that is settled, and no 'not' that misleads."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.terms import Status
from foedus.treaties.cascade import Attack, chain
from foedus.treaties.cascade.remainder import failing, in_words, remainder
from foedus.treaties.condition import All, Always, AnyOf, CaseOf, Compare, Fact, Inferred, Not, judge

A, B, C = (Fact(name) for name in ("armed_attack", "at_war", "requested_by_victim"))
NAMED = Compare("victim_in", ("KHM", "LAO", "VNM_S"))
FACTS = (A, B, C)


def known(**status):
    """What is known of facts by name, and of comparisons by theirs; of others nothing."""
    by_name = {name: Status(value) for name, value in status.items()}

    def status_of(leaf):
        name = leaf.predicate if isinstance(leaf, Fact) else leaf.comparison
        return by_name.get(name, Status.UNKNOWN)

    return status_of


def conditions(*others):
    return st.recursive(
        st.sampled_from([*FACTS, *others]),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
            inner.map(Not),
        ),
        max_leaves=8,
    )


# What is left


def test_of_an_exception_for_a_named_state_that_does_not_ask_only_the_request_is_left():
    unless_asked = Not(All((NAMED, Not(C))))
    assert remainder(All((A, unless_asked)), known(armed_attack="true", victim_in="true")) == C


def test_of_an_exception_for_a_named_state_nothing_is_left_where_the_victim_is_another():
    assert remainder(Not(All((NAMED, Not(C)))), known(victim_in="false")) == Always()


def test_double_negation_falls_away_and_de_morgan_takes_negation_inward():
    assert remainder(Not(Not(A)), known()) == A
    assert remainder(Not(All((A, B))), known()) == AnyOf((Not(A), Not(B)))
    assert remainder(Not(AnyOf((A, B))), known()) == All((Not(A), Not(B)))
    assert remainder(Not(AnyOf((A, Not(B)))), known(at_war="true")) == Not(A)


def test_the_negation_of_a_case_or_an_inferred_fact_is_told_by_its_own_name():
    assert remainder(Not(CaseOf("csto_art2_case", "csto-1992.art2-2010", A)), known()) == Not(
        Fact("csto_art2_case")
    )
    assert remainder(Not(Inferred("aggression", A)), known()) == Not(Fact("aggression"))


@given(conditions(Always()), st.lists(st.sampled_from([*Status]), min_size=3, max_size=3), st.data())
@settings(max_examples=300, deadline=None)
def test_what_is_left_decides_the_condition_once_all_is_known(condition, given_now, data):
    now = dict(zip(FACTS, given_now, strict=True))
    left = remainder(condition, now.__getitem__)
    later = {
        fact: status
        if status in (Status.TRUE, Status.FALSE)
        else data.draw(st.sampled_from([Status.TRUE, Status.FALSE]))
        for fact, status in now.items()
    }
    met = judge(condition, later.__getitem__).value
    assert met is (left is not None and judge(left, later.__getitem__).value)


# How it is said


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (Not(A), "POL is not attacked"),
        (Not(All((A, C))), "POL is not attacked or POL does not ask for help"),
        (Not(AnyOf((A, C))), "POL is not attacked and POL does not ask for help"),
        (Not(Not(C)), "POL asks for help"),
        (AnyOf((All((A, B)), C)), "(POL is attacked and POL is at war) or POL asks for help"),
        (All((AnyOf((A, B)), C)), "(POL is attacked or POL is at war) and POL asks for help"),
        (All((Not(All((A, B))), C)), "(POL is not attacked or POL is not at war) and POL asks for help"),
        (All((All((A, Compare("attacker_in", ("DEU",)))), C)), "DEU attacks POL and POL asks for help"),
        (Not(Compare("place_in", ("USA",))), "the act falls outside USA"),
        (Not(Compare("place_in", ("USA", "GUM"))), "the act falls outside USA and GUM"),
        (Not(Compare("attacker_in", ("RUS",))), "no attacker is RUS"),
        (Not(Compare("attacker_not_in", ("RUS",))), "an attacker is RUS"),
        (Not(Compare("victim_in", ("KHM", "LAO"))), "the victim is not KHM or LAO"),
        (Not(Compare("attackers_at_least", 2)), "fewer than 2 states attack"),
        (Not(Compare("attackers_at_least", 1)), "no state attacks"),
        (Not(Compare("origin", ("outside",))), "the act comes from inside"),
        (Not(Compare("war_between", ("AUH", "SRB"))), "there is no war between AUH and SRB"),
    ],
)
def test_a_negation_is_said_of_each_part_and_in_plain_words(condition, told):
    assert in_words(condition, "POL") == told


@given(conditions())
@settings(max_examples=200, deadline=None)
def test_no_sentence_says_not_so_of_two_things_at_once(condition):
    told = in_words(condition, "POL")
    assert told
    assert "it is not so that" not in told
    assert "nothing more" not in told


@given(conditions(Always()))
@settings(max_examples=200, deadline=None)
def test_a_standing_duty_inside_a_condition_leaves_a_sentence(condition):
    assert in_words(condition, "POL")


def test_where_the_facts_leave_nothing_open_only_the_treaty_can_be():
    assert in_words(Always(), "VEN") == "the treaty is held to be in force between them"


def test_words_of_the_callers_own_are_denied_as_they_stand():
    told = in_words(Not(A), "POL", {"armed_attack": "what DEU does counts as an attack on POL"})
    assert told == "it is not so that what DEU does counts as an attack on POL"


def test_what_fails_in_a_negated_pair_is_what_is_so():
    settled = known(victim_in="true", requested_by_victim="false")
    assert failing(Not(All((NAMED, Not(C)))), settled, "VNM_S") == (
        "the victim is one of KHM, LAO, VNM_S, and not so: VNM_S asks for help"
    )


# In the chains and the lists


def test_the_parties_of_the_manila_pact_would_be_bound_to_south_vietnam_if_it_asked():
    found = chain([Attack("VNM_N", "VNM_S")], date(1965, 2, 1))
    told = {one.if_ for one in found.conditionals if one.clause.id == "seato-1954.art4-1"}
    assert told == {"VNM_S asks for help"}


def test_no_reason_says_that_it_would_take_nothing_more():
    found = chain([Attack("USA", "VEN")], date(2026, 1, 3))
    assert found.unbound
    assert all("nothing more" not in one.why for one in found.unbound)
