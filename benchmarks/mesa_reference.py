"""A reference from Mesa's own civil-violence example: ``python -m benchmarks.mesa_reference --rows FILE``.

    python -m benchmarks.mesa_reference --rows out/mesa_rows.jsonl [--setup NAME] [--seeds N] [--to FILE]

Runs the example that Mesa ships, as it is shipped, over many seeds, and writes what a test of agreement
needs: numbers per seed, and mean and spread over seeds by step. One seed is one process: Mesa's cache of
neighbourhoods holds a model in memory until the next one is built, which empties it for both. Each seed is
one line of ``--rows``; a job that was stopped goes on where it was. Mesa itself is needed here only; the
summary is committed.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import platform
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SUMMARY = Path(__file__).with_name("mesa_reference.json")
MODULE = "mesa.examples.advanced.epstein_civil_violence"
BURST = 60
"""More active citizens than this, at 40x40, are a burst."""
ABSENT = "Mesa's example is needed for this and is not installed: pip install '.[bench]'"


@dataclass(frozen=True, slots=True)
class Setup:
    """Parameters of Epstein's Model I in Mesa's words; shares of sites, steps in Mesa's sense.

    ``vision`` is that of citizens and police alike: Mesa 3.5.1 lets citizens see as far as police,
    whatever is asked for.
    """

    side: int = 40
    citizens: float = 0.70
    police: float = 0.074
    vision: int = 7
    legitimacy: float = 0.8
    threshold: float = 0.1
    k: float = 2.3
    jail_max: int = 1000
    steps: int = 200


SETUPS: Mapping[str, Setup] = {
    "default": Setup(),
    "bursty": Setup(police=0.04, legitimacy=0.82, jail_max=30),
}
SEEDS = {"default": 200, "bursty": 100}


@dataclass(frozen=True, slots=True)
class Run:
    """One run: people, and by step (step,) the active and the jailed at its end and the arrests in it."""

    citizens: int
    police: int
    active: NDArray[np.int64]
    jailed: NDArray[np.int64]
    arrests: NDArray[np.int64]


def need_mesa() -> None:
    """End with 2 and a plain word where Mesa's example cannot be imported."""
    try:
        import_module(f"{MODULE}.model")
    except ImportError:
        print(ABSENT, file=sys.stderr)
        raise SystemExit(2) from None


def mesa_model(setup: Setup, seed: int) -> Any:
    """Mesa's example, unmodified, in the constructor's form of the version that is installed."""
    shipped = import_module(f"{MODULE}.model")
    given = {
        "citizen_density": setup.citizens,
        "cop_density": setup.police,
        "citizen_vision": setup.vision,
        "cop_vision": setup.vision,
        "legitimacy": setup.legitimacy,
        "max_jail_term": setup.jail_max,
        "active_threshold": setup.threshold,
        "arrest_prob_constant": setup.k,
    }
    if hasattr(shipped, "EpsteinScenario"):  # from 3.5 on
        scenario = shipped.EpsteinScenario(rng=seed, **given)
        return shipped.EpsteinCivilViolence(setup.side, setup.side, scenario=scenario)
    return shipped.EpsteinCivilViolence(setup.side, setup.side, seed=seed, **given)


def mesa_run(setup: Setup, seed: int, steps: int | None = None) -> Run:
    """Run Mesa's example for so many steps and say what it did.

    Arrests are told by the jail terms that are drawn: the example draws integers for nothing else.
    """
    model = mesa_model(setup, seed)
    people = [type(agent).__name__ for agent in model.agents]
    drawn = model.random.randint
    terms: list[int] = []

    def counted(low: int, high: int) -> int:
        terms.append(drawn(low, high))
        return terms[-1]

    model.random.randint = counted
    rows = []
    for _ in range(setup.steps if steps is None else steps):
        before = len(terms)
        model.step()
        rows.append((model.ACTIVE, model.ARRESTED, len(terms) - before))
    active, jailed, arrests = np.array(rows, np.int64).T
    return Run(people.count("Citizen"), people.count("Cop"), active, jailed, arrests)


def numbers_of(
    active: NDArray[Any], jailed: NDArray[Any], arrests: NDArray[Any], citizens: Any, police: Any
) -> dict[str, NDArray[np.float64]]:
    """Numbers per run that are compared between models, name by name, each (run,).

    Parameters
    ----------
    active, jailed, arrests
        By run and step (run, step): citizens active and jailed at the end of a step, arrests in it.
    citizens, police
        People by run (run,).
    """
    above = active > BURST
    change = np.abs(np.diff(active, axis=1, prepend=0))
    found = {
        "citizens": citizens,
        "police": police,
        "mean_active": active.mean(axis=1),
        "max_active": active.max(axis=1),
        "share_of_steps_with_nobody_active": (active == 0).mean(axis=1),
        "mean_change_of_active": change.mean(axis=1),
        "first_active": active[:, 0],
        "first_arrests": arrests[:, 0],
        "mean_jailed": jailed.mean(axis=1),
        "final_jailed": jailed[:, -1],
        "arrests": arrests.sum(axis=1),
        "bursts": above[:, 0].astype(int) + (above[:, 1:] & ~above[:, :-1]).sum(axis=1),
    }
    return {name: np.asarray(values, np.float64) for name, values in found.items()}


def reference(name: str, path: Path = SUMMARY) -> dict[str, NDArray[np.float64]]:
    """The committed numbers per run of one set-up, as :func:`numbers_of` gives them."""
    summary = json.loads(path.read_text(encoding="utf-8"))["setups"][name]
    return {key: np.asarray(values, np.float64) for key, values in summary["per_seed"].items()}


def one_row(job: tuple[str, int]) -> dict[str, Any]:
    """One seed of one set-up, as a line of ``--rows``."""
    name, seed = job
    run = mesa_run(SETUPS[name], seed)
    series = {key: getattr(run, key).tolist() for key in ("active", "jailed", "arrests")}
    return {"setup": name, "seed": seed, "citizens": run.citizens, "police": run.police, **series}


def summary_of(rows: Iterable[Mapping[str, Any]], measured: str) -> dict[str, Any]:
    """The summary that is committed: recipe, numbers per seed, course over steps."""
    by_setup: dict[str, list[Mapping[str, Any]]] = {}
    for row in sorted(rows, key=lambda row: row["seed"]):
        by_setup.setdefault(row["setup"], []).append(row)
    setups = {}
    for name in (name for name in SETUPS if name in by_setup):
        found = by_setup[name]
        series = {key: np.array([row[key] for row in found]) for key in ("active", "jailed", "arrests")}
        people = (np.array([row[key] for row in found]) for key in ("citizens", "police"))
        numbers = numbers_of(series["active"], series["jailed"], series["arrests"], *people)
        setups[name] = {
            "parameters": asdict(SETUPS[name]),
            "seeds": [row["seed"] for row in found],
            "per_seed": {key: [_short(x) for x in values] for key, values in numbers.items()},
            "by_step": {
                f"{how}_{key}": [_short(x) for x in getattr(np, how)(series[key], axis=0)]
                for key in ("active", "jailed")
                for how in ("mean", "std")
            },
        }
    return {
        "what": "Mesa's shipped example of Epstein's civil violence, unmodified; people at the end of a step",
        "recipe": {
            "command": "python -m benchmarks.mesa_reference --rows out/mesa_rows.jsonl",
            "measured": measured,
            "python": platform.python_version(),
            "versions": {name: version(name) for name in ("mesa", "networkx", "numpy")},
            "source": f"{MODULE} (Apache-2.0), project-mesa/mesa",
            "a burst": f"a step with over {BURST} active after one with fewer",
            "spread": "std over seeds divides by the number of seeds",
        },
        "setups": setups,
    }


def _short(value: float) -> float | int:
    """A figure to six digits, without a dot where it is whole."""
    rounded = float(f"{value:.6g}")
    return int(rounded) if rounded.is_integer() else rounded


def written(summary: Mapping[str, Any]) -> str:
    """JSON with one list a line."""
    text = json.dumps(summary, indent=1, ensure_ascii=False)
    lines: list[str] = []
    inside: list[str] | None = None
    for line in text.splitlines():
        if inside is None and line.endswith("["):
            inside = [line]
        elif inside is not None:
            inside.append(line.strip())
            if line.strip() in ("]", "],"):
                lines.append(" ".join(inside).replace("[ ", "[").replace(" ]", "]"))
                inside = None
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run the seeds that are missing, then write the summary of all there are."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--rows", type=Path, required=True, help="file of rows, one seed a line; kept")
    options.add_argument("--setup", choices=list(SETUPS), help="one set-up; all if left out")
    options.add_argument("--seeds", type=int, help="seeds 1 to N; by default as in the committed file")
    options.add_argument("--processes", type=int, default=1)
    options.add_argument("--to", type=Path, default=SUMMARY)
    given = options.parse_args()
    need_mesa()
    given.rows.parent.mkdir(parents=True, exist_ok=True)
    rows = []
    if given.rows.exists():
        rows = [json.loads(line) for line in given.rows.read_text(encoding="utf-8").splitlines()]
    done = {(row["setup"], row["seed"]) for row in rows}
    names = [given.setup] if given.setup else list(SETUPS)
    jobs = [(name, seed) for name in names for seed in range(1, (given.seeds or SEEDS[name]) + 1)]
    jobs = sorted((job for job in jobs if job not in done), key=lambda job: job[1])
    with multiprocessing.get_context("fork").Pool(given.processes, maxtasksperchild=1) as pool:
        for row in pool.imap_unordered(one_row, jobs, chunksize=1):
            rows.append(row)
            with given.rows.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row, separators=(",", ":")) + "\n")
    given.to.write_text(written(summary_of(rows, f"{datetime.now(UTC):%Y-%m-%d}")), encoding="utf-8")


if __name__ == "__main__":
    main()
