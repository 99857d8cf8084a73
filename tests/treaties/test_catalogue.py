"""The catalogue as a whole: whom it names, when they existed, which facts it asks about, what it cites."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from graphlib import TopologicalSorter
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from foedus.terms import Dated
from foedus.terms.states import party_names
from foedus.treaties import Treaty, catalogue, predicates
from foedus.treaties import packaged as room
from foedus.treaties.condition import Compare, Fact, leaves
from foedus.treaties.packaged import digest, names_in, packaged, read_yaml_files
from foedus.treaties.query import treaty_as_dict
from foedus.treaties.vocabulary import groups
from foedus.treaties.vocabulary.places import is_place

TREATIES = list(catalogue().values())
CLAUSES = [(treaty, clause) for treaty in TREATIES for clause in treaty.clauses]

# First and last day on which the state of a code existed. Sources: the Correlates of War state list (v2016)
# and the acts named. AUH also stands for the Austrian Empire, as states.yaml says.
LIVED = {
    "SUN": (date(1922, 12, 30), date(1991, 12, 26)),  # Treaty on the Creation; declaration 142-N
    "AUH": (date(1804, 8, 11), date(1918, 11, 12)),  # Austrian Empire; Republic proclaimed in Vienna
    "OTT": (date(1299, 1, 1), date(1923, 10, 29)),  # conventional; Republic of Turkey proclaimed
    "CSK": (date(1918, 10, 28), date(1992, 12, 31)),  # independence; constitutional act 542/1992
    "DDR": (date(1949, 10, 7), date(1990, 10, 2)),  # constitution; accession on 3 October 1990
    "YMD": (date(1967, 11, 30), date(1990, 5, 21)),  # independence; union on 22 May 1990
    "YUG": (date(1918, 12, 1), date(1992, 4, 26)),  # Kingdom proclaimed; Federal Republic on 27 April 1992
    "VNM_S": (date(1955, 10, 26), date(1975, 4, 30)),  # Republic proclaimed; fall of Saigon
    "VNM_N": (date(1945, 9, 2), date(1976, 7, 1)),  # independence declared; union on 2 July 1976
}
# Days before which a living state of the catalogue cannot have been bound (independence; same sources).
BORN = {
    **dict.fromkeys(("ARM", "AZE", "BLR", "GEO", "KAZ", "KGZ"), date(1991, 4, 9)),
    **dict.fromkeys(("MDA", "TJK", "TKM", "UKR", "UZB"), date(1991, 8, 24)),
    **dict.fromkeys(("HRV", "SVK"), date(1939, 3, 14)),  # the states of the Second World War share the codes
    **dict.fromkeys(("SVN", "MKD", "BIH"), date(1991, 6, 25)),
    **dict.fromkeys(("EST", "LVA", "LTU", "FIN", "POL"), date(1917, 12, 6)),
    "CZE": date(1993, 1, 1),
    "MNE": date(1878, 7, 13),
    "IND": date(1920, 1, 10),  # under British rule a founder of the League; independent on 15 August 1947
    "PAK": date(1947, 8, 14),
    "SSD": date(2011, 7, 9),
    "TLS": date(2002, 5, 20),
}  # fmt: skip

SUCCESSIVE = {
    "csto-1992": [{"art2-1992", "art2-2010"}, {"art4-1992", "art4-2010"}, {"art6-1992", "art6"}],
    "anglo-japanese-1902": [{"1902-art2", "1911-art2"}, {"1902-art3", "1911-art1"}],
    "poland-romania-1921": [{"art1-1921", "art1-1926"}],
}


@pytest.fixture(scope="module")
def from_yaml():
    return read_yaml_files()


def ends(treaty, span):
    """The day by which a party is free at the latest: by its own leaving, or the treaty's end."""
    days = [dated.first for dated in (span.to, treaty.ended) if dated is not None]
    return min(days, default=date.max)


def states_named(treaty):
    """Every code of a state that a treaty's file uses, with where."""
    for one in (*treaty.parties, *treaty.signatories):
        yield one.code, treaty.id
    for clause in treaty.clauses:
        trigger = clause.trigger
        named = [*trigger.protects, *trigger.protects_also]
        named += clause.addressees if isinstance(clause.addressees, list) else []
        named += [] if clause.owed_to is None else [clause.owed_to]
        named += [code for left_out in trigger.exceptions for code in left_out.reserved_by]
        for code in named:
            yield code, clause.id


def conditions(clause):
    yield clause.trigger.condition
    yield from (left_out.when for left_out in clause.trigger.exceptions if left_out.when is not None)


# What is there


def test_the_catalogue_holds_at_least_ninety_seven_treaties_each_named_as_its_file():
    assert len(TREATIES) >= 97
    assert list(catalogue()) == names_in("builtin")


def test_every_treaty_validates_as_its_yaml_file_stands(from_yaml):
    for name in names_in("builtin"):
        assert Treaty.model_validate(from_yaml[name]) == catalogue()[name]


def test_the_compiled_copy_is_up_to_date_with_the_yaml_files(from_yaml):
    compiled = json.loads((files("foedus.treaties") / room.COMPILED).read_text(encoding="utf-8"))
    assert compiled["digest"] == digest(), "run: python scripts/compile_treaties.py"
    assert compiled["files"] == from_yaml


def test_where_a_yaml_file_was_edited_since_the_yaml_files_are_read(monkeypatch):
    monkeypatch.setattr(room, "digest", lambda: "of an edited file")
    monkeypatch.setattr(room, "read_yaml_files", lambda: {"edited": True})
    assert room._all.__wrapped__() == {"edited": True}


@pytest.mark.parametrize("name", ["csto-1992", "north-atlantic-treaty", "warsaw-pact"])
def test_a_misspelt_key_in_a_treatys_file_is_refused(name):
    Treaty.model_validate(packaged(name))
    with pytest.raises(ValidationError, match="Extra inputs"):
        Treaty.model_validate({**packaged(name), "partys": []})


# Who is named, and when


def test_every_code_of_a_state_has_a_name():
    assert [
        (code, where) for t in TREATIES for code, where in states_named(t) if code not in party_names()
    ] == []


def test_no_state_is_a_party_twice_on_any_day_that_a_span_begins_or_ends():
    for treaty in TREATIES:
        edges = {
            day for s in treaty.parties for d in (s.from_, s.to) if d is not None for day in (d.first, d.last)
        }
        for day in edges:
            bound = treaty.parties_on(day)
            assert len(bound) == len(set(bound)), (treaty.id, day)


def test_every_party_existed_while_it_was_bound():
    outlived = set()
    for treaty in TREATIES:
        for span in treaty.parties:
            born, gone = LIVED.get(span.code, (BORN.get(span.code, date.min), date.max))
            assert span.from_.last >= born, f"{span.code} did not exist when {treaty.id} bound it"
            # A span's end is its first free day, so one on the day after the state's last is right.
            if ends(treaty, span).toordinal() > gone.toordinal() + 1:
                outlived.add((treaty.id, span.code))
    assert not outlived


def test_the_soviet_union_and_russia_are_never_bound_on_the_same_day_by_one_treaty():
    for treaty in TREATIES:
        if {"SUN", "RUS"} <= {span.code for span in treaty.parties}:
            for span in treaty.parties:
                assert not {"SUN", "RUS"} <= set(treaty.parties_on(span.from_.last)), treaty.id


def test_russia_is_bound_before_the_soviet_union_or_after_it_never_during():
    for treaty in TREATIES:
        for span in treaty.parties:
            if span.code == "RUS" and span.from_.first < LIVED["SUN"][1]:
                assert ends(treaty, span) <= LIVED["SUN"][0], treaty.id


def test_the_dates_of_a_treaty_are_in_order():
    for treaty in TREATIES:
        if treaty.begins is None:
            assert treaty.status == "signed_not_verified_in_force", treaty.id
            assert treaty.parties == [], treaty.id
            continue
        assert treaty.signed.first <= treaty.begins.last, treaty.id
        if treaty.ended is not None:
            assert treaty.begins.first <= treaty.ended.last, treaty.id
        for span in treaty.parties:
            assert span.from_.last >= treaty.signed.first, (treaty.id, span.code)
            assert treaty.ended is None or span.from_.first <= treaty.ended.last, (treaty.id, span.code)


def test_a_treaty_in_force_without_parties_says_that_its_list_is_not_complete():
    empty = [treaty for treaty in TREATIES if treaty.begins is not None and not treaty.parties]
    assert [treaty.id for treaty in empty if treaty.parties_complete] == []
    assert [treaty.id for treaty in empty] == ["au-nacdp-2005"]


def test_a_treaty_that_has_ended_has_no_parties_after_its_last_day():
    ended = [treaty for treaty in TREATIES if treaty.ended is not None]
    assert ended
    for treaty in ended:
        after = date(treaty.ended.last.year + 1, 1, 1)
        assert treaty.parties_on(after) == (), treaty.id
        assert treaty.clauses_on(after) == (), treaty.id


def test_a_wording_begins_and_ends_within_the_life_of_its_treaty():
    for treaty, clause in CLAUSES:
        for edge in (clause.valid.from_, clause.valid.to):
            if edge is not None:
                assert edge.last >= treaty.signed.first, clause.id
                assert treaty.ended is None or edge.first <= treaty.ended.last, clause.id


@pytest.mark.parametrize(
    ("treaty_id", "family"),
    [(treaty_id, sorted(family)) for treaty_id, families in SUCCESSIVE.items() for family in families],
)
@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_of_successive_wordings_exactly_one_is_in_force_on_every_day(treaty_id, family, data):
    treaty = catalogue()[treaty_id]
    last = treaty.ended.first if treaty.ended is not None else date(2026, 1, 1)
    turns = [c.valid.from_.first for c in treaty.clauses if c.valid.from_ is not None]
    near = [date.fromordinal(turn.toordinal() + step) for turn in turns for step in (-1, 0, 1)]
    first_day = treaty.begins.last.toordinal()
    anywhere = st.integers(first_day, last.toordinal() - 1).map(date.fromordinal)
    day = data.draw(st.sampled_from(near) | anywhere)
    shown = [clause.id for clause in treaty.clauses_on(day)]
    assert len([name for name in family if f"{treaty_id}.{name}" in shown]) == 1


# What the clauses ask about


def test_every_fact_is_declared_once_and_defined():
    text = (files("foedus.treaties") / "vocabulary" / "predicates.yaml").read_text(encoding="utf-8")
    names = Counter(re.findall(r"^  (\w+):\s*$", text, re.MULTILINE))
    assert set(names) == set(predicates())
    assert max(names.values()) == 1
    assert all(len(declared.definition.split()) >= 2 for declared in predicates().values())


def test_clauses_ask_about_declared_facts_only():
    used = {
        leaf.predicate
        for _, c in CLAUSES
        for when in conditions(c)
        for leaf in leaves(when)
        if isinstance(leaf, Fact)
    }
    assert len(used) > 20
    assert used <= set(predicates())


def test_what_decides_a_fact_is_declared_and_never_runs_in_a_circle():
    grounds = {
        name: {
            leaf.predicate
            for condition in (declared.means, declared.follows_from)
            if condition is not None
            for leaf in leaves(condition)
            if isinstance(leaf, Fact)
        }
        for name, declared in predicates().items()
    }
    assert any(grounds.values())
    assert set().union(*grounds.values()) <= set(predicates())
    order = list(TopologicalSorter(grounds).static_order())  # raises CycleError on a circle
    assert set(order) == set(predicates())


def test_every_code_that_a_clause_compares_with_is_a_place_or_a_group():
    known = {"parties", "victim", *groups()}
    asked = [
        (clause.id, code)
        for _, clause in CLAUSES
        for condition in conditions(clause)
        for leaf in leaves(condition)
        if isinstance(leaf, Compare) and isinstance(leaf.value, tuple) and leaf.comparison != "origin"
        for code in leaf.value
    ]
    asked += [
        (clause.id, code)
        for _, clause in CLAUSES
        if clause.trigger.area is not None
        for code in (*clause.trigger.area.within, *clause.trigger.area.outside)
    ]
    assert len(asked) > 50
    assert [(where, code) for where, code in asked if code not in known and not is_place(code)] == []


def test_every_member_of_a_group_is_a_place():
    for name, group in groups().items():
        listed = [*group.states, *group.without, *(span.code for span in group.spans)]
        assert [code for code in listed if not is_place(code)] == [], name


def test_a_clause_asks_whether_the_act_falls_in_its_area_only_where_it_has_one_or_somebody_can_say():
    for _, clause in CLAUSES:
        asks = any(leaf == Fact("within_area") for leaf in leaves(clause.trigger.condition))
        if clause.trigger.area is not None:
            assert asks, f"{clause.id} has an area that no condition asks about"
        elif asks:
            assert clause.trigger.scope, f"{clause.id} asks about an area and says nowhere which"


@pytest.mark.parametrize(
    ("treaty", "clause"),
    [pytest.param(t, c, id=c.id) for t, c in CLAUSES if c.type == "mutual_defence" and t.parties],
)
def test_a_clause_of_mutual_defence_has_somebody_to_come_on_a_day_in_force(treaty, clause):
    starts = [treaty.begins, *(span.from_ for span in treaty.parties), clause.valid.from_]
    days = {day for dated in starts if dated is not None for day in (dated.first, dated.last)}
    protected = {*clause.trigger.protects, *clause.trigger.protects_also}
    assert any(
        set(clause.addressed(treaty.parties_on(day), victim)) - {victim}
        for day in days
        if clause in treaty.clauses_on(day)
        for victim in (*treaty.parties_on(day), *protected)
    )


# What is cited


def test_every_treaty_has_a_source_and_every_address_is_one_of_the_web():
    for treaty in TREATIES:
        assert treaty.sources, treaty.id
        for source in treaty.sources:
            assert source.cite.strip(), treaty.id
            assert source.url is None or re.fullmatch(
                r"https?://[\w-]+(\.[\w-]+)+\.?(:\d+)?(/\S*)?", source.url
            ), source.url


def test_at_least_twenty_clauses_were_held_against_their_text():
    checked = {check.clause for t in TREATIES for check in t.text_checks if check.result != "not reachable"}
    assert len(checked) >= 20


def test_a_text_check_has_an_address_unless_the_text_could_not_be_reached():
    for treaty in TREATIES:
        for check in treaty.text_checks:
            reached = check.result != "not reachable"
            assert check.where.startswith(("http://", "https://")) is reached, check.clause
            assert check.on.to_the_day, check.clause


def test_a_related_treaty_is_in_the_catalogue():
    for treaty in TREATIES:
        assert set(treaty.related) <= set(catalogue()) - {treaty.id}, treaty.id


def test_no_text_is_longer_than_a_reader_takes_in():
    for treaty in TREATIES:
        assert len(treaty.short_name) <= 40, treaty.id
        assert len(treaty.note or "") <= 600, treaty.id
        assert all(len(source.cite) <= 160 for source in treaty.sources), treaty.id
        assert all(len(check.note) <= 600 for check in treaty.text_checks), treaty.id
        for clause in treaty.clauses:
            assert 10 <= len(clause.label) <= 200, clause.id
            assert len(clause.note or "") <= 500, clause.id
            assert len(clause.obligation.text or "") <= 300, clause.id


@pytest.mark.parametrize("treaty", TREATIES, ids=lambda treaty: treaty.id)
def test_every_treaty_can_be_told_as_json_with_its_clauses(treaty):
    day = treaty.begins.last if isinstance(treaty.begins, Dated) else date(2026, 1, 1)
    told = json.loads(json.dumps(treaty_as_dict(treaty, day)))
    assert told["id"] == treaty.id
    shown = treaty.clauses_on(day) or treaty.clauses
    assert [row["id"] for row in told["clauses"]] == [clause.id for clause in shown]
    assert all(row["trigger"]["condition"] for row in told["clauses"])
