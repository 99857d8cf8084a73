"""Frames of a run: what they hold, and that looking changes nothing."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.cases.schema import Case
from foedus.errors import UserError
from foedus.experiments import watching
from foedus.experiments.epstein_setup import PRESETS, epstein_setup
from foedus.experiments.frames import WHOLE, Frame
from foedus.experiments.watching import CaseSource, EpsteinSource, frames_of
from foedus.streets import lattice

SMALL = {"height": 24, "width": 20, "vision": 4.0, "police_vision": 4.0}


def source(preset="netlogo", **asked):
    return EpsteinSource(PRESETS[preset](**SMALL), **asked)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_frame_counts_what_its_grid_shows(preset):
    frames = list(frames_of(source(preset, steps=12, every=3, seed=4)))
    assert [frame.hour for frame in frames] == [0, 3, 6, 9, 12]
    for frame in frames:
        grid = frame.cities[WHOLE]
        assert grid.shape == (24, 20)
        assert np.count_nonzero(grid == 2) == frame.active
        assert np.count_nonzero(grid == 4) == frame.police
        if frame.jailed and PRESETS[preset]().jailed == "keep_site":
            assert np.count_nonzero(grid == 3) == frame.jailed


def test_looking_at_every_step_changes_nothing_in_the_run():
    setup = lattice.netlogo(**SMALL)
    alone = lattice.run(setup, steps=12, seed=4)
    for every in (1, 4):
        seen = [
            moment for frame in frames_of(source(steps=12, every=every, seed=4)) for moment in frame.passed
        ]
        assert [active for _, active, _ in seen] == alone.active.tolist()
        assert [jailed for _, _, jailed in seen] == alone.jailed.tolist()
        assert [hour for hour, _, _ in seen] == list(range(1, 13))


def test_a_source_knows_how_many_frames_it_gives():
    for steps, every in ((0, 1), (7, 3), (9, 3)):
        asked = source(steps=steps, every=every)
        assert len(list(frames_of(asked))) == asked.count


def test_grievance_is_that_of_citizens_alone():
    for frame in frames_of(source(steps=3)):
        grid, grievance = frame.cities[WHOLE], frame.grievance[WHOLE]
        assert (np.isnan(grievance) == np.isin(grid, (0, 4))).all()
        assert np.nanmax(grievance) <= 1 - lattice.netlogo().legitimacy


def test_a_frame_of_a_case_gets_its_local_time(small_case: Case, monkeypatch: pytest.MonkeyPatch):
    asked = {}

    def frames(case, **how):
        asked.update(how)
        grid = {"A": np.zeros((3, 3), np.int8)}
        return (Frame(hour, grid, 0, 0, 0, 0) for hour in range(1, case.meta.clock.hours + 1, how["every"]))

    monkeypatch.setattr(watching, "case_frames", frames)
    watched = CaseSource(small_case, every=5, seed=3, run=2, people_per_agent=50)
    seen = list(frames_of(watched))
    assert asked == {"every": 5, "seed": 3, "run": 2, "people_per_agent": 50}
    assert [frame.at for frame in seen] == [small_case.meta.clock.at(frame.hour) for frame in seen]
    assert len(seen) == watched.count
    assert seen[-1].hour == watched.last


def test_a_set_up_takes_a_size_and_single_values():
    setup = epstein_setup("mesa", size="30x60", changes=["police=0.05", "mobile=no", "ratio=floored"])
    assert setup == lattice.mesa(height=30, width=60, police=0.05, mobile=False, ratio="floored")
    assert epstein_setup("printed", size="25") == lattice.as_printed(height=25, width=25)
    assert epstein_setup("netlogo", changes=["longest_term=12"]).longest_term == 12


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"preset": "repast"}, "there is no preset 'repast'; give one of printed, mesa, netlogo"),
        ({"size": "big"}, "--size is 'big'; give sites a side, as 40, or height x width, as 30x60"),
        ({"changes": ["police"]}, "--set police: is no NAME=VALUE; give one as in police=0.074"),
        ({"changes": ["longest_term=1.5"]}, "'1.5' is no value of longest_term; give a whole number"),
        ({"changes": ["mobile=perhaps"]}, "'perhaps' is no value of mobile; give true or false"),
        ({"changes": ["cops=0.1"]}, "there is no 'cops'; give one of height, width, citizens"),
        ({"changes": ["ratio=halved"]}, "ratio is 'halved'; give one of printed, rounded, floored"),
        ({"changes": ["legitimacy=nan"]}, "legitimacy is nan; give a share from 0 to 1"),
    ],
)
def test_a_wrong_set_up_is_told_in_one_line(how, said):
    with pytest.raises(UserError) as wrong:
        epstein_setup(**({"preset": "printed"} | how))
    assert said in str(wrong.value)
    assert "\n" not in str(wrong.value)
