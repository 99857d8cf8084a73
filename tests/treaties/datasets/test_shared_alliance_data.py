"""The real files, where they are at hand: known alliances on known days, and every row read."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from foedus.terms import Reading
from foedus.treaties.datasets import holdings, treaty_wars
from foedus.treaties.datasets.table import read

pytestmark = pytest.mark.shared_data

KINDS = {
    "mutual_defence": "by a promise of defence",
    "neutrality": "by neutrality",
    "offence": "by a promise of offence",
    "non_aggression": "by non-aggression",
}


@pytest.fixture(scope="module")
def members(shared):
    return holdings([shared / "atop4_01_member_level.csv"])[0]


@pytest.fixture(scope="module")
def wars(shared):
    return treaty_wars(
        shared / "berkemeier_fuhrmann_2018.dta",
        shared / "atop4_01_member_level.csv",
        shared / "atop4_01_alliance_level.csv",
        shared / "cow_war_inter.parquet",
        shared / "cow_war_onsets.csv",
    )


def test_a_folder_is_searched_for_what_it_holds(shared):
    assert [holding.name for holding in holdings([shared])] == [
        "ATOP 4.01, alliance level",
        "ATOP 4.01, member level",
        "ATOP, directed dyad-years",
    ]


def test_every_row_of_the_file_is_read(shared, members):
    path = shared / "atop4_01_member_level.csv"
    with path.open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert len(read(path).frame) == len(lines) == 2398
    assert len(members.all_treaties) == len({line["atopid"] for line in lines}) == 745


def test_every_member_is_a_state_known_but_one_at_most(members):
    # Number 8152 is ATOP's own, for the partner of France in its treaty of 1874.
    assert all("ATOP 1320: member 8152 is no state" in line for line in members.unresolved)


def test_the_dates_of_every_member_are_in_order(members):
    for treaty in members.all_treaties:
        for span in treaty.parties:
            assert span.to is None or span.from_.first < span.to.last


def test_the_dual_alliance_of_1879_is_against_russia(members):
    rows = members.promises(date(1879, 10, 7), between=("DEU", "AUH"), kind="mutual_defence").rows
    dual = [row for row in rows if row.treaty == "atop-1335"]
    assert {(row.promiser, row.beneficiary) for row in dual} == {("DEU", "AUH"), ("AUH", "DEU")}
    assert all("an attacker is RUS" in row.condition for row in dual)
    before = members.promises(date(1879, 10, 6), between=("DEU", "AUH")).rows
    assert not any(row.treaty == "atop-1335" for row in before)


def test_france_and_russia_are_allied_from_the_turn_of_1893(members):
    def bound(day):
        return bool(members.promises(day, between=("FRA", "RUS"), kind="mutual_defence").rows)

    assert not bound(date(1893, 12, 26))
    assert bound(date(1894, 1, 4))
    assert bound(date(1914, 8, 1))


def test_nato_grows_by_dates(members):
    def parties(day):
        return next(treaty for treaty in members.treaties(day) if treaty.id == "atop-3180").parties_on(day)

    assert len(parties(date(1949, 4, 4))) == 12
    assert "DEU" in parties(date(1955, 6, 1))
    assert "POL" not in parties(date(1990, 1, 1))
    assert "POL" in parties(date(2000, 1, 1))


def test_the_member_level_finds_no_defence_that_the_table_by_year_lacks(shared, members):
    """Rivals agree but for two pairs.

    Of Romania's promise of 1883 it is coded who gave it and not to whom; Annam is no state of the table by
    year.
    """
    by_year = holdings([shared / "atop_alliance.parquet"])[0]

    def pairs(holding, day):
        rows = holding.promises(day, kind="mutual_defence").rows
        return {(row.promiser, row.beneficiary) for row in rows}

    days = [date(year, 7, 1) for year in (1850, 1880, 1914, 1938, 1965, 2000)]
    found = {(day.year, *pair) for day in days for pair in pairs(members, day) - pairs(by_year, day)}
    assert found == {(1914, "ROU", "ITA"), (1880, "FRA", "ANM")}


def test_the_columns_of_the_codings_divide_called_from_not_called(wars):
    assert len(wars.rows) == 576
    assert len(wars.called) == 139
    assert len(wars.not_called) == 222


def test_promises_called_into_play_are_met_far_more_often_than_others(wars):
    assert wars.share_met > 0.4
    assert wars.share_met_where_not_called < 0.02
    assert wars.share_contradicted < 0.1


def test_the_page_on_imported_data_gives_the_counts_that_the_files_give(wars):
    """The table of the page is held against the run that makes it."""
    page = Path(__file__).resolve().parents[3] / "docs" / "imported-data.md"
    text = " ".join(page.read_text(encoding="utf-8").split())
    found = wars.as_dict()
    for reading in ("met", "contested", "undetermined", "not met", "not applicable"):
        assert f"| {reading} | {found['called'][reading]} | {found['not_called'][reading]} |" in text
    assert f"| rows | {len(wars.called)} | {len(wars.not_called)} |" in text
    for kind, words in KINDS.items():
        assert f"{found['met_by'][kind]} {words}" in text


def test_the_defence_of_poland_was_owed_in_september_1939(wars):
    poland = next(row for row in wars.rows if row.treaty == "atop-2440" and row.war == "WorldWarII")
    assert (poland.coded, poland.reading, poland.victim) == ("honoured", Reading.MET, "POL")
