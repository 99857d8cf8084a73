"""The commands about the law: what they print, the shape of their JSON, and how they say what went wrong."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from foedus.cli.main import exit_code
from foedus.treaties import catalogue
from foedus.treaties.query import treaties_where
from foedus.treaties.record import episodes

BROKEN = Path(__file__).parent.parent / "broken_cases"
NO_YAML = str(BROKEN / "no_yaml.yaml")
BROKEN_EVENTS = sorted((BROKEN.parent / "broken_events").glob("*/*.yaml"))
READ_BY = {"cascade": ["cascade"], "record": ["record", "--file"], "assess": ["assess"]}

NO_CODE = "give an ISO 3166-1 alpha-3 code, such as KAZ"
NO_DAY = "is no day; give one, as in 2022-01-06"
NO_NUMBER = "is no number of a state in the Correlates of War; give one, such as 705"
NO_KIND = "'mutual_defense' is no type of clause; did you mean 'mutual_defence'?"
ONE_OF_TWO = "give a file of events, or an attack such as --attack AUH:SRB, and not both"
NO_STATES = "names no two states; give one as in --attack AUH:SRB"
ITSELF = "cannot attack itself; give two states, as in --attack AUH:SRB"
NO_FACT = "is no fact that a clause asks about; did you mean 'armed_attack'?"
NO_VALUE = "has no value; give unprovoked=true, false, contested or unknown"
NO_PLACE = "is no code of a place; give one of ISO 3166, as FLK or US-HI"
NO_PICTURE = "is neither .html nor .svg; give a name that ends in one of them"

JULY_1914 = """\
meta: {title: July 1914}
events:
  - {date: 1914-06-28, event: assassination, place: Sarajevo}
  - {date: 1914-07-23, event: ultimatum, by: AUH, to: SRB}
  - {date: 1914-07-28, event: war_declared, by: AUH, on: SRB}
  - {date: 1914-07-30, event: general_mobilisation, by: RUS, against: [AUH, DEU]}
  - {date: 1914-08-01, event: war_declared, by: DEU, on: RUS}
"""
RECORD = """\
episodes:
  - id: one
    date: 2020-01-01
    title: An invented episode
    treaty: csto-1992
    clauses: [csto-1992.art4-2010]
    victim: [ARM]
    request: {made: true}
    clause_invoked: true
    facts:
      - {predicate: armed_attack, value: true}
      - {predicate: external_origin, value: true}
    legal_reading: {outcome: triggered, reason: invented for a test}
    decision: {outcome: none}
"""


@pytest.fixture
def ask(capsys):
    """Run a command that must succeed and give its JSON, which must stand alone."""

    def asked(*arguments):
        assert exit_code([*arguments, "--json"]) == 0
        printed = capsys.readouterr()
        assert printed.err == ""
        return json.loads(printed.out)

    return asked


@pytest.fixture
def refused(capsys):
    """Run a command that must fail and give its line, which must stand alone."""

    def said(*arguments):
        assert exit_code(list(arguments)) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.count("\n") == 1
        return printed.err.removesuffix("\n")

    return said


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Write a file into an empty directory, which is the working one, and give its name."""
    monkeypatch.chdir(tmp_path)

    def write(text, name="file.yaml"):
        Path(name).write_text(text, encoding="utf-8")
        return name

    return write


# foedus treaties


def test_treaties_as_json_is_a_list_of_treaties_with_their_parties_on_the_day(ask):
    rows = ask("treaties", "--as-of", "2022-01-06", "--party", "KAZ")
    assert [row["id"] for row in rows] == [
        listed.treaty.id for listed in treaties_where(day=date(2022, 1, 6), party="KAZ")
    ]
    csto = next(row for row in rows if row["id"] == "csto-1992")
    assert csto["name"] == "Collective Security Treaty (Tashkent Treaty)"
    assert csto["parties"] == ["ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK"]
    assert csto["in_force"] is True
    assert csto["presumed"] is False
    assert csto["since"] == "1994-04-20"
    assert csto["ended"] is None
    assert {"mutual_defence", "consultation"} <= set(csto["kinds"])


def test_without_a_day_the_whole_catalogue_is_listed(ask):
    rows = ask("treaties")
    assert {row["id"] for row in rows} == set(catalogue())
    for row in rows:
        assert {"id", "name", "parties", "in_force", "short_name", "signed", "status", "kinds"} <= set(row)
        assert isinstance(row["in_force"], bool)


def test_a_state_may_be_told_by_code_name_or_number(ask):
    by_code = ask("treaties", "--as-of", "1960-01-01", "--party", "SUN")
    assert by_code
    assert ask("treaties", "--as-of", "1960-01-01", "--party", "Soviet Union") == by_code
    assert ask("treaties", "--as-of", "1960-01-01", "--party", "365") == by_code
    assert ask("treaties", "--as-of", "2022-01-06", "--party", "365") != by_code


def test_treaties_between_two_states_with_a_kind_of_clause(ask):
    asked = ("treaties", "--as-of", "2022-01-06", "--between", "Russia, BLR")
    assert len(ask(*asked)) == 4
    assert {row["id"] for row in ask(*asked, "--kind", "mutual_defence")} < {row["id"] for row in ask(*asked)}


def test_where_nothing_fits_that_is_told_and_no_fault(capsys):
    assert exit_code(["treaties", "--party", "CHE", "--as-of", "1850-01-01"]) == 0
    assert capsys.readouterr().out == "0 treaties in force on 1850-01-01\n"


def test_a_day_that_lies_ahead_is_answered_with_a_warning_beside_the_answer(capsys):
    assert exit_code(["treaties", "--as-of", "2999-01-01", "--json"]) == 0
    printed = capsys.readouterr()
    assert printed.err == "--as-of 2999-01-01 lies ahead: what is in force then is not known yet\n"
    assert json.loads(printed.out)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--party", "KZA"], "'KZA' is no party known; did you mean 'KAZ' (Kazakhstan)?"),
        (["--party", "Atlantis"], f"'Atlantis' is no party known; {NO_CODE}"),
        (["--between", "RUS,Atlantis"], f"'Atlantis' is no party known; {NO_CODE}"),
        (["--party", "999"], f"999 {NO_NUMBER}"),
        (["--kind", "mutual_defense"], f"--kind: {NO_KIND}"),
        (["--as-of", "2022-13-01"], f"--as-of: '2022-13-01' {NO_DAY}"),
        (["--as-of", "yesterday"], f"--as-of: 'yesterday' {NO_DAY}"),
        (["--as-of", "2022-02-30"], f"--as-of: '2022-02-30' {NO_DAY}"),
        (["--data", "/nowhere"], "--data: answers for a day; add --as-of, as in --as-of 1914-07-28"),
    ],
)
def test_treaties_says_in_a_line_what_is_wrong(refused, arguments, line):
    assert refused("treaties", *arguments) == line


def test_an_unknown_kind_is_answered_with_the_kinds_that_there_are(refused):
    told = refused("treaties", "--kind", "zzz")
    assert told.startswith("--kind: 'zzz' is no type of clause; give one of mutual_defence, ")
    assert "neutrality" in told


# foedus treaty


def test_a_treaty_is_told_clause_by_clause_in_the_wording_of_the_day(ask):
    before = ask("treaty", "csto", "--as-of", "2012-12-18")
    since = ask("treaty", "csto", "--as-of", "2012-12-19")
    assert {"csto-1992.art4-1992"} == {row["id"] for row in before["clauses"] if row["article"][0] == "4"}
    assert {"csto-1992.art4-2010"} == {row["id"] for row in since["clauses"] if row["article"][0] == "4"}
    assert "UZB" in before["parties"]
    assert "UZB" not in since["parties"]
    assert since["sources"]
    assert all(row["obligation"]["strength"] for row in since["clauses"])


def test_a_treaty_on_the_screen_names_its_parties_and_clauses(capsys):
    assert exit_code(["treaty", "warsaw", "--as-of", "1980-01-01"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "German Democratic Republic (DDR)" in shown
    assert "in force 1955-06-04" in shown
    assert "must help" in shown


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ("csto-1993", "'csto-1993' is no treaty of the catalogue; did you mean 'csto-1992'?"),
        ("zzz", "'zzz' is no treaty of the catalogue; `foedus treaties` lists those that there are"),
    ],
)
def test_an_unknown_treaty_is_told_with_a_hint(refused, told, line):
    assert refused("treaty", told) == line


def test_a_short_name_that_fits_several_is_told_with_their_ids(refused):
    told = refused("treaty", "arab", "--as-of", "1960-01-01")
    assert told == "'arab' may be several treaties; give one of arab-jdect-1950, arab-league-1945"


def test_a_treaty_on_a_day_that_is_none_is_refused(refused):
    assert (
        refused("treaty", "csto", "--as-of", "2022")
        == "--as-of: '2022' is no day; give one, as in 2022-01-06"
    )


# foedus guarantors


def test_guarantors_as_json_names_the_host_the_day_and_what_it_would_take(ask):
    told = ask("guarantors", "Kazakhstan", "--as-of", "2022-01-04")
    assert (told["host"], told["as_of"]) == ("KAZ", "2022-01-04")
    helping = [row for row in told["guarantors"] if row["sort"] == "help"]
    assert {row["party"] for row in helping} == {"ARM", "BLR", "KGZ", "RUS", "TJK"}
    for row in told["guarantors"]:
        assert {"party", "treaty", "clause", "duty", "decided_by", "if", "sense_asks", "caution"} <= set(row)


def test_a_state_with_nobody_to_call_on_is_told_so(capsys, ask):
    assert ask("guarantors", "CHE", "--as-of", "1850-01-01")["guarantors"] == []
    assert exit_code(["guarantors", "CHE", "--as-of", "1850-01-01"]) == 0
    assert "Switzerland" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["ETS"], "'ETS' is no party known; did you mean 'EST' (Estonia)?"),
        (["EST", "--as-of", "soon"], "--as-of: 'soon' is no day; give one, as in 2022-01-06"),
    ],
)
def test_guarantors_says_in_a_line_what_is_wrong(refused, arguments, line):
    assert refused("guarantors", *arguments) == line


# foedus cascade


def test_cascade_of_an_attack_as_json_has_the_bound_the_conditional_and_the_unbound(ask):
    told = ask("cascade", "--attack", "AUH:SRB", "--as-of", "1914-07-28")
    assert told["as_of"] == "1914-07-28"
    assert told["attacks"] == [{"by": "AUH", "on": "SRB", "place": "SRB"}]
    assert told["assumed"] == {"unprovoked": "true"}
    assert {(row["party"], row["towards"], row["against"], row["step"]) for row in told["bound"]} == {
        ("GRC", "SRB", "AUH", 1)
    }
    for row in told["bound"]:
        assert {"party", "towards", "against", "treaty", "clause", "reading", "step"} <= set(row)
        assert row["clause"].startswith(row["treaty"] + ".")
        assert row["reading"] in ("met", "contested", "undetermined")
    assert told["conditional"]
    for row in told["conditional"]:
        assert {"party", "if", "clause"} <= set(row)
        assert row["if"]
    assert told["not_bound"]
    for row in told["not_bound"]:
        assert {"party", "treaty", "why"} <= set(row)
        assert row["why"]
    assert {"RUS", "FRA", "GBR"} <= {row["party"] for row in told["not_bound"]}


def test_cascade_follows_the_chain_to_who_is_bound_by_whom_enters(ask):
    told = ask("cascade", "--attack", "DEU:POL", "--as-of", "1939-09-01")
    first = {row["party"] for row in told["bound"] if row["step"] == 1}
    assert {"GBR", "FRA"} <= first
    assert {row["party"] for row in told["bound"] if row["step"] == 2} >= {"EGY"}


def test_an_attack_on_a_member_of_nato_ends_the_chain_at_each_partys_judgement(ask):
    told = ask("cascade", "--attack", "RUS:EST", "--as-of", "2025-05-09")
    by_nato = {row["party"] for row in told["bound"] if row["clause"] == "north-atlantic-treaty.art5"}
    assert len(by_nato) == 31
    assert {row["step"] for row in told["bound"]} == {1}
    assert any("so the chain ends here" in line for line in told["ends"])


def test_the_place_of_the_attack_decides_whether_it_falls_in_the_area(ask):
    def by_nato(place):
        told = ask("cascade", "--attack", "PRK:USA", "--as-of", "2025-05-09", "--place", place)
        return {r["party"] for r in told["bound"] if r["clause"] == "north-atlantic-treaty.art5"}

    assert len(by_nato("USA")) == 31
    assert len(by_nato("US-AK")) == 31
    assert by_nato("US-HI") == set()


def test_a_fact_given_changes_what_follows(ask):
    asked = ("cascade", "--attack", "AUH:SRB", "--as-of", "1914-07-28")
    provoked = ask(*asked, "--fact", "unprovoked=false")
    assert provoked["assumed"] == {"unprovoked": "false"}
    assert "serbia-greece-1913.art1" in {row["clause"] for row in ask(*asked)["bound"]}
    assert "serbia-greece-1913.art1" not in {row["clause"] for row in provoked["bound"]}


def test_several_attackers_and_victims_are_told_as_pairs(ask):
    told = ask("cascade", "--attack", "RUS,BLR:EST,LVA", "--as-of", "2025-05-09")
    pairs = {(attack["by"], attack["on"]) for attack in told["attacks"]}
    assert pairs == {("RUS", "EST"), ("RUS", "LVA"), ("BLR", "EST"), ("BLR", "LVA")}


def test_cascade_of_a_file_as_json_is_a_list_one_object_an_event(ask, written):
    told = ask("cascade", written(JULY_1914))
    assert [row["event"] for row in told] == [
        "assassination",
        "ultimatum",
        "war_declared",
        "general_mobilisation",
        "war_declared",
    ]
    assert [row["step"] for row in told] == [1, 2, 3, 4, 5]
    for row in told:
        assert {"date", "bound", "conditional", "not_bound", "required", "why_not_required"} <= set(row)
    assert told[0]["required"] is None
    assert told[2]["required"] is False
    assert "no treaty bound RUS to SRB" in told[3]["why_not_required"]
    assert [row["party"] for row in told[4]["bound"]] == ["FRA"]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ([], ONE_OF_TWO),
        (["/nowhere.yaml", "--attack", "RUS:EST"], ONE_OF_TWO),
        (["--attack", "AUHSRB"], f"--attack: 'AUHSRB' {NO_STATES}"),
        (["--attack", "AUH:"], f"--attack: 'AUH:' {NO_STATES}"),
        (["--attack", ":SRB"], f"--attack: ':SRB' {NO_STATES}"),
        (["--attack", "EST:EST"], f"EST {ITSELF}"),
        (["--attack", "PRU:Germany", "--as-of", "1850-01-01"], f"DEU {ITSELF}"),
        (["--attack", "RUS:Russia"], f"RUS {ITSELF}"),
        (["--attack", "RUS:ETS"], "'ETS' is no party known; did you mean 'EST' (Estonia)?"),
        (["--attack", "RUS:EST", "--fact", "armed_atack=true"], f"--fact: 'armed_atack' {NO_FACT}"),
        (["--attack", "RUS:EST", "--fact", "unprovoked=maybe"], f"--fact: 'unprovoked=maybe' {NO_VALUE}"),
        (["--attack", "RUS:EST", "--fact", "unprovoked"], f"--fact: 'unprovoked' {NO_VALUE}"),
        (["--attack", "RUS:EST", "--as-of", "2025-1-1"], f"--as-of: '2025-1-1' {NO_DAY}"),
        (["--attack", "RUS:EST", "--place", "Narva"], f"--place: 'Narva' {NO_PLACE}"),
        (["--attack", "RUS:EST", "--out", "x.png"], f"x.png: {NO_PICTURE}"),
        (["/nowhere/events.yaml"], "/nowhere/events.yaml: there is no such file; check the path"),
        (["/"], "/: is a directory; give the YAML file of dated events"),
    ],
)
def test_cascade_says_in_a_line_what_is_wrong(refused, arguments, line):
    assert refused("cascade", *arguments) == line


def test_west_germany_is_the_state_that_the_catalogue_lists(ask):
    told = [
        ask("cascade", "--attack", f"SUN:{name}", "--as-of", "1956-01-01")
        for name in ("West Germany", "260", "DEU")
    ]
    assert {row["treaty"] for row in told[0]["bound"]} >= {"north-atlantic-treaty", "brussels-1948"}
    assert told[0] == told[1] == told[2]


def test_prussia_is_one_state_with_the_germany_of_the_catalogue(ask):
    by_name = ask("treaties", "--party", "Prussia", "--as-of", "1850-01-01")
    assert "london-1839" in {row["id"] for row in by_name}
    assert by_name == ask("treaties", "--party", "DEU", "--as-of", "1850-01-01")
    told = ask("cascade", "--attack", "PRU:BEL", "--as-of", "1850-01-01")
    assert told["attacks"] == [{"by": "DEU", "on": "BEL", "place": "BEL"}]
    assert "DEU" not in {row["party"] for row in told["bound"]}
    told = ask("cascade", "--attack", "FRA:PRU", "--as-of", "1870-07-19")
    assert ("DEU", "PRU") not in {(row["party"], row["towards"]) for row in told["bound"]}
    assert "PRU" not in json.dumps(told)


def test_a_name_in_a_command_means_the_state_of_the_day(ask):
    for name, code, day in (
        ("Russia", "SUN", "1970-01-01"),
        ("Austria", "AUH", "1914-07-28"),
        ("Turkey", "OTT", "1914-08-10"),
    ):
        by_name = ask("treaties", "--party", name, "--as-of", day)
        assert by_name == ask("treaties", "--party", code, "--as-of", day)
        assert by_name


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["cascade", "--attack", "SUN:POL", "--as-of", "2022-01-01"], "SUN ended on 1991-12-26; {} RUS"),
        (["cascade", "--attack", "DDR:POL", "--as-of", "2000-01-01"], "DDR ended on 1990-10-03; {} DEU"),
        (["cascade", "--attack", "UKR:RUS", "--as-of", "1900-01-01"], "UKR began on 1917-11-20; {} RUS"),
        (
            ["cascade", "--attack", "DEU:RUS", "--as-of", "1941-06-22"],
            "RUS ended on 1922-12-30 and began again on 1991-12-26; {} SUN",
        ),
        (["treaties", "--party", "AUT", "--as-of", "1914-07-28"], "AUT began on 1918-11-12; {} AUH"),
        (["treaties", "--between", "TUR,DEU", "--as-of", "1914-08-10"], "TUR began on 1923-10-29; {} OTT"),
        (["guarantors", "CSK", "--as-of", "2000-01-01"], "CSK ended on 1993-01-01; {} CZE or SVK"),
    ],
)
def test_a_state_that_was_not_there_on_the_day_is_refused(refused, arguments, line):
    assert refused(*arguments) == line.format("for that day give")


def test_without_a_day_the_treaties_of_a_state_that_is_gone_are_listed(ask):
    assert "warsaw-pact" in {row["id"] for row in ask("treaties", "--party", "SUN")}
    assert ask("treaties", "--party", "Prussia") == ask("treaties", "--party", "DEU")


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (
            "{date: 2022-01-01, event: armed_attack, by: SUN, on: POL}",
            "events[0].by: SUN ended on 1991-12-26; for that day give RUS",
        ),
        (
            "{date: 1914-07, event: general_mobilisation, by: DEU, against: [TUR]}",
            "events[0].against: TUR began on 1923-10-29; for that day give OTT",
        ),
        (
            "{date: 1870-07-19, event: war_declared, by: FRA, on: PRU}",
            "events[0].on: 'PRU' goes by the code DEU here; give DEU",
        ),
        (
            "{date: 1970-01-01, event: war_declared, by: Russia, on: CHN}",
            "events[0].by: 'Russia' is a name; give its code SUN",
        ),
    ],
)
def test_a_state_in_a_file_that_was_not_there_is_told_with_its_line(refused, written, event, line):
    path = written(f"events:\n  - {event}\n")
    assert refused("cascade", path) == f"{path}:2: {line}"


def test_a_state_in_a_file_that_was_there_for_a_part_of_the_time_meant_is_taken(ask, written):
    told = ask("cascade", written("events:\n  - {date: 1991, event: armed_attack, by: SUN, on: LTU}\n"))
    assert told[0]["told"] == "Soviet Union attacks Lithuania"


@pytest.mark.parametrize(
    "option", [["--as-of", "1914-07-28"], ["--fact", "unprovoked=true"], ["--place", "FLK"]]
)
def test_options_of_an_attack_do_not_go_with_a_file_of_events(refused, written, option):
    told = refused("cascade", written(JULY_1914), *option)
    assert told == f"{option[0]}: goes with --attack; a file of events has its own dates and facts"


def test_a_place_that_is_only_told_need_have_no_code(ask, written):
    told = ask("cascade", written("events:\n  - {date: 1914-06-28, event: news, place: Sarajevo}\n"))
    assert told[0]["told"] == "News in Sarajevo"


def test_brackets_in_a_file_of_events_are_printed_as_they_stand(capsys, written):
    path = written("events:\n  - {date: 1914-06-28, event: news, place: 'Sarajevo [/quay]'}\n")
    assert exit_code(["cascade", path]) == 0
    assert "News in Sarajevo [/quay]" in capsys.readouterr().out


# Files with a mistake


@pytest.mark.parametrize("path", BROKEN_EVENTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_mistake_in_a_file_is_told_in_one_line_with_its_place(refused, path):
    expected = path.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# ")
    assert refused(*READ_BY[path.parent.name], str(path)) == f"{path}:{expected}"


def test_there_are_files_with_a_mistake_for_every_command_that_reads_them():
    assert {path.parent.name for path in BROKEN_EVENTS} == set(READ_BY)
    assert len(BROKEN_EVENTS) >= 30
    for path in BROKEN_EVENTS:
        told = path.read_text(encoding="utf-8").split("\n", 1)[0]
        assert re.match(r"# \d+: .+", told), path
        assert "None" not in told
        assert "%s" not in told
        assert "{}" not in told


@pytest.mark.parametrize(
    "command", [["cascade"], ["record", "--file"], ["record", "--second"], ["precedents"], ["assess"]]
)
def test_a_file_that_is_no_yaml_is_told_with_its_line(refused, command):
    told = refused(*command, NO_YAML)
    assert re.fullmatch(rf"{re.escape(NO_YAML)}:\d+: cannot be read as YAML \(.+\); check .+ here", told)


@pytest.mark.parametrize(
    "command", [["cascade"], ["record", "--file"], ["record", "--second"], ["precedents"], ["assess"]]
)
def test_a_file_that_is_not_there_is_told_so(refused, command):
    assert refused(*command, "/nowhere/x.yaml") == "/nowhere/x.yaml: there is no such file; check the path"


# foedus record


def test_record_as_json_sets_the_engines_readings_beside_the_coders(ask):
    told = ask("record")
    assert told["episodes"] + len(told["without_clause"]) == len(episodes())
    assert told["episodes"] >= 50
    assert told["rate"] == told["agree"] / told["episodes"]
    assert 0 < told["baseline"] < 1
    assert len(told["disagreements"]) == told["episodes"] - told["agree"]
    for row in told["disagreements"]:
        assert {"id", "recorded", "read", "why"} <= set(row)
        assert row["recorded"] != row["read"]
        assert row["why"]
    assert sum(row["recorded"] for row in told["by_reading"].values()) == told["episodes"]
    assert sum(row["read"] for row in told["by_reading"].values()) == told["episodes"]
    assert sum(row["agree"] for row in told["by_reading"].values()) == told["agree"]
    assert max(row["recorded"] for row in told["by_reading"].values()) == told["baseline"] * told["episodes"]


def test_record_reads_a_file_of_other_episodes(ask, written):
    told = ask("record", "--file", written(RECORD))
    assert (told["episodes"], told["baseline"], told["majority"]) == (1, 1.0, "met")
    assert told["readings"][0]["id"] == "one"


def test_a_second_coders_file_is_set_beside_the_first(ask, written):
    written("- {id: one, letter: triggered, sense: contested, overall: contested}\n", "second.yaml")
    told = ask("record", "--file", written(RECORD), "--second", "second.yaml")["second_coder"]
    assert told["episodes"] == 1
    assert told["coders_agree"] == 0.0


def test_record_on_the_screen_names_the_share_and_what_chance_would_give(capsys):
    assert exit_code(["record"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert re.match(r"\d+ of \d+ episodes read as recorded: \d+% \(always saying 'met' would be right", shown)


def test_a_list_is_no_record_and_a_mapping_no_second_coding(refused, written):
    told = refused("record", "--file", written("- {id: one}\n"))
    assert told == "file.yaml:1: is a list; put the episodes under the key `episodes`"
    told = refused("record", "--second", written(RECORD))
    assert told == "file.yaml:1: is no list; give a list of codings, each with the id of its episode"


def test_a_second_coding_without_an_id_or_with_an_unknown_word_is_told_with_its_line(refused, written):
    record = written(RECORD)
    told = refused("record", "--file", record, "--second", written("- {letter: triggered}\n", "second.yaml"))
    assert told == "second.yaml:1: [0]: has no `id`; give the id of its episode"
    coding = "- id: one\n  letter: perhaps\n  sense: contested\n  overall: contested\n"
    told = refused("record", "--file", record, "--second", written(coding, "second.yaml"))
    words = "triggered, contested, not_triggered, not_applicable"
    assert told == f"second.yaml:2: [0].letter: is 'perhaps'; give one of {words}"


# foedus precedents


def test_precedents_of_a_case_are_its_nearest_episodes_nearest_first(ask):
    told = ask("precedents", "kazakhstan-2022", "--most", "5")
    assert told["case"] == "kazakhstan-2022"
    assert len(told["precedents"]) == 5
    nearness = [row["nearness"] for row in told["precedents"]]
    assert nearness == sorted(nearness, reverse=True)
    assert all(0 <= one <= 1 for one in nearness)
    known = {episode.id for episode in episodes()}
    for row in told["precedents"]:
        assert row["id"] in known
        assert row["near"]
        assert row["id"] != "kazakhstan-2022"


def test_an_unknown_case_is_told_with_the_nearest_name(refused):
    told = refused("precedents", "kazakhstan-2023")
    assert told == (
        "kazakhstan-2023: there is no such file or built-in case; did you mean 'kazakhstan-2022'?"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["treaties", "--colour"],
        ["treaty"],
        ["guarantors"],
        ["precedents", "kazakhstan-2022", "--most", "0"],
        ["record", "--every", "yes"],
    ],
)
def test_a_wrong_option_is_told_in_one_line_that_names_the_help(refused, arguments):
    assert refused(*arguments).endswith(f"see `foedus {arguments[0]} --help`")
