"""What follows of itself where nobody speaks of a fact, and what does not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.terms import Belief, Status
from foedus.terms.states import code_of_number
from foedus.treaties import Situation
from foedus.treaties.condition import Compare, Fact, Inferred, judge, leaves
from foedus.treaties.inference import inferred
from foedus.treaties.treaty import Area
from foedus.treaties.vocabulary import members, predicates
from foedus.treaties.vocabulary.places import lies_in

statuses = st.sampled_from(Status)


def believed(**facts):
    return {name: Belief(name, status, np.array([0.5]), ()) for name, status in facts.items()}


def situation(day=datetime(2022, 1, 6, tzinfo=UTC), host="KAZ", **changed):
    return Situation(changed.pop("beliefs", {}), host, day, **changed)


def status(fact, of, area=None):
    return judge(inferred(Fact(fact), of, area), of.status_of).status


def test_an_attack_by_another_state_comes_from_outside_and_threatens_security():
    attacked = situation(beliefs=believed(armed_attack=Status.TRUE), attackers=frozenset({"RUS"}))
    for fact in ("external_origin", "threat_to_security", "threat_of_attack", "at_war", "attacker_is_state"):
        assert status(fact, attacked) is Status.TRUE, fact


def test_no_attack_leaves_open_whether_security_is_threatened():
    calm = situation(beliefs=believed(armed_attack=Status.FALSE))
    assert status("threat_to_security", calm) is Status.UNKNOWN


def test_what_is_said_goes_before_what_would_follow():
    said = believed(
        armed_attack=Status.TRUE, threat_to_security=Status.FALSE, external_origin=Status.CONTESTED
    )
    attacked = situation(beliefs=said, attackers=frozenset({"RUS"}))
    assert status("threat_to_security", attacked) is Status.FALSE
    assert status("external_origin", attacked) is Status.CONTESTED


def test_trouble_in_which_no_state_attacks_says_nothing_of_who_directs_it():
    assert status("external_origin", situation(attackers=frozenset())) is Status.UNKNOWN
    assert status("attacker_is_state", situation(attackers=frozenset())) is Status.FALSE
    assert status("attacker_is_state", situation()) is Status.UNKNOWN


def test_an_attack_is_aggression_only_if_it_was_not_provoked():
    facts = {"armed_attack": Status.TRUE}
    by = frozenset({"RUS"})
    assert status("aggression", situation(beliefs=believed(**facts), attackers=by)) is Status.UNKNOWN
    unprovoked = believed(**facts, unprovoked=Status.TRUE)
    assert status("aggression", situation(beliefs=unprovoked, attackers=by)) is Status.TRUE


def test_who_counts_as_a_great_power_or_as_european_hangs_on_the_day_and_the_map():
    def great(state, year):
        of = situation(datetime(year, 1, 1, tzinfo=UTC), attackers=frozenset({state}))
        return status("attacker_is_great_power", of)

    assert great("AUH", 1914) is Status.TRUE
    assert great("ITA", 1950) is Status.FALSE
    assert great("JPN", 1890) is Status.FALSE
    assert great("JPN", 1914) is Status.TRUE
    assert status("attacker_is_european", situation(attackers=frozenset({"POL"}))) is Status.TRUE
    assert status("attacker_is_european", situation(attackers=frozenset({"JPN"}))) is Status.FALSE


def test_attacker_and_victim_under_one_treaty_make_a_conflict_within_it():
    def within(parties):
        of = situation(attackers=frozenset({"TJK"}), host="KGZ", parties=frozenset(parties))
        return status("intra_party_conflict", of)

    assert within({"KGZ", "TJK"}) is Status.TRUE
    assert within({"KGZ"}) is Status.FALSE


def test_the_area_of_a_clause_is_that_of_the_place_where_the_act_falls():
    area = Area(within=["europe", "USA"], outside=["US-HI"])
    places = {
        "EST": Status.TRUE,
        "USA": Status.TRUE,
        "US-HI": Status.FALSE,
        "US-AK": Status.TRUE,
        "JPN": Status.FALSE,
    }
    for place, expected in places.items():
        assert status("within_area", situation(place=place), area) is expected, place
    assert status("within_area", situation(), area) is Status.UNKNOWN
    assert status("within_area", situation(place="EST")) is Status.UNKNOWN, "a clause that draws no area"


def test_a_state_of_which_only_a_part_is_in_an_area_may_lie_in_it_or_not():
    assert lies_in("USA", {"US-HI", "JPN"}) is None
    assert lies_in("US-HI", {"US-HI", "JPN"}) is True
    assert lies_in("JPN", {"US-HI", "JPN"}) is True
    assert lies_in("KAZ", {"US-HI", "JPN"}) is False


@pytest.mark.parametrize("name", sorted(predicates()))
@pytest.mark.parametrize(
    "attackers", [None, frozenset(), frozenset({"RUS"})], ids=["unsaid", "nobody", "RUS"]
)
def test_inference_ends_and_asks_only_about_declared_facts(name, attackers):
    of = situation(attackers=attackers)
    for leaf in leaves(inferred(Fact(name), of, Area(within=["parties"]))):
        assert isinstance(leaf, Compare) or leaf.predicate in predicates()


@given(st.fixed_dictionaries(dict.fromkeys(("armed_attack", "unprovoked", "external_origin"), statuses)))
def test_what_is_sufficient_never_makes_a_fact_false(world):
    of = situation(beliefs=believed(**world))
    for name, declared in predicates().items():
        if declared.follows_from is not None and name not in world:
            assert status(name, of) is not Status.FALSE, name


def test_an_inferred_fact_is_told_as_inferred():
    attacked = situation(beliefs=believed(armed_attack=Status.TRUE), attackers=frozenset({"RUS"}))
    assert isinstance(inferred(Fact("threat_to_security"), attacked), Inferred)
    assert inferred(Fact("armed_attack"), attacked) == Fact("armed_attack")


@pytest.mark.shared_data
def test_great_powers_are_those_of_the_correlates_of_war(cow_majors):
    """The spells of the project's own list, on New Year's Day of every year that it covers."""
    for year in range(1817, 2017):
        day = date(year, 1, 1)
        theirs = {
            code_of_number(int(row.ccode), day)
            for row in cow_majors.itertuples()
            if date(row.styear, row.stmonth, row.stday) <= day <= date(row.endyear, row.endmonth, row.endday)
        }
        assert members("great_powers", day) == theirs, year


@pytest.fixture
def cow_majors():
    import pandas as pd

    path = Path(__file__).resolve().parents[3] / "shared" / "data" / "cow_majors.parquet"
    if not path.is_file():
        pytest.skip("needs ../shared/data with public conflict data, which is not here")
    return pd.read_parquet(path)
