"""Fill the generated parts of docs/rivals.md.

    python docs/make_rivals_page.py [--results FILE]

FILE is what ``foedus rivals kazakhstan-2022 --out FILE`` wrote; docs/rivals.json where left out.
The part on another case is of docs/rivals-kyrgyzstan-2010.json, written by the command that the page names.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from cells import Json, label, number, observed, spread, table
from lines import bullet, wrapped

DOCS = Path(__file__).parent
PAGE = DOCS / "rivals.md"
RESULTS = DOCS / "rivals.json"
OTHER = DOCS / "rivals-kyrgyzstan-2010.json"
FITS = {
    "standard": "The standard fit",
    "forecast": "The forecast from early reports",
    "priors": "On the priors",
}


def main() -> None:
    """Fill the page."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--results", type=Path, default=RESULTS)
    given = options.parse_args()
    results = json.loads(given.results.read_text(encoding="utf-8"))
    other = json.loads(OTHER.read_text(encoding="utf-8"))
    PAGE.write_text(filled_page(PAGE.read_text(encoding="utf-8"), results, other), encoding="utf-8")


def filled_page(text: str, results: Json, other: Json) -> str:
    """The page with every generated part between its markers."""
    from make_tables import filled

    parts: dict[str, Callable[[], str]] = {
        "run": lambda: the_run(results),
        "verdict": lambda: verdict(results),
        "priors": lambda: priors(results),
        "protests": lambda: protests(results),
        "scores": lambda: scores(results),
        "rest": lambda: rest(results),
        "other": lambda: another(other),
    }
    for name, part in parts.items():
        text = filled(text, name, part())
    return text


def the_run(results: Json) -> str:
    """The commands, and what they ran on."""
    command = (
        f"foedus rivals {results['case']} --runs {results['runs']} --seed {results['seed']} "
        "--out docs/rivals.json\npython docs/make_rivals_page.py"
    )
    wave = results["fits"][0]["wave"]["about"]
    told = (
        f"foedus {results['foedus']}. {results['runs']:,} runs of the crowd model; {wave['particles']:,} "
        f"particles of each wave; hour of the forecast {results['fits'][0]['as_of']}."
    )
    return f"```bash\n{command}\n```\n\n{wrapped(told)}"


def verdict(results: Json) -> str:
    """Every comparison in words, the lost ones too, and where the orders make the score."""
    from foedus.report.terminal.rivals import verdicts

    lines = []
    for block in results["fits"]:
        lines.append(f"**{FITS[block['fit']]}**\n")
        lines += [bullet(f"- {_emphasised(line)}") for line in verdicts(block)]
        lines.append("")
    return "\n".join(lines)


def another(results: Json) -> str:
    """The other case: command, scores, and every comparison."""
    from foedus.report.terminal.rivals import NAMES, parted, verdicts

    (block,) = results["fits"]
    command = (
        f"foedus rivals {results['case']} --as-of 2010-06-12T12:00 --runs {results['runs']} "
        f"--seed {results['seed']} --out docs/{OTHER.name}"
    )
    lines = [bullet(f"- {_emphasised(line)}") for line in verdicts(block)]
    spoken, _ = parted(block["rows"])
    body = _crps_table(spoken, NAMES, results, block)
    return "\n\n".join([f"```bash\n{command}\n```", body, "\n".join(lines)])


def _emphasised(line: str) -> str:
    return line.replace("LOSES", "**loses**")


def priors(results: Json) -> str:
    """Parameters of the wave: prior beside posterior, both forms."""
    from foedus.streets.wave import declared_wave

    declared = declared_wave().parameters
    head = ["parameter", "what it is", "unit", "prior", *_fit_names(results)]
    rows = []
    for column, form in (("wave", "threshold"), ("wave_linear", "linear")):
        first = results["fits"][0][column]["parameters"]
        for name, told in first.items():
            rows.append(
                [
                    f"`{name}`, {form}",
                    declared[name].text,
                    told["unit"],
                    _three(told["prior"]),
                    *(_three(block[column]["parameters"][name]["posterior"]) for block in results["fits"]),
                ]
            )
    return table(head, rows)


def _fit_names(results: Json) -> list[str]:
    return [f"posterior, {block['fit']}" for block in results["fits"]]


def _three(told: Json) -> str:
    low, middle, high = (f"{told[key]:.3g}" for key in ("p05", "median", "p95"))
    return f"{middle} ({low} to {high})"


def protests(results: Json) -> str:
    """Which earlier protests stand for the case, and what the state did to them."""
    about = results["protests_from"]
    lines = [
        wrapped(
            f"{about['used']:,} of {about['rows']:,} records, to {about['known_to']}; the size of "
            f"{about['size_from_text']:,} was read from their text; {about['size_unknown']} more have none."
        ),
        "",
    ]
    shown = ("killings", "shootings", "beatings", "arrests", "crowddispersal", "accomodation", "ignore")
    rows = []
    for block in results["fits"]:
        like, known = block["protests"]["like"], block["protests"]["known"]
        violent = {True: "violent", False: "peaceful", None: "any"}[like["violent"]]
        largest = "-" if known["largest_reported"] is None else number(known["largest_reported"])
        rows.append(
            [
                block["fit"],
                largest,
                like["size"] or "all sizes",
                violent,
                str(like["lasted_at_least"]),
                number(like["records"]),
                *(f"{like['responses'][name]:.0%}" for name in shown),
            ]
        )
    head = ["fit", "largest told", "size class", "protesters", "days so far", "records", *shown]
    return "\n".join([*lines, table(head, rows)])


def scores(results: Json) -> str:
    """CRPS of every column where a rival with a view of its own speaks, and how many each column covers."""
    from foedus.report.terminal.rivals import NAMES, parted

    parts = []
    for block in results["fits"]:
        spoken, _ = parted(block["rows"])
        parts.append(f"**{FITS[block['fit']]}**\n\n{_crps_table(spoken, NAMES, results, block)}")
        parts.append(_said(spoken, results))
    return "\n\n".join(parts)


def rest(results: Json) -> str:
    """CRPS where no rival but persistence speaks."""
    from foedus.report.terminal.rivals import NAMES, parted

    few = {name: NAMES[name] for name in ("crowd", "crowd_untold", "persistence")}
    parts = []
    for block in results["fits"]:
        _, others = parted(block["rows"])
        parts.append(f"**{FITS[block['fit']]}**\n\n{_crps_table(others, few, results)}")
    return "\n\n".join(parts)


def _crps_table(
    rows: Sequence[Json], names: Mapping[str, str], results: Json, block: Json | None = None
) -> str:
    body = []
    for row in rows:
        told = [None if row[name] is None else row[name]["crps"] for name in names]
        best = min((value for value in told if value is not None), default=None)
        cells = [f"**{number(value)}**" if value == best else number(value) for value in told]
        body.append([label(row, results), observed(row, results), *cells])
    if block is not None:
        covered = block["scores"]["covered"]
        counts = (f"*{covered[name]} of {block['scores']['held_out']}*" for name in names)
        body.append(["*held-out quantities covered*", "", *counts])
    return table(["quantity", "observed", *names.values()], body)


def _said(rows: Iterable[Json], results: Json) -> str:
    """What each column says of these quantities: median and 5-95 %."""
    from foedus.report.terminal.rivals import NAMES

    names = {name: words for name, words in NAMES.items() if name not in ("episodes", "persistence")}
    body = []
    for row in rows:
        cells = []
        for name in names:
            told = row[name]
            if told is None:
                cells.append("-")
            elif "p05" in told:
                cells.append(spread({**told, "quantity": row["quantity"]}, row["quantity"], results))
            else:
                cells.append(f"chance {told['median']:.0%}")
        body.append([label(row, results), *cells])
    return table(["said: median (5-95 %)", *names.values()], body)


if __name__ == "__main__":
    main()
