"""What does a clause say of a situation? By its letter, by its sense, and as the invoking party has it.

- *letter*: the condition as written; external origin is conjoined only where the text requires it.
- *sense*: with what follows from the clause's purpose; external origin is conjoined where it is required or
  implied.
- *self_judged*: the sense, with what the invoking party and the body assert taken as so. It rests on
  assertion, so it has no probability.

Probability of fact and choice of reading are never folded into one number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from foedus.errors import FoedusError
from foedus.terms import Interval, Predicate, Reading, Status
from foedus.treaties.catalogue import case_in_force
from foedus.treaties.condition import (
    All,
    AnyOf,
    CaseOf,
    Compare,
    Condition,
    Fact,
    Not,
    deciding,
    judge,
    leaves,
    substitute,
)
from foedus.treaties.inference import inferred
from foedus.treaties.likelihood import probability
from foedus.treaties.situation import WIDER_READING, Situation
from foedus.treaties.treaty import Clause
from foedus.treaties.vocabulary import predicates
from foedus.treaties.why import Why, why

ReadingName = Literal["letter", "sense", "self_judged"]

READINGS: Mapping[Status, Reading] = {
    Status.TRUE: Reading.MET,
    Status.FALSE: Reading.NOT_MET,
    Status.CONTESTED: Reading.CONTESTED,
    Status.UNKNOWN: Reading.UNDETERMINED,
}
EXTERNAL_ORIGIN = Fact("external_origin")
IN_FORCE = Fact("treaty_in_force")
NO_NUMBER = Interval(None, None, None)


@dataclass(frozen=True, slots=True)
class ClauseReading:
    """One reading of a clause's trigger.

    ``probability`` is that of the facts under this reading (5-50-95 % over draws), without a number where a
    fact that it hangs on has none; ``decided_by`` names the facts on which the reading turns.
    """

    reading: Reading
    probability: Interval
    decided_by: tuple[Predicate, ...] = ()
    why: Why | None = None

    def as_dict(self) -> dict[str, Any]:
        """The JSON form; the tree of why is given apart."""
        return {
            "reading": self.reading.value,
            "probability": self.probability.as_dict(),
            "decided_by": list(self.decided_by),
        }


def read_clause(
    clause: Clause, situation: Situation, *, self_judged: bool
) -> dict[ReadingName, ClauseReading]:
    """Read a clause that applies, by its letter and by its sense, and as alleged where that is asked for."""
    readings: dict[ReadingName, ClauseReading] = {
        "letter": _read(condition_of(clause, situation, "letter"), situation),
        "sense": _read(condition_of(clause, situation, "sense"), situation),
    }
    if self_judged:
        sense = condition_of(clause, situation, "sense")
        asked = frozenset(leaf.predicate for leaf in leaves(sense) if isinstance(leaf, Fact))
        readings["self_judged"] = _read(sense, situation.as_alleged(asked), believed=False)
    return readings


def condition_of(
    clause: Clause, situation: Situation, name: ReadingName, through: tuple[str, ...] = ()
) -> Condition:
    """The condition of a clause under a reading, with the cases of other clauses put in on that day's text.

    Raises
    ------
    FoedusError
        Clauses refer to one another in a circle.
    """
    if clause.id in through:
        raise FoedusError(f"clauses refer to one another in a circle: {' -> '.join((*through, clause.id))}")

    def standing_for(leaf: Fact | Compare) -> Condition | None:
        if isinstance(leaf, Compare) or situation.status_of(leaf) is not Status.UNKNOWN:
            return None
        other = _other_clause(leaf.predicate, situation)
        if other is None:
            return None
        return CaseOf(leaf.predicate, other.id, condition_of(other, situation, name, (*through, clause.id)))

    asked = substitute(_as_read(clause, name), standing_for)
    if IN_FORCE.predicate in situation.beliefs and not through:
        asked = _and(asked, IN_FORCE)
    return inferred(asked, situation, clause.trigger.area)


def _other_clause(predicate: Predicate, situation: Situation) -> Clause | None:
    """The clause for whose case a predicate stands, if it is one for the state in question."""
    declared = predicates().get(predicate)
    if declared is None or declared.victim not in (None, situation.host):
        return None
    found = case_in_force(predicate, situation.day)
    return None if found is None else found[1]


def _as_read(clause: Clause, name: ReadingName) -> Condition:
    """The condition with what the reading adds: origin, what the clause leaves out, what is disputed."""
    trigger = clause.trigger
    condition: Condition = trigger.condition
    if trigger.external_origin == "required" or (trigger.external_origin == "implied" and name != "letter"):
        condition = _and(condition, EXTERNAL_ORIGIN)
    for exception in trigger.exceptions:
        if exception.when is None or exception.reserved_by:
            continue
        if exception.effect == "excludes":
            condition = _and(condition, Not(exception.when))
        elif exception.effect == "disputed" and name != "letter":
            condition = _and(condition, AnyOf((Not(exception.when), Fact(WIDER_READING))))
    return condition


def _and(condition: Condition, further: Condition) -> Condition:
    if isinstance(condition, All):
        return condition if further in condition.parts else All((*condition.parts, further))
    return condition if condition == further else All((condition, further))


def _read(condition: Condition, situation: Situation, *, believed: bool = True) -> ClauseReading:
    truth = judge(condition, situation.status_of)
    turning = deciding(condition, situation.status_of)
    return ClauseReading(
        reading=READINGS[truth.status],
        probability=_interval(condition, situation) if believed else NO_NUMBER,
        decided_by=tuple(leaf.predicate for leaf in turning if isinstance(leaf, Fact)),
        why=why(condition, situation, believed=believed),
    )


def _interval(condition: Condition, situation: Situation) -> Interval:
    import numpy as np

    draws = probability(condition, situation.chance_of)
    return NO_NUMBER if np.isnan(draws).any() else Interval.of(draws)
