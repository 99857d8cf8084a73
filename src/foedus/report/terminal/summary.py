"""A study printed: law, members, course, differences, bill, score, and what it all rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from foedus.report import bill, ground, tables
from foedus.report.lead import lead
from foedus.report.ledger import Ledger
from foedus.report.numbers import ENGLISH, plain
from foedus.report.phrases import phrases
from foedus.report.reading import Reported, as_dict, look_up_or_none, nobody_came
from foedus.report.terminal.assessment import plain_table, print_obligation

if TYPE_CHECKING:
    from rich.console import Console

    from foedus.cases.schema import Case

# Rows of each quantity: a table that fills a screen is read no further; the report has it whole.
OBSERVED_SHOWN = 2
ASSUMED_SHOWN = 6
SITES_SHOWN = 6


def print_summary(study: Reported, console: Console) -> None:
    """Print the answers of a study, readable at 80 columns; civilian deaths stand first in each table."""
    summary, case = study.summary(), study.case
    found = as_dict(study.assessment) or dict(summary.get("obligation") or {})
    _heading(summary, case, console)
    console.print(" ".join(lead(summary, case, found)), markup=False, highlight=False)
    console.print()
    dividing = {
        name: row
        for name, row in (summary.get("beliefs") or {}).items()
        if name in ("external_origin", "armed_attack", "aggression")
    }
    print_obligation(found | _decided(summary), dividing, console)
    _who_came(summary, case, console)
    _course(summary, case, console)
    _what_differed(summary, case, console)
    _bill(summary, console)
    _observed(summary, case, console)
    _rests_on(summary, console)


def _decided(summary: Mapping[str, Any]) -> dict[str, Any]:
    """What the runs decided, where that differs from the record: in free mode the rules decide."""
    obligation = summary.get("obligation") or {}
    return {key: obligation[key] for key in ("requested", "activated") if key in obligation}


def _heading(summary: Mapping[str, Any], case: Case, console: Console) -> None:
    from rich.markup import escape

    console.print(f"[bold]{escape(case.meta.title)}[/bold]")
    known = f"as of {summary['as_of']}" if summary.get("as_of") else "the whole record"
    runs = ENGLISH.count(summary.get("runs") or 0)
    console.print(
        f"{summary.get('mode')} mode, {known}, {runs} runs, seed {summary.get('seed')}", style="dim"
    )
    if (summary.get("streets") or {}).get("model") == "lattice":
        console.print(f"Streets on the {tables.streets_line(summary)}.", style="yellow")
    for edit in summary.get("edits") or []:
        console.print(f"edit: {escape(str(edit))}", style="yellow")
    if summary.get("mode") == "free":
        console.print(f"Free mode: {phrases('en')('lead.banner')}.", style="bold yellow")
    console.print()


def _who_came(summary: Mapping[str, Any], case: Case, console: Console) -> None:
    rows = tables.member_rows(summary, case)
    if not rows:
        return
    console.print("[bold]Who came[/bold]")
    console.print(plain_table(("Member", "Joins", "Pledged", "Arrived", "Observed"), rows))
    response = summary["response"]
    if nobody_came(response):
        console.print("Nobody came in any run.")
    else:
        first = plain(response.get("first_arrival"), ENGLISH.hours)
        closure = plain(response.get("closure"), ENGLISH.hours)
        console.print(f"First landing {first} after the request, complete {closure}.", highlight=False)
    theatres = tables.theatre_rows(summary, case)
    if theatres:
        console.print()
        console.print("[bold]What the lead state must hold elsewhere[/bold]")
        console.print(plain_table(("Theatre", "Floor", "Left", "Holds"), theatres))


def _course(summary: Mapping[str, Any], case: Case, console: Console) -> None:
    console.print("[bold]The course[/bold], median (5 % to 95 %) over runs")
    console.print(plain_table(("", "With contingents", "Without"), tables.course_rows(summary), first=True))
    sites = [row for row in tables.site_rows(summary, case) if row[3] != "—"]
    if sites:
        shown = [(name, lost) for name, lost, _, _ in sites[:SITES_SHOWN]]
        console.print(plain_table(("Site", "Lost in"), shown))


def _what_differed(summary: Mapping[str, Any], case: Case, console: Console) -> None:
    rows = tables.effect_rows(summary)
    if not rows:
        return
    console.print("[bold]What differed[/bold], with minus without, inside each pair of runs")
    short = [(row[0], row[1], row[3], row[4]) for row in rows]
    console.print(plain_table(("", "Civilians killed", "Time to calm", "State falls, points"), short))
    differed = look_up_or_none(summary, "effect", "outcome_differed")
    if differed is not None:
        console.print(f"The outcome differed in {ENGLISH.share(differed)} of pairs.", highlight=False)
    _print_lines(ground.ground_lines(summary, case), console)
    both = ground.prior_and_posterior(summary)
    if both:
        console.print()
        console.print("[bold]The same before any fit, and after[/bold]")
        console.print(plain_table(("", "On the priors", "On the posterior"), both))
    _print_lines([*ground.learnt_lines(summary), *ground.faction_lines(summary, case)], console)
    aside = tables.stand_aside_rows(summary)
    if aside:
        console.print()
        console.print("[bold]Had no forces stood aside[/bold], with contingents")
        console.print(plain_table(("", "Some did", "None did"), aside, first=True))


def _print_lines(lines: Sequence[str], console: Console) -> None:
    for line in lines:
        console.print(line, highlight=False, markup=False)


def _bill(summary: Mapping[str, Any], console: Console) -> None:
    rows = bill.bill_rows(summary)
    if rows:
        console.print("[bold]The bill[/bold]: medians, and the difference with 5 % to 95 %; no sum")
        shown = [
            (f"{r.item} ({r.payer})", r.with_middle, r.without_middle, r.difference, r.a_price) for r in rows
        ]
        console.print(plain_table(("", "With", "Without", "Difference", "A price in"), shown, first=True))
        console.print(bill.rests_line(summary), highlight=False, markup=False)
        console.print()
    record = bill.record_rows(summary)
    if record:
        console.print("[bold]The months after, against the record[/bold]; nothing is fitted on it")
        short = [(f"{r.index}, month {r.month}", r.record, r.model, r.result) for r in record]
        console.print(plain_table(("", "Record", "Model, with", "Result"), short))
    expected = bill.expectation_rows(summary)
    if expected:
        console.print("[bold]What was expected[/bold], judged by a rule stated beforehand")
        lines = [(r.line, r.text, r.record, r.model, r.verdict) for r in expected]
        console.print(plain_table(("Line", "Expected", "Record", "Model", "Verdict"), lines))


def _observed(summary: Mapping[str, Any], case: Case, console: Console) -> None:
    compared = tables.compared_rows(summary, case)
    for role in ("held out", "fitted"):
        rows = [row for row in compared if row.role == role]
        if not rows:
            continue
        where = tables.fitted_where(summary) if role == "fitted" else ""
        console.print(f"[bold]Observed against predicted[/bold], {role}{where}")
        shown_rows = tables.shortened(rows, OBSERVED_SHOWN)
        shown = [
            (row.label, row.observed, row.predicted, "yes" if row.inside else "NO", row.skill)
            for row in shown_rows
        ]
        console.print(plain_table(("", "Observed", "Predicted", "Meets", "Skill"), shown))
        if len(rows) > len(shown):
            console.print(f"{len(rows) - len(shown)} more in the report and in --json.", style="dim")
    if compared:
        console.print(tables.verdict(summary), highlight=False)
        forecast = tables.forecast_verdict(summary)
        if forecast:
            console.print(forecast, highlight=False, markup=False)
        console.print()


def _rests_on(summary: Mapping[str, Any], console: Console) -> None:
    ledger = Ledger.of(summary)
    if not ledger.rows:
        return
    console.print("[bold]What it rests on[/bold]")
    counted = ", ".join(f"{n} {basis}" for basis, n in ledger.by_basis)
    console.print(
        f"{ENGLISH.share(ledger.share_assumed)} of {len(ledger.rows)} numbers are assumptions ({counted}).",
        highlight=False,
    )
    matters = tables.matters_rows(summary)
    if matters:
        console.print(plain_table(("Outcome", "Most tied to, over the runs"), matters))
    else:
        named = ", ".join(str(row["parameter"]) for row in ledger.rows[:ASSUMED_SHOWN])
        console.print(f"Among them: {named}.", highlight=False, markup=False)
