"""What the alliances of 1914 required, event by event, from their clauses alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from foedus.terms import Status
from foedus.treaties.cascade import Attack, chain, course, events_in

EVENTS = Path(__file__).with_name("july_1914.yaml")
DAY = date(1914, 7, 28)


@pytest.fixture(scope="module")
def answers():
    return {(str(a.event.date), a.event.event, a.event.by): a for a in course(events_in(EVENTS)).answers}


def bound(answer):
    return {(d.party, d.towards, d.against, d.clause.id) for d in answer.bound if d.sort == "help"}


def helpers(found):
    return {(d.party, d.towards) for d in found.duties if d.sort == "help"}


def test_germany_is_bound_by_the_dual_alliance_once_russia_attacks():
    found = chain([Attack("RUS", "AUH")], DAY)
    first = next(d for d in found.duties if d.clause.id == "dual-alliance-1879.art1")
    assert (first.party, first.towards, first.against, first.step) == ("DEU", "AUH", "RUS", 1)


def test_an_austrian_attack_on_serbia_binds_neither_germany_nor_italy_nor_romania():
    found = chain([Attack("AUH", "SRB")], DAY)
    assert not {party for party, _ in helpers(found)} & {"DEU", "ITA", "ROU"}
    not_bound = {(u.party, u.treaty.id) for u in found.unbound if u.treaty is not None}
    assert {("DEU", "dual-alliance-1879"), ("ITA", "triple-alliance-1882")} <= not_bound
    assert ("ROU", "austro-romanian-1883") in not_bound


def test_russia_had_promised_serbia_nothing(answers):
    found = chain([Attack("AUH", "SRB")], DAY)
    promised = [u for u in found.unbound if u.party == "RUS" and u.towards == "SRB"]
    assert [u.treaty for u in promised] == [None]
    mobilised = answers["1914-07-30", "general_mobilisation", "RUS"]
    assert mobilised.required_by == ()
    assert "no treaty bound RUS to SRB" in mobilised.why_not_required
    assert any(u.party == "RUS" and u.towards == "SRB" and u.treaty is None for u in mobilised.unbound)


def test_the_chain_says_who_would_be_bound_if_russia_attacked():
    would = {(c.party, c.clause.id): c.if_ for c in chain([Attack("AUH", "SRB")], DAY).conditionals}
    assert would["DEU", "dual-alliance-1879.art1"] == "RUS attacks AUH"


def test_france_is_bound_by_the_convention_when_germany_declares_war_on_russia(answers):
    found = bound(answers["1914-08-01", "war_declared", "DEU"])
    assert ("FRA", "RUS", "DEU", "franco-russian-1894.art1-rus") in found


def test_russia_is_bound_by_the_convention_when_germany_declares_war_on_france(answers):
    found = bound(answers["1914-08-03", "war_declared", "DEU"])
    assert ("RUS", "FRA", "DEU", "franco-russian-1894.art1-fra") in found


def test_austrian_mobilisation_binds_france_and_russia_to_mobilise_and_france_does_what_it_must(answers):
    austrian = answers["1914-07-31", "general_mobilisation", "AUH"]
    assert {p for p, _, _, clause in bound(austrian) if clause == "franco-russian-1894.art2"} == {
        "FRA",
        "RUS",
    }
    french = answers["1914-08-01", "general_mobilisation", "FRA"]
    assert "franco-russian-1894.art2" in {duty.clause.id for duty in french.required_by}


def test_the_guarantors_of_1839_are_bound_to_belgium_but_for_the_one_that_attacks(answers):
    belgian = answers["1914-08-04", "armed_attack", "DEU"]
    assert {p for p, _, _, clause in bound(belgian) if clause == "london-1839.guarantee"} == {
        "GBR", "FRA", "RUS", "AUH",
    }  # fmt: skip
    assert any(u.party == "DEU" and "itself the attacker" in u.why for u in belgian.unbound)


def test_luxembourg_s_guarantors_are_not_bound_one_by_one(answers):
    luxembourg = answers["1914-08-02", "armed_attack", "DEU"]
    assert not [d for d in luxembourg.bound if d.towards == "LUX"]
    assert {"GBR", "FRA"} <= {c.party for c in luxembourg.conditionals if c.towards == "LUX"}


def test_italy_and_romania_are_bound_by_no_event_of_1914(answers):
    parties = {party for answer in answers.values() for party, _, _, _ in bound(answer)}
    assert not parties & {"ITA", "ROU"}


def test_britain_owed_france_no_more_than_to_talk(answers):
    french = answers["1914-08-03", "war_declared", "DEU"]
    assert [d.clause.id for d in french.bound if d.party == "GBR"] == ["entente-1904.letters1912"]
    assert {d.sort for d in french.bound if d.party == "GBR"} == {"consult"}


def test_no_treaty_required_japan_s_declaration_and_its_alliance_says_why(answers):
    japanese = answers["1914-08-23", "war_declared", "JPN"]
    assert japanese.required_by == ()
    assert any(
        u.party == "JPN" and u.treaty and u.treaty.id == "anglo-japanese-1902" for u in japanese.unbound
    )


def test_portugal_is_bound_once_britain_is_attacked_and_asks():
    def with_request(status):
        found = chain([Attack("DEU", "GBR")], date(1914, 8, 5), {"requested_by_victim": status})
        return ("PRT", "GBR") in helpers(found)

    assert with_request(Status.TRUE)
    assert not with_request(Status.UNKNOWN)


def test_the_ottomans_are_bound_from_the_day_of_their_own_treaty():
    def ottomans(day):
        return {d.clause.id for d in chain([Attack("RUS", "AUH")], day).duties if d.party == "OTT"}

    assert ottomans(date(1914, 8, 1)) == set()
    assert "ottoman-german-1914.art2" in ottomans(date(1914, 8, 2))


def test_the_ottoman_raid_was_required_by_no_treaty_and_russia_s_answer_by_none_either(answers):
    raid = answers["1914-10-29", "armed_attack", "OTT"]
    assert raid.required_by == ()
    assert "Ottoman-German" in raid.why_not_required
    answer = answers["1914-11-02", "war_declared", "RUS"]
    assert "answers an attack by OTT on itself" in answer.why_not_required
    assert ("DEU", "OTT", "RUS", "ottoman-german-1914.art4") in bound(answer)


def test_an_ally_s_entry_is_no_settled_attack_on_the_attacker():
    found = chain([Attack("RUS", "AUH")], DAY)
    assert ("FRA", "RUS") not in helpers(found)
    french = [c.if_ for c in found.conditionals if c.clause.id == "franco-russian-1894.art1-rus"]
    assert french == ["what DEU does counts as an attack on RUS"]


def test_two_great_powers_make_the_case_of_the_triple_alliance_and_a_small_third_does_not_undo_it():
    def italy(*attackers):
        found = chain([Attack(attacker, "DEU") for attacker in attackers], DAY)
        return "triple-alliance-1882.art3" in {d.clause.id for d in found.duties if d.party == "ITA"}

    assert italy("FRA", "RUS")
    assert italy("FRA", "RUS", "SRB")
    assert not italy("RUS", "SRB")


def test_an_attack_that_was_provoked_binds_no_one_by_a_clause_on_unprovoked_attack():
    def italy(status):
        found = chain([Attack("FRA", "DEU")], DAY, {"unprovoked": status})
        return ("ITA", "DEU") in helpers(found)

    assert italy(Status.TRUE)
    assert not italy(Status.FALSE)
    assert not italy(Status.CONTESTED)


def test_every_event_has_its_own_answer_in_the_order_of_the_list(answers):
    listed = course(events_in(EVENTS)).as_dict()
    assert [row["step"] for row in listed] == list(range(1, 18))
    assert [row["required"] for row in listed if row["event"] == "ultimatum"] == [None]
