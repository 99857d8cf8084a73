"""The conflicts in which allies decide: wars, and disputes with use of force; each with one principal a side.

Wars are the interstate wars of the Correlates of War; principals stand in the list of onsets. Disputes are
those of Gibler, Miller and Little at 'use of force' or war; the principal of a side is its strongest state
of the first day. Who came is whoever fought on that side at any time: an outcome, and nothing else uses it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from foedus.errors import CaseError
from foedus.experiments.decisions.history import History, Kinds
from foedus.experiments.decisions.tables import Tables

Role = Literal["target", "initiator"]
USED_FORCE, LEVEL_OF_FORCE = 13, 4
"""Highest action from which a state used force; hostility level from which a dispute did."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Side:
    """A side of a conflict, by its principal.

    Attributes
    ----------
    role
        Whether the principal was attacked (``target``) or opened the conflict (``initiator``).
    principal, opponent
        The principals of this side and of the other, as Correlates of War numbers.
    opponents
        The other side's states of the first day.
    came
        Every state that fought on this side at any time: the outcome.
    pacts
        Promises of the first year that were older than the conflict, by ally.
    """

    role: Role
    principal: int
    opponent: int
    opponents: frozenset[int]
    came: frozenset[int]
    pacts: Mapping[int, Kinds]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict: its number, the month it began, and the last day before it for certain."""

    number: int
    year: int
    month: str
    day_before: date
    sides: tuple[Side, ...]


def wars(tables: Tables) -> list[Conflict]:
    """Every interstate war, in the order of the list of onsets.

    Raises
    ------
    CaseError
        An onset is no month, or a principal did not fight.
    """
    fought: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
    columns = ("warnum", "ccode1", "year", "sidea1", "initiator1")
    for war, state, year, side, began in tables.rows("cow_war_inter", *columns):
        fought[war].append((state, year, side, began))
    pacts: dict[tuple[int, str, int], dict[int, Kinds]] = defaultdict(dict)
    columns_of_pacts = ("warnum", "role", "principal", "ally", "defense", "offense", "neutral", "consul")
    for war, role, principal, ally, *kinds in tables.rows("same_year_pacts", *columns_of_pacts):
        pacts[war, role, principal][ally] = Kinds(*(int(kind) for kind in kinds))
    found = []
    for war, onset, initiator, target in tables.rows(
        "cow_war_onsets", "warnum", "onset", "initiator", "target"
    ):
        began = _month(tables, war, onset)
        pairs: tuple[tuple[Role, int, int], ...] = (
            ("target", target, initiator),
            ("initiator", initiator, target),
        )
        found.append(
            Conflict(
                number=war,
                year=began.year,
                month=f"{began:%Y-%m}",
                day_before=began - _DAY,
                sides=tuple(
                    Side(
                        role,
                        principal,
                        opponent,
                        _openers(tables, fought[war], war, opponent, began.year),
                        _of_side(tables, fought[war], war, principal),
                        pacts.get((war, role, principal), {}),
                    )
                    for role, principal, opponent in pairs
                ),
            )
        )
    return found


def disputes(tables: Tables, history: History) -> list[Conflict]:
    """Every dispute with use of force, by number; the strongest state of a side's first day is principal."""
    states: dict[int, list[tuple[int, int, int, int, int, int, int]]] = defaultdict(list)
    columns = ("dispnum", "ccode", "styear", "stmon", "stday", "sidea", "hiact", "orig")
    for dispute, *row in tables.rows("gml_part", *columns):
        states[dispute].append(tuple(row))
    found = []
    listed = tables.rows("gml_mid_disps", "dispnum", "styear", "stmon", "hostlev")
    for dispute, year, month, level in sorted(listed):
        if level < LEVEL_OF_FORCE:
            continue
        rows = states[dispute]
        firsts = {side: {row[0] for row in rows if row[4] == side and row[6] == 1} for side in (0, 1)}
        if not all(firsts.values()):
            continue
        # A month of 13 is an error of the source.
        calendar = min(max(month, 1), 12)
        leads = {side: _strongest(history, firsts[side], year) for side in (0, 1)}
        came = {
            side: frozenset(row[0] for row in rows if row[4] == side and row[5] >= USED_FORCE)
            for side in (0, 1)
        }
        roles: tuple[tuple[Role, int], ...] = (("target", 0), ("initiator", 1))
        found.append(
            Conflict(
                number=dispute,
                year=year,
                month=f"{year:04d}-{calendar:02d}",
                day_before=_first_day(rows, year, calendar) - _DAY,
                sides=tuple(
                    Side(role, leads[side], leads[1 - side], frozenset(firsts[1 - side]), came[side], {})
                    for role, side in roles
                ),
            )
        )
    return found


def _month(tables: Tables, war: int, onset: str) -> date:
    try:
        return date.fromisoformat(f"{onset}-01")
    except ValueError:
        path = tables.paths["cow_war_onsets"]
        raise CaseError(f"{path}: war {war}: onset is {onset!r}; give a month as YYYY-MM") from None


def _of_side(
    tables: Tables, fought: list[tuple[int, int, int, int]], war: int, principal: int
) -> frozenset[int]:
    """Every state that fought on the side on which a principal fought first."""
    side = _side(tables, fought, war, principal)
    return frozenset(row[0] for row in fought if row[2] == side)


def _openers(
    tables: Tables, fought: list[tuple[int, int, int, int]], war: int, principal: int, year: int
) -> frozenset[int]:
    """A principal with the states of its side that opened the war in its first year."""
    side = _side(tables, fought, war, principal)
    return frozenset({principal} | {row[0] for row in fought if row[1:] == (year, side, 1)})


def _side(tables: Tables, fought: list[tuple[int, int, int, int]], war: int, principal: int) -> int:
    sides = [(row[1], row[2]) for row in fought if row[0] == principal]
    if not sides:
        path = tables.paths["cow_war_onsets"]
        raise CaseError(f"{path}: war {war}: {principal} did not fight in it; give a state that did")
    return min(sides)[1]


def _strongest(history: History, states: set[int], year: int) -> int:
    def strength(state: int) -> float:
        share = history.capability(state, year)
        return share if share == share else -1.0

    return max(sorted(states), key=strength)


def _first_day(rows: list[tuple[int, int, int, int, int, int, int]], year: int, month: int) -> date:
    """The first day of the dispute where its day is on record, or of its month."""
    days = [row[3] for row in rows if row[6] == 1 and row[1] == year and row[2] == month and row[3] > 0]
    day = min(days, default=1)
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 1)
