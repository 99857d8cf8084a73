"""Why does a reading come out as it does? The condition as a tree that a person can follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.terms import Status
from foedus.treaties.catalogue import predicates
from foedus.treaties.condition import (
    All,
    Always,
    AnyOf,
    CaseOf,
    Compare,
    Condition,
    Fact,
    Not,
    judge,
    probability,
)
from foedus.treaties.situation import Situation

_COMPARISONS = {
    "attacker_in": "the attacker is one of {}",
    "attacker_not_in": "the attacker is none of {}",
    "attackers_at_least": "the attackers are at least {}",
    "victim_in": "the victim is one of {}",
    "mobilisation_by": "one of {} mobilises",
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
        predicate=condition.predicate if isinstance(condition, Fact | CaseOf) else None,
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
        case Fact(predicate):
            return _meaning(predicate)
        case Compare(comparison, value):
            named = ", ".join(value) if isinstance(value, tuple) else str(value)
            return _COMPARISONS[comparison].format(named)


def _meaning(predicate: str) -> str:
    declared = predicates().get(predicate)
    return declared.definition if declared is not None else predicate
