"""In a world of hostilities, who is bound to help whom, who would be, and who is not?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from foedus.terms import Party, Reading, Status
from foedus.treaties.cascade.against import foes_of, with_cases
from foedus.treaties.cascade.remainder import failing, in_words, remainder
from foedus.treaties.cascade.world import World
from foedus.treaties.catalogue import catalogue
from foedus.treaties.clause_assessment import (
    ClauseAssessment,
    as_reserved,
    assess_clause,
    open_to,
)
from foedus.treaties.condition import Always, Fact, leaves
from foedus.treaties.reading import condition_of
from foedus.treaties.record.read import overall
from foedus.treaties.situation import Situation
from foedus.treaties.treaty import Clause, Treaty
from foedus.treaties.vocabulary import members

Sort = Literal["help", "body", "consult", "neutral", "may", "other"]
SORTS: Mapping[str, Sort] = {
    "must_use_force": "help",
    "must_assist_all_means": "help",
    "must_assist_including_force": "help",
    "must_assist_means_deemed_necessary": "help",
    "must_act_constitutional": "help",
    "must_mobilise": "help",
    "must_assist_nonmilitary": "help",
    "body_decides_measures": "body",
    "must_consult": "consult",
    "must_stay_neutral": "neutral",
    "may_intervene": "may",
    "may_assist": "may",
    "diplomatic_support": "may",
}
ATTACK = Fact("armed_attack")
SET_ASIDE = ("non_aggression", "definition")
# What the world settles of a state that could yet be attacked by somebody else.
OPEN_TO_CHANGE = (
    "armed_attack",
    "aggression",
    "threat_of_attack",
    "unprovoked",
    "at_war",
    "own_declaration_of_war",
)


@dataclass(frozen=True)
class Duty:
    """A party is bound towards a state in trouble, by a clause whose letter is met.

    ``step`` counts from the attack; ``reading`` is 'contested' where the sense parts from the letter.
    """

    party: Party
    towards: Party
    against: Party
    treaty: Treaty
    clause: Clause
    letter: Reading
    sense: Reading
    step: int
    day: date
    assessment: ClauseAssessment

    @property
    def sort(self) -> Sort:
        """To help, to do what a body decides, to talk, to stand aside; or a liberty."""
        return SORTS.get(self.clause.obligation.strength, "other")

    @property
    def automatic(self) -> bool:
        """Whether the duty arises at once, and is one to come with forces."""
        strong = ("must_use_force", "must_assist_all_means", "must_assist_including_force")
        return self.clause.decision.rule == "automatic" and self.clause.obligation.strength in strong

    @property
    def judgement_left(self) -> bool:
        """Whether the party or a body still has to judge what is due, or whether it is."""
        chosen = ("must_assist_means_deemed_necessary", "must_act_constitutional")
        return self.clause.decision.rule != "automatic" or self.clause.obligation.strength in chosen

    @property
    def out_of_use(self) -> bool:
        """Whether the treaty never ended and yet has long been out of use."""
        return self.treaty.dormant_on(self.day)

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it the same duty at a later step."""
        return (self.party, self.towards, self.against, self.clause.id)

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        decision = self.clause.decision
        return {
            "party": self.party,
            "towards": self.towards,
            "against": self.against,
            "treaty": self.treaty.id,
            "clause": self.clause.id,
            "article": self.clause.article,
            "reading": overall(self.letter, self.sense).value,
            "letter": self.letter.value,
            "sense": self.sense.value,
            "step": self.step,
            "duty": self.clause.obligation.words,
            "strength": self.clause.obligation.strength,
            "decided_by": decision.body or decision.rule.replace("_", " "),
            "judgement_left": self.judgement_left,
            "out_of_use": self.out_of_use,
            "mind": list(self.mind),
        }

    @property
    def mind(self) -> tuple[str, ...]:
        """What the text adds that no machine decides: exceptions that are noted, a treaty that is dormant."""
        noted = [left.text for left in self.clause.trigger.exceptions if left.effect == "noted"]
        return (*_dormant(self.treaty, self.day), *noted)


def _dormant(treaty: Treaty, day: date) -> list[str]:
    since = treaty.dormant_since
    return [f"never ended, but out of use since {since}"] if treaty.dormant_on(day) else []


@dataclass(frozen=True)
class Conditional:
    """A party would be bound if something more were so."""

    party: Party
    towards: Party
    if_: str
    treaty: Treaty
    clause: Clause
    day: date

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "party": self.party,
            "towards": self.towards,
            "if": self.if_,
            "treaty": self.treaty.id,
            "clause": self.clause.id,
            "duty": self.clause.obligation.words,
            "mind": _dormant(self.treaty, self.day),
        }


@dataclass(frozen=True)
class Unbound:
    """A party is not bound towards a state in trouble: by the treaty it has with it, or for want of one."""

    party: Party
    towards: Party
    treaty: Treaty | None
    why: str

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "party": self.party,
            "towards": self.towards,
            "treaty": None if self.treaty is None else self.treaty.id,
            "why": self.why,
        }


@dataclass(frozen=True)
class Findings:
    """Everything that the treaties in force say of a world."""

    duties: tuple[Duty, ...]
    conditionals: tuple[Conditional, ...]
    unbound: tuple[Unbound, ...]


def duties_in(world: World, step: int) -> Findings:
    """Read every treaty in force on the day for every state in the hostilities.

    Parameters
    ----------
    world
        Who attacks whom, and what else is given.
    step
        The number that new duties get.
    """
    duties: list[Duty] = []
    conditionals: list[Conditional] = []
    unbound: list[Unbound] = []
    for victim in world.states:
        situation = with_cases(world, victim)
        enemies = world.enemies(victim)
        attackers = world.attackers_of(victim, "attack")
        for treaty in _protecting(victim, world):
            helping: dict[Party, list[str]] = {}
            bound: set[Party] = set()
            for clause in treaty.clauses_on(world.day):
                if clause.type in SET_ASIDE or isinstance(clause.trigger.condition, Always):
                    continue
                found = assess_clause(treaty, clause, situation)
                if found.not_applicable is not None:
                    continue
                sort = SORTS.get(clause.obligation.strength, "other")
                if sort == "help":
                    turned = set(clause.addressed(treaty.parties_on(world.day), victim)) - set(found.bound)
                    for party in turned & attackers:
                        helping[party] = [f"{party} is itself the attacker"]
                for party in found.bound:
                    letter = found.reading_for(party, "letter").reading
                    sense = _sense(found, treaty, party, world.day)
                    if letter is Reading.MET and party not in enemies:
                        bound |= {party} if sort == "help" else set()
                        if sort == "consult" and _only_attacks(world, victim):
                            continue
                        towards = clause.owed_to or _towards(party, victim, found.bound)
                        duties += [
                            Duty(party, towards, foe, treaty, clause, letter, sense, step, world.day, found)
                            for foe in foes_of(treaty, clause, world, situation)
                            if foe != party and not world.joined(victim, foe, for_=party)
                        ]
                        continue
                    if sort != "help":
                        continue
                    own = as_reserved(clause, party)
                    told = _would_be(own, situation, treaty, letter)
                    if told is not None and party not in enemies:
                        owed = clause.owed_to or _towards(party, victim, found.bound)
                        conditionals.append(Conditional(party, owed, told, treaty, clause, world.day))
                    why = _why_not(own, situation, treaty, letter)
                    helping.setdefault(party, []).append(f"{clause.cited}: {why}")
            unbound += [
                Unbound(party, victim, treaty, "; ".join(dict.fromkeys(reasons)))
                for party, reasons in helping.items()
                if party not in bound and party != victim
            ]
    unbound += _without_a_treaty(world)
    once = {duty.key: duty for duty in reversed(duties)}
    return Findings(tuple(reversed(once.values())), tuple(conditionals), tuple(unbound))


def _sense(found: ClauseAssessment, treaty: Treaty, party: Party, day: date) -> Reading:
    """The sense of a clause for a party; that a treaty long out of use still binds is contested."""
    sense = found.reading_for(party, "sense").reading
    return Reading.CONTESTED if sense is Reading.MET and treaty.dormant_on(day) else sense


def _towards(party: Party, victim: Party, bound: tuple[Party, ...]) -> Party:
    """To whom a duty is owed: the state in trouble; a duty of its own, to the first of the others."""
    return victim if party != victim else next((other for other in bound if other != party), victim)


def _protecting(victim: Party, world: World) -> Iterator[Treaty]:
    """The treaties in force on the day that could protect a state."""
    for treaty in catalogue().values():
        if open_to(treaty, victim, world.day):
            yield treaty


def _only_attacks(world: World, state: Party) -> bool:
    """Whether a state is in it by its own attack alone: the talks are then about those whom it attacked."""
    return (
        state not in world.attacked
        and not world.threatened.get(state)
        and any(a.by == state and a.kind == "attack" for a in world.attacks)
    )


def _would_be(clause: Clause, situation: Situation, treaty: Treaty, letter: Reading) -> str | None:
    """What would have to be so for the clause to be met; None where nothing could make it so."""
    situation = replace(situation, parties=frozenset(treaty.parties_on(situation.day)))
    if letter is Reading.NOT_MET:
        # Another attack could yet come: what the world says of attacks on this state is set aside.
        beliefs = {fact: held for fact, held in situation.beliefs.items() if fact not in OPEN_TO_CHANGE}
        situation = replace(
            situation, beliefs=beliefs, attackers=None, supporting=None, mobilised=None, menacing=frozenset()
        )
    left = remainder(condition_of(clause, situation, "letter"), situation.status_of)
    if left is None or isinstance(left, Always):
        return None
    return in_words(left, situation.host, _own_words(situation))


def _why_not(clause: Clause, situation: Situation, treaty: Treaty, letter: Reading) -> str:
    """Why a clause does not bind as things stand."""
    situation = replace(situation, parties=frozenset(treaty.parties_on(situation.day)))
    condition = condition_of(clause, situation, "letter")
    if letter is not Reading.NOT_MET:
        left = remainder(condition, situation.status_of)
        if left is None or isinstance(left, Always):
            return f"{letter.value}: by the readings of its words that the parties or the text leave open"
        return f"{letter.value}: it would take that {in_words(left, situation.host, _own_words(situation))}"
    attack = situation.beliefs["armed_attack"]
    if attack.status is Status.FALSE and ATTACK in leaves(condition):
        return "; ".join(attack.why)
    return failing(condition, situation.status_of, situation.host)


def _own_words(situation: Situation) -> dict[str, str]:
    """What a contested attack comes down to in this world."""
    held = situation.beliefs.get("armed_attack")
    if held is None or held.status is not Status.CONTESTED:
        return {}
    foes = ", ".join(sorted(situation.attackers or frozenset()))
    return {"armed_attack": f"what {foes} does counts as an attack on {situation.host}"}


def unbound_by_own_treaties(world: World, party: Party) -> Iterator[Unbound]:
    """Why the treaties by which a party would have to help somebody do not bind it now."""
    for treaty in catalogue().values():
        parties = treaty.parties_on(world.day)
        if party not in parties:
            continue
        for friend in parties:
            reasons: list[str] = []
            for clause in treaty.clauses_on(world.day):
                if not _helps(clause) or party not in clause.addressed(parties, friend) or party == friend:
                    continue
                situation = with_cases(world, friend)
                found = assess_clause(treaty, clause, situation)
                if found.not_applicable is not None or party not in found.bound:
                    continue
                letter = found.reading_for(party, "letter").reading
                if letter is Reading.MET:
                    reasons.clear()
                    break
                reasons.append(
                    f"{clause.cited}: {_why_not(as_reserved(clause, party), situation, treaty, letter)}"
                )
            if reasons:
                yield Unbound(party, friend, treaty, "; ".join(reasons))


def promises(one: Party, other: Party, day: date) -> list[str]:
    """The treaties in force on a day by which one state would have to help another in some case."""
    found = []
    for treaty in catalogue().values():
        parties = treaty.parties_on(day)
        if one in parties and any(
            _helps(clause) and one in clause.addressed(parties, other)
            for clause in open_to(treaty, other, day)
        ):
            found.append(treaty.short_name)
    return found


def _helps(clause: Clause) -> bool:
    return (
        SORTS.get(clause.obligation.strength) == "help"
        and clause.type not in SET_ASIDE
        and not isinstance(clause.trigger.condition, Always)
    )


def _without_a_treaty(world: World) -> Iterator[Unbound]:
    """The great powers of the day that no treaty of the catalogue binds to help a state attacked."""
    for victim in world.attacked:
        for power in sorted(members("great_powers", world.day) - world.enemies(victim) - {victim}):
            if not promises(power, victim, world.day):
                told = f"no treaty in the catalogue binds {power} to help {victim} on {world.day}"
                yield Unbound(power, victim, None, told)
