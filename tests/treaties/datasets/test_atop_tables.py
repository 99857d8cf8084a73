"""ATOP: what the columns of the two levels become. The tables are invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_tables import atop_row, write

from foedus.terms import Belief, Dated, Reading, Status
from foedus.treaties.condition import Fact, leaves
from foedus.treaties.datasets import holdings
from foedus.treaties.datasets.codebook import Threat, codes, condition_of, limits, obligations
from foedus.treaties.datasets.membership import Spell, entries, spells_of
from foedus.treaties.reading import read_clause
from foedus.treaties.situation import Situation
from foedus.treaties.vocabulary import predicates

USA, FRA, DEU, AUH, ITA, RUS = 2, 220, 255, 300, 325, 365


def held(tmp_path, *rows):
    return holdings([write(tmp_path / "members.csv", rows)])[0]


def only_treaty(holding):
    (treaty,) = holding.all_treaties
    return treaty


def pair(alliance=1335, **columns):
    return [atop_row(alliance, member, (1879, 10, 7), (1918, 11, 3), **columns) for member in (DEU, AUH)]


def reading(clause, **situation):
    known = situation.pop("known", {"armed_attack": True})
    beliefs = {
        name: Belief(name, Status.TRUE if holds else Status.FALSE, np.full(1, float(holds)))
        for name, holds in known.items()
    }
    found = read_clause(
        clause,
        Situation(
            beliefs=beliefs,
            host="AUH",
            as_of=datetime(1914, 7, 1),
            parties=frozenset({"DEU", "AUH"}),
            **situation,
        ),
        self_judged=False,
    )
    return {one.reading for one in found.values()}


def test_an_alliance_is_a_treaty_whose_members_are_its_parties(tmp_path):
    treaty = only_treaty(held(tmp_path, *pair(defense=1)))
    assert treaty.id == "atop-1335"
    assert treaty.parties_on(date(1900, 1, 1)) == ("AUH", "DEU")
    assert treaty.parties_on(date(1918, 11, 3)) == ()
    assert [clause.type for clause in treaty.clauses] == ["mutual_defence"]


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("defense", "mutual_defence"),
        ("offense", "offence"),
        ("neutral", "neutrality"),
        ("nonagg", "non_aggression"),
        ("consul", "consultation"),
    ],
)
def test_each_obligation_has_its_kind_of_clause(tmp_path, column, kind):
    holding = held(tmp_path, *pair(**{column: 1}))
    rows = holding.promises(date(1900, 1, 1), between=("AUH", "DEU")).rows
    assert {row.type for row in rows} == {kind}
    assert {(row.promiser, row.beneficiary) for row in rows} == {("AUH", "DEU"), ("DEU", "AUH")}


def test_a_membership_coded_as_ongoing_has_no_end(tmp_path):
    holding = held(tmp_path, *(atop_row(1, member, (1990, 5, 1), defense=1) for member in (USA, FRA)))
    (row, _other) = holding.promises(date(2016, 12, 31)).rows
    assert row.until is None
    assert row.since == Dated("1990-05-01")


def test_an_unknown_day_of_entry_leaves_the_month(tmp_path):
    holding = held(
        tmp_path, *(atop_row(1, member, (1844, 6), (1846, 6, 29), defense=1) for member in (FRA, RUS))
    )
    assert {row.since for row in holding.promises(date(1844, 6, 1)).rows} == {Dated("1844-06")}
    assert holding.promises(date(1844, 5, 31)).rows == ()


def test_a_promise_of_one_member_alone_is_owed_by_it_and_not_to_it(tmp_path):
    giver, taker = pair(defense=0)
    holding = held(tmp_path, {**giver, "defense": 1}, {**taker, "nonagg": 1})
    defence = holding.promises(date(1900, 1, 1), kind="mutual_defence").rows
    assert [(row.promiser, row.beneficiary) for row in defence] == [("DEU", "AUH")]
    (clause, _nonagg) = only_treaty(holding).clauses
    assert clause.addressees == ["DEU"]
    assert clause.trigger.protects == ["AUH"]


def test_whom_a_promise_among_several_is_for_is_said_to_be_unknown(tmp_path):
    rows = [atop_row(1, member, (1887, 2, 20), (1914, 1, 1), nonagg=1) for member in (DEU, AUH, ITA)]
    holding = held(tmp_path, {**rows[0], "offense": 1}, *rows[1:])
    found = holding.promises(date(1900, 1, 1), kind="offence").rows
    assert {row.beneficiary for row in found} == {"AUH", "ITA"}
    assert all("not to whom" in row.note for row in found)


def test_successors_of_a_partner_promise_one_another_nothing(tmp_path):
    germany, czechs, slovaks = 255, 316, 317
    rows = [
        atop_row(1, germany, (1993, 1, 1), phase=2, nonagg=1),
        atop_row(1, czechs, (1993, 1, 1), phase=2, nonagg=1),
        atop_row(1, germany, (1993, 1, 1), phase=3, nonagg=1),
        atop_row(1, slovaks, (1993, 1, 1), phase=3, nonagg=1),
    ]
    found = held(tmp_path, *rows).promises(date(2000, 1, 1)).rows
    assert {frozenset((row.promiser, row.beneficiary)) for row in found} == {
        frozenset(("DEU", "CZE")),
        frozenset(("DEU", "SVK")),
    }


def test_a_clause_changes_with_the_phase(tmp_path):
    rows = [
        atop_row(1, member, begins, ends, phase=phase, **coded)
        for member in (DEU, AUH)
        for phase, begins, ends, coded in (
            (1, (1880, 1, 1), (1890, 1, 1), {"consul": 1}),
            (2, (1890, 1, 1), (1900, 1, 1), {"consul": 1, "defense": 1}),
        )
    ]
    holding = held(tmp_path, *rows)
    assert {row.type for row in holding.promises(date(1885, 1, 1)).rows} == {"consultation"}
    assert {row.type for row in holding.promises(date(1895, 1, 1)).rows} == {"consultation", "mutual_defence"}
    assert len(only_treaty(holding).clauses) == 2


def test_a_state_keeps_its_number_and_changes_its_code(tmp_path):
    holding = held(tmp_path, *(atop_row(1, member, (1970, 5, 6), defense=1) for member in (RUS, FRA)))
    assert only_treaty(holding).parties_on(date(1991, 12, 25)) == ("FRA", "SUN")
    assert only_treaty(holding).parties_on(date(1991, 12, 26)) == ("FRA", "RUS")


def test_a_number_of_no_state_is_left_out_and_named(tmp_path):
    nobody = atop_row(1320, 9999, (1874, 3, 15), (1883, 8, 25), consul=1)
    holding = held(
        tmp_path, atop_row(1320, FRA, (1874, 3, 15), (1883, 8, 25), defense=1), nobody, *pair(defense=1)
    )
    assert holding.unresolved == (
        "members.csv: ATOP 1320: member 9999 is no state in the Correlates of War and is left out",
    )
    assert {row.treaty for row in holding.promises(date(1880, 1, 1)).rows} == {"atop-1335"}


def test_the_named_adversary_decides_whether_the_attack_counts(tmp_path):
    treaty = only_treaty(held(tmp_path, *pair(defense=1, defcoadv=1, specthrt=1, statthr1=RUS)))
    (clause,) = treaty.clauses
    assert reading(clause, attackers=frozenset({"RUS"})) == {Reading.MET}
    assert reading(clause, attackers=frozenset({"FRA"})) == {Reading.NOT_MET}


def test_a_named_adversary_is_meant_under_its_later_code_as_well(tmp_path):
    """France and Poland, 1921: the threat is Russia, which attacks as the Soviet Union."""
    rows = [
        atop_row(1, member, (1921, 2, 19), (1939, 9, 27), defense=1, defcoadv=1, specthrt=1, statthr1=RUS)
        for member in (FRA, 290)
    ]
    (clause,) = only_treaty(held(tmp_path, *rows)).clauses
    assert reading(clause, attackers=frozenset({"SUN"})) == {Reading.MET}
    assert reading(clause, attackers=frozenset({"DEU"})) == {Reading.NOT_MET}


def test_an_unnamed_adversary_stays_open(tmp_path):
    (clause,) = only_treaty(held(tmp_path, *pair(defense=1, defcoadv=1))).clauses
    assert reading(clause, attackers=frozenset({"RUS"})) == {Reading.UNDETERMINED}
    assert reading(clause, attackers=frozenset({"RUS"}), known={"armed_attack": False}) == {Reading.NOT_MET}


def test_of_two_columns_of_threats_others_may_be_meant(tmp_path):
    coded = pair(defense=1, defcoadv=1, specthrt=1, statthr1=RUS, statthr2=FRA)
    (clause,) = only_treaty(held(tmp_path, *coded)).clauses
    assert reading(clause, attackers=frozenset({"FRA"})) == {Reading.MET}
    assert reading(clause, attackers=frozenset({"ITA"})) == {Reading.UNDETERMINED}


def test_neutrality_is_not_owed_against_the_state_named_as_the_threat(tmp_path):
    """The Dual Alliance: Russia is the threat, and neutrality is owed in war with another."""
    coded = pair(neutral=1, neucoadv=1, specthrt=1, statthr1=RUS)
    (clause,) = only_treaty(held(tmp_path, *coded)).clauses
    assert Fact("coded_adversary") in set(leaves(clause.trigger.condition))
    wars = frozenset({frozenset({"AUH", "RUS"})})
    assert reading(clause, wars=wars, known={"at_war_with_third_power": True}) == {Reading.UNDETERMINED}


def test_two_attackers_are_asked_for_where_the_number_is_coded(tmp_path):
    (clause,) = only_treaty(held(tmp_path, *pair(defense=1, defconum=1))).clauses
    assert reading(clause, attackers=frozenset({"FRA"})) == {Reading.NOT_MET}
    assert reading(clause, attackers=frozenset({"FRA", "RUS"})) == {Reading.MET}


def test_limits_coded_side_by_side_may_add_up_or_not(tmp_path):
    """The Triple Alliance: attack by France, or attack by two powers; both columns are 1."""
    coded = pair(defense=1, defcoadv=1, defconum=1, specthrt=1, statthr1=FRA)
    holding = held(tmp_path, *coded)
    (clause,) = only_treaty(holding).clauses
    assert reading(clause, attackers=frozenset({"FRA", "RUS"})) == {Reading.MET}
    assert reading(clause, attackers=frozenset({"FRA"})) == {Reading.UNDETERMINED}
    assert reading(clause, attackers=frozenset({"RUS"})) == {Reading.NOT_MET}
    assert "the data do not say which" in holding.promises(date(1900, 1, 1)).rows[0].condition


def test_a_promise_against_unprovoked_attack_hangs_on_provocation(tmp_path):
    (clause,) = only_treaty(held(tmp_path, *pair(defense=1, defconpr=1))).clauses
    attackers = frozenset({"RUS"})
    assert reading(clause, attackers=attackers) == {Reading.UNDETERMINED}
    known = {"armed_attack": True, "unprovoked": True}
    assert reading(clause, attackers=attackers, known=known) == {Reading.MET}


@pytest.mark.parametrize(
    ("obligation", "column", "predicate"),
    [
        ("defense", "defcoloc", "coded_place"),
        ("defense", "defcocon", "coded_conflict"),
        ("defense", "defcodem", "coded_demands"),
        ("defense", "olimob", "coded_other_limit"),
        ("offense", "offcoadv", "coded_adversary"),
        ("offense", "offconum", "coded_number"),
        ("neutral", "neuconum", "coded_number"),
        ("neutral", "neucoatt", "armed_attack"),
        ("neutral", "neuconpr", "unprovoked"),
        ("consul", "concoloc", "coded_place"),
        ("consul", "concoreq", "requested_by_victim"),
    ],
)
def test_a_coded_limit_is_never_ignored(tmp_path, obligation, column, predicate):
    (clause,) = only_treaty(held(tmp_path, *pair(**{obligation: 1, column: 1}))).clauses
    assert Fact(predicate) in set(leaves(clause.trigger.condition))


def test_every_fact_that_a_code_becomes_is_declared():
    every = [limit.column for limit in limits()]
    asked = {
        leaf.predicate
        for obligation in obligations()
        for leaf in leaves(condition_of(obligation, every, Threat()))
        if isinstance(leaf, Fact)
    }
    assert asked | {"coded_condition"} <= set(predicates())


def test_every_code_names_its_source_and_how_sure_it_is():
    declared = codes()
    for part in ("columns", "obligations", "conditions"):
        for entry in declared[part].values():
            assert entry["source"] in declared["sources"]
            assert isinstance(entry["sure"], bool)
            assert entry["means"]


def test_a_code_whose_meaning_is_unsure_never_decides():
    """Where the meaning was not read in the codebook, the code becomes a fact that nobody states."""
    unsure = [entry for entry in codes()["conditions"].values() if not entry["sure"]]
    assert unsure
    assert all(entry["becomes"].startswith("coded_") for entry in unsure)


def test_a_column_more_or_an_optional_one_less_does_no_harm(tmp_path):
    row = pair(defense=1)
    more = [{**one, "newin51": 7} for one in row]
    fewer = [{key: value for key, value in one.items() if key in ESSENTIAL} for one in row]
    for rows in (more, fewer):
        assert held(tmp_path, *rows).promises(date(1900, 1, 1)).rows


ESSENTIAL = (
    *("atopid", "member", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit"),
    *("defense", "offense", "neutral", "nonagg", "consul"),
)


def test_coverage_is_that_of_the_version_or_else_of_the_years_in_the_file(tmp_path):
    assert held(tmp_path, *pair(defense=1)).coverage == (1815, 2016)
    assert held(tmp_path, *pair(defense=1, version="5.1")).coverage == (1815, 2018)
    assert held(tmp_path, *pair(defense=1, version="9.9")).coverage == (1879, 1918)


def test_outside_the_coverage_the_answer_is_missing(tmp_path):
    answer = held(tmp_path, *pair(defense=1)).promises(date(2020, 1, 1))
    assert not answer.covered
    assert answer.rows == ()
    assert (
        answer.says
        == "ATOP 4.01, member level covers 1815 to 2016: missing for 2020-01-01, which is not 'no'"
    )


def alliance_row(**columns):
    return {
        "atopid": 1335,
        **dict(
            zip(
                ("begyr", "begmo", "begday", "endyr", "endmo", "endday"),
                (1879, 10, 7, 1918, 11, 3),
                strict=True,
            )
        ),
        **dict.fromkeys(("defense", "offense", "neutral", "nonagg", "consul", "asymm", "conditio"), 0),
        **dict.fromkeys(("defcon", "offcon", "neucon", "concon"), 0),
        "mem1": DEU,
        "mem2": AUH,
        "mem3": "",
        "version": "4.01",
        **columns,
    }


def test_at_the_alliance_level_a_condition_is_known_only_to_exist(tmp_path):
    holding = holdings([write(tmp_path / "a.csv", [alliance_row(defense=1, defcon=1)])])[0]
    assert holding.name == "ATOP 4.01, alliance level"
    (clause,) = only_treaty(holding).clauses
    assert reading(clause, attackers=frozenset({"RUS"})) == {Reading.UNDETERMINED}


def test_at_the_alliance_level_whose_promise_differs_is_not_said(tmp_path):
    holding = holdings([write(tmp_path / "a.csv", [alliance_row(defense=1, asymm=1, mem3=ITA)])])[0]
    notes = {row.note for row in holding.promises(date(1900, 1, 1)).rows}
    assert len(notes) == 1
    assert "does not say whose" in notes.pop()


DAYS = st.dates(date(1816, 1, 1), date(2015, 1, 1))


@given(
    number=st.sampled_from([2, 220, 255, 260, 345, 365, 640, 816]), since=DAYS, length=st.integers(1, 40_000)
)
def test_the_spells_of_a_member_fill_its_time_and_nothing_else(number, since, length):
    until = since + timedelta(days=length)
    spells = spells_of(number, Dated(since.isoformat()), Dated(until.isoformat()), "here")
    assert spells[0].since.first == since
    assert spells[-1].until.first == until
    for earlier, later in pairwise(spells):
        assert earlier.until == later.since
        assert earlier.code != later.code


@given(st.lists(st.tuples(DAYS, st.integers(1, 9000)), min_size=1, max_size=8))
def test_merged_entries_hold_on_the_days_of_the_spells_and_never_overlap(drawn):
    spells = [
        Spell("FRA", Dated(since.isoformat()), Dated((since + timedelta(days=length)).isoformat()))
        for since, length in drawn
    ]
    spans = entries(spells)
    for since, length in drawn:
        for day in (since, since + timedelta(days=length - 1)):
            assert sum(span.holds_on(day) for span in spans) == 1
    for earlier, later in pairwise(spans):
        assert earlier.to.first < later.from_.first
