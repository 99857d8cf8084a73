"""A strip: a few moments side by side, and below them the curves on which they are marked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from foedus.errors import UserError
from foedus.report.charts.drawing import FONT_SIZE
from foedus.report.lattice.colours import INK, MUTED
from foedus.report.lattice.curves import HEIGHT as CURVES
from foedus.report.lattice.curves import curves
from foedus.report.lattice.film import Film, Shot
from foedus.report.lattice.fitting import in_columns
from foedus.report.lattice.frame import MARGIN, cut, even, note_lines, panel, wrapped
from foedus.report.lattice.legend import LINE_HEIGHT, legend
from foedus.report.lattice.raster import text_width
from foedus.report.lattice.scene import Scene, Text
from foedus.report.lattice.svg import as_inline_svg

LETTERS = "abcdef"
MOMENTS = 4
CALM = 0.1
"""A burst is over, or not yet begun, below this share of its peak: assumption, for choosing pictures only."""
WIDTH, MOST_HEIGHT, GAP = 800, 700, 16
HEADING = 22


def strip_svg(film: Film, name: str = "lattice", *, moments: int = 3, width: int = 440) -> str:
    """The strip as inline SVG for a section of a report, in the colours of its page.

    Parameters
    ----------
    film
        From :func:`foedus.report.lattice.film_of`.
    name
        Prefix of ids, so that several pictures can share the page.
    moments, width
        How many moments, and px across: the report's charts are 440 wide.
    """
    return as_inline_svg(strip_scene(film, pick(film, moments), width), name)


def pick(film: Film, moments: int = MOMENTS) -> list[Shot]:
    """Choose moments: the peak of active people, the calm before it and after it, and the end.

    "Calm" is the nearest shot at or below :data:`CALM` of the peak; the start or the end where there is none.
    Where moments coincide, others take their place: the start, and then the middle of the widest gap.
    """
    active = np.array([shot.active for shot in film.shots])
    peak = int(active.argmax())
    calm = np.flatnonzero(active <= CALM * active[peak])
    before, after = calm[calm < peak], calm[calm > peak]
    wanted = [
        peak,
        int(before[-1]) if before.size else 0,
        int(after[0]) if after.size else len(active) - 1,
        len(active) - 1,
    ]
    chosen = set(wanted[:moments])
    if len(chosen) < moments:
        chosen.add(0)
    while len(chosen) < min(moments, len(active)):
        edges = sorted(chosen | {0, len(active) - 1})
        left, right = max(pairwise(edges), key=lambda gap: gap[1] - gap[0])
        chosen.add((left + right) // 2 if right - left > 1 else len(active) - 1)
    return [film.shots[i] for i in sorted(chosen)]


def check_hours(hours: Sequence[float], last: float) -> None:
    """Check that a strip can show these hours of a run that ends at ``last``.

    Raises
    ------
    UserError
        More moments than stand side by side, or one outside the run.
    """
    if not 1 <= len(hours) <= len(LETTERS):
        raise UserError(f"--at: {len(hours)} moments; give 1 to {len(LETTERS)}")
    for hour in hours:
        if not 0 <= hour <= last:
            raise UserError(f"--at {hour:g}: is outside the run; give 0 to {last:g}")


def at_hours(film: Film, hours: Sequence[float]) -> list[Shot]:
    """The shots nearest to hours that were asked for; UserError where :func:`check_hours` says no."""
    taken = np.array([shot.hour for shot in film.shots])
    check_hours(hours, float(taken[-1]))
    return [film.shots[i] for i in sorted({int(np.abs(taken - hour).argmin()) for hour in hours})]


def strip_scene(film: Film, shots: Sequence[Shot], width: int = WIDTH) -> Scene:
    """Lay a strip out: a column for each shot, a row for each panel."""
    inside = width - 2 * MARGIN
    column = (inside - GAP * (len(shots) - 1)) // len(shots)
    wide = width >= WIDTH
    notes = wrapped(film.note, inside) if wide else []
    head = (74 + len(notes) * LINE_HEIGHT if wide else 46) + (LINE_HEIGHT if film.dated else 0)
    scale, tops, height = in_columns(
        [shots[0].panels[key].shape for key in film.panels],
        column,
        MOST_HEIGHT,
        HEADING,
    )
    below = head + height + 8
    keys, keys_height = legend(film, MARGIN, below, inside, film.block * scale.block)
    curves_top = below + keys_height + 12
    scene = Scene(width, even(curves_top + CURVES + 10), film.title, described(film, shots))
    if wide:
        scene.parts.append(Text(MARGIN, 28, cut(film.title, inside, 17, bold=True), INK, 17, bold=True))
        scene.parts += note_lines(notes, 48)
    for number, shot in enumerate(shots):
        left = MARGIN + number * (column + GAP)
        top_line = head - 22 - (LINE_HEIGHT if film.dated else 0)
        scene.parts.append(Text(left, top_line, LETTERS[number], INK, bold=True))
        scene.parts.append(Text(left + 14, top_line, _short(film, shot), INK))
        if film.dated:
            scene.parts.append(Text(left, head - 3 - LINE_HEIGHT, _killed(shot, column), MUTED))
        scene.parts.append(Text(left, head - 5, _counts(shot, column), MUTED))
        for (key, heading), top in zip(film.panels.items(), tops, strict=True):
            name = cut(heading, column) if number == 0 else ""
            scene.parts += panel(shot, key, name, left, head + top, scale)
    scene.parts += keys
    marks = {letter: shot.hour for letter, shot in zip(LETTERS, shots, strict=False)}
    scene.parts += curves(film, MARGIN, curves_top, inside - 8, marks=marks)
    return scene


def _short(film: Film, shot: Shot) -> str:
    """The moment without its year, which the axis below would repeat."""
    if shot.at is None:
        return film.moment(shot)
    return f"{shot.at.day} {shot.at:%b, %H:%M}"


def _killed(shot: Shot, room: int) -> str:
    """Civilians killed; in short where the column is narrow."""
    whole = f"{shot.killed:,} civilians killed"
    return whole if text_width(whole, FONT_SIZE) <= room else f"{shot.killed:,} killed"


def _counts(shot: Shot, room: int) -> str:
    """Active and jailed; the active alone where both would run into the next column."""
    both = f"{shot.active:,} active, {shot.jailed:,} jailed"
    return both if text_width(both, FONT_SIZE) <= room else f"{shot.active:,} active"


def described(film: Film, shots: Sequence[Shot]) -> str:
    """What the strip shows, in words for a screen reader."""
    said = []
    for shot in shots:
        killed = f"{shot.killed:,} civilians killed, " if film.dated else ""
        said.append(f"{film.moment(shot)}: {killed}{shot.active:,} active, {shot.jailed:,} jailed")
    return "; ".join(said) + "."
