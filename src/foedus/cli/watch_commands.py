"""The command that looks at a lattice: Epstein's model alone, or a case in its cities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from foedus.report.lattice import Film

EPSTEIN = "epstein"
Told = Callable[[int, int], None]
_Source = tuple[str, int, "Callable[[Told | None], Film]"]


def watch(
    source: Annotated[
        str,
        typer.Argument(
            metavar="CASE|epstein", help="A case on the lattice of its cities, or Epstein's Model I alone."
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Animation: FILE.gif or, with ffmpeg, FILE.mp4; NAME.gif if all is left out."
        ),
    ] = None,
    frames: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Directory for all frames, a PNG each.")
    ] = None,
    strip: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A few moments side by side over the curve: FILE.png or FILE.svg."),
    ] = None,
    preset: Annotated[
        str | None,
        typer.Option(metavar="printed|mesa|netlogo", help="Epstein: by whose rules; printed where left out."),
    ] = None,
    size: Annotated[
        str | None, typer.Option(metavar="N|HxW", help="Epstein: sites a side, as 40 or 30x60.")
    ] = None,
    steps: Annotated[
        int | None, typer.Option(min=0, max=1_000_000, help="Epstein: how many steps; 60 where left out.")
    ] = None,
    every: Annotated[
        int | None,
        typer.Option(
            min=1, max=10_000_000, help="A frame after so many steps (1 where left out) or hours (6)."
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option(min=0, max=2**63 - 1, help="The same seed gives the same picture.")
    ] = 1,
    run: Annotated[int, typer.Option(min=0, max=10**9, help="Which run of the seed.")] = 0,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="NAME=VALUE", help="Epstein: police=0.03; a case: alliance.task.requested=500."
        ),
    ] = None,
    people: Annotated[
        int | None,
        typer.Option(
            "--people-per-agent",
            min=1,
            max=65_535,
            metavar="N",
            help="A case: people to an agent at most; 250 where left out.",
        ),
    ] = None,
    city: Annotated[
        list[str] | None,
        typer.Option(
            "--city", metavar="NAME", help="A case: show this city; the most active where left out."
        ),
    ] = None,
    fps: Annotated[int, typer.Option("--fps", "--speed", min=1, max=50, help="Frames a second.")] = 10,
    at: Annotated[
        str | None,
        typer.Option(metavar="HOUR,HOUR", help="Moments of the strip; peak, calm and end where left out."),
    ] = None,
) -> None:
    """Render a lattice: who is active, jailed, on duty, frame after frame."""
    from foedus.cli.progress import progress_bar

    asked = _Asked(preset, size, steps, every, seed, run, tuple(set_ or ()), people, tuple(city or ()))
    name, last, make_film = _source(source, asked)
    if out is None and frames is None and strip is None:
        out = Path(f"{name}.gif")
    hours = _hours(at, strip, last)
    _check_places(out, frames, strip)
    with progress_bar(f"{name}: run") as progress:
        film = make_film(progress)
    _write(film, out, frames, strip, fps, hours)


@dataclass(frozen=True, slots=True)
class _Asked:
    preset: str | None
    size: str | None
    steps: int | None
    every: int | None
    seed: int
    run: int
    set_: tuple[str, ...]
    people: int | None
    city: tuple[str, ...]


def _source(name: str, asked: _Asked) -> _Source:
    """What files are called, the last frame, and how the film is made; mistakes come before any work."""
    if name == EPSTEIN:
        return _epstein(asked)
    return _case(name, asked)


def _epstein(asked: _Asked) -> _Source:
    from foedus.errors import UserError
    from foedus.experiments.epstein_setup import epstein_setup
    from foedus.experiments.watching import EpsteinSource
    from foedus.report.lattice import epstein_film

    for option, value in (("--people-per-agent", asked.people), ("--city", asked.city)):
        if value:
            raise UserError(f"{option} is for cases; Epstein's lattice has --size")
    preset = asked.preset or "printed"
    setup = epstein_setup(preset, size=asked.size, changes=asked.set_)
    steps = 60 if asked.steps is None else asked.steps
    source = EpsteinSource(setup, steps=steps, every=asked.every or 1, seed=asked.seed, run=asked.run)
    return (
        EPSTEIN,
        source.last,
        lambda tell: epstein_film(source, preset=preset, changes=asked.set_, tell=tell),
    )


def _case(name: str, asked: _Asked) -> _Source:
    from foedus.cli.run_commands import _edited_case
    from foedus.errors import UserError
    from foedus.experiments.watching import CaseSource, usual_every
    from foedus.report.lattice import case_film

    for option, value in (("--preset", asked.preset), ("--size", asked.size), ("--steps", asked.steps)):
        if value is not None:
            raise UserError(f"{option} is for `foedus watch epstein`; a case has its own hours and cities")
    case, _, _ = _edited_case(name, None, None, list(asked.set_), None, None)
    source = CaseSource(
        case,
        every=asked.every or usual_every(case),
        seed=asked.seed,
        run=asked.run,
        people_per_agent=asked.people or 250,
    )
    return (
        case.meta.slug,
        source.last,
        lambda tell: case_film(source, cities=asked.city, edits=asked.set_, tell=tell),
    )


def _hours(at: str | None, strip: Path | None, last: int) -> list[float] | None:
    from foedus.errors import UserError
    from foedus.report.lattice import check_hours

    if at is None:
        return None
    if strip is None:
        raise UserError("--at chooses moments of a strip; give --strip FILE too")
    try:
        hours = [float(hour) for hour in at.split(",")]
    except ValueError:
        raise UserError(f"--at {at}: is no list of steps or hours; give some as in 0,40,80") from None
    check_hours(hours, last)
    return hours


def _check_places(out: Path | None, frames: Path | None, strip: Path | None) -> None:
    from foedus.errors import UserError
    from foedus.experiments.output import check_directory, check_file
    from foedus.report.lattice import check_animation, check_strip

    if out is not None:
        check_animation(out)
    if strip is not None:
        check_strip(strip)
    for path in (out, strip):
        if path is not None:
            check_file(path)
    if frames is not None:
        check_directory(frames)
    places = [path.resolve() for path in (out, strip, frames) if path is not None]
    if len(set(places)) < len(places):
        raise UserError("--out, --strip and --frames: two of them name the same place; give each its own")


def _write(
    film: Film,
    out: Path | None,
    frames: Path | None,
    strip: Path | None,
    fps: int,
    hours: list[float] | None,
) -> None:
    """Write all that was asked for; every file comes to its place whole."""
    from contextlib import ExitStack

    from foedus.cli.progress import progress_bar
    from foedus.experiments.output import finished_directory, finished_file
    from foedus.report.lattice import at_hours, pick, write_animation, write_frames, write_strip

    with ExitStack() as stack:
        if strip is not None:
            shots = pick(film) if hours is None else at_hours(film, hours)
            write_strip(film, shots, stack.enter_context(finished_file(strip)))
        for path in (out, frames):
            if path is None:
                continue
            with progress_bar(f"{path.name}: frames") as progress:
                tell = None if progress is None else _counted(progress, len(film.shots))
                if path is out:
                    unfinished = stack.enter_context(finished_file(path))
                    write_animation(film, unfinished, frames_a_second=fps, tell=tell)
                else:
                    write_frames(film, stack.enter_context(finished_directory(path)), tell)
    for written in (strip, out, frames):
        if written is not None:
            typer.echo(f"Written: {written}", err=True)


def _counted(progress: Told, total: int) -> Callable[[int], None]:
    return lambda done: progress(done, total)
