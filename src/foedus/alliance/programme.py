"""The mixed-integer programme behind the plan, for HiGHS through ``scipy.optimize.milp``.

Columns: troops of each unit (whole persons), troops of each unit that land in each bucket of the calendar
or after it, a shortfall for each requirement, and what is used of each limit of lift by each bucket's end.
Every requirement may give; the shortfalls are minimised one after another (not weighed against each other),
the requirement that gives last first, and hours of arrival and opportunity cost come last of all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from foedus.alliance.calendar import Calendar, Travel
from foedus.alliance.limits import Limit, limits_of
from foedus.cases.schema import Alliance

FloatArray = NDArray[np.float64]
Row = tuple[FloatArray, float, float]
Requirement = Literal["request", "guards", "deadline", "pledge", "floor"]

KEPT = 5e-4
"""Persons by which a requirement that was kept as far as it can be may still slip while the next is kept.

More than the solver's own tolerance, which else finds no plan now and then, and too few to count. [people]
"""
GIVES_FIRST: tuple[Requirement, ...] = ("request", "guards", "deadline", "pledge", "floor")
PLEDGES_STAND: tuple[Requirement, ...] = ("request", "guards", "deadline", "floor", "pledge")


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A requirement that gives: which one (``floor`` of ``ukraine_border``), and by how many troops.

    ``of`` is the member of a pledge, the theatre of a floor, the fleet (or ``road``) of a deadline, the site
    of guards that lack, the organisation of a request.
    """

    requirement: Requirement
    of: str
    troops: float


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """Troops of each unit, in the order of the travel list, and what gives."""

    troops: list[float]
    shortfalls: tuple[Shortfall, ...]


class Programme:
    """One plan's columns, rows and bounds; ``solve`` and ``if_alone`` ask different things of them."""

    def __init__(
        self,
        alliance: Alliance,
        promised: dict[str, float],
        travel: list[Travel],
        numbers: Mapping[str, float],
    ) -> None:
        self.travel = travel
        self.calendar = Calendar.of(numbers["deadline"], numbers["bucket"])
        self.short: list[tuple[Requirement, str]] = [("pledge", code) for code in promised]
        self.short += [("floor", key) for key in alliance.theatres]
        self.short += [("request", alliance.organisation)] if alliance.task else []
        self.task = alliance.task if alliance.task is not None and alliance.task.sites else None
        self.short += [("guards", alliance.organisation)] if self.task else []
        limits = limits_of(travel, alliance, self.calendar, numbers)
        n, self.buckets = len(travel), len(self.calendar.ends)
        self._land, self._late, self._short = n, n * (1 + self.buckets), n * (2 + self.buckets)
        self._used = self._short + len(self.short)
        self.columns = self._used + len(limits) * self.buckets
        self.rows: list[Row] = []
        self._lands_what_is_sent()
        self._within_limits(limits)
        self.lift_rows = len(self.rows)
        self._keeps(alliance, promised)
        self._guards()
        self.matrix = self._as_matrix(self.rows)
        self.upper = self._upper(limits)
        self.price = self._price(numbers["price_of_cost"])

    def solve(self, gives: tuple[Requirement, ...]) -> Solved:
        """Keep each requirement as far as it can be kept, the one that gives last first."""
        met = self._minimum(self.price, [], self._upper_where(()))
        if met is not None:
            return Solved([float(round(v)) for v in met[: len(self.travel)]], ())
        rows: list[Row] = []
        unnamed = tuple(kind for kind in GIVES_FIRST if kind not in gives)
        for kind in reversed((*unnamed, *gives)):
            goal = self._goal(kind)
            if goal.any():
                best = self._minimum(goal, rows, self.upper)
                assert best is not None, "every requirement may give, so there is always a plan"
                rows.append((goal, 0.0, float(goal @ best) + KEPT))
        best = self._minimum(self.price, rows, self.upper)
        assert best is not None, "the plan before was within these rows"
        return Solved([float(round(v)) for v in best[: len(self.travel)]], self._shortfalls(best))

    def if_alone(self) -> dict[Requirement, float | None]:
        """How far each kind of requirement would have to give if all others held."""
        out: dict[Requirement, float | None] = {}
        for kind in GIVES_FIRST:
            best = self._minimum(self._goal(kind), [], self._upper_where((kind,)))
            out[kind] = None if best is None else float(np.round(self._goal(kind) @ best))
        return out

    def most_by_deadline(self, holder: str, promised: Mapping[str, float]) -> float:
        """Troops that lift could land by the deadline, had the holder's listed units no end. [people]

        The others send what they promised, or their listed units; floors and pledges of the holder are
        left aside. So it is the limit of aircraft, fields and roads, not of who is ready to go.
        """
        goal, upper = np.zeros(self.columns), self.upper.copy()
        rows = self.rows[: self.lift_rows]
        goal[self._land : self._late] = -1.0
        for code in {t.member for t in self.travel}:
            mine = [i for i, t in enumerate(self.travel) if t.member == code]
            if code == holder:
                upper[mine] = np.inf
            elif code in promised:
                row = np.zeros(self.columns)
                row[mine] = 1.0
                rows.append((row, 0.0, promised[code]))
        best = self._minimum(goal, [], upper, rows) if self.travel else None
        return 0.0 if best is None else float(np.floor(-(goal @ best) + 1e-6))

    def _upper_where(self, may_give: tuple[Requirement, ...]) -> FloatArray:
        upper = self.upper.copy()
        for kind in GIVES_FIRST:
            if kind not in may_give:
                upper[self._goal(kind) > 0] = 0.0
        return upper

    def _minimum(
        self, goal: FloatArray, more: list[Row], upper: FloatArray, rows: list[Row] | None = None
    ) -> FloatArray | None:
        """Least of the goal within ``rows`` (all that there are if left out) and ``more`` of them."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import vstack

        if self.columns == 0:
            return np.zeros(0)
        whole = np.zeros(self.columns, dtype=np.int64)
        whole[: len(self.travel)] = 1
        within = [*(self.rows if rows is None else rows), *more]
        matrix = self.matrix if rows is None else self._as_matrix(rows)
        if more:
            matrix = vstack([matrix, self._as_matrix(more)], format="csr")
        # No gap is left to the solver: by default it may stop one part in ten thousand early.
        found = milp(
            goal, integrality=whole, bounds=Bounds(np.zeros(self.columns), upper),
            constraints=LinearConstraint(
                matrix, np.array([low for _, low, _ in within]), np.array([high for _, _, high in within])
            ),
            options={"mip_rel_gap": 0.0},
        )  # fmt: skip
        return None if found.x is None else np.asarray(found.x, dtype=np.float64)

    def _as_matrix(self, rows: list[Row]) -> Any:
        from scipy.sparse import csr_array

        return csr_array(np.vstack([row for row, _, _ in rows])) if rows else csr_array((0, self.columns))

    def _lands_what_is_sent(self) -> None:
        for i in range(len(self.travel)):
            row = np.zeros(self.columns)
            row[i] = 1.0
            row[self._bucket_columns(i)] = -1.0
            row[self._late + i] = -1.0
            self.rows.append((row, 0.0, 0.0))

    def _within_limits(self, limits: list[Limit]) -> None:
        """Keep what has landed within each limit: a running column that grows by what lands in a bucket."""
        for n, limit in enumerate(limits):
            for b in range(self.buckets):
                row = np.zeros(self.columns)
                row[[self._bucket_columns(i)[b] for i in limit.use]] = list(limit.use.values())
                row[self._running(n)[b]] = -1.0
                if b > 0:
                    row[self._running(n)[b - 1]] = 1.0
                self.rows.append((row, 0.0, 0.0))

    def _guards(self) -> None:
        """Man every site of the task with its guards, a share of the troops kept back as reserve."""
        if self.task is None:
            return
        row = self._goal("guards")
        row[: len(self.travel)] = 1.0 - self.task.reserve.central()
        self.rows.append((row, self.task.guards_per_site.central() * len(self.task.sites), np.inf))

    def _keeps(self, alliance: Alliance, promised: dict[str, float]) -> None:
        for s, (kind, key) in enumerate(self.short):
            if kind == "guards":
                continue
            row = np.zeros(self.columns)
            if kind == "pledge":
                row[[i for i, t in enumerate(self.travel) if t.member == key]] = 1.0
                row[self._short + s] = 1.0
                self.rows.append((row, promised[key], promised[key]))
            elif kind == "floor":
                theatre = alliance.theatres[key]
                spare = max(0.0, np.floor(theatre.strength.central() - theatre.floor.central()))
                row[[i for i, t in enumerate(self.travel) if t.theatre == key]] = 1.0
                row[self._short + s] = -1.0
                self.rows.append((row, 0.0, spare))
            elif alliance.task is not None:
                row[: len(self.travel)] = 1.0
                row[self._short + s] = 1.0
                self.rows.append((row, float(round(alliance.task.requested.central())), np.inf))

    def _upper(self, limits: list[Limit]) -> FloatArray:
        upper = np.full(self.columns, np.inf)
        for n, limit in enumerate(limits):
            upper[self._running(n)] = limit.there
        for i, t in enumerate(self.travel):
            upper[i] = np.floor(t.strength)
            closed = (
                self.calendar.ends < t.first_landing if t.can_move else np.ones_like(self.calendar.ends, bool)
            )
            upper[self._bucket_columns(i)[closed]] = 0.0
            upper[self._late + i] = np.inf if t.can_move else 0.0
        return upper

    def _price(self, price_of_cost: float) -> FloatArray:
        """Hours until each soldier lands, and opportunity cost in hours."""
        price = np.zeros(self.columns)
        for i, t in enumerate(self.travel):
            price[i] = price_of_cost * t.cost
            price[self._bucket_columns(i)] = np.maximum(
                self.calendar.ends, t.first_landing if t.can_move else 0
            )
            price[self._late + i] = 2.0 * self.calendar.ends[-1]
        return price

    def _goal(self, kind: Requirement) -> FloatArray:
        goal = np.zeros(self.columns)
        if kind == "deadline":
            goal[self._late : self._short] = 1.0
        for s, (k, _) in enumerate(self.short):
            if k == kind:
                goal[self._short + s] = 1.0
        return goal

    def _shortfalls(self, best: FloatArray) -> tuple[Shortfall, ...]:
        found = [(kind, key, float(best[self._short + s])) for s, (kind, key) in enumerate(self.short)]
        gaps = [gap for gap in found if gap[0] != "guards"]
        gaps += self._unguarded(sum(lack for kind, _, lack in found if kind == "guards"))
        for lift in {t.lift: None for t in self.travel}:
            late = sum(best[self._late + i] for i, t in enumerate(self.travel) if t.lift == lift)
            gaps.append(("deadline", lift, late))
        return tuple(
            Shortfall(kind, key, float(np.ceil(gap - 1e-3))) for kind, key, gap in gaps if gap > 1e-3
        )

    def _unguarded(self, lack: float) -> list[tuple[Requirement, str, float]]:
        """Which sites go without, by how many guards: first things first, so the last of them."""
        gaps: list[tuple[Requirement, str, float]] = []
        for site in reversed(self.task.sites if self.task else []):
            here = min(lack, self.task.guards_per_site.central()) if self.task else 0.0
            gaps.append(("guards", site, here))
            lack -= here
        return gaps[::-1]

    def _bucket_columns(self, i: int) -> NDArray[np.int64]:
        return self._land + i * self.buckets + np.arange(self.buckets)

    def _running(self, limit: int) -> NDArray[np.int64]:
        return self._used + limit * self.buckets + np.arange(self.buckets)
