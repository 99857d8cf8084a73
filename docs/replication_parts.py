"""The parts of docs/replications.md: each runs an experiment, draws its figure and writes its table."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import replication_charts as charts
from cells import table

from foedus.experiments import replications as again
from foedus.experiments.replications.paper import number
from foedus.experiments.replications.readings import Row, mean_and_sd
from foedus.streets.lattice.groups import TwoGroups, cleansing, coexistence

NAMES = {"printed": "as printed", "rounded": "rounded", "floored": "floored"}
MAP_SEED = 5
NEAR_WAIT, NEAR_TOTAL = 10, 100
DENSITIES = tuple(round(0.01 * place, 2) for place in range(11))


def paper(images: Path, seeds: int) -> str:
    """What the paper prints, as far as it is known here."""
    rows = [
        (row.text, f"{row.value:,g} {row.unit if row.unit != '1' else ''}".strip(), row.basis)
        for row in again.printed().values()
    ]
    return table(("what", "number", "basis"), rows)


def readings(images: Path, seeds: int) -> str:
    """Which reading of the rule has outbursts."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in again.every_reading(seeds=range(1, max(seeds // 12, 2) + 1), steps=3000):
        found[row.metric, row.ratio].append(row)
    names = {"von_neumann": "steps on the grid", "euclid": "circle", "moore": "square", "cross": "cross"}
    rows = []
    for (metric, ratio), group in found.items():
        main = group[0]
        counts = [row.a_run for row in group]
        rows.append((
            names[metric], NAMES[ratio], f"{main.a_run:.0f}", f"{min(counts):.0f} to {max(counts):.0f}",
            f"{main.peak:.0f}", f"{100 * main.calm:.0f} %", _spread(main.wait), _spread(main.total),
        ))  # fmt: skip
    head = (
        "in view", "C/A", "outbursts a run", "over the other switches", "peak", "calm steps",
        "wait [steps]", "total activation",
    )  # fmt: skip
    printed = (
        "*the paper*", "", "", "", "", "", _printed("waiting"), _printed("activation")
    )  # fmt: skip
    together = _both([row for group in found.values() for row in group])
    return f"{table(head, [*rows, printed])}\n\n{together}"


def _both(rows: list[Row]) -> str:
    """Whether any combination comes near the paper's mean wait and its mean total activation at once."""
    having = [row for row in rows if row.wait and row.total]
    waits = {
        "wait": [row for row in having if abs(row.wait[0] - number("waiting_mean")) <= NEAR_WAIT],
        "total": [row for row in having if abs(row.total[0] - number("activation_mean")) <= NEAR_TOTAL],
    }
    both = [row for row in waits["wait"] if row in waits["total"]]
    totals = [row.total[0] for row in waits["wait"]]
    times = [row.wait[0] for row in waits["total"]]
    return (
        f"Of all {len(rows)} combinations {len(totals)} have a mean wait within {NEAR_WAIT} steps of the "
        f"paper's: their mean total activation is {_range(totals)}. {len(times)} have a mean total "
        f"activation within {NEAR_TOTAL} of the paper's: their mean wait is {_range(times)}. Both at once: "
        f"{len(both) or 'none'}."
    )


def _range(values: list[float]) -> str:
    return f"{min(values):.0f} to {max(values):.0f}" if values else "none"


def bursts(images: Path, seeds: int) -> str:
    """Bursts with quiet between them, and their waiting times, in three readings."""
    ran = {
        name: again.bursts(again.setup_of(name, "punctuated"), seeds=range(1, seeds + 1), steps=3000)
        for name in again.READINGS
    }
    first = {NAMES[name]: each.active[0] for name, each in ran.items()}
    charts.courses(images / "replications-bursts.svg", first)
    having = {NAMES[name]: each for name, each in ran.items() if each.counts.sum()}
    charts.waits(
        images / "replications-waits.svg", having,
        {what: (number(f"{what}_mean"), number(f"{what}_sd")) for what in ("waiting", "activation")},
    )  # fmt: skip
    rows = [
        (
            NAMES[name], f"{len(each.found)} x {each.active.shape[1]:,}", f"{int(each.counts.sum()):,}",
            f"{int(each.active.max())}", f"{100 * each.calm:.0f} %", _spread(mean_and_sd(each.waits)),
            _spread(mean_and_sd(each.activation)),
        )
        for name, each in ran.items()
    ]  # fmt: skip
    head = (
        "C/A",
        "runs x steps",
        "outbursts",
        "highest peak",
        "calm steps",
        "wait [steps]",
        "total activation",
    )
    return table(head, [*rows, ("*the paper*", "", "", "", "", _printed("waiting"), _printed("activation"))])


def tension(images: Path, seeds: int) -> str:
    """Tension before outbursts and in the quiet between."""
    rows = []
    for name in ("rounded", "floored"):
        ran = again.tension(name, seeds=range(1, seeds + 1), steps=1000)
        if name == "floored":
            charts.tension(images / "replications-tension.svg", ran)
        before, between = ran.before_and_between()
        test = again.sign_test(before, between)
        rows.append(
            (NAMES[name], f"{before.mean():.4f}", f"{between.mean():.4f}", _counted(test), _chance(test.p))
        )
    head = ("C/A", "5 steps before an outburst", "all quiet steps", "higher before, of the runs", "by chance")
    return table(head, rows)


def legitimacy(images: Path, seeds: int) -> str:
    """A sudden fall of legitimacy against a larger, slower one."""
    ran = {name: again.falls_of_legitimacy(name, seeds=range(1, seeds + 1)) for name in again.READINGS}
    charts.arms(
        images / "replications-legitimacy.svg", {NAMES[name]: arms for name, arms in ran.items()}, "floored",
        "Legitimacy",
    )  # fmt: skip
    return _arms_table(ran)


def police(images: Path, seeds: int) -> str:
    """Police thinned step by step against police kept."""
    ran = {name: again.thinned_police(name, seeds=range(1, seeds + 1)) for name in again.READINGS}
    charts.arms(
        images / "replications-police.svg", {NAMES[name]: arms for name, arms in ran.items()}, "floored",
        "Officers",
    )  # fmt: skip
    rows = []
    for name, arms in ran.items():
        over = arms.active[0] > number("outburst_over")
        at = arms.given[0][over.argmax(axis=1)[over.any(axis=1)]]
        rows.append(
            (NAMES[name], f"{np.median(at):.0f} ({at.min():.0f} to {at.max():.0f})" if len(at) else "none")
        )
    tipped = table(("C/A", "officers left of 118 when first over 50: median (range)"), rows)
    return f"{_arms_table(ran)}\n\n{tipped}"


def _arms_table(ran: dict[str, again.Arms]) -> str:
    rows = []
    for name, arms in ran.items():
        test, jail, over = arms.peak_higher(), arms.jail_larger(), arms.burst()
        low, high = np.median(arms.peaks, axis=1)
        rows.append((
            NAMES[name], f"{low:.0f} / {high:.0f}", _counted(test), _chance(test.p), f"{over[0]} / {over[1]}",
            _counted(jail),
        ))  # fmt: skip
    first, second = next(iter(ran.values())).names
    head = (
        "C/A", f"median peak, {first} / {second}", f"peak higher, {first}", "by chance",
        "runs over 50 active", f"jail larger at the end, {first}",
    )  # fmt: skip
    return table(head, rows)


def havens(images: Path, seeds: int) -> str:
    """Coexistence, cleansing and safe havens."""
    charts.maps(images / "replications-havens.png", seed=MAP_SEED)
    runs = range(1, seeds + 1)
    calm = [TwoGroups(coexistence(), seed=seed).run(1000) for seed in runs]
    gone = again.times_to_extinction((0.0,), seeds=runs)
    first = int((gone.survivor[0] == 0).sum())
    rows = [
        ("legitimacy 0.9, no police (fig. 12)",
         f"{sum(int(each.killed.sum()) for each in calm)} killed in {len(calm)} runs of 1,000 steps"),
        ("legitimacy 0.8, no police (fig. 13)",
         f"a group gone in {int((~gone.cut_off).sum())} of {len(calm)} runs, after {gone.steps.min()} to "
         f"{gone.steps.max()} steps; the first group left in {first}, the second in {len(calm) - first}"),
    ]  # fmt: skip
    text = table(("set-up", "what came of it"), rows)
    return f"{text}\n\n{_near(runs)}"


def _near(runs: range) -> str:
    rows = []
    for came, said in ((0, "the start"), (int(number("peacekeepers_at")), "step 50 (fig. 14)")):
        for density in (0.04, 0.1):
            found = again.safe_havens(density, seeds=runs, came=came)
            nearer, those = found.nearer(), len(found.near_smaller)
            rows.append((
                f"{100 * density:g} %", said, f"{found.near_smaller.mean():.2f}",
                f"{found.near_larger.mean():.2f}", f"{nearer.higher} of {those}", _chance(nearer.p),
                f"{int(found.alive_with.sum())} / {int(found.alive_without.sum())}",
            ))  # fmt: skip
    head = (
        "police", "from", "near the smaller group", "near the larger", "more near the smaller, of the runs",
        "by chance", "both groups there at step 120, with police / without",
    )  # fmt: skip
    return table(head, rows)


def extinction(images: Path, seeds: int) -> str:
    """Time to extinction against the density of police."""
    ran = {
        NAMES[ratio]: again.times_to_extinction(
            DENSITIES, seeds=range(1, seeds + 1), setup=cleansing(ratio=ratio)
        )
        for ratio in ("printed", "floored")
    }
    charts.extinctions(images / "replications-extinction.svg", ran)
    rows: list[tuple[Any, ...]] = []
    for name, times in ran.items():
        for row in again.waiting(times):
            more = "at least " if row.cut_off else ""
            rows.append((
                name, f"{row.density:g}", f"{row.cut_off} of {row.runs}", f"{more}{row.mean:,.0f}",
                f"{more}{row.sd:,.0f}" if row.cut_off else f"{row.sd:,.0f}",
                f"{row.median:,.0f}", f"{row.quarter:,.0f} to {row.three_quarters:,.0f}",
                f"{row.least:,} to {row.most:,}",
            ))  # fmt: skip
    head = ("C/A", "police", "cut off", "mean", "standard deviation", "median", "half of the runs", "range")
    return table(head, rows)


def _spread(pair: tuple[float, float] | None) -> str:
    return "none" if pair is None else f"{pair[0]:,.0f} ± {pair[1]:,.0f}"


def _printed(what: str) -> str:
    return f"{number(f'{what}_mean'):g} ± {number(f'{what}_sd'):g}"


def _counted(test: again.SignTest) -> str:
    same = f" ({test.same} the same)" if test.same else ""
    return f"{test.higher} of {test.higher + test.lower + test.same}{same}"


def _chance(p: float) -> str:
    return f"p = {p:.2g}" if p >= 1e-4 else "p < 0.0001"
