from __future__ import annotations

import re
from pathlib import Path

import pytest
from study_double import StudyDouble, study_double

from foedus.cases import load_case
from foedus.errors import CaseError, OutputError
from foedus.report.brief import brief_html, brief_markdown, write_brief


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_brief_answers_each_line_with_tag_afterwards_and_change(study: StudyDouble, lang: str) -> None:
    text = brief_markdown(study, lang)
    change = {"en": "What would change it:", "nl": "Wat dit zou veranderen:"}[lang]
    later = {"en": "Afterwards:", "nl": "Later:"}[lang]
    tags = {"en": "input|looked up|computed|assumed", "nl": "invoer|opgezocht|berekend|aangenomen"}[lang]
    lines = len(study.case.situation)
    assert text.count(change) == lines
    assert text.count(later) == sum(q.afterwards is not None for q in study.case.situation)
    assert len(re.findall(rf"\[(?:{tags})\]  $", text, flags=re.MULTILINE)) == lines


def test_the_dutch_brief_is_in_dutch(study: StudyDouble) -> None:
    text = brief_markdown(study, "nl")
    assert "Vraag 1" in text
    assert "Gedode burgers" in text
    assert "Civilians" not in text
    assert "not computed" not in text


def test_the_page_asks_nothing_of_any_server(study: StudyDouble) -> None:
    text = brief_html(study, "en")
    assert not re.search(r'(?:src|href)="(?!data:|#)', text)
    assert "@import" not in text


def test_markdown_goes_to_the_screen_and_files_by_their_suffix(
    study: StudyDouble, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert write_brief(study, "en", None) == capsys.readouterr().out
    write_brief(study, "nl", tmp_path / "b.md")
    write_brief(study, "nl", tmp_path / "b.html")
    assert (tmp_path / "b.md").read_text(encoding="utf-8").startswith("# An invented crisis")
    assert '<html lang="nl">' in (tmp_path / "b.html").read_text(encoding="utf-8")
    with pytest.raises(OutputError, match=r"neither \.html nor \.md"):
        write_brief(study, "en", tmp_path / "b.docx")
    with pytest.raises(CaseError, match="--lang xx"):
        write_brief(study, "xx", tmp_path / "c.md")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.html", "b.md"]


def test_free_mode_carries_its_banner() -> None:
    free = study_double()
    free.summary()["mode"] = "free"
    assert "A model's rules, not evidence that an intervention works." in brief_markdown(free, "en")
    assert "geen bewijs dat ingrijpen werkt" in brief_markdown(free, "nl")


def test_a_hostile_case_text_is_shown_and_not_run() -> None:
    question = study_double().case.model_dump(mode="json", exclude_unset=True)["situation"][0]
    study = study_double(situation=[question | {"text": "<script>alert(1)</script> [x](javascript:y)"}])
    assert "<script>alert" not in brief_html(study, "en")
    assert "<script" not in brief_markdown(study, "en").replace("\\<", "")
    assert "](javascript" not in brief_markdown(study, "en").replace("\\]", "")


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_brief_of_the_built_in_case_is_about_two_pages(study: StudyDouble, lang: str) -> None:
    real = StudyDouble(load_case("kazakhstan-2022"), study.assessment, study.data, study.summary())
    assert len(brief_markdown(real, lang).split()) < 2500
