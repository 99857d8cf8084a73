"""The laws of the logic in which conditions are judged, and their agreement with probability."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.terms import Status
from foedus.treaties.condition import (
    All,
    Always,
    AnyOf,
    CaseOf,
    Compare,
    Fact,
    Not,
    deciding,
    judge,
    leaves,
    parse,
    substitute,
)
from foedus.treaties.likelihood import probability

NAMES = ("a", "b", "c", "d")
facts = st.sampled_from(NAMES).map(Fact)
trees = st.recursive(
    facts | st.just(Always()),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
        | inner.map(Not)
        | inner.map(lambda part: CaseOf("case", "x.art1", part))
    ),
    max_leaves=8,
)
worlds = st.fixed_dictionaries({name: st.sampled_from(Status) for name in NAMES})
known_worlds = st.fixed_dictionaries({name: st.sampled_from([Status.TRUE, Status.FALSE]) for name in NAMES})
chances = st.fixed_dictionaries({name: st.floats(0.01, 0.99) for name in NAMES})


def truth(tree, world):
    return judge(tree, lambda leaf: world[leaf.predicate])


def chance(tree, world):
    return float(probability(tree, lambda leaf: world[leaf.predicate]))


@given(trees, trees, worlds)
def test_de_morgan_holds_at_face_value_at_best_and_at_worst(left, right, world):
    assert truth(Not(All((left, right))), world) == truth(AnyOf((Not(left), Not(right))), world)
    assert truth(Not(AnyOf((left, right))), world) == truth(All((Not(left), Not(right))), world)


@given(trees, trees, trees, worlds)
def test_all_and_any_commute_and_associate(one, two, three, world):
    for join in (All, AnyOf):
        assert truth(join((one, two)), world) == truth(join((two, one)), world)
        assert truth(join((join((one, two)), three)), world) == truth(join((one, join((two, three)))), world)


@given(trees, worlds)
def test_a_double_negation_is_the_thing_itself(tree, world):
    assert truth(Not(Not(tree)), world) == truth(tree, world)


@given(trees, worlds, known_worlds)
def test_filling_in_what_is_open_never_flips_what_is_determined(tree, world, filling):
    open_ones = {name for name, status in world.items() if status in (Status.UNKNOWN, Status.CONTESTED)}
    filled = {name: filling[name] if name in open_ones else status for name, status in world.items()}
    before = truth(tree, world).value
    assert before is None or truth(tree, filled).value is before


@given(trees, worlds, st.booleans())
def test_a_value_at_best_is_reached_by_no_settlement_below_it(tree, world, holds):
    """If some settlement of contested facts meets a condition, it is met at best; likewise at worst."""
    settled = {
        name: (Status.TRUE if holds else Status.FALSE) if status is Status.CONTESTED else status
        for name, status in world.items()
    }
    found, told = truth(tree, settled).value, truth(tree, world)
    assert not (found is True and told.at_best is not True)
    assert not (found is False and told.at_worst is not False)


@given(trees, known_worlds)
def test_probability_agrees_with_logic_where_every_fact_is_known(tree, world):
    sure = {name: float(status is Status.TRUE) for name, status in world.items()}
    assert chance(tree, sure) == float(truth(tree, world).value)


@given(trees, chances)
def test_probability_is_the_sum_over_all_worlds(tree, world):
    """A fact that occurs twice is one fact: a tree is as probable as the worlds in which it is met."""
    total = 0.0
    for number in range(2 ** len(NAMES)):
        holds = {name: bool(number >> place & 1) for place, name in enumerate(NAMES)}
        weight = np.prod([world[name] if holds[name] else 1 - world[name] for name in NAMES])
        known = {name: Status.TRUE if so else Status.FALSE for name, so in holds.items()}
        total += float(weight) * float(truth(tree, known).value)
    assert chance(tree, world) == pytest.approx(total, abs=1e-12)


@given(trees, worlds)
def test_the_facts_that_decide_are_open_only_where_the_value_is(tree, world):
    value = truth(tree, world).value
    decided_by = deciding(tree, lambda leaf: world[leaf.predicate])
    assert set(decided_by) <= set(leaves(tree))
    if value is None:
        assert decided_by
        assert all(world[leaf.predicate] in (Status.UNKNOWN, Status.CONTESTED) for leaf in decided_by)
    else:
        others = dict.fromkeys(NAMES, Status.UNKNOWN) | {
            leaf.predicate: world[leaf.predicate] for leaf in decided_by
        }
        assert truth(tree, others).value is value


def test_contested_means_that_some_account_on_the_table_meets_it():
    world = {"a": Status.CONTESTED, "b": Status.UNKNOWN, "c": Status.TRUE, "d": Status.FALSE}
    assert truth(AnyOf((Fact("a"), Fact("b"))), world).status is Status.CONTESTED
    assert truth(All((Fact("a"), Fact("c"))), world).status is Status.CONTESTED
    assert truth(All((Fact("a"), Fact("b"))), world).status is Status.UNKNOWN
    assert truth(All((Fact("a"), Fact("d"))), world).status is Status.FALSE


def test_a_fact_without_a_number_leaves_the_condition_without_one_unless_it_does_not_matter():
    open_fact = {"a": np.nan, "b": 0.4, "c": 0.0, "d": 1.0}
    assert np.isnan(chance(All((Fact("a"), Fact("b"))), open_fact))
    assert chance(All((Fact("a"), Fact("c"))), open_fact) == 0.0
    assert chance(AnyOf((Fact("a"), Fact("d"))), open_fact) == 1.0
    # Whatever a is: (a or d) and (not a or d), with d so.
    tree = All((AnyOf((Fact("a"), Fact("d"))), AnyOf((Not(Fact("a")), Fact("d")))))
    assert chance(tree, open_fact) == 1.0


def test_probability_keeps_draws_apart():
    world = {"a": np.array([0.1, 0.5]), "b": np.array([1.0, 0.5])}
    together = probability(All((Fact("a"), Fact("b"))), lambda leaf: world[leaf.predicate])
    assert together.tolist() == [0.1, 0.25]


def test_plain_data_is_read_as_a_condition():
    raw = {"all": ["a", {"any": ["b", {"not": "c"}]}, {"attacker_in": ["DEU"]}, {"always": True}]}
    assert parse(raw) == All(
        (Fact("a"), AnyOf((Fact("b"), Not(Fact("c")))), Compare("attacker_in", ("DEU",)), Always())
    )


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ({"all": []}, "'all' takes a list of one condition or more, not []"),
        ({"either": ["a"]}, "'either' is no comparison; give one of attacker_in"),
        ({"attackers_at_least": 0}, "'attackers_at_least' takes a whole number of 1 or more, not 0"),
        ({"attackers_at_least": True}, "'attackers_at_least' takes a whole number of 1 or more, not True"),
        ({"attacker_in": "DEU"}, "'attacker_in' takes a list of codes of states, not 'DEU'"),
        ({"always": False}, "'always' is no comparison"),
        ({"all": ["a"], "any": ["b"]}, "is no condition; give a predicate"),
        (3, "3 is no condition; give a predicate"),
    ],
)
def test_what_is_no_condition_is_refused_in_words(raw, line):
    with pytest.raises(ValueError, match=r"no |takes") as caught:
        parse(raw)
    assert line in str(caught.value)


def test_the_case_of_another_clause_is_put_in_for_its_predicate_only():
    case = CaseOf("b", "x.art2", Fact("c"))
    tree = All((Fact("a"), Not(Fact("b"))))
    assert substitute(tree, lambda leaf: case if leaf == Fact("b") else None) == All((Fact("a"), Not(case)))
