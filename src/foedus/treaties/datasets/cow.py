"""Alliances of the Correlates of War, Formal Alliances 4.1, as treaties. Untried on a real file.

The layout is the published one: by member (`alliance_v4.1_by_member.csv`) one row for each state in an
alliance; by dyad and by directed dyad one row for each pair. The data set codes the kind of promise and no
condition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from foedus.errors import CaseError
from foedus.treaties.datasets.alliance import Alliance, Member, Promised
from foedus.treaties.datasets.codebook import Obligation, obligations
from foedus.treaties.datasets.holding import TreatyHolding
from foedus.treaties.datasets.membership import Spell, codes_of, spells_of
from foedus.treaties.datasets.table import Row, Table, read
from foedus.treaties.treaty import Treaty

KINDS: Mapping[str, str] = {
    "defense": "mutual_defence",
    "neutrality": "neutrality",
    "nonaggression": "non_aggression",
    "entente": "consultation",
}
BY_MEMBER = ("version4id", "ccode", "mem_st_year", "mem_st_month", "mem_st_day", "mem_end_year", *KINDS)
BY_DYAD = (
    "version4id",
    "ccode1",
    "ccode2",
    "dyad_st_year",
    "dyad_st_month",
    "dyad_st_day",
    "dyad_end_year",
    *KINDS,
)

CITE = "Gibler, Douglas M. (2009), International Military Alliances, 1648-2008, CQ Press"
COVERAGE = (1816, 2012)

_LIMITS = (
    "conditions of the promise are not coded: it is shown as the kind of promise alone",
    "an entente is shown as consultation, which it asks for at least",
)
_LEFT = "began before the data set does (left-censored): its first day is the one coded"
_ONE_WAY = "coded as asymmetric: whether both promise this is not said in a row of a pair"


def by_member(path: Path) -> TreatyHolding:
    """The table by member: every alliance with each member's dates and kinds of promise."""
    return _holding(path, "by member", _by_member(read(path)))


def by_dyad(path: Path) -> TreatyHolding:
    """The tables by dyad: each pair of allied states with its dates and kinds of promise."""
    table = read(path)
    directed = _goes_both_ways(table)
    level = "by directed dyad" if directed else "by dyad"
    return _holding(path, level, _by_dyad(table, directed=directed))


def _holding(path: Path, level: str, alliances: list[Alliance]) -> TreatyHolding:
    return TreatyHolding(
        name=f"COW Formal Alliances 4.1, {level}",
        path=path,
        coverage=COVERAGE,
        cite=CITE,
        untried=True,
        limits=_LIMITS,
        unresolved=tuple(f"{path.name}: {line}" for alliance in alliances for line in alliance.left_out()),
        read=lambda: _treaties(alliances),
    )


def _treaties(alliances: list[Alliance]) -> tuple[Treaty, ...]:
    return tuple(
        alliance.treaty()
        for alliance in alliances
        if any(member.promises and member.spells for member in alliance.members)
    )


def _by_member(table: Table) -> list[Alliance]:
    found: dict[str, Alliance] = {}
    for row in table.rows():
        alliance = _alliance(found, f"cow-{row.needed('version4id')}", row)
        spells = _spells(row, "ccode", "mem", alliance)
        if spells:
            alliance.members.append(Member(row.needed("ccode"), spells, tuple(_promises(row))))
    return list(found.values())


def _by_dyad(table: Table, *, directed: bool) -> list[Alliance]:
    """One alliance for each pair: a row says nothing of what others owe each other."""
    found: dict[str, Alliance] = {}
    for row in table.rows():
        first, second = row.needed("ccode1"), row.needed("ccode2")
        pair = f"{min(first, second)}-{max(first, second)}"
        alliance = _alliance(found, f"cow-{row.needed('version4id')}-{pair}", row)
        promises = tuple(_promises(row))
        if not directed and row.flag("asymmetric"):
            alliance.doubts.append(_ONE_WAY)
        for column, bound in (("ccode1", promises), ("ccode2", () if directed else promises)):
            spells = _spells(row, column, "dyad", alliance)
            if spells:
                alliance.members.append(Member(row.needed(column), spells, bound))
    return list(found.values())


def _goes_both_ways(table: Table) -> bool:
    """Whether each pair stands in both orders, as in the directed table."""
    pairs = {(row.needed("version4id"), row.needed("ccode1"), row.needed("ccode2")) for row in table.rows()}
    return all((alliance, second, first) in pairs for alliance, first, second in pairs)


def _alliance(found: dict[str, Alliance], identity: str, row: Row) -> Alliance:
    alliance = found.setdefault(identity, Alliance(identity, f"COW alliance {identity[4:]}", CITE))
    if row.flag("left_censor") and _LEFT not in alliance.notes:
        alliance.notes.append(_LEFT)
    return alliance


def _spells(row: Row, column: str, prefix: str, alliance: Alliance) -> tuple[Spell, ...]:
    number = row.needed(column)
    since = row.dated(f"{prefix}_st_year", f"{prefix}_st_month", f"{prefix}_st_day")
    if since is None:
        raise CaseError(f"{row.place}: {prefix}_st_year is missing; give the year in which the promise began")
    until = row.dated(f"{prefix}_end_year", f"{prefix}_end_month", f"{prefix}_end_day")
    try:
        codes_of(number)
    except CaseError:
        alliance.unresolved.append(number)
        return ()
    return tuple(spells_of(number, since, until, row.place))


def _promises(row: Row) -> Iterator[Promised]:
    for column, kind in KINDS.items():
        if row.flag(column):
            obligation = _obligation(kind)
            yield Promised(obligation, obligation.condition)


def _obligation(kind: str) -> Obligation:
    return next(obligation for obligation in obligations() if obligation.type == kind)
