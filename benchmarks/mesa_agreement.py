"""Does the lattice under Mesa's rules agree with Mesa's example? ``python -m benchmarks.mesa_agreement``.

Compares runs of the lattice with the committed runs of Mesa (``mesa_reference.json``): two-sample
Kolmogorov-Smirnov and energy distance, with p-values, Holm's correction over all rows, sample sizes, and the
rise of the mean that each test would have detected with a power of 0.8. Mesa fills each site by chance, so
runs differ in how many citizens and police they have. *As drawn*, ours draw their own; *matched*, each of
ours begins with as many citizens and officers as one of Mesa's, which leaves less to chance.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.agreement import compare, table
from benchmarks.mesa_reference import SETUPS, numbers_of, reference
from foedus.streets import lattice

SITES = 40 * 40
FIRST_SEED = 70_000
RUNS_AS_DRAWN = 600
RUNS_A_MESA_RUN = 5
STEPS = 200
START = ("citizens", "police")


def rules_of(name: str, **changes: Any) -> lattice.Epstein:
    """Our set-up for one of Mesa's."""
    theirs = SETUPS[name]
    return lattice.mesa(
        police=theirs.police,
        legitimacy=theirs.legitimacy,
        longest_term=theirs.jail_max,
        **changes,
    )


def ours(setups: Iterable[lattice.Epstein], first_seed: int = FIRST_SEED) -> dict[str, NDArray[np.float64]]:
    """Numbers of one run of each set-up, each with a seed of its own."""
    series, citizens, police = [], [], []
    for place, setup in enumerate(setups):
        world = lattice.Lattice(setup, seed=first_seed + place, threads=1)
        series.append(world.run(STEPS))
        citizens.append(world.citizens)
        police.append(world.police)
    active, jailed, arrests = (
        np.stack([getattr(one, name) for one in series]) for name in ("active", "jailed", "arrests")
    )
    return numbers_of(active, jailed, arrests, np.array(citizens), np.array(police))


def as_drawn(name: str, runs: int = RUNS_AS_DRAWN, **changes: Any) -> dict[str, NDArray[np.float64]]:
    """Our runs, whose numbers of citizens and police are drawn."""
    return ours([rules_of(name, **changes)] * runs)


def matched(name: str, times: int = RUNS_A_MESA_RUN, **changes: Any) -> dict[str, NDArray[np.float64]]:
    """Our runs that begin with the numbers of citizens and police of Mesa's, each so many times."""
    began = reference(name)
    setup = rules_of(name, placing="exact", **changes)
    return ours(
        lattice.with_changes(setup, citizens=citizens / SITES, police=police / SITES)
        for citizens, police in zip(*(np.repeat(began[key], times) for key in START), strict=True)
    )


def without_start(numbers: Mapping[str, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
    """The numbers that a run brings forth, not those it begins with."""
    return {name: values for name, values in numbers.items() if name not in START}


def measured(*, power: bool = True) -> dict[str, Any]:
    """All comparisons, by set-up and kind."""
    found: dict[str, Any] = {}
    for name in SETUPS:
        theirs = reference(name)
        rows = {
            "as drawn": compare(theirs, as_drawn(name), power=power),
            "matched": compare(without_start(theirs), without_start(matched(name)), power=power),
        }
        for kind, compared in rows.items():
            print(f"{name}, {kind}\n{table(compared)}\n", flush=True)
            found[f"{name}, {kind}"] = [asdict(row) for row in compared]
    return found


def main() -> None:
    """Compare, print, and write with ``--out``."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, metavar="FILE", help="write the rows as JSON")
    asked.add_argument("--no-power", action="store_true", help="leave out the detectable shifts")
    given = asked.parse_args()
    found = measured(power=not given.no_power)
    if given.out is not None:
        text = json.dumps(found, indent=1)
        given.out.write_text(text.replace("NaN", "null") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
