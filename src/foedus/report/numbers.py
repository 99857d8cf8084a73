"""How numbers are written: people, shares, hours and days with their spread, in English and Dutch.

A spread is written *median (p05 to p95)*. Runs in which a time was not reached are never left out: they are
named with their share, and a quantile that falls among them is written as beyond the window.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

NO_BREAK = "\u00a0"
MINUS = "\u2212"
# From three days on a time is told in days. [hours]
DAYS_FROM = 72.0
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Manner:
    """How one language writes numbers and the few words that stand beside them."""

    thousands: str
    decimal: str
    to: str
    beyond: str
    not_reached: str
    missing: str
    more: str
    less: str
    unchanged: str
    hours_word: str
    days_word: str

    def count(self, x: float) -> str:
        """Write a number of people: whole, and above 10,000 to three figures."""
        size = abs(x)
        if size >= 10_000:
            size = round(size, -(math.floor(math.log10(size)) - 2))
        whole = f"{math.floor(size + 0.5):,}".replace(",", self.thousands)
        return f"{MINUS if x < 0 and whole != '0' else ''}{whole}"

    def share(self, x: float) -> str:
        """Write a share between 0 and 1 in per cent; what is neither 0 nor 1 is never written as such."""
        percent = 100.0 * x
        if 0 < percent < 0.1:
            return f"<{NO_BREAK}0{self.decimal}1{NO_BREAK}%"
        if 99.9 < percent < 100:
            return f">{NO_BREAK}99{self.decimal}9{NO_BREAK}%"
        near_an_end = 0 < abs(percent) < 2 or 98 < percent < 100
        digits = 1 if near_an_end and round(percent, 1) != round(percent) else 0
        return f"{self.decimals(percent, digits)}{NO_BREAK}%"

    def hours(self, x: float) -> str:
        """Write a time in hours, and from three days on in days."""
        return self.in_days(x) if abs(x) >= DAYS_FROM else self.in_hours(x)

    def in_hours(self, x: float) -> str:
        """Write a time in hours."""
        return f"{self.decimals(x, 0)}{NO_BREAK}{self.hours_word}"

    def in_days(self, x: float) -> str:
        """Write a time in days."""
        return f"{self.decimals(x / 24.0, 1)}{NO_BREAK}{self.days_word}"

    def number(self, x: float) -> str:
        """Write a pure number to three figures."""
        if x == 0:
            return "0"
        size = math.floor(math.log10(abs(x)))
        if size >= 3:
            return self.count(x)
        if size < -3:
            return f"{self._bare(x / 10.0**size, 1)}·10{str(size).translate(_SUPERSCRIPT)}"
        return self._bare(x, 2 - size)

    def _bare(self, x: float, digits: int) -> str:
        text = self.decimals(x, digits)
        return text.rstrip("0").rstrip(self.decimal) if self.decimal in text else text

    def decimals(self, x: float, digits: int) -> str:
        """Write a number with so many decimals and a true minus sign."""
        text = f"{abs(x):,.{digits}f}"
        nought = float(text.replace(",", "")) == 0
        text = text.replace(",", "\0").replace(".", self.decimal).replace("\0", self.thousands)
        return f"{MINUS if x < 0 and not nought else ''}{text}"


ENGLISH = Manner(
    thousands=",",
    decimal=".",
    to="to",
    beyond="beyond the window",
    not_reached="not reached in {share} of runs",
    missing="not computed",
    more="{} more",
    less="{} fewer",
    unchanged="no difference",
    hours_word="h",
    days_word="days",
)
DUTCH = Manner(
    thousands=".",
    decimal=",",
    to="tot",
    beyond="na het venster",
    not_reached="niet bereikt in {share} van de runs",
    missing="niet berekend",
    more="{} meer",
    less="{} minder",
    unchanged="geen verschil",
    hours_word="uur",
    days_word="dagen",
)
MANNERS = {"en": ENGLISH, "nl": DUTCH}

Written = Callable[[float], str]


def plain(value: Any, written: Written, manner: Manner = ENGLISH) -> str:
    """Write a number, a spread or nothing at all in words that hold for each.

    Parameters
    ----------
    value
        A number, an interval ``{"p05", "median", "p95"[, "censored"]}``, a pair ``{"low", "high"}``, or None.
    written
        How a single number is written, e.g. ``ENGLISH.count``.
    """
    if value is None:
        return manner.missing
    if isinstance(value, Mapping):
        return spread(value, written, manner)
    if isinstance(value, float) and math.isnan(value):
        return manner.missing
    return written(float(value))


def spread(interval: Mapping[str, Any], written: Written, manner: Manner = ENGLISH) -> str:
    """Write an interval with the runs that did not get there: 'not reached in 12 % of runs'."""
    if written == manner.hours:
        # One spread, one unit.
        known = [abs(float(interval[k])) for k in ("p05", "median", "p95") if interval.get(k) is not None]
        written = manner.in_days if max(known, default=0.0) >= DAYS_FROM else manner.in_hours
    censored = float(interval.get("censored") or 0.0)
    tail = manner.not_reached.format(share=manner.share(censored)) if censored > 0 else ""
    middle = interval.get("median", interval.get("difference"))
    if middle is None:
        early = interval.get("p05")
        least = f" (p05 {written(float(early))})" if early is not None else ""
        return f"{tail}{least}" if tail else manner.missing
    text = f"{written(float(middle))}{_bounds(interval, written, manner)}"
    return f"{text}; {tail}" if tail else text


def _bounds(interval: Mapping[str, Any], written: Written, manner: Manner) -> str:
    low, high = interval.get("p05"), interval.get("p95")
    if low is None and high is None:
        return ""
    first = manner.beyond if low is None else written(float(low))
    last = manner.beyond if high is None else written(float(high))
    return "" if first == last else f" ({first} {manner.to} {last})"


def middle_of(value: Any) -> float | None:
    """The median of an interval, or the number itself; None where it is not reached or missing."""
    if isinstance(value, Mapping):
        value = value.get("median", value.get("difference"))
    return None if value is None else float(value)


def straddles_zero(interval: Mapping[str, Any]) -> bool | None:
    """Whether an interval leaves the sign of a difference open; None where a bound is missing."""
    low, high = interval.get("p05"), interval.get("p95")
    if low is None or high is None:
        return None
    return float(low) <= 0.0 <= float(high)
