"""No number is anonymous: each row of the ledger says how it is known and from where."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from made_studies import kazakhstan_study, made_posterior, small_study

from foedus.aftermath import declared_aftermath
from foedus.alliance import declared_plan
from foedus.alliance.invited import declared_invited, declared_outer
from foedus.cases.parameters import declared
from foedus.experiments.ledger import ledger

BASES = {"measured", "reported", "estimated", "literature", "assumption"}


@pytest.mark.parametrize("study", [small_study, kazakhstan_study])
def test_every_number_has_a_basis_and_a_source(study):
    for row in ledger(study()):
        assert row["basis"] in BASES, row["parameter"]
        assert row["source"].strip(), row["parameter"]
        assert row["value"], row["parameter"]


@pytest.mark.parametrize("study", [small_study, kazakhstan_study])
def test_no_number_stands_twice(study):
    names = [row["parameter"] for row in ledger(study())]
    assert len(set(names)) == len(names)


def test_every_declared_number_of_every_room_stands_in_it():
    names = {row["parameter"] for row in ledger(kazakhstan_study())}
    assert set(declared()) <= names
    for prefix, room in (
        ("invited", declared_invited()),
        ("invited.outer", declared_outer()),
        ("lift", declared_plan()),
        ("aftermath", declared_aftermath()),
    ):
        assert room.parameters
        assert {f"{prefix}.{name}" for name in room.parameters} <= names


def test_every_input_that_was_drawn_stands_in_it():
    study = kazakhstan_study()
    names = {row["parameter"] for row in ledger(study)}
    drawn = {name for name, quantity in study.main.inputs.drawn.items() if quantity is not None}
    assert drawn
    assert drawn <= names


def test_what_the_case_says_of_a_parameter_takes_the_place_of_its_prior():
    rows = {row["parameter"]: row for row in ledger(small_study())}
    assert rows["reach"]["value"] == "0.15"
    assert rows["reach"]["source"] == "made for a test"
    assert rows["kill_rate"]["value"] == "lognormal median 0.001, sigma 1"
    assert rows["rest"]["value"] == "uniform 8 to 96"


def test_fitted_numbers_are_marked_and_only_what_the_data_narrowed_counts_as_estimated():
    values = {
        "rest": np.linspace(40.0, 50.0, 20),
        "give_way": declared()["give_way"].at(np.linspace(0.01, 0.99, 200)),
    }
    posterior = made_posterior(values=values)
    rows = {row["parameter"]: row for row in ledger(replace(small_study(), posterior=posterior))}
    assert {name for name, row in rows.items() if row["fitted"]} - {"cities.*"} == set(values)
    assert rows["rest"]["basis"] == "estimated"
    assert rows["rest"]["width"] == pytest.approx(9.0 / (0.9 * 88), rel=0.02)
    assert rows["give_way"]["basis"] == "assumption"
    assert rows["give_way"]["width"] == pytest.approx(1.0, rel=0.1)


def test_what_other_crises_say_of_who_comes_is_told_with_the_crisis_left_out():
    rows = {row["parameter"]: row for row in ledger(kazakhstan_study())}
    told = rows["invited.base"]
    assert told["basis"] == "estimated"
    assert "without kazakhstan-2022" in told["source"]
    assert told["width"] < 0.5
    assert not told["fitted"]
    assert "decision.base_rate" not in rows
