"""Probability over draws by the decision diagram: exact, whole or in blocks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.treaties.condition import All, Always, AnyOf, CaseOf, Fact, Inferred, Not
from foedus.treaties.likelihood import BLOCK, Diagram, probability

NAMES = ("a", "b", "c", "d", "e")
trees = st.recursive(
    st.sampled_from(NAMES).map(Fact) | st.just(Always()),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
        | inner.map(Not)
        | inner.map(lambda part: CaseOf("case", "x.art1", part))
        | inner.map(lambda part: Inferred("told", part))
    ),
    max_leaves=10,
)
numbers = st.floats(0.0, 1.0)
worlds = st.fixed_dictionaries(dict.fromkeys(NAMES, numbers))


def chance(tree, world):
    return probability(tree, lambda leaf: world[leaf.predicate])


@settings(deadline=None)
@given(trees, worlds)
def test_one_number_for_all_draws_and_the_same_number_draw_by_draw_agree(tree, world):
    drawn = {name: np.full(3, number) for name, number in world.items()}
    whole, by_draw = (np.broadcast_to(chance(tree, held), 3) for held in (world, drawn))
    np.testing.assert_allclose(whole, by_draw, atol=1e-15)  # what 1 - (1 - x) rounds away


@settings(deadline=None)
@given(trees, worlds)
def test_a_condition_and_its_negation_share_out_the_whole(tree, world):
    assert float(chance(tree, world)) + float(chance(Not(tree), world)) == pytest.approx(1.0)


@settings(deadline=None)
@given(trees, trees, worlds)
def test_probability_is_additive(one, other, world):
    both, either = float(chance(All((one, other)), world)), float(chance(AnyOf((one, other)), world))
    assert both + either == pytest.approx(float(chance(one, world)) + float(chance(other, world)))


@settings(deadline=None)
@given(trees, worlds, st.sampled_from(NAMES), numbers)
def test_a_fact_that_does_not_matter_may_be_unknown(tree, world, name, number):
    before, after = chance(tree, world), chance(tree, {**world, name: number})
    unknown = chance(tree, {**world, name: np.nan})
    matters = any(leaf == Fact(name) for leaf, _, _ in Diagram(tree, {}).nodes if leaf is not None)
    if not matters:
        assert before == after == unknown


def test_blocks_give_what_the_whole_gives():
    rng = np.random.default_rng(5)
    size = 2 * BLOCK + 17
    drawn = {name: rng.uniform(size=size) for name in NAMES}
    tree = AnyOf((All((Fact("a"), Fact("b"))), All((Not(Fact("a")), Fact("c"))), Fact("d")))
    whole = chance(tree, drawn)
    a, b, c, d = (drawn[name] for name in "abcd")
    np.testing.assert_allclose(whole, 1 - (1 - d) * (1 - a * b - (1 - a) * c))
    assert whole.shape == (size,)


def test_nought_times_unknown_is_nought_in_each_draw():
    drawn = {"a": np.array([0.0, 0.5, 1.0]), "b": np.nan}
    assert chance(All((Fact("a"), Fact("b"))), drawn).tolist()[0] == 0.0
    assert np.isnan(chance(All((Fact("a"), Fact("b"))), drawn)[1:]).all()


def test_a_tree_that_repeats_a_fact_has_one_node_for_it():
    tree = All(tuple(AnyOf((Fact("a"), Fact(name))) for name in "bcde"))
    asked = [leaf for leaf, _, _ in (Diagram(tree, {}).nodes[node] for node in Diagram(tree, {}).reached())]
    assert asked.count(Fact("a")) == 1
