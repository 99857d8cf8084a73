"""foedus: a government in trouble calls on its alliance; is anyone bound to come, and what follows?

>>> import foedus
>>> study = foedus.run("kazakhstan-2022", runs=2000)  # doctest: +SKIP
>>> study.summary()["obligation"]["by_reading"]["letter"]["reading"]  # doctest: +SKIP
'contested'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.version import __version__

__all__ = ["__version__", "assess", "cases", "load_case", "run"]

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from foedus.cases.schema import Case
    from foedus.study import Study


def cases() -> list[str]:
    """Slugs of the built-in cases."""
    from foedus.cases import builtin_slugs

    return list(builtin_slugs())


def load_case(case: str | Path) -> Case:
    """Load a built-in case by slug, or a case file by path.

    Raises
    ------
    foedus.errors.CaseError
        The file cannot be used; one line for each mistake.
    """
    from foedus.cases import load_case as load
    from foedus.known_names import unknown_names

    return load(case, further=unknown_names)


def run(
    case: str | Path | Case,
    *,
    runs: int = 2000,
    seed: int = 1,
    mode: str = "replay",
    as_of: datetime | None = None,
    without: Sequence[str] = (),
    edits: Sequence[str] = (),
    shift: Sequence[str] = (),
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    people_per_agent: int | None = None,
) -> Study:
    """Run a case with and without the contingents as twins.

    Parameters
    ----------
    case
        Slug of a built-in case, path of a case file, or a loaded case.
    runs, seed
        Number of worlds, and the seed that decides their luck.
    mode
        'replay' takes the dated decisions of the case, 'free' lets rules decide.
    as_of
        Nothing later than that instant enters a belief or a fit.
    without
        Events to take away, with all that hangs on them, by id.
    edits
        Changes such as ``alliance.members.RUS.pledge=0``.
    shift
        Events to move, such as ``request=+24h``.
    threads
        Cores to use; all if left out. The result is the same bits for any number.
    people_per_agent
        Run the streets on the lattice, so many people to an agent (1 gives everybody a site); on `crowd` if
        left out.

    Raises
    ------
    foedus.errors.CaseError
        The case or an edit cannot be used.
    """
    from foedus.cases.overlay import with_overlay
    from foedus.cases.schema import Case as Loaded
    from foedus.known_names import unknown_names
    from foedus.study import run_study

    loaded = case if isinstance(case, Loaded) else load_case(case)
    edited, told = with_overlay(loaded, without=without, set_=edits, shift=shift, further=unknown_names)
    return run_study(
        edited, runs=runs, seed=seed, mode=mode, as_of=as_of, edits=told, threads=threads, progress=progress,
        people_per_agent=people_per_agent,
    )  # fmt: skip


def assess(case: str | Path | Case, *, as_of: datetime | None = None, seed: int = 1) -> dict[str, Any]:
    """The law alone: who is bound, on which reading of the evidence, and whether troops may come."""
    from foedus.cases.schema import Case as Loaded
    from foedus.law import assess_case

    return assess_case(case if isinstance(case, Loaded) else load_case(case), as_of, seed)
