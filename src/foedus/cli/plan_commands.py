"""The command that plans: who would come, with what and when, and no crisis beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foedus.cli.run_commands import (
    JsonOption,
    OverlayOption,
    SetOption,
    _edited_case,
    _print_json,
)

RunsOption = Annotated[int, typer.Option(min=1, max=5000, help="How many runs disturb the plan.")]
SeedOption = Annotated[int, typer.Option(min=0, max=2**63 - 1, help="The same seed gives the same bits.")]


def plan(
    case: Annotated[
        str | None,
        typer.Argument(metavar="CASE", help="A built-in case (see `foedus cases`) or a YAML file."),
    ] = None,
    record: Annotated[
        bool, typer.Option("--record", help="Instead of a case: the sortie model against two real airlifts.")
    ] = False,
    runs: RunsOption = 300,
    seed: SeedOption = 1,
    lost: Annotated[
        list[str] | None,
        typer.Option("--lost", metavar="FIELD", help="Lose a field of arrival; may be given several times."),
    ] = None,
    set_: SetOption = None,
    overlay: OverlayOption = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="FILE.html for a page, FILE.svg for the arrival.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Plan forces and lift: units, members, theatres, tasks, the arrival curve, and what gives."""
    from rich.console import Console

    from foedus.errors import CaseError

    if record == (case is not None):
        raise CaseError("give a case, or --record for the comparison with real airlifts, and not both")
    if record:
        _record(seed, as_json=as_json)
        return
    assert case is not None
    if out is not None:
        _check(out)
    from foedus.experiments.force_plan import plan_case

    edited, _, edits = _edited_case(case, None, None, set_, None, overlay)
    found = plan_case(edited, runs=runs, seed=seed, lost=lost or (), edits=edits).as_dict()
    if out is not None:
        from foedus.report.force_plan import write_force_plan

        write_force_plan(found, out)
    if as_json:
        _print_json(found)
        return
    from foedus.report.terminal.force_plan import print_force_plan

    print_force_plan(found, Console())
    if out is not None:
        typer.echo(f"Written: {out}", err=True)


def _check(out: Path) -> None:
    from foedus.errors import OutputError
    from foedus.experiments.output import check_file

    if out.suffix not in (".html", ".svg"):
        raise OutputError(f"{out}: is neither .html nor .svg; give a name that ends in one of them")
    check_file(out)


def _record(seed: int, *, as_json: bool) -> None:
    from rich.console import Console

    from foedus.experiments.lift_record import compared

    found = compared(seed=seed)
    if as_json:
        _print_json(found)
        return
    from foedus.report.terminal.lift_record import print_lift_record

    print_lift_record(found, Console())
