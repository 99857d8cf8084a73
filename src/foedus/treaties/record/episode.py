"""What is on record of an episode in which a clause was in question? The layout of a record file.

Request, naming of the clause, facts, legal reading, decision and responses are kept apart on purpose: a
clause can be named and acted on while its trigger is doubtful, and met while nobody comes. A fact that an
episode does not list is unknown, never false.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, ValidationError

from foedus.cases.builtin_cases import file_text
from foedus.cases.document import Document, parse
from foedus.cases.mistakes import Mistake, did_you_mean, listed, of_schema
from foedus.cases.schema.described import FactValue
from foedus.cases.schema.values import Strict
from foedus.errors import CaseError, FoedusError
from foedus.terms import Dated, Party, Reading
from foedus.terms.states import party_names, unknown_party
from foedus.treaties.packaged import names_in, packaged
from foedus.treaties.vocabulary import predicates

Day = Annotated[Dated, PlainValidator(Dated.parse)]
Outcome = Literal["triggered", "contested", "not_triggered", "not_applicable"]
READING_OF: Mapping[str, Reading] = {
    "triggered": Reading.MET,
    "contested": Reading.CONTESTED,
    "not_triggered": Reading.NOT_MET,
    "not_applicable": Reading.NOT_APPLICABLE,
}
COMPARED = ("attacker_in", "attacker_not_in", "attacker_supported_by", "attackers_at_least", "victim_in",
            "mobilisation_by", "ally_assists", "attacker_in_or_allied_with")  # fmt: skip


class RecordedFact(Strict):
    """A fact as the coder has it: so, not so, or contested, and who says what."""

    predicate: str
    args: list[str | int] = Field(default_factory=list)
    value: FactValue
    who: str | None = None


class Request(Strict):
    """Whether help was asked for, by whom and how."""

    made: bool | Literal["contested"]
    by: Party | None = None
    date: Annotated[str | int | None, Field(description="a date or a span, as far as it is known")] = None
    form: str | None = None


class LegalReading(Strict):
    """How the coder reads the first clause listed, in one line."""

    outcome: Outcome
    reason: str


class BodyDecision(Strict):
    """What was done."""

    outcome: Literal["activated", "consulted", "assisted_without_activation", "refused", "none"]
    date: Day | None = None
    by: str | None = None
    note: str | None = None


class Response(Strict):
    """What one state did."""

    code: Party
    response: Literal[
        "joined_with_troops",
        "supported",
        "consulted",
        "neutral",
        "refused",
        "opposed",
        "joined_other_side",
        "not_called",
    ]
    note: str | None = None
    party_to_treaty: bool | Literal["not verified"] | None = None


class RecordSource(Strict):
    """Where an episode's facts are to be found."""

    cite: str
    url: str | None = None
    url_checked: bool = False


class Coding(Strict):
    """A coder's reading of an episode: by letter, by sense, and overall."""

    letter: Outcome
    sense: Outcome
    overall: Outcome
    confidence: Annotated[int, Field(ge=1, le=3)] | None = None
    reason: str | None = None


class Episode(Strict):
    """One clause and victim in question, and what came of it."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    date: Day
    end: Day | None = None
    title: str
    treaty: str | None
    article: str | None = None
    clauses: list[str] = Field(default_factory=list)
    victim: Annotated[list[Party], Field(min_length=1)]
    request: Request
    clause_invoked: bool | Literal["unclear"]
    alleged_attacker: list[str] = Field(default_factory=list)
    place: str | None = None
    facts: list[RecordedFact] = Field(default_factory=list)
    legal_reading: LegalReading
    decision: BodyDecision
    responses: list[Response] = Field(default_factory=list)
    sources: list[RecordSource] = Field(default_factory=list)
    confidence: Literal["high", "medium", "low"] | None = None
    notes: str | None = None
    second_coding: Coding | None = None


class RecordFile(Strict):
    """A file of episodes; what else stands at its top is for readers."""

    meta: dict[str, Any] = Field(default_factory=dict)
    enums: dict[str, Any] = Field(default_factory=dict)
    extra_predicates: dict[str, str] = Field(default_factory=dict)
    episodes: Annotated[list[Episode], Field(min_length=1)]


@cache
def episodes() -> tuple[Episode, ...]:
    """The episodes in the package, in order of date.

    Raises
    ------
    FoedusError
        A file of the package breaks the schema.
    """
    try:
        found = [
            episode
            for name in names_in("episodes")
            for episode in RecordFile.model_validate(packaged(name)).episodes
        ]
    except ValidationError as mistake:
        raise FoedusError(
            f"episodes: {mistake.errors()[0]['loc']}: {mistake.errors()[0]['msg']}"
        ) from mistake
    return tuple(sorted(found, key=lambda episode: (episode.date.first, episode.id)))


def episodes_in(path: Path) -> tuple[Episode, ...]:
    """Read the episodes of a record file.

    Raises
    ------
    CaseError
        One line for each mistake: ``FILE:LINE: field: what is wrong; how to mend``.
    """
    document = parse(file_text(path, "a record of episodes"), str(path))
    data = document.data
    if isinstance(data, list):
        raise CaseError(f"{path}:1: is a list; put the episodes under the key `episodes`")
    try:
        read = RecordFile.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        raise document.error([*document.mistakes, *of_schema(error, RecordFile, data)]) from None
    mistakes = [*document.mistakes, *_unknown_names(read)]
    if mistakes:
        raise document.error(mistakes)
    return tuple(read.episodes)


def _unknown_names(read: RecordFile) -> list[Mistake]:
    """Treaties, clauses and predicates that nothing declares, and episodes given twice."""
    from foedus.treaties.catalogue import catalogue

    known = set(predicates()) | set(read.extra_predicates) | set(COMPARED)
    found: list[Mistake] = []
    seen: set[str] = set()
    for i, episode in enumerate(read.episodes):
        at = ("episodes", i)
        if episode.id in seen:
            found.append(Mistake((*at, "id"), f"'{episode.id}' is given twice; give each episode its own id"))
        seen.add(episode.id)
        if episode.treaty is not None and episode.treaty not in catalogue():
            advice = did_you_mean(episode.treaty, catalogue(), "`foedus treaties` lists those that there are")
            found.append(
                Mistake((*at, "treaty"), f"'{episode.treaty}' is no treaty of the catalogue; {advice}")
            )
        elif episode.treaty is not None:
            own = [clause.id for clause in catalogue()[episode.treaty].clauses]
            for j, clause in enumerate(episode.clauses):
                if clause not in own:
                    text = f"'{clause}' is no clause of {episode.treaty}; give one of {listed(own)}"
                    found.append(Mistake((*at, "clauses", j), text))
        found += _odd_states(episode, at)
        for j, fact in enumerate(episode.facts):
            if fact.predicate in COMPARED and not fact.args:
                text = f"{fact.predicate} compares with nothing; give `args`, as in args: [DEU]"
                found.append(Mistake((*at, "facts", j), text))
            if fact.predicate not in known and not _of_a_state(fact.predicate):
                advice = did_you_mean(fact.predicate, known, "declare it under `extra_predicates`")
                text = f"'{fact.predicate}' is declared nowhere; {advice}"
                found.append(Mistake((*at, "facts", j, "predicate"), text))
    return found


def _odd_states(episode: Episode, at: tuple[str | int, ...]) -> list[Mistake]:
    """Codes that name no state, and clauses without a treaty."""
    found = [
        Mistake((*at, "victim", j), unknown_party(code))
        for j, code in enumerate(episode.victim)
        if code not in party_names()
    ]
    if episode.treaty is None and episode.clauses:
        found.append(Mistake((*at, "treaty"), "is left out although clauses are listed; name their treaty"))
    return found


def _of_a_state(predicate: str) -> bool:
    """Whether it says for which state the treaty is in force: treaty_in_force_for_VEN."""
    start = "treaty_in_force_for_"
    return predicate.startswith(start) and predicate.removeprefix(start) in party_names()


def second_codings_in(path: Path) -> dict[str, Coding]:
    """Read a second coder's file: a list of codings, each with the id of its episode.

    Raises
    ------
    CaseError
        The file cannot be used; the line says why.
    """
    document = parse(file_text(path, "a second coding"), str(path))
    if not isinstance(document.data, list):
        raise CaseError(f"{path}:1: is no list; give a list of codings, each with the id of its episode")
    return dict(_coding(document, i, entry) for i, entry in enumerate(document.data))


def _coding(document: Document, place: int, entry: Any) -> tuple[str, Coding]:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        raise document.error([Mistake((place,), "has no `id`; give the id of its episode")])
    rest = {key: value for key, value in entry.items() if key != "id"}
    try:
        return entry["id"], Coding.model_validate(rest)
    except ValidationError as error:
        mistakes = of_schema(error, Coding, rest)
        raise document.error([Mistake((place, *m.path), m.text, m.line) for m in mistakes]) from None
