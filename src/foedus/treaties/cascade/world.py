"""Who is at war with whom, who began, and how does that look to a clause that protects one of them?

A world is closed: an attack that is not in it has not taken place. What it does not settle (whether an attack
was provoked, whether help was asked for) stays unknown unless it is given.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Literal

import numpy as np

from foedus.terms import Belief, Party, Predicate, Reading, Status
from foedus.treaties.situation import Situation

CHARTER = date(1945, 10, 24)
"""The UN Charter in force: since then a declaration of war alone is no armed attack."""

Kind = Literal["attack", "answer", "entry"]


@dataclass(frozen=True, slots=True)
class Attack:
    """One state opens hostilities against another.

    ``kind``: an *attack* begins them; an *answer* comes after the other side's own attack; an *entry* is an
    ally's coming in against the attacker. The last two reach their object by force as well, but whether they
    are an armed attack on it is the very question.
    """

    by: Party
    on: Party
    kind: Kind = "attack"
    place: str | None = None


@dataclass(frozen=True)
class World:
    """The hostilities, mobilisations and threats of a day.

    Attributes
    ----------
    day
        The day whose treaties and texts count.
    attacks
        Hostilities, in the order in which they were opened.
    mobilised
        Each state that has mobilised, with those against whom.
    threatened
        Each state that has been threatened with force, with those who threaten.
    given
        Facts given by the user or by an event, for a state in question.
    """

    day: date
    attacks: tuple[Attack, ...] = ()
    mobilised: Mapping[Party, frozenset[Party]] = field(default_factory=dict)
    threatened: Mapping[Party, frozenset[Party]] = field(default_factory=dict)
    given: Mapping[Party, Mapping[Predicate, Status]] = field(default_factory=dict)

    @property
    def states(self) -> tuple[Party, ...]:
        """Every state in it: those attacked first, then those that attack, are threatened or mobilise."""
        ordered = [attack.on for attack in self.attacks] + [attack.by for attack in self.attacks]
        threatened = [on for on, by in self.threatened.items() if by]
        return tuple(dict.fromkeys((*ordered, *threatened, *self.mobilised)))

    @property
    def attacked(self) -> tuple[Party, ...]:
        """The states on which somebody opened hostilities, in that order."""
        return tuple(dict.fromkeys(attack.on for attack in self.attacks if attack.kind == "attack"))

    def enemies(self, party: Party) -> frozenset[Party]:
        """The states at war with a party, whoever began."""
        return frozenset(
            attack.on if attack.by == party else attack.by
            for attack in self.attacks
            if party in (attack.by, attack.on)
        )

    def attackers_of(self, victim: Party, *kinds: Kind) -> frozenset[Party]:
        """The states that opened hostilities on a victim in one of these ways."""
        return frozenset(a.by for a in self.attacks if a.on == victim and a.kind in kinds)

    def began(self, by: Party, on: Party) -> bool:
        """Whether one state opened the hostilities with another."""
        return any((a.by, a.on, a.kind) == (by, on, "attack") for a in self.attacks)

    def joined(self, state: Party, foe: Party, for_: Party) -> bool:
        """Whether a state came in against a foe whom the state it helps had attacked itself."""
        return self.began(for_, foe) and any(
            (a.by, a.on, a.kind) == (state, foe, "entry") for a in self.attacks
        )

    def with_one_foe(self, victim: Party, foe: Party, others: Collection[Party]) -> World:
        """The same world without what other foes do to the victim, and without their mobilisations."""
        apart = frozenset(others) - {foe}
        return replace(
            self,
            attacks=tuple(a for a in self.attacks if not (victim in (a.by, a.on) and apart & {a.by, a.on})),
            mobilised={by: against for by, against in self.mobilised.items() if by not in apart},
            threatened={**self.threatened, victim: self.threatened.get(victim, frozenset()) - apart},
        )

    def at_peace(self, parties: Collection[Party]) -> World:
        """The world once these states have made peace with each other."""
        made = frozenset(parties)
        return replace(
            self,
            attacks=tuple(a for a in self.attacks if not {a.by, a.on} <= made),
            mobilised={
                by: left
                for by, against in self.mobilised.items()
                if (left := against - made if by in made else against) or not against
            },
            threatened={on: by - made if on in made else by for on, by in self.threatened.items()},
        )

    def situation(self, victim: Party) -> Situation:
        """How the world looks to a clause that protects the victim."""
        attackers = self.attackers_of(victim, "attack")
        others = self.attackers_of(victim, "answer", "entry")
        enemies = self.enemies(victim)
        reaching = attackers | others
        mobilised = frozenset(by for by, against in self.mobilised.items() if victim in against)
        # An enemy that the victim attacked itself is at war with it, but does not thereby support a third.
        menacing = (mobilised | enemies | self.threatened.get(victim, frozenset())) - reaching
        beliefs = {
            fact: _belief(fact, status, told)
            for fact, (status, told) in self._facts(victim, attackers, others, mobilised).items()
        }
        for fact, status in self.given.get(victim, {}).items():
            beliefs[fact] = _belief(fact, status, "given")
        place = next((a.place for a in self.attacks if a.on == victim and a.place is not None), victim)
        return Situation(
            beliefs=beliefs,
            host=victim,
            as_of=datetime.combine(self.day, time(), tzinfo=UTC),
            requester="government" if _given_true(self, victim, "requested_by_victim") else "none",
            target="attack",
            attackers=attackers or others,
            mobilised=frozenset(self.mobilised),
            supporting=frozenset() if len(reaching) < 2 else reaching,
            assisting=frozenset(
                a.by for a in self.attacks if a.kind == "entry" and a.on in (attackers or others)
            ),
            menacing=menacing,
            wars=frozenset(frozenset((a.by, a.on)) for a in self.attacks),
            place=place,
        )

    def _facts(
        self,
        victim: Party,
        attackers: frozenset[Party],
        others: frozenset[Party],
        mobilised: frozenset[Party],
    ) -> dict[Predicate, tuple[Status, str]]:
        facts: dict[Predicate, tuple[Status, str]] = {}
        if attackers:
            facts["armed_attack"] = Status.TRUE, f"{_listed(attackers)} attacked {victim}"
        elif others:
            told = f"{_listed(others)} fights {victim}, in answer to an attack that {victim} began"
            facts["armed_attack"] = Status.CONTESTED, told
        else:
            facts["armed_attack"] = Status.FALSE, f"nobody has attacked {victim}"
            facts["aggression"] = Status.FALSE, f"nobody has attacked {victim}"
        opened = frozenset(a.on for a in self.attacks if a.by == victim and a.kind == "attack")
        facts["own_declaration_of_war"] = (
            (Status.TRUE, f"{victim} opened war on {_listed(opened)}")
            if opened
            else (Status.FALSE, f"{victim} opened no war")
        )
        if opened & (attackers or others):
            facts["unprovoked"] = Status.FALSE, f"{victim} had attacked {_listed(opened)} first"
        elif opened and (attackers or others):
            facts["unprovoked"] = Status.CONTESTED, f"{victim} had itself opened war on {_listed(opened)}"
        if self.enemies(victim):
            facts["at_war"] = Status.TRUE, f"{victim} is at war with {_listed(self.enemies(victim))}"
        threatening = self.threatened.get(victim, frozenset())
        if threatening:
            facts["threat_of_attack"] = Status.TRUE, f"{_listed(threatening)} threatens {victim} with force"
        elif others:
            told = f"{_listed(others)} fights {victim}, in answer to an attack that {victim} began"
            facts["threat_of_attack"] = Status.CONTESTED, told
            # Whoever began, its territory is threatened once it is fought.
            facts["threat_to_territorial_integrity"] = Status.TRUE, told
        elif mobilised and not attackers:
            told = f"{_listed(mobilised)} mobilises against {victim}, which may be a threat or a precaution"
            facts["threat_of_attack"] = Status.CONTESTED, told
        elif not attackers:
            facts["threat_of_attack"] = Status.FALSE, f"nobody threatens {victim}"
        return facts


def _given_true(world: World, victim: Party, fact: Predicate) -> bool:
    return world.given.get(victim, {}).get(fact) is Status.TRUE


_STATUS_OF_READING = {
    Reading.MET: Status.TRUE,
    Reading.NOT_MET: Status.FALSE,
    Reading.CONTESTED: Status.CONTESTED,
}


def belief_of(fact: Predicate, reading: Reading, told: str) -> Belief | None:
    """A belief that a clause's case has arisen, from how it reads; None where that is open."""
    status = _STATUS_OF_READING.get(reading)
    return None if status is None else _belief(fact, status, told)


def _belief(fact: Predicate, status: Status, told: str) -> Belief:
    number = {Status.TRUE: 1.0, Status.FALSE: 0.0}.get(status, np.nan)
    return Belief(fact, status, np.array([number]), (told,))


def _listed(states: frozenset[Party]) -> str:
    return ", ".join(sorted(states))
