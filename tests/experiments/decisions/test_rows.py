"""What a row holds, and that it holds nothing that was not known before the onset."""

from __future__ import annotations

from math import log

import pytest
from invented_record import (
    ATTACKED,
    DISPUTES,
    FAR,
    IDLE,
    NEIGHBOUR,
    OPENER,
    fought,
    pact,
    tables,
    took_part,
    treaty,
    write_record,
)

from foedus.experiments.decisions.fitted import read_data
from foedus.experiments.decisions.history import History, Kinds
from foedus.experiments.decisions.rows import OURS
from foedus.experiments.decisions.tables import read_tables


def rows_of(folder, name="wars", **where):
    rows = read_data(folder).sets[name]
    for column, value in where.items():
        rows = rows[rows[column] == value]
    return rows


def one(folder, name="wars", **where):
    rows = rows_of(folder, name, **where)
    assert len(rows) == 1
    return rows.iloc[0]


def rewritten(folder, name, rows):
    write_record(folder, **{name: rows})


def test_a_row_is_an_ally_of_a_principal_and_says_whether_it_fought(record):
    rows = rows_of(record, conflict=11, role="target")
    assert sorted(rows["ally"]) == sorted([FAR, IDLE, NEIGHBOUR])
    assert dict(zip(rows["ally"], rows["joined"], strict=True)) == {FAR: 0, IDLE: 0, NEIGHBOUR: 1}
    assert (rows["applies"] == 1).all()


def test_a_promise_of_defence_does_not_fit_a_principal_that_opened_the_war(record):
    row = one(record, conflict=11, role="initiator")
    assert (row["ally"], row["defense"], row["applies"], row["clause_met"]) == (2, 1, 0, 0)


def test_a_promise_made_in_the_year_of_onset_makes_no_ally(record):
    late = [*tables()["atop_alliance"], *pact(325, ATTACKED, range(1832, 1900), defense=1)]
    rewritten(record, "atop_alliance", late)
    assert 325 not in set(rows_of(record, conflict=11, role="target")["ally"])  # onset 1832
    assert 325 in set(rows_of(record, conflict=12, role="target")["ally"])


def test_a_promise_of_the_first_year_that_is_listed_as_older_than_the_war_makes_one(record):
    assert 325 in set(rows_of(record, conflict=10, role="target")["ally"])


def test_a_promise_that_ended_the_year_before_makes_none(record):
    ended = [row for row in tables()["atop_alliance"] if row["ccode1"] != IDLE or row["year"] < 1832]
    rewritten(record, "atop_alliance", ended)
    assert IDLE not in set(rows_of(record, conflict=11, role="target")["ally"])


def test_kinds_of_promise_must_stand_in_both_years(record):
    mixed = tables()["atop_alliance"] + pact(325, ATTACKED, [1831], consul=1)
    mixed += pact(325, ATTACKED, [1832], defense=1, consul=1)
    rewritten(record, "atop_alliance", mixed)
    row = one(record, conflict=11, role="target", ally=325)
    assert (row["defense"], row["consul"], row["applies"]) == (0, 1, 0)


def test_capability_is_that_of_the_year_before(record):
    changed = [row | {"cinc": 0.5} if row["year"] == 1832 else row for row in tables()["cow_nmc"]]
    rewritten(record, "cow_nmc", changed)
    assert one(record, conflict=11, ally=NEIGHBOUR)["ln_cinc_ally"] == pytest.approx(log(0.04))


def test_a_promise_to_the_enemy_counts_if_made_the_year_before(record):
    made = tables()["atop_alliance"] + pact(IDLE, OPENER, range(1832, 1845), defense=1)
    rewritten(record, "atop_alliance", made)
    assert one(record, conflict=11, role="target", ally=IDLE)["bound_to_opponent"] == 0
    assert one(record, conflict=12, role="target", ally=IDLE)["bound_to_opponent"] == 1


def test_disputes_count_for_twenty_years_and_not_in_the_year_itself(record):
    history = History(read_tables(record))
    assert history.disputes_against(ATTACKED, OPENER, 1823) == 0  # its own dispute began that year
    assert history.disputes_against(ATTACKED, OPENER, 1824) == 1
    assert history.disputes_against(ATTACKED, OPENER, 1844) == 3  # 1829, 1835, 1841; 1823 is too old
    assert history.disputes_beside(ATTACKED, NEIGHBOUR, 1830) == 1


def test_a_state_that_joined_a_dispute_later_counts_from_when_it_did(record):
    late = [*tables()["gml_part"], took_part(100, 1826, FAR, 0, orig=0)]  # dispute 100 began in 1823
    rewritten(record, "gml_part", late)
    history = History(read_tables(record))
    assert history.disputes_beside(ATTACKED, FAR, 1826) == 0
    assert history.disputes_beside(ATTACKED, FAR, 1827) == 1


def test_the_strongest_state_of_the_first_day_is_the_principal(record):
    more = [took_part(dispute, year, IDLE, 0) for dispute, year in DISPUTES.items()]
    rewritten(record, "gml_part", [*tables()["gml_part"], *more])
    assert set(rows_of(record, "disputes", role="target")["principal"]) == {ATTACKED}
    weak = [row | {"cinc": 0.9} if row["ccode"] == IDLE else row for row in tables()["cow_nmc"]]
    pacts = [*tables()["atop_alliance"], *pact(NEIGHBOUR, IDLE, range(1816, 2003), defense=1)]
    write_record(record, gml_part=[*tables()["gml_part"], *more], cow_nmc=weak, atop_alliance=pacts)
    assert ATTACKED not in set(rows_of(record, "disputes", role="target")["principal"])


def test_disputes_below_use_of_force_are_left_out(record):
    shown = [row | {"hostlev": 3 if row["dispnum"] == 101 else 4} for row in tables()["gml_mid_disps"]]
    rewritten(record, "gml_mid_disps", shown)
    assert 101 not in set(rows_of(record, "disputes")["conflict"])


def test_who_showed_force_and_used_none_did_not_come(record):
    shown = [row | {"hiact": 12} if row["ccode"] == NEIGHBOUR else row for row in tables()["gml_part"]]
    helped = took_part(101, 1829, FAR, 0, orig=0)
    rewritten(record, "gml_part", [*shown, helped])
    rows = rows_of(record, "disputes", conflict=101, role="target")
    assert dict(zip(rows["ally"], rows["joined"], strict=True)) == {FAR: 1, IDLE: 0, NEIGHBOUR: 0}


def test_a_state_that_was_none_is_no_ally(record):
    gone = [row | {"endyear": 1830} if row["ccode"] == IDLE else row for row in tables()["cow_states"]]
    rewritten(record, "cow_states", gone)
    assert IDLE not in set(rows_of(record, conflict=11)["ally"])


def test_the_engine_reads_the_clause_of_each_ally_on_this_attacker(record):
    rows = rows_of(record, conflict=11, role="target").set_index("ally")["clause_met"]
    assert rows[NEIGHBOUR] == 1  # against this opponent
    assert rows[FAR] == 0  # against another
    assert rows[IDLE] == 1  # against whoever attacks


def test_a_treaty_made_in_the_month_of_the_war_is_not_read(record):
    late = [row for row in tables()["atop4_01_member_level"] if row["atopid"] != 3]
    late += treaty(3, (IDLE, ATTACKED), 1832, defense=1, moent=5, dayent=2)
    rewritten(record, "atop4_01_member_level", late)
    row = one(record, conflict=11, role="target", ally=IDLE)
    assert (row["clause_met"] != row["clause_met"], row["clause_missing"]) == (True, 1)
    assert one(record, conflict=12, role="target", ally=IDLE)["clause_met"] == 1


def test_after_the_last_coded_year_there_is_no_reading(record):
    from foedus.experiments.decisions.design import chosen

    modern = tables()
    write_record(
        record,
        gml_mid_disps=[
            row | {"styear": 2005} if row["dispnum"] == 10 else row for row in modern["gml_mid_disps"]
        ],
        gml_part=[row | {"styear": 2005} if row["dispnum"] == 10 else row for row in modern["gml_part"]],
        atop_alliance=[*modern["atop_alliance"], *pact(IDLE, ATTACKED, (2004, 2005), defense=1)],
    )
    assert chosen("last_year_read") == 2003
    rows = rows_of(record, "disputes", conflict=10, role="target")
    assert list(rows["clause_missing"]) == [1]


def test_an_ally_that_fought_the_party_in_need_is_not_told_by_a_missing_reading(record):
    """Whether it fought the other side is the outcome, and must not show in the covariates."""
    before = read_data(record).honoured
    both = fought(10, 1820, [OPENER, IDLE], [ATTACKED, NEIGHBOUR])
    wars = [row for row in tables()["cow_war_inter"] if row["warnum"] != 10]
    write_record(record, cow_war_inter=[*both, *wars])
    after = read_data(record).honoured
    assert not after["clause_missing"].any()
    names = list(OURS)
    here = (before["conflict"] == 10) & (before["treaty"] == 3)
    assert before[here][names].to_numpy() == pytest.approx(after[here][names].to_numpy())


def test_kinds_are_joined_and_cut_kind_by_kind():
    assert Kinds(1, 0, 1, 0).both(Kinds(1, 1, 0, 0)) == Kinds(1, 0, 0, 0)
    assert Kinds(1, 0, 1, 0).either(Kinds(0, 1, 1, 0)) == Kinds(1, 1, 1, 0)
