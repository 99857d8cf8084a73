"""Against whom does a duty run? And what do the cases of other clauses say of a state in question?"""

from __future__ import annotations

from dataclasses import replace

from foedus.terms import Belief, Party, Reading
from foedus.treaties.cascade.world import World, belief_of
from foedus.treaties.catalogue import case_in_force
from foedus.treaties.clause_assessment import ClauseAssessment, assess_clause
from foedus.treaties.condition import Compare, leaves
from foedus.treaties.situation import Situation
from foedus.treaties.treaty import Clause, Treaty
from foedus.treaties.vocabulary import predicates


def foes_of(treaty: Treaty, clause: Clause, world: World, situation: Situation) -> list[Party]:
    """Against whom the duty runs: those who, were they the only ones, would meet the letter by what they do.

    Where it takes several to meet it, as with an attack by two great powers, it runs against them all.
    """
    named = _named_and_acting(clause, situation)
    attacking = (situation.attackers or frozenset()) | named
    acting = attacking | situation.menacing
    if len(acting) < 2:
        return sorted(acting)
    victim = situation.host
    alone = []
    for foe in sorted(acting):
        apart = with_cases(world.with_one_foe(victim, foe, acting), victim)
        # The backing that one attacker has from the others is part of what it does.
        apart = replace(apart, supporting=situation.supporting)
        found = assess_clause(treaty, clause, apart)
        if found.not_applicable is None and found.by_reading["letter"].reading is Reading.MET:
            alone.append(foe)
    return alone or sorted(named or attacking or acting)


def _named_and_acting(clause: Clause, situation: Situation) -> frozenset[Party]:
    acting = {
        "attacker_in": situation.attackers or frozenset(),
        "mobilisation_by": situation.mobilised or frozenset(),
    }
    return frozenset(
        code
        for leaf in leaves(clause.trigger.condition)
        if isinstance(leaf, Compare) and isinstance(leaf.value, tuple) and leaf.comparison in acting
        for code in leaf.value
        if code in acting[leaf.comparison]
    )


def with_cases(world: World, victim: Party) -> Situation:
    """The situation of a state, with the cases of clauses that protect another one."""
    situation = world.situation(victim)
    beliefs = dict(situation.beliefs)
    for name, declared in predicates().items():
        if declared.victim is None or declared.victim == victim or name in beliefs:
            continue
        other = case_in_force(name, world.day)
        if other is None:
            continue
        treaty, clause = other
        found = assess_clause(treaty, clause, world.situation(declared.victim))
        belief = _case_belief(name, found)
        if belief is not None:
            beliefs[name] = belief
    return replace(situation, beliefs=beliefs)


def _case_belief(name: str, found: ClauseAssessment) -> Belief | None:
    reading = found.by_reading["letter"].reading
    told = f"{found.treaty.short_name}, {found.clause.cited}: {reading.value}"
    return belief_of(name, reading, told)
