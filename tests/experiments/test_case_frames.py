"""Frames of a case: the run that a study does, seen."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.cases import cities_of
from foedus.cases.schema import Case
from foedus.chance import Luck
from foedus.engine.law import read_law
from foedus.engine.run import ARMS
from foedus.experiments.case_frames import case_frames
from foedus.experiments.ensemble import run_ensemble
from foedus.experiments.obligation import LAW_DRAWS
from two_cities import as_case, small_case_document

HOW = {"seed": 3, "people_per_agent": 100}


@pytest.fixture(scope="module")
def case() -> Case:
    return as_case(small_case_document())


@pytest.fixture(scope="module")
def frames(case: Case):
    return list(case_frames(case, run=1, every=5, **HOW))


def test_a_frame_after_the_first_hour_and_then_after_every_so_many(case, frames):
    hours = case.meta.clock.hours
    assert [frame.hour for frame in frames] == list(range(1, hours + 1, 5))
    passed = [hour for frame in frames for hour, _, _ in frame.passed]
    assert passed == list(range(1, int(frames[-1].hour) + 1))


def test_people_of_active_agents_are_the_active_of_the_course(frames):
    """Agents lose people to tolls: agents times people is an upper bound, tight where few were lost."""
    for frame in frames:
        shown = sum(
            np.count_nonzero(grid == 2) * frame.people_per_agent[name] for name, grid in frame.cities.items()
        )
        lost = frame.killed + frame.jailed
        most = max(frame.people_per_agent.values())
        assert frame.active <= shown <= frame.active + lost + len(frame.cities) * most


def test_nobody_jailed_stands_on_a_site(frames):
    assert all((grid != 3).all() for frame in frames for grid in frame.cities.values())
    assert any(frame.active for frame in frames)


def test_the_run_is_that_of_a_study_whatever_is_filmed(case, frames):
    again = list(case_frames(case, run=1, every=1, **HOW))
    for frame in frames:
        same = next(other for other in again if other.hour == frame.hour)
        assert (same.active, same.jailed, same.killed) == (frame.active, frame.jailed, frame.killed)
        assert all((same.cities[name] == grid).all() for name, grid in frame.cities.items())
    from foedus.engine.streets import on_lattice

    places = cities_of(case.country)
    luck = Luck(HOW["seed"])
    study = run_ensemble(
        case, places, read_law(case, None, luck, LAW_DRAWS), ARMS, runs=4, luck=luck,
        streets=on_lattice([round(p.population.central()) for p in places], HOW["people_per_agent"]),
    )  # fmt: skip
    course = study.courses["with"].active[1]
    assert [frame.active for frame in again] == course.tolist()
