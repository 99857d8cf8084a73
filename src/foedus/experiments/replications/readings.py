"""Readings of Model I: what the paper leaves open or others changed, and which of them have outbursts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.experiments.replications.outbursts import Outbursts, outbursts
from foedus.experiments.replications.paper import run_inputs
from foedus.streets.lattice import Epstein, Lattice

CALM = 10
"""A step with fewer active agents than this is calm (assumption)."""
RATIOS = ("printed", "rounded", "floored")
METRICS = ("von_neumann", "euclid", "moore", "cross")
READINGS: dict[str, dict[str, Any]] = {
    "printed": {"ratio": "printed", "metric": "euclid"},
    "rounded": {"ratio": "rounded", "metric": "euclid"},
    "floored": {"ratio": "floored", "metric": "euclid"},
}
"""Three readings by name: the ratio as printed, rounded as in Mesa's example, floored as in NetLogo's.

All see in a circle, move and then act, each once a step; the jailed leave the lattice."""


def setup_of(reading: str, run: str, **changes: Any) -> Epstein:
    """The set-up of one of the paper's runs (``punctuated``, ``falls``, ``thinning``) under a reading."""
    return Epstein(**(run_inputs(run) | READINGS[reading] | changes))


@dataclass(frozen=True, slots=True)
class Bursts:
    """Runs of one set-up: active and jailed (seed, time), and the finished outbursts of each run."""

    setup: Epstein
    active: NDArray[np.int64]
    jailed: NDArray[np.int64]
    found: tuple[Outbursts, ...]

    @property
    def waits(self) -> NDArray[np.int64]:
        """All waiting times between outbursts of the same run. [steps]"""
        return np.concatenate([each.waits for each in self.found])

    @property
    def activation(self) -> NDArray[np.int64]:
        """Total activation of all outbursts. [agent-steps]"""
        return np.concatenate([each.activation for each in self.found])

    @property
    def calm(self) -> float:
        """Share of steps with fewer than :data:`CALM` active."""
        return float((self.active < CALM).mean())

    @property
    def counts(self) -> NDArray[np.int64]:
        """Outbursts of each run (seed,)."""
        return np.array([len(each) for each in self.found], np.int64)


def bursts(setup: Epstein, *, seeds: Sequence[int], steps: int) -> Bursts:
    """Run a set-up once for each seed and find its outbursts."""
    series = [Lattice(setup, seed=seed).run(steps) for seed in seeds]
    active = np.stack([each.active for each in series])
    jailed = np.stack([each.jailed for each in series])
    return Bursts(setup, active, jailed, tuple(outbursts(course) for course in active))


@dataclass(frozen=True, slots=True)
class Row:
    """What one reading gives: means over runs, or over all outbursts of all runs; None where none is."""

    ratio: str
    metric: str
    turn: str
    jailed: str
    activation: str
    a_run: float
    peak: float
    calm: float
    wait: tuple[float, float] | None
    total: tuple[float, float] | None


def every_reading(*, seeds: Sequence[int], steps: int, metrics: Sequence[str] = METRICS) -> Iterator[Row]:
    """The paper's run with bursts under every combination of the switches, one row each."""
    switches = product(
        metrics, RATIOS, ("move_then_act", "act_then_move"), ("leave", "keep_site"), ("each_once", "drawn")
    )
    for metric, ratio, turn, jailed, activation in switches:
        changes: dict[str, Any] = {
            "metric": metric, "ratio": ratio, "turn": turn, "jailed": jailed, "activation": activation
        }  # fmt: skip
        ran = bursts(Epstein(**(run_inputs("punctuated") | changes)), seeds=seeds, steps=steps)
        yield Row(
            ratio, metric, turn, jailed, activation, float(ran.counts.mean()),
            float(ran.active.max(axis=1).mean()), ran.calm, mean_and_sd(ran.waits),
            mean_and_sd(ran.activation),
        )  # fmt: skip


def mean_and_sd(values: NDArray[Any]) -> tuple[float, float] | None:
    """Mean and standard deviation, or None of nothing."""
    return (float(values.mean()), float(values.std())) if len(values) else None
