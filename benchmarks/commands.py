"""Seconds and memory of whole commands, each in a process of its own, as a user would start them."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

CASE = "kazakhstan-2022"
MEBI = 1024.0


@dataclass(frozen=True, slots=True)
class Spent:
    """What one command took: seconds by the clock, and the most memory it held. [s], [MiB]"""

    seconds: float
    memory: float


def spend(arguments: Sequence[str], environment: dict[str, str] | None = None) -> Spent:
    """Run a command to its end and say what it took.

    A process is born with its parent's peak of memory on record, so the caller stays small: whatever
    loads the model is measured in a child.
    """
    with tempfile.TemporaryFile() as told:
        began = time.perf_counter()
        child = subprocess.Popen(
            arguments, stdout=subprocess.DEVNULL, stderr=told, env={**os.environ, **(environment or {})}
        )
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            told.seek(0)
            last = told.read().decode(errors="replace").strip()[-500:]
            raise SystemExit(f"{' '.join(arguments[-8:])}: ended with {child.returncode}: {last}")
    kibi = used.ru_maxrss / 1024.0 if sys.platform == "darwin" else used.ru_maxrss
    return Spent(seconds, kibi / MEBI)


def foedus(*arguments: str) -> list[str]:
    """The command line of this environment's foedus."""
    script = Path(sys.executable).with_name("foedus")
    return [str(script), *arguments] if script.exists() else [sys.executable, "-m", "foedus.cli", *arguments]


def main_job(runs: int, repeats: int, *, warm_up: bool = True) -> dict[str, float]:
    """The whole job on compiled kernels: run, data, tables, report. One unmeasured start comes first."""
    with tempfile.TemporaryDirectory() as directory:
        job = foedus("run", CASE, "--runs", str(runs), "--seed", "1", "--out", str(Path(directory) / "out"))
        if warm_up:
            spend(foedus("run", CASE, "--runs", "2", "--out", str(Path(directory) / "first")))
        spent = [spend(job) for _ in range(repeats)]
        stored = sum(file.stat().st_size for file in Path(directory, "out").rglob("*") if file.is_file())
    return {
        "runs": runs,
        "seconds": median(s.seconds for s in spent),
        "slowest_seconds": max(s.seconds for s in spent),
        "peak_memory_mib": max(s.memory for s in spent),
        "stored_mib": stored / MEBI**2,
    }


def first_start(runs: int, repeats: int) -> dict[str, float]:
    """The same job where nothing was ever compiled: an empty cache of compiled kernels each time."""
    spent = []
    for _ in range(repeats):
        directory = tempfile.mkdtemp()
        try:
            out = str(Path(directory) / "out")
            job = foedus("run", CASE, "--runs", str(runs), "--seed", "1", "--out", out)
            spent.append(spend(job, {"NUMBA_CACHE_DIR": str(Path(directory) / "cache")}))
        finally:
            shutil.rmtree(directory)
    return {
        "runs": runs,
        "seconds": median(s.seconds for s in spent),
        "peak_memory_mib": max(s.memory for s in spent),
    }


def help_text(repeats: int) -> dict[str, float]:
    """``foedus --help``."""
    spent = [spend(foedus("--help")) for _ in range(repeats)]
    return {
        "seconds": median(s.seconds for s in spent),
        "slowest_seconds": max(s.seconds for s in spent),
        "peak_memory_mib": max(s.memory for s in spent),
    }


def median(values: Iterable[float]) -> float:
    """The median of repeated measurements."""
    return float(statistics.median(values))
