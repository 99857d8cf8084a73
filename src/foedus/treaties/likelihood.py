"""How probable is it that a condition is met? Over draws of belief, exactly, and each fact counted once.

A condition is a Boolean function of its facts. It is put into a decision diagram (Bryant 1986, IEEE
Transactions on Computers C-35: ordered, reduced), in which each fact stands once on every way down; the
probability is then one weighted sum a node, from the bottom up. So a fact that occurs more than once in a
tree is one fact, and one whose value does not matter leaves no trace, known or not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from foedus.treaties.condition import (
    All,
    Always,
    AnyOf,
    CaseOf,
    Compare,
    Condition,
    Fact,
    Inferred,
    Leaf,
    Not,
    leaves,
)

Draws: TypeAlias = NDArray[np.float64]
ChanceOf: TypeAlias = Callable[[Leaf], "Draws | float"]

# Small enough that a block of every node stays in the processor's cache, large enough that the loop is free.
BLOCK = 16_384
NEVER, EVER = 0, 1


class Diagram:
    """A condition as a reduced ordered decision diagram over its open facts.

    Node 0 is 'never', node 1 is 'ever'; every other node asks about one fact and leads to a node if it is so
    and another if not. Nodes stand after those to which they lead.
    """

    def __init__(self, condition: Condition, settled: Mapping[Leaf, bool]) -> None:
        self.order: dict[Leaf, int] = {}
        for leaf in leaves(condition):
            if leaf not in settled:
                self.order.setdefault(leaf, len(self.order))
        self.nodes: list[tuple[Leaf | None, int, int]] = [(None, NEVER, NEVER), (None, EVER, EVER)]
        self._known: dict[tuple[Leaf, int, int], int] = {}
        self._joined: dict[tuple[int, int], int] = {}
        self._settled = settled
        self.root = self._of(condition)

    def _of(self, condition: Condition) -> int:
        match condition:
            case All(parts):
                return self._all([self._of(part) for part in parts])
            case AnyOf(parts):
                # De Morgan: one way of joining serves both.
                return self._not(self._all([self._not(self._of(part)) for part in parts]))
            case Not(part):
                return self._not(self._of(part))
            case CaseOf(part=part) | Inferred(part=part):
                return self._of(part)
            case Always():
                return EVER
            case Fact() | Compare():
                if condition in self._settled:
                    return EVER if self._settled[condition] else NEVER
                return self._node(condition, EVER, NEVER)

    def _node(self, leaf: Leaf, so: int, not_so: int) -> int:
        if so == not_so:
            return so
        key = (leaf, so, not_so)
        if key not in self._known:
            self.nodes.append(key)
            self._known[key] = len(self.nodes) - 1
        return self._known[key]

    def _not(self, node: int) -> int:
        leaf, so, not_so = self.nodes[node]
        if leaf is None:
            return EVER if node == NEVER else NEVER
        return self._node(leaf, self._not(so), self._not(not_so))

    def _all(self, nodes: list[int]) -> int:
        joined = EVER
        for node in nodes:
            joined = self._and(joined, node)
        return joined

    def _and(self, one: int, other: int) -> int:
        if NEVER in (one, other):
            return NEVER
        if one in (EVER, other):
            return other
        if other == EVER:
            return one
        key = (min(one, other), max(one, other))
        if key not in self._joined:
            self._joined[key] = self._and_apart(one, other)
        return self._joined[key]

    def _and_apart(self, one: int, other: int) -> int:
        first, second = self.nodes[one], self.nodes[other]
        assert first[0] is not None
        assert second[0] is not None
        places = self.order[first[0]], self.order[second[0]]
        leaf = first[0] if places[0] <= places[1] else second[0]
        one_so, one_not = (first[1], first[2]) if first[0] == leaf else (one, one)
        other_so, other_not = (second[1], second[2]) if second[0] == leaf else (other, other)
        return self._node(leaf, self._and(one_so, other_so), self._and(one_not, other_not))

    def reached(self) -> list[int]:
        """The nodes on some way down from the root, lowest first."""
        seen: set[int] = set()
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                leaf, so, not_so = self.nodes[node]
                if leaf is not None:
                    waiting += [so, not_so]
        # A node is made after those to which it leads, so its number is above theirs.
        return sorted(seen)


def probability(condition: Condition, chance_of: ChanceOf) -> Draws:
    """Give the probability that a condition holds, over draws [probability] (draw,).

    Facts are taken as independent of one another within a tree (assumption: the beliefs are marginal, and
    nothing in them says how facts hang together; an attack and its outside origin surely do). A fact that
    occurs more than once in a tree is the same fact, and is counted once.

    Parameters
    ----------
    condition
        The condition tree.
    chance_of
        Draws of the probability of each fact and comparison (draw,), or one number for all draws; NaN where
        nothing is known. The result is NaN where it hangs on such a fact, and a number where it does not.
    """
    known = {leaf: chance_of(leaf) for leaf in dict.fromkeys(leaves(condition))}
    settled = {
        leaf: chance == 1.0 for leaf, chance in known.items() if np.ndim(chance) == 0 and chance in (0.0, 1.0)
    }
    diagram = Diagram(condition, settled)
    nodes = diagram.reached()
    if len(nodes) == 1:
        return np.asarray(float(diagram.root == EVER))
    draws = {
        leaf: np.asarray(known[leaf], dtype=np.float64)
        for node in nodes
        if (leaf := diagram.nodes[node][0]) is not None
    }
    size = max((chance.size for chance in draws.values()), default=1)
    if all(chance.ndim == 0 for chance in draws.values()):
        return _weighed(diagram, nodes, draws)
    out = np.empty(size)
    for start in range(0, size, BLOCK):
        block = slice(start, start + BLOCK)
        part = {leaf: chance[block] if chance.ndim else chance for leaf, chance in draws.items()}
        out[block] = _weighed(diagram, nodes, part)
    return out


def _weighed(diagram: Diagram, nodes: list[int], chance: Mapping[Leaf, Draws]) -> Draws:
    """The weighted sum at each node, from the bottom up: not so + chance (so - not so)."""
    value: dict[int, Draws | float] = {NEVER: 0.0, EVER: 1.0}
    for node in nodes:
        leaf, so, not_so = diagram.nodes[node]
        if leaf is None:
            continue
        p = chance[leaf]
        if so == EVER and not_so == NEVER:
            value[node] = p
        elif not_so == NEVER:
            value[node] = _share(p, value[so])
        elif so == NEVER:
            value[node] = _share(1.0 - p, value[not_so])
        elif so == EVER:
            value[node] = 1.0 - _share(1.0 - p, 1.0 - np.asarray(value[not_so]))
        elif not_so == EVER:
            value[node] = 1.0 - _share(p, 1.0 - np.asarray(value[so]))
        else:
            value[node] = _share(p, value[so]) + _share(1.0 - p, value[not_so])
    return np.asarray(value[diagram.root], dtype=np.float64)


def _share(weight: Draws, value: Draws | float) -> Draws:
    """The product, where 0 times an unknown number is 0."""
    product = np.multiply(weight, value)
    # One look at the sum tells whether any number is unknown: that is rare, and a mask is not free.
    if np.isnan(np.sum(product)):
        product = np.where(np.equal(weight, 0.0) | np.equal(value, 0.0), 0.0, product)
    return product
