"""What would still have to be so for a clause to be met? The open rest of a condition, and in words."""

from __future__ import annotations

from collections.abc import Mapping

from foedus.terms import Party, Predicate, Status
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
    StatusOf,
    judge,
)
from foedus.treaties.vocabulary import predicates
from foedus.treaties.why import compared, named_in


def remainder(condition: Condition, status_of: StatusOf) -> Condition | None:
    """Take out of a condition what is settled: what is left would have to be so. None where it cannot be."""
    value = judge(condition, status_of).value
    if value is True:
        return Always()
    if value is False:
        return None
    match condition:
        case All(parts):
            left = [remainder(part, status_of) for part in parts]
            open_ones = tuple(part for part in left if part is not None and not isinstance(part, Always))
            return open_ones[0] if len(open_ones) == 1 else All(open_ones)
        case AnyOf(parts):
            ways = tuple(dict.fromkeys(w for part in parts if (w := remainder(part, status_of)) is not None))
            return ways[0] if len(ways) == 1 else AnyOf(ways)
        case Not(Not(part)):
            return remainder(part, status_of)
        case Inferred(predicate=predicate):
            return Fact(predicate)
        case CaseOf(predicate=predicate):
            return Fact(predicate)
        case _:
            return condition


def in_words(condition: Condition, victim: Party, own: Mapping[Predicate, str] | None = None) -> str:
    """Say a condition in words about a victim: 'RUS attacks AUH and AUH did not provoke it'.

    Parameters
    ----------
    condition
        The condition, or what is left of it.
    victim
        The state in question.
    own
        Words of the caller's own for some facts.
    """
    own = own or {}
    match condition:
        case All(parts):
            return _conjoined(parts, victim, own)
        case AnyOf(parts):
            ways = list(dict.fromkeys(in_words(part, victim, own) for part in parts))
            return " or ".join(ways)
        case Not(part):
            return f"it is not so that {in_words(part, victim, own)}"
        case Always():
            return "nothing more"
        case CaseOf(part=part) | Inferred(part=part):
            return in_words(part, victim, own)
        case Fact() | Compare():
            return _leaf(condition, victim, own)


def _conjoined(parts: tuple[Condition, ...], victim: Party, own: Mapping[Predicate, str]) -> str:
    """Join parts by 'and'; an attack and its attacker make one phrase, which says where it comes from."""
    rest = list(parts)
    told: list[str] = []
    attack = Fact("armed_attack")
    named = [p for p in rest if isinstance(p, Compare) and p.comparison == "attacker_in"]
    if attack in rest and attack.predicate not in own and len(named) == 1:
        states = named[0].value if isinstance(named[0].value, tuple) else ()
        told.append(f"{' or '.join(states)} attacks {victim}")
        rest = [part for part in rest if part not in (attack, named[0])]
    if attack in parts or named:
        rest = [part for part in rest if part != Fact("external_origin")]
    for part in rest:
        text = in_words(part, victim, own)
        told.append(f"({text})" if isinstance(part, AnyOf) else text)
    return " and ".join(dict.fromkeys(told))


_TOLD = {
    "armed_attack": "{} is attacked",
    "aggression": "{} suffers aggression",
    "external_origin": "the act against {} comes from outside",
    "unprovoked": "{} did not provoke it",
    "requested_by_victim": "{} asks for help",
    "threat_of_attack": "{} is threatened with attack",
    "within_area": "it falls in the area of the clause",
    "body_decision": "the body decides so",
    "wider_reading_accepted": "the wider reading of the clause is accepted",
    "aggressive_action": "{} suffers a hostile act short of attack",
    "neutrality_violation": "the neutrality of {} is violated",
    "at_war": "{} is at war",
    "at_war_with_third_power": "{} is at war with a power outside the treaty",
    "attackers_are_great_powers": "they are great powers outside the treaty",
    "in_state_of_war": "the attack puts {} in a state of war",
    "threat_to_security": "security is threatened",
    "threat_to_stability": "stability is threatened",
    "internal_disorder": "there is riot or unrest",
    "internal_conflict": "there is armed conflict inside {}",
    "terrorist_attack": "terrorists attack",
    "external_aggression": "{} suffers aggression from outside",
    "treaty_in_force": "the treaty is held to be in force",
}


def _leaf(leaf: Leaf, victim: Party, own: Mapping[Predicate, str]) -> str:
    if isinstance(leaf, Compare):
        return compared(leaf.comparison, leaf.value)
    if leaf.predicate in own:
        return own[leaf.predicate]
    if leaf.predicate in _TOLD:
        return _TOLD[leaf.predicate].format(victim)
    declared = predicates().get(leaf.predicate)
    return declared.definition if declared is not None else leaf.predicate.replace("_", " ")


def failing(condition: Condition, status_of: StatusOf, victim: Party) -> str:
    """Say what fails in a condition that is not met."""
    match condition:
        case All(parts):
            false = [part for part in parts if judge(part, status_of).status is Status.FALSE]
            return "; ".join(dict.fromkeys(failing(part, status_of, victim) for part in false))
        case AnyOf(parts):
            told = list(dict.fromkeys(failing(part, status_of, victim) for part in parts))
            return ", and ".join(told)
        case CaseOf(part=part) | Inferred(part=part):
            return failing(part, status_of, victim)
        case Not(part):
            return in_words(part, victim)
        case Compare():
            return _denied(condition, victim)
        case _:
            return f"not so: {in_words(condition, victim)}"


def _denied(leaf: Compare, victim: Party) -> str:
    named = " or ".join(named_in(leaf.value)) if isinstance(leaf.value, tuple) else str(leaf.value)
    match leaf.comparison:
        case "attacker_in" | "attacker_in_or_allied_with":
            return f"the attacker is not {named}"
        case "attackers_all_in":
            return f"not every attacker is {named}"
        case "attackers_at_least":
            return f"fewer than {named} states attack {victim}"
        case "great_powers_at_least":
            return f"fewer than {named} great powers outside the treaty attack {victim}"
        case "attacker_supported_by":
            return f"{named} does not support an attack on {victim}"
        case "mobilisation_by":
            return f"no mobilisation by {named}"
        case _:
            return f"not so: {in_words(leaf, victim)}"
