"""The report: one HTML file with everything in it, which opens offline and asks nothing of any server."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.report import bill, charts, ground, tables
from foedus.report.commands import commands
from foedus.report.force_plan import ARRIVAL_HEAD, arrival_rows, largest_theatre
from foedus.report.lead import lead
from foedus.report.ledger import ORDER, Ledger, source_text
from foedus.report.numbers import ENGLISH, middle_of, plain
from foedus.report.page import environment, stylesheet, write_whole
from foedus.report.phrases import phrases
from foedus.report.reading import Reported, as_dict, look_up_or_none, nobody_came
from foedus.report.situation import answers
from foedus.treaties import catalogue

if TYPE_CHECKING:
    from markupsafe import Markup

    from foedus.cases.schema import Case
    from foedus.report.lattice import Film

VERSIONED = ("numpy", "scipy", "numba", "xarray", "matplotlib")
TWINS = (
    ("deaths_civilian", "Civilians killed: with minus without", "people"),
    ("hours_to_calm", "Time to calm: with minus without", "hours"),
    ("state_falls", "State falls: with minus without", "difference of shares"),
)
READINGS = {"letter": "By the letter", "sense": "By the sense", "self_judged": "As the parties asserted"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart with its title; without a picture where there was nothing to draw."""

    title: str
    svg: Markup | None


def write_report(study: Reported, path: str | os.PathLike[str]) -> Path:
    """Write the report of a study as one self-contained HTML file.

    Raises
    ------
    OutputError
        If the file cannot be written there; nothing is left half-written.
    """
    return write_whole(Path(path), report_html(study))


def report_html(study: Reported) -> str:
    """Return the report of a study as HTML; the same study gives the same text."""
    template = environment().get_template("report.html.j2")
    return template.render(**_context(study)) + "\n"


def _context(study: Reported) -> dict[str, Any]:
    summary, case = study.summary(), study.case
    found = as_dict(study.assessment) or dict(summary.get("obligation") or {})
    response = summary.get("response") or {}
    ledger = Ledger.of(summary)
    free = summary.get("mode") == "free"
    return {
        "title": case.meta.title,
        "intro": case.meta.summary.strip(),
        "about": _about(summary),
        "banner": phrases("en")("lead.banner") if free else None,
        "lead": lead(summary, case, found),
        "runs": ENGLISH.count(summary.get("runs") or 0),
        "answers": answers(summary, case, found),
        "course_rows": tables.course_rows(summary),
        **_obligation(summary, found),
        "member_rows": tables.member_rows(summary, case),
        "theatre_rows": tables.theatre_rows(summary, case),
        "nobody_came": nobody_came(response),
        "arrival_rows": arrival_rows(response["arrival"]) if response.get("arrival") else [],
        "arrival_head": ARRIVAL_HEAD,
        "plan_units": _plan_units(response, case),
        "first_arrival": plain(response.get("first_arrival"), ENGLISH.hours),
        "closure": plain(response.get("closure"), ENGLISH.hours),
        "site_rows": tables.site_rows(summary, case),
        "effect_rows": tables.effect_rows(summary),
        "differed": _differed(summary),
        "compared": [
            asdict(row) | {"place": place} for place, row in enumerate(tables.compared_rows(summary, case))
        ],
        "verdict": tables.verdict(summary),
        "fitted_where": tables.fitted_where(summary),
        "forecast": tables.forecast_verdict(summary),
        "stand_aside_rows": tables.stand_aside_rows(summary),
        "matters_rows": tables.matters_rows(summary),
        "ground_lines": ground.ground_lines(summary, case),
        "prior_rows": ground.prior_and_posterior(summary),
        "learnt_lines": ground.learnt_lines(summary),
        "faction_lines": ground.faction_lines(summary, case),
        "bill_rows": bill.bill_rows(summary),
        "bill_rests": bill.rests_line(summary),
        "index_rows": bill.definition_rows(summary),
        "record_rows": bill.record_rows(summary),
        "expectation_rows": bill.expectation_rows(summary),
        "charts": _charts(study, summary),
        "ledger": ledger,
        "bases": [basis.value for basis in ORDER],
        "cite": lambda row: source_text(row, case.sources),
        "sources": [{"cite": s.cite, "link": _link(s.url)} for s in case.sources.values()],
        "commands": commands(summary),
        "provenance": _provenance(summary),
        "version": summary.get("foedus", ""),
        "css": stylesheet(),
    }


def _about(summary: Mapping[str, Any]) -> str:
    as_of = summary.get("as_of")
    on_lattice = (summary.get("streets") or {}).get("model") == "lattice"
    lattice = f"; streets on the {tables.streets_line(summary)}" if on_lattice else ""
    known = f"as of {as_of}" if as_of else "with the whole record"
    return (
        f"{summary.get('mode', 'replay').capitalize()} mode, {known}; "
        f"{ENGLISH.count(summary.get('runs') or 0)} runs, seed {summary.get('seed')}{lattice}."
    )


def _link(url: str | None) -> str | None:
    """An address that a reader may follow; anything but the web's own is left out."""
    return url if url and url.startswith(("https://", "http://")) else None


def _obligation(summary: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    if not found.get("clause"):
        return {"clause": None, "clauses": [], "beliefs": _beliefs(summary)}
    readings = [
        (READINGS.get(name, name), row["reading"], _probability(row.get("probability")))
        for name, row in found["by_reading"].items()
    ]
    permission = found.get("permission") or {}
    yes = {True: "yes", False: "no", None: "not known"}
    acts = [
        ("Requested", yes[found.get("requested")]),
        ("Invoked", yes[found.get("invoked")]),
        ("Activated", yes[found.get("activated")]),
        *([("First in the record", yes[found.get("first_activation")])] if found.get("activated") else []),
        ("May troops come", _permission(permission)),
    ]
    tree = []
    for node in found.get("why") or []:
        name, _, text = str(node["text"]).partition(": ")
        title = READINGS.get(name, name)
        tree.append({**node, "title": title, "text": text or node["text"]})
    return {
        "clause": found,
        "readings": readings,
        "acts": acts,
        "tree": tree,
        "clauses": [_clause_row(row) for row in found.get("clauses") or []],
        "beliefs": _beliefs(summary),
    }


def _probability(value: Any) -> str:
    return "—" if middle_of(value) is None else plain(value, ENGLISH.share)


def _permission(permission: Mapping[str, Any]) -> str:
    reading = str(permission.get("reading", "not assessed"))
    why = permission.get("why")
    return f"{reading}: {why}" if isinstance(why, str) and why else reading


def _clause_row(row: Mapping[str, Any]) -> tuple[str, str, str, str]:
    by_reading = row["by_reading"]
    known = catalogue().get(row["treaty"])
    treaty = known.short_name if known else row["treaty"]
    name = f"{treaty} {row.get('article', row['clause'])}: {row.get('label', '')}"
    cells = []
    for reading in ("letter", "sense"):
        found = by_reading.get(reading) or {}
        middle = middle_of(found.get("probability"))
        word = str(found.get("reading", "—"))
        cells.append(word if middle is None else f"{word} ({ENGLISH.share(middle)})")
    return (name, cells[0], cells[1], str(row.get("strength_words") or ""))


def _beliefs(summary: Mapping[str, Any]) -> list[tuple[str, str, str, list[str]]]:
    return [
        (
            phrases("en").word("predicates", name),
            str(row.get("status", "")),
            plain(row.get("probability"), ENGLISH.share),
            list(row.get("why") or ["nobody says"]),
        )
        for name, row in (summary.get("beliefs") or {}).items()
    ]


def _differed(summary: Mapping[str, Any]) -> str:
    share = look_up_or_none(summary, "effect", "outcome_differed")
    if share is None:
        return "Whether the outcome differed was not computed."
    return (
        f"In {ENGLISH.share(share)} of pairs the outcome differed: the state fell, or calm came within "
        "the window, in one of the two alone."
    )


def _charts(study: Reported, summary: Mapping[str, Any]) -> dict[str, Any]:
    observed = summary.get("observed") or []
    drawn = {
        chart.name: _drawn(chart.title, charts.course(study, chart, observed)) for chart in charts.COURSES
    }
    effect = summary.get("effect") or {}
    cities = summary.get("cities") or []
    film = getattr(study, "lattice_film", None)
    return {
        "lattice": _lattice(film),
        "lattice_note": film.note if film is not None else "",
        "troops": drawn.pop("troops"),
        "course": list(drawn.values()),
        "cities": _drawn("Where the unrest is", charts.cities(cities) if cities else None),
        "members": _drawn("Pledged, arrived, observed", charts.members(summary, study.case)),
        "arrival": _drawn("Landed by member, lift alone", charts.arrival_by_member(_arrival(summary))),
        "request": _request_chart(summary, study.case),
        "twins": [
            _drawn(title, charts.twin_differences(effect, quantity, title, unit))
            for quantity, title, unit in TWINS
        ],
        "aside": _drawn("Runs in which forces stand aside", charts.standing_aside(study)),
        "aftermath": _drawn("With and without contingents", charts.aftermath(summary.get("aftermath") or {})),
        "paths": _drawn("Month by month, with and without", charts.paths(summary.get("aftermath") or {})),
    }


def _lattice(film: Film | None) -> Drawn:
    """A strip of one run, of a study whose streets were a lattice."""
    if film is None:
        return Drawn("", None)
    from foedus.report.lattice import strip_svg

    return _drawn("One run in the streets", strip_svg(film))


def _arrival(summary: Mapping[str, Any]) -> Mapping[str, Any]:
    return (summary.get("response") or {}).get("arrival") or {}


def _request_chart(summary: Mapping[str, Any], case: Case) -> Drawn:
    """How large the request could grow before the theatre that is drawn on most gives."""
    response = summary.get("response") or {}
    theatres = response.get("theatres") or {}
    key = largest_theatre(theatres, (response.get("plan") or {}).get("theatres_drawn"))
    task = case.alliance.task
    if key is None:
        return Drawn("", None)
    title = "How large could the request grow before it gives?"
    asked = None if task is None else task.requested.central()
    drawn = charts.request_curve(theatres[key], response.get("lift_bound"), asked, title)
    return _drawn(f"{theatres[key].get('text') or key}: {title.lower()}", drawn)


def _plan_units(response: Mapping[str, Any], case: Case) -> list[tuple[str, str, str, str, str]]:
    """Units as planned: member, name, troops, lift, the theatre that loses them."""
    sent = (response.get("plan") or {}).get("units") or {}
    say = phrases("en")
    return [
        (u.name, say.country(u.member), ENGLISH.count(sent[u.id]), u.lift, u.theatre or "—")
        for u in case.alliance.units
        if sent.get(u.id)
    ]


def _drawn(title: str, svg: str | None) -> Drawn:
    from markupsafe import Markup

    return Drawn(title, None if svg is None else Markup(svg))


def _provenance(summary: Mapping[str, Any]) -> list[tuple[str, str]]:
    edits = summary.get("edits") or []
    rows = [
        ("Case", str(summary.get("case"))),
        ("Seed and runs", f"{summary.get('seed')}, {summary.get('runs')}"),
        ("Mode", str(summary.get("mode"))),
        ("As of", str(summary.get("as_of") or "the whole record")),
        ("Edits of the case", "; ".join(str(edit) for edit in edits) or "none"),
        ("foedus", str(summary.get("foedus"))),
    ]
    rows.append(("Streets", tables.streets_line(summary)))
    origin = summary.get("parameters_from")
    if origin:
        fitted = f"; {len(origin['fitted'])} observations fitted" if origin.get("fitted") else ""
        rows.append(("Parameters from", f"{origin['from']}{fitted}"))
    return [*rows, ("Made with", ", ".join([f"Python {platform.python_version()}", *_versions()]))]


def _versions() -> list[str]:
    found = []
    for name in VERSIONED:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return found
