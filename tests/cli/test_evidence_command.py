"""The command about evidence: what it prints, and what it refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer

from foedus.cli import main
from foedus.cli.evidence_commands import evidence

SMALL = str(Path(__file__).parent.parent / "cases" / "small.yaml")
CASE = "kazakhstan-2022"


@pytest.fixture(autouse=True)
def _with_the_command_alone(monkeypatch):
    """The command under an app of its own: what the others do is tested elsewhere."""
    app = typer.Typer(name="foedus", add_completion=False, pretty_exceptions_enable=False)
    app.callback()(lambda: None)
    app.command()(evidence)
    monkeypatch.setattr(main, "app", app)


def printed(capsys, *words):
    assert main.exit_code(["evidence", *words]) == 0
    out = capsys.readouterr()
    assert out.err == ""
    return out.out


def as_json(capsys, *words):
    return json.loads(printed(capsys, *words, "--json"))


def in_short(belief):
    return {key: belief[key] for key in ("status", "p05", "median", "p95")}


def test_the_json_has_the_shape_that_is_documented(capsys):
    found = as_json(capsys, CASE, "--as-of", "2022-01-06T12:00", "--predicate", "external_origin", "--daily")
    assert list(found) == ["case", "as_of", "seed", "assumptions", "beliefs", "daily"]
    assert (found["case"], found["as_of"], found["seed"]) == (CASE, "2022-01-06T12:00:00+06:00", 1)
    belief = found["beliefs"]["external_origin"]
    assert list(belief) == ["status", "p05", "median", "p95", "claims", "record"]
    assert 0.0 < belief["p05"] < belief["median"] < belief["p95"] < 1.0
    assert list(belief["claims"][0]) == [
        "id",
        "who",
        "at",
        "origin",
        "interested",
        "supported_by",
        "says",
        "reliability",
        "credibility",
        "graded_at",
        "weight",
        "counts",
    ]
    assert [day["day"] for day in found["daily"]] == [f"2022-01-0{number}" for number in range(2, 7)]
    last = found["daily"][-1]
    assert last["until"] == found["as_of"]
    assert last["beliefs"] == {"external_origin": in_short(belief)}
    assert {news["claim"] for news in last["news"]} == {"council_outside_hand"}


def test_days_are_left_out_unless_asked_for(capsys):
    assert "daily" not in as_json(capsys, CASE)
    assert "Day by day" not in printed(capsys, CASE)


def test_it_gives_the_same_beliefs_as_the_assessment(capsys):
    from foedus.cases import load_case
    from foedus.law import assess_case

    ours = as_json(capsys, CASE, "--seed", "7")["beliefs"]
    law = assess_case(load_case(CASE), None, 7)["beliefs"]
    assert ours.keys() == law.keys()
    for name, belief in ours.items():
        assert belief["status"] == law[name]["status"]
        assert belief["median"] == pytest.approx(law[name]["probability"]["median"])


def test_what_became_known_later_is_not_seen(capsys):
    early = as_json(capsys, CASE, "--as-of", "2022-01-06T03:00")["beliefs"]["external_origin"]
    assert [claim["id"] for claim in early["claims"]] == ["moscow_internal", "tokayev_trained_abroad"]
    assert early["claims"][1]["credibility"] == 6
    late = as_json(capsys, CASE, "--as-of", "2022-01-06T16:00")["beliefs"]["external_origin"]
    assert [claim["credibility"] for claim in late["claims"] if claim["who"] == "President Tokayev"] == [4]


def test_a_day_of_the_replay_is_what_as_of_gives_at_its_end(capsys):
    (day,) = [day for day in as_json(capsys, CASE, "--daily")["daily"] if day["day"] == "2022-01-06"]
    then = as_json(capsys, CASE, "--as-of", "2022-01-07")["beliefs"]
    assert day["beliefs"] == {name: in_short(belief) for name, belief in then.items()}


def test_the_requesters_word_alone_adds_nothing(capsys):
    claims = as_json(capsys, CASE)["beliefs"]["external_origin"]["claims"]
    interested = [claim for claim in claims if claim["interested"]]
    assert len(interested) == 4
    assert all(claim["weight"] == 0.0 for claim in interested)


def test_the_table_shows_who_said_what_its_grade_and_why_it_counts(capsys):
    text = printed(capsys, CASE, "--predicate", "external_origin", "--as-of", "2022-01-08", "--daily")
    lines = [line.strip() for line in text.splitlines()]
    assert lines[0] == "What could be believed as of 2022-01-08 00:00"
    assert lines[2].startswith("origin outside the country (external_origin): contested, 12")
    assert "2022-01-05 23:00  President Tokayev (from tokayev): it is so" in lines
    assert "D4 since 2022-01-06 15:00; 0; adds nothing: interested, and nobody" in lines
    assert any(line.startswith("2022-01-02 to 01-04  unknown") for line in lines)
    assert "President Tokayev: graded anew D4 (experts: most unlikely)" in lines
    assert "Assumed: speakers whose claims state no origin are taken as independent of one" in lines
    assert all(len(line) <= 80 and line == line.rstrip() for line in text.splitlines())


def test_a_fact_of_which_nobody_speaks_is_told_when_asked_for(capsys):
    text = printed(capsys, CASE, "--predicate", "un_mandate")
    assert "un_mandate): unknown" in text
    assert "nobody has said anything of it" in text


def test_an_early_hour_of_a_case_has_nothing_to_tell(capsys):
    assert "Nothing had been said or done by then." in printed(capsys, SMALL, "--as-of", "2022-01-02T00:00")


def test_markup_in_a_case_is_printed_as_it_stands(capsys, tmp_path):
    text = Path(SMALL).read_text(encoding="utf-8").replace("who: the president", 'who: "[bold]he[/]"')
    (tmp_path / "marked.yaml").write_text(text, encoding="utf-8")
    assert "[bold]he[/]" in printed(capsys, str(tmp_path / "marked.yaml"))


def test_the_page_shows_what_the_command_prints(capsys):
    page = (Path(__file__).parents[2] / "docs" / "evidence.md").read_text(encoding="utf-8")
    ((command, shown),) = re.findall(
        r"^```bash\nfoedus evidence (.*?)\n```\n\n```text\n(.*?)^```$", page, re.M | re.S
    )
    assert printed(capsys, *command.split()).replace("\u00a0", " ") == shown


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            [CASE, "--predicate", "external_orign"],
            "--predicate: 'external_orign' is not a predicate of any clause; did you mean 'external_origin'?",
        ),
        (
            [CASE, "--as-of", "yesterday"],
            "--as-of: 'yesterday' is no date or time; give ISO 8601, as in 2022-01-05T12:00 or 2022-01-05",
        ),
    ],
)
def test_a_mistake_ends_in_one_line_that_says_how_to_mend_it(capsys, words, told):
    assert main.exit_code(["evidence", *words]) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert out.err == f"{told}\n"


@pytest.mark.parametrize("words", [["no-such-case"], [CASE, "--as-of", "1999-01-01"], [CASE, "--seed", "-1"]])
def test_other_mistakes_end_in_one_line_too(capsys, words):
    assert main.exit_code(["evidence", *words]) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert out.err.count("\n") == 1
