"""Commands that answer: run a case, read the law alone, write the brief."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from foedus.cases.schema import Case
    from foedus.study import Study


class Mode(StrEnum):
    """Whether decisions are those of the case, or the rules'."""

    REPLAY = "replay"
    FREE = "free"


class Streets(StrEnum):
    """The street model."""

    CROWD = "crowd"
    LATTICE = "lattice"


class Language(StrEnum):
    """Languages of the brief."""

    ENGLISH = "en"
    DUTCH = "nl"


CaseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help="A built-in case (see `foedus cases`) or a YAML file.")
]
RUNS_ON_CROWD, RUNS_ON_LATTICE = 2000, 20
PEOPLE_PER_AGENT = 250
RunsOption = Annotated[int, typer.Option(min=1, max=1_000_000, help="How many runs of each arm.")]
EitherRunsOption = Annotated[
    int | None,
    typer.Option(
        min=1, max=1_000_000,
        help=f"How many runs of each arm: {RUNS_ON_CROWD} where left out, {RUNS_ON_LATTICE} on the lattice.",
    ),
]  # fmt: skip
StreetsOption = Annotated[
    Streets,
    typer.Option(help="crowd: counts of people in each city; lattice: agents on a torus for each city."),
]
AgentOption = Annotated[
    int | None,
    typer.Option(
        "--people-per-agent", min=1, max=65_535, metavar="N",
        help=f"People to an agent of the lattice: {PEOPLE_PER_AGENT} where left out; 1 is one a person.",
    ),
]  # fmt: skip
SeedOption = Annotated[int, typer.Option(min=0, max=2**63 - 1, help="The same seed gives the same bits.")]
ModeOption = Annotated[
    Mode, typer.Option(help="replay: decisions fall as in the case; free: rules decide them.")
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="TIME", help="Use nothing that became known later (case's zone)."),
]
WithoutOption = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="EVENT", help="Take an event away, and all that hangs on it."),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Set a value, as in alliance.task.requested=500."),
]
ShiftOption = Annotated[
    list[str] | None,
    typer.Option("--shift", metavar="EVENT=±H", help="Shift an event, as in request=+24h."),
]
OverlayOption = Annotated[
    list[Path] | None, typer.Option("--overlay", metavar="FILE", help="A YAML file with such edits.")
]
ThreadsOption = Annotated[
    int | None, typer.Option(min=1, max=1024, help="Threads to use; all cores where left out.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def run(
    case: CaseArgument,
    runs: EitherRunsOption = None,
    seed: SeedOption = 1,
    mode: ModeOption = Mode.REPLAY,
    streets: StreetsOption = Streets.CROWD,
    people_per_agent: AgentOption = None,
    as_of: AsOfOption = None,
    without: WithoutOption = None,
    set_: SetOption = None,
    shift: ShiftOption = None,
    overlay: OverlayOption = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Directory for data and report.")] = None,
    as_json: JsonOption = False,
    threads: ThreadsOption = None,
) -> None:
    """Run a case with and without the contingents, and answer every question of it."""
    from foedus.experiments.output import check_directory

    people = _resolution(streets, people_per_agent)
    if runs is None:
        runs = RUNS_ON_CROWD if people is None else RUNS_ON_LATTICE
    edited, when, edits = _edited_case(case, as_of, without, set_, shift, overlay)
    if out is not None:
        check_directory(out)
    study = _study(edited, when, edits, runs, seed, mode, threads, as_json=as_json, people_per_agent=people)
    if out is not None:
        study.save(out)
    if as_json:
        _print_json(study.summary())
        return
    from rich.console import Console

    from foedus.report.terminal import print_summary

    print_summary(study, Console())
    if out is not None:
        typer.echo(f"Written: {out}; the report is {out / 'report.html'}", err=True)


def _resolution(streets: Streets, people_per_agent: int | None) -> int | None:
    """People to an agent, or None on `crowd`."""
    from foedus.errors import UserError

    if streets is Streets.LATTICE:
        return people_per_agent or PEOPLE_PER_AGENT
    if people_per_agent is not None:
        raise UserError("--people-per-agent is for the lattice; add --streets lattice, or leave it out")
    return None


def assess(
    case: CaseArgument,
    as_of: AsOfOption = None,
    seed: SeedOption = 1,
    without: WithoutOption = None,
    set_: SetOption = None,
    shift: ShiftOption = None,
    overlay: OverlayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read the law alone, of a case or an event file: who is bound to come, by which clause, and why."""
    from foedus.law import assess_case

    assessment = _event_assessment(
        case, as_of, seed, [*(without or ()), *(set_ or ()), *(shift or ()), *(overlay or ())]
    )
    if assessment is not None:
        _show_assessment(assessment, as_json=as_json)
        return
    edited, when, _ = _edited_case(case, as_of, without, set_, shift, overlay)
    _show_assessment(assess_case(edited, when, seed), as_json=as_json)


def _event_assessment(
    name: str, as_of: str | None, seed: int, edits: list[str | Path]
) -> dict[str, Any] | None:
    """The assessment of an event file; None where the name is that of a case."""
    from foedus.cases.described_file import event_document, event_of
    from foedus.cli.law_commands import instant
    from foedus.errors import CaseError
    from foedus.known_names import unknown_in_event

    document = event_document(name)
    if document is None:
        return None
    from foedus.law import assess_event

    if edits:
        raise CaseError(f"{name}: is an event, and edits are for cases; change the file instead")
    return assess_event(event_of(document, unknown_in_event), name, instant(as_of), seed)


def _show_assessment(assessment: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        _print_json(assessment)
        return
    from rich.console import Console

    from foedus.report.terminal import print_assessment

    print_assessment(assessment, Console())


def brief(
    case: CaseArgument,
    lang: Annotated[Language, typer.Option(help="Language of the brief.")] = Language.ENGLISH,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="FILE.html or FILE.md; the screen where left out.")
    ] = None,
    runs: RunsOption = 2000,
    seed: SeedOption = 1,
    mode: ModeOption = Mode.REPLAY,
    as_of: AsOfOption = None,
    without: WithoutOption = None,
    set_: SetOption = None,
    shift: ShiftOption = None,
    overlay: OverlayOption = None,
    threads: ThreadsOption = None,
) -> None:
    """Write a brief of two pages: each question, its answer, and what would change it."""
    from foedus.errors import OutputError
    from foedus.experiments.output import check_file, finished_file

    if out is not None:
        if out.suffix not in (".html", ".md"):
            raise OutputError(f"{out}: is neither .html nor .md; give a name that ends in one of them")
        check_file(out)
    edited, when, edits = _edited_case(case, as_of, without, set_, shift, overlay)
    study = _study(edited, when, edits, runs, seed, mode, threads, as_json=False)
    from foedus.report.brief import write_brief

    if out is None:
        write_brief(study, lang.value, None)
        return
    with finished_file(out) as unfinished:
        write_brief(study, lang.value, unfinished)
    typer.echo(f"Written: {out}", err=True)


def _edited_case(
    name: str,
    as_of: str | None,
    without: list[str] | None,
    set_: list[str] | None,
    shift: list[str] | None,
    overlays: list[Path] | None,
) -> tuple[Case, datetime | None, list[str]]:
    """The case after its edits, the hour as of which it is seen, and a line for each edit."""
    from foedus.cases import as_of_instant, load_case, with_overlay
    from foedus.cases.described_file import event_document
    from foedus.errors import CaseError
    from foedus.known_names import unknown_names

    if event_document(name) is not None:
        raise CaseError(f"{name}: is an event and no case; `foedus assess {name}` reads it")
    case, edits = with_overlay(
        load_case(name, further=unknown_names),
        without=without or (),
        set_=set_ or (),
        shift=shift or (),
        overlays=overlays or (),
        further=unknown_names,
    )
    return case, None if as_of is None else as_of_instant(as_of, case.meta), edits


def _study(
    case: Case,
    as_of: datetime | None,
    edits: list[str],
    runs: int,
    seed: int,
    mode: Mode,
    threads: int | None,
    *,
    as_json: bool,
    people_per_agent: int | None = None,
) -> Study:
    import sys

    from foedus.cli.progress import progress_bar
    from foedus.study import run_study

    with progress_bar(case.meta.slug, wanted=not as_json or sys.stdout.isatty()) as progress:
        return run_study(
            case,
            runs=runs,
            seed=seed,
            mode=mode.value,
            as_of=as_of,
            edits=edits,
            threads=threads,
            progress=progress,
            people_per_agent=people_per_agent,
        )


def _print_json(answer: dict[str, Any]) -> None:
    typer.echo(json.dumps(answer, indent=2, ensure_ascii=False, allow_nan=False))
