"""Colours of a lattice: the house's own, so that a picture follows the page it stands in.

A colour is the name of one of the page's variables and how strongly it covers the surface, in eighths.
Orange, blue, ink and grey stay apart for readers who confuse red and green, or blue and yellow.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.report.charts.drawing import LIGHT

STRENGTHS = 8
NAMES = ("ink", "muted", "line", "with", "without")


class Colour(NamedTuple):
    """A variable of the page (:data:`foedus.report.charts.drawing.LIGHT`) at so many eighths."""

    name: str
    eighths: int = STRENGTHS


SURFACE = Colour("surface")
INK, MUTED, LINE = Colour("ink"), Colour("muted"), Colour("line")
STATE_COLOURS = (SURFACE, Colour("muted", 3), Colour("without"), INK, Colour("with"))
"""By the place in ``foedus.streets.lattice.STATES``: free, quiet, active, jailed, officer."""

GRIEVANCE_COLOURS = tuple(Colour("without", eighths) for eighths in (1, 2, 4, 6, 8))
"""From no grievance to the most there can be."""

SHARES_ACTIVE = (0.0, 0.1, 0.25, 0.5)
SHARE_COLOURS = tuple(Colour("without", eighths) for eighths in (3, 4, 6, 8))
"""Of a square that stands for several sites, by the least share of its agents that is active: anybody at all,
a tenth, a quarter, half."""

SQUARES = (*STATE_COLOURS, *SHARE_COLOURS, *GRIEVANCE_COLOURS)
"""What a square of a mosaic may show; mosaics hold the place in this row."""

FREE, QUIET, ACTIVE, JAILED, OFFICER, FIRST_SHARE = range(6)
FIRST_SHADE = FIRST_SHARE + len(SHARE_COLOURS)
SHADES = len(GRIEVANCE_COLOURS)


def place_of(colour: Colour) -> int:
    """The place of a colour in :func:`palette`."""
    if colour.name == "surface" or colour.eighths == 0:
        return 0
    return 1 + NAMES.index(colour.name) * STRENGTHS + colour.eighths - 1


def palette() -> NDArray[np.uint8]:
    """All colours on a light ground (place, red-green-blue): the surface, then each name in eighths."""
    surface = _rgb(LIGHT["surface"])
    rows = [surface]
    for name in NAMES:
        for eighths in range(1, STRENGTHS + 1):
            rows.append(surface + (_rgb(LIGHT[name]) - surface) * eighths / STRENGTHS)
    return np.rint(np.array(rows)).astype(np.uint8)


def _rgb(text: str) -> NDArray[np.float64]:
    return np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)], float)
