"""How far do the engine's readings agree with the coders', and why do they not where they do not?

Agreement shows consistency, not truth: clauses, facts and readings may share an author. So it is set beside
the majority class, and beside how far two coders agree with one another (Cohen's kappa: Cohen 1960).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foedus.terms import Reading
from foedus.treaties.record.episode import READING_OF, Coding, Episode
from foedus.treaties.record.read import EpisodeReading, read_episode

ORDER = tuple(reading.value for reading in Reading)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An episode that the engine reads otherwise than the coder."""

    id: str
    recorded: Reading
    read: Reading
    why: str
    coder: str

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "id": self.id,
            "recorded": self.recorded.value,
            "read": self.read.value,
            "why": self.why,
            "coder": self.coder,
        }


@dataclass(frozen=True, slots=True)
class Agreement:
    """The engine's readings beside the recorded ones.

    Attributes
    ----------
    readings
        Every episode with a clause, as the engine reads it.
    recorded
        The coder's reading of each, by id.
    second
        The second coder's, where there is one.
    without_clause
        Episodes in which no treaty applied: outside the denominator.
    """

    readings: tuple[EpisodeReading, ...]
    recorded: Mapping[str, Reading]
    second: Mapping[str, Coding]
    without_clause: tuple[str, ...]

    @property
    def agree(self) -> int:
        """In how many episodes the engine and the coder have the same word."""
        return sum(found.overall is self.recorded[found.episode.id] for found in self.readings)

    @property
    def rate(self) -> float | None:
        """The share of episodes in which they agree; None without episodes."""
        return self.agree / len(self.readings) if self.readings else None

    @property
    def baseline(self) -> float | None:
        """The share that a reader would get right who always says the commonest recorded word."""
        counts = Counter(self.recorded[found.episode.id] for found in self.readings)
        return counts.most_common(1)[0][1] / len(self.readings) if self.readings else None

    @property
    def majority(self) -> Reading | None:
        """The commonest recorded word."""
        counts = Counter(self.recorded[found.episode.id] for found in self.readings)
        return counts.most_common(1)[0][0] if counts else None

    def confusion(self) -> dict[str, dict[str, int]]:
        """Count the episodes by recorded word (rows) and by the engine's (columns)."""
        table = {row: dict.fromkeys(ORDER, 0) for row in ORDER}
        for found in self.readings:
            table[self.recorded[found.episode.id].value][found.overall.value] += 1
        return table

    def by_reading(self) -> dict[str, dict[str, Any]]:
        """Recall and precision for each word, with the counts behind them."""
        table = self.confusion()
        told: dict[str, dict[str, Any]] = {}
        for word in ORDER:
            recorded, read = sum(table[word].values()), sum(row[word] for row in table.values())
            both = table[word][word]
            told[word] = {
                "recorded": recorded,
                "read": read,
                "agree": both,
                "recall": both / recorded if recorded else None,
                "precision": both / read if read else None,
            }
        return told

    def disagreements(self) -> list[Disagreement]:
        """The episodes that engine and coder read otherwise, each with what it turns on."""
        return [
            Disagreement(
                found.episode.id,
                self.recorded[found.episode.id],
                found.overall,
                found.why,
                found.episode.legal_reading.reason,
            )
            for found in self.readings
            if found.overall is not self.recorded[found.episode.id]
        ]

    def coders(self) -> dict[str, Any]:
        """How far the second coder agrees with the first, and the engine with the second and with both."""
        shared = [found for found in self.readings if found.episode.id in self.second]
        if not shared:
            return {"episodes": 0}
        first = [self.recorded[found.episode.id] for found in shared]
        codings = [self.second[found.episode.id] for found in shared]
        second = [READING_OF[coding.overall] for coding in codings]
        engine = [found.overall for found in shared]
        both = [(e, a) for e, a, b in zip(engine, first, second, strict=True) if a is b]
        return {
            "episodes": len(shared),
            "coders_agree": _share(first, second),
            "coders_kappa": kappa(first, second),
            "engine_with_first": _share(engine, first),
            "engine_with_second": _share(engine, second),
            "engine_kappa_first": kappa(engine, first),
            "engine_kappa_second": kappa(engine, second),
            "letter_with_second": _share(
                [found.letter for found in shared], [READING_OF[coding.letter] for coding in codings]
            ),
            "sense_with_second": _share(
                [found.sense for found in shared], [READING_OF[coding.sense] for coding in codings]
            ),
            "where_coders_agree": {
                "episodes": len(both),
                "engine_agrees": sum(e is a for e, a in both) / len(both) if both else None,
            },
            "against_both": [
                found.episode.id
                for found, e, a, b in zip(shared, engine, first, second, strict=True)
                if a is b and e is not a
            ],
        }

    def as_dict(self) -> dict[str, Any]:
        """The JSON form that ``foedus record --json`` prints."""
        return {
            "episodes": len(self.readings),
            "agree": self.agree,
            "rate": self.rate,
            "baseline": self.baseline,
            "majority": None if self.majority is None else self.majority.value,
            "by_reading": self.by_reading(),
            "confusion": self.confusion(),
            "disagreements": [found.as_dict() for found in self.disagreements()],
            "second_coder": self.coders(),
            "without_clause": list(self.without_clause),
            "readings": [found.as_dict() for found in self.readings],
        }


def agreement(found: Sequence[Episode], second: Mapping[str, Coding] | None = None) -> Agreement:
    """Read every episode by the engine and set the readings beside the coders'.

    Parameters
    ----------
    found
        The episodes; those without a clause are left out of the count and named.
    second
        A second coder's readings by id; those in the episodes themselves if left out.
    """
    if second is None:
        second = {one.id: one.second_coding for one in found if one.second_coding is not None}
    readings = [read_episode(episode) for episode in found]
    return Agreement(
        readings=tuple(reading for reading in readings if reading is not None),
        recorded={episode.id: READING_OF[episode.legal_reading.outcome] for episode in found},
        second=second,
        without_clause=tuple(
            episode.id for episode, reading in zip(found, readings, strict=True) if reading is None
        ),
    )


def kappa(one: Sequence[Reading], other: Sequence[Reading]) -> float | None:
    """Cohen's kappa of two readers [1]; None where chance alone would make them agree (Cohen 1960)."""
    if not one:
        return None
    by_chance = sum(one.count(word) * other.count(word) for word in Reading) / len(one) ** 2
    return None if by_chance == 1.0 else (_share(one, other) - by_chance) / (1.0 - by_chance)


def _share(one: Sequence[Reading], other: Sequence[Reading]) -> float:
    return sum(a is b for a, b in zip(one, other, strict=True)) / len(one)
