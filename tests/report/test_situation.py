from __future__ import annotations

import copy
from typing import Any

import pytest
from invented_case import QUESTIONS
from study_double import StudyDouble, study_double

from foedus.cases import load_case
from foedus.errors import CaseError
from foedus.report.situation import ANSWERS, Answer, answers
from foedus.terms import Tag


def _answers(study: StudyDouble, lang: str = "en", **changes: Any) -> dict[str, Answer]:
    summary = copy.deepcopy(study.summary()) | changes
    found = answers(summary, study.case, study.assessment, lang)
    return {question.answer: answer for question, answer in zip(study.case.situation, found, strict=True)}


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_line_is_answered_with_a_tag_and_what_would_change_it(study: StudyDouble, lang: str) -> None:
    found = answers(study.summary(), study.case, study.assessment, lang)
    assert [answer.line for answer in found] == list(range(1, len(QUESTIONS) + 1))
    for answer in found:
        assert answer.tag in set(Tag)
        assert answer.answer.strip()
        assert answer.change.strip()
        assert "not computed" not in answer.answer
        assert "niet berekend" not in answer.answer
        assert "{" not in answer.answer + answer.change


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_line_of_the_built_in_case_names_an_answer_that_exists(lang: str) -> None:
    case = load_case("kazakhstan-2022")
    found = answers({"mode": "replay"}, case, None, lang)
    assert [answer.line for answer in found] == list(range(1, 21))
    assert {question.answer.partition(":")[0] for question in case.situation} <= set(ANSWERS)
    assert all(answer.tag in set(Tag) for answer in found)


def test_what_was_not_computed_is_said_and_not_invented(study: StudyDouble) -> None:
    found = _answers(study, course=None, sites=None, signals=None, aftermath=None, beliefs={})
    for name in ("unrest_course", "toll", "sites_lost", "surprise", "weakness", "dependence"):
        assert found[name].answer == "Not computed in this study."
        assert not any(character.isdigit() for character in found[name].answer)
    assert "beliefs.external_origin" in found["belief:external_origin"].change


def test_the_median_toll_of_the_answer_is_that_of_the_summary(study: StudyDouble) -> None:
    for killed in (17.0, 4321.0):
        summary = copy.deepcopy(study.summary())
        summary["course"]["with"]["deaths_civilian"] = {"p05": 1.0, "median": killed, "p95": 9000.0}
        found = answers(summary, study.case, study.assessment)
        assert f"{killed:,.0f} (1 to 9,000) civilians" in found[1].answer


def test_decisions_are_inputs_in_replay_and_computed_in_free_mode(study: StudyDouble) -> None:
    assert _answers(study)["activation"].tag is Tag.INPUT
    assert _answers(study, mode="free")["activation"].tag is Tag.COMPUTED


def test_a_belief_that_nobody_speaks_to_is_an_assumption() -> None:
    silent = study_double(claims=[])
    assert _answers(silent)["belief:external_origin"].tag is Tag.ASSUMED


def test_a_claim_that_says_highly_unlikely_counts_against_its_fact() -> None:
    base = study_double().case.model_dump(mode="json", exclude_unset=True)["claims"]
    doubtful = base[1] | {"holds": True, "likelihood": "highly unlikely"}
    found = _answers(study_double(claims=[base[0], doubtful]))["belief:external_origin"]
    assert "Claims for it: 1, of which 1 by parties that gain; against it: 1." in found.answer
    assert "Without the word of a reporter on the square (B2) it would be higher" in found.change


def test_nothing_later_than_the_date_of_the_study_is_counted(study: StudyDouble) -> None:
    early = _answers(study, as_of="2031-03-03T06:00:00+00:00")["belief:external_origin"]
    assert "Claims for it: 0" in early.answer
    assert "against it: 1" in early.answer


def test_an_aftermath_that_rests_on_assumptions_alone_is_tagged_assumed(study: StudyDouble) -> None:
    assert _answers(study)["dependence"].tag is Tag.ASSUMED
    measured = study_double(
        aftermath={"trade_share_lead": {"value": 0.2, "basis": "measured", "source": ["invented"]}}
    )
    assert _answers(measured)["dependence"].tag is Tag.COMPUTED


def test_a_theatre_short_of_its_floor_says_by_how_much(study: StudyDouble) -> None:
    response = copy.deepcopy(study.summary()["response"])
    response["theatres"]["west"]["left"] = {"p05": 80000.0, "median": 87500.0, "p95": 95000.0}
    assert "2,500 short of its floor" in _answers(study, response=response)["theatres"].change


def test_a_case_without_a_situation_is_asked_the_general_questions() -> None:
    plain = study_double(situation=[])
    for lang, first in (("en", "How large does the unrest grow"), ("nl", "Hoe groot wordt de onrust")):
        found = answers(plain.summary(), plain.case, plain.assessment, lang)
        assert len(found) >= 10
        assert found[0].question.startswith(first)


def test_an_answer_that_does_not_exist_is_named() -> None:
    question = study_double().case.model_dump(mode="json", exclude_unset=True)["situation"][0]
    odd = study_double(situation=[question | {"answer": "weather"}])
    assert "`weather`" in answers(odd.summary(), odd.case, odd.assessment)[0].answer


def test_an_unknown_language_is_refused_in_one_line(study: StudyDouble) -> None:
    with pytest.raises(CaseError, match="--lang fr: no words in that language; give one of en, nl"):
        answers(study.summary(), study.case, study.assessment, "fr")
