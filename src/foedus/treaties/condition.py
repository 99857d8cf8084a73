"""When is a clause's condition met? A small language of conditions, and its three-valued logic.

A condition is data: a fact by its name, a comparison with the event (``attacker_in: [DEU]``), ``all``,
``any``, ``not``, ``always``. `judge` evaluates it in Kleene's strong three-valued logic (Kleene 1952, section
64) where facts are known; `likelihood.probability` evaluates it over draws where facts are believed.

The third value has two causes, which a reader wants told apart: claims about a fact disagree (contested), or
nobody says (unknown). So `judge` carries, beside Kleene's value, the value *at best* and *at worst*: with
every contested fact settled in favour of the condition, or against it, and unknown facts left unknown. A
condition is contested if some account that is on the table would meet it; if none would, it is undetermined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias, get_args

from foedus.terms import Predicate, Status

Comparison = Literal[
    "attacker_in",
    "attacker_not_in",
    "attackers_all_in",
    "attackers_at_least",
    "great_powers_at_least",
    "attacker_in_or_allied_with",
    "attacker_supported_by",
    "victim_in",
    "mobilisation_by",
    "ally_assists",
    "place_in",
    "place_named_in",
    "place_held_by",
    "origin",
    "war_between",
]


@dataclass(frozen=True, slots=True)
class Fact:
    """A declared predicate holds."""

    predicate: Predicate


@dataclass(frozen=True, slots=True)
class Compare:
    """The event compares so with what the clause names: states and groups of states, or a number of them.

    ``attacker_…`` compare who attacks, ``victim_in`` who is attacked, ``mobilisation_by`` who mobilises,
    ``ally_assists`` who helps already, ``war_between`` which two are at war, ``place_in`` where the act falls
    (``place_named_in``: a part of a state counts only if it is named), ``origin`` whether it comes from
    outside the state that suffers it. A word in small letters is a group: ``parties`` (of the treaty on the
    day), ``victim``, or one that `groups.yaml` declares.
    """

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


@dataclass(frozen=True, slots=True)
class Inferred:
    """A fact of which nobody speaks, and which other facts decide or make so (see `inference`)."""

    predicate: Predicate
    part: Condition


Condition: TypeAlias = Fact | Compare | All | AnyOf | Not | Always | CaseOf | Inferred


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

ORIGINS = ("outside", "inside")

# A leaf is a fact or a comparison; what is known and believed of leaves is asked through these.
Leaf: TypeAlias = Fact | Compare
StatusOf: TypeAlias = Callable[[Leaf], Status]


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
        case CaseOf(part=part) | Inferred(part=part):
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
        case Not(part) | CaseOf(part=part) | Inferred(part=part):
            return deciding(part, status_of)
        case Always():
            return ()
        case Fact() | Compare():
            return (condition,)


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every fact and comparison of a tree, as often as it occurs, from left to right."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part) | CaseOf(part=part) | Inferred(part=part):
            yield from leaves(part)
        case Always():
            return
        case Fact() | Compare():
            yield condition


def substitute(condition: Condition, standing_for: Callable[[Fact | Compare], Condition | None]) -> Condition:
    """Put other conditions in the place of facts and comparisons that stand for them."""
    match condition:
        case All(parts):
            return All(tuple(substitute(part, standing_for) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(substitute(part, standing_for) for part in parts))
        case Not(part):
            return Not(substitute(part, standing_for))
        case Fact() | Compare():
            return standing_for(condition) or condition
        case Always() | CaseOf() | Inferred():
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


def plain(condition: Condition) -> Any:
    """A condition as plain data, as `parse` reads it."""
    match condition:
        case Fact(predicate):
            return predicate
        case All(parts):
            return {"all": [plain(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [plain(part) for part in parts]}
        case Not(part):
            return {"not": plain(part)}
        case Always():
            return {"always": True}
        case CaseOf(part=part) | Inferred(part=part):
            return plain(part)
        case Compare("origin", (origin,)):
            return {"origin": origin}
        case Compare(comparison, value):
            return {comparison: list(value) if isinstance(value, tuple) else value}


def _comparison(word: Any, value: Any) -> Compare:
    if word not in get_args(Comparison):
        raise ValueError(f"{word!r} is no comparison; give one of {', '.join(get_args(Comparison))}")
    if word in ("attackers_at_least", "great_powers_at_least"):
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ValueError(f"'{word}' takes a whole number of 1 or more, not {value!r}")
        return Compare(word, value)
    if word == "origin":
        if value not in ORIGINS:
            raise ValueError(f"'{word}' is {' or '.join(ORIGINS)}, not {value!r}")
        return Compare(word, (value,))
    if not isinstance(value, list) or not value or not all(isinstance(code, str) for code in value):
        raise ValueError(f"'{word}' takes a list of codes of states, not {value!r}")
    return Compare(word, tuple(value))
