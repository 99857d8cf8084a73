"""A date as far as it is known: a day, a month or a year, with the first and the last day that it can be."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

_FORM = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True)
class Dated:
    """A day, a month or a year, as written; ``1914-08`` is any day of that month.

    Attributes
    ----------
    text
        As written: ``1914``, ``1914-08`` or ``1914-08-04``.
    """

    text: str

    @classmethod
    def parse(cls, raw: Any) -> Dated:
        """Read a date of a file or of the command line.

        Raises
        ------
        ValueError
            It is no year, month or day of the calendar; the message says what fits.
        """
        if isinstance(raw, Dated):
            return raw
        if isinstance(raw, datetime):
            raw = raw.date()
        text = raw.isoformat() if isinstance(raw, date) else str(raw).strip()
        dated = cls(text)
        if isinstance(raw, bool) or _FORM.fullmatch(text) is None or not dated._is_in_the_calendar():
            raise ValueError(f"{text!r} is no date; give a year, a month or a day, as in 1914-08-04")
        return dated

    def _is_in_the_calendar(self) -> bool:
        try:
            return self.first <= self.last
        except ValueError:  # monthrange and date refuse what no calendar has
            return False

    @cached_property
    def _numbers(self) -> tuple[int, int | None, int | None]:
        match = _FORM.fullmatch(self.text)
        assert match is not None
        year, month, day = match.groups()
        return int(year), None if month is None else int(month), None if day is None else int(day)

    @cached_property
    def first(self) -> date:
        """The earliest day that it can be."""
        year, month, day = self._numbers
        return date(year, 1 if month is None else month, 1 if day is None else day)

    @cached_property
    def last(self) -> date:
        """The latest day that it can be."""
        year, month, day = self._numbers
        month = 12 if month is None else month
        return date(year, month, monthrange(year, month)[1] if day is None else day)

    @property
    def to_the_day(self) -> bool:
        """Whether the day itself is known."""
        return self.first == self.last

    def __str__(self) -> str:
        return self.text
