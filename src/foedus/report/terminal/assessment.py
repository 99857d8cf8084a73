"""The law alone, printed: readings, decisions, and the tree of reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from foedus.report.numbers import ENGLISH, middle_of, plain
from foedus.report.phrases import phrases
from foedus.treaties import catalogue

if TYPE_CHECKING:
    from rich.console import Console
    from rich.tree import Tree

READINGS = {"letter": "By the letter", "sense": "By the sense", "self_judged": "As asserted"}
COLOURS = {
    "met": "green",
    "true": "green",
    "permitted": "green",
    "contested": "yellow",
    "not met": "red",
    "false": "red",
    "not permitted": "red",
}
_YES = {True: "yes", False: "no", None: "not known"}


def print_assessment(assessment: Mapping[str, Any], console: Console) -> None:
    """Print who is bound, by which clause, on which reading, and why.

    Parameters
    ----------
    assessment
        What ``foedus assess --json`` prints, or the obligation in it.
    """
    found = assessment.get("obligation") or assessment
    print_obligation(found, assessment.get("beliefs") or {}, console)
    _print_why(found, console)
    _print_clauses(found.get("clauses") or [], console)
    for line in assessment.get("record") or []:
        console.print(f"Record: {line}", markup=False, highlight=False)


def print_obligation(found: Mapping[str, Any], beliefs: Mapping[str, Any], console: Console) -> None:
    """Print the readings of the clause in question, what was decided, and what is believed."""
    from rich.markup import escape
    from rich.text import Text

    console.print("[bold]Is anyone bound to come?[/bold]")
    if not found.get("clause"):
        told = str(
            (found.get("why") or [{"text": "the case names no treaty, so nobody is bound"}])[0]["text"]
        )
        console.print(f"{told[:1].upper()}{told[1:]}.", markup=False, highlight=False)
        return
    treaty = found.get("treaty_name") or found["treaty"]
    label = f": {found['label']}" if found.get("label") else ""
    console.print(escape(f"{treaty}, article {found.get('article', found['clause'])}{label}"))
    rows: list[tuple[str | Text, ...]] = []
    for name, row in found["by_reading"].items():
        chance = row.get("probability")
        told = "" if middle_of(chance) is None else plain(chance, ENGLISH.share)
        rows.append((READINGS.get(name, name), _coloured(row["reading"]), told))
    acts = [
        (label, _YES[found.get(key)], "")
        for key, label in (
            ("requested", "Requested"),
            ("invoked", "Invoked"),
            ("activated", "Activated"),
            ("first_activation", "First in the record"),
        )
        if key != "first_activation" or found.get("activated")
    ]
    permission = found.get("permission") or {}
    may = ("May troops come", _coloured(str(permission.get("reading", "not assessed"))), "")
    console.print(plain_table(("", "", ""), [*rows, *acts, may]))
    if permission.get("why"):
        console.print(escape(f"  {permission['why']}"), style="dim")
    held = [
        (
            phrases("en").word("predicates", name),
            _coloured(str(row.get("status"))),
            plain(row.get("probability"), ENGLISH.share),
        )
        for name, row in beliefs.items()
    ]
    if held:
        console.print(plain_table(("Believed", "", "Probability"), held))


def _print_why(found: Mapping[str, Any], console: Console) -> None:
    from rich.markup import escape
    from rich.tree import Tree

    for node in found.get("why") or []:
        name, _, text = str(node["text"]).partition(": ")
        tree = Tree(f"[bold]{escape(READINGS.get(name, name))}[/bold]", guide_style="dim")
        _grow(tree, {**node, "text": text or node["text"]})
        console.print(tree)


def _grow(tree: Tree, node: Mapping[str, Any]) -> None:
    from rich.text import Text

    chance = node.get("probability")
    line = Text(str(node["text"]))
    if node.get("status"):
        line.append(f"  {node['status']}", style=COLOURS.get(str(node["status"]), "dim"))
    if chance is not None:
        line.append(f" {ENGLISH.share(float(chance))}", style="dim")
    branch = tree.add(line)
    for ground in node.get("because") or ():
        branch.add(Text(str(ground), style="dim"))
    for child in node.get("children") or ():
        _grow(branch, child)


def _print_clauses(clauses: Sequence[Mapping[str, Any]], console: Console) -> None:
    """Print every clause, those that read as met first: on what each turns, whom it binds, who decides."""
    from rich.text import Text

    if clauses:
        console.print("\n[bold]Every clause in question[/bold]")
    for row in sorted(clauses, key=_order):
        known = catalogue().get(row["treaty"])
        name = f"{known.short_name if known else row['treaty']} {row.get('article', row['clause'])}"
        if row.get("not_applicable"):
            line = Text(f"{name}: ")
            line.append("not applicable", style="dim")
            line.append(f": {row['not_applicable']}")
            console.print(line)
            continue
        line = Text(f"{name}: ", style="bold")
        for place, (reading, found) in enumerate(row["by_reading"].items()):
            line.append(f"{', ' if place else ''}{reading.replace('_', '-')} ", style="not bold")
            line.append(found["reading"], style=COLOURS.get(found["reading"], ""))
        console.print(line)
        for told in _details(row) if _order(row) < SILENT else ():
            console.print(f"    {told}", style="dim", markup=False, highlight=False)


_LETTERS = ("met", "contested", "undetermined", "not met", "not applicable")
SILENT = _LETTERS.index("not met")
"""From here on a clause has nothing to say of the event, and no more is told than that."""


def _order(row: Mapping[str, Any]) -> int:
    if row.get("invoked") or row.get("activated"):
        return -1
    return _LETTERS.index(row["by_reading"]["letter"]["reading"])


def _details(row: Mapping[str, Any]) -> Iterator[str]:
    turns = dict.fromkeys(
        fact.replace("_", " ")
        for name in ("letter", "sense")
        for fact in row["by_reading"][name].get("decided_by", ())
    )
    if turns:
        yield f"turns on {', '.join(turns)}"
    if row["bound"]:
        only = " (consultation only)" if row.get("consultation_only") else ""
        yield f"if met, {', '.join(row['bound'])}: {row['strength_words']}{only}"
    for party, found in (row.get("reserved") or {}).items():
        told = ", ".join(f"{name} {reading['reading']}" for name, reading in found.items())
        yield f"as reserved by {party}: {told}"
    decision = row.get("decision") or {}
    if decision.get("rule"):
        rule = decision["rule"].replace("_", " ")
        yield f"decided by {decision['body']} ({rule})" if decision.get("body") else f"decided: {rule}"
    for left_out in row.get("excluded") or ():
        status = f": {left_out['applies']}" if left_out.get("applies") else ""
        yield f"left out: {left_out['what']}{status}"


def _coloured(word: str) -> Any:
    from rich.text import Text

    return Text(word, style=COLOURS.get(word, ""))


def plain_table(head: Sequence[str], rows: Sequence[Sequence[Any]], first: bool = False) -> Any:
    """Make a table with no frame but a rule below its head; ``first`` marks its first row."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=box.SIMPLE_HEAD,
        show_header=any(head),
        pad_edge=False,
        padding=(0, 1),
        header_style="bold",
    )
    for place, name in enumerate(head):
        table.add_column(name, overflow="fold", ratio=None, no_wrap=False, min_width=8 if place else 12)
    for place, row in enumerate(rows):
        cells = [cell if isinstance(cell, Text) else Text(str(cell)) for cell in row]
        table.add_row(*cells, style="bold" if first and place == 0 else None)
    return table
