"""Evidence, printed: who said what, how it was graded, what it adds, and how belief moved by the day."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from itertools import groupby
from typing import TYPE_CHECKING, Any

from foedus.report.numbers import ENGLISH, MINUS, NO_BREAK, plain
from foedus.report.phrases import phrases
from foedus.report.terminal.assessment import COLOURS

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_INDENT = "  "


def print_evidence(found: Mapping[str, Any], console: Console) -> None:
    """Print the claims of each fact with grade, weight and reason, the belief, and its course by the day.

    Parameters
    ----------
    found
        What ``foedus evidence --json`` prints.
    """
    when = datetime.fromisoformat(found["as_of"])
    console.print(f"[bold]What could be believed[/bold] as of {when:%Y-%m-%d %H:%M}", highlight=False)
    if not found["beliefs"]:
        console.print("Nothing had been said or done by then.")
    for name, belief in found["beliefs"].items():
        console.print()
        console.print(_heading(name, belief))
        for claim in belief["claims"]:
            _print_claim(claim, when.tzinfo, console)
        if belief["record"]:
            at = datetime.fromisoformat(belief["record"]["at"]).astimezone(when.tzinfo)
            _say(f"{_INDENT}{at:%Y-%m-%d %H:%M}  on record: {belief['record']['text']}", console)
        if not belief["claims"] and not belief["record"]:
            _say(f"{_INDENT}nobody has said anything of it: this is what is believed beforehand", console)
        _print_course(name, found.get("daily") or [], console)
    console.print()
    _say(
        "Weights are in nats, added to the log-odds at their medians; grades as of that hour.", console, "dim"
    )
    for line in found.get("assumptions") or []:
        _say(f"Assumed: {line}.", console, "dim")


def _heading(name: str, belief: Mapping[str, Any]) -> Text:
    from rich.text import Text

    status = str(belief["status"])
    line = Text(phrases("en").word("predicates", name), style="bold")
    line.append(f" ({name}): ", style="not bold")
    line.append(status, style=COLOURS.get(status, ""))
    line.append(f", {plain(_spread(belief), ENGLISH.share)}", style="not bold")
    return line


def _print_claim(claim: Mapping[str, Any], zone: tzinfo | None, console: Console) -> None:
    at = datetime.fromisoformat(claim["at"]).astimezone(zone)
    grade = "not graded"
    if claim["graded_at"]:
        graded_at = datetime.fromisoformat(claim["graded_at"]).astimezone(zone)
        grade = f"{claim['reliability']}{claim['credibility']} since {graded_at:%Y-%m-%d %H:%M}"
    origin = f" (from {claim['origin']})" if claim["origin"] else ""
    says = claim["says"] if claim["says"].startswith("it is") else f"'{claim['says']}'"
    _say(f"{_INDENT}{at:%Y-%m-%d %H:%M}  {claim['who']}{origin}: {says}", console)
    _say(f"{_INDENT * 2}{grade}; {_signed(claim['weight'])}; {claim['counts']}", console, "dim")


def _print_course(name: str, days: Sequence[Mapping[str, Any]], console: Console) -> None:
    """Print a line for each run of days on which the belief did not move, and what began it."""
    if not days:
        return
    _say(f"{_INDENT}Day by day", console)
    for dates, belief, news in _stretches(name, days):
        told = "nothing said"
        if belief is not None:
            told = f"{belief['status']:<9}  {plain(_spread(belief), ENGLISH.share)}"
        _say(f"{_INDENT * 2}{dates}  {told}", console)
        for line in _told(news):
            _say(f"{_INDENT * 4}{line}", console, "dim")


def _stretches(
    name: str, days: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, Mapping[str, Any] | None, list[Mapping[str, Any]]]]:
    numbered: list[tuple[int, Mapping[str, Any]]] = []
    stretch = 0
    for day in days:
        # Without news nothing moves, so a stretch begins with the day that brings some.
        stretch += any(item["predicate"] == name for item in day["news"])
        numbered.append((stretch, day))
    for _, members in groupby(numbered, key=lambda pair: pair[0]):
        together = [day for _, day in members]
        first, last = together[0], together[-1]
        dates = first["day"] if first is last else f"{first['day']} to {last['day'][5:]}"
        news = [item for item in first["news"] if item["predicate"] == name]
        yield f"{dates:<19}", first["beliefs"].get(name), news


def _told(news: Sequence[Mapping[str, Any]]) -> list[str]:
    """A line for each claim that was made or graded on a day, and for each act of record."""
    lines: dict[str, str] = {}
    for item in news:
        if item["kind"] == "record":
            lines[f"record {len(lines)}"] = f"on record: {item['what']}"
        elif item["claim"] in lines:
            lines[item["claim"]] += f"; {item['what']}"
        else:
            lines[item["claim"]] = f"{item['who']}: {item['what']}"
    return list(lines.values())


def _spread(belief: Mapping[str, Any]) -> dict[str, Any]:
    return {key: belief[key] for key in ("p05", "median", "p95")}


def _signed(weight: float) -> str:
    size = f"{abs(weight):.2f}"
    return "0" if size == "0.00" else f"{MINUS if weight < 0 else '+'}{size}"


def _say(line: str, console: Console, style: str = "") -> None:
    """Print a line of text as it is, wrapped under its own indent."""
    from rich.text import Text

    text = line.lstrip(" ").replace(" %", f"{NO_BREAK}%")
    hang = " " * (len(line) - len(line.lstrip(" ")))
    wrapped = textwrap.fill(
        text,
        width=console.width,
        initial_indent=hang,
        subsequent_indent=hang + _INDENT,
        break_on_hyphens=False,
        break_long_words=False,
    )
    console.print(Text(wrapped, style=style))
