"""A lattice at one moment, as whatever draws it needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

WHOLE = "lattice"
"""The name under which a lattice stands that is no city of a case."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The lattice at one moment.

    Attributes
    ----------
    hour
        Steps taken (Epstein's model), or hours since the window of the case began.
    cities
        Who is on each site (row, column), by the place in :data:`foedus.streets.lattice.STATES`, by city.
    active, jailed, police
        How many at this moment, over all cities: agents (Epstein's model) or people (a case).
    killed
        Civilians killed so far.
    sites_lost
        Names of the sites that the government does not hold at this moment, as a reader knows them.
    grievance
        h (1 - L) of the citizen on each site (row, column), by city; NaN where none is. May be left out.
    at
        The local time, of a case.
    passed
        Hour, active and jailed at each step since the frame before, this one included: the curve between
        frames. May be left out where every step is a frame.
    people_per_agent
        How many people an agent stands for, by city of a case.
    """

    hour: float
    cities: Mapping[str, NDArray[np.int8]]
    active: int
    jailed: int
    killed: int
    police: int
    sites_lost: Sequence[str] = ()
    grievance: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)
    at: datetime | None = None
    passed: Sequence[tuple[float, int, int]] = ()
    people_per_agent: Mapping[str, int] = field(default_factory=dict)
