"""The command that sets the crowd model beside its rivals, on what was held out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foedus.cli.run_commands import (
    AsOfOption,
    CaseArgument,
    JsonOption,
    RunsOption,
    SeedOption,
    ThreadsOption,
    _edited_case,
    _print_json,
)


def rivals(
    case: CaseArgument,
    runs: RunsOption = 2000,
    seed: SeedOption = 1,
    as_of: AsOfOption = None,
    data: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Where the Mass Mobilization data lie; counts in foedus if left out."
        ),
    ] = None,
    size: Annotated[
        str | None,
        typer.Option(
            metavar="CLASS", help="Size class of the protest, as in '>10000'; read from the case if left out."
        ),
    ] = None,
    violent: Annotated[
        bool | None,
        typer.Option(
            "--violent/--peaceful", help="Whether protesters were violent; read from the case if left out."
        ),
    ] = None,
    particles: Annotated[
        int, typer.Option(min=50, max=100_000, help="Particles of each fit of the wave.")
    ] = 2000,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="FILE.json for scores, fits and predictions.")
    ] = None,
    as_json: JsonOption = False,
    threads: ThreadsOption = None,
) -> None:
    """Score the crowd model, a riot wave, a reference class and 'nothing changes' on what was held out."""
    import json

    from foedus.errors import OutputError
    from foedus.experiments.decisions.results import rounded
    from foedus.experiments.output import check_file, finished_file
    from foedus.experiments.rivals import contest
    from foedus.experiments.rivals.wave_fit import WavePlan

    if out is not None:
        if out.suffix != ".json":
            raise OutputError(f"{out}: is no .json; give a name that ends so")
        check_file(out)
    read, when, _ = _edited_case(case, as_of, None, None, None, None)
    found = contest(
        read,
        runs=runs,
        seed=seed,
        as_of=when,
        data=data,
        size=size,
        violent=violent,
        plan=WavePlan(particles=particles),
        threads=threads,
    )
    if out is not None:
        text = json.dumps(rounded(found), indent=1, ensure_ascii=False, allow_nan=False)
        with finished_file(out) as unfinished:
            unfinished.write_text(f"{text}\n", encoding="utf-8")
    if as_json:
        _print_json(found)
    else:
        from rich.console import Console

        from foedus.report.terminal.rivals import print_rivals

        print_rivals(found, Console())
    if out is not None:
        typer.echo(f"Written: {out}", err=True)
