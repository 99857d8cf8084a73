"""A lattice as squares of colour, each a site or, where there are too many, a block of sites."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.report.lattice.colours import ACTIVE, FIRST_SHADE, FREE, OFFICER, SHADES, SOME_ACTIVE
from foedus.streets.lattice import STATES

Squares = NDArray[np.uint8]


def blocks_of(squares: Squares, block: int) -> Squares:
    """Reduce a mosaic by blocks of ``block`` x ``block`` squares.

    A block with anybody active shows it, strongly where half or more of its agents are active; else it shows
    what stands in its middle, so that shares of the other states stay true on average. Shades of grievance
    are those of the middle.

    Parameters
    ----------
    squares
        Places in :data:`foedus.report.lattice.colours.SQUARES` (row, column).
    """
    if block == 1:
        return squares
    rows, columns = squares.shape
    down, across = np.arange(0, rows, block), np.arange(0, columns, block)
    middle = np.ix_(np.minimum(down + block // 2, rows - 1), np.minimum(across + block // 2, columns - 1))

    def in_blocks(chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        rowwise = np.add.reduceat(chosen.astype(np.int64), down, axis=0)
        return np.asarray(np.add.reduceat(rowwise, across, axis=1))

    active = in_blocks(squares == ACTIVE)
    some = active + in_blocks(squares == SOME_ACTIVE)
    most = active * 2 >= np.maximum(in_blocks(squares != FREE), 1)
    shown = np.where(most, np.uint8(ACTIVE), np.uint8(SOME_ACTIVE))
    return np.where(some > 0, shown, squares[middle]).astype(np.uint8)


def action_squares(grid: NDArray[np.int8]) -> Squares:
    """The paper's left screen: who is on each site."""
    assert grid.size == 0 or (grid.min() >= 0 and grid.max() < len(STATES))
    return grid.astype(np.uint8)


def grievance_squares(grid: NDArray[np.int8], grievance: NDArray[np.float32], most: float) -> Squares:
    """The paper's right screen: citizens by grievance, in equal steps from 0 to ``most``; and officers."""
    citizen = ~np.isnan(grievance)
    step = np.where(citizen, grievance, 0.0) / max(most, 1e-12) * SHADES
    shade = np.clip(step.astype(np.int64), 0, SHADES - 1) + FIRST_SHADE
    return np.where(citizen, shade, np.where(grid == OFFICER, OFFICER, 0)).astype(np.uint8)
