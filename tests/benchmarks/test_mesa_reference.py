"""The committed reference from Mesa's example is whole, agrees with itself, and Mesa still gives it."""

from __future__ import annotations

import json
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
if not (ROOT / "benchmarks" / "mesa_reference.json").exists():
    pytest.skip("no benchmarks beside these tests", allow_module_level=True)
sys.path.insert(0, str(ROOT))

from benchmarks import mesa_reference  # noqa: E402  # benchmarks/ is no part of the package

SUMMARY = json.loads(mesa_reference.SUMMARY.read_text(encoding="utf-8"))


def mesa_version() -> str:
    try:
        return version("mesa")
    except PackageNotFoundError:
        return "none"


@pytest.mark.parametrize("name", mesa_reference.SETUPS)
def test_the_reference_is_of_the_set_ups_that_the_code_declares(name):
    stored = SUMMARY["setups"][name]
    assert mesa_reference.Setup(**stored["parameters"]) == mesa_reference.SETUPS[name]
    assert stored["seeds"] == list(range(1, mesa_reference.SEEDS[name] + 1))


@pytest.mark.parametrize("name", mesa_reference.SETUPS)
def test_numbers_per_seed_and_courses_over_steps_tell_the_same(name):
    stored, numbers = SUMMARY["setups"][name], mesa_reference.reference(name)
    setup = mesa_reference.SETUPS[name]
    assert {len(values) for values in numbers.values()} == {mesa_reference.SEEDS[name]}
    course = {key: np.array(values) for key, values in stored["by_step"].items()}
    assert {len(values) for values in course.values()} == {setup.steps}
    for people in ("active", "jailed"):
        mean = numbers[f"mean_{people}"]
        assert course[f"mean_{people}"].mean() == pytest.approx(mean.mean(), rel=1e-4)
    assert course["mean_active"][0] == pytest.approx(numbers["first_active"].mean(), rel=1e-4)
    assert course["mean_jailed"][-1] == pytest.approx(numbers["final_jailed"].mean(), rel=1e-4)
    assert (numbers["arrests"] >= numbers["final_jailed"]).all()
    sites = setup.side**2
    for who, share in (("citizens", setup.citizens), ("police", setup.police)):
        error = np.sqrt(share * (1 - share) / sites / len(numbers[who]))
        assert abs(numbers[who].mean() / sites - share) < 4 * error


def test_bursts_are_counted_where_the_active_climb_over_the_mark():
    active = np.array([[0, 61, 70, 60, 61, 0], [99, 99, 0, 0, 0, 0], [60, 60, 0, 60, 0, 0]])
    found = mesa_reference.numbers_of(active, active, active, np.ones(3), np.ones(3))
    assert found["bursts"].tolist() == [2.0, 1.0, 0.0]
    assert found["share_of_steps_with_nobody_active"].tolist() == [2 / 6, 4 / 6, 3 / 6]
    assert found["mean_change_of_active"][1] == pytest.approx((99 + 0 + 99) / 6)


def test_the_summary_is_written_a_list_a_line_and_reads_back():
    text = mesa_reference.written(SUMMARY)
    assert json.loads(text) == SUMMARY
    assert len(text.encode()) < 150_000
    assert text == mesa_reference.SUMMARY.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", mesa_reference.SETUPS)
@pytest.mark.skipif(
    mesa_version() != SUMMARY["recipe"]["versions"]["mesa"],
    reason="the version of Mesa that the reference was made with is not installed",
)
def test_mesa_still_gives_what_was_recorded_seed_by_seed(name):
    numbers = mesa_reference.reference(name)
    for row in (0, 1, 2):
        run = mesa_reference.mesa_run(
            mesa_reference.SETUPS[name], SUMMARY["setups"][name]["seeds"][row], steps=1
        )
        found = (run.citizens, run.police, run.active[0], run.arrests[0])
        assert found == tuple(
            numbers[key][row] for key in ("citizens", "police", "first_active", "first_arrests")
        )


def test_a_live_run_of_mesa_keeps_its_own_rules():
    pytest.importorskip("mesa")
    pytest.importorskip("networkx")
    setup = mesa_reference.SETUPS["bursty"]
    run = mesa_reference.mesa_run(setup, seed=77, steps=6)
    assert len(run.active) == len(run.jailed) == len(run.arrests) == 6
    assert run.jailed[0] <= run.arrests[0]
    assert (np.diff(run.jailed) <= run.arrests[1:]).all()
    assert (run.arrests <= run.police).all()
    assert (run.active + run.jailed <= run.citizens).all()
