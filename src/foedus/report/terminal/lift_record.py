"""The sortie model against airlifts on record, printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from foedus.report.numbers import ENGLISH, plain
from foedus.report.terminal.assessment import plain_table

if TYPE_CHECKING:
    from rich.console import Console

HEAD = ("", "Model", "Record", "Meets")


def print_lift_record(found: Mapping[str, Any], console: Console) -> None:
    """Print each airlift: the model's median and 5 to 95 % beside what the record says."""
    for airlift in found["airlifts"]:
        console.print(airlift["title"], style="bold", markup=False, highlight=False)
        console.print(plain_table(HEAD, [row[:4] for row in record_rows(airlift)]))
        for row in airlift["rows"]:
            if row["note"]:
                console.print(f"  {row['what']}: {row['note']}", style="dim", markup=False, highlight=False)
        console.print()
    console.print(f"Median (5 % to 95 %) over {found['draws']} draws of every input.", highlight=False)


def record_rows(airlift: Mapping[str, Any]) -> list[tuple[str, str, str, str, str]]:
    """One row for each quantity: what, the model, the record, whether they meet, a note."""
    return [
        (
            row["what"],
            plain(row["model"], ENGLISH.number),
            _span(row["observed"]),
            "yes" if row["within"] else "NO",
            row["note"] or "",
        )
        for row in airlift["rows"]
    ]


def _span(observed: Mapping[str, float]) -> str:
    low, high = ENGLISH.number(observed["low"]), ENGLISH.number(observed["high"])
    return low if low == high else f"{low} to {high}"
