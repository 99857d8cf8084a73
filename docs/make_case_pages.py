"""Fill docs/cases.md: every built-in case, observed against predicted, fitted and held out apart.

    python docs/make_case_pages.py [--runs N] [--seed N] [--threads N] [--out DIR] [--fresh]

Each case is run as ``foedus run CASE --runs N --seed N --out DIR/CASE`` would run it; where ``DIR/CASE`` has
a ``summary.json`` already it is read instead, unless ``--fresh`` is given. A generated part stands between
``<!-- begin: NAME -->`` and ``<!-- end: NAME -->``; nothing else in the page is touched.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from math import log
from pathlib import Path

from cells import Json, chance, interval, number, table
from make_tables import _of_fit, compared, fill

DOCS = Path(__file__).parent
ROOT = DOCS.parent
KINDS = {
    "internal_unrest": "unrest at home",
    "state_attack": "a state's attack",
    "ousted_government": "an ousted government",
    "refused_transfer": "a refused transfer of power",
}


def main() -> None:
    """Fill the page."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--out", type=Path, default=ROOT / "out" / "cases")
    options.add_argument("--fresh", action="store_true", help="run again what was run before")
    given = options.parse_args()
    summaries = [
        summary_of(slug, given.out / slug, given.runs, given.seed, given.threads, fresh=given.fresh)
        for slug in slugs()
    ]
    fill(
        DOCS / "cases.md",
        {
            "runs": lambda: the_runs(summaries),
            "overview": lambda: overview(summaries),
            "alliance": lambda: alliance_score(summaries),
            "cases": lambda: "\n\n".join(section(summary) for summary in summaries),
        },
    )


def slugs() -> list[str]:
    """The built-in cases, the one that is fitted first."""
    from foedus.cases import builtin_slugs

    return sorted(builtin_slugs(), key=lambda slug: (slug != "kazakhstan-2022", slug))


def summary_of(slug: str, out: Path, runs: int, seed: int, threads: int, *, fresh: bool) -> Json:
    """The summary of a case's run, read where it lies or made now."""
    path = out / "summary.json"
    if fresh or not path.is_file():
        out.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "foedus.cli", "run", slug, "--runs", str(runs), "--seed", str(seed)]
        command += ["--threads", str(threads), "--out", str(out)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    found: Json = json.loads(path.read_text(encoding="utf-8"))
    if found["case"] != slug:
        sys.exit(f"{path}: is of {found['case']}, not of {slug}; remove it or give another --out")
    return found


def the_runs(summaries: Sequence[Json]) -> str:
    """The commands behind the page."""
    lines = [
        f"foedus run {s['case']} --runs {s['runs']} --seed {s['seed']} --out out/cases/{s['case']}"
        for s in summaries
    ]
    return "```bash\n" + "\n".join([*lines, "python docs/make_case_pages.py"]) + "\n```"


def overview(summaries: Iterable[Json]) -> str:
    """One line a case."""
    rows = []
    for summary in summaries:
        law, scores = summary["obligation"], summary["scores"]
        came, told = _came(summary)
        rows.append(
            [
                f"[{summary['case']}](#{summary['case']})",
                KINDS[_target(summary)],
                "yes" if law["requested"] else "no",
                "yes" if law["activated"] else "no",
                *(_reading(law, name) for name in ("letter", "sense")),
                f"{came} of {told}" if told else "not told",
                number(_expected(summary)),
                str(scores["fitted"]),
                _inside(summary),
            ]
        )
    head = ["case", "help asked against", "asked", "granted", "clause by the letter", "by the sense",
            "members that came", "expected by the model", "fitted", "held out inside"]  # fmt: skip
    return table(head, rows)


def section(summary: Json) -> str:
    """All that is compared in one case."""
    origin = summary["parameters_from"]
    if origin["from"] == "priors":
        name = "On the priors"
        basis = "Every row is **held out**: the parameters are the priors, and no posterior served this run."
    else:
        name = f"Posterior '{origin['kind']}'"
        basis = f"The parameters are the posterior '{origin['kind']}'; what it was fitted to stands apart."
    parts = [
        f"## {summary['case']}",
        f"{summary['title']}. Run by its name, {summary['mode']} mode, {summary['runs']} runs. {basis}",
        "### The law",
        law(summary),
        "### The alliance",
        alliance(summary),
        "### Observed and predicted, fitted",
        compared(summary["observed"], "fitted", summary),
        "### Observed and predicted, held out",
        compared(summary["observed"], "held out", summary),
        "\n".join(_of_fit(name, summary["observed"], summary["scores"], summary["course"]["with"], summary)),
    ]
    given = sum(_given(row, summary) for row in summary["observed"])
    if given:
        parts.append(
            f"{given} of these rows tell of troops. That nobody came is a decision of the record, which "
            f"replay takes as it is: they are no prediction. Without them {_inside(summary)} are inside."
        )
    return "\n\n".join(parts)


def law(summary: Json) -> str:
    """How the principal clause reads, and what was done."""
    found = summary["obligation"]
    if not found.get("clause"):
        return "No clause of the treaties that the case names could be read."
    acts = ", ".join(
        f"{act}: {'yes' if found[act] else 'no'}" for act in ("requested", "invoked", "activated")
    )
    rows = [
        [name.replace("_", "-"), reading["reading"], chance(reading["probability"])]
        for name, reading in found["by_reading"].items()
    ]
    head = ["reading", "trigger", "probability of the facts: median (5-95 %)"]
    permission = found["permission"]["reading"]
    return (
        f"{found['treaty_name']}, article {found['article']}. {acts}. May troops come: {permission}.\n\n"
        + table(head, rows)
    )


def alliance(summary: Json) -> str:
    """Each member: asked, came, and how likely the model of decisions had it."""
    asked = "yes" if summary["obligation"]["requested"] else "no"
    rows = [
        [
            code,
            asked,
            _word(_sent(member, summary)),
            interval(member["would_join"], percent=True),
            number(_sent(member, summary)),
            interval(member["troops"]),
        ]
        for code, member in summary["response"]["members"].items()
    ]
    if not rows:
        return "The case names no member that decides."
    head = [
        "member",
        "asked",
        "came",
        "P(join) predicted: median (5-95 %)",
        "troops observed",
        "troops computed",
    ]
    looked = _looked(summary)
    return table(head, rows) + (f"\n\n{looked}" if looked else "")


def alliance_score(summaries: Iterable[Json]) -> str:
    """Brier and log score of the chance to come, over the members of which it is told whether they came."""
    rows: list[list[str]] = []
    every: list[tuple[float, bool]] = []
    for summary in summaries:
        pairs = _pairs(summary)
        every += pairs
        if pairs:
            rows.append([summary["case"], *_scored(pairs)])
    if every:
        rows.append(["all", *_scored(every)])
    head = ["case", "members", "came", "expected", "Brier score", "log score",
            "Brier score of one half", "log score of one half"]  # fmt: skip
    return table(head, rows) if rows else "No case tells yet which members came."


def _scored(pairs: Sequence[tuple[float, bool]]) -> list[str]:
    brier = sum((p - came) ** 2 for p, came in pairs) / len(pairs)
    kept = [(min(max(p, 1e-6), 1 - 1e-6), came) for p, came in pairs]
    logs = sum(log(p if came else 1 - p) for p, came in kept) / len(kept)
    return [
        str(len(pairs)),
        str(sum(came for _, came in pairs)),
        f"{sum(p for p, _ in pairs):.1f}",
        f"{brier:.3f}",
        f"{logs:.3f}",
        "0.250",
        f"{log(0.5):.3f}",
    ]


def _pairs(summary: Json) -> list[tuple[float, bool]]:
    """Predicted chance and what happened, where both are known and help was asked for."""
    if not summary["obligation"]["requested"]:
        return []
    return [
        (member["would_join"]["median"], sent > 0)
        for member in summary["response"]["members"].values()
        if (sent := _sent(member, summary)) is not None and member["would_join"]["median"] is not None
    ]


def _sent(member: Json, summary: Json) -> float | None:
    """Troops that a member is on record as sending; none where none came in all."""
    observed: float | None = member["observed"]
    nobody = summary["response"].get("observed_troops") == 0
    return 0.0 if observed is None and nobody else observed


def _came(summary: Json) -> tuple[int, int]:
    sent = [_sent(member, summary) for member in summary["response"]["members"].values()]
    told = [troops for troops in sent if troops is not None]
    return sum(troops > 0 for troops in told), len(told)


def _expected(summary: Json) -> float | None:
    chances = [m["would_join"]["median"] for m in summary["response"]["members"].values()]
    known = [chance for chance in chances if chance is not None]
    return sum(known) if known else None


def _given(row: Json, summary: Json) -> bool:
    """Whether a row only repeats what replay was told: where nothing was activated, that nobody came."""
    sent = row["quantity"] in ("troops", "member_troops", "first_landing_at", "closure_at")
    return sent and summary["mode"] == "replay" and not summary["obligation"]["activated"]


def _inside(summary: Json) -> str:
    held = [row for row in summary["observed"] if row["role"] == "held out" and not _given(row, summary)]
    return f"{sum(row['inside'] is True for row in held)} of {len(held)}"


def _looked(summary: Json) -> str:
    """How likely a request and a grant looked beforehand, where the summary tells."""
    signals = summary.get("signals") or {}
    told = [
        f"{words} {interval(signals[key], percent=True)}"
        for key, words in (
            ("request_looked", "a request"),
            ("granted_looked", "a grant once asked"),
            ("activation_looked", "an activation"),
        )
        if isinstance(signals.get(key), dict)
    ]
    return f"How likely it looked beforehand: {', '.join(told)}." if told else ""


def _reading(law: Json, name: str) -> str:
    found = law["by_reading"].get(name) if law.get("clause") else None
    if not found:
        return "-"
    sure = chance(found["probability"])
    return found["reading"] if sure == "-" else f"{found['reading']}, {sure}"


def _target(summary: Json) -> str:
    from foedus import load_case

    return load_case(summary["case"]).meta.target


def _word(troops: float | None) -> str:
    return "not told" if troops is None else "yes" if troops > 0 else "no"


if __name__ == "__main__":
    main()
