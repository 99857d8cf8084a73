"""A picture before it is painted: parts with their places in px, for pixels and for SVG alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from foedus.report.charts.drawing import FONT_SIZE
from foedus.report.lattice.colours import INK, Colour
from foedus.report.lattice.mosaic import Squares

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; ``y`` is its baseline."""

    x: float
    y: float
    text: str
    colour: Colour = INK
    size: float = FONT_SIZE
    anchor: Anchor = "start"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A filled box, with a frame round it where ``edge`` is given."""

    x: int
    y: int
    width: int
    height: int
    fill: Colour
    edge: Colour | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through points."""

    points: Sequence[tuple[float, float]]
    colour: Colour
    width: float = 1.5


@dataclass(frozen=True, slots=True)
class Mosaic:
    """Squares of ``side`` px from a corner on."""

    x: int
    y: int
    side: int
    squares: Squares


Part = Text | Box | Curve | Mosaic


@dataclass(slots=True)
class Scene:
    """A picture of so many px, with what a screen reader says of it."""

    width: int
    height: int
    title: str
    description: str = ""
    parts: list[Part] = field(default_factory=list)
