"""Does the engine find the clause met where scholars found that an alliance was called into play by a war?

Berkemeier and Fuhrmann (2018), 'Reassessing the fulfillment of alliance commitments in war', Research &
Politics 5(2), coded alliances in wars. A row of their file is one of these: the promise was called into play
and *honoured* (`honorBF`) or *violated* (`violateBF`); it was *not called* into play (`cfnaBF`); or there was
nothing to judge, a promise of consultation or non-aggression alone. That is how the columns divide the rows
and how later work uses them; their codebook was not at hand. Here the clauses that ATOP codes for the same
alliance are read on what the Correlates of War say of the same war.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isnan, nan
from pathlib import Path
from typing import Any

from foedus.errors import CaseError
from foedus.terms import Party, Reading
from foedus.treaties.datasets.atop import ALLIANCE_COLUMNS, MEMBER_COLUMNS, alliance_level, member_level
from foedus.treaties.datasets.table import ENDINGS, Row, columns_of, need_columns, read
from foedus.treaties.datasets.war_events import (
    ONSET_COLUMNS,
    WAR_COLUMNS,
    Event,
    War,
    events,
    wars_of,
)
from foedus.treaties.reading import ClauseReading, read_clause
from foedus.treaties.treaty import Clause, Treaty

COLUMNS = ("atopid", "cowwarid", "warname", "honorBF", "violateBF", "cfnaBF")
CITE = "Berkemeier and Fuhrmann (2018), Research & Politics 5(2)"

# From what meets a clause to what does not; of several clauses and parties the first counts.
_BEST_FIRST = (Reading.MET, Reading.CONTESTED, Reading.UNDETERMINED, Reading.NOT_MET, Reading.NOT_APPLICABLE)
_WORST_FIRST = (Reading.NOT_MET, Reading.UNDETERMINED, Reading.CONTESTED, Reading.MET)
_JUDGED = ("mutual_defence", "offence", "neutrality", "non_aggression")

CALLED = ("honoured", "violated")
NOT_CALLED = "not called"


@dataclass(frozen=True, slots=True)
class TreatyWar:
    """An alliance in a war: what the scholars coded, and how the engine reads the coded clauses.

    Attributes
    ----------
    treaty, war
        The alliance's id, and the name of the war in the file.
    coded
        ``honoured``, ``violated``, ``not called``, or ``not judged``.
    reading
        The strictest reading (of letter and sense) of the clause that comes nearest to being met;
        not applicable where there is no event to read it on.
    clause, type, victim
        That clause, its type, and the party at war on whose case it was read.
    under_way
        Whether it is read on a day after the month in which the war began: the promise was made, or the party
        joined the war, later.
    hangs_on
        What the reading turns on, or why there is no event.
    """

    treaty: str
    war: str
    coded: str
    reading: Reading
    clause: str | None
    type: str | None
    victim: Party | None
    under_way: bool
    hangs_on: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "treaty": self.treaty,
            "war": self.war,
            "coded": self.coded,
            "reading": self.reading.value,
            "clause": self.clause,
            "type": self.type,
            "victim": self.victim,
            "under_way": self.under_way,
            "hangs_on": list(self.hangs_on),
        }


@dataclass(frozen=True, slots=True)
class TreatyWars:
    """The comparison over all alliances and wars."""

    rows: tuple[TreatyWar, ...]

    @property
    def called(self) -> tuple[TreatyWar, ...]:
        """The rows in which the scholars found the promise called into play."""
        return tuple(row for row in self.rows if row.coded in CALLED)

    @property
    def not_called(self) -> tuple[TreatyWar, ...]:
        """The rows in which they found its condition not met."""
        return tuple(row for row in self.rows if row.coded == NOT_CALLED)

    @property
    def misses(self) -> tuple[TreatyWar, ...]:
        """The rows called into play that the engine does not read as met."""
        return tuple(row for row in self.called if row.reading is not Reading.MET)

    @property
    def share_met(self) -> float:
        """Of the promises called into play, the share read as met; rows without an event count as not."""
        return _share(self.called, Reading.MET)

    @property
    def share_contradicted(self) -> float:
        """Of the promises called into play, the share read as not met."""
        return _share(self.called, Reading.NOT_MET)

    @property
    def share_met_where_not_called(self) -> float:
        """Of the promises not called into play, the share read as met all the same: false alarms."""
        return _share(self.not_called, Reading.MET)

    def as_dict(self) -> dict[str, Any]:
        """The JSON form, the misses listed."""
        return {
            "cite": CITE,
            "rows": len(self.rows),
            "called": _counts(self.called),
            "not_called": _counts(self.not_called),
            "share_met": _or_none(self.share_met),
            "share_contradicted": _or_none(self.share_contradicted),
            "share_met_where_not_called": _or_none(self.share_met_where_not_called),
            "met_by": _tally(row.type for row in self.called if row.reading is Reading.MET),
            "met_in_wars_under_way": sum(row.under_way for row in self.called if row.reading is Reading.MET),
            "undetermined_hangs_on": _tally(
                hinge for row in self.called if row.reading is Reading.UNDETERMINED for hinge in row.hangs_on
            ),
            "misses": [row.as_dict() for row in self.misses],
        }


def treaty_wars(dta: Path, members: Path, alliances: Path | None, wars: Path, onsets: Path) -> TreatyWars:
    """Compare the engine's readings with the coding of alliances in wars.

    Parameters
    ----------
    dta
        The file of Berkemeier and Fuhrmann.
    members
        ATOP, member level.
    alliances
        ATOP, alliance level, for an alliance that the member level lacks.
    wars, onsets
        COW Inter-State Wars as directed dyad-years, and the months in which the wars began.

    Raises
    ------
    CaseError
        A file is not what it should be.
    """
    need_columns(dta, COLUMNS, "Berkemeier and Fuhrmann (2018)")
    treaties = _treaties(members, alliances)
    known = wars_of(wars, onsets)
    return TreatyWars(tuple(_compared(row, treaties, known) for row in read(dta).rows()))


def treaty_wars_in(folder: Path) -> TreatyWars:
    """The comparison, from the files of a folder; each is known by its columns.

    Raises
    ------
    CaseError
        A file that is needed is not there, or is not what it should be.
    """
    lying = {path: columns_of(path) for path in sorted(folder.glob("*")) if path.suffix.lower() in ENDINGS}

    def with_columns(columns: Iterable[str]) -> Path | None:
        return next((path for path, known in lying.items() if known.issuperset(columns)), None)

    needed = {
        "Berkemeier and Fuhrmann (2018)": with_columns(COLUMNS),
        "ATOP, member level": with_columns(MEMBER_COLUMNS),
        "COW Inter-State Wars, directed dyad-years": with_columns(WAR_COLUMNS),
        "the list of onsets of wars": with_columns(ONSET_COLUMNS),
    }
    dta, members, wars, onsets = needed.values()
    if dta is None or members is None or wars is None or onsets is None:
        missing = "; ".join(name for name, path in needed.items() if path is None)
        raise CaseError(f"{folder}: holds no file of {missing}; put it there")
    return treaty_wars(dta, members, with_columns(ALLIANCE_COLUMNS), wars, onsets)


def _treaties(members: Path, alliances: Path | None) -> Mapping[str, Treaty]:
    found = {treaty.id: treaty for treaty in alliance_level(alliances).all_treaties} if alliances else {}
    return {**found, **{treaty.id: treaty for treaty in member_level(members).all_treaties}}


def _compared(row: Row, treaties: Mapping[str, Treaty], wars: Mapping[int, War]) -> TreatyWar:
    treaty_id, number = f"atop-{row.needed('atopid')}", row.number("cowwarid")
    treaty, war = treaties.get(treaty_id), None if number is None else wars.get(number)
    named = str(row.values["warname"])
    if treaty is None:
        return _without_event(row, treaty_id, named, "the alliance is not in this version of ATOP")
    if war is None:
        return _without_event(row, treaty_id, named, "the war is not among COW's interstate wars")
    found = [
        (clause, reading, event) for event in events(war, treaty) for clause, reading in _read(event, treaty)
    ]
    if not found:
        because = "by COW's list no party was at war to whom another had promised anything for such a case"
        return _without_event(row, treaty_id, named, because)
    clause, reading, event = min(found, key=_nearness)
    return TreatyWar(
        treaty=treaty_id,
        war=named,
        coded=_coded(row),
        reading=reading.reading,
        clause=clause.id,
        type=clause.type,
        victim=event.host,
        under_way=event.situation.day > war.onset.last,
        hangs_on=() if reading.why is None else tuple(name for name, _status in reading.why.turning()),
    )


def _without_event(row: Row, treaty_id: str, war: str, because: str) -> TreatyWar:
    return TreatyWar(
        treaty=treaty_id,
        war=war,
        coded=_coded(row),
        reading=Reading.NOT_APPLICABLE,
        clause=None,
        type=None,
        victim=None,
        under_way=False,
        hangs_on=(because,),
    )


def _nearness(found: tuple[Clause, ClauseReading, Event]) -> tuple[int, bool]:
    """From what meets a clause to what does not; a duty to help goes before the duty not to attack."""
    clause, reading, _event = found
    return _BEST_FIRST.index(reading.reading), clause.type == "non_aggression"


def _coded(row: Row) -> str:
    for column, coded in (("honorBF", "honoured"), ("violateBF", "violated"), ("cfnaBF", NOT_CALLED)):
        if row.flag(column):
            return coded
    return "not judged"


def _read(event: Event, treaty: Treaty) -> Iterator[tuple[Clause, ClauseReading]]:
    """The strictest reading of each clause that somebody owes the party at war."""
    day, parties = event.situation.day, event.situation.parties
    for clause in treaty.clauses_on(day):
        if clause.type not in _JUDGED or not clause.addressed(tuple(sorted(parties)), event.host):
            continue
        if clause.trigger.protects and event.host not in clause.trigger.protects:
            continue
        # A duty not to attack one another is put to the test by a war among the parties, and by no other.
        if clause.type == "non_aggression" and not event.opponents & parties:
            continue
        readings = read_clause(clause, event.situation, self_judged=False)
        yield clause, min(readings.values(), key=lambda one: _WORST_FIRST.index(one.reading))


def _share(rows: tuple[TreatyWar, ...], reading: Reading) -> float:
    return sum(row.reading is reading for row in rows) / len(rows) if rows else nan


def _or_none(share: float) -> float | None:
    """A share for JSON, which has no number for a share of nothing."""
    return None if isnan(share) else share


def _counts(rows: tuple[TreatyWar, ...]) -> dict[str, int]:
    counted = Counter(row.reading.value for row in rows)
    return {reading.value: counted[reading.value] for reading in _BEST_FIRST}


def _tally(names: Iterable[str | None]) -> dict[str, int]:
    return dict(Counter(name for name in names if name is not None).most_common())
