"""One frame of a film: when, how many, the mosaics, what colours mean, and the curves so far."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.report.charts.drawing import FONT_SIZE
from foedus.report.lattice.colours import INK, LINE, MUTED, Colour
from foedus.report.lattice.curves import HEIGHT as CURVES
from foedus.report.lattice.curves import curves
from foedus.report.lattice.film import Film, Shot
from foedus.report.lattice.fitting import Place, Scale, in_rows
from foedus.report.lattice.legend import LINE_HEIGHT, legend
from foedus.report.lattice.raster import text_width
from foedus.report.lattice.scene import Box, Mosaic, Part, Scene, Text

WIDTH, MARGIN, MOST_HEIGHT = 720, 16, 480
HEAD, HEADING, APART, MOST_NAME = 64, 22, 24, 160
LOST = Colour("without")


def frame_scenes(film: Film) -> Iterator[Scene]:
    """The scenes of all shots, all of one size and layout."""
    layout = in_rows(
        [film.shots[0].panels[key].shape for key in film.panels],
        [text_width(cut(name, MOST_NAME), FONT_SIZE) for name in film.panels.values()],
        WIDTH - 2 * MARGIN,
        MOST_HEIGHT,
        HEADING,
    )
    for shot in film.shots:
        yield _scene(film, shot, *layout)


def _scene(film: Film, shot: Shot, scale: Scale, places: list[Place], height: int) -> Scene:
    notes = wrapped(film.note, WIDTH - 2 * MARGIN)
    first_note = HEAD + (LINE_HEIGHT if film.dated else 0) + 6
    head = first_note + len(notes) * LINE_HEIGHT - 6
    below = head + height + 8
    keys, keys_height = legend(film, MARGIN, below, WIDTH - 2 * MARGIN, film.block * scale.block)
    curves_top = below + keys_height + 12
    scene = Scene(WIDTH, even(curves_top + CURVES + 10), film.title, film.moment(shot))
    scene.parts += _head(film, shot)
    scene.parts += note_lines(notes, first_note)
    for (key, heading), place in zip(film.panels.items(), places, strict=True):
        scene.parts += panel(shot, key, cut(heading, MOST_NAME), MARGIN + place.x, head + place.y, scale)
    scene.parts += keys
    scene.parts += curves(film, MARGIN, curves_top, WIDTH - 2 * MARGIN - 8, until=shot.hour)
    return scene


def panel(shot: Shot, key: str, heading: str, x: int, y: int, scale: Scale) -> list[Part]:
    """One mosaic in a thin frame, with its heading above."""
    squares = shot.panels[key].coarser(scale.block).squares()
    rows, columns = squares.shape
    parts: list[Part] = [
        Box(x - 1, y - 1, columns * scale.side + 2, rows * scale.side + 2, Colour("surface"), LINE),
        Mosaic(x, y, scale.side, squares),
    ]
    if heading:
        parts.append(Text(x, y - 7, heading, INK))
    return parts


def _head(film: Film, shot: Shot) -> list[Part]:
    right, moment = WIDTH - MARGIN, film.moment(shot)
    room = right - MARGIN - text_width(moment, 17, bold=True) - APART
    parts: list[Part] = [
        Text(MARGIN, 28, cut(film.title, room, 17, bold=True), INK, 17, bold=True),
        Text(right, 28, moment, INK, 17, "end", bold=True),
        Text(MARGIN, 50, counts(film, shot), INK),
    ]
    if film.dated:
        parts.append(
            Text(MARGIN, 70, cut(_held(film, shot), right - MARGIN), LOST if shot.sites_lost else MUTED)
        )
    return parts


def _held(film: Film, shot: Shot) -> str:
    """Which sites are lost, and of how many."""
    of = f" of {film.sites}" if film.sites else ""
    if not shot.sites_lost:
        return f"no site{of} lost"
    return f"{len(shot.sites_lost)}{of} sites lost: " + ", ".join(shot.sites_lost)


def counts(film: Film, shot: Shot) -> str:
    """Say how many are what; deaths first, where the run knows of deaths."""
    killed = [f"{shot.killed:,} civilians killed"] if film.dated else []
    return "   ".join(
        [*killed, f"{shot.active:,} active", f"{shot.jailed:,} jailed", f"{shot.police:,} officers"]
    )


def cut(text: str, width: int, size: float = FONT_SIZE, *, bold: bool = False) -> str:
    """A text cut so that it is no wider than so many px."""
    if text_width(text, size, bold=bold) <= width:
        return text
    while text and text_width(text + " …", size, bold=bold) > width:
        text = text[:-1]
    return text.rstrip(" ,:") + " …"


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines no wider than so many px, broken between words where it can be; nothing is left out."""
    lines: list[str] = []
    words = text.split()
    while words:
        word = words.pop(0)
        if text_width(word, FONT_SIZE) > width:
            half = len(word) // 2
            words[:0] = [word[:half], word[half:]]
            continue
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, FONT_SIZE) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def note_lines(lines: list[str], first: int) -> list[Part]:
    """The note of a film, line below line."""
    return [Text(MARGIN, first + i * LINE_HEIGHT, line, MUTED) for i, line in enumerate(lines)]


def even(px: int) -> int:
    """The next even number: video codecs need it."""
    return px + px % 2
