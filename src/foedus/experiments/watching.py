"""What there is to see of a lattice: frame after frame, of Epstein's model or of a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foedus.errors import UserError
from foedus.streets.lattice import Epstein, Lattice

if TYPE_CHECKING:
    from foedus.cases.schema import Case

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
        Agents at this moment, over all cities.
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


@dataclass(frozen=True, slots=True)
class EpsteinSource:
    """A run of Epstein's Model I to look at: the set-up, how many steps, and a frame after every so many."""

    setup: Epstein
    steps: int = 60
    every: int = 1
    seed: int = 1
    run: int = 0

    def __post_init__(self) -> None:
        _at_least("steps", self.steps, 0)
        _at_least("every", self.every, 1)

    @property
    def count(self) -> int:
        """How many frames there will be, the start included."""
        return self.steps // self.every + 1

    @property
    def last(self) -> int:
        """The step of the last frame."""
        return (self.count - 1) * self.every


@dataclass(frozen=True, slots=True)
class CaseSource:
    """One run of a case on the lattice to look at, with a frame after every so many hours."""

    case: Case
    every: int = 6
    seed: int = 1
    run: int = 0
    people_per_agent: int = 100

    def __post_init__(self) -> None:
        _at_least("every", self.every, 1)
        _at_least("people_per_agent", self.people_per_agent, 1)

    @property
    def count(self) -> int:
        """How many frames there will be, the start included."""
        return self.case.meta.clock.hours // self.every + 1

    @property
    def last(self) -> int:
        """The hour of the last frame."""
        return (self.count - 1) * self.every


def frames_of(source: EpsteinSource | CaseSource) -> Iterator[Frame]:
    """The frames of a run, one at a time, the start first: the same source gives the same frames.

    Parameters
    ----------
    source
        What to look at. Frames come while the run goes on, so a long run holds no more than one.
    """
    if isinstance(source, EpsteinSource):
        return epstein_frames(source)
    return _dated(source)


def epstein_frames(source: EpsteinSource) -> Iterator[Frame]:
    """The frames of a run of Epstein's Model I, with the grievance that the paper's right screen shows."""
    world = Lattice(source.setup, seed=source.seed, run=source.run)
    yield _epstein_frame(world, ())
    for _ in range(source.count - 1):
        before = world.time
        series = world.run(source.every)
        passed = [
            (float(before + step), int(active), int(jailed))
            for step, (active, jailed) in enumerate(zip(series.active, series.jailed, strict=True), start=1)
        ]
        yield _epstein_frame(world, passed)


def _epstein_frame(world: Lattice, passed: Sequence[tuple[float, int, int]]) -> Frame:
    counts = world.counts()
    return Frame(
        hour=float(world.time),
        cities={WHOLE: world.grid()},
        active=counts["active"],
        jailed=counts["jailed"],
        killed=0,
        police=counts["police"],
        grievance={WHOLE: world.grievance()},
        passed=passed,
    )


def case_frames(case: Case, *, seed: int, run: int, people_per_agent: int, every: int) -> Iterator[Frame]:
    """The frames of one run of a case on the lattice: the start, then after every so many hours."""
    raise NotImplementedError(f"{case.meta.slug} on the lattice: the coupling fills this in")


def _dated(source: CaseSource) -> Iterator[Frame]:
    """The frames of a case, each with its local time."""
    clock = source.case.meta.clock
    frames = case_frames(
        source.case,
        seed=source.seed,
        run=source.run,
        people_per_agent=source.people_per_agent,
        every=source.every,
    )
    for frame in frames:
        yield frame if frame.at is not None else replace(frame, at=clock.at(frame.hour))


def _at_least(name: str, value: int, least: int) -> None:
    if value < least:
        raise UserError(f"{name} is {value}; give {least} or more")
