"""From what is watched to its film: headings, notes, and what the shades stand for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from foedus.errors import UserError
from foedus.experiments.epstein_setup import TITLES
from foedus.experiments.watching import CaseSource, EpsteinSource, frames_of
from foedus.report.lattice.film import Film, film_of

MOST_FRAMES = 2000
"""A film is held in memory, and nobody looks at more."""
Told = Callable[[int, int], None]


def epstein_film(
    source: EpsteinSource, *, preset: str = "printed", changes: Sequence[str] = (), tell: Told | None = None
) -> Film:
    """Run Epstein's Model I and keep what pictures need.

    Parameters
    ----------
    preset
        By whose rules, for the heading: one of :data:`foedus.experiments.epstein_setup.PRESETS`.
    changes
        ``name=value`` by which the set-up differs from the preset, for the note.
    tell
        Called with frames done and frames in all.

    Raises
    ------
    UserError
        More frames than :data:`MOST_FRAMES`.
    """
    _check(source)
    setup = source.setup
    size = f"{setup.height} × {setup.width} sites"
    return film_of(
        frames_of(source),
        title=TITLES[preset],
        note=", ".join([_luck(source), *changes, size]),
        most_grievance=1.0 - setup.legitimacy,
        tell=_of(source, tell),
    )


def case_film(
    source: CaseSource, *, cities: Sequence[str] = (), edits: Sequence[str] = (), tell: Told | None = None
) -> Film:
    """Run a case on the lattice of its cities and keep what pictures need.

    Parameters
    ----------
    cities
        Which to show; the four with the most active agents where left out.
    edits
        ``name=value`` for each edit of the case, for the note.
    tell
        Called with frames done and frames in all.

    Raises
    ------
    UserError
        A city that the case has not, or more frames than :data:`MOST_FRAMES`.
    """
    _check(source)
    each = source.people_per_agent
    scale = "1:n is one agent for n people" if each > 1 else "an agent a person"
    return film_of(
        frames_of(source),
        title=source.case.meta.title.split(":")[0],
        note=", ".join([_luck(source), *edits, scale]),
        named=cities,
        sites=len(source.case.sites),
        tell=_of(source, tell),
    )


def _luck(source: EpsteinSource | CaseSource) -> str:
    return f"seed {source.seed}" + (f", run {source.run}" if source.run else "")


def _of(source: EpsteinSource | CaseSource, tell: Told | None) -> Callable[[int], None] | None:
    return None if tell is None else lambda done: tell(done, source.count)


def _check(source: EpsteinSource | CaseSource) -> None:
    if source.count > MOST_FRAMES:
        every = source.every * -(-source.count // MOST_FRAMES)
        raise UserError(f"--every {source.every} makes {source.count:,} frames; give {every:,} or more")
