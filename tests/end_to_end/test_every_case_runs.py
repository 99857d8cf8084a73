"""Every built-in case answers by its name, in each mode and each form."""

from __future__ import annotations

import pytest
from the_command import said

from foedus.cases.builtin_cases import builtin_slugs
from foedus.cases.load import load_case

UNCALLED = ("kyrgyzstan-2010", "belarus-2020")
"""Cases in which nobody was sent: asked in vain, or not asked."""


def answer_of(slug: str, *options: str):
    done = said("run", slug, "--runs", "8", "--json", *options)
    assert done.code == 0, done.err
    return done.json()


@pytest.mark.parametrize("slug", builtin_slugs())
@pytest.mark.parametrize("command", ["assess", "precedents", "evidence"])
def test_the_law_and_the_evidence_of_a_case_are_read_by_name(command: str, slug: str) -> None:
    done = said(command, slug, "--json")
    assert (done.code, done.err) == (0, "")
    assert done.json()["case"] == slug


@pytest.mark.parametrize("slug", builtin_slugs())
@pytest.mark.parametrize("mode", ["replay", "free"])
def test_a_case_runs_in_both_modes_and_answers_each_of_its_lines(mode: str, slug: str) -> None:
    told = answer_of(slug, "--mode", mode)
    assert told["mode"] == mode
    asked = load_case(slug).situation
    assert [row["line"] for row in told["situation"]] == [question.line for question in asked]
    assert all(row["answer"] and row["change"] for row in told["situation"])
    assert set(told["response"]["members"]) == set(load_case(slug).alliance.members)


@pytest.mark.parametrize("slug", builtin_slugs())
def test_a_brief_is_written_in_dutch_with_dutch_facts(slug: str) -> None:
    done = said("brief", slug, "--lang", "nl", "--runs", "8")
    assert done.code == 0, done.err
    for question in load_case(slug).situation:
        assert question.text_nl
        assert question.text_nl.rstrip(".?") in done.out.replace("\\", "")
    assert "Threat of attack" not in done.out


@pytest.mark.parametrize("slug", UNCALLED)
def test_where_nobody_is_sent_both_arms_are_one_and_the_report_says_that_nobody_came(slug: str) -> None:
    told = answer_of(slug)
    assert told["course"]["with"] == told["course"]["without"]
    assert told["effect"]["outcome_differed"] == 0.0
    assert told["obligation"]["activated"] is False
    assert told["response"]["troops"]["p95"] == 0.0
    done = said("run", slug, "--runs", "8")
    assert "Nobody came in any run." in done.out
    assert "First landing" not in done.out


def test_belarus_answers_do_not_speak_of_a_requester_where_nobody_asked() -> None:
    told = {row["line"]: row for row in answer_of("belarus-2020")["situation"]}
    framing = next(q.line for q in load_case("belarus-2020").situation if q.answer == "framing")
    members = next(q.line for q in load_case("belarus-2020").situation if q.answer == "members")
    assert "without a request" in told[framing]["answer"]
    assert "the requester put" not in told[framing]["answer"]
    assert told[members]["answer"].startswith("None of 5 members sends troops.")


def test_nothing_is_said_of_a_first_activation_where_there_was_none() -> None:
    lines = {slug: answer_of(slug)["situation"] for slug in (*UNCALLED, "kazakhstan-2022")}
    spoken = {slug: "would end 'first'" in str(rows) for slug, rows in lines.items()}
    assert spoken == {"kyrgyzstan-2010": False, "belarus-2020": False, "kazakhstan-2022": True}


def test_precedents_as_of_a_day_leave_out_what_came_later() -> None:
    later = said("precedents", "belarus-2020", "--json", "--most", "1000").json()["precedents"]
    told = said("precedents", "belarus-2020", "--as-of", "2020-08-27", "--json", "--most", "1000").json()
    days = [row["date"] for row in told["precedents"]]
    assert max(days) <= "2020-08-27"
    assert max(row["date"] for row in later) > "2022"
