"""Who has landed by which hour, lift alone? Every run of a plan at once, no street beside it.

The same rule as :func:`foedus.alliance.arrival.land`, in NumPy over all runs: hour by hour, in the order of
the plan, each load that is ready takes the first field in order of preference that has room and is open; a
load that finds none waits for the next hour. A test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.terms import Interval

FloatArray = NDArray[np.float64]
QUANTILES = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True, eq=False)
class Landings:
    """Landings of each run.

    Attributes
    ----------
    hour
        Hour after the activation by whose end each load is down (run, sortie); NaN if it never is.
    troops
        Persons of each load (run, sortie).
    member
        Index of the member of each load (sortie,).
    field
        Field of each landing (run, sortie); -1 by road or not landed.
    comes
        Whether each load's member comes (run, sortie).
    """

    hour: FloatArray
    troops: NDArray[np.int64]
    member: NDArray[np.int64]
    field: NDArray[np.int64]
    comes: NDArray[np.bool_]

    def by_hour(self, hours: NDArray[np.float64], member: int | None = None) -> FloatArray:
        """Troops landed by each hour (run, hour), of one member or of all."""
        mine = self._mine(member)
        out = np.zeros((self.hour.shape[0], hours.size))
        for k in np.flatnonzero(mine):
            place = np.searchsorted(hours, self.hour[:, k])
            down = place < hours.size
            np.add.at(out, (np.flatnonzero(down), place[down]), self.troops[down, k])
        return np.asarray(out.cumsum(axis=1))

    def curve(self, hours: NDArray[np.float64], member: int | None = None) -> dict[str, list[float]]:
        """Median and 5 to 95 % of the troops landed by each hour."""
        found = np.quantile(self.by_hour(hours, member), QUANTILES, axis=0, method="inverted_cdf")
        return dict(zip(("p05", "median", "p95"), found.tolist(), strict=True))

    def first(self, member: int | None = None) -> Interval:
        """Hours until the first landing; runs in which nothing lands are counted as not reached."""
        mine = self._mine(member)
        soonest = np.where(np.isnan(self.hour), np.inf, self.hour)[:, mine].min(axis=1, initial=np.inf)
        return Interval.of(np.where(np.isinf(soonest), np.nan, soonest))

    def closure(self, member: int | None = None) -> Interval:
        """Hours until the last landing; runs in which a load that comes never lands count as not reached."""
        mine = self._mine(member)
        hour = np.where(self.comes, np.where(np.isnan(self.hour), np.inf, self.hour), -np.inf)[:, mine]
        last = hour.max(axis=1, initial=-np.inf)
        return Interval.of(np.where(np.isinf(last), np.nan, last))

    def _mine(self, member: int | None) -> NDArray[np.bool_]:
        return np.ones(self.member.size, bool) if member is None else self.member == member


def landings(lift: Any, hours: int, closed: NDArray[np.bool_] | None = None) -> Landings:
    """Land the plan of each run.

    Parameters
    ----------
    lift
        :class:`foedus.alliance.arrival.Airlift`.
    hours
        Hours after the activation to go on for.
    closed
        Whether each field takes nothing in each hour (hour, field); all are open if left out.
    """
    ready = lift.hour[None, :] + lift.delay[:, lift.member] + lift.refly
    ready = np.where(lift.joins[:, lift.member], ready, np.inf)
    runs, sorties = ready.shape
    fields = lift.site.shape[0]
    # A load can land in the hour in which it is ready, or in any later one.
    earliest = np.maximum(np.floor(np.minimum(ready, float(hours))), 0.0).astype(np.int64)
    hour = np.full((runs, sorties), np.nan)
    field = np.full((runs, sorties), -1, dtype=np.int64)
    room = np.zeros((runs, fields))
    by_air = np.asarray(lift.by_air)
    for t in range(hours):
        open_ = np.ones(fields, bool) if closed is None else ~closed[t]
        room = np.where(open_, np.minimum(room, 1.0) + lift.landings, 0.0)
        waiting = np.isnan(hour) & (earliest <= t)
        if not waiting.any():
            if not (np.isnan(hour) & (earliest > t) & (earliest < hours)).any():
                break
            continue
        hour[waiting & ~by_air] = t + 1.0
        flying = waiting & by_air
        places = np.floor(room).cumsum(axis=1)
        turn = flying.cumsum(axis=1)
        last = np.where(flying, turn, sorties + 1)
        lands = flying & (last <= places[:, -1:]) if fields else np.zeros_like(flying)
        hour[lands] = t + 1.0
        for f in range(fields):
            before = places[:, f - 1 : f] if f else np.zeros((runs, 1))
            here = lands & (turn > before) & (turn <= places[:, f : f + 1])
            field[here] = f
            room[:, f] -= here.sum(axis=1)
    scaled = lift.troops[None, :] * lift.strength[:, lift.member]
    return Landings(
        hour,
        (scaled + 0.5).astype(np.int64),
        np.asarray(lift.member),
        field,
        np.ascontiguousarray(lift.joins[:, lift.member]),
    )
