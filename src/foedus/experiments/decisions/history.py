"""What was known of two states before a conflict began: promises, capabilities, borders, earlier disputes.

Everything is lagged, so that no row learns from its own conflict. A promise counts if it was in force in the
year of onset *and* the year before, because the calendar years of ATOP hold pacts signed on account of the
war. Capabilities and promises to the enemy are those of the year before. An earlier dispute counts from the
year in which both states were in it, so that one that joined later does not count before it did.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from itertools import product
from math import nan
from typing import NamedTuple

from foedus.experiments.decisions.design import chosen
from foedus.experiments.decisions.tables import KINDS, Tables

NEAR_BY_WATER = 4
"""Highest code of contiguity that counts: 1 land, 2 to 4 up to 150 miles of water."""


class Kinds(NamedTuple):
    """Which kinds of promise one state made another: 0 or 1 each."""

    defense: int
    offense: int
    neutral: int
    consul: int

    def both(self, other: Kinds) -> Kinds:
        """The kinds that stand in both."""
        return Kinds(*(a & b for a, b in zip(self, other, strict=True)))

    def either(self, other: Kinds) -> Kinds:
        """The kinds that stand in one or the other."""
        return Kinds(*(a | b for a, b in zip(self, other, strict=True)))


NONE = Kinds(0, 0, 0, 0)


class History:
    """The lagged record of pairs of states, asked by year."""

    def __init__(self, tables: Tables) -> None:
        self._promised: dict[tuple[int, int, int], Kinds] = {}
        self._defenders: dict[tuple[int, int], set[int]] = defaultdict(set)
        self._promisers: dict[tuple[int, int], list[int]] = defaultdict(list)
        for a, b, year, *kinds in tables.rows("atop_alliance", "ccode1", "ccode2", "year", *KINDS):
            self._promised[a, b, year] = Kinds(*(int(kind) for kind in kinds))
            self._promisers[b, year].append(a)
            if self._promised[a, b, year].defense:
                self._defenders[b, year].add(a)
        self._spells: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for state, first, last in tables.rows("cow_states", "ccode", "styear", "endyear"):
            self._spells[state].append((first, last))
        self._cinc = {
            (state, year): cinc for state, year, cinc in tables.rows("cow_nmc", "ccode", "year", "cinc")
        }
        self._borders: dict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
        contiguity = tables.rows("cow_contdir", "ccode1", "ccode2", "conttype", "stdate", "enddate")
        for a, b, kind, since, until in contiguity:
            if 1 <= kind <= NEAR_BY_WATER:
                self._borders[a, b].append((since[:7], until[:7]))
        self._beside, self._against = _earlier_disputes(tables)

    def allies(self, of: int, year: int) -> dict[int, Kinds]:
        """Who had promised a state something in a year and the year before: kinds that stood in both."""
        found = {}
        for ally in self._promisers[of, year]:
            kinds = self._promised[ally, of, year].both(self._promised.get((ally, of, year - 1), NONE))
            if any(kinds):
                found[ally] = kinds
        return found

    def promised(self, by: int, to: int, year: int) -> Kinds:
        """What one state had promised another in a year."""
        return self._promised.get((by, to, year), NONE)

    def defenders(self, of: int, year: int) -> frozenset[int]:
        """Who had promised a state defence in a year."""
        return frozenset(self._defenders.get((of, year), ()))

    def is_state(self, number: int, year: int) -> bool:
        """Whether a state was a member of the state system in some part of a year."""
        return any(first <= year <= last for first, last in self._spells[number])

    def states(self, year: int) -> frozenset[int]:
        """Every member of the state system in some part of a year."""
        return frozenset(number for number in self._spells if self.is_state(number, year))

    def capability(self, state: int, year: int) -> float:
        """A state's share of the world's material capabilities the year before; NaN where unknown."""
        return float(self._cinc.get((state, year - 1), nan))

    def borders(self, one: int, other: int, month: str) -> bool:
        """Whether two states touch, by land or 150 miles of water, in a month (YYYY-MM)."""
        return any(since <= month <= until for since, until in self._borders[one, other])

    def disputes_beside(self, one: int, other: int, year: int) -> int:
        """Disputes of the last 20 years in which two states stood on one side."""
        return _between(self._beside.get((one, other), []), year)

    def disputes_against(self, one: int, other: int, year: int) -> int:
        """Disputes of the last 20 years in which two states stood on opposite sides."""
        return _between(self._against.get((one, other), []), year)


Meetings = Mapping[tuple[int, int], list[int]]


def _earlier_disputes(tables: Tables) -> tuple[Meetings, Meetings]:
    """For each pair, the years in which a dispute first had both: on one side, and on opposite sides."""
    entered: dict[int, dict[tuple[int, int], int]] = defaultdict(dict)
    for dispute, state, year, side in tables.rows("gml_part", "dispnum", "ccode", "styear", "sidea"):
        known = entered[dispute].get((state, side), year)
        entered[dispute][state, side] = min(known, year)
    beside: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    against: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    for dispute, states in entered.items():
        for ((a, side_a), year_a), ((b, side_b), year_b) in product(states.items(), repeat=2):
            if a != b:
                found = beside if side_a == side_b else against
                year = max(year_a, year_b)
                found[a, b][dispute] = min(found[a, b].get(dispute, year), year)
    return _in_order(beside), _in_order(against)


def _in_order(found: Mapping[tuple[int, int], Mapping[int, int]]) -> Meetings:
    return {pair: sorted(disputes.values()) for pair, disputes in found.items()}


def _between(years: list[int], year: int) -> int:
    return bisect_left(years, year) - bisect_left(years, year - int(chosen("years_of_disputes")))
