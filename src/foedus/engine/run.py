"""Run one arm of a crisis over many runs, in chunks, on all cores."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue

import numpy as np

from foedus.engine.arrays import Course, Plant, Switches, empty_course
from foedus.engine.streets import OnCrowd
from foedus.errors import Interrupted

Progress = Callable[[int, int], None]
CHUNK = 25
POLL_SECONDS = 0.2

WITH = Switches(
    contingents=True,
    announcement=True,
    guards=True,
    presence=True,
    orders=True,
    stand_aside=True,
    free=False,
)
NO_CHANNEL = WITH._replace(announcement=False, guards=False, presence=False, orders=False)
ARMS: Mapping[str, Switches] = {
    "with": WITH,
    "without": NO_CHANNEL._replace(contingents=False),
    "announcement": NO_CHANNEL._replace(announcement=True),
    "guards": NO_CHANNEL._replace(guards=True),
    "presence": NO_CHANNEL._replace(presence=True),
}
"""The arms of a standard study. `without` is ``--without request``; the last three switch one channel on
alone, and leave off the host's orders that hang on the request, which are no channel of the contingents."""
NOBODY_ASIDE: Mapping[str, Switches] = {"no_stand_aside": WITH._replace(stand_aside=False)}
"""The contingents come, and the stand-aside events are taken away."""


def run_arms(
    plant: Plant,
    arms: Mapping[str, Switches],
    runs: int,
    *,
    first: int = 0,
    threads: int | None = None,
    chunk: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Course]:
    """Run every arm over runs ``first .. runs - 1``; a course begins with run ``first``.

    Chunks of runs are the tasks; arms are interleaved, so a stopped study is still an even sample.

    Raises
    ------
    Interrupted
        On Ctrl-C: chunks under way end within a second, nothing is kept.
    """
    from foedus.engine.kernel import simulate

    on_crowd = isinstance(plant.streets, OnCrowd)
    chunk = chunk or (CHUNK if on_crowd else 1)
    world = plant.world
    days = int(world.day[-1]) + 1 if plant.hours else 0
    kept = max(runs - first, 0)
    shape = (kept, plant.hours, days, len(world.people), len(world.site_city), plant.airlift.delay.shape[1])
    courses = {arm: empty_course(*shape) for arm in arms}
    stop = threading.Event()

    # Not `wait` on the futures: it takes their locks, and Ctrl-C in the middle of that would keep them.
    told: SimpleQueue[int | BaseException] = SimpleQueue()

    def work(begin: int, arm: str) -> None:
        if stop.is_set():
            return
        try:
            count = min(chunk, runs - begin)
            rows = slice(begin - first, begin - first + count)
            part = Course(*(array[rows] for array in courses[arm]))
            simulate(
                begin, count, plant.key, arms[arm], world, plant.schedule, plant.airlift, plant.rule,
                plant.streets, part,
            )  # fmt: skip
        except BaseException as wrong:
            told.put(wrong)
        else:
            told.put(count)

    total = kept * len(arms)
    done = 0
    with ThreadPoolExecutor(max_workers=threads or os.cpu_count() or 1) as pool:
        try:
            for begin in range(first, runs, chunk):
                for arm in arms:
                    pool.submit(work, begin, arm)
            while done < total:
                done += _counted(told)
                if progress is not None:
                    progress(done, total)
        except BaseException as wrong:
            stop.set()
            if not on_crowd:
                plant.streets.stop[0] = 1
            pool.shutdown(wait=True, cancel_futures=True)
            if not isinstance(wrong, KeyboardInterrupt):
                raise
            raise Interrupted(
                f"stopped after {done} of {total} runs; nothing was written, nothing is kept"
            ) from None
    return courses


def _counted(told: SimpleQueue[int | BaseException]) -> int:
    """How many runs were done since; what went wrong in one of them is raised here."""
    try:
        news = told.get(timeout=POLL_SECONDS)
    except Empty:
        return 0
    if isinstance(news, BaseException):
        raise news
    return news


def stacked(courses: Mapping[str, Course], field: str) -> np.ndarray:
    """One array of several arms, arm first."""
    return np.stack([getattr(course, field) for course in courses.values()])
