"""The record printed: how far engine and coders agree, and why not; and the episodes near to a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from foedus.report.terminal.assessment import plain_table
from foedus.treaties.record import Agreement, Precedent
from foedus.treaties.record.agreement import ORDER

if TYPE_CHECKING:
    from rich.console import Console

    from foedus.treaties.datasets import TreatyWars

OUTSIDE = "Agreement shows consistency, not truth: clauses, facts and first readings have one author."


def print_agreement(found: Agreement, console: Console, *, every: bool = False) -> None:
    """Print agreement, the confusion table, the second coder, and each disagreement with its reason."""
    told = found.as_dict()
    if not told["episodes"]:
        console.print("No episode with a clause: nothing to compare.")
        return
    console.print(
        f"[bold]{told['agree']} of {told['episodes']} episodes read as recorded: {told['rate']:.0%}[/bold] "
        f"(always saying '{told['majority']}' would be right in {told['baseline']:.0%})",
        highlight=False,
    )
    used = [word for word in ORDER if any(told["confusion"][word].values())
            or any(row[word] for row in told["confusion"].values())]  # fmt: skip
    rows = [(word, *(str(told["confusion"][word][column]) for column in used)) for word in used]
    console.print("Recorded (rows) by the engine's reading (columns)")
    console.print(plain_table(("recorded", *used), rows))
    scores = told["by_reading"]
    console.print(
        plain_table(
            ("reading", "recorded", "read", "recall", "precision"),
            [(w, str(scores[w]["recorded"]), str(scores[w]["read"]), _share(scores[w]["recall"]),
              _share(scores[w]["precision"])) for w in used],
        )
    )  # fmt: skip
    _print_coders(found, console)
    console.print(f"[bold]{len(told['disagreements'])} read otherwise[/bold]")
    for one in told["disagreements"]:
        console.print(f"  {one['id']}: recorded {one['recorded']}, read {one['read']}", highlight=False)
        console.print(f"    engine: {one['why']}", style="dim", markup=False, highlight=False)
        console.print(f"    coder: {one['coder']}", style="dim", markup=False, highlight=False)
    if every:
        rows = [(r["id"], r["letter"], r["sense"], r["overall"]) for r in told["readings"]]
        console.print(plain_table(("episode", "letter", "sense", "overall"), rows))
    if told["without_clause"]:
        console.print(f"Without a clause, and not counted: {', '.join(told['without_clause'])}",
                      highlight=False)  # fmt: skip
    console.print(OUTSIDE, style="dim")


def _print_coders(found: Agreement, console: Console) -> None:
    told = found.coders()
    if not told["episodes"]:
        return
    rows = [
        ("first and second coder", _share(told["coders_agree"]), _two(told["coders_kappa"])),
        ("engine and first coder", _share(told["engine_with_first"]), _two(told["engine_kappa_first"])),
        ("engine and second coder", _share(told["engine_with_second"]), _two(told["engine_kappa_second"])),
    ]
    console.print(f"Two coders, {told['episodes']} episodes (the second blind to the first)")
    console.print(plain_table(("", "agree", "kappa"), rows))
    both = told["where_coders_agree"]
    console.print(
        f"Where both coders agree ({both['episodes']}), the engine agrees in "
        f"{_share(both['engine_agrees'])}; against both: {', '.join(told['against_both']) or 'none'}",
        highlight=False,
    )


def print_treaty_wars(found: TreatyWars, console: Console) -> None:
    """Print how many treaty-wars the engine reads as the coders did, and each that it does not."""
    told = found.as_dict()
    called = sum(told["called"].values())
    console.print(
        f"[bold]{told['called'].get('met', 0)} of {called} promises called into play are read as met: "
        f"{_share(told['share_met'])}[/bold]; read as not met: {_share(told['share_contradicted'])}",
        highlight=False,
    )
    rows = [(word, str(number)) for word, number in told["called"].items()]
    console.print(plain_table(("read as", "promises"), rows))
    not_called = sum(told["not_called"].values())
    if not_called:
        false_alarms = _share(told["share_met_where_not_called"])
        console.print(
            f"Of {not_called} that the coders found not called into play, read as met all the same: "
            f"{false_alarms}",
            highlight=False,
        )
    hinges = [(hinge, str(number)) for hinge, number in told["undetermined_hangs_on"].items()]
    if hinges:
        console.print(plain_table(("undetermined hangs on", "promises"), hinges))
    console.print(f"[bold]{len(told['misses'])} misses[/bold]")
    for miss in told["misses"]:
        why = ", ".join(miss["hangs_on"]) or "no event to read"
        console.print(f"  {miss['treaty']}, {miss['war']}: {miss['reading']}; {why}", markup=False,
                      highlight=False)  # fmt: skip
    console.print(told["cite"], style="dim", markup=False, highlight=False)


def print_precedents(found: Sequence[Precedent], name: str, console: Console) -> None:
    """Print the episodes nearest to a case, and why they are near."""
    console.print(f"[bold]Episodes nearest to {name}[/bold]", highlight=False)
    for one in found:
        told = one.as_dict()
        done = [f"asked: {told['asked']}", f"decision: {told['decision'].replace('_', ' ')}"]
        done += [f"came: {', '.join(told['came'])}"] if told["came"] else ["nobody came with forces"]
        done += [f"refused: {', '.join(told['refused'])}"] if told["refused"] else []
        console.print(f"{told['nearness']:.0%}  {told['date']}  {told['title']} ({told['id']})",
                      markup=False, highlight=False)  # fmt: skip
        for label, parts in (("", done), ("near: ", told["near"]), ("apart: ", told["apart"])):
            if parts:
                console.print(f"      {label}{'; '.join(parts)}", style="dim", markup=False, highlight=False)


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.0%}"


def _two(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"
