"""Films for tests: small, of Epstein's model or of invented cities."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from foedus.experiments.frames import Frame
from foedus.experiments.watching import EpsteinSource, frames_of
from foedus.report.lattice import film_of
from foedus.streets import lattice

START = datetime(2022, 1, 2, tzinfo=UTC)


def epstein_film(steps=12, make=lattice.netlogo, size=24, **asked):
    setup = make(height=size, width=size, vision=4.0, police_vision=4.0)
    return film_of(
        frames_of(EpsteinSource(setup, steps=steps, **asked)),
        title="Epstein",
        note="a note",
        most_grievance=0.18,
    )


def city_frames(sizes, count=5, active=None, sites_lost=()):
    """Frames of cities in which so many are active in each frame, the rest quiet."""
    for hour in range(count):
        grids = {}
        for name, side in sizes.items():
            grid = np.ones(side * side, np.int8)
            grid[: (active or {}).get(name, [0] * count)[hour]] = 2
            grids[name] = grid.reshape(side, side)
        total = sum(int((grid == 2).sum()) for grid in grids.values())
        yield Frame(hour, grids, total, 0, 0, 0, sites_lost, at=START + timedelta(hours=hour))
