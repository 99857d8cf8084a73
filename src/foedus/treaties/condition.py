"""When is a clause's condition met? A small language of conditions, judged in two ways.

A condition is data: a fact by its name, a comparison with the event (``attacker_in: [DEU]``), ``all``,
``any``, ``not``, ``always``. `judge` evaluates it in Kleene's strong three-valued logic (Kleene 1952, section
64) where facts are known; `probability` evaluates it over draws where facts are believed.

The third value has two causes, which a reader wants told apart: claims about a fact disagree (contested), or
nobody says (unknown). So `judge` carries, beside Kleene's value, the value *at best* and *at worst*: with
every contested fact settled in favour of the condition, or against it, and unknown facts left unknown. A
condition is contested if some account that is on the table would meet it; if none would, it is undetermined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from foedus.terms import Predicate, Status

Draws: TypeAlias = NDArray[np.float64]
Comparison = Literal["attacker_in", "attacker_not_in", "attackers_at_least", "victim_in", "mobilisation_by"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A declared predicate holds."""

    predicate: Predicate


@dataclass(frozen=True, slots=True)
class Compare:
    """The event compares so with what the clause names: codes of states, or a number of them."""

    comparison: Comparison
    value: tuple[str, ...] | int


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Always:
    """No condition: a standing duty."""


@dataclass(frozen=True, slots=True)
class CaseOf:
    """The case of another clause: a predicate that stands for that clause's own condition."""

    predicate: Predicate
    clause: str
    part: Condition


Condition: TypeAlias = Fact | Compare | All | AnyOf | Not | Always | CaseOf


class Truth(NamedTuple):
    """Kleene's value of a condition (None: the third), and its value at best and at worst."""

    value: bool | None
    at_best: bool | None
    at_worst: bool | None

    @classmethod
    def of(cls, status: Status) -> Truth:
        """The truth of one fact."""
        return _TRUTHS[status]

    @property
    def status(self) -> Status:
        """The one word for it; contested if some account on the table would make it true."""
        if self.value is not None:
            return Status.TRUE if self.value else Status.FALSE
        return Status.CONTESTED if self.at_best is True else Status.UNKNOWN


_TRUTHS = {
    Status.TRUE: Truth(True, True, True),
    Status.FALSE: Truth(False, False, False),
    Status.CONTESTED: Truth(None, True, False),
    Status.UNKNOWN: Truth(None, None, None),
}

# A leaf is a fact or a comparison; what is known and believed of leaves is asked through these.
Leaf: TypeAlias = Fact | Compare
StatusOf: TypeAlias = Callable[[Leaf], Status]
ChanceOf: TypeAlias = Callable[[Leaf], "Draws | float"]


def judge(condition: Condition, status_of: StatusOf) -> Truth:
    """Judge whether a condition holds, in three-valued logic.

    Parameters
    ----------
    condition
        The condition tree.
    status_of
        The status of each fact and comparison.
    """
    match condition:
        case All(parts):
            return _three_ways(all_of, [judge(part, status_of) for part in parts])
        case AnyOf(parts):
            return _three_ways(any_of, [judge(part, status_of) for part in parts])
        case Not(part):
            inner = judge(part, status_of)
            return Truth(negation(inner.value), negation(inner.at_worst), negation(inner.at_best))
        case Always():
            return _TRUTHS[Status.TRUE]
        case CaseOf(part=part):
            return judge(part, status_of)
        case Fact() | Compare():
            return Truth.of(status_of(condition))


def all_of(values: list[bool | None]) -> bool | None:
    """Kleene's conjunction: false decides it, then the third value."""
    return False if False in values else None if None in values else True


def any_of(values: list[bool | None]) -> bool | None:
    """Kleene's disjunction: true decides it, then the third value."""
    return True if True in values else None if None in values else False


def negation(value: bool | None) -> bool | None:
    """Kleene's negation: the third value stays what it is."""
    return None if value is None else not value


def _three_ways(join: Callable[[list[bool | None]], bool | None], parts: list[Truth]) -> Truth:
    return Truth(
        join([part.value for part in parts]),
        join([part.at_best for part in parts]),
        join([part.at_worst for part in parts]),
    )


def deciding(condition: Condition, status_of: StatusOf) -> tuple[Leaf, ...]:
    """Find the facts that decide the value: the false ones of a failed ``all``, the open ones of others."""
    value = judge(condition, status_of).value
    match condition:
        case All(parts) | AnyOf(parts):
            chosen = [part for part in parts if judge(part, status_of).value is value]
            found = [leaf for part in chosen for leaf in deciding(part, status_of)]
            return tuple(dict.fromkeys(found))
        case Not(part) | CaseOf(part=part):
            return deciding(part, status_of)
        case Always():
            return ()
        case Fact() | Compare():
            return (condition,)


def probability(condition: Condition, chance_of: ChanceOf) -> Draws:
    """Give the probability that a condition holds, over draws [probability] (draw,).

    Facts are taken as independent of one another within a tree (assumption: the beliefs are marginal, and
    nothing in them says how facts hang together; an attack and its outside origin surely do). A fact that
    occurs more than once in a tree is the same fact: the tree is expanded over it, so that no fact is
    multiplied with itself.

    Parameters
    ----------
    condition
        The condition tree.
    chance_of
        Draws of the probability of each fact and comparison (draw,), or one number for all draws; NaN where
        nothing is known. The result is NaN where it hangs on such a fact, and a number where it does not.
    """
    counts = Counter(leaves(condition))
    known = {leaf: chance_of(leaf) for leaf in counts}
    repeated = [leaf for leaf, times in counts.items() if times > 1]
    return np.asarray(_expanded(condition, known, repeated), dtype=np.float64)


def _expanded(
    condition: Condition, known: Mapping[Leaf, Draws | float], repeated: list[Leaf]
) -> Draws | float:
    """Total probability over the repeated facts, one after the other."""
    if not repeated:
        return _product(condition, known)
    leaf, *rest = repeated
    chance = known[leaf]
    so = _expanded(condition, {**known, leaf: 1.0}, rest)
    not_so = _expanded(condition, {**known, leaf: 0.0}, rest)
    return np.where(
        np.equal(so, not_so), so, _weighed(chance, so) + _weighed(1.0 - np.asarray(chance), not_so)
    )


def _weighed(weight: Draws | float, chance: Draws | float) -> Draws | float:
    """The product, where 0 times an unknown number is 0."""
    # One number for all draws is the common case in an expanded tree, and needs no pass over the draws.
    for one, other in ((weight, chance), (chance, weight)):
        if isinstance(one, float) and one in (0.0, 1.0):
            return other if one == 1.0 else 0.0
    none = np.equal(weight, 0.0) | np.equal(chance, 0.0)
    return np.where(none, 0.0, np.multiply(weight, chance))


def _product(condition: Condition, known: Mapping[Leaf, Draws | float]) -> Draws | float:
    match condition:
        case All(parts):
            chance: Draws | float = 1.0
            for part in parts:
                chance = _weighed(chance, _product(part, known))
            return chance
        case AnyOf(parts):
            missed: Draws | float = 1.0
            for part in parts:
                missed = _weighed(missed, 1.0 - _product(part, known))
            return 1.0 - missed
        case Not(part):
            return 1.0 - _product(part, known)
        case Always():
            return 1.0
        case CaseOf(part=part):
            return _product(part, known)
        case Fact() | Compare():
            return known[condition]


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every fact and comparison of a tree, as often as it occurs, from left to right."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part) | CaseOf(part=part):
            yield from leaves(part)
        case Always():
            return
        case Fact() | Compare():
            yield condition


def substitute(condition: Condition, standing_for: Callable[[Predicate], CaseOf | None]) -> Condition:
    """Put the conditions of other clauses in the place of the predicates that stand for them."""
    match condition:
        case All(parts):
            return All(tuple(substitute(part, standing_for) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(substitute(part, standing_for) for part in parts))
        case Not(part):
            return Not(substitute(part, standing_for))
        case Fact(predicate):
            return standing_for(predicate) or condition
        case Compare() | Always() | CaseOf():
            return condition


def parse(raw: Any) -> Condition:
    """Read a condition from plain data, as written in a treaty's file.

    Raises
    ------
    ValueError
        The data is no condition; the message says what was found and what fits.
    """
    if isinstance(raw, Condition):
        return raw
    if isinstance(raw, str):
        return Fact(raw)
    if not isinstance(raw, Mapping) or len(raw) != 1:
        raise ValueError(
            f"{raw!r} is no condition; give a predicate, or one of all, any, not, always, or a comparison"
        )
    ((word, value),) = raw.items()
    match word:
        case "all" | "any":
            if not isinstance(value, list) or not value:
                raise ValueError(f"'{word}' takes a list of one condition or more, not {value!r}")
            parts = tuple(parse(part) for part in value)
            return All(parts) if word == "all" else AnyOf(parts)
        case "not":
            return Not(parse(value))
        case "always" if value is True:
            return Always()
    return _comparison(word, value)


def _comparison(word: Any, value: Any) -> Compare:
    if word not in get_args(Comparison):
        raise ValueError(f"{word!r} is no comparison; give one of {', '.join(get_args(Comparison))}")
    if word == "attackers_at_least":
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ValueError(f"'{word}' takes a whole number of 1 or more, not {value!r}")
        return Compare(word, value)
    if not isinstance(value, list) or not value or not all(isinstance(code, str) for code in value):
        raise ValueError(f"'{word}' takes a list of codes of states, not {value!r}")
    return Compare(word, tuple(value))
