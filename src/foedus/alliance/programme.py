"""The mixed-integer programme behind the plan, for HiGHS through ``scipy.optimize.milp``.

Columns: troops of each unit (whole persons), troops of each unit that land in each bucket of the
calendar or after it, and a shortfall for each requirement. Every requirement may give; the shortfalls are
minimised one after another (not weighed against each other), the requirement that gives last first, and
hours of arrival and opportunity cost come last of all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from foedus.alliance.calendar import Calendar, Travel
from foedus.cases.schema import Alliance

FloatArray = NDArray[np.float64]
Requirement = Literal["request", "deadline", "pledge", "floor"]

GIVES_FIRST: tuple[Requirement, ...] = ("request", "deadline", "pledge", "floor")
PLEDGES_STAND: tuple[Requirement, ...] = ("request", "deadline", "floor", "pledge")


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A requirement that gives: which one (``floor`` of ``ukraine_border``), and by how many troops."""

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
        coming: list[str],
        promised: dict[str, float],
        travel: list[Travel],
        numbers: Mapping[str, float],
    ) -> None:
        self.travel = travel
        self.calendar = Calendar.of(numbers["deadline"], numbers["bucket"])
        self.short: list[tuple[Requirement, str]] = [("pledge", code) for code in promised]
        self.short += [("floor", key) for key in alliance.theatres]
        self.short += [("request", alliance.organisation)] if alliance.task else []
        n, buckets = len(travel), len(self.calendar.ends)
        self._land, self._late, self._short = n, n * (1 + buckets), n * (2 + buckets)
        self.columns = self._short + len(self.short)
        self.rows: list[tuple[FloatArray, float, float]] = []
        self._lands_what_is_sent()
        self._within_lift()
        self._keeps(alliance, coming, promised)
        self.upper = self._upper()
        self.price = self._price(numbers["price_of_cost"])

    def solve(self, gives: tuple[Requirement, ...]) -> Solved:
        """Keep each requirement as far as it can be kept, the one that gives last first."""
        met = self._minimum(self.price, self.rows, self._upper_where(()))
        if met is not None:
            return Solved([float(round(v)) for v in met[: len(self.travel)]], ())
        rows = list(self.rows)
        for kind in reversed(gives):
            goal = self._goal(kind)
            if goal.any():
                best = self._minimum(goal, rows, self.upper)
                assert best is not None, "every requirement may give, so there is always a plan"
                rows.append((goal, 0.0, float(goal @ best) + 1e-6))
        best = self._minimum(self.price, rows, self.upper)
        assert best is not None, "the plan before was within these rows"
        return Solved([float(round(v)) for v in best[: len(self.travel)]], self._shortfalls(best))

    def if_alone(self) -> dict[Requirement, float | None]:
        """How far each kind of requirement would have to give if all others held."""
        out: dict[Requirement, float | None] = {}
        for kind in GIVES_FIRST:
            best = self._minimum(self._goal(kind), self.rows, self._upper_where((kind,)))
            out[kind] = None if best is None else float(np.round(self._goal(kind) @ best))
        return out

    def _upper_where(self, may_give: tuple[Requirement, ...]) -> FloatArray:
        upper = self.upper.copy()
        for kind in GIVES_FIRST:
            if kind not in may_give:
                upper[self._goal(kind) > 0] = 0.0
        return upper

    def _minimum(
        self, goal: FloatArray, rows: list[tuple[FloatArray, float, float]], upper: FloatArray
    ) -> FloatArray | None:
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        if self.columns == 0:
            return np.zeros(0)
        whole = np.zeros(self.columns, dtype=np.int64)
        whole[: len(self.travel)] = 1
        matrix = csr_array(np.vstack([row for row, _, _ in rows]))
        within = LinearConstraint(matrix, np.array([r[1] for r in rows]), np.array([r[2] for r in rows]))
        found = milp(
            goal, integrality=whole, bounds=Bounds(np.zeros(self.columns), upper), constraints=within
        )
        return None if found.x is None else np.asarray(found.x, dtype=np.float64)

    def _lands_what_is_sent(self) -> None:
        for i in range(len(self.travel)):
            row = np.zeros(self.columns)
            row[i] = 1.0
            row[self._bucket_columns(i)] = -1.0
            row[self._late + i] = -1.0
            self.rows.append((row, 0.0, 0.0))

    def _within_lift(self) -> None:
        """Keep the aircraft hours used by any hour within those there were.

        A little generous at the seams of cycles: the exact times come from the sorties.
        """
        for fleet in {t.lift: None for t in self.travel if t.by_air}:
            flying = [(i, t) for i, t in enumerate(self.travel) if t.lift == fleet and t.can_move]
            if not flying:
                continue
            first = min(t.first_landing for _, t in flying)
            shortest = min(t.cycle for _, t in flying)
            for b, end in enumerate(self.calendar.ends):
                row = np.zeros(self.columns)
                for i, t in flying:
                    row[self._bucket_columns(i)[: b + 1]] = t.cycle / t.load
                hours = max(0.0, end - first + shortest) if end >= first else 0.0
                self.rows.append((row, 0.0, flying[0][1].aircraft * hours))

    def _keeps(self, alliance: Alliance, coming: list[str], promised: dict[str, float]) -> None:
        for s, (kind, key) in enumerate(self.short):
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

    def _upper(self) -> FloatArray:
        upper = np.full(self.columns, np.inf)
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
        gaps = [(kind, key, best[self._short + s]) for s, (kind, key) in enumerate(self.short)]
        for lift in {t.lift: None for t in self.travel}:
            late = sum(best[self._late + i] for i, t in enumerate(self.travel) if t.lift == lift)
            gaps.append(("deadline", lift, late))
        return tuple(
            Shortfall(kind, key, float(np.ceil(gap - 1e-3))) for kind, key, gap in gaps if gap > 1e-3
        )

    def _bucket_columns(self, i: int) -> NDArray[np.int64]:
        buckets = len(self.calendar.ends)
        return self._land + i * buckets + np.arange(buckets)
