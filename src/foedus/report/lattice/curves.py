"""The curves below the mosaics: active and jailed agents over time, each on its own scale."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from foedus.report.charts.drawing import FONT_SIZE, short_count
from foedus.report.lattice.colours import INK, LINE, MUTED, Colour
from foedus.report.lattice.film import Film
from foedus.report.lattice.scene import Box, Curve, Part, Text

ROW, BETWEEN, FOOT = 46, 14, 20
HEIGHT = 2 * ROW + BETWEEN + FOOT
LEFT = 92
ACTIVE = Colour("without")
ROOM_FOR_A_TICK, LETTER = 64, 12


def curves(
    film: Film, x: int, y: int, width: int, *, until: float | None = None, marks: Mapping[str, float] = {}
) -> list[Part]:
    """Draw both curves into so much width and :data:`HEIGHT`.

    Parameters
    ----------
    until
        Draw no further than this hour, and a line there; the scale is that of the whole run.
    marks
        Hours to mark, by the letter to set there.
    """
    first, last = float(film.hours[0]), max(float(film.hours[-1]), float(film.hours[0]) + 1.0)
    left, right = x + LEFT, x + width
    scale = (right - left) / (last - first)
    shown = np.ones(film.hours.size, bool) if until is None else film.hours <= until
    parts: list[Part] = []
    for name, values, colour, top in (
        ("active", film.active, ACTIVE, y),
        ("jailed", film.jailed, INK, y + ROW + BETWEEN),
    ):
        most = round_up(int(values.max()))
        parts += [
            Box(left, top + ROW, right - left, 1, LINE),
            Box(left, top, right - left, 1, Colour("line", 4)),
            Text(x, top + ROW / 2 + 4, name, colour, bold=True),
            Text(left - 6, top + 9, short_count(most), MUTED, FONT_SIZE - 1.5, "end"),
            Text(left - 6, top + ROW + 1, "0", MUTED, FONT_SIZE - 1.5, "end"),
        ]
        across = left + (film.hours[shown] - first) * scale
        high = top + ROW - values[shown] / most * ROW
        kept = telling(across, high)
        parts.append(Curve(list(zip(across[kept].tolist(), high[kept].tolist(), strict=True)), colour))
    parts += _ticks(film, left, y + 2 * ROW + BETWEEN, scale)
    at = [left + (hour - first) * scale for hour in (marks.values() if until is None else [until])]
    parts += [Box(round(place), y, 1, 2 * ROW + BETWEEN, MUTED) for place in at]
    for letter, place in zip(marks, _apart([place + 4 for place in at], right - 8), strict=False):
        parts.append(Text(place, y + 10, letter, INK, bold=True))
    return parts


def telling(across: NDArray[np.float64], high: NDArray[np.float64]) -> NDArray[np.int64]:
    """Points of a curve that can be seen: the first, lowest, highest and last of each pixel across."""
    if across.size < 4:
        return np.arange(across.size)
    pixel = np.floor(across)
    starts = np.flatnonzero(np.diff(pixel, prepend=pixel[0] - 1.0))
    ends = np.append(starts[1:], across.size)
    if (ends - starts).max() <= 4:
        return np.arange(across.size)
    kept = [
        place
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        for place in (
            start, start + int(high[start:end].argmin()), start + int(high[start:end].argmax()), end - 1,
        )
    ]  # fmt: skip
    return np.unique(kept)


def _apart(places: list[float], last: float) -> list[float]:
    """Places of letters in their order, moved as little as keeps them from one another and from the edge."""
    for i in range(1, len(places)):
        places[i] = max(places[i], places[i - 1] + LETTER)
    for i in reversed(range(len(places))):
        places[i] = min(places[i], last - LETTER * (len(places) - 1 - i))
    return places


def _ticks(film: Film, left: int, floor: int, scale: float) -> list[Part]:
    first, last = float(film.hours[0]), float(film.hours[-1])
    if film.dated:
        hours, names = _midnights(film, ROOM_FOR_A_TICK / scale)
    else:
        step = round_up(ROOM_FOR_A_TICK / scale, (1, 2, 5, 10))
        hours = np.arange(math.ceil(first / step) * step, last + 0.5, step)
        names = [f"{hour:,.0f}" for hour in hours]
    parts: list[Part] = [
        Text(left + (hour - first) * scale, floor + 15, name, MUTED, FONT_SIZE - 1.5, "middle")
        for hour, name in zip(hours.tolist(), names, strict=True)
    ]
    if not film.dated:
        parts.append(Text(left - LEFT, floor + 15, "step", MUTED, FONT_SIZE - 1.5))
    return parts


def _midnights(film: Film, least: float) -> tuple[NDArray[np.float64], list[str]]:
    """Local midnights, at least so many hours apart."""
    start = film.shots[0].at
    assert start is not None
    midnight = (start + timedelta(hours=23, minutes=59)).replace(hour=0, minute=0, second=0)
    day = float(film.shots[0].hour) + (midnight - start) / timedelta(hours=1)
    apart = max(1, math.ceil(least / 24))
    hours = np.arange(day, float(film.hours[-1]) + 0.5, 24.0 * apart)
    dates = [midnight + timedelta(days=apart * i) for i in range(hours.size)]
    return hours, [f"{date.day} {date:%b}" for date in dates]


def round_up(value: float, firsts: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 8, 10)) -> int:
    """The next of these numbers, or of their tenfolds, that is no less."""
    if value <= 1:
        return 1
    power = 10 ** math.floor(math.log10(value))
    return next(int(step * power) for step in firsts if step * power >= value)
