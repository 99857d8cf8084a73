"""A condition in a line of words, for a row of an answer."""

from __future__ import annotations

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
)
from foedus.treaties.datasets.codebook import TOGETHER
from foedus.treaties.vocabulary import predicates
from foedus.treaties.why import compared


def in_words(condition: Condition) -> str:
    """The condition in words; parts that belong together stand in brackets."""
    match condition:
        case AnyOf((All(limits), All((AnyOf(_), together)))) if together == TOGETHER:
            coded = ", ".join(in_words(limit) for limit in limits)
            return f"limits coded side by side, all of them or one, the data do not say which: {coded}"
        case All(parts):
            return "; and ".join(_bracketed(part) for part in parts)
        case AnyOf(parts):
            return "; or ".join(_bracketed(part) for part in parts)
        case Not(part):
            return f"not ({in_words(part)})"
        case Always():
            return "always: a standing duty"
        case CaseOf(part=part) | Inferred(part=part):
            return in_words(part)
        case Compare("war_between", ("victim", state)):
            return f"the ally is at war with {state}"
        case Compare(comparison, value):
            return compared(comparison, value)
        case Fact(predicate):
            declared = predicates().get(predicate)
            # What follows a semicolon in a definition is its finer print.
            return predicate.replace("_", " ") if declared is None else declared.definition.partition(";")[0]


def _bracketed(part: Condition) -> str:
    return f"({in_words(part)})" if isinstance(part, All | AnyOf) else in_words(part)
