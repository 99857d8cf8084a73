"""A force plan printed: who lands when, which units go, what gives, what a theatre could bear."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from foedus.report import force_plan as told
from foedus.report.terminal.assessment import plain_table

if TYPE_CHECKING:
    from rich.console import Console

CURVE_ROWS = 5
# Columns that 80 characters hold: unit, sent, of, loads, first and last.
_NARROW = (0, 1, 2, 5, 7, 8)


def print_force_plan(found: Mapping[str, Any], console: Console) -> None:
    """Print what ``foedus plan --json`` prints, readable at 80 columns."""
    from rich.markup import escape

    console.print(f"[bold]{escape(found['title'])}[/bold]")
    for line in (*found["said"], *(f"edit: {edit}" for edit in found["edits"])):
        console.print(line, style="yellow", markup=False, highlight=False)
    if found["lost"]:
        console.print(f"lost throughout: {', '.join(found['lost'])}", style="yellow", markup=False)
    console.print(told.in_short(found), markup=False, highlight=False)
    if not found["units"]:
        return
    console.print()
    if found["arrival"]["members"]:
        console.print("[bold]Who lands, and when[/bold], hours after the activation, lift alone")
        console.print(plain_table(told.ARRIVAL_HEAD, told.arrival_rows(found["arrival"])))
    console.print("[bold]Units[/bold], as planned")
    rows = [tuple(row[i] for i in _NARROW) for row in told.unit_rows(found)]
    console.print(plain_table(tuple(told.UNIT_HEAD[i] for i in _NARROW), rows))
    console.print("[bold]What gives[/bold]")
    for line in told.gives(found):
        console.print(f"  {line}", markup=False, highlight=False)
    console.print()
    if found["task"] and found["task"]["sites"]:
        console.print("[bold]The task[/bold]")
        console.print(plain_table(told.TASK_HEAD, told.task_rows(found)))
    console.print(told.bound_line(found), markup=False, highlight=False)
    _theatres(found, console)


def _theatres(found: Mapping[str, Any], console: Console) -> None:
    from foedus.report.numbers import ENGLISH, plain

    key = told.largest_theatre(found["theatres"])
    if key is None:
        return
    console.print()
    console.print("[bold]What else must be held[/bold]")
    rows = [(row[0], row[2], row[3], row[4], row[5]) for row in told.theatre_rows(found)]
    console.print(plain_table([told.THEATRE_HEAD[i] for i in (0, 2, 3, 4, 5)], rows))
    theatre = found["theatres"][key]
    curve = theatre["request"]["curve"]
    step = max(1, (len(curve) - 1) // (CURVE_ROWS - 1))
    console.print(
        f"How large could the request grow before it gives: {theatre['text']}", markup=False, highlight=False
    )
    shown = [
        (ENGLISH.count(row["floor"]), plain(row["largest_request"], ENGLISH.count)) for row in curve[::step]
    ]
    console.print(plain_table(("If its floor is", "Largest request"), shown))
