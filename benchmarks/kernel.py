"""The kernel by itself, and what twins are worth: ``python -m benchmarks.kernel RUNS REPEATS MEASURE...``.

Prints one JSON object. Runs in a process of its own, so that what it loads weighs on no other measure.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks.commands import median
from benchmarks.ensembles import ensemble_of
from benchmarks.numpy_crowd import numpy_ratio
from foedus.engine.arrays import Plant
from foedus.engine.run import ARMS, run_arms
from foedus.experiments.summary import effect_part


def seconds_of(work: Callable[[], object]) -> float:
    """Seconds by the clock."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def threads(runs: int, repeats: int) -> dict[str, Any]:
    """Runs of one arm a second on one thread and on two, measured in turn."""
    plant = ensemble_of(runs, 1)[0].plant
    arm = {"with": ARMS["with"]}
    run_arms(plant, arm, min(runs, 4))
    taken: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(repeats):
        for count, seconds in taken.items():
            seconds.append(seconds_of(lambda count=count: run_arms(plant, arm, runs, threads=count)))
    one, two = (median(seconds) for seconds in taken.values())
    return {
        "runs": runs,
        "hours": plant.hours,
        "cities": len(plant.world.people),
        "one_thread_runs_per_second": runs / one,
        "two_threads_runs_per_second": runs / two,
        "ratio": one / two,
    }


def plain(plant: Plant) -> Plant:
    """A plant that uncompiled kernels can read: rules by field name."""
    return replace(plant, rule=plant.rule.view(np.recarray))


def one_thread(runs: int, repeats: int) -> dict[str, Any]:
    """Seconds a run of one arm on one thread; with NUMBA_DISABLE_JIT=1 that of plain Python."""
    import numba

    plant = ensemble_of(runs, 1)[0].plant
    compiled = not numba.config.DISABLE_JIT
    arm = {"with": ARMS["with"]}
    if compiled:
        run_arms(plant, arm, 1, threads=1)
    else:
        plant = plain(plant)
    taken = [seconds_of(lambda: run_arms(plant, arm, runs, threads=1)) for _ in range(repeats)]
    return {"runs": runs, "compiled": compiled, "seconds_a_run": median(taken) / runs}


def twins(runs: int, repeats: int) -> dict[str, Any]:
    """Half-width of the effect's 5-95 % interval (mean of with minus without): twins against strangers.

    Strangers are the same two arms with luck of their own each, the posterior's particle included.
    """
    ratios: dict[str, list[float]] = {}
    widths: dict[str, tuple[float, float]] = {}
    for repeat in range(repeats):
        pair, context = ensemble_of(runs, 1 + 2 * repeat, "with", "without")
        other, _ = ensemble_of(runs, 2 + 2 * repeat, "without")
        strangers = replace(pair, courses={**pair.courses, "without": other.courses["without"]})
        for outcome in ("mean_deaths_civilian", "state_falls"):
            one, two = (half_width(effect_part(e, context)[outcome]) for e in (pair, strangers))
            if one > 0:
                ratios.setdefault(outcome, []).append(two / one)
                widths[outcome] = one, two
    return {
        outcome: {
            "runs": runs,
            "twins_half_width": widths[outcome][0],
            "strangers_half_width": widths[outcome][1],
            "ratio": median(found),
            "worth_times_the_runs": median(found) ** 2,
        }
        for outcome, found in ratios.items()
    }


def half_width(mean: dict[str, float]) -> float:
    """Half the 5-95 % interval of a mean difference."""
    return (mean["p95"] - mean["p05"]) / 2.0


def twin_pairs(runs: int, repeats: int) -> dict[str, Any]:
    """Twin pairs a second on two threads: a run of the case with the request and one without, by the hour."""
    plant = ensemble_of(runs, 1)[0].plant
    arms = {name: ARMS[name] for name in ("with", "without")}
    run_arms(plant, arms, min(runs, 4))
    taken = [seconds_of(lambda: run_arms(plant, arms, runs, threads=2)) for _ in range(repeats)]
    return {"runs": runs, "hours": plant.hours, "threads": 2, "pairs_per_second": runs / median(taken)}


def against_numpy(runs: int, repeats: int) -> dict[str, Any]:
    """One arm on one core against the same by hand in NumPy."""
    return numpy_ratio(ensemble_of(runs, 1)[0].plant, runs, repeats)


MEASURES: dict[str, Callable[[int, int], dict[str, Any]]] = {
    "threads": threads,
    "one_thread": one_thread,
    "twins": twins,
    "twin_pairs": twin_pairs,
    "against_numpy": against_numpy,
}

if __name__ == "__main__":
    how_many, how_often = int(sys.argv[1]), int(sys.argv[2])
    print(json.dumps({name: MEASURES[name](how_many, how_often) for name in sys.argv[3:]}))
