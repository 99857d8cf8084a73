"""Replays give the bits that they gave when the posterior of the built-in case was fitted.

The record was made before forces had a faction, contingents rules of engagement, and a stay conditions.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from replayed import REPLAYED, RUNS, course_digest, inputs_digest, totals, worlds

from foedus.engine.run import run_arms

RECORD = json.loads((Path(__file__).parent / "replay_before_factions.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def plants():
    return worlds()


@pytest.mark.parametrize("world", RECORD["worlds"])
def test_a_replay_is_what_it_was_to_the_last_bit(plants, world):
    plant, before = plants[world], RECORD["worlds"][world]
    if inputs_digest(plant, before["read"]) != before["inputs"]:
        pytest.skip(f"{world} itself, its parameters or its posterior changed since the record was made")
    courses = run_arms(plant, REPLAYED, RUNS)
    for arm, was in before["arms"].items():
        now = totals(courses[arm]) | {"course": course_digest(courses[arm], RECORD["written"])}
        assert now == was, arm


def test_the_record_is_of_worlds_in_which_much_happens_and_arms_differ():
    for world in RECORD["worlds"].values():
        arms = world["arms"]
        assert arms["with"]["killed_civilian"] > 100
        assert arms["with"]["troops"] > 0 == arms["without"]["troops"]
        five = {arms[arm]["course"] for arm in ("with", "without", "announcement", "guards", "presence")}
        assert len(five) == 5


@pytest.mark.parametrize("name", ["faction_share", "faction_start", "faction_losses", "faction_signal"])
def test_in_replay_no_number_of_the_faction_changes_what_was_written_before(plants, name):
    plant = plants["two-cities"]
    usual = run_arms(plant, {"with": REPLAYED["with"]}, RUNS)["with"]
    kept = np.copy(plant.rule[name])
    try:
        plant.rule[name] = 0.9
        changed = run_arms(plant, {"with": REPLAYED["with"]}, RUNS)["with"]
    finally:
        plant.rule[name] = kept
    assert course_digest(changed, RECORD["written"]) == course_digest(usual, RECORD["written"])
