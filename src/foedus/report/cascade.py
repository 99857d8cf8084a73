"""The report of a chain of duties: one page that opens offline, with the graph and every reason in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from foedus.report.charts.duties import chain_svg, course_svg, course_svgs, day_of, would_svg
from foedus.terms.states import name_of
from foedus.treaties.cascade import Chain, Course
from foedus.treaties.catalogue import catalogue


def write_cascade(found: Chain | Course, path: Path) -> None:
    """Write the page (``.html``) or the picture alone (``.svg``).

    Raises
    ------
    OutputError
        The file cannot be written; nothing half-written is left.
    """
    from foedus.experiments.output import finished_file

    text = _svg(found) if path.suffix == ".svg" else cascade_html(found)
    with finished_file(path) as unfinished:
        unfinished.write_text(text + "\n", encoding="utf-8")


def cascade_html(found: Chain | Course) -> str:
    """The page as text."""
    from markupsafe import Markup

    from foedus.report.page import environment, stylesheet

    graphs = [chain_svg(found, with_would=False)] if isinstance(found, Chain) else course_svgs(found)
    would = would_svg(found) if isinstance(found, Chain) else None
    page = environment().get_template("cascade.html.j2")
    return page.render(
        title=_title(found),
        css=stylesheet(),
        graphs=[Markup(svg) for svg in graphs],
        would=None if would is None else Markup(would),
        graph_width=int(max(re.findall(r'<svg [^>]* width="(\d+)"', "\n".join(graphs)), key=int)),
        assumed=[f"{fact.replace('_', ' ')}: {status.value}" for fact, status in _assumed(found).items()],
        ends=list(found.ends) if isinstance(found, Chain) else [],
        parts=_parts(found),
        names={code: name_of(code) for code in _codes(found)},
    )


def _svg(found: Chain | Course) -> str:
    return chain_svg(found) if isinstance(found, Chain) else course_svg(found)


def _assumed(found: Chain | Course) -> Mapping[str, Any]:
    return found.assumed if isinstance(found, Chain) else {}


def _title(found: Chain | Course) -> str:
    if isinstance(found, Chain):
        attacks = " and ".join(f"{name_of(a.by)} attacks {name_of(a.on)}" for a in found.attacks)
        return f"{attacks}, {day_of(found.day)}: what follows in law"
    first, last = found.answers[0].event.date, found.answers[-1].event.date
    return f"Who is bound after each event, {day_of(first.first)} to {day_of(last.first)}"


def _parts(found: Chain | Course) -> list[dict[str, Any]]:
    """What the page lists: one part for an attack, one for each event of a list."""
    if isinstance(found, Chain):
        return [_part("", found.as_dict())]
    parts = []
    for told in found.as_dict():
        asked = "required by " + "; ".join(dict.fromkeys(_clause(duty) for duty in told["required_by"]))
        verdict = asked if told["required"] else told["why_not_required"]
        parts.append({**_part(f"{told['date']}: {told['told']}", told), "verdict": verdict})
    return parts


def _part(heading: str, told: Mapping[str, Any]) -> dict[str, Any]:
    duties = [*told["bound"], *told["by_body"], *told["consult"], *told["neutral"], *told["may"]]
    return {
        "heading": heading,
        "verdict": None,
        "duties": _by_parties(
            (row["party"], row["towards"], row["against"], _clause(row), row["duty"], row["letter"],
             row["sense"], row["decided_by"])
            for row in duties
        ),
        "would": _by_parties(
            (row["party"], row["towards"], row["if"], _clause(row)) for row in told["conditional"]
        ),
        "unbound": _by_parties(
            (row["party"], row["towards"], _clause(row) if row["treaty"] else "none", row["why"])
            for row in told["not_bound"]
        ),
    }  # fmt: skip


def _by_parties(rows: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Rows that differ only in the party as one, which names them all."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for party, *rest in rows:
        alike.setdefault(tuple(rest), []).append(party)
    return [(", ".join(dict.fromkeys(parties)), *rest) for rest, parties in alike.items()]


def _clause(row: Mapping[str, Any]) -> str:
    treaty = catalogue()[row["treaty"]]
    cited = next((c.cited for c in treaty.clauses if c.id == row.get("clause")), None)
    return treaty.short_name if cited is None else f"{treaty.short_name}, {cited}"


def _codes(found: Chain | Course) -> Sequence[str]:
    told = [found.as_dict()] if isinstance(found, Chain) else found.as_dict()
    lists = ("bound", "by_body", "consult", "neutral", "may", "conditional", "not_bound")
    rows = [row for one in told for key in lists for row in one[key]]
    return sorted({row[key] for row in rows for key in ("party", "towards", "against") if row.get(key)})
