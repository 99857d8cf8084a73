"""Promises by pair of states and year. The tables are invented."""

from __future__ import annotations

from datetime import date

import pytest
from invented_tables import write

from foedus.errors import CaseError
from foedus.treaties.datasets import holdings


def row(first, second, year, **promised):
    kinds = dict.fromkeys(("defense", "offense", "neutral", "nonagg", "consul"), 0)
    return {
        "ccode1": first,
        "ccode2": second,
        "year": year,
        **{f"atop_{kind}": value for kind, value in {**kinds, **promised}.items()},
    }


@pytest.fixture
def holding(tmp_path):
    rows = [row(2, 740, 1965, defense=1), row(740, 2, 1965, consul=1), row(2, 740, 1970, defense=1)]
    return holdings([write(tmp_path / "dyads.csv", rows)])[0]


def test_the_first_state_promises_and_the_second_benefits(holding):
    (found,) = holding.promises(date(1965, 3, 1), kind="mutual_defence").rows
    assert (found.promiser, found.beneficiary) == ("USA", "JPN")


def test_a_year_answers_for_each_of_its_days_and_says_so(holding):
    assert holding.promises(date(1965, 1, 1)).rows == holding.promises(date(1965, 12, 31)).rows
    answer = holding.promises(date(1965, 1, 1))
    assert {found.note for found in answer.rows} == {"in some part of the year"}
    assert any("no treaty, no day and no condition" in limit for limit in answer.limits)


def test_no_treaty_and_no_condition_is_made_up(holding):
    assert {(found.treaty, found.condition) for found in holding.promises(date(1965, 1, 1)).rows} == {
        (None, None)
    }
    assert holding.treaties(date(1965, 1, 1)) == []


def test_a_covered_year_without_a_row_is_a_no_and_an_uncovered_one_is_missing(holding):
    assert holding.promises(date(1967, 1, 1)).covered
    assert holding.promises(date(1967, 1, 1)).says.endswith("has no such promise on 1967-01-01")
    assert not holding.promises(date(1971, 1, 1)).covered


def test_a_party_is_found_on_either_side(holding):
    day = date(1965, 1, 1)
    assert len(holding.promises(day, party="JPN").rows) == 2
    assert holding.promises(day, party="FRA").rows == ()
    assert len(holding.promises(day, between=("JPN", "USA")).rows) == 2


def test_a_flag_that_is_neither_0_nor_1_is_refused_with_its_line(tmp_path):
    path = write(tmp_path / "dyads.csv", [row(2, 740, 1965), row(2, 740, 1966, offense=3)])
    with pytest.raises(CaseError) as caught:
        holdings([path])
    assert str(caught.value) == f"{path}:3: atop_offense is '3'; it is 0 or 1"
