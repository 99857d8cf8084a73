"""Fill the generated parts of docs/results.md, docs/performance.md and README.md.

    python docs/make_tables.py [--out DIR] [--benchmarks FILE]

DIR is a directory that ``foedus run kazakhstan-2022 --out DIR`` wrote; FILE is what ``make bench`` wrote, and
is left out where it is missing. A generated part stands between ``<!-- begin: NAME -->`` and
``<!-- end: NAME -->``; nothing else in a page is touched.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from cells import Json, chance, interval, label, number, observed, spread, table

DOCS = Path(__file__).parent
ROOT = DOCS.parent
sys.path.insert(0, str(ROOT))  # benchmarks/ lies beside docs/ and is no part of the package
COURSE = {
    "deaths_civilian": "civilians killed",
    "deaths_forces": "killed among the host's forces",
    "deaths": "killed in all",
    "hurt": "hurt, both sides",
    "arrests": "arrested",
    "peak_active": "people active at the peak",
    "cities_in_unrest": "cities in unrest at once, at most",
    "hours_to_calm": "hours from the first shock to calm",
}
CHANNELS = {
    "announcement": "announcement alone (loyalty)",
    "guards": "guards alone (local forces freed)",
    "presence": "presence alone (perceived risk)",
}
SKILL_WANTED, WIDTH_WANTED = 0.20, 8.0


def main() -> None:
    """Fill the pages."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=ROOT / "out")
    options.add_argument("--benchmarks", type=Path, default=ROOT / "benchmarks" / "results.json")
    given = options.parse_args()
    summary = json.loads((given.out / "summary.json").read_text(encoding="utf-8"))
    parts: dict[str, Callable[[], str]] = {
        "run": lambda: the_run(summary),
        "verdict": lambda: verdict(summary),
        "fitted": lambda: compared(summary["observed"], "fitted", summary),
        "held-out": lambda: compared(summary["observed"], "held out", summary),
        "forecast": lambda: forecast(summary),
        "law": lambda: law(summary),
        "members": lambda: members(summary),
        "theatres": lambda: theatres(summary),
        "course": lambda: course(summary["course"], "with contingents", "without"),
        "stand-aside": lambda: stand_aside(summary),
        "effect": lambda: effect(summary),
        "aftermath": lambda: aftermath(summary),
        "matters": lambda: matters(summary),
        "headline": lambda: headline(summary),
    }
    for page in (DOCS / "results.md", ROOT / "README.md"):
        fill(page, parts)
    if given.benchmarks.is_file():
        measured = json.loads(given.benchmarks.read_text(encoding="utf-8"))
        fill(DOCS / "performance.md", {"benchmarks": lambda: benchmarks(measured)})


def fill(page: Path, parts: Mapping[str, Callable[[], str]]) -> None:
    """Put each part between its markers in a page."""
    text = page.read_text(encoding="utf-8")
    for name in re.findall(r"<!-- begin: ([a-z-]+) -->", text):
        if name in parts:
            text = filled(text, name, parts[name]())
    page.write_text(text, encoding="utf-8")


def filled(text: str, name: str, part: str) -> str:
    """The text with a part between its markers."""
    begin, end = f"<!-- begin: {name} -->", f"<!-- end: {name} -->"
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n{part.strip()}\n{end}{after}"


def the_run(summary: Json) -> str:
    """Which command made the page, and on what."""
    origin = summary["parameters_from"]
    command = (
        f"foedus run {summary['case']} --runs {summary['runs']} --seed {summary['seed']} --out out\n"
        "python docs/make_tables.py --out out"
    )
    if origin["from"] == "priors":
        source = "Parameters come from the priors: no posterior served this run."
    else:
        about = origin["about"]
        source = (
            f"Parameters come from the posterior '{origin['kind']}': {len(origin['fitted'])} observations "
            f"fitted or implied, {about['kept']} particles kept of {about['particles']}, tolerance reached "
            f"{about['tolerance']:g}, acceptance in the last generation {about['last_acceptance']:.1%}."
        )
    return f"```bash\n{command}\n```\n\nfoedus {summary['foedus']}, mode {summary['mode']}. {source}"


def verdict(summary: Json) -> str:
    """The scores in words, and where the model falls short of what was asked of it."""
    with_ = summary["course"]["with"]
    lines = _of_fit("Standard fit", summary["observed"], summary["scores"], with_, summary)
    early = summary.get("forecast")
    if early:
        named = "Forecast from early reports"
        lines += _of_fit(named, early["observed"], early["scores"], early["course"], summary)
    return "\n".join(lines)


def _of_fit(name: str, rows: Sequence[Json], scores: Json, deaths_of: Json, summary: Json) -> list[str]:
    """One fit: coverage, skill, width, and every held-out quantity that came out badly."""
    lines = [f"- **{name}**", f"  - {_coverage(scores)}"]
    for kind, key in (
        ("all", "skill_against_persistence"),
        ("counts", "skill_of_counts"),
        ("dates", "skill_of_dates"),
    ):
        if scores[key] is not None:
            lines.append(f"  - Mean skill against persistence, {kind}: {_aim(scores[key], SKILL_WANTED)}.")
    if scores["skill_against_reference"] is not None:
        lines.append(f"  - Mean skill against the reference class: {scores['skill_against_reference']:.0%}.")
    lines.append(f"  - {_width(deaths_of['deaths'])}")
    by_key = {row["key"]: row for row in rows}
    outside = [row for row in rows if row["role"] == "held out" and not row["inside"]]
    for words, bad in (
        ("outside the 5-95 % interval", outside),
        ("worse than persistence", [by_key[key] for key in scores["worse_than_persistence"]]),
    ):
        if bad:
            named = "; ".join(label(row, summary) for row in bad)
            lines.append(f"  - Held out and **{words}** ({len(bad)}): {named}.")
    return lines


def _coverage(scores: Json) -> str:
    text = f"{scores['held_out']} quantities held out"
    if scores["inside"] is not None:
        text += f"; in {scores['inside']:.0%} the observed range touches the 5-95 % interval"
    if scores["median_width"] is not None:
        text += f"; median p95/p05 {scores['median_width']:.1f}"
    return text + "."


def _aim(skill: float, wanted: float) -> str:
    return f"{skill:.0%}, which {'meets' if skill >= wanted else '**misses**'} the aim of {wanted:.0%}"


def _width(deaths: Json) -> str:
    if not deaths["p05"] or deaths["p95"] is None:
        return "Killed in all: the 5 % quantile is 0, so p95/p05 **misses** any aim."
    ratio = deaths["p95"] / deaths["p05"]
    word = "meets" if ratio <= WIDTH_WANTED else "**misses**"
    return f"Killed in all, p95/p05: {ratio:.1f}, which {word} the aim of {WIDTH_WANTED:g} or less."


def compared(rows: Sequence[Json], role: str, summary: Json) -> str:
    """Observed against computed for one role."""
    chosen = [row for row in rows if row["role"] == role]
    if not chosen:
        return f"Nothing was {role} in this run."
    head = ["quantity", "observed", "computed: median (5-95 %)", "inside"]
    if role == "held out":
        head += ["CRPS", "persistence", "reference"]
    body = []
    for row in chosen:
        cells = [label(row, summary), observed(row, summary), spread(row, row["quantity"], summary)]
        cells.append("yes" if row["inside"] else "**no**")
        if role == "held out":
            cells += [number(row[key]) for key in ("crps", "crps_persistence", "crps_reference")]
        body.append(cells)
    return table(head, body)


def forecast(summary: Json) -> str:
    """The fit on early reports alone: what it saw, and what it said of the rest."""
    early = summary.get("forecast")
    if not early:
        return "No such fit served this run."
    at = datetime.fromisoformat(early["as_of"])
    rows = [
        row for row in early["observed"] if row["role"] == "fitted" or row["crps_persistence"] is not None
    ]
    return (
        f"As of {at:%-d %B %Y %H:%M} in the case's zone.\n\n**Fitted**\n\n"
        f"{compared(rows, 'fitted', summary)}\n\n**Held out**\n\n{compared(rows, 'held out', summary)}"
    )


def law(summary: Json) -> str:
    """How the principal clause reads."""
    found = summary["obligation"]
    rows = [
        [f"{name.replace('_', '-')}", reading["reading"], chance(reading["probability"])]
        for name, reading in found["by_reading"].items()
    ]
    facts = ", ".join(
        f"{act}: {'yes' if found[act] else 'no'}"
        for act in ("requested", "invoked", "activated", "first_activation")
    ).replace("first_activation", "first in the record")
    return (
        f"{found.get('treaty_name')}, article {found.get('article')}. {facts}. "
        f"Permission: {found['permission']['reading']}.\n\n"
        + table(["reading", "trigger", "probability of the facts: median (5-95 %)"], rows)
    )


def members(summary: Json) -> str:
    """Who came, against what was observed."""
    answer = summary["response"]
    rows = [
        [code, f"{m['joins']:.0%}", interval(m["would_join"], percent=True), interval(m["troops"]),
         number(m["observed"]), m["tag"]]
        for code, m in answer["members"].items()
    ]  # fmt: skip
    rows.append(["all", "", "", interval(answer["troops"]), number(answer["observed_troops"]), ""])
    times = (
        f"First landing {interval(answer['first_arrival'])} hours after the request, "
        f"complete {interval(answer['closure'])} hours after it."
    )
    head = ["member", "comes", "chance by the decision model", "troops", "observed", "tag of 'comes'"]
    return f"{table(head, rows)}\n\n{times}"


def theatres(summary: Json) -> str:
    """What else the lead state has to keep."""
    rows = [
        [t["text"], interval(t["floor"]), interval(t["left"]), f"{t['holds']:.0%}", f"{t['gives']:.0%}"]
        for t in summary["response"]["theatres"].values()
    ]
    head = ["theatre", "floor (troops)", "left (troops)", "holds", "gives by the contingents alone"]
    return table(head, rows) if rows else "The case names no theatre."


def course(arms: Json, first: str, second: str) -> str:
    """Two arms beside one another, civilian deaths first."""
    one, other = arms["with"], arms["without"]
    rows = [[words, interval(one[key]), interval(other[key])] for key, words in COURSE.items()]
    rows.append(["calm within the window", f"{one['calm']:.0%}", f"{other['calm']:.0%}"])
    rows.append(["the state falls", f"{one['state_falls']:.0%}", f"{other['state_falls']:.0%}"])
    return table(["median (5-95 %) over runs", first, second], rows)


def stand_aside(summary: Json) -> str:
    """The same with and without the stand-aside events."""
    arms = summary.get("stand_aside")
    return course(arms, "forces stand aside", "they do not") if arms else "The case has no such event."


def effect(summary: Json) -> str:
    """Prior beside posterior of what the contingents change."""
    posterior, prior = summary["effect"], summary.get("effect_on_priors")
    named = "posterior" if prior else "priors"
    parts = [(named, posterior), *([("prior", prior)] if prior else [])]
    rows = []
    for name, source in [("all together", None), *((words, key) for key, words in CHANNELS.items())]:
        for origin, body in parts:
            each = body if source is None else body["by_channel"].get(source)
            if each is not None:
                rows.append([name, origin, *_effect_cells(each)])
    head = [
        "contingents",
        "inputs from",
        "outcome differed",
        "civilian deaths, with minus without: median (5-95 %)",
        "mean (5-95 % of the mean)",
        "state falls, points",
        "hours to calm, where both are calm",
    ]
    return table(head, rows)


def _effect_cells(each: Json) -> list[str]:
    mean, falls = each["mean_deaths_civilian"], each["state_falls"]
    return [
        f"{each['outcome_differed']:.1%}",
        interval(each["deaths_civilian"]),
        f"{mean['difference']:+.1f} ({mean['p05']:+.1f} to {mean['p95']:+.1f})",
        f"{100 * falls['difference']:+.1f} ({100 * falls['p05']:+.1f} to {100 * falls['p95']:+.1f})",
        interval(each["hours_to_calm"]),
    ]


def aftermath(summary: Json) -> str:
    """The bill."""
    rows = [
        [f"[`{name}`](definitions.md#{_defined(name)})", index["unit"], interval(index["with"]),
         interval(index["without"])]
        for name, index in summary["aftermath"].items()
    ]  # fmt: skip
    return table(["index", "unit", "with contingents", "without"], rows)


def _defined(name: str) -> str:
    """The heading that defines an index; contributors' own publics share one."""
    return "opinion_own" if name.startswith("opinion_own") else name


def matters(summary: Json) -> str:
    """Which inputs go with which outcomes."""
    found = summary["matters_most"]
    if not found:
        return "Too few runs for rank correlations."
    rows = [
        [outcome.replace("_", " "), f"`{each['input']}`", f"{each['rank_correlation']:+.2f}"]
        for outcome, inputs in found.items()
        for each in inputs[:5]
    ]
    return table(["outcome", "input", "rank correlation"], rows)


def headline(summary: Json) -> str:
    """The few numbers of the README."""
    readings = summary["obligation"]["by_reading"]
    with_, without = summary["course"]["with"], summary["course"]["without"]
    answer, origin = summary["response"], summary["parameters_from"]
    seen = {row["key"].split("|reported")[0]: row for row in summary["observed"]}
    dead = seen.get("deaths_civilian|all|window")
    killed = observed(dead, summary) if dead else ""
    never = "cannot be observed"
    rows = [
        ["Was the clause met, by its letter?", reading(readings["letter"]), ""],
        ["And by its sense?", reading(readings["sense"]), ""],
        ["Troops that came", interval(answer["troops"]), number(answer["observed_troops"])],
        ["Civilians killed (fitted)", interval(with_["deaths_civilian"]), killed],
        ["Civilians killed, had nobody come", interval(without["deaths_civilian"]), never],
        ["Worlds in which it decided the outcome", f"{summary['effect']['outcome_differed']:.1%}", never],
    ]
    count = len(origin["fitted"])
    fitted = f"{count} reported numbers were fitted or follow from those" if count else "nothing was fitted"
    return (
        table(["question", "foedus: median (5-95 %)", "reported"], rows)
        + f"\n\n*{summary['runs']:,} runs, seed {summary['seed']}; {fitted}. All comparisons, the bad ones "
        "too: [docs/results.md](docs/results.md).*"
    )


def reading(found: Json) -> str:
    """A reading with the probability of its facts."""
    return f"{found['reading']}; facts {chance(found['probability'])}"


def benchmarks(measured: Json) -> str:
    """What was measured, on which machine."""
    from benchmarks.run import table as rows_of

    machine = ", ".join(f"{name} {value}" for name, value in measured["machine"].items())
    return f"{measured['measured']}: {machine}.\n\n" + table(
        ["what", "measured", "asked, or ratio"], rows_of(dict(measured))
    )


if __name__ == "__main__":
    main()
