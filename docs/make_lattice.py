"""Measure and fill the generated parts of docs/lattice.md.

    python docs/make_lattice.py [--measure]

``--measure`` runs what the page tells (half an hour on two cores) and writes docs/lattice.json;
without it the page is filled from that file and from benchmarks/mesa_agreement.json.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from cells import Json, table

DOCS = Path(__file__).parent
PAGE = DOCS / "lattice.md"
RESULTS = DOCS / "lattice.json"
AGREEMENT = DOCS.parent / "benchmarks" / "mesa_agreement.json"
CASE = "kazakhstan-2022"
ON_CROWD = 400
RUNS_BY_PEOPLE = {2000: 40, 500: 40, 100: 40, 20: 12, 1: 4}
ORDER_SEEDS, ORDER_SIDE, ORDER_STEPS = 1000, 256, 40
QUANTITIES = {
    "most people active at once": lambda course: course.active.max(axis=1),
    "civilians killed": lambda course: course.killed_civilian[:, -1],
    "arrested": lambda course: course.arrested[:, -1],
    "cities ever in unrest at once": lambda course: course.cities_in_unrest.max(axis=1),
    "hours with more than 1,000 active": lambda course: (course.active > 1000).sum(axis=1),
}


def order_paired() -> list[Json]:
    """Tiles in four passes against one random order of all agents, from the same initial states."""
    from foedus.streets import lattice

    setups = {
        "default": {},
        "bursty": {"police": 0.04, "legitimacy": 0.82, "longest_term": 30},
    }
    rows = []
    for name, changes in setups.items():
        setup = lattice.mesa(height=ORDER_SIDE, width=ORDER_SIDE, **changes)
        read = {"mean active": [], "most active": [], "arrests": [], "jailed at the end": []}
        for seed in range(ORDER_SEEDS):
            alone, tiled = (
                lattice.Lattice(setup, seed=seed, threads=1, tile=tile).run(ORDER_STEPS)
                for tile in (ORDER_SIDE, 32)
            )
            for series, sign in ((tiled, 1), (alone, -1)):
                for key, value in (
                    ("mean active", series.active.mean()),
                    ("most active", series.active.max()),
                    ("arrests", series.arrests.sum()),
                    ("jailed at the end", series.jailed[-1]),
                ):
                    read[key].append((sign, float(value)))
        for key, values in read.items():
            signs, numbers = np.array(values).T
            one, other = numbers[signs < 0], numbers[signs > 0]
            error = (other - one).std(ddof=1) / np.sqrt(len(one))
            rows.append(
                {
                    "setup": name,
                    "quantity": key,
                    "one order": float(one.mean()),
                    "tiles": float(other.mean()),
                    "difference": float((other - one).mean()),
                    "error": float(error),
                    "pairs": len(one),
                }
            )
    return rows


def where_they_part() -> list[Json]:
    """The case on crowd and on the lattice, on the same draws of the posterior that was fitted on crowd."""
    from foedus.cases import cities_of, load_case
    from foedus.chance import Luck
    from foedus.engine.law import read_law
    from foedus.engine.plant import people_of
    from foedus.engine.run import ARMS
    from foedus.engine.streets import CROWD, on_lattice
    from foedus.experiments.ensemble import run_ensemble
    from foedus.experiments.posterior import posterior_for

    case = load_case(CASE)
    places = cities_of(case.country)
    law = read_law(case, None, Luck(1), 50)
    rows = []
    for people in (None, *RUNS_BY_PEOPLE):
        streets: Any = CROWD if people is None else on_lattice(people_of(places), people)
        runs = ON_CROWD if people is None else RUNS_BY_PEOPLE[people]
        ensemble = run_ensemble(
            case, places, law, {"with": ARMS["with"]}, runs=runs, luck=Luck(1),
            posterior=posterior_for(case, None), streets=streets,
        )  # fmt: skip
        course = ensemble.courses["with"]
        for name, read in QUANTITIES.items():
            low, middle, high = np.quantile(read(course), (0.05, 0.5, 0.95))
            rows.append(
                {
                    "model": "crowd" if people is None else f"lattice, 1:{people:,}",
                    "quantity": name,
                    "runs": runs,
                    "p05": float(low),
                    "p50": float(middle),
                    "p95": float(high),
                }
            )
    return rows


def measure() -> None:
    """Run all and write the results."""
    print("order of turns, in pairs ...", flush=True)
    found = {"order": order_paired()}
    print("crowd and lattice on the case ...", flush=True)
    found |= {"part": where_they_part()}
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def order_table(rows: list[Json]) -> str:
    """The paired test of order."""
    return table(
        ("set-up", "what", "one random order", "tiles, four passes", "difference", "z"),
        [
            (
                row["setup"], row["quantity"], f"{row['one order']:.4g}", f"{row['tiles']:.4g}",
                f"{row['difference']:+.3g} ± {row['error']:.2g}", f"{row['difference'] / row['error']:+.1f}",
            )
            for row in rows
        ],
    )  # fmt: skip


def part_table(rows: list[Json]) -> str:
    """Crowd and lattice side by side."""
    models = list(dict.fromkeys(row["model"] for row in rows))
    names = list(dict.fromkeys(row["quantity"] for row in rows))
    by = {(row["model"], row["quantity"]): row for row in rows}
    body = [(name, *(_spread(by[model, name]) for model in models)) for name in names]
    body.append(("runs", *(str(by[model, names[0]]["runs"]) for model in models)))
    return table(("what", *models), body)


def _spread(row: Json) -> str:
    return f"{row['p50']:,.0f} ({row['p05']:,.0f} to {row['p95']:,.0f})"


def agreement_table(found: Json) -> str:
    """Mesa's example against the lattice."""
    rows = []
    for kind, compared in found.items():
        for row in compared:
            sees = "-" if row["detectable"] is None else f"{row['detectable']:.0f} %"
            rows.append(
                (
                    kind, row["quantity"].replace("_", " "), row["test"], " / ".join(map(str, row["sizes"])),
                    " / ".join(f"{mean:.4g}" for mean in row["means"]), f"{row['p']:.3f}",
                    f"{row['holm']:.3f}", sees,
                )
            )  # fmt: skip
    return table(("set-up", "what", "test", "runs", "means", "p", "Holm", "would see"), rows)


def filled_page(text: str) -> str:
    """The page with every generated part between its markers."""
    from make_tables import filled

    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    agreement = json.loads(AGREEMENT.read_text(encoding="utf-8"))
    parts = {
        "order": lambda: order_table(results["order"]),
        "part": lambda: part_table(results["part"]),
        "agreement": lambda: agreement_table(agreement),
    }
    for name, part in parts.items():
        text = filled(text, name, part())
    return text


def main() -> None:
    """Measure if asked, and fill the page."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--measure", action="store_true", help="run what the page tells")
    if options.parse_args().measure:
        measure()
    PAGE.write_text(filled_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
