"""Where the unrest is: cities as circles in their places, with no map behind them.

A degree of longitude is drawn shorter than one of latitude by the cosine of the middle latitude, so that
shapes are true near the middle; good enough for one country, not for a hemisphere.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.report.charts.drawing import (
    FONT_SIZE,
    INK,
    LINE,
    MUTED,
    WIDTH,
    WITH,
    as_svg,
    drawing,
    short_count,
)
from foedus.report.numbers import middle_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

LARGEST_RADIUS = 24.0
SMALLEST_RADIUS = 1.6
# Room around the outermost cities, and for the scale below them. [px]
MARGIN = 26
FOOT = 62
# A reader's own font may be wider than the one that is measured here.
PADDING = 2.0
# Where a label may stand beside its circle: direction and alignment.
_SIDES = (
    (1, 0, "left", "center"),
    (-1, 0, "right", "center"),
    (0, 1, "center", "bottom"),
    (0, -1, "center", "top"),
    (0.7, 0.7, "left", "bottom"),
    (0.7, -0.7, "left", "top"),
    (-0.7, 0.7, "right", "bottom"),
    (-0.7, -0.7, "right", "top"),
)


def cities(rows: Sequence[Mapping[str, Any]]) -> str:
    """Draw the cities; the area of a circle is the median peak of active people there.

    Parameters
    ----------
    rows
        The summary's ``cities``: city, latitude, longitude, peak. A city without coordinates is left out.
    """
    known = [row for row in rows if row.get("latitude") is not None and row.get("longitude") is not None]
    known.sort(key=lambda row: -(middle_of(row.get("peak")) or 0.0))
    largest = max((middle_of(row.get("peak")) or 0.0 for row in known), default=0.0)
    latitudes = [float(row["latitude"]) for row in known] or [0.0]
    longitudes = [float(row["longitude"]) for row in known] or [0.0]
    shorten = max(0.1, math.cos(math.radians((max(latitudes) + min(latitudes)) / 2)))
    across = max((max(longitudes) - min(longitudes)) * shorten, 1.0)
    upright = max(max(latitudes) - min(latitudes), 1.0)
    height = int(np.clip(WIDTH * upright / across, 130, 440)) + 2 * MARGIN + FOOT
    with drawing(height) as figure:
        figure.set_layout_engine("none")
        axes = figure.add_axes((0.0, FOOT / height, 1.0, 1.0 - FOOT / height))
        axes.set_axis_off()
        _frame(axes, longitudes, latitudes, shorten, (height - FOOT) / WIDTH)
        figure.canvas.draw()
        radii = [_radius(middle_of(row.get("peak")) or 0.0, largest) for row in known]
        for row, radius in zip(known, radii, strict=True):
            quiet = (middle_of(row.get("peak")) or 0.0) < 1
            axes.plot(
                row["longitude"],
                row["latitude"],
                "o",
                markersize=2 * radius,
                markerfacecolor=MUTED if quiet else WITH,
                markeredgecolor=MUTED if quiet else WITH,
                alpha=0.45,
            )
        _label(axes, known, radii)
        _scale(axes, largest)
        return as_svg(figure, "cities", "Cities by the peak of active people", _in_words(known))


def _frame(
    axes: Axes, longitudes: Sequence[float], latitudes: Sequence[float], shorten: float, shape: float
) -> None:
    """Set limits around all cities with a km as long upright as across; ``shape`` is height by width."""
    middle = (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2
    across = max((max(longitudes) - min(longitudes)) * shorten, 0.5) * (1 + 2.4 * MARGIN / WIDTH)
    upright = max(max(latitudes) - min(latitudes), 0.5) * (1 + 2.4 * MARGIN / (WIDTH * shape))
    across = max(across, upright / shape)
    half_across, half_upright = across / shorten / 2, across * shape / 2
    axes.set_xlim(middle[0] - half_across, middle[0] + half_across)
    axes.set_ylim(middle[1] - half_upright, middle[1] + half_upright)


def _radius(peak: float, largest: float) -> float:
    return (
        max(SMALLEST_RADIUS, LARGEST_RADIUS * math.sqrt(peak / largest)) if largest > 0 else SMALLEST_RADIUS
    )


def _label(axes: Axes, known: Sequence[Mapping[str, Any]], radii: Sequence[float]) -> None:
    """Name cities from the largest on, at the first free side; a name without room is left out."""
    figure = axes.figure
    points = axes.transData.transform([(row["longitude"], row["latitude"]) for row in known])
    scale = figure.dpi / 72.0
    taken: list[tuple[float, float, float, float]] = [
        (x - r * scale, y - r * scale, x + r * scale, y + r * scale)
        for (x, y), r in zip(points, radii, strict=True)
    ]
    frame = figure.bbox
    for own, (row, radius) in enumerate(zip(known, radii, strict=True)):
        others = [box for i, box in enumerate(taken) if i != own]
        for dx, dy, across, upright in _SIDES:
            offset = radius + 2.5
            text = axes.annotate(
                str(row["city"]),
                (row["longitude"], row["latitude"]),
                xytext=(dx * offset, dy * offset),
                textcoords="offset points",
                ha=across,
                va=upright,
                fontsize=FONT_SIZE - 1,
                color=INK,
            )
            box = text.get_window_extent()
            edges = (box.x0 - PADDING, box.y0 - PADDING, box.x1 + PADDING, box.y1 + PADDING)
            if _inside(box, frame) and not any(_overlap(edges, other) for other in others):
                taken.append(edges)
                break
            text.remove()


def _inside(box: Bbox, frame: Any) -> bool:
    return bool(box.x0 >= frame.x0 and box.x1 <= frame.x1 and box.y0 >= frame.y0 and box.y1 <= frame.y1)


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _scale(axes: Axes, largest: float) -> None:
    """Two circles of a known size, below the map."""
    from matplotlib.lines import Line2D

    if largest <= 0:
        return
    step = 10 ** math.floor(math.log10(largest))
    whole = step * max(1, int(largest // step))
    sizes = sorted({size for size in (whole / 10, whole) if size >= 1})
    handles = [
        Line2D(
            [],
            [],
            linestyle="",
            marker="o",
            markersize=2 * _radius(size, largest),
            markerfacecolor="none",
            markeredgecolor=LINE,
            markeredgewidth=1.4,
            label=short_count(size),
        )
        for size in sizes
    ]
    figure = axes.figure
    figure.legend(
        handles=handles,
        loc="lower center",
        bbox_to_anchor=(0.5, 0.0),
        ncols=len(handles),
        columnspacing=3,
        handletextpad=0.8,
        handlelength=2 * LARGEST_RADIUS / FONT_SIZE,
        handleheight=2 * LARGEST_RADIUS / FONT_SIZE,
        labelcolor=MUTED,
    )


def _in_words(known: Sequence[Mapping[str, Any]]) -> str:
    said = [f"{row['city']} {middle_of(row.get('peak')) or 0:,.0f}" for row in known[:8]]
    return "Median peak of active people: " + ", ".join(said) + "."
