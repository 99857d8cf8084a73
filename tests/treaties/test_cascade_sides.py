"""On which side: nobody is bound to help an aggressor on its own word, and each duty names its own foe."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.terms import Reading
from foedus.treaties.cascade import Attack, DatedEvent, chain, course


def followed(pairs, day):
    return chain([Attack(*pair.split(":")) for pair in pairs.split()], date.fromisoformat(day))


def help_in(found):
    return {(d.party, d.towards, d.against, d.clause.id) for d in found.duties if d.sort == "help"}


def answers(*rows):
    """The answers to events told as 'DAY KIND BY ON' or 'DAY peace ONE OTHER'."""
    events = []
    for row in rows:
        day, kind, *states = row.split()
        who = {"parties": states} if kind == "peace" else dict(zip(("by", "on"), states, strict=False))
        events.append(DatedEvent.model_validate({"date": day, "event": kind, **who}))
    return course(events).answers


@pytest.mark.parametrize(
    ("pair", "day", "aggressor"),
    [
        ("SUN:POL", "1939-09-17", "SUN"),
        ("DEU:POL", "1939-09-01", "DEU"),
        ("IRQ:KWT", "1990-08-02", "IRQ"),
        ("DZA:MLI", "2024-01-01", "DZA"),
        ("ITA:ETH", "1935-10-03", "ITA"),
    ],
)
def test_an_answer_to_an_attack_binds_no_ally_of_the_attacker_beyond_dispute_by_the_charters(
    pair, day, aggressor
):
    found = followed(pair, day)
    for duty in found.duties:
        if duty.sort == "help" and duty.towards == aggressor:
            assert duty.treaty.id == "pact-of-steel-1939", duty.key
        assert not (duty.sort == "consult" and duty.towards == aggressor), duty.key


@pytest.mark.parametrize("victim", ["POL", "NOR", "DNK", "YUG"])
def test_an_attacker_owes_no_help_against_its_own_victim_to_the_ally_that_joined_it(victim):
    found = followed(f"DEU:{victim}", "1940-01-09")
    assert ("ITA", "DEU", victim, "pact-of-steel-1939.art3") in help_in(found)
    assert not [key for key in help_in(found) if key[0] == "DEU" and key[2] == victim]


@pytest.mark.parametrize(
    ("pair", "day", "powers"),
    [
        ("DEU:FRA", "1914-08-03", {"AUH", "GBR", "ITA", "JPN", "USA"}),
        ("FRA:DEU", "1870-07-19", {"AUH", "GBR", "ITA", "RUS"}),
    ],
)
def test_great_powers_that_promised_the_victim_no_help_are_told_so(pair, day, powers):
    victim = pair.split(":")[1]
    none = {u.party for u in followed(pair, day).unbound if u.treaty is None and u.towards == victim}
    assert none == powers


def test_two_attackers_are_each_a_foe_where_each_alone_meets_the_clause():
    found = help_in(followed("AUH:SRB BGR:SRB", "1915-10-14"))
    foes = {foe for party, _, foe, clause in found if clause == "serbia-greece-1913.conv" and party == "GRC"}
    assert foes == {"AUH", "BGR"}


def test_a_treaty_on_one_war_says_nothing_of_another():
    found = followed("AUH:SRB BGR:SRB", "1915-10-14")
    assert not [d for d in found.duties if d.treaty.id == "ottoman-german-1914" and d.against == "GRC"]


def test_who_comes_to_a_victims_aid_under_the_charter_makes_no_settled_attack_on_the_aggressor():
    _, war = answers("1990-08-02 armed_attack IRQ KWT", "1991-01-17 armed_attack USA IRQ")
    assert not [d.key for d in war.bound if d.sort == "help" and d.towards == "IRQ"]
    pacts = {u.treaty.id: u.why for u in war.unbound if u.treaty is not None and u.towards == "IRQ"}
    assert "what USA does counts as an attack on IRQ" in pacts["arab-jdect-1950"]


def test_before_the_charter_whoever_opens_war_attacks_even_for_a_third_states_sake():
    _, war = answers("1914-07-28 war_declared AUH SRB", "1914-07-30 armed_attack RUS AUH")
    assert ("DEU", "AUH", "RUS", "dual-alliance-1879.art1") in {d.key for d in war.bound}


def test_a_state_is_not_to_help_and_to_stand_aside_against_the_same_foe():
    *_, last = answers(
        "1912-10-17 war_declared OTT SRB", "1912-10-18 war_declared GRC OTT",
        "1913-05-30 peace GRC OTT SRB", "1913-06-29 armed_attack BGR GRC",
    )  # fmt: skip
    helping = {(d.party, d.towards, d.against) for d in last.bound if d.sort == "help"}
    aside = {(d.party, d.towards, d.against) for d in last.bound if d.sort == "neutral"}
    assert ("SRB", "GRC", "BGR") in helping
    assert not helping & aside


def test_peace_ends_what_a_war_had_made_due():
    told = answers(
        "2008-08-08 armed_attack RUS GEO", "2008-08-12 peace RUS GEO", "2014-02-20 armed_attack RUS UKR"
    )
    assert any(u.towards == "GEO" for u in told[0].unbound)
    assert not any(u.towards == "GEO" for u in (*told[1].unbound, *told[2].unbound))
    again = answers("1939-09-01 armed_attack DEU POL", "1939-09-02 peace DEU POL", "1939-09-03 news")
    assert again[0].bound
    assert not again[2].bound


def test_that_a_treaty_long_out_of_use_still_binds_is_contested_by_the_sense_and_nobody_enters_by_it():
    found = followed("CHN:PHL", "2024-01-01")
    old = [d for d in found.duties if d.treaty.id == "seato-1954" and d.sort == "help"]
    assert old
    assert all((d.letter, d.sense, d.out_of_use) == (Reading.MET, Reading.CONTESTED, True) for d in old)
    assert not [d for d in found.duties if d.towards in {d.party for d in old} and d.step > 1]
