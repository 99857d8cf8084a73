"""Measure foedus in one go and write ``benchmarks/results.json``: ``make bench``.

    python -m benchmarks.run [--quick] [--to FILE]

Medians of repeated runs; what is compared is measured in turn on the same machine within minutes.
``--quick`` proves that every measure still runs: its figures mean nothing, it leaves the first start out
and writes only where ``--to`` says.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.commands import first_start, help_text, main_job
from benchmarks.law import LAW_FULL, LAW_QUICK, law
from benchmarks.law import table as rows_of_law
from benchmarks.machine import machine
from benchmarks.streets import measure as streets
from benchmarks.streets import table as rows_of_streets

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Size:
    """How much is run, and how often."""

    runs: int
    kernel_runs: int
    plain_runs: int
    repeats: int


FULL = Size(runs=2000, kernel_runs=500, plain_runs=2, repeats=3)
QUICK = Size(runs=4, kernel_runs=6, plain_runs=1, repeats=1)


def measure(size: Size, *, quick: bool) -> dict[str, Any]:
    """Every figure of the benchmark."""
    start = help_text(1 if quick else 11)
    job = main_job(size.runs, size.repeats, warm_up=not quick)
    first = None if quick else first_start(size.runs, 2)
    inside = kernel(size.kernel_runs, size.repeats, "threads", "one_thread", "twins")
    plain = kernel(size.plain_runs, 1, "one_thread", NUMBA_DISABLE_JIT="1")["one_thread"]
    compiled = inside["one_thread"]
    return {
        "help": start,
        "main_job": job,
        "first_start": first,
        "threads": inside["threads"],
        "compiled": {
            "seconds_a_run": compiled["seconds_a_run"],
            "plain_python_seconds_a_run": plain["seconds_a_run"],
            "ratio": plain["seconds_a_run"] / compiled["seconds_a_run"],
        },
        "twins": inside["twins"],
        "law": law(LAW_QUICK if quick else LAW_FULL),
        "streets": streets(quick=quick, without_mesa=find_spec("mesa") is None),
    }


def kernel(runs: int, repeats: int, *measures: str, **environment: str) -> dict[str, Any]:
    """Measures of the kernel, in a process of their own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.kernel", str(runs), str(repeats), *measures],
        stdout=subprocess.PIPE,
        env={**os.environ, **environment},
        cwd=HERE.parent,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def table(figures: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What was measured, the figure, and what is asked of it."""
    job, first, start = figures["main_job"], figures["first_start"], figures["help"]
    threads, compiled = figures["threads"], figures["compiled"]
    rows = [
        (f"main job, {job['runs']:,} runs", f"{job['seconds']:.1f} s", _asked(job["seconds"], 30, "s")),
        (
            "main job, peak memory",
            f"{job['peak_memory_mib']:,.0f} MiB",
            _asked(job["peak_memory_mib"], 1500e6 / 2**20, "MiB"),
        ),
        ("main job, stored", f"{job['stored_mib']:.1f} MiB", ""),
        (
            "first ever start",
            f"{first['seconds']:.1f} s" if first else "not measured",
            _asked(first["seconds"], 60, "s") if first else "",
        ),
        ("foedus --help", f"{start['seconds']:.2f} s", _asked(start["seconds"], 0.5, "s")),
        ("kernel, one thread", f"{threads['one_thread_runs_per_second']:,.0f} runs/s", ""),
        (
            "kernel, two threads",
            f"{threads['two_threads_runs_per_second']:,.0f} runs/s",
            f"x {threads['ratio']:.2f}",
        ),
        ("kernel as plain Python", f"{compiled['plain_python_seconds_a_run']:.2f} s a run", ""),
        (
            "kernel compiled",
            f"{compiled['seconds_a_run'] * 1e3:.2f} ms a run",
            f"x {compiled['ratio']:,.0f}",
        ),
    ]
    for outcome, found in figures["twins"].items():
        words = outcome.removeprefix("mean_").replace("_", " ")
        rows.append((f"effect on {words}, strangers", f"± {found['strangers_half_width']:.3g}", ""))
        rows.append(
            (f"effect on {words}, twins", f"± {found['twins_half_width']:.3g}", f"x {found['ratio']:.1f}")
        )
    rows += rows_of_law(figures["law"])
    return rows + (rows_of_streets(figures["streets"]) if "streets" in figures else [])


def _asked(figure: float, limit: float, unit: str) -> str:
    return f"{'under' if figure < limit else 'NOT under'} {limit:,.4g} {unit}"


def main() -> None:
    """Measure, print a table, write the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--quick", action="store_true", help="small sizes, to see that it still runs")
    options.add_argument("--to", type=Path, help="file to write; benchmarks/results.json if left out")
    given = options.parse_args()
    figures = measure(QUICK if given.quick else FULL, quick=given.quick)
    results = {
        "measured": f"{datetime.now(UTC):%Y-%m-%d}",
        "quick": given.quick,
        "machine": machine(),
        **figures,
    }
    rows = table(figures)
    widths = [max(len(row[k]) for row in rows) for k in range(2)]
    for name, figure, asked in rows:
        print(f"{name:<{widths[0]}}  {figure:>{widths[1]}}  {asked}".rstrip())
    to = given.to or (None if given.quick else HERE / "results.json")
    if to is not None:
        with tempfile.NamedTemporaryFile("w", dir=to.parent, delete=False, encoding="utf-8") as unfinished:
            json.dump(results, unfinished, indent=1, ensure_ascii=False)
            unfinished.write("\n")
        Path(unfinished.name).replace(to)


if __name__ == "__main__":
    main()
