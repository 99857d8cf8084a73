"""A lattice as squares of colour, each a site or, where there are too many, a block of sites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.report.lattice.colours import (
    ACTIVE,
    FIRST_SHADE,
    FIRST_SHARE,
    FREE,
    OFFICER,
    SHADES,
    SHARES_ACTIVE,
)
from foedus.streets.lattice import STATES

Squares = NDArray[np.uint8]
"""Places in :data:`foedus.report.lattice.colours.SQUARES` (row, column)."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A mosaic that can still be made coarser.

    Attributes
    ----------
    middle
        What stands on the middle site of each square.
    counted
        Active agents and all agents of each square (2, row, column); None where a square is one site.
    """

    middle: Squares
    counted: NDArray[np.uint32] | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows, columns = self.middle.shape
        return rows, columns

    def coarser(self, block: int) -> Panel:
        """The same by blocks of ``block`` x ``block`` squares; those at the edge may be smaller."""
        if block == 1:
            return self
        rows, columns = self.shape
        down, across = np.arange(0, rows, block), np.arange(0, columns, block)
        middle = np.ix_(np.minimum(down + block // 2, rows - 1), np.minimum(across + block // 2, columns - 1))
        counted = self._counted()
        by_rows = np.add.reduceat(counted, down, axis=1, dtype=np.uint32)
        return Panel(self.middle[middle], np.add.reduceat(by_rows, across, axis=2, dtype=np.uint32))

    def _counted(self) -> NDArray[Any]:
        if self.counted is not None:
            return self.counted
        return np.stack([self.middle == ACTIVE, self.middle != FREE])

    def squares(self) -> Squares:
        """The squares to paint.

        A square of several sites with anybody active is shaded by the share of its agents that is; any other
        shows its middle site, so that shares of the other states stay true on average. Shades of grievance
        are those of the middle.
        """
        if self.counted is None:
            return self.middle
        active, agents = self.counted
        least = np.searchsorted(SHARES_ACTIVE, active / np.maximum(agents, 1), side="right") - 1
        return np.where(active > 0, FIRST_SHARE + least, self.middle).astype(np.uint8)


def action_panel(grid: NDArray[np.int8]) -> Panel:
    """The paper's left screen: who is on each site."""
    assert grid.size == 0 or (grid.min() >= 0 and grid.max() < len(STATES))
    return Panel(grid.astype(np.uint8))


def grievance_panel(grid: NDArray[np.int8], grievance: NDArray[np.float32], most: float) -> Panel:
    """The paper's right screen: citizens by grievance, in equal steps from 0 to ``most``; and officers."""
    citizen = ~np.isnan(grievance)
    step = np.where(citizen, grievance, 0.0) / max(most, 1e-12) * SHADES
    shade = np.clip(step.astype(np.int64), 0, SHADES - 1) + FIRST_SHADE
    return Panel(np.where(citizen, shade, np.where(grid == OFFICER, OFFICER, FREE)).astype(np.uint8))
