"""Treaties printed: the list that a query gives, one treaty clause by clause, whom a state can call on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.report.terminal.assessment import plain_table
from foedus.terms.states import name_of
from foedus.treaties.guarantors import Guarantor
from foedus.treaties.query import Listed
from foedus.treaties.treaty import Clause, Treaty
from foedus.treaties.why import why_of

if TYPE_CHECKING:
    from rich.console import Console

SORTS = {
    "help": "bound to help",
    "body": "bound to what a body decides",
    "may": "free to help",
    "consult": "bound to talk",
}
ORIGINS = {
    "required": "origin outside: required by the letter",
    "implied": "origin outside: implied by the sense, not in the letter",
    "not_required": "origin outside: not asked for",
}


def print_treaties(listed: Sequence[Listed], day: date | None, console: Console) -> None:
    """Print a list of treaties, a row each."""
    rows = []
    for one in listed:
        treaty = one.treaty
        life = f"{treaty.begins or '—'} to {treaty.ended or ('now' if one.in_force else '—')}"
        presumed = " (presumed)" if treaty.presumed_in_force is not None else ""
        rows.append((treaty.id, treaty.short_name, f"{life}{presumed}", _some(one.parties)))
    if rows:
        console.print(plain_table(("id", "treaty", "in force", "parties"), rows))
    when = f"in force on {day}" if day is not None else "in the catalogue, in force or not"
    console.print(f"{len(rows)} {'treaty' if len(rows) == 1 else 'treaties'} {when}", highlight=False)


def print_promises(answers: Sequence[Mapping[str, Any]], console: Console) -> None:
    """Print what public data say of the day, data set by data set."""
    for answer in answers:
        first, last = answer["coverage"]
        console.print(
            f"\n[bold]{answer['data_set']}[/bold] ({first}-{last}): {answer['says']}", highlight=False
        )
        groups: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
        for row in answer["rows"]:
            key = (row["treaty"], row["type"], row["condition"], row["since"], row["until"])
            groups.setdefault(key, []).append(row)
        rows = [
            (treaty or "—", kind.replace("_", " "), f"{since or '?'} to {until or 'now'}", condition,
             _some(sorted({f"{row['promiser']}→{row['beneficiary']}" for row in group}), 6))
            for (treaty, kind, condition, since, until), group in groups.items()
        ]  # fmt: skip
        if rows:
            console.print(plain_table(("treaty", "promise", "in force", "condition", "who to whom"), rows))
        for limit in answer["limits"]:
            console.print(limit, style="dim", markup=False, highlight=False)


def print_treaty(treaty: Treaty, day: date, console: Console) -> None:
    """Print one treaty, clause by clause, with its parties as of a day."""
    from rich.markup import escape

    force = "in force" if treaty.in_force_on(day) else "not in force"
    console.print(f"[bold]{escape(treaty.name)}[/bold] ({escape(treaty.id)})", highlight=False)
    life = f"signed {treaty.signed}; in force {treaty.begins or 'never verified'}"
    ended = f"; ended {treaty.ended}" if treaty.ended else ""
    reason = f" ({treaty.end_reason})" if treaty.end_reason else ""
    console.print(escape(f"{life}{ended}{reason}. On {day}: {force}. Confidence: {treaty.confidence}."),
                  highlight=False)  # fmt: skip
    if treaty.presumed_in_force is not None:
        console.print(escape(f"In force by presumption: {treaty.presumed_in_force.basis}."), highlight=False)
    if not treaty.text_public:
        console.print("The text is secret: what is told here is what was said of it.")
    _print_parties(treaty, day, console)
    clauses = treaty.clauses_on(day) or treaty.clauses
    for clause in clauses:
        _print_clause(clause, console)
    for label, text in (("Duration", treaty.duration), ("Notice", treaty.notice), ("Note", treaty.note)):
        if text:
            console.print(escape(f"{label}: {text}"), highlight=False)
    for source in treaty.sources:
        seen = "text opened" if source.checked else "not opened"
        address = f" <{source.url}>" if source.url else ""
        console.print(escape(f"Source: {source.cite}{address} ({seen})"), style="dim", highlight=False)
    for check in treaty.text_checks:
        told = f"Checked {check.on}: {check.clause}: {check.result}; {check.where}; {check.note}"
        console.print(escape(told), style="dim", highlight=False)


def _print_parties(treaty: Treaty, day: date, console: Console) -> None:
    from rich.markup import escape

    spans = treaty.spans_on(day)
    if spans:
        more = "" if treaty.parties_complete else " (list not complete)"
        names = ", ".join(f"{name_of(span.code)} ({span.code})" for span in spans)
        console.print(escape(f"Parties on {day}{more}: {names}"), highlight=False)
    else:
        ever = ", ".join(dict.fromkeys(span.code for span in treaty.parties)) or "none recorded"
        console.print(escape(f"Parties on {day}: none; ever bound: {ever}"), highlight=False)
    for span in treaty.parties:
        told = [f"from {span.from_}", *([f"to {span.to}"] if span.to else [])]
        told += [f"{event.at}: {event.kind.replace('_', ' ')}, {event.note}" for event in span.events]
        if span.note:
            told.append(span.note)
        if span.contested:
            told.append("contested")
        if span.note or span.events or span.to or span.contested:
            console.print(escape(f"  {span.code}: {'; '.join(told)}"), style="dim", highlight=False)
    for signatory in treaty.signatories:
        console.print(escape(f"  signed only: {signatory.code}: {signatory.note}"), style="dim",
                      highlight=False)  # fmt: skip


def _print_clause(clause: Clause, console: Console) -> None:
    from rich.markup import escape
    from rich.tree import Tree

    trigger = clause.trigger
    tree = Tree(f"[bold]Article {escape(clause.article)}[/bold] {escape(clause.label)}", guide_style="dim")
    _grow(tree.add("when"), why_of(trigger.condition))
    addressees = clause.addressees
    who = ", ".join(addressees) if isinstance(addressees, list) else addressees.replace("_", " ")
    tree.add(escape(f"then {who}: {clause.obligation.words}"))
    if clause.obligation.text:
        tree.add(escape(clause.obligation.text))
    decision = clause.decision
    tree.add(escape(f"decided by {decision.body or 'each'} ({decision.rule.replace('_', ' ')})"))
    tree.add(ORIGINS[trigger.external_origin])
    tree.add(f"disorder inside: {trigger.internal_disorder.replace('_', ' ')}")
    for label, text in (
        ("for", ", ".join([*trigger.protects, *trigger.protects_also])),
        ("area", trigger.scope),
        ("wording of", _span(clause)),
        ("note", clause.note),
    ):
        if text:
            tree.add(escape(f"{label}: {text}"))
    for left_out in trigger.exceptions:
        of = f"reservation of {', '.join(left_out.reserved_by)}: " if left_out.reserved_by else ""
        tree.add(escape(f"left out ({left_out.effect}): {of}{left_out.text}"))
    console.print(tree, highlight=False)


def _span(clause: Clause) -> str:
    if clause.valid.from_ is None and clause.valid.to is None:
        return ""
    return f"{clause.valid.from_ or 'the beginning'} to {clause.valid.to or 'now'}"


def _grow(tree: Any, lines: Iterable[tuple[int, str]]) -> None:
    """Add lines with their depth to a tree."""
    from rich.markup import escape

    at = [tree]
    for depth, text in lines:
        branch = at[depth].add(escape(text))
        at[depth + 1 :] = [branch]


def print_guarantors(found: Sequence[Guarantor], host: str, day: date, console: Console) -> None:
    """Print whom a state can call on, clause by clause."""
    from rich.markup import escape

    console.print(f"[bold]Whom {escape(name_of(host))} ({host}) could call on, {day}[/bold]", highlight=False)
    by_clause: dict[str, list[Guarantor]] = {}
    for one in found:
        by_clause.setdefault(one.clause.id, []).append(one)
    heading = None
    for group in by_clause.values():
        first = group[0]
        if first.sort != heading:
            heading = first.sort
            console.print(f"\n[bold]{SORTS[heading].capitalize()}[/bold]")
        article = f"{first.treaty.short_name}, {first.clause.cited}"
        console.print(escape(f"{article}: {_some([one.party for one in group])}"), highlight=False)
        console.print(escape(f"  {first.clause.obligation.words}, if {first.letter}"), highlight=False)
        if first.sense:
            console.print(escape(f"  the sense asks: {first.sense}"), style="dim", highlight=False)
        decision = first.clause.decision
        told = f"  decided by {decision.body or 'each'} ({decision.rule.replace('_', ' ')})"
        console.print(escape(told), style="dim", highlight=False)
        for caution in dict.fromkeys(text for one in group for text in one.caution):
            console.print(escape(f"  mind: {caution}"), style="yellow", highlight=False)
    if not found:
        console.print("No treaty of the catalogue in force on that day binds or allows anybody to help.")


def _some(parties: Sequence[str], most: int = 12) -> str:
    shown = ", ".join(parties[:most])
    return shown if len(parties) <= most else f"{shown} and {len(parties) - most} more"
