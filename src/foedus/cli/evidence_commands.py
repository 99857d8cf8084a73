"""The command that shows what could be believed, on whose word, and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.cli.run_commands import AsOfOption, CaseArgument, JsonOption, SeedOption

if TYPE_CHECKING:
    from datetime import datetime

    from foedus.cases.schema import Case


def evidence(
    case: CaseArgument,
    as_of: AsOfOption = None,
    daily: Annotated[
        bool, typer.Option("--daily", help="Also tell what could be believed at the end of each day.")
    ] = False,
    predicate: Annotated[
        list[str] | None,
        typer.Option("--predicate", metavar="NAME", help="Only this fact; may be given more than once."),
    ] = None,
    seed: SeedOption = 1,
    as_json: JsonOption = False,
) -> None:
    """List what was said, how it was graded, what it adds, and what could be believed."""
    from foedus.cases import as_of_instant, load_case
    from foedus.known_names import unknown_names

    loaded = load_case(case, further=unknown_names)
    only = _known(predicate or ())
    when = loaded.meta.end if as_of is None else as_of_instant(as_of, loaded.meta)
    found = _evidence(loaded, when, only, seed, daily=daily)
    if as_json:
        import json

        typer.echo(json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False))
        return
    from rich.console import Console

    from foedus.report.terminal.beliefs import print_evidence

    print_evidence(found, Console())


def _evidence(case: Case, as_of: datetime, only: Sequence[str], seed: int, *, daily: bool) -> dict[str, Any]:
    """What ``foedus evidence --json`` prints: the beliefs of an instant, and those of each day if asked."""
    from foedus.chance import Luck
    from foedus.engine.law import records_of
    from foedus.evidence import INDEPENDENCE, held_beliefs, replayed_days
    from foedus.experiments.obligation import LAW_DRAWS

    zone = case.meta.clock.tzinfo
    when = as_of.astimezone(zone)
    records = records_of(case, case.meta.end)
    # The draws of `foedus assess`, so that both commands give the same numbers.
    luck, runs = Luck(seed), range(LAW_DRAWS)
    held = held_beliefs(case.claims, records, as_of=when, luck=luck, runs=runs, only=only)
    found: dict[str, Any] = {
        "case": case.meta.slug,
        "as_of": when.isoformat(),
        "seed": seed,
        "assumptions": [INDEPENDENCE],
        "beliefs": {name: belief.as_dict() for name, belief in held.items()},
    }
    if daily:
        days = replayed_days(
            case.claims,
            records,
            start=case.meta.start,
            end=when,
            zone=zone,
            luck=luck,
            runs=runs,
            only=only,
        )
        found["daily"] = [day.as_dict() for day in days]
    return found


def _known(names: Sequence[str]) -> list[str]:
    from foedus.cases.mistakes import did_you_mean, listed
    from foedus.errors import CaseError
    from foedus.treaties.vocabulary import predicates

    known = predicates()
    unknown = [
        f"--predicate: '{name}' is not a predicate of any clause; "
        f"{did_you_mean(name, known, f'give one of {listed(known)}')}"
        for name in names
        if name not in known
    ]
    if unknown:
        raise CaseError(unknown)
    return list(names)
