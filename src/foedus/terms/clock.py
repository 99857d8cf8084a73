"""Hours of a case, counted from its first; UTC inside, local time shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Clock:
    """The ticks of a window: tick ``i`` is the hour that begins ``i`` hours after ``start``."""

    start: datetime
    hours: int
    zone: str

    @classmethod
    def of(cls, start: datetime, end: datetime, zone: str) -> Clock:
        """Make the clock of the window from start to end (both aware)."""
        hours = int((end - start) / timedelta(hours=1))
        return cls(start.astimezone(UTC), hours, zone)

    @property
    def tzinfo(self) -> tzinfo:
        """The time zone in which the case is told."""
        return ZoneInfo(self.zone)

    def hours_since_start(self, when: datetime) -> float:
        """Hours from the start of the window to an aware instant; negative before it."""
        return (when - self.start) / timedelta(hours=1)

    def at(self, tick: float) -> datetime:
        """The instant at which a tick begins, in the case's own time zone."""
        return (self.start + timedelta(hours=float(tick))).astimezone(self.tzinfo)

    def hour_of_day(self) -> list[int]:
        """Local hour of the day (0-23) for every tick."""
        return [self.at(i).hour for i in range(self.hours)]

    def day_index(self) -> list[int]:
        """Local calendar day of every tick, counted from 0 at the window's first day."""
        first = self.at(0).date()
        return [(self.at(i).date() - first).days for i in range(self.hours)]
