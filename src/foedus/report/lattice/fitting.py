"""How large squares may be: as large as fits, the same for all panels, so that area stands for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

LARGEST_SIDE, SMALLEST_SIDE = 12, 2
COARSEST = 400
GAP = 16


class Scale(NamedTuple):
    """A square of ``side`` px shows ``block`` x ``block`` squares of the film."""

    side: int
    block: int

    def px(self, squares: int) -> int:
        """How long so many squares of the film are. [px]"""
        return -(-squares // self.block) * self.side


class Place(NamedTuple):
    """The corner of a panel. [px]"""

    x: int
    y: int


def scales() -> Iterator[Scale]:
    """All scales, the largest first; no square is smaller than can be told apart on a screen."""
    for side in range(LARGEST_SIDE, SMALLEST_SIDE - 1, -1):
        yield Scale(side, 1)
    yield Scale(3, 2)
    for block in range(2, COARSEST):
        yield Scale(SMALLEST_SIDE, block)


def in_rows(
    sizes: Sequence[tuple[int, int]], names: Sequence[int], width: int, most_height: int, heading: int
) -> tuple[Scale, list[Place], int]:
    """Set panels side by side, in as many rows as fit best.

    Parameters
    ----------
    sizes
        Rows and columns of each panel. [squares]
    names
        How wide the name above each is. [px]
    width, most_height
        Room for all. [px]
    heading
        Room above each panel. [px]

    Returns
    -------
    tuple
        The scale, the corner of each panel's mosaic, and how high all are.
    """
    for scale in scales():
        places, height = _shelves(sizes, names, scale, width, heading)
        if places and height <= most_height:
            return scale, places, height
    raise AssertionError(f"{sizes} fit at no scale")


def _shelves(
    sizes: Sequence[tuple[int, int]], names: Sequence[int], scale: Scale, width: int, heading: int
) -> tuple[list[Place], int]:
    slots = [max(scale.px(columns), name) for (_, columns), name in zip(sizes, names, strict=True)]
    if max(slots) > width:
        return [], 0
    rows: list[list[int]] = [[]]
    for panel, slot in enumerate(slots):
        if rows[-1] and sum(slots[other] + GAP for other in rows[-1]) + slot > width:
            rows.append([])
        rows[-1].append(panel)
    places: dict[int, Place] = {}
    top = 0
    for row in rows:
        spare = width - sum(slots[panel] for panel in row)
        gap = min(spare / max(len(row) - 1, 1), 3 * GAP)
        left = 0.0
        for panel in row:
            places[panel] = Place(round(left), top + heading)
            left += slots[panel] + gap
        top += heading + max(scale.px(sizes[panel][0]) for panel in row) + GAP
    return [places[panel] for panel in range(len(sizes))], top - GAP


def in_columns(
    sizes: Sequence[tuple[int, int]], column: int, most_height: int, heading: int
) -> tuple[Scale, list[int], int]:
    """Set panels one under another in columns of so many px; tops instead of corners are given."""
    for scale in scales():
        if max(scale.px(columns) for _, columns in sizes) > column:
            continue
        tops, top = [], 0
        for rows, _ in sizes:
            tops.append(top + heading)
            top += heading + scale.px(rows) + GAP
        if top - GAP <= most_height:
            return scale, tops, top - GAP
    raise AssertionError(f"{sizes} fit at no scale")
