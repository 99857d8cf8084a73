"""Who is bound to whom on a day, according to a data set? What a data set is asked, and how it answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, get_args

from foedus.errors import CaseError
from foedus.terms import Dated, Party
from foedus.treaties.datasets.words import in_words
from foedus.treaties.treaty import Clause, ClauseType, PartySpan, Treaty


@dataclass(frozen=True, slots=True)
class Promise:
    """One state owes another something.

    Attributes
    ----------
    treaty
        The id of the treaty; None where the data set has no treaties.
    parties
        Every party on the day; the two states alone where the data set has no treaties.
    promiser, beneficiary
        Who owes, and to whom.
    type
        The kind of clause.
    condition
        The coded condition in words; None where the data set has none.
    since, until
        From when to when the two are bound so; ``until`` is None where no end has come.
    note
        What is uncertain about this row.
    """

    treaty: str | None
    parties: tuple[Party, ...]
    promiser: Party
    beneficiary: Party
    type: str
    condition: str | None
    since: Dated | None
    until: Dated | None
    note: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "treaty": self.treaty,
            "parties": list(self.parties),
            "promiser": self.promiser,
            "beneficiary": self.beneficiary,
            "type": self.type,
            "condition": self.condition,
            "since": None if self.since is None else self.since.text,
            "until": None if self.until is None else self.until.text,
            "note": self.note,
        }


@dataclass(frozen=True)
class Answer:
    """What a data set says of a day. Where it does not cover the day, that is missing, not 'no'.

    Attributes
    ----------
    data_set, coverage
        The name of the data set, and the first and last year that it covers.
    day
        The day asked about.
    covered
        Whether the data set covers the day; if not, there are no rows and nothing follows from that.
    rows
        The promises in force.
    limits
        What the data set cannot say.
    """

    data_set: str
    coverage: tuple[int, int]
    day: date
    covered: bool
    rows: tuple[Promise, ...] = ()
    limits: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        """The answer in a line."""
        first, last = self.coverage
        if not self.covered:
            return f"{self.data_set} covers {first} to {last}: missing for {self.day}, which is not 'no'"
        if not self.rows:
            return f"{self.data_set} has no such promise on {self.day}"
        return f"{self.data_set} has {len(self.rows)} such promises on {self.day}"

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "data_set": self.data_set,
            "coverage": list(self.coverage),
            "day": self.day.isoformat(),
            "covered": self.covered,
            "says": self.says,
            "rows": [row.as_dict() for row in self.rows],
            "limits": list(self.limits),
        }


@dataclass(frozen=True)
class Holding(ABC):
    """A data set at hand.

    Attributes
    ----------
    name
        The data set, its version and its level.
    path
        The file.
    coverage
        The first and the last year that it covers.
    cite
        The work to cite.
    untried
        Whether this reader has never met the real file, only tables made in its layout.
    limits
        What the data set cannot say, each in a line.
    unresolved
        What was left out, each in a line.
    """

    name: str
    path: Path
    coverage: tuple[int, int]
    cite: str
    untried: bool = False
    limits: tuple[str, ...] = ()
    unresolved: tuple[str, ...] = field(default=(), compare=False)

    def covers(self, day: date) -> bool:
        """Whether the data set says anything of a day."""
        return self.coverage[0] <= day.year <= self.coverage[1]

    def promises(
        self,
        day: date,
        *,
        party: Party | None = None,
        between: tuple[Party, Party] | None = None,
        kind: str | None = None,
    ) -> Answer:
        """Who is bound to whom on a day?

        Parameters
        ----------
        day
            The day.
        party
            Only what this state promises or is promised.
        between
            Only what these two promise each other.
        kind
            Only clauses of this type, such as ``mutual_defence``.

        Raises
        ------
        CaseError
            There is no such type of clause.
        """
        if kind is not None and kind not in get_args(ClauseType):
            raise CaseError(f"'{kind}' is no kind of promise; give one of {', '.join(get_args(ClauseType))}")
        limits = (*self.limits, *((f"untried on a real file: {self.path.name}",) if self.untried else ()))
        if not self.covers(day):
            return Answer(self.name, self.coverage, day, covered=False, limits=limits)
        wanted = tuple(code for code in (party, *(between or ())) if code is not None)
        rows = tuple(
            row
            for row in self._promises(day, frozenset(wanted))
            if (kind is None or row.type == kind)
            and (party is None or party in (row.promiser, row.beneficiary))
            and (between is None or {row.promiser, row.beneficiary} == set(between))
        )
        return Answer(self.name, self.coverage, day, covered=True, rows=rows, limits=limits)

    def treaties(self, day: date) -> list[Treaty]:
        """The treaties in force on a day; none where the data set has no treaties or does not cover it."""
        return []

    @abstractmethod
    def _promises(self, day: date, among: frozenset[Party]) -> Iterable[Promise]:
        """The promises on a covered day that concern all of these states, or all promises."""


@dataclass(frozen=True)
class TreatyHolding(Holding):
    """A data set that has treaties."""

    read: Callable[[], tuple[Treaty, ...]] = tuple

    @cached_property
    def all_treaties(self) -> tuple[Treaty, ...]:
        """Every treaty of the data set, read when first asked for."""
        return self.read()

    def treaties(self, day: date) -> list[Treaty]:
        """The treaties in force on a day."""
        if not self.covers(day):
            return []
        return [treaty for treaty in self.all_treaties if len(treaty.parties_on(day)) > 1]

    def _promises(self, day: date, among: frozenset[Party]) -> Iterator[Promise]:
        for treaty in self.all_treaties:
            spans = treaty.spans_on(day)
            if len(spans) > 1 and among <= {span.code for span in spans}:
                for clause in treaty.clauses_on(day):
                    yield from _promises_of(treaty, clause, spans)


def _promises_of(treaty: Treaty, clause: Clause, spans: tuple[PartySpan, ...]) -> Iterator[Promise]:
    parties = tuple(span.code for span in spans)
    condition = in_words(clause.trigger.condition)
    for beneficiary in spans:
        if clause.trigger.protects and beneficiary.code not in clause.trigger.protects:
            continue
        promisers = clause.addressed(parties, beneficiary.code)
        for promiser in spans:
            if promiser.code in promisers and promiser.code != beneficiary.code:
                yield Promise(
                    treaty=treaty.id,
                    parties=parties,
                    promiser=promiser.code,
                    beneficiary=beneficiary.code,
                    type=clause.type,
                    condition=condition,
                    since=_latest(promiser.from_, beneficiary.from_, clause.valid.from_),
                    until=_earliest(promiser.to, beneficiary.to, clause.valid.to),
                    note=clause.note,
                )


def _latest(*days: Dated | None) -> Dated | None:
    return max((day for day in days if day is not None), key=lambda day: day.first, default=None)


def _earliest(*days: Dated | None) -> Dated | None:
    return min((day for day in days if day is not None), key=lambda day: day.last, default=None)
