"""How does the engine read an episode on record, by letter, by sense, and overall?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import numpy as np

from foedus.terms import Belief, Party, Reading, Status
from foedus.terms.states import party_names
from foedus.treaties.catalogue import treaty as treaty_of
from foedus.treaties.clause_assessment import ClauseAssessment, assess_clause
from foedus.treaties.condition import Compare, leaves
from foedus.treaties.record.episode import COMPARED, Episode, RecordedFact
from foedus.treaties.situation import Situation
from foedus.treaties.treaty import Clause, Treaty

STATUS_OF: Mapping[bool | str, Status] = {
    True: Status.TRUE,
    False: Status.FALSE,
    "contested": Status.CONTESTED,
}


@dataclass(frozen=True, slots=True)
class EpisodeReading:
    """How the engine reads an episode's first clause, for each victim, and taken together."""

    episode: Episode
    letter: Reading
    sense: Reading
    overall: Reading
    assessed: tuple[ClauseAssessment, ...]

    @property
    def decided_by(self) -> tuple[str, ...]:
        """The facts on which the sense turns, and the letter where it parts from it."""
        found = [
            fact
            for one in self.assessed
            for name in ("sense", "letter")
            for fact in one.by_reading[name].decided_by
        ]
        return tuple(dict.fromkeys(found))

    @property
    def why(self) -> str:
        """One line that says on what the reading turns."""
        refused = [one.not_applicable for one in self.assessed if one.not_applicable is not None]
        if refused:
            return refused[0]
        parted = (
            "" if self.letter is self.sense else f"letter {self.letter.value}, sense {self.sense.value}; "
        )
        told = []
        for one in self.assessed[:1]:
            reason = one.by_reading["sense"].why
            told = (
                [] if reason is None else [f"{text} is {status.value}" for text, status in reason.turning()]
            )
        return parted + ("turns on: " + "; ".join(told) if told else "nothing in it is open")

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "id": self.episode.id,
            "letter": self.letter.value,
            "sense": self.sense.value,
            "overall": self.overall.value,
            "decided_by": list(self.decided_by),
            "why": self.why,
        }


def read_episode(episode: Episode) -> EpisodeReading | None:
    """Read the first clause that an episode lists; None where it lists none.

    Parameters
    ----------
    episode
        What is on record. What is alleged of the attacker counts for who attacks, not for whether there is an
        attack.
    """
    if episode.treaty is None or not episode.clauses:
        return None
    treaty = treaty_of(episode.treaty)
    clause = next(found for found in treaty.clauses if found.id == episode.clauses[0])
    day = _day(episode, treaty)
    assessed = tuple(
        assess_clause(treaty, clause, situation_of(episode, victim, day, clause)) for victim in episode.victim
    )
    letter = _together(one.by_reading["letter"].reading for one in assessed)
    sense = _together(one.by_reading["sense"].reading for one in assessed)
    return EpisodeReading(episode, letter, sense, overall(letter, sense), assessed)


def overall(letter: Reading, sense: Reading) -> Reading:
    """One word for two readings: theirs where they agree; contested where letter and sense part.

    Where one of them hangs on a fact that nobody states, so does the whole.
    """
    if letter is sense:
        return letter
    if Reading.NOT_APPLICABLE in (letter, sense):
        return Reading.NOT_APPLICABLE
    if Reading.UNDETERMINED in (letter, sense):
        return Reading.UNDETERMINED
    return Reading.CONTESTED


def _together(readings: Iterable[Reading]) -> Reading:
    """The reading for several victims at once: theirs where all agree."""
    found = set(readings)
    return found.pop() if len(found) == 1 else Reading.CONTESTED


def _day(episode: Episode, treaty: Treaty) -> date:
    """The day of an episode; of a month or year, the first on which the treaty was in force, if any."""
    first, last = episode.date.first, episode.date.last
    begins = treaty.begins
    if begins is not None and first < begins.first <= last:
        return begins.first
    return first


def situation_of(episode: Episode, victim: Party, day: date, clause: Clause) -> Situation:
    """What is on record, as the clauses ask for it."""
    facts = {fact.predicate: fact for fact in episode.facts if not fact.args}
    beliefs = {name: _belief(name, fact) for name, fact in facts.items() if name not in COMPARED}
    own = facts.get(f"treaty_in_force_for_{victim}")
    if own is not None:
        beliefs["treaty_in_force"] = _belief("treaty_in_force", own)
    asked = episode.request.made
    if "requested_by_victim" not in beliefs and _is_the_victims(episode, victim):
        told = RecordedFact(predicate="requested_by_victim", value=asked, who=episode.request.form)
        beliefs["requested_by_victim"] = _belief("requested_by_victim", told)
    return Situation(
        beliefs=beliefs,
        host=victim,
        as_of=datetime.combine(day, time(), tzinfo=UTC),
        requested=asked is True,
        requester="government" if asked is True and _is_the_victims(episode, victim) else "none",
        attackers=_attackers(episode),
        place=episode.place,
        compared={
            leaf: status
            for leaf in leaves(clause.trigger.condition)
            if isinstance(leaf, Compare)
            for status in [_recorded(leaf, episode.facts)]
            if status is not None
        },
    )


def _is_the_victims(episode: Episode, victim: Party) -> bool:
    return episode.request.made is False or episode.request.by in (None, victim)


def _belief(name: str, fact: RecordedFact) -> Belief:
    status = STATUS_OF[fact.value]
    number = {Status.TRUE: 1.0, Status.FALSE: 0.0}.get(status, np.nan)
    return Belief(name, status, np.array([number]), (fact.who,) if fact.who else ("on record",))


def _attackers(episode: Episode) -> frozenset[Party] | None:
    """The states alleged to attack; nobody where the trouble is said to be internal; None where unclear."""
    states = frozenset(told for told in episode.alleged_attacker if told in party_names())
    if states:
        return states
    inside = episode.alleged_attacker and all(told == "internal" for told in episode.alleged_attacker)
    return frozenset() if inside else None


def _recorded(leaf: Compare, facts: Iterable[RecordedFact]) -> Status | None:
    """What the record says of a comparison, in part or in full.

    'One of A, B' is so if the record says that one of A is; it is not so only if the record denies all.
    """
    if isinstance(leaf.value, int):
        return _counted(leaf.comparison, leaf.value, facts)
    asked = set(leaf.value)
    denied: set[str | int] = set()
    contested = False
    for fact in facts:
        if fact.predicate != leaf.comparison:
            continue
        told = set(fact.args)
        if fact.value is True and told and told <= asked:
            return Status.TRUE
        if fact.value is False:
            denied |= told
        contested = contested or (fact.value == "contested" and bool(told & asked))
    if contested:
        return Status.CONTESTED
    return Status.FALSE if denied and asked <= denied else None


def _counted(comparison: str, least: int, facts: Iterable[RecordedFact]) -> Status | None:
    """What the record says of 'at least so many': three are at least two, and if not two then not three."""
    for fact in facts:
        if fact.predicate != comparison or not fact.args or not isinstance(fact.args[0], int):
            continue
        told = fact.args[0]
        if fact.value is True and told >= least:
            return Status.TRUE
        if fact.value is False and told <= least:
            return Status.FALSE
        if fact.value == "contested" and told == least:
            return Status.CONTESTED
    return None
