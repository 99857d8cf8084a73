"""The covariates of the literature beyond the plain model's eight: distance, power, regime, strain, and more.

They make a wider model that is scored beside the others. Runs do not use it: each of its coefficients rests
on a few dozen allies that came.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from math import asin, cos, log, nan, radians, sin, sqrt

from foedus.experiments.decisions.history import History, Kinds
from foedus.experiments.decisions.tables import Layout, Tables

LAYOUTS = (
    Layout("cow_majors", "COW major powers v2016", ("ccode", "styear", "endyear")),
    Layout("cow_capitals", "capitals", ("ccode",), texts=("stdate", "enddate"), gaps=("lat", "lng")),
    Layout("cw_democracy", "Extended UDS", ("ccode", "year"), gaps=("aeuds",)),
    Layout(
        "cow_war_intra", "COW Intra-State Wars 4.1", ("year", "warnum", "ccodea"), gaps=("ccodeb",)
    ),
)  # fmt: skip
"""Tables that the wider model needs, and no other."""

WIDER = (
    "defense",
    "offense",
    "neutral",
    "consul",
    "role_target",
    "ln_pact_years",
    "principal_share",
    "ally_tips",
    "major_ally",
    "major_opponent",
    "contig_principal",
    "ln_dist_principal",
    "ln_dist_opponent",
    "ln_third_allies",
    "hostile_mids_principal",
    "democracy_ally",
    "joint_democracy",
    "at_war_ally",
)
"""What the wider model has beyond the plain one, in the words of the study that it is taken from."""
_EARTH = 6371.0  # km, mean radius


class Wider:
    """The further record of pairs of states, lagged as the rest is."""

    def __init__(self, tables: Tables, history: History) -> None:
        self._history = history
        self._major = defaultdict(list)
        for state, first, last in tables.rows("cow_majors", "ccode", "styear", "endyear"):
            self._major[state].append((first, last))
        self._capitals = defaultdict(list)
        columns = ("ccode", "stdate", "enddate", "lat", "lng")
        for state, since, until, lat, lng in tables.rows("cow_capitals", *columns):
            self._capitals[state].append((since[:7], until[:7], lat, lng))
        self._regime = {
            (state, year): score
            for state, year, score in tables.rows("cw_democracy", "ccode", "year", "aeuds")
        }
        self._fights: dict[int, dict[tuple[str, int], set[int]]] = defaultdict(lambda: defaultdict(set))
        for state, war, year in tables.rows("cow_war_inter", "ccode1", "warnum", "year"):
            self._fights[state]["between", war].add(year)
        for war, year, *states in tables.rows("cow_war_intra", "warnum", "year", "ccodea", "ccodeb"):
            for state in states:
                if state == state and state > 0:
                    self._fights[int(state)]["within", war].add(year)
        self.third_allies = cache(self._third_allies)

    def covariates(
        self, ally: int, principal: int, opponent: int, year: int, month: str, role: str, kinds: Kinds
    ) -> dict[str, float]:
        """The further covariates of a row; NaN where the tables do not say."""
        history = self._history
        strength = {state: history.capability(state, year) for state in (ally, principal, opponent)}
        share = _over(strength[principal], strength[principal] + strength[opponent])
        together = strength[principal] + strength[ally]
        regimes = [self._regime.get((state, year - 1), nan) for state in (ally, principal)]
        return {
            **{kind: float(value) for kind, value in kinds._asdict().items()},
            "role_target": float(role == "target"),
            "ln_pact_years": log(1 + self._unbroken(ally, principal, year)),
            "principal_share": share,
            "ally_tips": _over(together, together + strength[opponent]) - share,
            "major_ally": float(self._is_major(ally, year)),
            "major_opponent": float(self._is_major(opponent, year)),
            "contig_principal": float(history.borders(ally, principal, month)),
            "ln_dist_principal": self._distance(ally, principal, month),
            "ln_dist_opponent": self._distance(ally, opponent, month),
            "ln_third_allies": log(1 + self.third_allies(ally, principal, year)),
            "hostile_mids_principal": log(1 + history.disputes_against(ally, principal, year)),
            "democracy_ally": regimes[0],
            "joint_democracy": nan if any(one != one for one in regimes) else float(min(regimes) > 0),
            "at_war_ally": float(self._at_war(ally, year)),
        }

    def _unbroken(self, ally: int, principal: int, year: int) -> int:
        """Years without a break, up to the year before, in which some promise stood."""
        years = 0
        while any(self._history.promised(ally, principal, year - 1 - years)):
            years += 1
        return years

    def _third_allies(self, ally: int, principal: int, year: int) -> int:
        """Third states that had promised both defence the year before: a mark of large alliances."""
        both = self._history.defenders(ally, year - 1) & self._history.defenders(principal, year - 1)
        return len(both - {ally, principal})

    def _is_major(self, state: int, year: int) -> bool:
        return any(first <= year <= last for first, last in self._major[state])

    def _at_war(self, state: int, year: int) -> bool:
        """Whether a war that began in an earlier year still goes on."""
        return any({year - 1, year} <= years for years in self._fights[state].values())

    def _distance(self, one: int, other: int, month: str) -> float:
        """Log of the kilometres between two capitals, by the great circle."""
        places = [self._capital(state, month) for state in (one, other)]
        (lat1, lng1), (lat2, lng2) = ((radians(lat), radians(lng)) for lat, lng in places)
        half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lng2 - lng1) / 2) ** 2
        return log(1 + 2 * _EARTH * asin(sqrt(half))) if half == half else nan

    def _capital(self, state: int, month: str) -> tuple[float, float]:
        for since, until, lat, lng in self._capitals[state]:
            if since <= month <= until:
                return lat, lng
        return nan, nan


def _over(part: float, whole: float) -> float:
    return part / whole if whole > 0 else nan
