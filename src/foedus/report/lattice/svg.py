"""A scene as inline SVG whose colours the page decides, as in the house's other charts."""

from __future__ import annotations

from html import escape

import numpy as np

from foedus.report.lattice.colours import SQUARES, STRENGTHS, SURFACE, Colour
from foedus.report.lattice.mosaic import Squares
from foedus.report.lattice.scene import Box, Curve, Mosaic, Scene, Text

_FONT_STACK = "system-ui, -apple-system, 'Segoe UI', sans-serif"


def as_inline_svg(scene: Scene, name: str) -> str:
    """Write a scene as inline SVG; :func:`foedus.report.charts.standalone` makes a file of it.

    Parameters
    ----------
    name
        Prefix of every id inside, so that pictures can share a page.
    """
    head = (
        f'<svg class="chart" viewBox="0 0 {scene.width} {scene.height}" role="img" '
        f'aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{escape(scene.title)}</title>'
        f'<desc id="{name}-d">{escape(scene.description)}</desc>'
    )
    lines = [head, f'<g font-family="{_FONT_STACK}">']
    for part in scene.parts:
        match part:
            case Text():
                lines.append(_text(part))
            case Box():
                lines.append(_box(part))
            case Curve():
                lines.append(_curve(part))
            case Mosaic():
                lines += _mosaic(part)
    return "\n".join([*lines, "</g>", "</svg>"])


def _paint(colour: Colour, what: str = "fill") -> str:
    faint = "" if colour.eighths == STRENGTHS else f' {what}-opacity="{colour.eighths / STRENGTHS:g}"'
    return f'{what}="var(--{colour.name})"{faint}'


def _text(part: Text) -> str:
    anchor = "" if part.anchor == "start" else f' text-anchor="{part.anchor}"'
    bold = ' font-weight="600"' if part.bold else ""
    return (
        f'<text x="{part.x:g}" y="{part.y:g}" font-size="{part.size:g}"{anchor}{bold} '
        f"{_paint(part.colour)}>{escape(part.text)}</text>"
    )


def _box(part: Box) -> str:
    edge = "" if part.edge is None else f" {_paint(part.edge, 'stroke')}"
    inset = 0.0 if part.edge is None else 0.5
    return (
        f'<rect x="{part.x + inset:g}" y="{part.y + inset:g}" width="{part.width - 2 * inset:g}" '
        f'height="{part.height - 2 * inset:g}" {_paint(part.fill)}{edge}/>'
    )


def _curve(part: Curve) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in part.points)
    return (
        f'<polyline points="{points}" fill="none" stroke-width="{part.width:g}" stroke-linejoin="round" '
        f"{_paint(part.colour, 'stroke')}/>"
    )


def _mosaic(part: Mosaic) -> list[str]:
    """One path for each colour: its runs along the rows, as strokes one square thick."""
    lines = [
        f'<g transform="translate({part.x} {part.y}) scale({part.side})" shape-rendering="crispEdges" '
        'fill="none">'
    ]
    for place in np.unique(part.squares):
        if SQUARES[place] != SURFACE:
            lines.append(f'<path {_paint(SQUARES[place], "stroke")} d="{_runs(part.squares == place)}"/>')
    return [*lines, "</g>"]


def _runs(shown: Squares) -> str:
    rows, columns = shown.shape
    padded = np.zeros((rows, columns + 2), np.int8)
    padded[:, 1:-1] = shown
    change = np.diff(padded, axis=1)
    row, start = np.nonzero(change == 1)
    end = np.nonzero(change == -1)[1]
    said = []
    at_row, at = -1, 0
    for y, x, stop in zip(row.tolist(), start.tolist(), end.tolist(), strict=True):
        said.append(f"m{x - at} 0" if y == at_row else f"M{x} {y}.5")
        said.append(f"h{stop - x}")
        at_row, at = y, stop
    return "".join(said)
