"""COW Formal Alliances: what the columns become. The tables are invented, the real file unseen."""

from __future__ import annotations

from datetime import date

import pytest
from invented_tables import COW_MEMBER, write

from foedus.errors import CaseError
from foedus.terms import Dated
from foedus.treaties.datasets import holdings


def member(ccode, **columns):
    return {**COW_MEMBER, "ccode": ccode, **columns}


def pair_row(first, second, **columns):
    dates = {f"dyad_{key[4:]}": value for key, value in COW_MEMBER.items() if key.startswith("mem_")}
    kinds = dict.fromkeys(
        ("left_censor", "right_censor", "defense", "neutrality", "nonaggression", "entente"), 0
    )
    return {"version4id": 7, "ccode1": first, "ccode2": second, **dates, **kinds, **columns}


def test_members_of_an_alliance_promise_one_another_what_is_coded(tmp_path):
    rows = [member(code, defense=1, nonaggression=1, entente=1) for code in (2, 220)]
    (holding,) = holdings([write(tmp_path / "any_name.csv", rows)])
    found = holding.promises(date(1950, 1, 1), between=("USA", "FRA")).rows
    assert {row.type for row in found} == {"mutual_defence", "non_aggression", "consultation"}
    assert {row.treaty for row in found} == {"cow-1"}
    assert {row.until for row in found} == {None}


def test_the_answer_says_that_the_reader_is_untried(tmp_path):
    (holding,) = holdings([write(tmp_path / "by_member.csv", [member(2, defense=1), member(220, defense=1)])])
    assert holding.untried
    assert "untried on a real file: by_member.csv" in holding.promises(date(1950, 1, 1)).limits


def test_coverage_ends_in_2012(tmp_path):
    (holding,) = holdings([write(tmp_path / "m.csv", [member(2, defense=1), member(220, defense=1)])])
    assert holding.promises(date(2012, 12, 31)).covered
    assert not holding.promises(date(2013, 1, 1)).covered


@pytest.mark.parametrize("missing", ["", "NA", ".", "-9", "0"])
def test_a_missing_month_leaves_the_year(tmp_path, missing):
    rows = [member(code, entente=1, mem_st_month=missing, mem_st_day=missing) for code in (2, 220)]
    (holding,) = holdings([write(tmp_path / "m.csv", rows)])
    assert {row.since for row in holding.promises(date(1900, 7, 1)).rows} == {Dated("1900")}


def test_a_directed_dyad_has_the_first_state_promise_and_the_second_benefit(tmp_path):
    rows = [pair_row(2, 740, defense=1), pair_row(740, 2)]
    (holding,) = holdings([write(tmp_path / "directed.csv", rows)])
    assert holding.name.endswith("by directed dyad")
    found = holding.promises(date(1960, 1, 1)).rows
    assert [(row.promiser, row.beneficiary) for row in found] == [("USA", "JPN")]


def test_a_dyad_binds_both_and_says_so_where_it_is_coded_as_asymmetric(tmp_path):
    rows = [pair_row(2, 740, defense=1, asymmetric=1)]
    (holding,) = holdings([write(tmp_path / "dyads.csv", rows)])
    assert holding.name.endswith("by dyad")
    found = holding.promises(date(1960, 1, 1)).rows
    assert len(found) == 2
    assert all("asymmetric" in row.note for row in found)


def test_a_yearly_table_is_refused_alone_and_passed_over_in_a_folder(tmp_path):
    rows = [member(code, defense=1) for code in (2, 220)]
    yearly = write(tmp_path / "alliance_v4.1_by_member_yearly.csv", [{**row, "year": 1950} for row in rows])
    with pytest.raises(CaseError, match=r"yearly\.csv: has a row for each year; give COW Formal Alliances"):
        holdings([yearly])
    write(tmp_path / "alliance_v4.1_by_member.csv", rows)
    assert [holding.path.name for holding in holdings([tmp_path])] == ["alliance_v4.1_by_member.csv"]
