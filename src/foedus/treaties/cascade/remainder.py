"""What would still have to be so for a clause to be met? The open rest of a condition, and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
from foedus.treaties.why import compared, named_in, not_compared


def remainder(condition: Condition, status_of: StatusOf) -> Condition | None:
    """Take out of a condition what is settled: what is left would have to be so. None where it cannot be.

    Negation is pushed inward, so that of 'not (A and not B)' with A known only B is left.
    """
    value = judge(condition, status_of).value
    if value is True:
        return Always()
    if value is False:
        return None
    match condition:
        case All(parts):
            left = [remainder(part, status_of) for part in parts]
            return _joined(All, [one for one in left if one is not None and not isinstance(one, Always)])
        case AnyOf(parts):
            ways = [remainder(part, status_of) for part in parts]
            return _joined(AnyOf, [one for one in ways if one is not None])
        case Not(All() | AnyOf() | Not() as part):
            return remainder(_denial(part), status_of)
        case Not(CaseOf(predicate=predicate) | Inferred(predicate=predicate)):
            return Not(Fact(predicate))
        case CaseOf(predicate=predicate) | Inferred(predicate=predicate):
            return Fact(predicate)
        case _:
            return condition


def _denial(condition: All | AnyOf | Not) -> Condition:
    """The negation of a compound, by De Morgan's laws and that of double negation."""
    match condition:
        case All(parts):
            return AnyOf(tuple(Not(part) for part in parts))
        case AnyOf(parts):
            return All(tuple(Not(part) for part in parts))
        case Not(part):
            return part


def _joined(kind: type[All] | type[AnyOf], parts: Iterable[Condition]) -> Condition:
    """Parts under one 'all' or 'any': each once, those of the same kind in line, one alone by itself."""
    flat: list[Condition] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else (part,)
    once = tuple(dict.fromkeys(flat))
    return once[0] if len(once) == 1 else kind(once)


def _plain(condition: Condition) -> Condition:
    """The condition as it is told: negation at the leaves only, and what stands for another put in."""
    match condition:
        case All(parts):
            asked = [one for part in parts if not isinstance(one := _plain(part), Always)]
            return _joined(All, asked) if asked else Always()
        case AnyOf(parts):
            ways = [_plain(part) for part in parts]
            return Always() if any(isinstance(way, Always) for way in ways) else _joined(AnyOf, ways)
        case Not(All() | AnyOf() | Not() as part):
            return _plain(_denial(part))
        case Not(CaseOf(part=part) | Inferred(part=part)):
            return _plain(Not(part))
        case CaseOf(part=part) | Inferred(part=part):
            return _plain(part)
        case _:
            return condition


def in_words(condition: Condition, victim: Party, own: Mapping[Predicate, str] | None = None) -> str:
    """Say a condition in words about a victim: 'RUS attacks AUH and AUH did not provoke it'.

    Where nothing is left, the facts meet the clause, and only the treaty itself can be in doubt.

    Parameters
    ----------
    condition
        The condition, or what is left of it.
    victim
        The state in question.
    own
        Words of the caller's own for some facts.
    """
    return _told(_plain(condition), victim, own or {})


def _told(condition: Condition, victim: Party, own: Mapping[Predicate, str]) -> str:
    match condition:
        case All(parts):
            return " and ".join(_conjoined(parts, victim, own))
        case AnyOf(parts):
            return " or ".join(dict.fromkeys(_way(part, victim, own) for part in parts))
        case Not(Fact() | Compare() as leaf):
            return _leaf_denied(leaf, victim, own)
        case Fact() | Compare():
            return _leaf(condition, victim, own)
        case Not():
            return "the clause cannot be met"
        case _:
            return "the treaty is held to be in force between them"


def _way(part: Condition, victim: Party, own: Mapping[Predicate, str]) -> str:
    """One of several ways; in brackets where it says more than one thing."""
    if isinstance(part, All):
        told = _conjoined(part.parts, victim, own)
        return f"({' and '.join(told)})" if len(told) > 1 else told[0]
    return _told(part, victim, own)


def _conjoined(parts: tuple[Condition, ...], victim: Party, own: Mapping[Predicate, str]) -> list[str]:
    """Each part in words; an attack and its attacker make one phrase, which says where it comes from."""
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
        text = _told(part, victim, own)
        told.append(f"({text})" if isinstance(part, AnyOf) and " or " in text else text)
    return list(dict.fromkeys(told))


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
    "own_declaration_of_war": "{} opened the war itself",
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


_DENIED = {
    "armed_attack": "{} is not attacked",
    "aggression": "{} suffers no aggression",
    "external_origin": "the act against {} comes from inside",
    "unprovoked": "{} provoked it",
    "requested_by_victim": "{} does not ask for help",
    "threat_of_attack": "{} is not threatened with attack",
    "within_area": "it falls outside the area of the clause",
    "body_decision": "the body does not decide so",
    "wider_reading_accepted": "the wider reading of the clause is not accepted",
    "neutrality_violation": "the neutrality of {} is not violated",
    "at_war": "{} is not at war",
    "at_war_with_third_power": "{} is not at war with a power outside the treaty",
    "own_declaration_of_war": "{} did not open the war itself",
    "attacker_is_communist": "the attacker is no communist power",
    "security_council_has_acted": "the UN Security Council has not yet restored peace",
    "treaty_in_force": "the treaty is held not to be in force",
}


def _leaf_denied(leaf: Leaf, victim: Party, own: Mapping[Predicate, str]) -> str:
    if isinstance(leaf, Compare):
        return not_compared(leaf.comparison, leaf.value)
    if leaf.predicate in _DENIED and leaf.predicate not in own:
        return _DENIED[leaf.predicate].format(victim)
    return f"it is not so that {_leaf(leaf, victim, own)}"


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
        case Not(All() | AnyOf() | Not() as part):
            return failing(_denial(part), status_of, victim)
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
