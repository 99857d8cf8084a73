"""A study whose streets were a lattice shows a strip of one run in its report; any other shows none."""

from __future__ import annotations

import pytest
from films import city_frames
from study_double import StudyDouble, study_double

from foedus.report.html import report_html
from foedus.report.lattice import Film, film_of


class OnTheLattice(StudyDouble):
    lattice_film: Film


@pytest.fixture(scope="module")
def study() -> StudyDouble:
    return study_double(runs=8)


def test_the_strip_stands_in_the_course_with_its_note(study: StudyDouble) -> None:
    double = OnTheLattice(study.case, study.assessment, study.data, study.summary())
    frames = city_frames({"Capital": 20, "Port": 12}, active={"Port": [0, 9, 70, 4, 0]})
    double.lattice_film = film_of(frames, title="t", note="an agent: 100 people; seed 1, run 0")
    html = report_html(double)
    course = html[html.index('id="course"') : html.index('id="effect"')]
    assert 'id="lattice-t"' in course
    assert course.index(">Port<") < course.index(">Capital<")
    assert "an agent: 100 people; seed 1, run 0. <code>foedus watch</code> shows it moving." in course
    assert "70 active" in course
    assert html == report_html(double)


def test_a_study_of_crowds_has_no_strip(study: StudyDouble) -> None:
    html = report_html(study)
    assert "lattice-t" not in html
    assert "foedus watch" not in html
