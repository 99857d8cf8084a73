"""A force plan in words, tables and pictures: what terminal, page and picture share."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from foedus.report.numbers import ENGLISH, middle_of, plain
from foedus.report.phrases import phrases

Json = Mapping[str, Any]
UNIT_HEAD = ("Unit", "Sent", "Of", "Vehicles", "Ready", "Loads", "Lift", "First down", "Last down", "Theatre")
ARRIVAL_HEAD = ("Member", "Pledged", "Landed", "Observed", "First landing", "Complete")
TASK_HEAD = ("Site, first things first", "Enough for it are down after")
THEATRE_HEAD = ("Theatre", "Holds now", "Floor", "Drawn", "Holds", "Largest request")


def unit_rows(found: Json) -> list[tuple[str, ...]]:
    """Each unit that is listed: how much of it goes, how, and when it would be down as planned."""
    rows = []
    for unit in found["units"]:
        hours = [unit[key] for key in ("first", "last")]
        rows.append(
            (
                f"{unit['name']} ({phrases('en').country(unit['member'])})",
                ENGLISH.count(unit["sent"]),
                ENGLISH.count(unit["strength"]),
                ENGLISH.count(unit["vehicles"]) if unit["vehicles"] else "—",
                "—" if unit["ready"] is None else ENGLISH.in_hours(unit["ready"]),
                ENGLISH.count(unit["loads"]),
                unit["lift"],
                *("—" if hour is None else ENGLISH.in_hours(hour) for hour in hours),
                unit["theatre"] or "—",
            )
        )
    return rows


def arrival_rows(arrival: Json) -> list[tuple[str, ...]]:
    """Each member that sends, and all: what lands, when it begins and ends, what was observed."""
    members = sorted(arrival["members"].items(), key=lambda item: -item[1]["planned"])
    seen = [row["observed"] for _, row in members]
    total = sum(seen) if seen and all(value is not None for value in seen) else None
    rows = [(phrases("en").country(code), row["pledged"], row, row["observed"]) for code, row in members]
    rows += [("All", None, arrival, total)] if len(members) > 1 else []
    return [
        (
            name,
            "—" if pledged is None else ENGLISH.count(pledged),
            plain(row["troops"], ENGLISH.count),
            "—" if observed is None else ENGLISH.count(observed),
            plain(row["first_landing"], ENGLISH.in_hours),
            plain(row["closure"], ENGLISH.in_hours),
        )
        for name, pledged, row, observed in rows
    ]


def task_rows(found: Json) -> list[tuple[str, str]]:
    """Each site of the task, and when enough troops are down to man it, the reserve kept."""
    task = found["task"] or {"sites": []}
    return [(site["name"], plain(site["manned"], ENGLISH.in_hours)) for site in task["sites"]]


def theatre_rows(found: Json) -> list[tuple[str, ...]]:
    """Each theatre: troops there, its floor, what is drawn, how often it holds, the request it could bear."""
    return [
        (
            row["text"],
            ENGLISH.count(row["strength"]),
            plain(row["floor"], ENGLISH.count),
            ENGLISH.count(row["drawn"]),
            plain(row["holds"], ENGLISH.share),
            plain(row["request"]["largest_request"], ENGLISH.count),
        )
        for row in found["theatres"].values()
    ]


def gives(found: Json) -> list[str]:
    """What gives and by how much, a line each; and what each kind would have to give alone."""
    plan, case = found["plan"], found
    names = {site["site"]: site["name"] for site in (case["task"] or {"sites": []})["sites"]}
    lines = []
    for short in plan["shortfalls"]:
        n, of = ENGLISH.count(short["troops"]), short["of"]
        lines.append(
            {
                "request": f"The request of {of} is short of {n} troops.",
                "guards": f"{names.get(of, of)} lacks {n} guards.",
                "deadline": f"{n} troops by {of} land after the deadline.",
                "pledge": f"{n} of what {phrases('en').country(of)} pledged cannot be sent.",
                "floor": f"{found['theatres'].get(of, {}).get('text', of)}: {n} troops below its floor.",
            }[short["requirement"]]
        )
    alone = [
        f"{kind} by {ENGLISH.count(troops)}"
        for kind, troops in plan["if_alone"].items()
        if troops is not None and troops > 0
    ]
    if alone:
        lines.append(f"If one kind alone gave: {', or '.join(alone)}.")
    return lines or ["Nothing gives: all that is asked can be met."]


def in_short(found: Json) -> str:
    """The plan in a line or two."""
    plan, arrival = found["plan"], found["arrival"]
    if not plan["troops"]:
        return "Nobody is sent."
    first = plain(arrival["first_landing"], ENGLISH.in_hours)
    closure = plain(arrival["closure"], ENGLISH.in_hours)
    convoys = f" and {plan['convoys']} by road" if plan["convoys"] else ""
    return (
        f"{ENGLISH.count(plan['troops'])} troops in {plan['sorties']} flights{convoys}. "
        f"First landing {first} after the activation, complete after {closure}; "
        f"median (5 % to 95 %) of {found['runs']} runs."
    )


def bound_line(found: Json) -> str:
    """What lift could do, beside what the theatres can spare."""
    bound = found["lift_bound"]
    within = ENGLISH.in_hours(bound["deadline"])
    return (
        f"Lift could land {ENGLISH.count(bound['troops'])} troops within {within}, "
        f"had {phrases('en').country(found['lead'])} no end of such units: aircraft, fields and roads."
    )


def largest_theatre(theatres: Json, drawn: Json | None = None) -> str | None:
    """Key of the theatre that matters most: most drawn on, else the largest; None where there is none."""
    if not theatres:
        return None
    of = drawn or {key: row.get("drawn", 0.0) for key, row in theatres.items()}
    return max(theatres, key=lambda key: (of.get(key) or 0.0, middle_of(theatres[key].get("left")) or 0.0))


def write_force_plan(found: Json, path: Path) -> None:
    """Write the page (``.html``) or the picture of the arrival alone (``.svg``).

    Raises
    ------
    OutputError
        The file cannot be written; nothing half-written is left.
    """
    from foedus.experiments.output import finished_file

    text = _svg(found) if path.suffix == ".svg" else force_plan_html(found)
    with finished_file(path) as unfinished:
        unfinished.write_text(text + "\n", encoding="utf-8")


def _svg(found: Json) -> str:
    from foedus.errors import OutputError
    from foedus.report.charts import arrival_by_member, standalone

    drawn = arrival_by_member(found["arrival"])
    if drawn is None:
        raise OutputError("nobody is sent, so there is no arrival to draw; leave --out away")
    return standalone(drawn)


def force_plan_html(found: Json) -> str:
    """The page as text."""
    from markupsafe import Markup

    from foedus.report.charts import arrival, arrival_by_member, request_curve
    from foedus.report.page import environment, stylesheet

    requested = (found["task"] or {}).get("requested")
    curves = [
        (
            row["text"],
            request_curve(row, found["lift_bound"]["troops"], requested, row["text"], f"request-{i}"),
        )
        for i, row in enumerate(found["theatres"].values())
    ]
    pictures = [
        ("Troops landed", arrival(found["arrival"])),
        ("Troops landed, by member", arrival_by_member(found["arrival"])),
    ]
    page = environment().get_template("plan.html.j2")
    return page.render(
        found=found,
        css=stylesheet(),
        short=in_short(found),
        units=(UNIT_HEAD, unit_rows(found)),
        arrivals=(ARRIVAL_HEAD, arrival_rows(found["arrival"])),
        tasks=(TASK_HEAD, task_rows(found)),
        theatres=(THEATRE_HEAD, theatre_rows(found)),
        gives=gives(found),
        bound=bound_line(found),
        pictures=[(title, Markup(svg)) for title, svg in pictures if svg],
        curves=[(title, Markup(svg)) for title, svg in curves if svg],
    )
