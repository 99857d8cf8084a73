"""Outbursts in a course of active agents: when they begin and end, how large they are, how long the quiet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.experiments.replications.paper import number


@dataclass(frozen=True, slots=True)
class Outbursts:
    """The finished outbursts of one run.

    ``begins`` first step over the limit, ``ends`` first step at which they are under it again (outburst,);
    ``activation`` active agents summed over the steps of each (outburst,); ``waits`` steps from the end of
    each to the begin of the next, the quiet that was cut off at the end of the run left out.
    """

    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    activation: NDArray[np.int64]
    waits: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.begins)


def outbursts(active: ArrayLike, over: float | None = None) -> Outbursts:
    """Find the outbursts of a run.

    One begins where more than ``over`` agents are active and ends where fewer are; ``over`` is the paper's
    50 if left out. One that goes on at the end of the run is not counted, nor is a wait that does.
    """
    course = np.asarray(active, np.int64)
    limit = number("outburst_over") if over is None else over
    begins: list[int] = []
    ends: list[int] = []
    up = False
    for step, count in enumerate(course.tolist()):
        if not up and count > limit:
            begins.append(step)
            up = True
        elif up and count < limit:
            ends.append(step)
            up = False
    waits = [begin - end for begin, end in zip(begins[1:], ends, strict=False)]
    begins = begins[: len(ends)]
    activation = [int(course[begin:end].sum()) for begin, end in zip(begins, ends, strict=True)]
    return Outbursts(*(np.array(found, np.int64) for found in (begins, ends, activation, waits)))
