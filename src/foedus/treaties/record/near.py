"""Which episodes are nearest to a case, and in what are they near?

Nearness is the weighted share of features in common: the kind of threat, the treaty, the type of clause,
whether help was asked for and the clause named, the two readings, and the share of facts on which both have
the same word. `nearness.yaml` holds the weights, which are assumptions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from foedus.terms import Party, Predicate, Reading, Status
from foedus.terms.states import party_names
from foedus.treaties.catalogue import catalogue
from foedus.treaties.packaged import packaged
from foedus.treaties.record.episode import Episode
from foedus.treaties.record.read import STATUS_OF, read_episode

Threat = Literal[
    "attack by a state", "trouble inside, help from outside alleged", "trouble inside", "threat", "other"
]
SAME_CASE = 31
"""Days from a case within which an episode with the same victim is the case itself."""

_INSIDE = ("internal_disorder", "internal_conflict", "unconstitutional_change", "armed_rebellion", "mutiny")


@dataclass(frozen=True)
class Pattern:
    """What a case or an episode looks like, for comparison."""

    victim: tuple[Party, ...]
    day: date
    threat: Threat
    facts: Mapping[Predicate, Status]
    treaties: tuple[str, ...]
    clause_type: str | None
    letter: Reading | None
    sense: Reading | None
    asked: bool | None
    invoked: bool | None


@dataclass(frozen=True)
class Precedent:
    """An episode, how near it is [share of features], and in what."""

    episode: Episode
    pattern: Pattern
    nearness: float
    near: tuple[str, ...]
    apart: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        episode = self.episode
        by_response: dict[str, list[str]] = {}
        for response in episode.responses:
            by_response.setdefault(response.response, []).append(response.code)
        return {
            "id": episode.id,
            "date": str(episode.date),
            "title": episode.title,
            "treaty": episode.treaty,
            "clause": episode.clauses[0] if episode.clauses else None,
            "threat": self.pattern.threat,
            "letter": None if self.pattern.letter is None else self.pattern.letter.value,
            "sense": None if self.pattern.sense is None else self.pattern.sense.value,
            "asked": episode.request.made,
            "invoked": episode.clause_invoked,
            "decision": episode.decision.outcome,
            "activated": episode.decision.outcome == "activated",
            "came": by_response.get("joined_with_troops", []),
            "refused": by_response.get("refused", []),
            "responses": by_response,
            "nearness": round(self.nearness, 3),
            "near": list(self.near),
            "apart": list(self.apart),
        }


def threat_of(facts: Mapping[Predicate, Status], attackers: Sequence[str] | None) -> Threat:
    """The kind of threat, from the facts and from who is alleged to attack."""
    alleged = (Status.TRUE, Status.CONTESTED)
    inside = any(facts.get(fact) is Status.TRUE for fact in _INSIDE)
    outside = facts.get("external_origin")
    if inside:
        told = outside in alleged or facts.get("internal_conflict_externally_supported") in alleged
        return "trouble inside, help from outside alleged" if told else "trouble inside"
    if facts.get("armed_attack") in alleged or facts.get("aggression") in alleged:
        by_state = attackers is None or any(one in party_names() for one in attackers)
        return "attack by a state" if by_state else "other"
    threats = [fact for fact, status in facts.items() if fact.startswith("threat") and status in alleged]
    return "threat" if threats else "other"


def pattern_of(episode: Episode) -> Pattern:
    """The pattern of an episode on record, with the engine's readings."""
    facts = {fact.predicate: STATUS_OF[fact.value] for fact in episode.facts if not fact.args}
    read = read_episode(episode)
    return Pattern(
        victim=tuple(episode.victim),
        day=episode.date.first,
        threat=threat_of(facts, episode.alleged_attacker),
        facts=facts,
        treaties=() if episode.treaty is None else (episode.treaty,),
        clause_type=clause_type(episode.clauses[0]) if episode.clauses else None,
        letter=None if read is None else read.letter,
        sense=None if read is None else read.sense,
        asked=episode.request.made is True,
        invoked=episode.clause_invoked is True,
    )


def clause_type(clause_id: str) -> str | None:
    """The type of a clause of the catalogue by its id."""
    treaty = catalogue().get(clause_id.split(".")[0])
    clauses = () if treaty is None else treaty.clauses
    return next((clause.type for clause in clauses if clause.id == clause_id), None)


def precedents(case: Pattern, found: Sequence[Episode]) -> list[Precedent]:
    """The episodes on record from the nearest to the farthest, the case itself left out.

    Parameters
    ----------
    case
        What the case looks like.
    found
        The episodes to compare it with.
    """
    compared = [
        _compared(case, episode, pattern_of(episode)) for episode in found if not is_the_case(case, episode)
    ]
    return sorted(compared, key=lambda one: (-one.nearness, one.episode.date.first, one.episode.id))


def is_the_case(case: Pattern, episode: Episode) -> bool:
    """Whether an episode is the case itself: the same victim at the same time."""
    apart = min(abs((case.day - day).days) for day in (episode.date.first, episode.date.last))
    return bool(set(case.victim) & set(episode.victim)) and apart <= SAME_CASE


def _compared(case: Pattern, episode: Episode, other: Pattern) -> Precedent:
    held = weights()
    same = [fact for fact in case.facts if other.facts.get(fact) is case.facts[fact]]
    either = set(case.facts) | set(other.facts)
    features: dict[str, tuple[str, float]] = {
        "threat": (f"threat: {other.threat}", _same_threat(case.threat, other.threat)),
        "treaty": (
            f"treaty: {', '.join(other.treaties) or 'none'}",
            float(bool(set(case.treaties) & set(other.treaties))),
        ),
        "clause": (
            f"clause: {(other.clause_type or 'none').replace('_', ' ')}",
            float(case.clause_type == other.clause_type),
        ),
        "asked": (
            f"help {'asked for' if other.asked else 'not asked for'}",
            float(case.asked == other.asked),
        ),
        "named": (
            f"clause {'named' if other.invoked else 'not named'}",
            float(case.invoked == other.invoked),
        ),
        "letter": (f"letter: {_word(other.letter)}", float(case.letter == other.letter)),
        "sense": (f"sense: {_word(other.sense)}", float(case.sense == other.sense)),
    }
    share = len(same) / len(either) if either else 0.0
    score = held["facts"] * share + sum(held[name] * found for name, (_, found) in features.items())
    shared = [f"{fact.replace('_', ' ')} {case.facts[fact].value}" for fact in same]
    near = [text for text, found in features.values() if found]
    if shared:
        near.append("facts: " + ", ".join(shared))
    apart = tuple(text for text, found in features.values() if not found)
    return Precedent(episode, other, score / sum(held.values()), tuple(near), apart)


def _same_threat(one: Threat, other: Threat) -> float:
    if one == other:
        return 1.0
    inside = ("trouble inside", "trouble inside, help from outside alleged")
    return (
        float(packaged("nearness")["nearness"]["same_family_of_threat"]) if {one, other} <= {*inside} else 0.0
    )


def weights() -> Mapping[str, float]:
    """How much each feature counts [1]."""
    held: Mapping[str, float] = packaged("nearness")["nearness"]["weights"]
    return held


def _word(reading: Reading | None) -> str:
    return "none" if reading is None else reading.value
