"""Which treaties bind whom on a day: the filters agree with the files read by hand; known days come out."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import CaseError
from foedus.treaties import catalogue
from foedus.treaties.catalogue import treaty_named
from foedus.treaties.packaged import names_in, packaged
from foedus.treaties.query import treaties_where
from foedus.treaties.treaty import ClauseType

STATES = sorted({span.code for treaty in catalogue().values() for span in treaty.parties})
DAYS = st.dates(date(1815, 1, 1), date(2026, 12, 31))
A_FEW = settings(deadline=None, max_examples=60)


def holds(start: str | None, end: str | None, day: date) -> bool:
    """Whether a day lies in a span, by comparing ISO text; an end known to the month or year counts whole."""
    told = day.isoformat()
    begun = start is None or told[: len(start)] >= start
    if end is None:
        return begun
    return begun and (told < end if len(end) == 10 else told[: len(end)] <= end)


def text(raw) -> str | None:
    return None if raw is None else str(raw)


def by_hand(day: date) -> dict[str, tuple[set[str], set[str]]]:
    """The treaties in force on a day with their parties and types of clause, straight from the files."""
    found = {}
    for name in names_in("builtin"):
        file = packaged(name)
        begins = text((file.get("presumed_in_force") or {}).get("from")) or text(file.get("in_force"))
        if begins is None or not holds(begins, text(file.get("ended")), day):
            continue
        parties = {
            span["code"]
            for span in file.get("parties") or ()
            if holds(text(span["from"]), text(span.get("to")), day)
        }
        kinds = set()
        for clause in file["clauses"]:
            valid = clause.get("valid") or {}
            if holds(text(valid.get("from")), text(valid.get("to")), day):
                kinds.add(clause["type"])
        found[name] = parties, kinds
    return found


def ids(**asked) -> set[str]:
    return {listed.treaty.id for listed in treaties_where(**asked)}


@given(day=DAYS)
@A_FEW
def test_what_is_in_force_on_a_day_is_what_the_files_say(day):
    expected = by_hand(day)
    listed = treaties_where(day=day)
    assert {one.treaty.id: set(one.parties) for one in listed} == {
        name: parties for name, (parties, _) in expected.items()
    }
    assert all(one.in_force for one in listed)


@given(day=DAYS, party=st.sampled_from(STATES), kind=st.sampled_from([None, *get_args(ClauseType)]))
@A_FEW
def test_the_treaties_of_a_party_are_those_whose_files_bind_it(day, party, kind):
    expected = {
        name
        for name, (parties, kinds) in by_hand(day).items()
        if party in parties and (kind is None or kind in kinds)
    }
    assert ids(day=day, party=party, kind=kind) == expected


@given(day=DAYS, pair=st.lists(st.sampled_from(STATES), min_size=1, max_size=3))
@A_FEW
def test_the_treaties_between_states_are_those_that_each_of_them_has(day, pair):
    assert ids(day=day, between=pair) == set.intersection(*(ids(day=day, party=one) for one in pair))


@pytest.mark.parametrize("kind", get_args(ClauseType))
def test_without_a_day_every_treaty_with_such_a_clause_is_listed(kind):
    expected = {n for n in names_in("builtin") if kind in {c["type"] for c in packaged(n)["clauses"]}}
    assert ids(kind=kind) == expected


@given(party=st.sampled_from(STATES), day=DAYS)
@A_FEW
def test_who_is_bound_on_a_day_is_listed_among_those_ever_bound(party, day):
    assert ids(party=party, day=day) <= ids(party=party) <= ids()


def test_a_kind_of_clause_counts_in_the_wording_of_the_day():
    """Britain and Japan promised neutrality first (1902), and help in every case since 1905."""
    assert "anglo-japanese-1902" in ids(day=date(1903, 1, 1), kind="neutrality")
    assert "anglo-japanese-1902" not in ids(day=date(1910, 1, 1), kind="neutrality")
    assert "anglo-japanese-1902" in ids(day=date(1910, 1, 1), kind="mutual_defence")


def test_the_list_runs_from_the_oldest_signature_to_the_youngest():
    signed = [listed.treaty.signed.first for listed in treaties_where()]
    assert len(signed) == len(catalogue())
    assert signed == sorted(signed)


def test_a_treaty_that_is_over_is_listed_with_all_that_it_ever_bound():
    (pact,) = (listed for listed in treaties_where(party="DDR") if listed.treaty.id == "warsaw-pact")
    assert not pact.in_force
    assert set(pact.parties) == {"ALB", "BGR", "CSK", "DDR", "HUN", "POL", "ROU", "SUN"}


# Known days


def test_the_csto_binds_six_states_on_6_january_2022():
    (csto,) = (one for one in treaties_where(day=date(2022, 1, 6)) if one.treaty.id == "csto-1992")
    assert csto.parties == ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")


def test_russia_and_belarus_are_bound_by_the_csto_and_the_union_state_on_6_january_2022():
    assert ids(day=date(2022, 1, 6), between=("RUS", "BLR")) == {
        "csto-1992",
        "csto-ksor-2009",
        "csto-peacekeeping-2007",
        "union-state-1999",
    }


@pytest.mark.parametrize(
    ("day", "members"),
    [
        (date(1949, 8, 23), 0),
        (date(1949, 8, 24), 12),
        (date(1952, 2, 18), 14),
        (date(1955, 5, 6), 15),
        (date(1982, 5, 30), 16),
        (date(2022, 1, 6), 30),
        (date(2023, 4, 4), 31),
        (date(2024, 3, 7), 32),
    ],
)
def test_nato_has_as_many_members_as_the_day_knows(day, members):
    listed = [one for one in treaties_where(day=day) if one.treaty.id == "north-atlantic-treaty"]
    assert sum(len(one.parties) for one in listed) == members


@pytest.mark.parametrize(
    ("treaty_id", "day", "in_force"),
    [
        ("dual-alliance-1879", date(1879, 10, 20), False),
        ("dual-alliance-1879", date(1914, 7, 28), True),
        ("dual-alliance-1879", date(1919, 1, 1), False),
        ("franco-russian-1894", date(1914, 8, 1), True),
        ("warsaw-pact", date(1955, 6, 3), False),
        ("warsaw-pact", date(1955, 6, 4), True),
        ("warsaw-pact", date(1991, 6, 30), True),
        ("warsaw-pact", date(1991, 7, 1), False),
        ("ottoman-german-1914", date(1914, 7, 28), False),
        ("league-covenant", date(1939, 9, 1), True),
    ],
)
def test_a_treaty_is_in_force_on_the_days_that_history_knows(treaty_id, day, in_force):
    assert (treaty_id in ids(day=day)) is in_force


def test_the_german_democratic_republic_left_the_warsaw_pact_before_it_ended():
    pact = catalogue()["warsaw-pact"]
    assert "DDR" in pact.parties_on(date(1990, 9, 23))
    assert "DDR" not in pact.parties_on(date(1990, 9, 24))


# By which names a treaty is found


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("csto-1992", "csto-1992"),
        ("csto", "csto-1992"),
        ("  CSTO ", "csto-1992"),
        ("nato", "north-atlantic-treaty"),
        ("North Atlantic", "north-atlantic-treaty"),
        ("warsaw", "warsaw-pact"),
    ],
)
def test_a_treaty_is_found_by_its_id_its_short_name_or_a_part(told, found):
    assert treaty_named(told, date(2022, 1, 6)).id == found


def test_every_treaty_is_found_by_its_own_id():
    for treaty_id in catalogue():
        assert treaty_named(treaty_id.upper(), date(2022, 1, 6)).id == treaty_id


def test_of_treaties_of_one_name_that_of_the_day_is_meant():
    assert treaty_named("balkan", date(1935, 1, 1)).id == "balkan-pact-1934"
    assert treaty_named("balkan", date(1960, 1, 1)).id == "balkan-pact-1954"


def test_a_name_that_several_treaties_may_have_is_refused_with_their_ids():
    with pytest.raises(CaseError, match="may be several treaties; give one of") as caught:
        treaty_named("arab", date(1960, 1, 1))
    assert "arab-jdect-1950" in str(caught.value)
    assert "arab-league-1945" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_name_that_no_treaty_has_is_refused_with_the_nearest():
    with pytest.raises(CaseError) as caught:
        treaty_named("warszaw-pact", date(1980, 1, 1))
    assert str(caught.value) == "'warszaw-pact' is no treaty of the catalogue; did you mean 'warsaw-pact'?"
