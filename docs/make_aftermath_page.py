"""Fill the generated parts of docs/aftermath.md.

    python docs/make_aftermath_page.py [--out DIR]

DIR is a directory that ``foedus run kazakhstan-2022 --out DIR`` wrote. A generated part stands between
``<!-- begin: NAME -->`` and ``<!-- end: NAME -->``; nothing else in the page is touched.
"""

from __future__ import annotations

import argparse
import json
from importlib.resources import files
from pathlib import Path

from cells import Json, interval, table
from make_tables import fill

DOCS = Path(__file__).parent
PATH_MONTHS = (0, 6, 12, 24)


def main() -> None:
    """Fill the page."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=DOCS.parent / "out")
    summary = json.loads((options.parse_args().out / "summary.json").read_text(encoding="utf-8"))
    fill(
        DOCS / "aftermath.md",
        {
            "counted": counted,
            "run": lambda: the_run(summary),
            "bill": lambda: bill(summary),
            "paths": lambda: paths(summary),
            "expectations": lambda: expectations(summary),
            "record": lambda: record(summary),
            "elsewhere": lambda: elsewhere(summary),
        },
    )


def counted() -> str:
    """What the public record says, as it was counted."""
    r = json.loads((files("foedus.aftermath") / "record.json").read_text(encoding="utf-8"))
    onsets = f"{r['onsets']} in {r['state_years']:,.0f} state-years"
    gone = f"{r['lost_at_once']} of {r['leaders']}"
    rows = [
        ["onsets of mass unrest, 1990 to March 2020", onsets],
        ["yearly rate of a state, median (log-spread)", f"{r['per_year']:.3f} ({r['per_year_sigma']:.2f})"],
        ["leaders out of office within a month of it", gone],
        [
            "loss of office a month, months 1 to 24, 1990-2015",
            f"{r['office_hazard']:.4f} ({r['office_losses']} in {r['office_months']:,.0f} leader-months)",
        ],
        [
            "log-odds ratio beside unrest that its leader outlived (standard error)",
            f"{r['next_door']:.2f} ({r['next_door_sd']:.2f})",
        ],
        [
            "the same beside unrest whose leader was out within 60 days",
            f"{r['fell_next_door']:.2f} ({r['fell_next_door_sd']:.2f}), {r['fell_next_door_onsets']} onsets",
        ],
        [
            "`success_spreads`: prior weighed with the difference, median (log-spread)",
            f"{r['success_spreads']:.2f} ({r['success_spreads_sigma']:.2f})",
        ],
    ]
    return table(["counted", "result"], rows)


def the_run(summary: Json) -> str:
    """Which command made the page."""
    return (
        f"```bash\nfoedus run {summary['case']} --runs {summary['runs']} --seed {summary['seed']} --out out\n"
        f"python docs/make_aftermath_page.py --out out\n```\n\nfoedus {summary['foedus']}, "
        f"mode {summary['mode']}, {summary['runs']:,} runs."
    )


def bill(summary: Json) -> str:
    """The bill: who pays, with, without, difference, a price in, what it rests on, the record."""
    rows = [
        [
            _name(r["name"]),
            r["payer"],
            r["unit"],
            _cell(r["with"]),
            _cell(r["without"]),
            _cell(r["difference"]),
            "-" if r["a_price"] is None else f"{r['a_price']:.0%}",
            _rests(r["rests_on"]),
            "; ".join(f"{n} {result}" for result, n in r["record"].items()) or "-",
        ]
        for r in summary["bill"]
    ]
    head = ["item", "who pays", "unit", "with", "without", "difference", "a price in", "rests on", "record"]
    return table(head, rows)


def paths(summary: Json) -> str:
    """With less without over the months."""
    rows = []
    for name, index in summary["aftermath"].items():
        by_month = {p["months"]: p for p in index["path"]}
        if not name.startswith("opinion_own"):
            rows.append([_name(name), *(_cell(by_month[m]["difference"]) for m in PATH_MONTHS)])
    head = ["with less without", *(f"month {m}" for m in PATH_MONTHS)]
    return table(head, rows)


def expectations(summary: Json) -> str:
    """What was expected and what became of it."""
    rows = [
        [
            str(v["line"] or ""),
            v["text"],
            f"{_name(v['index'])}, {v['direction']}, {v['claim']}",
            f"{v['record']} ({v['counted']} counted, {v['unidentified']} unidentified)",
            v["model"] if v["share"] is None else f"{v['model']} ({v['share']:.0%} of worlds)",
            f"**{v['verdict']}**",
        ]
        for v in summary["expectations"]
    ]
    return table(["line", "expected", "read as", "record", "model", "verdict"], rows)


def record(summary: Json) -> str:
    """Every entry of the record beside the model, misses printed."""
    rows = []
    for e in summary["afterwards"]:
        seen = f"{e['best']:g}" if e["low"] == e["high"] else f"{e['best']:g} ({e['low']:g} to {e['high']:g})"
        chance = "-" if e["chance"] is None else f"{e['chance']:.0%}"
        why = f" *{e['why']}*" if e["why"] else ""
        model = "not computed" if e["model"] is None else interval(e["model"])
        month = f"{e['months']:.0f}"
        rows.append([_name(e["index"]), month, e["reads"], seen, model, chance, e["result"], e["text"] + why])
    head = ["index", "month", "read as", "record", "model, with", "chance of what happened", "result", "text"]
    return table(head, rows)


def elsewhere(summary: Json) -> str:
    """The host's move less that of states without contingents: a description."""
    rows = [
        [
            _name(e["index"]),
            other["who"],
            f"{other['before']:g} to {other['after']:g} ({other['change']:+g})",
            "-" if other["host_less_this"] is None else f"{other['host_less_this']:+g}",
            other["note"] or "",
        ]
        for e in summary["afterwards"]
        for other in e["elsewhere"]
    ]
    head = ["index", "where no contingents came", "moved", "host less this (unidentified)", "note"]
    return table(head, rows) if rows else "The case names none."


def _name(name: str) -> str:
    return f"`{name}`"


def _cell(body: Json) -> str:
    return interval(body)


def _rests(rests: list[Json]) -> str:
    bases = [str(r["basis"]) for r in rests]
    return ", ".join(f"{bases.count(basis)} {basis}" for basis in dict.fromkeys(bases))


if __name__ == "__main__":
    main()
