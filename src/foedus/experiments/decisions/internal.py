"""How often do allies send troops to a government in a conflict at home? A base rate, and no more.

No plain model beats it out of sample, so nothing is fitted here. The rate is *not given a request*:
the record does not say who was asked. Troops under a mandate count as support in the data.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.chance import Luck
from foedus.experiments.decisions.history import History
from foedus.experiments.decisions.tables import Tables
from foedus.experiments.decisions.validation import resampled
from foedus.terms import Interval

AT_HOME = ("intrastate", "II")
"""UCDP's types of conflict within a state: the second has troops of other states in it."""
YEARS = (1947, 2016)
_RENUMBERED = {340: 345, 971: 970, 972: 955, 973: 947}
"""Gleditsch-Ward numbers that the Correlates of War writes otherwise: Serbia, Nauru, Tonga, Tuvalu."""


@dataclass(frozen=True, slots=True)
class _Ally:
    conflict: int
    defense: bool
    came: bool


def internal(tables: Tables, history: History, luck: Luck, draws: int) -> dict[str, Any]:
    """The base rates, with intervals by resampling whole conflicts.

    Returns
    -------
    dict
        ``allies`` and ``defence_allies``: rows, those that came, conflicts, the rate and its 5-50-95 %.
    """
    rows = list(_rows(tables, history))
    return {
        "allies": _rate(rows, luck, "internal.allies", draws),
        "defence_allies": _rate([row for row in rows if row.defense], luck, "internal.defence", draws),
        "years": list(YEARS),
        "model": "the base rate; no plain model beats it out of sample, and none is claimed to",
    }


def _rows(tables: Tables, history: History) -> list[_Ally]:
    came: dict[tuple[int, int, str], set[int]] = defaultdict(set)
    began: dict[tuple[int, int, str], int] = {}
    columns = ("conflict_id", "year", "gwno_a", "gwno_a_2nd", "type_of_conflict", "start_date2")
    for conflict, year, government, helper, kind, episode in tables.rows("ucdp_acd", *columns):
        if kind not in AT_HOME:
            continue
        key = (conflict, _cow(government, year), episode)
        began[key] = min(began.get(key, year), year)
        if helper == helper:
            came[key].add(_cow(int(helper), year))
    return [
        _Ally(conflict, bool(kinds.defense), ally in came[conflict, government, episode])
        for (conflict, government, episode), year in sorted(began.items())
        if YEARS[0] <= year <= YEARS[1]
        for ally, kinds in sorted(history.allies(government, year).items())
        if ally != government and history.is_state(ally, year)
    ]


def _rate(rows: list[_Ally], luck: Luck, name: str, draws: int) -> dict[str, Any]:
    if not rows:
        return {
            "rows": 0,
            "came": 0,
            "conflicts": 0,
            "conflicts_with_help": 0,
            "rate": None,
            "interval": None,
        }
    came = np.array([row.came for row in rows], dtype=np.float64)
    listed, place = np.unique([row.conflict for row in rows], return_inverse=True)
    counts = resampled(len(listed), luck, name, draws)
    joined = np.bincount(place, weights=came)
    drawn = (counts @ joined) / (counts @ np.bincount(place).astype(np.float64))
    return {
        "rows": len(rows),
        "came": int(came.sum()),
        "conflicts": len(listed),
        "conflicts_with_help": int((joined > 0).sum()),
        "rate": float(came.mean()),
        "interval": Interval.of(drawn).as_dict(),
    }


def _cow(number: int, year: int) -> int:
    """The Correlates of War number of a Gleditsch-Ward number in a year."""
    if year >= 1990 and number == 260:
        return 255
    if year >= 1990 and number == 678:
        return 679
    if number == 970:
        return 946
    return _RENUMBERED.get(number, number)
