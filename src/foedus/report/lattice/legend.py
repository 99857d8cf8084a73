"""What each colour means, in one line or as many as it takes."""

from __future__ import annotations

from foedus.report.charts.drawing import FONT_SIZE
from foedus.report.lattice.colours import (
    ACTIVE,
    FREE,
    GRIEVANCE_COLOURS,
    INK,
    JAILED,
    LINE,
    MUTED,
    OFFICER,
    QUIET,
    SOME_ACTIVE,
    SQUARES,
)
from foedus.report.lattice.film import Film
from foedus.report.lattice.raster import text_width
from foedus.report.lattice.scene import Box, Part, Text

SWATCH, LINE_HEIGHT = 11, 20
APART, SPARE = 20, 1.08
"""Room between entries [px], and for a reader's font that is wider than the one measured here."""
WORDS = {ACTIVE: "active", QUIET: "quiet", JAILED: "jailed", OFFICER: "officer", FREE: "free site"}
MANY_TO_A_SQUARE = {ACTIVE: "half or more active", SOME_ACTIVE: "some active"} | {
    state: words for state, words in WORDS.items() if state != ACTIVE
}


def legend(film: Film, x: int, y: int, width: int, block: int) -> tuple[list[Part], int]:
    """Draw the legend; returns its parts and how high they are."""
    parts: list[Part] = []
    at, line = x, 0

    def room(needed: float) -> int:
        nonlocal at, line
        if at > x and at + needed > x + width:
            at, line = x, line + 1
        here = at
        at += round(needed) + APART
        return here

    words_of = WORDS if block == 1 else MANY_TO_A_SQUARE
    for state, words in words_of.items():
        seen = state != JAILED or film.jailed_seen
        words = words if seen else "jailed: off the lattice"
        left = room((SWATCH + 6 if seen else 0) + text_width(words, FONT_SIZE) * SPARE)
        top = y + line * LINE_HEIGHT + 4
        if seen:
            parts.append(Box(left, top, SWATCH, SWATCH, SQUARES[state], LINE))
        parts.append(
            Text(left + (SWATCH + 6 if seen else 0), top + SWATCH - 1, words, INK if seen else MUTED)
        )
    if film.most_grievance is not None:
        most = f"{film.most_grievance:.2g}"
        ramp = SWATCH * len(GRIEVANCE_COLOURS)
        words = "grievance 0"
        before = round(text_width(words, FONT_SIZE) * SPARE) + 6
        left = room(before + ramp + 6 + text_width(most, FONT_SIZE) * SPARE)
        top = y + line * LINE_HEIGHT + 4
        parts.append(Text(left, top + SWATCH - 1, words))
        for shade, colour in enumerate(GRIEVANCE_COLOURS):
            parts.append(Box(left + before + shade * SWATCH, top, SWATCH, SWATCH, colour))
        parts.append(Text(left + before + ramp + 6, top + SWATCH - 1, most))
    if block > 1:
        words = f"a square: {block} × {block} sites; where nobody is active, its middle one"
        left = room(text_width(words, FONT_SIZE) * SPARE)
        parts.append(Text(left, y + line * LINE_HEIGHT + 4 + SWATCH - 1, words, MUTED))
    return parts, (line + 1) * LINE_HEIGHT
