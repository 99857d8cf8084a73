"""What there is to see of a lattice: frame after frame, of Epstein's model or of a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from foedus.errors import UserError
from foedus.experiments.case_frames import case_frames
from foedus.experiments.frames import WHOLE, Frame
from foedus.memory import check_fits
from foedus.streets.lattice import Epstein, Lattice

if TYPE_CHECKING:
    from foedus.cases.schema import Case

BYTES_TO_DRAW = 40
"""What a site takes at the least while it is run and drawn. Measured, rounded down. [bytes]"""
MOST_RUN = 99_999


def usual_every(case: Case) -> int:
    """How many hours lie between frames of a case where nobody says: six, or the window if it is shorter."""
    return min(6, case.meta.clock.hours)


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
        _at_most("every", self.every, max(self.steps, 1), "a run has no more steps")
        sites = self.setup.height * self.setup.width
        check_fits(sites * BYTES_TO_DRAW, f"pictures of {sites:,} sites", "give a smaller lattice")

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
    """One run of a case on the lattice to look at: a frame after its first hour and then every so many."""

    case: Case
    every: int = 6
    seed: int = 1
    run: int = 0
    people_per_agent: int = 250

    def __post_init__(self) -> None:
        _at_least("every", self.every, 1)
        _at_most("every", self.every, self.case.meta.clock.hours, "the window has no more hours")
        _at_most("run", self.run, MOST_RUN, "the inputs of all runs before it are drawn too")
        _at_least("people_per_agent", self.people_per_agent, 1)

    @property
    def count(self) -> int:
        """How many frames there will be."""
        return (self.case.meta.clock.hours - 1) // self.every + 1

    @property
    def last(self) -> int:
        """The hour of the last frame."""
        return (self.count - 1) * self.every + 1


def frames_of(source: EpsteinSource | CaseSource) -> Iterator[Frame]:
    """The frames of a run, one at a time, the start first: the same source gives the same frames.

    Parameters
    ----------
    source
        What to look at. Frames of Epstein's model come while the run goes on, so a long run holds no more
        than one; a case is run whole first, and holds the sites of every frame.
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


def _at_most(name: str, value: int, most: int, why: str) -> None:
    if value > most:
        raise UserError(f"{name} is {value}; give {most} or less: {why}")


def _at_least(name: str, value: int, least: int) -> None:
    if value < least:
        raise UserError(f"{name} is {value}; give {least} or more")
