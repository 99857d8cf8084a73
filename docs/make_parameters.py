"""Write docs/parameters.md: every declared number of the model, from the declarations that the code reads.

    python docs/make_parameters.py

A test compares the page with the declarations, so that neither can change alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from foedus.aftermath import declared_aftermath
from foedus.alliance import declared_obliged, declared_plan
from foedus.alliance.invited import declared_invited, declared_outer
from foedus.cases.parameters import declared, declared_sources
from foedus.cases.schema import SourceEntry
from foedus.cases.schema.declared import DeclaredQuantity
from foedus.evidence import weights
from foedus.experiments.ledger import describe

PAGE = Path(__file__).parent / "parameters.md"
ROOMS = {
    "streets": "Who goes out, who goes home, who is arrested, hurt or killed; how forces give way.",
    "loyalty": "The hold of the government on its forces.",
    "contingents": "The three channels by which contingents can matter.",
    "faction": "The faction in the host's forces; it acts in free mode only ([how](on-the-ground.md)).",
    "engagement": "What contingents do where they act against crowds: rules of engagement 'force' alone.",
    "government": "Triggers of the host's own decisions. They work in free mode only.",
}
INTRODUCTION = """# Parameters

<!-- Written by docs/make_parameters.py from the declarations in the code. Do not edit by hand. -->

Every number below has a unit, a prior, a basis and a source, and is declared once: the code, the list of
assumptions in a report and this page read the same file. *Basis* is explained under
[definitions](definitions.md#basis). 'assumption' means that we know of no published figure; the range is
then meant to be wide. A case may set any parameter of the first four tables in its section `parameters`, and
`--set parameters.NAME=VALUE` does so for one run.
"""


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """The text of the page."""
    parameters = declared()
    parts = [INTRODUCTION]
    for room, words in ROOMS.items():
        of_room = {name: p for name, p in parameters.items() if p.room == room}
        parts.append(f"## {room.capitalize()}\n\n{words}\n\n{_table(of_room)}")
    others = (
        (
            "Invited help",
            "Who comes once asked, for trouble at home ([invited help](invited-help.md)).",
            declared_invited(),
        ),
        ("Outer frames of invited help", "Counts, not priors.", declared_outer()),
        (
            "Help against a state's attack",
            "Who comes, by the record of disputes and wars ([decisions](decisions.md)).",
            declared_obliged(),
        ),
        ("Force and lift plan", "What the planner needs beside the case.", declared_plan()),
        ("Aftermath", "Effects of the course on what comes after.", declared_aftermath()),
    )
    cited = dict(declared_sources())
    for title, words, declaration in others:
        parts.append(f"## {title}\n\n{words}\n\n{_table(declaration.parameters)}")
        cited |= declaration.sources
    parts.append(_evidence())
    parts.append(_sources(cited))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _table(parameters: Mapping[str, DeclaredQuantity]) -> str:
    head = "| parameter | symbol | prior | unit | basis | source | what it means |\n" + "|---" * 7 + "|"
    rows = [
        _row(f"`{name}`", f"`{p.symbol}`" if p.symbol else "", describe(p), p.unit or "1", p.basis,
             ", ".join(p.source), p.text + (f". *{p.note}*" if p.note else ""))
        for name, p in parameters.items()
    ]  # fmt: skip
    return "\n".join([head, *rows])


def _evidence() -> str:
    table = weights()
    credibility = [
        _row(str(grade), g.words, f"{g.likelihood_ratio:g}", f"{g.spread:g}")
        for grade, g in table.credibility.grades.items()
    ]
    reliability = [_row(grade, g.words, f"{g.weight:g}") for grade, g in table.reliability.grades.items()]
    priors = [
        _row(f"`{fact}`", f"{p.median:g}", f"{p.spread:g}") for fact, p in table.priors.predicates.items()
    ]
    return "\n".join(
        [
            "## Evidence",
            "",
            "All of it is assumption; how it is used stands under [law](law.md#evidence).",
            "",
            f"*Information.* {_line(table.credibility.source)}",
            "",
            "| grade | words | likelihood ratio, median | spread of its log |",
            "|---|---|---|---|",
            *credibility,
            "",
            f"*Source.* {_line(table.reliability.source)}",
            "",
            "| grade | words | share of the weight let through |",
            "|---|---|---|",
            *reliability,
            "",
            f"*Interested speakers.* {_line(table.interested.source)} Weight alone "
            f"{table.interested.weight_alone:g}, supported {table.interested.weight_supported:g}.",
            "",
            f"*Bound.* {_line(table.bounds.source)}.",
            "",
            f"*Beliefs before anything is said.* {_line(table.priors.source)} For a fact that is not listed: "
            f"median {table.priors.default.median:g}, spread {table.priors.default.spread:g}.",
            "",
            "| fact | median probability | spread of its log-odds |",
            "|---|---|---|",
            *priors,
        ]
    )


def _sources(cited: Mapping[str, SourceEntry]) -> str:
    rows = [_row(f"`{key}`", entry.cite, entry.url or "") for key, entry in sorted(cited.items())]
    return "\n".join(["## Sources", "", "| key | source | address |", "|---|---|---|", *rows])


def _row(*cells: str) -> str:
    return "| " + " | ".join(_cells(cells)) + " |"


def _cells(cells: Iterable[str]) -> Iterable[str]:
    return (cell.replace("|", "\\|").replace("\n", " ").strip() for cell in cells)


def _line(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    main()
