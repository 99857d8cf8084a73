"""Commands that estimate models of foedus on public data, which the user has and foedus does not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foedus.cli.run_commands import JsonOption, SeedOption

fit_app = typer.Typer()


@fit_app.callback(invoke_without_command=True)
def fit(context: typer.Context) -> None:
    """Estimate a model on public data that lie on this machine."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@fit_app.command()
def decisions(
    data: Annotated[Path, typer.Option(metavar="DIR", help="Where the public tables lie; see the docs.")],
    holdout: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Numbers of wars or disputes to leave out of the fit, and score."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="FILE.json for coefficients, covariances and scores.")
    ] = None,
    seed: SeedOption = 1,
    draws: Annotated[
        int, typer.Option(min=100, max=100_000, help="Draws of each bootstrap of a difference.")
    ] = 2000,
    refits: Annotated[
        int, typer.Option(min=20, max=10_000, help="Fits on resampled conflicts, for the covariances.")
    ] = 500,
    split: Annotated[
        int | None,
        typer.Option(min=1816, max=2016, help="First year of the test forward in time; 1970 if left out."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Fit whether an obliged ally joins, in wars and disputes, and say how well, beside a plain model."""
    import json

    from foedus.errors import OutputError
    from foedus.experiments.decisions import fit_decisions, write_results
    from foedus.experiments.output import check_file

    if out is not None:
        if out.suffix != ".json":
            raise OutputError(f"{out}: is no .json; give a name that ends so")
        check_file(out)
    found = fit_decisions(data, holdout=holdout, seed=seed, draws=draws, refits=refits, split=split)
    if out is not None:
        options = [("--seed", seed), ("--draws", draws), ("--refits", refits)]
        options += [] if split is None else [("--split", split)]
        command = ["foedus", "fit", "decisions", "--data", "DIR"]
        command += [str(part) for option in options for part in option]
        write_results(found, out, [*command, *(["--holdout", "FILE"] if holdout else [])])
    if as_json:
        typer.echo(json.dumps(found.as_dict(), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        from rich.console import Console

        from foedus.report.terminal.decisions import print_decisions

        print_decisions(found.as_dict(), Console())
    if out is not None:
        typer.echo(f"Written: {out}", err=True)


@fit_app.command()
def protests(
    data: Annotated[Path, typer.Option(metavar="DIR", help="Where the Mass Mobilization data lie.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="FILE.json for the counts.")],
    before: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only protests that had ended before; all if left out.")
    ] = None,
) -> None:
    """Count protests by size, violence and days that they lasted, and how the state responded."""
    from datetime import date

    from foedus.errors import CaseError, OutputError
    from foedus.experiments.output import check_file
    from foedus.experiments.rivals import read_class, write_class

    if out.suffix != ".json":
        raise OutputError(f"{out}: is no .json; give a name that ends so")
    check_file(out)
    try:
        until = None if before is None else date.fromisoformat(before)
    except ValueError:
        raise CaseError(f"--before {before!r}: is no date; give one as in 2010-04-06") from None
    found = read_class(data, before=until)
    write_class(found, out)
    typer.echo(f"{found.about['used']:,} protests counted, to {found.known_to}. Written: {out}", err=True)
