"""A run as a picture needs it: the moments kept, reduced to squares, and the curve between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from foedus.errors import UserError
from foedus.experiments.frames import WHOLE, Frame
from foedus.report.lattice.colours import ACTIVE, JAILED
from foedus.report.lattice.mosaic import Panel, action_panel, grievance_panel

KEPT_SIDE, REDUCED_SIDE = 376, 168
"""A lattice with a longer side is reduced to this side at most when a frame comes in. [sites, squares]"""
ACTION, GRIEVANCE = "action", "grievance"


@dataclass(frozen=True, slots=True)
class Shot:
    """One moment: its mosaics by panel, and what the line above them says."""

    hour: float
    at: datetime | None
    panels: Mapping[str, Panel]
    active: int
    jailed: int
    killed: int
    police: int
    sites_lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Film:
    """The shots of a run.

    Attributes
    ----------
    title, note
        The heading of every picture, and what one has to know of it (the seed, people an agent).
    panels
        What each mosaic is called, by its key, in the order in which they are shown.
    block
        Sites a side of one square.
    sites
        How many sites of a case could be lost.
    most_grievance
        The grievance of the darkest shade; None where no panel shows grievance.
    jailed_seen
        Whether the jailed keep their site in any shot, so that the legend needs their colour.
    hours, active, jailed
        The curve (moment,), denser than the shots where frames tell what passed between them.
    """

    title: str
    note: str
    panels: Mapping[str, str]
    shots: Sequence[Shot]
    block: int
    sites: int
    most_grievance: float | None
    jailed_seen: bool
    hours: NDArray[np.float64]
    active: NDArray[np.int64]
    jailed: NDArray[np.int64]

    @property
    def dated(self) -> bool:
        """Whether moments have a date."""
        return self.shots[0].at is not None

    def moment(self, shot: Shot) -> str:
        """Say when a shot was taken."""
        if shot.at is None:
            return f"step {shot.hour:,.0f}"
        return f"{shot.at.day} {shot.at:%b %Y, %H:%M}"


def film_of(
    frames: Iterable[Frame],
    *,
    title: str,
    note: str = "",
    most_grievance: float | None = None,
    cities: int = 4,
    named: Sequence[str] = (),
    sites: int = 0,
    tell: Callable[[int], None] | None = None,
) -> Film:
    """Keep what pictures need of frames as they come.

    Parameters
    ----------
    most_grievance
        The grievance that the darkest shade stands for; the paper's right screen is shown where it is given
        and frames hold grievance.
    cities
        At most so many cities of a case are shown: those with the most active people at their peak; of
        equals the larger.
    named
        Show these cities instead.
    sites
        How many sites of a case could be lost, for the heading.
    tell
        Called with the number of frames taken in.

    Raises
    ------
    UserError
        A city that the case has not, or no frame at all.
    """
    shots: list[Shot] = []
    curve: list[tuple[float, int, int]] = []
    peaks: dict[str, int] = {}
    sizes: dict[str, int] = {}
    weight: dict[str, int] = {}
    block, jailed_seen = 1, False
    for frame in frames:
        if not shots:
            longest = max(max(grid.shape) for grid in frame.cities.values())
            block = 1 if longest <= KEPT_SIDE else -(-longest // REDUCED_SIDE)
            sizes = {name: grid.size for name, grid in frame.cities.items()}
            weight = dict(frame.people_per_agent)
            _check_named(named, sizes)
        for name, grid in frame.cities.items():
            jailed_seen = jailed_seen or bool((grid == JAILED).any())
            peaks[name] = max(peaks.get(name, 0), int(np.count_nonzero(grid == ACTIVE)))
        shots.append(_shot(frame, block, most_grievance))
        curve += frame.passed or [(frame.hour, frame.active, frame.jailed)]
        if tell is not None:
            tell(len(shots))
    if not shots:
        raise UserError(f"{title}: the run gave no frame to look at")
    people = {name: peaks[name] * weight.get(name, 1) for name in sizes}
    shown = list(named) or sorted(sizes, key=lambda name: (-people[name], -sizes[name], name))[:cities]
    panels = _names(shown, shots[0], weight)
    shots = [replace(shot, panels={key: shot.panels[key] for key in panels}) for shot in shots]
    hours, active, jailed = zip(*curve, strict=True)
    return Film(
        title=title,
        note=note,
        panels=panels,
        shots=shots,
        block=block,
        sites=sites,
        most_grievance=most_grievance if GRIEVANCE in panels else None,
        jailed_seen=jailed_seen,
        hours=np.array(hours, float),
        active=np.array(active, np.int64),
        jailed=np.array(jailed, np.int64),
    )


def _check_named(named: Sequence[str], known: Mapping[str, int]) -> None:
    for name in named:
        if name not in known:
            raise UserError(f"--city {name}: is no city of this case; give one of {', '.join(known)}")


def _shot(frame: Frame, block: int, most_grievance: float | None) -> Shot:
    panels = {name: action_panel(grid).coarser(block) for name, grid in frame.cities.items()}
    if WHOLE in panels:
        panels[ACTION] = panels.pop(WHOLE)
        if most_grievance is not None and WHOLE in frame.grievance:
            shaded = grievance_panel(frame.cities[WHOLE], frame.grievance[WHOLE], most_grievance)
            panels[GRIEVANCE] = shaded.coarser(block)
    return Shot(
        hour=frame.hour,
        at=frame.at,
        panels=panels,
        active=frame.active,
        jailed=frame.jailed,
        killed=frame.killed,
        police=frame.police,
        sites_lost=tuple(frame.sites_lost),
    )


def _names(shown: Sequence[str], first: Shot, weight: Mapping[str, int]) -> dict[str, str]:
    if ACTION not in first.panels:
        return {name: f"{name} 1:{weight[name]}" if name in weight else name for name in shown}
    panels = {ACTION: "Who acts"}
    if GRIEVANCE in first.panels:
        panels[GRIEVANCE] = "Grievance"
    return panels
