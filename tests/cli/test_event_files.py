"""Event files: a few lines on who suffers what, and `foedus assess` answers clause by clause."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.cases.schema import DescribedEvent
from foedus.cli.main import exit_code
from foedus.law import assess_event

NATO_5 = "north-atlantic-treaty.art5"
NATO_4 = "north-atlantic-treaty.art4"
CSTO_4 = "csto-1992.art4-2010"
PEACEKEEPING_ABROAD = "csto-peacekeeping-2007.art3-external"

AT_HOME = """\
event:
  date: 2025-05-09
  title: An invented attack on Estonia
  victim: EST
  attackers: [RUS]
  place: EST
  facts:
    - {predicate: armed_attack, value: true, who: invented for a test}
"""
IN_HAWAII = """\
event:
  date: 2025-12-07
  victim: USA
  attackers: [PRK]
  place: US-HI
  facts:
    - {predicate: armed_attack, value: true}
"""
FALKLANDS = """\
event:
  date: 1982-04-02
  victim: GBR
  attackers: [ARG]
  place: FLK
  facts:
    - {predicate: armed_attack, value: true}
"""
UNREST = """\
event:
  date: 2022-01-05
  victim: KAZ
  target: internal_unrest
  attackers: []
  acts: {requested: true, invoked: true}
  facts:
    - {predicate: internal_disorder, value: true}
    - {predicate: threat_to_security, value: true}
  claims:
    - id: terrorists
      predicate: armed_attack
      holds: true
      who: the president
      at: 2022-01-05T18:00:00Z
      text: bands trained abroad attack the country
      interested: true
      basis: reported
      source: [invented]
      grades:
        - {at: 2022-01-05T18:00:00Z, reliability: C, credibility: 4}
    - id: rioters
      predicate: armed_attack
      holds: false
      who: a correspondent
      at: 2022-01-05T20:00:00Z
      text: the crowd is from here
      basis: reported
      source: [invented]
      grades:
        - {at: 2022-01-05T20:00:00Z, reliability: B, credibility: 3}
"""
NOTHING_SAID = """\
event:
  date: 2025-05-09
  victim: EST
"""


@pytest.fixture
def assessed(tmp_path, capsys):
    """Write an event file and give what `assess --json` says of it."""

    def assess(text, *options):
        path = tmp_path / "event.yaml"
        path.write_text(text, encoding="utf-8")
        assert exit_code(["assess", str(path), "--json", *options]) == 0
        printed = capsys.readouterr()
        assert printed.err == ""
        return json.loads(printed.out)

    return assess


def readings(told):
    """Letter and sense of every clause read."""
    return {
        row["clause"]: (row["by_reading"]["letter"]["reading"], row["by_reading"]["sense"]["reading"])
        for row in told["obligation"]["clauses"]
    }


def rows(told):
    return {row["clause"]: row for row in told["obligation"]["clauses"]}


# An attack by a state


def test_an_attack_at_home_meets_article_5_by_letter_and_sense(assessed):
    told = assessed(AT_HOME)
    assert readings(told)[NATO_5] == ("met", "met")
    assert readings(told)[NATO_4] == ("met", "met")
    assert readings(told)["eu-teu-42-7.art42-7"] == ("met", "met")
    assert len(rows(told)[NATO_5]["bound"]) == 31
    assert "EST" not in rows(told)[NATO_5]["bound"]


def test_the_answer_names_the_file_the_hour_and_what_is_believed(assessed, tmp_path):
    told = assessed(AT_HOME)
    assert told["case"] == str(tmp_path / "event.yaml")
    assert told["as_of"] == told["obligation"]["as_of"] == "2025-05-09T23:59:59+00:00"
    assert told["seed"] == 1
    assert told["beliefs"]["armed_attack"]["status"] == "true"
    assert told["beliefs"]["armed_attack"]["why"] == ["invented for a test"]


def test_an_attack_on_hawaii_falls_outside_the_area_of_article_5_and_inside_that_of_others(assessed):
    told = assessed(IN_HAWAII)
    assert readings(told)[NATO_5] == ("not met", "not met")
    assert readings(told)[NATO_4] == ("met", "met")
    assert readings(told)["anzus-1951.art4"] == ("met", "met")
    assert readings(told)["us-philippines-1951.art4"] == ("met", "met")
    why = json.dumps(rows(told)[NATO_5]["why"])
    assert "US-HI" in why


def test_the_same_attack_on_alaska_meets_article_5(assessed):
    assert readings(assessed(IN_HAWAII.replace("US-HI", "US-AK")))[NATO_5] == ("met", "met")


def test_the_falklands_lie_outside_the_area_of_article_5(assessed):
    told = assessed(FALKLANDS)
    assert readings(told)[NATO_5] == ("not met", "not met")
    assert "the act falls in the area that the clause covers" in json.dumps(rows(told)[NATO_5]["why"])
    assert readings(assessed(FALKLANDS.replace("place: FLK", "place: GBR")))[NATO_5] == ("met", "met")


def test_where_accounts_of_the_attack_differ_the_clause_is_contested(assessed):
    told = assessed(AT_HOME.replace("value: true", "value: contested"))
    assert readings(told)[NATO_5] == ("contested", "contested")


def test_an_attack_that_did_not_take_place_meets_nothing_that_asks_for_one(assessed):
    told = assessed(AT_HOME.replace("value: true", "value: false"))
    assert readings(told)[NATO_5] == ("not met", "not met")


def test_an_attacker_is_not_among_those_bound_to_help_its_victim(assessed):
    told = assessed(AT_HOME.replace("[RUS]", "[RUS, LVA]"))
    assert "LVA" not in rows(told)[NATO_5]["bound"]
    assert len(rows(told)[NATO_5]["bound"]) == 30


# Unrest, with claims


def test_unrest_that_is_claimed_to_be_an_attack_leaves_article_4_contested(assessed):
    told = assessed(UNREST)
    assert told["beliefs"]["armed_attack"]["status"] == "contested"
    assert readings(told)[CSTO_4][0] == "contested"
    assert readings(told)[CSTO_4][1] in ("contested", "undetermined")
    assert told["obligation"]["clause"] == CSTO_4
    assert told["obligation"]["requested"] is True
    assert told["obligation"]["invoked"] is True
    assert told["obligation"]["activated"] is False
    assert len(told["obligation"]["bound"]) == 5


def test_a_claim_that_was_made_later_is_not_heard(assessed):
    told = assessed(UNREST, "--as-of", "2022-01-05T12:00")
    assert "armed_attack" not in told["beliefs"]
    assert readings(told)[CSTO_4][0] == "undetermined"


def test_the_threat_alone_is_enough_to_consult(assessed):
    assert readings(assessed(UNREST))["csto-1992.art2-2010"] == ("met", "met")


def test_without_a_hand_from_outside_the_sense_of_article_4_fails_where_the_letter_may_not(assessed):
    inside = "    - {predicate: external_origin, value: false}\n  claims:"
    told = assessed(UNREST.replace("  claims:", inside, 1))
    assert readings(told)[CSTO_4][0] == "contested"
    assert readings(told)[CSTO_4][1] == "not met"


# Whether help may come is another question than whether it must


def test_a_request_by_a_government_in_control_permits_what_no_treaty_demands(assessed):
    told = assessed("""\
event:
  date: 2022-01-05
  victim: KAZ
  target: internal_unrest
  attackers: []
  acts: {requested: true}
  facts:
    - {predicate: internal_disorder, value: true}
    - {predicate: government_in_effective_control, value: true}
    - {predicate: armed_attack, value: false}
    - {predicate: aggression, value: false}
""")
    assert readings(told)[CSTO_4] == ("not met", "not met")
    permission = told["obligation"]["permission"]
    assert permission["reading"] == "permitted"
    assert {ground["ground"]: ground["status"] for ground in permission["grounds"]}["consent"] == "true"


def test_an_attack_with_a_request_permits_help_in_self_defence(assessed):
    permission = assessed(AT_HOME + "  acts: {requested: true}\n")["obligation"]["permission"]
    assert permission["reading"] == "permitted"
    assert permission["why"].startswith("self-defence: ")


def test_nobody_having_asked_it_is_open_whether_help_may_come(assessed):
    permission = assessed(AT_HOME)["obligation"]["permission"]
    assert permission["reading"] == "undetermined"
    assert "a request of the state attacked is unknown" in permission["why"]
    consent = next(ground for ground in permission["grounds"] if ground["ground"] == "consent")
    assert consent["status"] == "false"


# What nobody says, and what does not apply


def test_what_nobody_says_is_undetermined_never_false(assessed):
    told = assessed(NOTHING_SAID)
    assert told["beliefs"] == {}
    assert readings(told)[NATO_5] == ("undetermined", "undetermined")
    assert readings(told)[NATO_4] == ("undetermined", "undetermined")
    assert told["obligation"]["permission"]["reading"] == "undetermined"


def test_a_clause_that_does_not_apply_says_why_and_binds_nobody(assessed):
    told = assessed(AT_HOME.replace("2025-05-09", "1995-05-09") + "  treaties: [north-atlantic-treaty]\n")
    row = rows(told)[NATO_5]
    assert readings(told)[NATO_5] == ("not applicable", "not applicable")
    assert row["not_applicable"].startswith("EST is not a party to the North Atlantic Treaty")
    assert row["not_applicable"].endswith("on 1995-05-09")
    assert row["bound"] == []


def test_an_event_that_names_only_a_treaty_that_is_over_is_refused(tmp_path, capsys):
    path = tmp_path / "event.yaml"
    path.write_text(
        "event:\n  date: 1995-05-09\n  victim: POL\n  treaties: [warsaw-pact]\n", encoding="utf-8"
    )
    assert exit_code(["assess", str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    told = "event.treaties[0]: warsaw-pact was not in force on 1995-05-09; give one that was, or leave"
    assert printed.err.startswith(f"{path}:4: {told}")


def test_a_clause_for_states_outside_a_treaty_does_not_apply_to_its_parties(assessed):
    row = rows(assessed(UNREST))[PEACEKEEPING_ABROAD]
    assert row["not_applicable"].endswith("and KAZ is a party on 2022-01-05")


def test_where_no_treaty_could_protect_the_victim_nobody_is_bound(assessed):
    told = assessed("event:\n  date: 1850-01-01\n  victim: CHE\n  attackers: [FRA]\n")
    assert told["obligation"]["clauses"] == []
    assert told["obligation"]["treaty"] is None
    assert "no treaty of the catalogue in force on the day" in told["obligation"]["permission"]["why"]


# What may be left out, and edits


def test_an_event_may_be_dated_to_a_month_or_a_year(assessed):
    for told, last in (("2025-05", "2025-05-31"), ("2025", "2025-12-31")):
        found = assessed(AT_HOME.replace("2025-05-09", told))
        assert found["as_of"] == f"{last}T23:59:59+00:00"
        assert readings(found)[NATO_5] == ("met", "met")


def test_named_treaties_alone_are_read(assessed):
    told = assessed(AT_HOME + "  treaties: [north-atlantic-treaty]\n")
    assert {row["treaty"] for row in told["obligation"]["clauses"]} == {"north-atlantic-treaty"}


def test_the_clause_that_the_event_names_is_the_one_in_question(assessed):
    assert assessed(AT_HOME + f"  clause: {NATO_4}\n")["obligation"]["clause"] == NATO_4


def test_a_clause_that_the_event_names_and_nobody_has_is_refused(tmp_path, capsys):
    path = tmp_path / "event.yaml"
    path.write_text(AT_HOME + "  clause: north-atlantic-treaty.art55\n", encoding="utf-8")
    assert exit_code(["assess", str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert f"{path}:9: event.clause: 'north-atlantic-treaty.art55' is not a clause" in printed.err
    assert f"did you mean '{NATO_5}'?" in printed.err


def test_edits_are_for_cases_and_not_for_events(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("event.yaml").write_text(AT_HOME, encoding="utf-8")
    for option in (["--set", "a=1"], ["--without", "a"], ["--shift", "a=+1h"]):
        assert exit_code(["assess", "event.yaml", *option]) == 2
        line = "event.yaml: is an event, and edits are for cases; change the file instead\n"
        assert capsys.readouterr().err == line


def test_an_hour_that_is_none_is_refused(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("event.yaml").write_text(AT_HOME, encoding="utf-8")
    assert exit_code(["assess", "event.yaml", "--as-of", "noon"]) == 2
    advice = "give ISO 8601, as in 2022-01-05T12:00 or 2022-01-05"
    assert capsys.readouterr().err == f"--as-of: 'noon' is no date or time; {advice}\n"


def test_on_the_screen_every_clause_stands_with_letter_and_sense(tmp_path, capsys):
    path = tmp_path / "event.yaml"
    path.write_text(IN_HAWAII, encoding="utf-8")
    assert exit_code(["assess", str(path)]) == 0
    shown = capsys.readouterr().out
    line = next(line for line in shown.splitlines() if line.strip().startswith("NATO 5"))
    assert line.count("not met") == 2
    assert "ANZUS" in shown


def test_the_precedents_of_an_event_are_near_it_in_what_they_say(tmp_path, capsys):
    path = tmp_path / "event.yaml"
    path.write_text(AT_HOME, encoding="utf-8")
    assert exit_code(["precedents", str(path), "--json", "--most", "3"]) == 0
    found = json.loads(capsys.readouterr().out)["precedents"]
    assert len(found) == 3
    assert all("threat: attack by a state" in one["near"] for one in found)


# Laws


def event(**changed):
    return DescribedEvent.model_validate({"date": "2025-05-09", "victim": "EST", **changed})


STATUSES = st.sampled_from([True, False, "contested"])
FACTS = ("armed_attack", "external_origin", "threat_to_security", "requested_by_victim", "unprovoked")


@given(facts=st.dictionaries(st.sampled_from(FACTS), STATUSES), place=st.sampled_from([None, "EST", "US-HI"]))
@settings(deadline=None, max_examples=25)
def test_every_clause_is_answered_by_letter_and_sense_or_says_why_it_does_not_apply(facts, place):
    told = assess_event(
        event(place=place, facts=[{"predicate": name, "value": value} for name, value in facts.items()]),
        "event.yaml",
    )
    for row in told["obligation"]["clauses"]:
        words = {row["by_reading"][name]["reading"] for name in ("letter", "sense")}
        if row["not_applicable"] is not None:
            assert words == {"not applicable"}
            assert row["bound"] == []
        else:
            assert words <= {"met", "contested", "not met", "undetermined"}
            assert row["bound"]


@given(value=STATUSES)
@settings(deadline=None)
def test_the_seed_changes_no_reading_of_stated_facts(value):
    asked = event(attackers=["RUS"], place="EST", facts=[{"predicate": "armed_attack", "value": value}])
    one, other = (assess_event(asked, "event.yaml", seed=seed) for seed in (1, 2))
    assert readings(one) == readings(other)
