"""By which name, code or number a state goes, on a day; and what is said of a word that names none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import CaseError
from foedus.terms.states import (
    code_of_number,
    name_of,
    party_code,
    party_names,
    regions_of,
    unknown_party,
)
from foedus.treaties import catalogue

NAMES = party_names()
CATALOGUE = sorted({span.code for treaty in catalogue().values() for span in treaty.parties})
DAYS = st.dates(date(1816, 1, 1), date(2026, 12, 31))


@given(code=st.sampled_from(sorted(NAMES)), day=DAYS)
@settings(deadline=None)
def test_every_code_stands_for_itself_in_any_case_on_any_day(code, day):
    assert party_code(code, day) == party_code(code.lower(), day) == party_code(f" {code} ", day) == code


def test_the_name_that_foedus_shows_for_a_state_of_the_catalogue_leads_back_to_it():
    astray = {}
    for code in CATALOGUE:
        try:
            found = party_code(NAMES[code])
        except CaseError:
            found = None
        if found != code:
            astray[code] = found
    assert astray == {}


def test_every_code_of_the_catalogue_has_a_name_of_its_own():
    assert len(CATALOGUE) > 100
    assert [code for code in CATALOGUE if name_of(code) == code] == []
    assert len({name_of(code) for code in CATALOGUE}) == len(CATALOGUE)


def test_a_code_without_a_name_is_shown_as_it_is():
    assert name_of("QQQ") == "QQQ"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("Kazakhstan", "KAZ"),
        ("kazakhstan", "KAZ"),
        ("Russia", "RUS"),
        ("Russian Federation", "RUS"),
        ("United States", "USA"),
        ("America", "USA"),
        ("Great Britain", "GBR"),
        ("North Korea", "PRK"),
        ("Republic of Korea", "KOR"),
        ("Türkiye", "TUR"),
        ("Cote d'Ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("Czech Republic", "CZE"),
    ],
)
def test_a_state_is_found_by_its_english_names(told, code):
    assert party_code(told) == code


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("Persia", "IRN"),
        ("Siam", "THA"),
        ("Burma", "MMR"),
        ("Zaire", "COD"),
        ("Russian Empire", "RUS"),
        ("Soviet Union", "SUN"),
        ("USSR", "SUN"),
        ("Austria-Hungary", "AUH"),
        ("Austria Hungary", "AUH"),
        ("Ottoman Empire", "OTT"),
        ("East Germany", "DDR"),
        ("South Vietnam", "VNM_S"),
        ("South Yemen", "YMD"),
        ("Czechoslovakia", "CSK"),
        ("Yugoslavia", "YUG"),
    ],
)
def test_a_state_is_found_by_its_old_names_and_one_that_is_gone_by_its_own(told, code):
    assert party_code(told) == code


# Source of the pairs: Correlates of War, state system membership (v2016).
@pytest.mark.parametrize(
    ("number", "code"),
    [(2, "USA"), (200, "GBR"), (220, "FRA"), (300, "AUH"), (265, "DDR"), (705, "KAZ"), (710, "CHN")],
)
def test_a_state_is_found_by_its_correlates_of_war_number(number, code):
    assert code_of_number(number, date(2000, 1, 1)) == code
    assert party_code(str(number), date(2000, 1, 1)) == code


@pytest.mark.parametrize(
    ("number", "day", "code"),
    [
        (365, date(1914, 7, 28), "RUS"),
        (365, date(1922, 12, 29), "RUS"),
        (365, date(1922, 12, 30), "SUN"),
        (365, date(1991, 12, 25), "SUN"),
        (365, date(1991, 12, 26), "RUS"),
        (365, date(2022, 1, 6), "RUS"),
        (640, date(1914, 8, 2), "OTT"),
        (640, date(1952, 2, 18), "TUR"),
        (345, date(1914, 7, 28), "SRB"),
        (345, date(1934, 2, 9), "YUG"),
        (345, date(2020, 1, 1), "SRB"),
        (816, date(1965, 2, 7), "VNM_N"),
        (816, date(1978, 12, 13), "VNM"),
        (817, date(1965, 2, 7), "VNM_S"),
    ],
)
def test_a_number_that_states_carried_in_turn_is_told_by_the_day(number, day, code):
    assert party_code(str(number), day) == code


@given(day=DAYS)
@settings(deadline=None)
def test_the_number_365_is_russias_or_the_soviet_unions_and_changes_twice(day):
    assert code_of_number(365, day) in ("RUS", "SUN")
    changes = [
        edge
        for edge in (date(1922, 12, 30), date(1991, 12, 26))
        if code_of_number(365, edge) != code_of_number(365, edge - timedelta(1))
    ]
    assert len(changes) == 2
    assert (code_of_number(365, day) == "SUN") == (changes[0] <= day < changes[1])


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ("KZA", "'KZA' is no party known; did you mean 'KAZ' (Kazakhstan)?"),
        ("Estnia", "'Estnia' is no party known; did you mean 'EST' (Estonia)?"),
        ("Atlantis", "'Atlantis' is no party known; give an ISO 3166-1 alpha-3 code, such as KAZ"),
        ("", "'' is no party known; give an ISO 3166-1 alpha-3 code, such as KAZ"),
        ("999", "999 is no number of a state in the Correlates of War; give one, such as 705"),
        ("0", "0 is no number of a state in the Correlates of War; give one, such as 705"),
    ],
)
def test_a_word_that_names_no_state_is_told_in_one_line_with_a_way_out(told, line):
    with pytest.raises(CaseError) as caught:
        party_code(told, date(2022, 1, 6))
    assert str(caught.value) == line


def test_a_file_that_gives_a_name_where_a_code_belongs_is_told_the_code():
    assert unknown_party("Kazakhstan") == "'Kazakhstan' is a name; give its code KAZ"


def test_a_living_state_has_a_region_and_a_gone_one_has_none():
    assert regions_of("EST") == "Northern Europe"
    assert regions_of("JPN") == "Eastern Asia"
    assert regions_of("AUH") is None
