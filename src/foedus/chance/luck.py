"""Luck: keyed uniform numbers for whole vectors of runs, outside the kernels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from foedus.chance.philox import WORD, philox4x32, unit


def entity_id(name: str) -> int:
    """A 32-bit identity for a name: draws follow the name, not the place in a list."""
    return crc32(name.encode("utf-8"))


@dataclass(frozen=True, slots=True)
class Luck:
    """The luck of one study; a seed of 0 is a seed."""

    seed: int

    def __post_init__(self) -> None:
        if not 0 <= self.seed < 2**64:
            raise ValueError(f"the seed is {self.seed}; give a whole number from 0 to 2**64 - 1")

    @property
    def key(self) -> tuple[np.uint64, np.uint64]:
        """The two 32-bit halves of the seed."""
        return np.uint64(self.seed) & WORD, np.uint64(self.seed >> 32)

    def uniform(
        self, purpose: str, entity: str, runs: range | Sequence[int] | NDArray[np.int64], tick: int = 0
    ) -> NDArray[np.float64]:
        """Uniform numbers in (0, 1), one for each run: (run,)."""
        run = np.asarray(runs, dtype=np.uint64)
        k0, k1 = self.key
        high, low, _, _ = philox4x32(
            run, np.uint64(tick), np.uint64(entity_id(purpose)), np.uint64(entity_id(entity)), k0, k1
        )
        return np.asarray(unit(high, low), dtype=np.float64)

    def streams(self, purpose: int, run: int, ticks: Any) -> Any:
        """Where a stream of draws begins at each tick (tick,): 64 bits; see :mod:`foedus.chance.stream`."""
        high, low, _, _ = philox4x32(
            np.uint64(run), np.asarray(ticks, np.uint64), np.uint64(purpose), np.uint64(0), *self.key
        )
        return high << np.uint64(32) | low
