"""Commands about cases: list, start, check, and the schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def cases() -> None:
    """List the built-in cases."""
    from rich.console import Console
    from rich.table import Table

    from foedus.cases import builtin_slugs, load_case

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("case", "title", "window"):
        table.add_column(heading, overflow="fold")
    for slug in builtin_slugs():
        meta = load_case(slug).meta
        table.add_row(slug, meta.title, f"{meta.start:%Y-%m-%d} to {meta.end:%Y-%m-%d}")
    Console().print(table)


def new(
    slug: Annotated[str, typer.Argument(help="Name of the case: lower-case letters, digits, hyphens.")],
    country: Annotated[str, typer.Option(help="The host: ISO 3166-1 alpha-3, such as KAZ.")],
    lead: Annotated[str | None, typer.Option(help="The state that would lead the contingents.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="File to write; SLUG.yaml where left out, - for the screen.")
    ] = None,
) -> None:
    """Write a commented case to start from, with the country's cities in it."""
    from foedus.cases import builtin_slugs
    from foedus.cases.new import starting_case
    from foedus.errors import CaseError, OutputError
    from foedus.experiments.output import finished_file

    if slug in builtin_slugs():
        raise CaseError(f"slug: '{slug}' is a built-in case; give another name")
    text = starting_case(slug, country, lead)
    if str(out) == "-":
        typer.echo(text, nl=False)
        return
    path = out or Path(f"{slug}.yaml")
    if path.exists():
        raise OutputError(f"{path}: exists already; give another name with --out, or take it away first")
    with finished_file(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8")
    typer.echo(f"{path} is written. Check it with `foedus validate {path}`, run it with `foedus run {path}`.")


def validate(
    files: Annotated[
        list[str], typer.Argument(help="Files (or built-in cases) to check.", metavar="FILE...")
    ],
) -> None:
    """Check cases and event files: one line for each mistake, with file, line, field and mend."""
    from foedus.cases import load_case
    from foedus.cases.described_file import event_document, event_of
    from foedus.errors import CaseError
    from foedus.known_names import unknown_in_event, unknown_names

    mistakes: list[str] = []
    for file in files:
        try:
            document = event_document(file)
            if document is not None:
                event_of(document, unknown_in_event)
            else:
                load_case(file, further=unknown_names)
        except CaseError as error:
            mistakes += error.lines
        else:
            typer.echo(f"{file}: holds together")
    if mistakes:
        raise CaseError(mistakes)


def schema() -> None:
    """Print the JSON Schema of a case, so that editors complete and check it."""
    import json

    from foedus.cases.schema import Case

    written = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Case.model_json_schema(mode="validation"),
    }
    typer.echo(json.dumps(written, indent=2, ensure_ascii=False))
