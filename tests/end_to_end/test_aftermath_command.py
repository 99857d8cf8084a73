"""The bill, the record and the verdicts, as the command prints them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from foedus.cli.main import app

CASE = "kazakhstan-2022"


def printed(*words: str) -> str:
    done = CliRunner().invoke(app, ["run", CASE, "--runs", "8", *words])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def body():
    return json.loads(printed("--json"))


def test_the_bill_starts_with_civilian_deaths_and_says_who_pays_and_what_it_rests_on(body):
    assert body["bill"][0]["name"] == "deaths_civilian"
    for row in body["bill"]:
        assert row["payer"]
        assert row["rests_on"]
        assert all(rest["basis"] for rest in row["rests_on"])
    names = [row["name"] for row in body["bill"]]
    assert {"contagion", "contagion_guarantor", "opinion_own", "opinion_own_KGZ", "rival_eclipse"} <= set(
        names
    )
    assert not any("total" in name or "sum" in name for name in names)


def test_every_index_has_a_path_over_two_years(body):
    for row in body["aftermath"].values():
        months = [point["months"] for point in row["path"]]
        assert (months[0], months[-1]) == (0, 24)
        twelve = next(point for point in row["path"] if point["months"] == 12)
        assert twelve["with"] == row["with"]


def test_what_the_war_may_have_done_is_compared_and_tests_nothing(body):
    opinion = next(r for r in body["afterwards"] if r["index"] == "opinion_host" and r["reads"] == "change")
    assert opinion["result"] == "unidentified"
    assert {other["who"] for other in opinion["elsewhere"]} >= {"Armenia", "Azerbaijan"}
    assert all(other["host_less_this"] is not None for other in opinion["elsewhere"])


def test_the_expectation_about_opinion_stays_unresolved_whatever_the_poll_says(body):
    verdict = {v["line"]: v["verdict"] for v in body["expectations"] if v["index"] == "opinion_host"}
    assert verdict == {16: "unresolved"}


def test_lines_14_to_18_tell_the_verdicts(body):
    answers = {a["line"]: a["answer"] for a in body["situation"]}
    for line in (14, 15, 16, 17, 18):
        assert f"Expected in line {line}" in answers[line]


def test_without_the_request_nothing_is_owed_and_no_index_differs():
    alone = json.loads(printed("--without", "request", "--json"))
    for name, row in alone["aftermath"].items():
        if not name.startswith("opinion_own"):
            assert row["difference"]["p05"] == row["difference"]["p95"] == 0.0, name


def test_the_terminal_shows_bill_record_and_verdicts():
    text = printed()
    for part in ("The bill", "A price in", "against the record", "What was expected", "unidentified"):
        assert part in text


@pytest.mark.parametrize(
    ("edit", "mend"),
    [
        ("afterwards[0].index=dependance", "dependence"),
        ("expectations[0].index=prize", "price"),
    ],
)
def test_a_name_that_is_none_is_refused_with_what_may_be_meant(edit: str, mend: str):
    words = [sys.executable, "-m", "foedus.cli", "run", CASE, "--runs", "1", "--set", edit]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"did you mean '{mend}'" in done.stderr
    assert "Traceback" not in done.stderr
