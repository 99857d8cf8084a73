"""The record of episodes: how it is read, and how agreement is counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import CaseError
from foedus.terms import Reading
from foedus.treaties.record import Episode, agreement, episodes, episodes_in, read_episode, second_codings_in
from foedus.treaties.record.agreement import ORDER, kappa
from foedus.treaties.record.read import overall

words = st.sampled_from([Reading.MET, Reading.NOT_MET, Reading.CONTESTED])


def an_episode(**changed):
    base = {
        "id": "made-up",
        "date": "2022-09-13",
        "title": "An attack on a member",
        "treaty": "csto-1992",
        "clauses": ["csto-1992.art4-2010"],
        "victim": ["ARM"],
        "request": {"made": True, "by": "ARM"},
        "clause_invoked": True,
        "alleged_attacker": ["AZE"],
        "facts": [{"predicate": "armed_attack", "value": True}],
        "legal_reading": {"outcome": "triggered", "reason": "attacked and asked"},
        "decision": {"outcome": "refused"},
    }
    return Episode.model_validate({**base, **changed})


def reading(**changed):
    return read_episode(an_episode(**changed))


def test_an_attack_by_a_state_upon_a_request_meets_article_4_in_both_readings():
    found = reading()
    assert (found.letter, found.sense, found.overall) == (Reading.MET,) * 3


def test_who_attacks_is_alleged_and_whether_there_is_an_attack_is_not_taken_from_that():
    assert reading(facts=[]).overall is Reading.UNDETERMINED


def test_a_request_that_was_not_made_fails_a_clause_that_asks_for_one():
    assert reading(request={"made": False}).overall is Reading.NOT_MET
    assert reading(request={"made": "contested"}).overall is Reading.CONTESTED


def test_a_request_by_another_state_is_not_the_victim_s():
    assert reading(request={"made": True, "by": "RUS"}).overall is Reading.UNDETERMINED


def test_a_treaty_that_was_not_in_force_does_not_apply_unless_that_is_disputed():
    early = {"date": "1990-01-01", "clauses": ["csto-1992.art4-1992"]}
    assert reading(**early).overall is Reading.NOT_APPLICABLE
    disputed = [
        {"predicate": "armed_attack", "value": True},
        {"predicate": "treaty_in_force", "value": "contested"},
    ]
    assert reading(**early, facts=disputed).overall is Reading.CONTESTED


def test_a_state_that_is_no_party_is_outside_the_clause():
    assert reading(victim=["GEO"]).overall is Reading.NOT_APPLICABLE


def test_a_comparison_on_record_goes_before_what_follows_from_the_states():
    polish = {
        "date": "1939-09-01",
        "treaty": "anglo-polish-1939",
        "clauses": ["anglo-polish-1939.art1"],
        "victim": ["POL"],
        "alleged_attacker": ["DEU"],
    }
    attack = [{"predicate": "armed_attack", "value": True}, {"predicate": "aggression", "value": True}]
    denied = [*attack, {"predicate": "attacker_in", "args": ["DEU"], "value": False}]
    assert reading(**polish, facts=attack).overall is Reading.MET
    assert reading(**polish, facts=denied).overall is Reading.NOT_MET


def test_an_episode_without_a_clause_is_not_counted():
    found = agreement([an_episode(), an_episode(id="no-clause", treaty=None, clauses=[])])
    assert len(found.readings) == 1
    assert found.without_clause == ("no-clause",)


def test_letter_and_sense_make_one_word_only_where_they_agree():
    assert overall(Reading.MET, Reading.MET) is Reading.MET
    assert overall(Reading.MET, Reading.NOT_MET) is Reading.CONTESTED
    assert overall(Reading.MET, Reading.CONTESTED) is Reading.CONTESTED
    assert overall(Reading.MET, Reading.UNDETERMINED) is Reading.UNDETERMINED


@given(st.lists(words, min_size=1, max_size=30))
def test_who_agrees_with_himself_has_a_kappa_of_one_or_none_to_have(told):
    found = kappa(told, told)
    assert found is None if len(set(told)) == 1 else found == pytest.approx(1.0)


def test_kappa_is_that_of_cohen_s_formula():
    one = [Reading.MET] * 20 + [Reading.MET] * 5 + [Reading.NOT_MET] * 10 + [Reading.NOT_MET] * 15
    other = [Reading.MET] * 20 + [Reading.NOT_MET] * 5 + [Reading.MET] * 10 + [Reading.NOT_MET] * 15
    # 35 of 50 agree; chance 25/50*30/50 + 25/50*20/50 = 0.5
    assert kappa(one, other) == pytest.approx((0.7 - 0.5) / 0.5)


@pytest.fixture(scope="module")
def found():
    return agreement(episodes())


def test_the_table_counts_every_episode_once(found):
    table = found.confusion()
    assert sum(sum(row.values()) for row in table.values()) == len(found.readings)
    assert sum(table[word][word] for word in ORDER) == found.agree
    assert found.agree + len(found.disagreements()) == len(found.readings)


def test_the_record_agrees_with_its_coder_more_often_than_the_commonest_word_does(found):
    assert found.rate > found.baseline + 0.2


def test_no_disagreement_is_left_unexplained(found):
    for one in found.disagreements():
        assert one.coder
        assert "turns on" in one.why or "not" in one.why, one.id


def test_the_engine_never_says_met_where_the_coder_says_not_met_nor_the_other_way_round(found):
    opposite = {(Reading.MET, Reading.NOT_MET), (Reading.NOT_MET, Reading.MET)}
    assert not [one.id for one in found.disagreements() if (one.recorded, one.read) in opposite]


def test_the_second_coder_is_the_yardstick(found):
    coders = found.coders()
    assert coders["episodes"] == 81
    assert coders["coders_agree"] == pytest.approx(0.765, abs=0.005)
    assert coders["coders_kappa"] == pytest.approx(0.62, abs=0.005)
    assert coders["engine_with_second"] > found.baseline


def test_every_recorded_fact_and_clause_is_known():
    from foedus.treaties.catalogue import catalogue
    from foedus.treaties.record.episode import COMPARED
    from foedus.treaties.vocabulary import predicates

    known = {clause.id for treaty in catalogue().values() for clause in treaty.clauses}
    for episode in episodes():
        assert set(episode.clauses) <= known, episode.id
        for fact in episode.facts:
            named = fact.predicate in predicates() or fact.predicate in COMPARED
            assert named or fact.predicate.startswith("treaty_in_force_for_"), (episode.id, fact.predicate)


def test_kazakhstan_2022_is_contested_under_article_4_and_met_under_the_peacekeeping_agreement(found):
    read = {one.episode.id: one for one in found.readings}
    assert read["2022-kazakhstan-art4"].overall is Reading.CONTESTED
    assert read["2022-kazakhstan-peacekeeping"].overall is Reading.MET


LAYOUT = """
extra_predicates: {strange_weather: it rained upwards}
episodes:
- id: one
  date: '2022-01-05'
  title: A request
  treaty: csto-1992
  article: '4'
  clauses: [csto-1992.art4-2010]
  victim: [KAZ]
  request: {made: true, by: KAZ, date: '2022-01-05'}
  clause_invoked: unclear
  alleged_attacker: [internal]
  facts:
  - {predicate: internal_disorder, value: true}
  - {predicate: strange_weather, value: contested, who: nobody}
  legal_reading: {outcome: contested, reason: a riot}
  decision: {outcome: activated, date: '2022-01-06'}
  responses:
  - {code: RUS, response: joined_with_troops, party_to_treaty: not verified}
  sources:
  - {cite: a report, url: 'https://example.org', url_checked: false}
  confidence: high
"""


def test_a_file_in_the_layout_is_read_with_its_own_predicates(tmp_path):
    path = tmp_path / "record.yaml"
    path.write_text(LAYOUT, encoding="utf-8")
    assert [episode.id for episode in episodes_in(path)] == ["one"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "csto-1992.art4-2010]",
            "csto-1992.art5]",
            "episodes[0].clauses[0]: 'csto-1992.art5' is no clause of",
        ),
        ("treaty: csto-1992", "treaty: csto-1993", "'csto-1993' is no treaty of the catalogue; did you mean"),
        ("internal_disorder", "internal_disorders", "is declared nowhere; did you mean 'internal_disorder'?"),
        ("outcome: contested", "outcome: unsure", "episodes[0].legal_reading.outcome"),
        (
            "date: '2022-01-05'\n  title",
            "date: soon\n  title",
            "'soon' is no date; give a year, a month or a day",
        ),
        ("  victim: [KAZ]\n", "", "episodes[0].victim"),
        ("episodes:", "episode:", "episode"),
    ],
)
def test_a_mistake_in_a_record_is_one_line_with_its_place(tmp_path, old, new, told):
    path = tmp_path / "record.yaml"
    path.write_text(LAYOUT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        episodes_in(path)
    assert told in caught.value.lines[0]
    assert caught.value.lines[0].startswith(f"{path}:")


def test_an_episode_twice_is_told(tmp_path):
    path = tmp_path / "record.yaml"
    path.write_text(LAYOUT + LAYOUT.split("episodes:\n")[1], encoding="utf-8")
    with pytest.raises(CaseError, match="'one' is given twice"):
        episodes_in(path)


def test_a_second_coder_s_file_is_read_and_its_mistakes_are_told(tmp_path):
    path = tmp_path / "second.yaml"
    path.write_text("- {id: one, letter: triggered, sense: contested, overall: contested, confidence: 2}\n")
    assert second_codings_in(path)["one"].overall == "contested"
    path.write_text("- {letter: triggered, sense: contested, overall: contested}\n")
    with pytest.raises(CaseError, match="has no `id`"):
        second_codings_in(path)
    path.write_text("one: two\n")
    with pytest.raises(CaseError, match="is no list"):
        second_codings_in(path)


@pytest.mark.shared_data
def test_the_shared_record_reads_without_a_mistake(shared_facts):
    read = episodes_in(shared_facts / "invocations.yaml")
    found = agreement(read, second_codings_in(shared_facts / "second_readings.yaml"))
    assert len(found.readings) == 81
    assert found.rate > found.baseline + 0.2
