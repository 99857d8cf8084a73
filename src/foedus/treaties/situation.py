"""What is known and believed of an event, as clauses ask for it: beliefs, acts on record, attackers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

import numpy as np

from foedus.terms import Belief, Party, Predicate, Status
from foedus.treaties.condition import Compare, Fact, Leaf
from foedus.treaties.likelihood import Draws
from foedus.treaties.vocabulary import members, predicates
from foedus.treaties.vocabulary.places import holder_of, lies_in, own_territory

WIDER_READING = "wider_reading_accepted"
"""Where a clause can be read in a wider and a narrower sense, and scholars or parties differ."""


@dataclass(frozen=True)
class Situation:
    """An event as of an instant.

    Attributes
    ----------
    beliefs
        Belief in each fact; a fact that is left out is unknown.
    host
        The state in question: the one that is attacked or in trouble.
    as_of
        The instant; the texts and parties of its day count.
    requested, invoked, activated
        Acts on record: help was asked for, the clause was named, the body acted under it.
    requester
        Who asked: government, neighbours, claimant or none.
    target
        Against what help is asked.
    attackers, mobilised
        States that attack, and that mobilise; None where nobody says. Nobody in it: no state does.
    supporting, assisting, allied
        States that support the attack, that help its victim already, and that are allied with an attacker;
        None where nobody says.
    menacing
        States that mobilise against the victim: whether that supports an attack of others is disputable.
    wars
        The pairs of states at war; None where nobody says.
    place
        Where the act falls: an ISO 3166-1 alpha-3 code, or a part of a state by ISO 3166-2; None where nobody
        says.
    parties
        The parties, on the day, of the treaty that is being read.
    compared
        Comparisons with the event that are on record, in the place of those that follow from the states.
    alleged
        What the invoking party and the body assert, by fact; None where it is known only that the clause was
        invoked.
    """

    beliefs: Mapping[Predicate, Belief]
    host: Party
    as_of: datetime
    requested: bool = False
    invoked: bool = False
    activated: bool = False
    requester: str = "none"
    target: str = "internal_unrest"
    attackers: frozenset[Party] | None = None
    mobilised: frozenset[Party] | None = None
    supporting: frozenset[Party] | None = None
    assisting: frozenset[Party] | None = None
    allied: frozenset[Party] | None = None
    menacing: frozenset[Party] = frozenset()
    wars: frozenset[frozenset[Party]] | None = None
    place: str | None = None
    parties: frozenset[Party] = frozenset()
    compared: Mapping[Compare, Status] = field(default_factory=dict)
    alleged: Mapping[Predicate, bool] | None = None
    _settled: Mapping[Predicate, Status] = field(default_factory=dict)

    @cached_property
    def day(self) -> date:
        """The calendar day of the instant, in the instant's own zone."""
        return self.as_of.date()

    def status_of(self, leaf: Leaf) -> Status:
        """What is known of a fact or a comparison."""
        if isinstance(leaf, Compare):
            return self.compared.get(leaf) or self._compared(leaf)
        if leaf.predicate == WIDER_READING:
            return Status.CONTESTED
        if leaf.predicate in self._settled:
            return self._settled[leaf.predicate]
        belief = self.beliefs.get(leaf.predicate)
        act = self._act(leaf.predicate)
        if belief is None or belief.status is Status.UNKNOWN:
            return act
        return Status.TRUE if self._took_place(leaf.predicate) else belief.status

    def chance_of(self, leaf: Leaf) -> Draws | float:
        """How probable a fact or comparison is [probability] (draw,); NaN where nothing at all is known."""
        status = self.status_of(leaf)
        belief = self.beliefs.get(leaf.predicate) if isinstance(leaf, Fact) else None
        if belief is not None and (belief.status is status or status in (Status.CONTESTED, Status.UNKNOWN)):
            return 1.0 if self._took_place(belief.predicate) else belief.probability
        return float(status is Status.TRUE) if status in (Status.TRUE, Status.FALSE) else np.nan

    def because(self, leaf: Leaf) -> tuple[str, ...]:
        """The lines of evidence behind a fact."""
        if isinstance(leaf, Compare):
            return self._compared_with(leaf)
        if leaf.predicate in self._settled:
            return ("asserted by the party that invoked the clause, or by the body",)
        belief = self.beliefs.get(leaf.predicate)
        said = belief.why if belief is not None else ()
        if self._act(leaf.predicate) is not Status.UNKNOWN:
            return (*said, _ACTS[leaf.predicate].format(self.requester))
        if not said and self.status_of(leaf) is Status.UNKNOWN:
            return ("nobody says: unknown, which is not the same as false",)
        return said

    def as_alleged(self, asked: frozenset[Predicate]) -> Situation:
        """The situation as the invoking party and the body have it: what they assert is taken as so.

        Acts on record stay what they are. Where it is known only that the clause was invoked, every open fact
        that the clause asks about counts as asserted: to invoke a clause is to allege its case.
        """
        asserted = self.alleged if self.alleged is not None else dict.fromkeys(sorted(asked), True)
        settled = {
            predicate: Status.TRUE if holds else Status.FALSE
            for predicate, holds in asserted.items()
            if not self._stands(predicate)
        }
        return replace(self, _settled=settled)

    def _stands(self, predicate: Predicate) -> bool:
        """Whether a fact is beyond allegation: an act of record, or settled where nothing is alleged."""
        declared = predicates().get(predicate)
        if declared is not None and declared.kind == "record":
            return True
        belief = self.beliefs.get(predicate)
        if belief is None:
            return False
        settled = belief.status in (Status.TRUE, Status.FALSE)
        return _recorded(belief) or (settled and self.alleged is None)

    def _took_place(self, predicate: Predicate) -> bool:
        """Whether an act is on record: then it is so, whatever was said; only a record says otherwise."""
        belief = self.beliefs.get(predicate)
        return self._act(predicate) is Status.TRUE and not (belief is not None and _recorded(belief))

    def _act(self, predicate: Predicate) -> Status:
        if predicate == "requested_by_victim" and self.requested:
            return _WHOSE_REQUEST.get(self.requester, Status.UNKNOWN)
        if predicate == "body_decision" and self.activated:
            return Status.TRUE
        return Status.UNKNOWN

    def _compared(self, leaf: Compare) -> Status:
        holds = self._compares(leaf)
        if leaf.comparison == "attacker_supported_by" and not holds and self.menacing & self._states(leaf):
            return Status.CONTESTED
        return _status(holds)

    def _compared_with(self, leaf: Compare) -> tuple[str, ...]:
        """What the event says of that with which a clause compares it."""
        if leaf in self.compared:
            return ("on record",)
        if leaf.comparison.startswith("place"):
            return ("nobody says where",) if self.place is None else (f"it falls in {self.place}",)
        if leaf.comparison.startswith("attacker") or leaf.comparison in ("origin", "great_powers_at_least"):
            if self.attackers is None:
                return ("nobody says which states attack",)
            listed = ", ".join(sorted(self.attackers))
            return (f"attacking: {listed}",) if listed else ("no state attacks",)
        return ()

    def _compares(self, leaf: Compare) -> bool | None:
        match leaf.comparison:
            case "victim_in":
                return self.host in self._states(leaf)
            case "place_in":
                return None if self.place is None else self._place_in(self.place, leaf)
            case "place_named_in":
                return None if self.place is None else lies_in(self.place, self._states(leaf)) is True
            case "place_held_by":
                return None if self.place is None else holder_of(self.place) in self._states(leaf)
            case "mobilisation_by":
                return self._any_of(self.mobilised, leaf)
            case "attacker_supported_by":
                return self._any_of(self.supporting, leaf)
            case "war_between":
                return None if self.wars is None else self._states(leaf) in self.wars
            case "ally_assists":
                return self._any_of(self.assisting, leaf)
            case _:
                return None if self.attackers is None else self._attackers_compare(leaf, self.attackers)

    def _place_in(self, place: str, leaf: Compare) -> bool | None:
        """Whether a place lies in an area; of the victim it is asked whether that is its own territory."""
        lies = lies_in(place, self._states(leaf))
        if lies is False and isinstance(leaf.value, tuple) and "victim" in leaf.value:
            return own_territory(place, self.host)
        return lies

    def _attackers_compare(self, leaf: Compare, attackers: frozenset[Party]) -> bool | None:
        match leaf.comparison, leaf.value:
            case "attackers_at_least", int(least):
                return len(attackers) >= least
            case "great_powers_at_least", int(least):
                return len((attackers & members("great_powers", self.day)) - self.parties) >= least
            case "attacker_in", _:
                return bool(attackers & self._states(leaf))
            case "attacker_not_in", _:
                return bool(attackers) and not attackers & self._states(leaf)
            case "attackers_all_in", _:
                return bool(attackers) and attackers <= self._states(leaf)
            case "attacker_in_or_allied_with", _:
                return True if attackers & self._states(leaf) else self._any_of(self.allied, leaf)
            case "origin", (origin,):
                return self._comes_from(origin, attackers)
        return None

    def _comes_from(self, origin: str, attackers: frozenset[Party]) -> bool | None:
        # Where no state attacks, that says nothing of who directs the act.
        if not attackers:
            return None
        return (self.host not in attackers) is (origin == "outside")

    def _any_of(self, states: frozenset[Party] | None, leaf: Compare) -> bool | None:
        return None if states is None else bool(states & self._states(leaf))

    def _states(self, leaf: Compare) -> frozenset[str]:
        """The states that a comparison names, groups resolved on the day."""
        named: set[str] = set()
        for word in leaf.value if isinstance(leaf.value, tuple) else ():
            if word == "parties":
                named |= self.parties
            elif word == "victim":
                named.add(self.host)
            elif word[:1].islower():
                named |= members(word, self.day)
            else:
                named.add(word)
        return frozenset(named)


# A claimant's request is the victim's own only if the claimant is its government, which is the very dispute.
_WHOSE_REQUEST = {"government": Status.TRUE, "claimant": Status.CONTESTED}
_ACTS = {
    "requested_by_victim": "on record: help was asked for by: {}",
    "body_decision": "on record: the body acted",
}


def _recorded(belief: Belief) -> bool:
    """Whether a belief is a fact of record: all its draws are 0, or all are 1."""
    return belief.status in (Status.TRUE, Status.FALSE) and bool(
        np.isin(belief.probability, (0.0, 1.0)).all()
    )


def _status(holds: bool | None) -> Status:
    return Status.UNKNOWN if holds is None else Status.TRUE if holds else Status.FALSE
