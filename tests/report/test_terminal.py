from __future__ import annotations

import io

import pytest
from rich.console import Console
from study_double import StudyDouble, study_double

from foedus.report.terminal import print_assessment, print_summary


def _printed(study: StudyDouble, width: int = 80) -> str:
    out = io.StringIO()
    print_summary(study, Console(file=out, width=width))
    return out.getvalue()


@pytest.mark.parametrize("width", [80, 140])
def test_no_line_is_wider_than_the_screen(study: StudyDouble, width: int) -> None:
    assert max(len(line) for line in _printed(study, width).splitlines()) <= width


def test_civilian_deaths_stand_first_and_the_arms_side_by_side(study: StudyDouble) -> None:
    lines = _printed(study).splitlines()
    head = next(i for i, line in enumerate(lines) if "With contingents" in line and "Without" in line)
    assert lines[head + 2].strip().startswith("Civilians killed")
    differed = next(i for i, line in enumerate(lines) if line.startswith("What differed"))
    header = next(line for line in lines[differed:] if "Civilians killed" in line)
    assert header.strip().startswith("Civilians killed")
    assert header.index("Civilians killed") < header.index("Time to calm")


def test_every_part_of_the_answer_is_printed(study: StudyDouble) -> None:
    text = _printed(study)
    for part in (
        "By the letter",
        "By the sense",
        "Requested",
        "Invoked",
        "Activated",
        "First in the record",
        "May troops come",
        "Observed",
        "First landing",
        "Announcement alone",
        "Guards alone",
        "Presence alone",
        "the western border",
        "The bill",
        "A price in",
        "against the record",
        "unidentified",
        "What was expected",
        "failed",
        "held out",
        "fitted",
        "What it rests on",
    ):
        assert part in text
    assert text.index("predicted, held out") < text.index("predicted, fitted")


def test_free_mode_prints_its_banner_and_replay_does_not(study: StudyDouble) -> None:
    banner = "a model's rules, not evidence that an intervention works"
    assert banner not in _printed(study)
    free = study_double()
    free.summary()["mode"] = "free"
    assert banner in _printed(free)


def test_square_brackets_in_a_case_are_text_and_no_markup() -> None:
    meta = study_double().case.meta.model_dump(mode="json", exclude_unset=True)
    assert "An [red]odd[/red] title" in _printed(
        study_double(meta=meta | {"title": "An [red]odd[/red] title"})
    )


def test_the_law_alone_prints_its_tree_of_reasons(study: StudyDouble) -> None:
    out = io.StringIO()
    law = {"obligation": study.assessment.as_dict(), "beliefs": study.summary()["beliefs"], "record": ["one"]}
    print_assessment(law, Console(file=out, width=80))
    text = out.getvalue()
    assert "├──" in text
    assert "a reporter on the square (B2): it is not so" in text
    assert "NATO 5" in text
    assert "Record: one" in text
    bare = io.StringIO()
    print_assessment(study.assessment.as_dict(), Console(file=bare, width=80))
    assert "├──" in bare.getvalue()
