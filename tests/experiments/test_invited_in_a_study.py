"""What a study says of invited help: by a fit that left its crisis out, and in the lines that ask for it."""

from __future__ import annotations

import json

import numpy as np
import pytest

import foedus
from foedus.alliance.invited import read_fits
from foedus.chance import Luck
from foedus.engine.law import read_law
from foedus.experiments.ensemble import members_chances

CASE = "kazakhstan-2022"


@pytest.fixture(scope="module")
def summary():
    return json.loads(json.dumps(foedus.run(CASE, runs=8).summary(), allow_nan=False))


def test_a_built_in_case_is_told_from_the_fit_that_left_it_out(summary):
    told = summary["invited"]
    assert told["left_out"] == CASE
    assert told["rows"] == read_fits().without[CASE].estimate.rows
    assert told["base_rate"] == pytest.approx((told["joined"] + 0.5) / (told["rows"] + 1))


def test_an_activation_never_looks_likelier_than_a_request(summary):
    looked = summary["signals"]
    for q in ("p05", "median", "p95"):
        assert looked["activation_looked"][q] <= looked["request_looked"][q]
    assert set(looked["by_record"]) == {"request", "granted", "activation"}


def test_what_a_request_tells_is_read_on_worlds_that_have_not_seen_what_came_after(summary):
    assert summary["signals"]["loyalty_on"] == "priors"


@pytest.mark.parametrize(("line", "words"), [
    (9, "on domestic grounds"),
    (10, "has not been shown to do better"),
    (19, "By the organisation's own record alone"),
])  # fmt: skip
def test_the_line_says_what_it_rests_on(summary, line, words):
    answer = next(row["answer"] for row in summary["situation"] if row["line"] == line)
    assert words in answer


def test_words_that_open_the_door_never_lower_the_lead_states_chance():
    case = foedus.load_case(CASE)
    law = read_law(case, None, Luck(1), 50)
    shut, opened = (members_chances(case, law, Luck(1), 200, door=door)["RUS"] for door in (0.0, 1.0))
    assert (opened > shut).all()


def test_the_seed_decides_the_chances():
    case = foedus.load_case(CASE)
    law = read_law(case, None, Luck(1), 50)
    one, again = (members_chances(case, law, Luck(3), 50)["KGZ"] for _ in range(2))
    np.testing.assert_array_equal(one, again)
    assert not np.array_equal(one, members_chances(case, law, Luck(4), 50)["KGZ"])


def test_against_a_states_attack_invited_help_says_nothing():
    from foedus.experiments.findings import find
    from foedus.experiments.invited_part import invited_part

    case = foedus.load_case(CASE)
    attacked = case.model_copy(update={"meta": case.meta.model_copy(update={"target": "state_attack"})})
    study = find(attacked, runs=4)
    assert invited_part(study) is None
