"""Kyrgyzstan 2010, Belarus 2020 and Kazakhstan 2022: one alliance, one scale of coding, three answers."""

from __future__ import annotations

from datetime import datetime

import pytest

from foedus.cases.load import load_case
from foedus.treaties.catalogue import catalogue

SLUGS = ("kyrgyzstan-2010", "belarus-2020", "kazakhstan-2022")
TIES = {(0.6, 0.95), (0.5, 0.9), (0.4, 0.8), (0.3, 0.7), (0.1, 0.5), (-0.3, 0.2)}
FEAR = {(0.5, 0.95), (0.4, 0.9), (0.3, 0.8), (0.1, 0.5), (0.0, 0.3)}
STRAIN = {(0.6, 0.95), (0.4, 0.8), (0.3, 0.7), (0.2, 0.6), (0.1, 0.4)}
HURDLE = {(0.0, 0.1), (0.02, 0.2), (0.1, 0.4), (0.2, 0.6)}


DEPLOYABLE = {
    "police": (0.05, 0.2),
    "guard": (0.2, 0.5),
    "army": (0.02, 0.12),
    "security_service": (0.02, 0.15),
}
AFTERMATH = {
    "trade_share_lead", "arms_share_lead", "approval_lead_host", "approval_lead_own", "neighbours_at_risk",
    "hazard_per_year", "consolidation",
}  # fmt: skip


def kinds(case):
    return {event.kind for event in case.events}


@pytest.mark.parametrize("slug", SLUGS)
def test_members_are_coded_on_one_scale(slug):
    for code, member in load_case(slug).alliance.members.items():
        assert member.ties.support() in TIES, code
        assert member.contagion_fear.support() in FEAR, code
        assert member.strain.support() in STRAIN, code
        assert member.domestic_hurdle.support() in HURDLE, code


@pytest.mark.parametrize("slug", SLUGS)
def test_shares_of_forces_that_can_stand_in_the_street_are_coded_on_one_scale(slug):
    known = {
        "police": (0.05, 0.2),
        "guard": (0.2, 0.5),
        "army": (0.02, 0.12),
        "security_service": (0.02, 0.15),
    }
    for force in load_case(slug).forces:
        assert force.deployable.support() == known[force.kind], force.id


@pytest.mark.parametrize("slug", SLUGS)
def test_the_members_are_the_treatys_parties_of_the_day_but_for_the_host(slug):
    case = load_case(slug)
    parties = set(catalogue()["csto-1992"].parties_on(case.meta.start.date()))
    assert set(case.alliance.members) == parties - {case.meta.host}
    assert {unit.member for unit in case.alliance.units} == set(case.alliance.members)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_aftermath_states_where_its_indices_start(slug):
    assert set(load_case(slug).aftermath) >= AFTERMATH


def test_the_record_of_the_alliance_grows_from_case_to_case():
    alliances = [load_case(slug).alliance for slug in SLUGS]
    assert [one.earlier_crises for one in alliances] == [8, 12, 16]
    assert [one.earlier_refusals for one in alliances] == [0, 1, 2]
    assert [one.earlier_activations for one in alliances] == [0, 0, 0]


def test_uzbekistan_was_a_member_in_2010_only():
    assert ["UZB" in load_case(slug).alliance.members for slug in SLUGS] == [True, False, False]


def test_kyrgyzstan_asked_named_no_clause_and_was_refused():
    case = load_case("kyrgyzstan-2010")
    assert case.meta.requester == "government"
    assert "request" in kinds(case)
    assert not kinds(case) & {"framing", "activation", "arrival", "withdrawal", "pledge"}
    assert all(member.pledge is None for member in case.alliance.members.values())
    request, refusal = (next(e for e in case.events if e.id == name) for name in ("request", "refusal"))
    assert refusal.because == request.id
    assert refusal.at.date() == request.at.date()


def test_kyrgyzstans_request_was_made_before_its_first_report_in_every_draw():
    request = next(e for e in load_case("kyrgyzstan-2010").events if e.id == "request")
    first_report = datetime.fromisoformat("2010-06-12T17:46:00+08:00")
    assert request.at.timestamp() + 3600.0 * request.jitter.support()[1] <= first_report.timestamp()


def test_the_rapid_reaction_forces_were_not_yet_agreed_on_in_june_2010():
    assert "csto-ksor-2009" not in load_case("kyrgyzstan-2010").alliance.treaties


def test_belarus_spoke_of_outsiders_and_put_no_request():
    case = load_case("belarus-2020")
    assert case.meta.requester == "none"
    assert "framing" in kinds(case)
    assert not kinds(case) & {"request", "activation", "arrival", "withdrawal"}


def test_of_belarus_members_only_russia_held_a_reserve_and_said_so_on_27_august():
    case = load_case("belarus-2020")
    pledged = {code for code, member in case.alliance.members.items() if member.pledge is not None}
    assert pledged == {"RUS"}
    reserve = next(event for event in case.events if event.kind == "pledge")
    assert case.alliance.members["RUS"].pledged_at == reserve.at
    assert reserve.at.date().isoformat() == "2020-08-27"


@pytest.mark.parametrize("slug", SLUGS[:2])
def test_nobody_was_observed_to_come(slug):
    troops = [seen for seen in load_case(slug).observed if seen.quantity == "troops"]
    assert [(seen.low, seen.high) for seen in troops] == [(0.0, 0.0)]


def test_the_dead_of_osh_are_those_registered_by_the_day_up_to_the_inquirys_total():
    case = load_case("kyrgyzstan-2010")
    dated = [s for s in case.observed if s.quantity == "deaths" and s.at is not None]
    assert [s.best for s in dated] == sorted(s.best for s in dated)
    assert {s.high for s in dated} == {470.0}
