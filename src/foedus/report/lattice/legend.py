"""What each colour means, in one line or as many as it takes."""

from __future__ import annotations

from collections.abc import Sequence

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
    SHARE_COLOURS,
    STATE_COLOURS,
    Colour,
)
from foedus.report.lattice.film import Film
from foedus.report.lattice.raster import text_width
from foedus.report.lattice.scene import Box, Part, Text

SWATCH, SPACE, LINE_HEIGHT = 11, 6, 20
APART, SPARE = 20, 1.08
"""Room between entries [px], and for a reader's font that is wider than the one measured here."""
WORDS = {ACTIVE: "active", QUIET: "quiet", JAILED: "jailed", OFFICER: "officer", FREE: "free site"}


def legend(film: Film, x: int, y: int, width: int, block: int) -> tuple[list[Part], int]:
    """Draw the legend; returns its parts and how high they are."""
    keys = _Keys(x, y, width)
    for state, words in WORDS.items():
        if state == JAILED and not film.jailed_seen:
            keys.say("jailed: off the lattice", MUTED)
        elif state == ACTIVE and block > 1:
            keys.add("active: anybody", SHARE_COLOURS, "half or more")
        else:
            keys.add("", [STATE_COLOURS[state]], words)
    if film.most_grievance is not None:
        keys.add("grievance 0", GRIEVANCE_COLOURS, f"{film.most_grievance:.2g}")
    if block > 1:
        keys.say(f"a square: {block} × {block} sites; where nobody is active, its middle one", MUTED)
    return keys.parts, (keys.line + 1) * LINE_HEIGHT


class _Keys:
    """Entries set one after another, on the next line where they do not fit."""

    def __init__(self, x: int, y: int, width: int) -> None:
        self.x, self.y, self.width = x, y, width
        self.at, self.line = x, 0
        self.parts: list[Part] = []

    def say(self, words: str, colour: Colour = INK) -> None:
        left, base = self._room(_wide(words))
        self.parts.append(Text(left, base, words, colour))

    def add(self, before: str, colours: Sequence[Colour], after: str) -> None:
        """Words, swatches side by side, and words."""
        lead = _wide(before) + SPACE if before else 0
        ramp = SWATCH * len(colours)
        left, base = self._room(lead + ramp + SPACE + _wide(after))
        if before:
            self.parts.append(Text(left, base, before))
        edge = LINE if len(colours) == 1 else None
        for number, colour in enumerate(colours):
            corner = left + lead + number * SWATCH
            self.parts.append(Box(corner, base - SWATCH + 1, SWATCH, SWATCH, colour, edge))
        self.parts.append(Text(left + lead + ramp + SPACE, base, after))

    def _room(self, needed: int) -> tuple[int, int]:
        """Where an entry so wide begins, and the baseline of its text."""
        if self.at > self.x and self.at + needed > self.x + self.width:
            self.at, self.line = self.x, self.line + 1
        here = self.at
        self.at += needed + APART
        return here, self.y + self.line * LINE_HEIGHT + SWATCH + 3


def _wide(words: str) -> int:
    return round(text_width(words, FONT_SIZE) * SPARE)
