"""What follows in law from one attack, step by step, and where does the chain end?

Each step reads every treaty in force for every state in the hostilities. A party whose duty arises at once
and is one to come with forces is taken to honour it: it enters the war, and the next step asks what that sets
off. A duty that leaves the party or a body a judgement ends the chain there. An ally's entry against an
attacker reaches that attacker by force; whether it is an 'attack' on it, so that its own allies are bound, is
contested, and is told as such. Talks that are due already, by the same clause and about the same foe, are not
told again when more states come in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from foedus.errors import CaseError
from foedus.terms import Party, Predicate, Status
from foedus.treaties.cascade.duties import Conditional, Duty, Unbound, duties_in
from foedus.treaties.cascade.world import Attack, World

POSITED = {"unprovoked": Status.TRUE}
"""An attack that is posited alone was preceded by nothing, so nothing provoked it."""
MOST_STEPS = 12


@dataclass(frozen=True)
class Chain:
    """What follows from attacks that are posited on a day.

    Attributes
    ----------
    attacks
        The attacks posited.
    assumed
        Facts taken as given, for the states attacked.
    duties
        Duties whose letter is met, by step.
    ends
        Where the chain stops although somebody is bound: whose judgement it is left to.
    conditionals, unbound
        Who would be bound if something more were so, and who is not.
    """

    day: date
    attacks: tuple[Attack, ...]
    assumed: Mapping[Predicate, Status]
    duties: tuple[Duty, ...]
    ends: tuple[str, ...]
    conditionals: tuple[Conditional, ...]
    unbound: tuple[Unbound, ...]

    def of_sort(self, sort: str) -> tuple[Duty, ...]:
        """The duties of one sort: help, body, consult, neutral or may."""
        return tuple(duty for duty in self.duties if duty.sort == sort)

    def as_dict(self) -> dict[str, Any]:
        """The JSON form that ``foedus cascade --json`` prints."""
        return {
            "as_of": self.day.isoformat(),
            "attacks": [{"by": a.by, "on": a.on, "place": a.place or a.on} for a in self.attacks],
            "assumed": {fact: status.value for fact, status in self.assumed.items()},
            "bound": [duty.as_dict() for duty in self.of_sort("help")],
            "conditional": [found.as_dict() for found in self.conditionals],
            "not_bound": [found.as_dict() for found in self.unbound],
            "by_body": [duty.as_dict() for duty in self.of_sort("body")],
            "consult": [duty.as_dict() for duty in self.of_sort("consult")],
            "neutral": [duty.as_dict() for duty in self.of_sort("neutral")],
            "may": [duty.as_dict() for duty in self.of_sort("may")],
            "ends": list(self.ends),
        }


def chain(attacks: Sequence[Attack], day: date, given: Mapping[Predicate, Status] | None = None) -> Chain:
    """Follow what the treaties in force make of one attack, or of several at once.

    Parameters
    ----------
    attacks
        Who attacks whom.
    day
        The day whose treaties and texts count.
    given
        Facts about the states attacked that are to be taken as so, not so or contested; an attack counts as
        unprovoked unless this says otherwise.

    Raises
    ------
    CaseError
        A state attacks itself, or nothing is posited.
    """
    if not attacks:
        raise CaseError("no attack is posited; give one, as in --attack AUH:SRB")
    for attack in attacks:
        if attack.by == attack.on:
            raise CaseError(f"{attack.by} cannot attack itself; give two states, as in --attack AUH:SRB")
    assumed = {**POSITED, **(given or {})}
    victims = dict.fromkeys(attack.on for attack in attacks)
    world = World(day, tuple(attacks), given=dict.fromkeys(victims, assumed))
    duties: dict[tuple[str, ...], Duty] = {}
    step = 1
    while True:
        found = duties_in(world, step)
        # Those who must talk about a foe already, and the state that they talk about, need not do so anew.
        talking = {
            (state, duty.against, duty.clause.id)
            for duty in duties.values()
            if duty.sort == "consult"
            for state in (duty.party, duty.towards)
        }
        new = [
            duty
            for duty in found.duties
            if duty.key not in duties and (duty.party, duty.against, duty.clause.id) not in talking
        ]
        duties.update((duty.key, duty) for duty in new)
        entered = _entering(new, world)
        if not entered or step == MOST_STEPS:
            break
        world = replace(world, attacks=(*world.attacks, *entered))
        step += 1
    helped = {(duty.party, duty.towards) for duty in duties.values() if duty.sort == "help"}
    return Chain(
        day,
        tuple(attacks),
        assumed,
        tuple(duties.values()),
        tuple(_ends(duties.values())),
        found.conditionals,
        tuple(u for u in found.unbound if (u.party, u.towards) not in helped),
    )


def _entering(new: Sequence[Duty], world: World) -> tuple[Attack, ...]:
    """The parties that honour an automatic duty, each against those whom the duty names."""
    at_war = {frozenset((a.by, a.on)) for a in world.attacks}
    entries: dict[frozenset[Party], Attack] = {}
    for duty in new:
        pair = frozenset((duty.party, duty.against))
        if duty.sort == "help" and duty.automatic and pair not in at_war and not duty.out_of_use:
            entries.setdefault(pair, Attack(duty.party, duty.against, "entry"))
    return tuple(entries.values())


def _ends(duties: Any) -> list[str]:
    told: list[str] = []
    for duty in duties:
        if duty.sort != "help" or not duty.judgement_left:
            continue
        decision = duty.clause.decision
        whose = decision.body or {"individual_judgement": "each party"}.get(decision.rule, "")
        rule = decision.rule.replace("_", " ")
        line = (
            f"{duty.treaty.short_name}, {duty.clause.cited}: {duty.clause.obligation.words}; "
            f"how is left to {whose or 'the parties'} ({rule}), so the chain ends here"
        )
        if line not in told:
            told.append(line)
    return told
