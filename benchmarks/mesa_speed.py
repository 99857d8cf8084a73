"""How fast Mesa's shipped example is: ``python -m benchmarks.mesa_speed SIDE STEPS REPEATS``.

Prints one JSON object. Runs in a process of its own, since Mesa's cache of neighbourhoods is shared by
all models of a process; nothing else should run meanwhile.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from benchmarks.mesa_reference import SETUPS, mesa_model, need_mesa


def mesa_updates_per_second(side: int, steps: int, repeats: int) -> float:
    """Agent-updates a second of Mesa's example at its defaults, on a torus of ``side`` squared sites.

    (police + citizens, the jailed included) x steps / seconds of the steps: the median of repeated
    stretches of one run. Building the model, its first step with the one-off wave, and filling the cache of
    every cell's neighbourhood are left out.
    """
    setup = replace(SETUPS["default"], side=side)
    model = mesa_model(setup, seed=1)
    for cell in model.grid.all_cells:
        cell.get_neighborhood(radius=setup.vision)
    model.step()
    rates = []
    for _ in range(repeats):
        began = time.perf_counter()
        for _ in range(steps):
            model.step()
        rates.append(len(model.agents) * steps / (time.perf_counter() - began))
    return float(statistics.median(rates))


def measured(side: int, steps: int, repeats: int) -> dict[str, Any]:
    """The rate with what it was measured on."""
    return {
        "side": side,
        "steps": steps,
        "repeats": repeats,
        "updates_per_second": mesa_updates_per_second(side, steps, repeats),
        "mesa": version("mesa"),
        "python": sys.version.split()[0],
    }


def main() -> None:
    """Measure and print."""
    need_mesa()
    print(json.dumps(measured(*(int(word) for word in sys.argv[1:4]))))


if __name__ == "__main__":
    main()
