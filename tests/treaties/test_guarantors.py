"""Whom could a government call on: by which clause, and what would have to be so."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.treaties import catalogue
from foedus.treaties.guarantors import CALLED_ON, guarantors

JANUARY_2022 = date(2022, 1, 4)
STATES = sorted({span.code for treaty in catalogue().values() for span in treaty.parties})
CSTO = {"ARM", "BLR", "KGZ", "RUS", "TJK"}


def parties(found, clause_id):
    return {one.party for one in found if one.clause.id == clause_id}


def test_kazakhstan_could_call_on_the_five_others_of_the_csto_under_article_4():
    found = guarantors("KAZ", JANUARY_2022)
    assert parties(found, "csto-1992.art4-2010") == CSTO
    assert {one.party for one in found if one.sort == "help"} == CSTO
    assert {one.clause.id for one in found if one.sort == "help"} == {"csto-1992.art4-2010"}


def test_article_4_asks_by_its_letter_for_a_request_and_in_its_sense_for_a_hand_from_outside():
    for one in guarantors("KAZ", JANUARY_2022):
        if one.clause.id == "csto-1992.art4-2010":
            assert "KAZ asks for help" in one.letter
            assert "KAZ is attacked" in one.letter
            assert "outside" not in one.letter
            assert one.sense == "the act against KAZ comes from outside"
            assert one.as_dict()["internal_disorder"] == "not_covered"


def test_kazakhstan_can_call_on_nothing_of_nato_nor_on_itself():
    found = guarantors("KAZ", JANUARY_2022)
    assert "north-atlantic-treaty" not in {one.treaty.id for one in found}
    assert "KAZ" not in {one.party for one in found}


def test_no_state_is_its_own_guarantor_by_a_duty_that_all_parties_have():
    found = guarantors("FRA", date(1914, 7, 31))
    assert parties(found, "franco-russian-1894.art2") == {"RUS"}
    assert "FRA" not in {one.party for one in found}


def test_the_wording_of_the_day_counts():
    before = {one.clause.id for one in guarantors("KAZ", date(2012, 12, 18))}
    since = {one.clause.id for one in guarantors("KAZ", date(2012, 12, 19))}
    assert "csto-1992.art4-1992" in before - since
    assert "csto-1992.art4-2010" in since - before


def test_estonia_in_2025_can_call_on_nato_and_the_union():
    found = guarantors("EST", date(2025, 5, 9))
    nato = parties(found, "north-atlantic-treaty.art5")
    assert len(nato) == 31
    assert {"USA", "FIN", "SWE", "TUR"} <= nato
    union = parties(found, "eu-teu-42-7.art42-7")
    assert len(union) == 26
    assert {"IRL", "AUT", "MLT"} <= union
    assert "GBR" not in union
    assert not {"RUS", "BLR"} & {one.party for one in found if one.sort == "help"}


def test_estonia_between_the_wars_had_nobody_bound_to_help_outside_the_league():
    bound = {one.treaty.id for one in guarantors("EST", date(1930, 1, 1)) if one.sort == "help"}
    assert bound <= {"league-covenant"}


@pytest.mark.parametrize(("state", "day"), [("CHE", date(1850, 1, 1)), ("BTN", date(1948, 1, 1))])
def test_a_state_without_treaties_can_call_on_nobody(state, day):
    assert guarantors(state, day) == []


@pytest.mark.parametrize("state", ["CHE", "BTN"])
def test_a_state_outside_every_alliance_has_nobody_bound_to_help(state):
    assert {one.sort for one in guarantors(state, date(2025, 5, 9))} <= {"may", "consult"}


def test_a_reservation_about_a_partys_part_is_told_as_a_caution():
    armenia = [one for one in guarantors("KAZ", date(2025, 1, 1)) if one.party == "ARM"]
    assert armenia
    assert any("participation frozen" in told for one in armenia for told in one.caution)
    earlier = [one for one in guarantors("KAZ", JANUARY_2022) if one.party == "ARM"]
    assert all("frozen" not in told for one in earlier for told in one.caution)


def test_the_doubt_about_american_soil_far_from_the_pacific_is_said_without_nested_nots():
    told = {
        one.sense
        for one in guarantors("PHL", date(2025, 1, 1))
        if one.clause.id == "us-philippines-1951.art4"
    }
    assert told == {
        "the act falls outside USA or the act falls in the Pacific area"
        " or the wider reading of the clause is accepted"
    }


def test_what_the_sense_asks_is_never_that_nothing_more_be_so():
    found = [
        one for state in ("PHL", "USA", "EST", "VEN", "ARG") for one in guarantors(state, date(2025, 1, 1))
    ]
    assert found
    for one in found:
        assert "nothing more" not in f"{one.letter} {one.sense}"
        assert "it is not so that" not in f"{one.letter} {one.sense}"


@given(state=st.sampled_from(STATES), day=st.dates(date(1815, 1, 1), date(2026, 12, 31)))
@settings(deadline=None, max_examples=60)
def test_whoever_is_called_on_is_bound_that_day_by_a_clause_in_its_wording_of_the_day(state, day):
    found = guarantors(state, day)
    for one in found:
        assert one.party != state
        assert one.party in one.treaty.parties_on(day)
        assert one.clause in one.treaty.clauses_on(day)
        assert one.letter
    assert [CALLED_ON.index(one.sort) for one in found] == sorted(CALLED_ON.index(one.sort) for one in found)
    assert len({(one.party, one.clause.id) for one in found}) == len(found)


@given(state=st.sampled_from(STATES), day=st.dates(date(1815, 1, 1), date(2026, 12, 31)))
@settings(deadline=None, max_examples=60)
def test_whoever_is_bound_to_help_is_so_by_a_treaty_that_names_or_binds_the_state(state, day):
    for one in guarantors(state, day):
        trigger = one.clause.trigger
        if one.sort == "help" and trigger.victim == "party":
            named = {*one.treaty.parties_on(day), *trigger.protects, *trigger.protects_also}
            assert state in named
