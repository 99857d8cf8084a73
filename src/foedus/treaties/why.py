"""Why does a reading come out as it does? The condition as a tree that a person can follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.terms import Status
from foedus.treaties.condition import (
    All,
    Always,
    AnyOf,
    CaseOf,
    Compare,
    Condition,
    Fact,
    Inferred,
    Not,
    judge,
)
from foedus.treaties.likelihood import probability
from foedus.treaties.situation import Situation
from foedus.treaties.vocabulary import groups, predicates

_COMPARISONS = {
    "attacker_in": "an attacker is {}",
    "attacker_not_in": "no attacker is {}",
    "attackers_all_in": "every attacker is {}",
    "attackers_at_least": "at least {} states attack",
    "great_powers_at_least": "at least {} great powers outside the treaty attack",
    "attacker_in_or_allied_with": "an attacker is {}, or allied with it",
    "attacker_supported_by": "the attacker is supported by {}",
    "victim_in": "the victim is {}",
    "mobilisation_by": "{} mobilises",
    "ally_assists": "{} helps first",
    "place_in": "the act falls in {}",
    "place_named_in": "the act falls in {}",
    "place_held_by": "the act falls on territory of {}",
    "origin": "the act comes from {}",
    "war_between": "there is war between {}",
}

_DENIALS = {
    "attacker_in": "no attacker is {}",
    "attacker_not_in": "an attacker is {}",
    "attackers_all_in": "not every attacker is {}",
    "attackers_at_least": "fewer than {} states attack",
    "great_powers_at_least": "fewer than {} great powers outside the treaty attack",
    "attacker_in_or_allied_with": "no attacker is {}, or allied with it",
    "attacker_supported_by": "the attacker is not supported by {}",
    "victim_in": "the victim is not {}",
    "mobilisation_by": "there is no mobilisation by {}",
    "ally_assists": "there is no earlier help by {}",
    "place_in": "the act falls outside {}",
    "place_named_in": "the act falls outside {}",
    "place_held_by": "the act falls on no territory of {}",
    "war_between": "there is no war between {}",
}


@dataclass(frozen=True, slots=True)
class Why:
    """A node of the reasoning: what is asked, what is known of it, what is believed, and on what grounds."""

    text: str
    status: Status
    probability: float | None
    children: tuple[Why, ...] = ()
    predicate: str | None = None
    because: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        out: dict[str, Any] = {
            "text": self.text,
            "status": self.status.value,
            "probability": self.probability,
        }
        if self.predicate is not None:
            out["predicate"] = self.predicate
        if self.because:
            out["because"] = list(self.because)
        out["children"] = [child.as_dict() for child in self.children]
        return out

    def turning(self) -> list[tuple[str, Status]]:
        """The facts on which the status turns, by name or in words, each with its own."""
        if not self.children:
            name = self.text if self.predicate is None else self.predicate.replace("_", " ")
            return [(name, self.status)]
        open_ones = (Status.CONTESTED, Status.UNKNOWN)
        same = [
            child
            for child in self.children
            if child.status is self.status or (self.status in open_ones and child.status in open_ones)
        ]
        found = [leaf for child in same or self.children for leaf in child.turning()]
        return list(dict.fromkeys(found))

    def lines(self, depth: int = 0) -> Iterator[str]:
        """The printed form, indented by two spaces for each step down."""
        chance = "" if self.probability is None else f", {self.probability:.0%}"
        yield f"{'  ' * depth}{self.text}: {self.status.value}{chance}"
        for ground in self.because:
            yield f"{'  ' * (depth + 1)}- {ground}"
        for child in self.children:
            yield from child.lines(depth + 1)


def why(condition: Condition, situation: Situation, *, believed: bool = True) -> Why:
    """Tell a condition as a tree of reasons.

    Parameters
    ----------
    condition
        The condition tree.
    situation
        What is known and believed.
    believed
        Whether to give the median probability at each node; left out where a reading rests on assertion.
    """
    children = tuple(why(part, situation, believed=believed) for part in _parts(condition))
    leaf = condition if isinstance(condition, Fact | Compare) else None
    return Why(
        text=_text(condition),
        status=judge(condition, situation.status_of).status,
        probability=_median(condition, situation) if believed else None,
        children=children,
        predicate=condition.predicate if isinstance(condition, Fact | CaseOf | Inferred) else None,
        because=situation.because(leaf) if leaf is not None else (),
    )


def _median(condition: Condition, situation: Situation) -> float | None:
    draws = probability(condition, situation.chance_of)
    return None if np.isnan(draws).any() else float(np.median(draws))


def _parts(condition: Condition) -> tuple[Condition, ...]:
    match condition:
        case All(parts) | AnyOf(parts):
            return parts
        case Not(part) | CaseOf(part=part):
            return (part,)
        case Inferred(part=AnyOf(parts=(ground, Fact(itself)))) if itself == condition.predicate:
            return (ground,)
        case Inferred(part=part):
            return (part,)
        case _:
            return ()


def _text(condition: Condition) -> str:
    match condition:
        case All():
            return "all of these"
        case AnyOf():
            return "any of these"
        case Not():
            return "not"
        case Always():
            return "always: a standing duty"
        case CaseOf(predicate, clause):
            return f"{_meaning(predicate)} ({clause})"
        case Inferred(predicate):
            return f"{_meaning(predicate)} (nobody says; this would make it so)"
        case Fact(predicate):
            return _meaning(predicate)
        case Compare(comparison, value):
            return compared(comparison, value)


def compared(comparison: str, value: tuple[str, ...] | int) -> str:
    """A comparison in words."""
    if value == 1:
        return _COMPARISONS[comparison].format("one").replace("states attack", "state attacks")
    if isinstance(value, int):
        return _COMPARISONS[comparison].format(value)
    named = named_in(value)
    if comparison == "war_between":
        return _COMPARISONS[comparison].format(" and ".join(named))
    return _COMPARISONS[comparison].format(named[0] if len(named) == 1 else f"one of {', '.join(named)}")


def not_compared(comparison: str, value: tuple[str, ...] | int) -> str:
    """The denial of a comparison, in words that need no 'not so' around them."""
    if comparison == "origin":
        return compared(comparison, ("inside" if value == ("outside",) else "outside",))
    if isinstance(value, int):
        if value > 1:
            return _DENIALS[comparison].format(value)
        return _DENIALS[comparison].replace("fewer than {}", "no").replace("states attack", "state attacks")
    named = named_in(value)
    both = comparison in ("place_in", "place_named_in", "war_between")
    if len(named) == 1:
        return _DENIALS[comparison].format(named[0])
    listed = f"{', '.join(named[:-1])} {'and' if both else 'or'} {named[-1]}"
    return _DENIALS[comparison].format(listed)


def named_in(value: tuple[str, ...]) -> list[str]:
    """The states and groups that a comparison names, groups in words."""
    return [_named(word) for word in value]


def _named(word: str) -> str:
    own = {"parties": "a party to the treaty", "victim": "the victim's own territory"}
    return own.get(word) or (groups()[word].one if word in groups() else word)


def _meaning(predicate: str) -> str:
    declared = predicates().get(predicate)
    return declared.definition if declared is not None else predicate


def why_of(condition: Condition, depth: int = 0) -> Iterator[tuple[int, str]]:
    """A condition in words, line by line with its depth, judged by nobody."""
    yield depth, _text(condition)
    for part in _parts(condition):
        yield from why_of(part, depth + 1)
