"""One run of a case on the lattice, filmed: the sites of every city, and the course beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.cases import cities_of
from foedus.cases.schema import Case, Site
from foedus.chance import Luck
from foedus.engine.law import read_law
from foedus.engine.run import ARMS
from foedus.engine.streets import OnLattice, on_lattice
from foedus.errors import UserError
from foedus.experiments.ensemble import run_ensemble
from foedus.experiments.frames import Frame
from foedus.experiments.obligation import LAW_DRAWS
from foedus.experiments.posterior import posterior_for
from foedus.memory import GIB
from foedus.streets.lattice.city.layout import ACTIVE, OCCUPIED, POLICE
from foedus.streets.lattice.torus import Torus, as_grid
from foedus.streets.lattice.world import ACTIVE_CITIZEN, OFFICER, QUIET_CITIZEN

MOST_MEMORY = 4 * GIB


def case_frames(case: Case, *, seed: int, run: int, people_per_agent: int, every: int) -> Iterator[Frame]:
    """The frames of one run of a case, in replay and with the contingents: the run of a study of that seed.

    A frame shows the end of an hour: of the first, and then of every so many. Counts are people. The run is
    done whole before the first frame comes, and takes memory for all frames.

    Raises
    ------
    UserError
        The frames would take more than :data:`MOST_MEMORY`; said before anything is run.
    """
    places = cities_of(case.country)
    luck = Luck(seed)
    hours = case.meta.clock.hours
    people = [round(place.population.central()) for place in places]
    frames = (hours - 1) // every + 1
    streets = on_lattice(people, people_per_agent, frames=frames, filmed=run, every=every)
    if streets.film.nbytes > MOST_MEMORY:
        raise UserError(
            f"{frames:,} frames of {int(streets.cities.agents.sum()):,} agents take "
            f"{streets.film.nbytes / GIB:.1f} GiB, more than {MOST_MEMORY / GIB:g}; "
            f"give a larger --every, or more people to an agent"
        )
    found = run_ensemble(
        case,
        places,
        read_law(case, None, luck, LAW_DRAWS),
        {"with": ARMS["with"]},
        runs=run + 1,
        first=run,
        luck=luck,
        posterior=posterior_for(case, None),
        streets=streets,
    )
    course: Any = found.courses["with"]
    weight = dict(zip((place.name for place in places), streets.cities.weight.tolist(), strict=True))
    for frame in range(frames):
        hour = frame * every
        grids = _grids(streets, frame, list(weight))
        yield Frame(
            hour=float(hour + 1),
            cities=grids,
            active=int(course.active[0, hour]),
            jailed=int(course.arrested[0, hour]),
            killed=int(course.killed_civilian[0, hour]),
            police=sum(int(np.count_nonzero(grid == OFFICER)) * weight[name] for name, grid in grids.items()),
            sites_lost=_lost(case.sites, course.site_lost_at[0], course.site_retaken_at[0], hour + 1.0),
            people_per_agent=weight,
            passed=[
                (float(h + 1), int(course.active[0, h]), int(course.arrested[0, h]))
                for h in range(max(hour - every + 1, 0), hour + 1)
            ],
        )


def _grids(streets: OnLattice, frame: int, names: Sequence[str]) -> dict[str, NDArray[np.int8]]:
    """Who is on each site of each city (row, column), by the place in ``lattice.STATES``."""
    grids = {}
    for city, name in enumerate(names):
        torus = Torus(*(int(number) for number in streets.cities.shape[city]))
        first = int(streets.cities.first[city])
        planes = streets.film[frame, first : first + torus.words]
        grid = np.where(as_grid(planes, OCCUPIED, torus), QUIET_CITIZEN, 0).astype(np.int8)
        grid[as_grid(planes, ACTIVE, torus)] = ACTIVE_CITIZEN
        grid[as_grid(planes, POLICE, torus)] = OFFICER
        grids[name] = grid
    return grids


def _lost(
    sites: Sequence[Site], lost_at: NDArray[np.float64], retaken_at: NDArray[np.float64], hour: float
) -> tuple[str, ...]:
    """Sites that are lost at an hour and not yet retaken: a second loss of a site is not kept by a course."""
    gone = (lost_at <= hour) & ~(retaken_at <= hour)
    return tuple(
        site.name if site.city in site.name else f"{site.name} ({site.city})"
        for site, lost in zip(sites, gone, strict=True)
        if lost
    )
