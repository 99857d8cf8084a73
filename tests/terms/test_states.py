"""By which name, code or number a state goes, on a day; and what is said of a word that names none."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import CaseError
from foedus.terms.states import (
    code_of_number,
    dependencies,
    integral_territories,
    name_of,
    not_there,
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
def test_every_code_stands_for_itself_in_any_case_on_any_day_or_is_refused_with_a_mend(code, day):
    assert party_code(code) == party_code(code.lower()) == party_code(f" {code} ") == code
    wrong = not_there(code, day)
    if wrong is None:
        assert party_code(code, day) == party_code(code.lower(), day) == code
    else:
        with pytest.raises(CaseError) as caught:
            party_code(code, day)
        assert str(caught.value) == wrong
        mend = re.search(r"; for that day give (.+)$", wrong)
        for other in mend[1].split(" or ") if mend else ():
            assert party_code(other, day) == other


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
    assert party_code(str(number)) == code


@pytest.mark.parametrize(("number", "code"), [(255, "DEU"), (260, "DEU"), (245, "BAV")])
def test_the_numbers_of_the_german_states_lead_to_the_codes_of_the_catalogue(number, code):
    assert code_of_number(number, date(1870, 1, 1)) == code


# Which state, on that day? Source of the days: the acts by which the states began and ended.


@pytest.mark.parametrize(
    ("told", "day", "code"),
    [
        ("Prussia", date(1850, 1, 1), "DEU"),
        ("PRU", date(1871, 1, 17), "DEU"),
        ("West Germany", date(1956, 1, 1), "DEU"),
        ("German Federal Republic", date(1990, 10, 2), "DEU"),
        ("BWF", date(1956, 1, 1), "DEU"),
        ("Germany", date(1850, 1, 1), "DEU"),
        ("Germany", date(1956, 1, 1), "DEU"),
        ("Germany", date(2022, 1, 1), "DEU"),
        ("Russia", date(1914, 7, 28), "RUS"),
        ("Russia", date(1941, 6, 22), "SUN"),
        ("Russian Federation", date(1970, 1, 1), "SUN"),
        ("Russia", date(2022, 1, 6), "RUS"),
        ("Soviet Russia", date(1920, 4, 25), "RUS"),
        ("Austria", date(1914, 7, 28), "AUH"),
        ("Austria", date(1930, 1, 1), "AUT"),
        ("Austria", date(2000, 1, 1), "AUT"),
        ("Hungary", date(1914, 7, 28), "AUH"),
        ("Turkey", date(1914, 8, 2), "OTT"),
        ("Türkiye", date(1914, 8, 2), "OTT"),
        ("Turkey", date(1952, 2, 18), "TUR"),
        ("Serbia", date(1914, 7, 28), "SRB"),
        ("Serbia", date(1921, 2, 10), "YUG"),
        ("SRB", date(1921, 2, 10), "SRB"),
        ("Serbia", date(1934, 2, 9), "YUG"),
        ("Serbia", date(2020, 1, 1), "SRB"),
        ("Czech Republic", date(1938, 9, 1), "CSK"),
        ("Slovakia", date(1941, 1, 1), "SVK"),
        ("Ukraine", date(1900, 1, 1), "RUS"),
        ("Estonia", date(1900, 1, 1), "RUS"),
        ("Vietnam", date(2000, 1, 1), "VNM"),
    ],
)
def test_a_name_means_the_state_of_the_day_and_a_code_itself(told, day, code):
    assert party_code(told, day) == code


@pytest.mark.parametrize(
    ("told", "day", "line"),
    [
        ("SUN", date(2022, 1, 1), "SUN ended on 1991-12-26; for that day give RUS"),
        ("Soviet Union", date(2022, 1, 1), "SUN ended on 1991-12-26; for that day give RUS"),
        ("SUN", date(1914, 7, 28), "SUN began on 1922-12-30; for that day give RUS"),
        (
            "RUS",
            date(1941, 6, 22),
            "RUS ended on 1922-12-30 and began again on 1991-12-26; for that day give SUN",
        ),
        ("DDR", date(2000, 1, 1), "DDR ended on 1990-10-03; for that day give DEU"),
        ("265", date(2000, 1, 1), "DDR ended on 1990-10-03; for that day give DEU"),
        ("PRU", date(1900, 1, 1), "PRU ended on 1871-01-18; for that day give DEU"),
        ("West Germany", date(2000, 1, 1), "BWF ended on 1990-10-03; for that day give DEU"),
        ("AUT", date(1914, 7, 28), "AUT began on 1918-11-12; for that day give AUH"),
        ("AUH", date(1930, 1, 1), "AUH ended on 1918-11-12; for that day give AUT or HUN"),
        ("TUR", date(1914, 8, 2), "TUR began on 1923-10-29; for that day give OTT"),
        ("UKR", date(1900, 1, 1), "UKR began on 1917-11-20; for that day give RUS"),
        ("EST", date(1900, 1, 1), "EST began on 1918-02-24; for that day give RUS"),
        ("Poland", date(1900, 1, 1), "POL began on 1918-11-11; for that day give RUS or DEU or AUH"),
        (
            "Vietnam",
            date(1965, 1, 1),
            "VNM began on 1976-07-02; for that day give VNM_N or VNM_S",
        ),
        (
            "SRB",
            date(1934, 2, 9),
            "SRB ended on 1918-12-01 and began again on 2006-06-05; for that day give YUG",
        ),
        ("Korea", date(2000, 1, 1), "KRE ended on 1910-08-29; for that day give KOR or PRK"),
        ("South Yemen", date(1950, 1, 1), "YMD began on 1967-11-30; give another state or another day"),
    ],
)
def test_a_state_that_was_not_there_on_the_day_is_refused_with_the_mend(told, day, line):
    with pytest.raises(CaseError) as caught:
        party_code(told, day)
    assert str(caught.value) == line


@pytest.mark.parametrize("code", ["IND", "DZA", "BRN", "CHE", "EST", "LVA", "LTU", "ANM"])
def test_a_state_of_which_it_is_not_known_here_whether_it_was_there_is_taken_as_there(code):
    assert not_there(code, date(1945, 6, 1)) is None


def test_without_a_day_no_state_is_refused():
    for code in NAMES:
        assert party_code(code) == code
    assert party_code("Prussia") == party_code("West Germany") == "DEU"
    assert party_code("Soviet Union") == "SUN"


def test_every_party_of_the_catalogue_is_there_while_it_is_a_party():
    refused = [
        (treaty.id, span.code, wrong)
        for treaty in catalogue().values()
        for span in treaty.parties
        if not (
            span.to is not None and span.to.first <= span.from_.last  # no day is surely within the span
        )
        for day in (span.from_.last, None if span.to is None else span.to.first - timedelta(1))
        if day is not None and (wrong := not_there(span.code, day)) is not None
    ]
    assert refused == []


@given(code=st.sampled_from(sorted(NAMES)), day=DAYS)
@settings(deadline=None)
def test_a_name_leads_to_a_state_that_was_there_or_is_refused(code, day):
    try:
        found = party_code(name_of(code), day)
    except CaseError as wrong:
        assert re.search(r"; (for that day )?give ", str(wrong))  # noqa: PT017
    else:
        assert not_there(found, day) is None


def test_integral_territories_are_dependencies_of_a_state():
    assert integral_territories() <= set(dependencies())


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
    assert unknown_party("Russia", date(1970, 1, 1)) == "'Russia' is a name; give its code SUN"
    assert unknown_party("Prussia") == "'Prussia' is a name; give its code DEU"
    told = unknown_party("Soviet Union", date(2022, 1, 1))
    assert told == "'Soviet Union' is a name, and SUN ended on 1991-12-26; for that day give RUS"


def test_a_file_that_gives_another_code_for_a_state_is_told_the_one_of_the_catalogue():
    assert unknown_party("PRU") == "'PRU' goes by the code DEU here; give DEU"


def test_a_living_state_has_a_region_and_a_gone_one_has_none():
    assert regions_of("EST") == "Northern Europe"
    assert regions_of("JPN") == "Eastern Asia"
    assert regions_of("AUH") is None
