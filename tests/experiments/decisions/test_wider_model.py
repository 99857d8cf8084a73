"""Covariates of the wider model, each by its definition, and the model where its tables are there."""

from __future__ import annotations

from math import log, pi

import pytest
from invented_record import (
    ATTACKED,
    FAR,
    IDLE,
    NEIGHBOUR,
    OPENER,
    STATES,
    pact,
    tables,
    write_record,
    write_wider,
)

from foedus.experiments.decisions import fit_decisions
from foedus.experiments.decisions.fitted import read_data


@pytest.fixture
def wide(record):
    write_wider(record)
    return record


def one(folder, **where):
    rows = read_data(folder).sets["wars"]
    for column, value in where.items():
        rows = rows[rows[column] == value]
    assert len(rows) == 1
    return rows.iloc[0]


def test_an_ally_is_strained_by_a_war_that_began_earlier_and_goes_on(wide):
    assert one(wide, conflict=11, role="target", ally=IDLE)["at_war_ally"] == 1  # 1830 to 1832, onset 1832
    assert (
        one(wide, conflict=12, role="target", ally=IDLE)["at_war_ally"] == 0
    )  # another began in 1844, its year
    assert one(wide, conflict=13, role="target", ally=IDLE)["at_war_ally"] == 0


def test_years_of_promise_are_counted_back_to_the_last_break(wide):
    broken = [row for row in tables()["atop_alliance"] if row["ccode1"] != IDLE or row["year"] != 1825]
    write_record(wide, atop_alliance=broken)
    assert one(wide, conflict=11, role="target", ally=IDLE)["ln_pact_years"] == pytest.approx(log(1 + 6))
    assert one(wide, conflict=11, role="target", ally=FAR)["ln_pact_years"] == pytest.approx(log(1 + 16))


def test_capitals_are_apart_by_the_great_circle(wide):
    row = one(wide, conflict=11, role="target", ally=FAR)
    apart = 10.0 * (STATES.index(ATTACKED) - STATES.index(FAR))
    assert row["ln_dist_principal"] == pytest.approx(log(1 + 6371.0 * pi * apart / 180.0))


def test_shares_of_capability_are_those_of_the_year_before(wide):
    row = one(wide, conflict=11, role="target", ally=NEIGHBOUR)
    ally, principal, opponent = (1.0 + STATES.index(state) for state in (NEIGHBOUR, ATTACKED, OPENER))
    share = principal / (principal + opponent)
    assert row["principal_share"] == pytest.approx(share)
    assert row["ally_tips"] == pytest.approx((principal + ally) / (principal + ally + opponent) - share)


def test_third_allies_are_those_that_had_promised_both_defence(wide):
    more = pact(2, ATTACKED, range(1816, 2003), defense=1) + pact(2, IDLE, range(1816, 2003), defense=1)
    write_record(wide, atop_alliance=[*tables()["atop_alliance"], *more])
    assert one(wide, conflict=11, role="target", ally=IDLE)["ln_third_allies"] == pytest.approx(log(2))
    assert one(wide, conflict=11, role="target", ally=FAR)["ln_third_allies"] == 0


def test_democracies_are_joint_only_if_both_are(wide):
    assert one(wide, conflict=11, role="target", ally=FAR)["joint_democracy"] == 1
    assert one(wide, conflict=11, role="target", ally=IDLE)["joint_democracy"] == 0
    assert one(wide, conflict=11, role="target", ally=IDLE)["major_opponent"] == 1


def test_the_wider_model_is_scored_where_its_tables_are_there_and_left_out_where_not(record):
    assert "wider" not in fit_decisions(record, draws=100, refits=20).sets["wars"]
    write_wider(record)
    told = fit_decisions(record, draws=100, refits=20)
    assert len(told.sets["wars"]["wider"]["coefficients"]) == 27
    assert told.models["wars"]["used"] in ("plain", "ours")


def test_the_wider_tables_change_nothing_of_the_other_models(record):
    before = fit_decisions(record, draws=100, refits=20)
    write_wider(record)
    after = fit_decisions(record, draws=100, refits=20)
    assert before.models == after.models
    assert before.sets["wars"]["plain"] == after.sets["wars"]["plain"]
