"""A chain of duties, printed as a tree: who is bound by what, whose judgement is left, where it ends."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from foedus.report.terminal.assessment import COLOURS
from foedus.terms.states import name_of
from foedus.treaties.cascade import Chain, Course
from foedus.treaties.catalogue import catalogue

if TYPE_CHECKING:
    from rich.console import Console
    from rich.tree import Tree

TITLES = {
    "bound": "Bound to help",
    "by_body": "Bound to what a body decides",
    "consult": "Bound to talk",
    "neutral": "Bound to stand aside",
    "may": "Free to help",
}


def print_chain(found: Chain, console: Console) -> None:
    """Print what follows from one attack."""
    from rich.tree import Tree

    told = found.as_dict()
    attacks = " and ".join(f"{name_of(a.by)} attacks {name_of(a.on)}" for a in found.attacks)
    tree = Tree(_text(f"{attacks}, {found.day}", "bold"), guide_style="dim")
    if found.assumed:
        taken = ", ".join(f"{fact.replace('_', ' ')}: {s.value}" for fact, s in found.assumed.items())
        tree.add(f"[dim]taken as given: {taken} (change with --fact)[/dim]")
    _grow(tree, told, with_step=True)
    if told["ends"]:
        ends = tree.add("[bold]Where the chain ends[/bold]")
        for line in told["ends"]:
            ends.add(_text(line))
    console.print(tree, highlight=False)


def print_course(found: Course, console: Console) -> None:
    """Print after each event who is newly bound, and which acts no treaty required."""
    from rich.tree import Tree

    seen: set[tuple[Any, ...]] = set()
    for told in found.as_dict():
        tree = Tree(_text(f"{told['date']}  {told['told']}", "bold"), guide_style="dim")
        if told["required"]:
            by = sorted({f"{_clause(duty)}" for duty in told["required_by"]})
            tree.add(_text(f"required by {'; '.join(by)}", "green"))
        elif told["why_not_required"]:
            tree.add(_text(told["why_not_required"], "yellow"))
        news = {
            key: [row for row in told[key] if _key(row) not in seen] for key in ("conditional", "not_bound")
        }
        seen |= {_key(row) for rows in news.values() for row in rows}
        _grow(tree, {**told, **news}, with_step=False)
        console.print(tree, highlight=False)
    unasked = [answer for answer in found.answers if answer.why_not_required is not None]
    if unasked:
        console.print("[bold]Acts that no treaty required[/bold]")
        for answer in unasked:
            console.print(_text(f"  {answer.event.date}  {answer.event.told()}: {answer.why_not_required}"))


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (row["party"], row["towards"], row["treaty"], row.get("if") or row.get("why"))


def _grow(tree: Tree, told: Mapping[str, Any], *, with_step: bool) -> None:
    for key, title in TITLES.items():
        rows = told[key]
        if rows:
            branch = tree.add(f"[bold]{title}[/bold]")
            for group in _grouped(rows, "treaty", "clause", "towards", "step", "letter", "sense"):
                _add_duty(branch, group, with_step=with_step)
    _add_rows(tree, "Would be bound if", told["conditional"], "if")
    open_ones = {(row["party"], row["towards"], row["treaty"]) for row in told["conditional"]}
    settled = [
        row
        for row in told["not_bound"]
        if "it would take" not in row["why"] or (row["party"], row["towards"], row["treaty"]) not in open_ones
    ]
    _add_rows(tree, "Not bound", settled, "why")


def _add_duty(branch: Tree, group: Sequence[Mapping[str, Any]], *, with_step: bool) -> None:
    first = group[0]
    who = _some(list(dict.fromkeys(row["party"] for row in group)))
    against = ", ".join(dict.fromkeys(row["against"] for row in group))
    step = f"step {first['step']}: " if with_step else ""
    line = _text(f"{step}{who} → {first['towards']} against {against}  ")
    line.append(first["reading"], style=COLOURS.get(first["reading"], ""))
    leaf = branch.add(line)
    leaf.add(_text(f"{_clause(first)}: {first['duty']}", "dim"))
    if first["letter"] != first["sense"]:
        leaf.add(_text(f"by the letter {first['letter']}, by the sense {first['sense']}", "dim"))
    for told in first["mind"][dormant(first) :]:
        leaf.add(_text(f"mind: {told}", "dim"))
    if first["judgement_left"]:
        whose = "by what means" if first["decided_by"] == "automatic" else first["decided_by"]
        leaf.add(_text(f"judgement left: {whose}", "dim"))


def _add_rows(tree: Tree, title: str, rows: Sequence[Mapping[str, Any]], told: str) -> None:
    if not rows:
        return
    branch = tree.add(f"[bold]{title}[/bold]")
    alike: dict[tuple[Any, ...], list[tuple[str, list[str], str]]] = {}
    for group in _grouped(rows, "towards", told):
        first = group[0]
        helped = first["towards"]
        parties = list(dict.fromkeys(row["party"] for row in group))
        where = "; ".join(dict.fromkeys(_clause(row) for row in group if row["treaty"]))
        text = first[told] if where else "no treaty in the catalogue binds them to it"
        of_any = re.sub(rf"\b{re.escape(helped)}\b", "it", text) if where else text
        # Members of one pact who would each have to help each other make one row.
        members = frozenset((*parties, helped)) if where and len(parties) > 1 else (*parties,)
        alike.setdefault((members, where, of_any), []).append((helped, parties, text))
    for (_, where, of_any), each in alike.items():
        text = each[0][2] if len(each) == 1 else of_any
        who = _some(list(dict.fromkeys(party for _, parties, _ in each for party in parties)))
        helped = _some([one for one, _, _ in each])
        branch.add(_text(f"{who} → {helped}: {text}" + (f"  [{where}]" if where else "")))


def _grouped(rows: Sequence[Mapping[str, Any]], *keys: str) -> list[list[Mapping[str, Any]]]:
    """Rows alike in the keys; those without a treaty are alike where their victim is."""
    groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        key = tuple(row[k] for k in keys) if row["treaty"] else ("no treaty", row["towards"])
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def _clause(row: Mapping[str, Any]) -> str:
    treaty = catalogue()[row["treaty"]]
    name = f"{treaty.short_name} ({row['mind'][0]})" if dormant(row) else treaty.short_name
    for clause in treaty.clauses:
        if clause.id == row.get("clause"):
            return f"{name}, {clause.cited}"
    return name


def dormant(row: Mapping[str, Any]) -> bool:
    """Whether a row of a treaty that is out of use carries that as its first caution."""
    return bool(row.get("mind")) and str(row["mind"][0]).startswith("never ended")


def _some(parties: Sequence[str], most: int = 12) -> str:
    shown = ", ".join(parties[:most])
    return shown if len(parties) <= most else f"{shown} and {len(parties) - most} more"


def _text(words: str, style: str = "") -> Any:
    from rich.text import Text

    return Text(words, style=style)
