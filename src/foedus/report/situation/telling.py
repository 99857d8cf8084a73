"""What one answer is told from: the summary, the case and the assessment, and the words of a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from foedus.cases.schema import Case, Event
from foedus.report.numbers import middle_of
from foedus.report.phrases import Phrases
from foedus.report.reading import Summary, look_up, look_up_or_none
from foedus.terms import Tag


@dataclass(slots=True)
class Told:
    """One answer as it is put together: sentences, and what would change them."""

    tag: Tag
    says: list[str] = field(default_factory=list)
    change: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Telling:
    """Where the numbers of an answer come from, and how they are said."""

    summary: Summary
    case: Case
    assessment: Mapping[str, Any]
    say: Phrases

    def number(self, *path: str) -> Any:
        """A number of the summary; raises NotComputedError where it is missing."""
        return look_up(self.summary, *path)

    def number_or_none(self, *path: str) -> Any:
        """A number of the summary, or None."""
        return look_up_or_none(self.summary, *path)

    @property
    def replay(self) -> bool:
        """Whether the dated decisions of the case were taken as they fell."""
        return bool(self.summary.get("mode", "replay") == "replay")

    @property
    def as_of(self) -> datetime:
        """The hour after which nothing may be known."""
        given = self.summary.get("as_of") or look_up_or_none(self.summary, "obligation", "as_of")
        return datetime.fromisoformat(given) if given else self.case.meta.end

    def day(self, when: datetime) -> str:
        """A date in the case's own time zone."""
        return self.say.day(when, self.case.meta.clock.tzinfo)

    def hour(self, when: datetime) -> str:
        """A date with its hour in the case's own time zone."""
        return self.say.hour(when, self.case.meta.clock.tzinfo)

    def first(self, kind: str) -> Event | None:
        """The first dated event of a kind; None where the case has none."""
        return min((e for e in self.case.events if e.kind == kind), key=lambda e: e.at, default=None)

    @cached_property
    def hours_to_first_shock(self) -> float:
        """Hours from the window's start to the first dated shock."""
        shock = self.first("shock")
        return max(0.0, self.case.meta.clock.hours_since_start(shock.at)) if shock else 0.0

    def parameter(self, name: str) -> str:
        """Name, range and basis of a declared parameter, as the case or the fit has it."""
        from foedus.cases.parameters import declared

        given = self.case.parameters.get(name)
        known = declared().get(name)
        quantity = given or known
        if quantity is None:
            return name
        low, high = _likely_range(quantity)
        listed = {row["parameter"].rpartition(".")[2]: row for row in self.summary.get("assumptions", [])}
        basis = self.say.word("basis", str(listed.get(name, {}).get("basis", quantity.basis)))
        write = self.say.manner.number
        if low == high:
            return self.say("parameter_fixed", name=name, low=write(low), basis=basis)
        if listed.get(name, {}).get("fitted"):
            return self.say("parameter_fitted", name=name, low=write(low), high=write(high))
        return self.say("parameter", name=name, low=write(low), high=write(high), basis=basis)

    def fact(self, predicate: str) -> str:
        """A fact that clauses ask about, in words."""
        return self.say.word("predicates", predicate)

    def belief_in(self, predicate: str) -> Any:
        """How probable a fact is believed to be; None where it was not computed."""
        return self.number_or_none("beliefs", predicate, "probability")

    def median(self, *path: str) -> float | None:
        """The median of a number of the summary; None where it is missing or not reached."""
        return middle_of(self.number_or_none(*path))


def _likely_range(quantity: Any) -> tuple[float, float]:
    import numpy as np

    low, high = quantity.at(np.array([0.05, 0.95]))
    least, most = quantity.support()
    bounded = np.isfinite(least) and np.isfinite(most) and "uniform" in str(type(quantity.value)).lower()
    return (float(least), float(most)) if bounded else (float(low), float(high))
