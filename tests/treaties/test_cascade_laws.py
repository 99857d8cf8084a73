"""Laws of chains of duties: whatever the attack, and whenever."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import CaseError
from foedus.terms import Status
from foedus.treaties.cascade import Attack, DatedEvent, World, chain, course
from foedus.treaties.cascade.duties import promises
from foedus.treaties.catalogue import catalogue
from foedus.treaties.record.read import Reading

STATES = (
    "AUH",
    "DEU",
    "FRA",
    "GBR",
    "ITA",
    "JPN",
    "POL",
    "RUS",
    "SRB",
    "SUN",
    "TUR",
    "USA",
    "CZE",
    "EST",
    "KAZ",
)
days = st.dates(date(1880, 1, 1), date(2026, 1, 1))
pairs = st.tuples(st.sampled_from(STATES), st.sampled_from(STATES)).filter(lambda pair: pair[0] != pair[1])


@settings(max_examples=40, deadline=None)
@given(pairs, days)
def test_only_parties_of_the_day_are_bound_and_never_the_attacker_or_the_victim(pair, day):
    found = chain([Attack(*pair)], day)
    for duty in found.duties:
        assert duty.party in duty.treaty.parties_on(day)
        assert duty.clause in duty.treaty.clauses_on(day)
        assert duty.letter is Reading.MET
        assert duty.party != duty.towards
        assert duty.against not in (duty.party, duty.towards)
        if duty.step == 1:
            assert duty.party not in pair


@settings(max_examples=40, deadline=None)
@given(pairs, days)
def test_a_chain_does_not_hang_on_when_it_is_asked_and_nobody_is_bound_and_unbound_at_once(pair, day):
    found, again = chain([Attack(*pair)], day), chain([Attack(*pair)], day)
    assert found.as_dict() == again.as_dict()
    bound = {(d.party, d.towards) for d in found.duties if d.sort == "help"}
    assert not bound & {(u.party, u.towards) for u in found.unbound}


@settings(max_examples=25, deadline=None)
@given(pairs, days)
def test_what_is_left_open_binds_no_more_than_what_is_given(pair, day):
    """A fact that is unknown can only leave duties open that it would make, or undo, if known."""
    open_ = chain([Attack(*pair)], day, {"unprovoked": Status.UNKNOWN})
    given_ = chain([Attack(*pair)], day, {"unprovoked": Status.TRUE})
    first = {duty.key for duty in open_.duties if duty.step == 1}
    assert first <= {duty.key for duty in given_.duties if duty.step == 1}


def test_before_the_charter_a_declaration_of_war_opens_hostilities_and_after_it_threatens_only():
    def after(day):
        told = {"date": day, "event": "war_declared", "by": "RUS", "on": "EST"}
        return course([DatedEvent.model_validate(told)]).answers[0]

    assert {d.clause.id for d in after("2025-06-01").bound if d.sort == "help"} == set()
    assert "north-atlantic-treaty.art4" in {d.clause.id for d in after("2025-06-01").bound}


def test_an_attack_at_home_is_in_the_atlantic_area_and_one_on_hawaii_or_the_falklands_is_not():
    def helped(victim, place):
        found = chain([Attack("PRK", victim, "attack", place)], date(2025, 6, 1))
        return "north-atlantic-treaty.art5" in {d.clause.id for d in found.duties}

    assert helped("USA", None)
    assert not helped("USA", "US-HI")
    assert not helped("GBR", "FLK")
    assert helped("GBR", None)


def test_the_csto_is_bound_to_come_only_if_its_member_asks():
    def helpers(**given_):
        found = chain([Attack("AZE", "ARM")], date(2022, 9, 13), given_)
        return {d.party for d in found.duties if d.clause.id == "csto-1992.art4-2010"}

    assert helpers() == set()
    assert helpers(requested_by_victim=Status.TRUE) == {"BLR", "KAZ", "KGZ", "RUS", "TJK"}


def test_a_duty_that_leaves_a_judgement_ends_the_chain_and_says_whose():
    found = chain([Attack("RUS", "EST")], date(2025, 6, 1))
    assert max(duty.step for duty in found.duties) == 1
    assert any("NATO" in line and "the chain ends here" in line for line in found.ends)


def test_in_a_list_of_events_nobody_is_taken_to_enter_a_war():
    attack = DatedEvent.model_validate(
        {"date": "1914-07-28", "event": "armed_attack", "by": "RUS", "on": "AUH"}
    )
    answer = course([attack]).answers[0]
    assert {d.party for d in answer.bound if d.sort == "help"} == {"DEU"}
    assert not [c for c in answer.conditionals if "counts as an attack" in c.if_]


def test_who_attacked_first_did_not_suffer_an_unprovoked_attack():
    world = World(date(1939, 9, 3), (Attack("DEU", "POL"), Attack("GBR", "DEU", "entry")))
    assert world.situation("DEU").beliefs["unprovoked"].status is Status.FALSE or (
        world.situation("DEU").beliefs["unprovoked"].status is Status.CONTESTED
    )
    assert world.situation("DEU").beliefs["armed_attack"].status is Status.CONTESTED
    assert "unprovoked" not in world.situation("POL").beliefs


def test_britain_is_bound_to_poland_and_italy_may_talk_when_germany_attacks_in_1939():
    found = chain([Attack("DEU", "POL")], date(1939, 9, 1))
    bound = {(d.party, d.treaty.id) for d in found.duties if d.sort == "help" and d.towards == "POL"}
    assert ("GBR", "anglo-polish-1939") in bound
    assert ("FRA", "france-poland-1921") in bound


def test_a_state_cannot_attack_itself_and_nothing_follows_from_nothing():
    with pytest.raises(CaseError, match="cannot attack itself"):
        chain([Attack("RUS", "RUS")], date(2025, 1, 1))
    with pytest.raises(CaseError, match="no attack is posited"):
        chain([], date(2025, 1, 1))


def test_every_treaty_is_read_in_a_chain_for_each_state_that_it_would_help():
    """For each state that a treaty would help, a party that promised it is told as bound, or as not bound."""
    for treaty in catalogue().values():
        if treaty.begins is None or not any(c.type == "mutual_defence" for c in treaty.clauses):
            continue
        day = treaty.begins.last
        parties = treaty.parties_on(day)
        outsider = next(state for state in ("CHE", "PRY", "BTN") if state not in parties)
        for victim in parties[:2]:
            promised = {one for one in parties if treaty.short_name in promises(one, victim, day)}
            found = chain([Attack(outsider, victim)], day)
            told = {d.party for d in found.duties if d.sort == "help" and d.towards == victim}
            told |= {u.party for u in found.unbound if u.treaty is treaty and u.towards == victim}
            assert promised <= told | {victim}, (treaty.id, victim)
