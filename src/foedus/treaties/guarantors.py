"""Whom could a government call on, on a day, under which clause, and what would have to be so?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from foedus.terms import Party
from foedus.treaties.cascade.duties import SORTS
from foedus.treaties.cascade.remainder import in_words, remainder
from foedus.treaties.catalogue import catalogue
from foedus.treaties.clause_assessment import bare_situation, open_to, under
from foedus.treaties.condition import All, Always, Condition
from foedus.treaties.reading import condition_of
from foedus.treaties.situation import Situation
from foedus.treaties.treaty import Clause, PartySpan, Treaty

CALLED_ON = ("help", "body", "may", "consult")


@dataclass(frozen=True)
class Guarantor:
    """A state that a clause binds, or allows, to help another, and what it would take.

    ``letter`` is what would have to be so by the letter; ``sense`` what the sense asks beside it, if
    anything.
    """

    party: Party
    treaty: Treaty
    clause: Clause
    letter: str
    sense: str | None
    caution: tuple[str, ...]

    @property
    def sort(self) -> str:
        """To help, a liberty to help, or to talk."""
        return SORTS.get(self.clause.obligation.strength, "other")

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        clause = self.clause
        return {
            "party": self.party,
            "treaty": self.treaty.id,
            "clause": clause.id,
            "article": clause.article,
            "type": clause.type,
            "sort": self.sort,
            "duty": clause.obligation.words,
            "strength": clause.obligation.strength,
            "decided_by": clause.decision.body or clause.decision.rule.replace("_", " "),
            "rule": clause.decision.rule,
            "if": self.letter,
            "sense_asks": self.sense,
            "internal_disorder": clause.trigger.internal_disorder,
            "caution": list(self.caution),
        }


def guarantors(host: Party, day: date) -> list[Guarantor]:
    """List whom a government could call on, help before liberty before talk, strongest duty first.

    Parameters
    ----------
    host
        The state in trouble.
    day
        The day whose treaties, parties and texts count.
    """
    strengths = list(SORTS)
    found = [one for treaty in catalogue().values() for one in _by_treaty(treaty, host, day)]
    return sorted(
        found,
        key=lambda one: (
            CALLED_ON.index(one.sort),
            strengths.index(one.clause.obligation.strength),
            one.treaty.id,
            one.clause.id,
            one.party,
        ),
    )


def _by_treaty(treaty: Treaty, host: Party, day: date) -> Iterator[Guarantor]:
    parties = treaty.parties_on(day)
    situation = under(treaty, bare_situation(host, day), parties)
    spans = {span.code: span for span in treaty.spans_on(day)}
    for clause in open_to(treaty, host, day):
        sort = SORTS.get(clause.obligation.strength)
        if sort not in CALLED_ON or isinstance(clause.trigger.condition, Always):
            continue
        letter = _left(condition_of(clause, situation, "letter"), situation)
        for party in clause.addressed(parties, host):
            if party != host:
                told = "it cannot be met" if letter is None else in_words(letter, host)
                yield Guarantor(
                    party,
                    treaty,
                    clause,
                    told,
                    _besides(clause, situation),
                    _cautions(treaty, clause, party, spans, host, day),
                )


def _left(condition: Condition, situation: Situation) -> Condition | None:
    return remainder(condition, situation.status_of)


def _besides(clause: Clause, situation: Situation) -> str | None:
    """What the sense asks beside the letter, in words; None where it asks nothing more."""
    letter, sense = (condition_of(clause, situation, name) for name in ("letter", "sense"))
    own = letter.parts if isinstance(letter, All) else (letter,)
    asked = sense.parts if isinstance(sense, All) else (sense,)
    more = [_left(part, situation) for part in asked if part not in own]
    left = tuple(part for part in more if part is not None and not isinstance(part, Always))
    return in_words(All(left), situation.host) if left else None


def _cautions(
    treaty: Treaty, clause: Clause, party: Party, spans: dict[Party, PartySpan], host: Party, day: date
) -> tuple[str, ...]:
    told = []
    if treaty.presumed_in_force is not None:
        told.append(f"in force by presumption only: {treaty.presumed_in_force.basis}")
    if treaty.dormant_on(day):
        told.append(f"never ended, but out of use since {treaty.dormant_since}")
    if treaty.form == "political_declaration":
        told.append("a political declaration, which binds less than a treaty")
    for code in (party, host):
        span = spans.get(code)
        if span is not None and span.contested:
            told.append(f"whether it binds {code} is disputed: {span.note}")
        told += [f"{code}, {event.at}: {event.kind.replace('_', ' ')}: {event.note}"
                 for event in (span.events if span else ()) if event.at.first <= day]  # fmt: skip
    told += [left_out.text for left_out in clause.trigger.exceptions if party in left_out.reserved_by]
    return tuple(told)
