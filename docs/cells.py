"""How a number, an interval or an observation reads in a table of these pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

TIMES = {"site_lost_at", "site_retaken_at", "peak_at", "calm_at", "first_landing_at", "closure_at"}

Json = Mapping[str, Any]


def label(row: Json, summary: Json) -> str:
    """The name of a quantity with its place and hour."""
    where = f", {row['where']}" if row["where"] else ""
    when = ""
    if row["at"] and row["quantity"] not in TIMES:
        when = f", {datetime.fromisoformat(row['at']):%-d %b %H:%M}"
    return f"{row['quantity'].replace('_', ' ')}{where}{when}"


def observed(row: Json, summary: Json) -> str:
    """The observed number with its range."""
    show = _shower(row["quantity"], summary)
    if row["low"] == row["high"]:
        return show(row["observed"])
    return f"{show(row['observed'])} ({show(row['low'])} to {show(row['high'])})"


def spread(row: Json, quantity: str, summary: Json) -> str:
    """The computed interval of a row."""
    return interval(row, show=_shower(quantity, summary))


def _shower(quantity: str, summary: Json) -> Callable[[float], str]:
    if quantity not in TIMES:
        return number
    from foedus import load_case

    clock = load_case(summary["case"]).meta.clock
    return lambda hours: f"{clock.at(hours):%-d %b %H:%M}"


def interval(body: Json, *, percent: bool = False, show: Callable[[float], str] | None = None) -> str:
    """Median (5 % to 95 %); a quantile that is not reached in the window is a dash."""
    style = show or ((lambda x: f"{x:.0%}") if percent else number)
    if body.get("censored") == 1.0:
        return "never, or not defined"
    low, middle, high = (
        "beyond the window" if body[key] is None else style(body[key]) for key in ("p05", "median", "p95")
    )
    if body["median"] is None and body["p05"] is None and not body.get("censored"):
        return "-"
    text = middle if low == middle == high else f"{middle} ({low} to {high})"
    censored = body.get("censored")
    return f"{text}; not reached in {censored:.0%}" if censored else text


def chance(body: Json) -> str:
    """A probability with its spread; a dash where it rests on assertion."""
    return "-" if body["median"] is None else interval(body, percent=True)


def number(value: float | None) -> str:
    """A number as people read it."""
    if value is None:
        return "-"
    if abs(value) >= 20 or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 1 else f"{value:.2f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
