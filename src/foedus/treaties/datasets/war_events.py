"""What do the Correlates of War say of a state in a war: who attacked it, and with whom was it at war?

The tables know less than a treaty asks. The list of onsets names one state that opened each war and one that
was attacked; the list of belligerents says who fought whom in which year, and which states it holds to have
initiated. Whether another state on the attacked side was itself attacked or joined of its own will, nobody
says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np

from foedus.errors import CaseError
from foedus.terms import Belief, Dated, Party, Predicate, Status
from foedus.terms.states import code_of_number
from foedus.treaties.datasets.table import need_columns, read
from foedus.treaties.situation import Situation
from foedus.treaties.treaty import Treaty

WAR_COLUMNS = ("warnum", "ccode1", "ccode2", "year", "initiator1", "initiator2")
ONSET_COLUMNS = ("warnum", "onset", "target")


@dataclass(frozen=True, slots=True)
class Fought:
    """A state fought another in a year of a war."""

    state: int
    opponent: int
    year: int
    began_it: bool
    opponent_began_it: bool


@dataclass(frozen=True, slots=True)
class War:
    """A war: when it began, whom it was opened against, and who fought whom in which year."""

    number: int
    onset: Dated
    target: int
    fought: tuple[Fought, ...]

    def states(self) -> frozenset[int]:
        """Every state that fought in it."""
        return frozenset(row.state for row in self.fought)

    def of(self, state: int) -> tuple[Fought, ...]:
        """What a state fought in it."""
        return tuple(row for row in self.fought if row.state == state)


@dataclass(frozen=True, slots=True)
class Event:
    """A party of an alliance at war while the alliance bound it."""

    host: Party
    opponents: frozenset[Party]
    situation: Situation


def wars_of(wars: Path, onsets: Path) -> Mapping[int, War]:
    """Every war of the two tables, by its number in the Correlates of War.

    Raises
    ------
    CaseError
        A table is not what it should be.
    """
    need_columns(wars, WAR_COLUMNS, "COW Inter-State Wars, directed dyad-years")
    need_columns(onsets, ONSET_COLUMNS, "the list of onsets of wars")
    fought: dict[int, list[Fought]] = {}
    for row in read(wars).rows():
        fought.setdefault(row.needed("warnum"), []).append(
            Fought(
                state=row.needed("ccode1"),
                opponent=row.needed("ccode2"),
                year=row.needed("year"),
                began_it=row.flag("initiator1"),
                opponent_began_it=row.flag("initiator2"),
            )
        )
    found = {}
    for row in read(onsets).rows():
        number = row.needed("warnum")
        try:
            onset = Dated.parse(row.values["onset"])
        except ValueError as mistake:
            raise CaseError(f"{row.place}: onset: {mistake}") from None
        found[number] = War(number, onset, row.needed("target"), tuple(fought.get(number, ())))
    return found


def events(war: War, treaty: Treaty) -> list[Event]:
    """Every party of a treaty that was at war while the treaty bound it, on the first such day."""
    found = []
    for state in sorted(war.states()):
        day = _first_day(war, state, treaty)
        if day is not None:
            found.append(_event(war, state, treaty, day))
    return found


def _first_day(war: War, state: int, treaty: Treaty) -> date | None:
    years = [row.year for row in war.of(state)]
    start = war.onset.first if min(years) == war.onset.first.year else date(min(years), 1, 1)
    last = date(max(years), 12, 31)
    begins = [start, *(span.from_.first for span in treaty.parties)]
    for day in sorted({day for day in begins if start <= day <= last}):
        parties = treaty.parties_on(day)
        if len(parties) > 1 and code_of_number(state, day) in parties:
            return day
    return None


def _event(war: War, state: int, treaty: Treaty, day: date) -> Event:
    rows = [row for row in war.of(state) if row.year == day.year] or list(war.of(state))
    parties = frozenset(treaty.parties_on(day))
    host = code_of_number(state, day)
    opponents = _codes((row.opponent for row in rows), day)
    attacked = war.target == state
    facts: dict[Predicate, bool] = {"at_war": True, "at_war_with_third_power": bool(opponents - parties)}
    if attacked:
        facts["armed_attack"] = True
    elif any(row.began_it for row in rows):
        facts["armed_attack"] = False
    attackers = _codes((row.opponent for row in rows if row.opponent_began_it), day)
    return Event(
        host,
        opponents,
        Situation(
            beliefs={predicate: _recorded(predicate, holds) for predicate, holds in facts.items()},
            host=host,
            as_of=datetime(day.year, day.month, day.day),
            attackers=attackers if attacked and attackers else None,
            wars=frozenset(frozenset((host, opponent)) for opponent in opponents),
            parties=parties,
        ),
    )


def _codes(numbers: Iterable[int], day: date) -> frozenset[Party]:
    return frozenset(code_of_number(number, day) for number in numbers)


def _recorded(predicate: Predicate, holds: bool) -> Belief:
    return Belief(predicate, Status.TRUE if holds else Status.FALSE, np.full(1, float(holds)))
