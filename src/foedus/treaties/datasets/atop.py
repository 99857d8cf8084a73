"""Alliances of the Alliance Treaty Obligations and Provisions project (ATOP), as treaties.

The member level says who promises what from when to when, and on which coded condition. The alliance level
has one row an alliance: its members without dates of their own, the promises without saying whose, and of
conditions only that there is one. What each column becomes is declared in `atop_codes.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from foedus.errors import CaseError
from foedus.terms import Party
from foedus.treaties.datasets.alliance import Alliance, Member, Promised
from foedus.treaties.datasets.codebook import (
    NAMED_STATE,
    Threat,
    codes,
    condition_of,
    flagged_condition,
    limits,
    obligations,
)
from foedus.treaties.datasets.holding import TreatyHolding
from foedus.treaties.datasets.membership import Spell, codes_of, spells_of
from foedus.treaties.datasets.table import UNKNOWN, Row, Table, read
from foedus.treaties.treaty import Treaty

_PROMISES = ("defense", "offense", "neutral", "nonagg", "consul")
_ENTRY, _EXIT = ("yrent", "moent", "dayent"), ("yrexit", "moexit", "dayexit")
MEMBER_COLUMNS = ("atopid", "member", *_ENTRY, *_EXIT, *_PROMISES)
ALLIANCE_COLUMNS = ("atopid", "begyr", "begmo", "begday", "endyr", "endmo", "endday", "mem1", *_PROMISES)

_NO_TEXT = "conditions are coded flags, not the treaty's words: an unnamed adversary or place stays open"
_NO_DATES = "members have no dates of their own: who joined or left in between is shown as bound throughout"
_NOT_WHOSE = "obligations differ between members, and this level does not say whose is whose"


def member_level(path: Path) -> TreatyHolding:
    """The member level: every alliance with its members' dates, promises and coded conditions."""
    table = read(path)
    version = _version(table)
    alliances = _by_member(table, f"{codes()['cite']}; ATOP {version}, member level")
    return TreatyHolding(
        name=f"ATOP {version}, member level",
        path=path,
        coverage=_coverage(table, version, ("yrent", "yrexit")),
        cite=codes()["cite"],
        limits=(_NO_TEXT,),
        unresolved=_unresolved(path, alliances),
        read=lambda: _treaties(alliances),
    )


def alliance_level(path: Path) -> TreatyHolding:
    """The alliance level: every alliance with its members, without their dates or their own promises."""
    table = read(path)
    version = _version(table)
    alliances = _by_alliance(table, f"{codes()['cite']}; ATOP {version}, alliance level")
    return TreatyHolding(
        name=f"ATOP {version}, alliance level",
        path=path,
        coverage=_coverage(table, version, ("begyr", "endyr")),
        cite=codes()["cite"],
        limits=(_NO_DATES, "of a condition it is coded only that there is one"),
        unresolved=_unresolved(path, alliances),
        read=lambda: _treaties(alliances),
    )


def _treaties(alliances: list[Alliance]) -> tuple[Treaty, ...]:
    return tuple(
        alliance.treaty()
        for alliance in alliances
        if any(member.promises for member in alliance.members)
        and any(member.spells for member in alliance.members)
    )


def _by_member(table: Table, cite: str) -> list[Alliance]:
    found: dict[int, Alliance] = {}
    for row in table.rows():
        alliance = _alliance(found, row, cite)
        number = row.needed("member")
        if not _is_state(number):
            alliance.unresolved.append(number)
            continue
        alliance.members.append(
            Member(
                number=number,
                spells=tuple(_spells(row, number, _ENTRY, _EXIT)),
                promises=tuple(_promises(row)),
                phase=row.number("phase") or 0,
            )
        )
    return list(found.values())


def _by_alliance(table: Table, cite: str) -> list[Alliance]:
    found: dict[int, Alliance] = {}
    places = [name for name in table.frame.columns if name.startswith("mem") and name[3:].isdigit()]
    for row in table.rows():
        alliance = _alliance(found, row, cite)
        alliance.notes.append(_NO_DATES)
        if row.flag("asymm"):
            alliance.notes.append(_NOT_WHOSE)
            alliance.doubts.append(_NOT_WHOSE)
        if sum(bool(row.number(place)) for place in places) > 2:
            alliance.doubts.append(_NO_DATES)
        promises = tuple(
            Promised(obligation, flagged_condition(obligation, row.flag(obligation.flag or "conditio")))
            for obligation in obligations()
            if row.flag(obligation.column)
        )
        for number in (row.number(place) for place in places):
            if number is None or number == 0:
                continue
            if not _is_state(number):
                alliance.unresolved.append(number)
                continue
            spells = _spells(row, number, ("begyr", "begmo", "begday"), ("endyr", "endmo", "endday"))
            alliance.members.append(Member(number, tuple(spells), promises))
    return list(found.values())


def _alliance(found: dict[int, Alliance], row: Row, cite: str) -> Alliance:
    number = row.needed("atopid")
    return found.setdefault(number, Alliance(f"atop-{number}", f"ATOP {number}", cite))


def _spells(
    row: Row, number: int, begins: tuple[str, str, str], ends: tuple[str, str, str]
) -> Iterator[Spell]:
    since = row.dated(*begins)
    if since is None:
        raise CaseError(f"{row.place}: {begins[0]} is missing; give the year in which the promise began")
    yield from spells_of(number, since, row.dated(*ends), row.place)


def _promises(row: Row) -> Iterator[Promised]:
    coded = [limit.column for limit in limits() if row.flag(limit.column)]
    for obligation in obligations():
        if row.flag(obligation.column):
            yield Promised(obligation, condition_of(obligation, coded, _threat(row)))


def _threat(row: Row) -> Threat:
    numbers = [number for number in (row.number("statthr1"), row.number("statthr2")) if number]
    known = [number for number in numbers if _is_state(number)]
    since, until = row.dated(*_ENTRY), row.dated(*_EXIT)
    states: list[Party] = []
    for number in known:
        # A threat may change its code while the alliance lasts, as Russia became the Soviet Union.
        states += [] if since is None else [one.code for one in spells_of(number, since, until, row.place)]
    # Two columns hold two states at most, so only one that stands alone is taken for the whole.
    alone = len(numbers) == len(known) == 1 and row.number("specthrt") == NAMED_STATE
    return Threat(tuple(dict.fromkeys(states)), alone)


def _is_state(number: int) -> bool:
    try:
        codes_of(number)
    except CaseError:
        return False
    return True


def _unresolved(path: Path, alliances: list[Alliance]) -> tuple[str, ...]:
    return tuple(f"{path.name}: {line}" for alliance in alliances for line in alliance.left_out())


def _version(table: Table) -> str:
    if "version" not in table.frame:
        return "of unknown version"
    values = {str(value).strip() for value in table.frame["version"]} - UNKNOWN
    # One file has 4.01, another the same number in single precision, 4.0100002.
    known = sorted({_shortened(value) for value in values})
    return "/".join(known) if known else "of unknown version"


def _shortened(version: str) -> str:
    try:
        return f"{float(version):.4g}"
    except ValueError:
        return version


def _coverage(table: Table, version: str, years: tuple[str, str]) -> tuple[int, int]:
    declared = codes()["coverage"].get(version)
    if declared is not None:
        return int(declared[0]), int(declared[1])
    found = [year for row in table.rows() for year in (row.number(name) for name in years) if year]
    if not found:
        raise CaseError(f"{table.path}: has no year in {', '.join(years)}; give the published file")
    return min(found), max(found)
