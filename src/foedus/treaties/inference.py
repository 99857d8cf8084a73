"""What follows of itself, where nobody speaks of a fact, from who attacks whom, where and when?

`predicates.yaml` declares for some facts what decides them (``means``: an attacker is European if it is one
of the states of Europe) or makes them so (``follows_from``: an armed attack threatens security; no attack
leaves it open whether something else does). What is said of a fact in evidence always goes before what would
follow.
"""

from __future__ import annotations

from foedus.terms import Predicate, Status
from foedus.treaties.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Fact,
    Inferred,
    Not,
    substitute,
)
from foedus.treaties.situation import Situation
from foedus.treaties.treaty import Area
from foedus.treaties.vocabulary import predicates

WITHIN_AREA = "within_area"


def inferred(condition: Condition, situation: Situation, area: Area | None = None) -> Condition:
    """Put in what follows of itself, for each fact of which nobody speaks.

    Parameters
    ----------
    condition
        The condition tree.
    situation
        What is known and believed.
    area
        The area of the clause, which decides whether the act falls within it.
    """
    return _inferred(condition, situation, area, frozenset())


def _inferred(
    condition: Condition, situation: Situation, area: Area | None, through: frozenset[Predicate]
) -> Condition:
    def standing_for(leaf: Fact | Compare) -> Condition | None:
        if isinstance(leaf, Compare) or leaf.predicate in through:
            return None
        if situation.status_of(leaf) is not Status.UNKNOWN:
            return None
        grounds = _grounds(leaf, area)
        if grounds is None:
            return None
        return Inferred(leaf.predicate, _inferred(grounds, situation, area, through | {leaf.predicate}))

    return substitute(condition, standing_for)


def _grounds(leaf: Fact, area: Area | None) -> Condition | None:
    if leaf.predicate == WITHIN_AREA:
        return None if area is None else falls_within(area)
    declared = predicates().get(leaf.predicate)
    if declared is None:
        return None
    if declared.means is not None:
        return declared.means
    if declared.follows_from is not None:
        # Enough, not needed: the fact itself stays beside it, unknown.
        return AnyOf((declared.follows_from, leaf))
    return None


def falls_within(area: Area) -> Condition:
    """The condition that an act falls in an area.

    An act that is said to fall in a state is taken to fall in its main territory: a part of it that the area
    leaves out counts only where it is named.
    """
    parts: list[Condition] = [Compare("place_in", tuple(area.within))]
    if area.held_by:
        parts.append(Compare("place_held_by", tuple(area.held_by)))
    if area.outside:
        parts.append(Not(Compare("place_named_in", tuple(area.outside))))
    return parts[0] if len(parts) == 1 else All(tuple(parts))
