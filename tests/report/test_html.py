from __future__ import annotations

import copy
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from study_double import StudyDouble, study_double

from foedus.errors import OutputError
from foedus.report.html import report_html, write_report

LOADING = {"src", "srcset", "data", "poster", "background", "action"}
VOID = {"meta", "link", "br", "img", "input", "hr"}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.open: list[str] = []
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in LOADING or (tag == "link" and name == "href"):
                self.loads.append(value or "")
            if name == "id":
                self.ids.append(value or "")
            if tag == "a" and name == "href":
                self.targets.append(value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> at line {self.getpos()[0]}")


def _read(text: str) -> _Page:
    page = _Page()
    page.feed(text)
    return page


@pytest.fixture(scope="module")
def html(study: StudyDouble) -> str:
    return report_html(study)


def test_the_report_asks_nothing_of_any_server(html: str) -> None:
    assert all(load.startswith("data:") for load in _read(html).loads)
    assert "@import" not in html
    assert "@font-face" not in html
    for target in re.findall(r"url\(([^)]*)\)", html):
        assert target.startswith("#")


def test_the_page_is_well_formed_and_each_id_stands_once(html: str) -> None:
    page = _read(html)
    assert page.problems == []
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))


def test_every_part_in_the_navigation_is_there(html: str) -> None:
    page = _read(html)
    inside = {target[1:] for target in page.targets if target.startswith("#")}
    assert len(inside) >= 9
    assert inside <= set(page.ids)


def test_civilian_deaths_stand_first_in_each_table_of_outcomes(html: str) -> None:
    tables = re.findall(r"<table.*?</table>", html, flags=re.DOTALL)
    outcome_tables = [table for table in tables if "Civilians killed" in table]
    assert len(outcome_tables) >= 3
    for table in outcome_tables:
        before = table[: table.index("Civilians killed")]
        later = ("Forces killed", "Killed in all", "Arrested", "Time to calm", "State falls")
        assert not any(word in before for word in later)


def test_a_hostile_case_text_is_shown_and_not_run() -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    base = study_double().case
    question = base.model_dump(mode="json", exclude_unset=True)["situation"][0]
    meta = base.meta.model_dump(mode="json", exclude_unset=True)
    study = study_double(
        meta=meta | {"title": evil, "summary": evil},
        situation=[question | {"text": evil, "afterwards": evil, "stated": evil}],
        sources={"invented": {"cite": evil, "url": "javascript:alert(3)"}},
    )
    summary = study.summary()
    summary["cities"][0]["city"] = evil
    summary["edits"] = [evil]
    text = report_html(study)
    assert "<script>alert" not in text
    assert "<img" not in text
    assert 'href="javascript' not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert _read(text).problems == []


def test_dollar_signs_in_a_name_are_no_formula() -> None:
    study = study_double()
    study.summary()["cities"][0]["city"] = r"$\frac{Almaty$"
    assert r"$\frac{Almaty$" in report_html(study)


def test_the_same_study_gives_the_same_bytes(study: StudyDouble) -> None:
    assert report_html(study) == report_html(study)
    assert report_html(study_double()) == report_html(study)


def test_free_mode_carries_its_banner_and_replay_does_not(html: str) -> None:
    banner = "not evidence that an intervention works"
    assert banner not in html
    free = study_double()
    free.summary()["mode"] = "free"
    assert f"a model&#39;s rules, {banner}" in report_html(free)


def test_fitted_and_held_out_stand_apart(html: str) -> None:
    section = html[html.index('<section id="observed">') :]
    held, fitted = section.index(">Held out</th>"), section.index(">Fitted</th>")
    assert held < section.index("First landing") < fitted < section.index(">Arrested</th>")


def test_the_ledger_puts_assumptions_first_and_says_their_share(html: str) -> None:
    ledger = html[html.index('<section id="ledger">') :]
    names = re.findall(r"<code>([a-z_.]+)</code>", ledger)
    assert names[:3] == ["streets.kill_rate", "streets.threshold", "country.population"]
    assert "33\u00a0% of the 3 numbers" in ledger


def test_what_was_not_computed_leaves_a_report_that_says_so() -> None:
    study = study_double()
    summary = study.summary()
    for key in ("effect", "aftermath", "observed", "cities", "sites", "assumptions", "beliefs", "signals"):
        summary.pop(key)
    summary["response"] = {}
    study.assessment = None  # type: ignore[assignment]
    summary["obligation"] = {"clause": None, "by_reading": {}}
    text = report_html(study)
    assert _read(text).problems == []
    assert "No pairs of runs were compared" in text
    assert "No clause was assessed" in text


def test_colours_follow_the_reader_in_page_and_charts(html: str) -> None:
    assert "prefers-color-scheme:dark" in html
    for svg in re.findall(r"<svg.*?</svg>", html, flags=re.DOTALL):
        assert not re.search(r"#[0-9a-f]{6}", re.sub(r'href="#[^"]*"|url\(#[^)]*\)', "", svg))
        assert "var(--ink)" in svg or "var(--muted)" in svg


def test_the_commands_name_case_runs_and_seed(html: str) -> None:
    assert "foedus run invented --runs 60 --seed 1" in html


def test_a_report_is_written_whole_or_not_at_all(study: StudyDouble, tmp_path: Path) -> None:
    path = write_report(study, tmp_path / "deep" / "report.html")
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [p.name for p in path.parent.iterdir()] == ["report.html"]
    in_the_way = tmp_path / "file"
    in_the_way.write_text("x")
    with pytest.raises(OutputError, match="cannot be written"):
        write_report(study, in_the_way / "report.html")


def test_a_report_does_not_change_the_study(study: StudyDouble) -> None:
    before = copy.deepcopy(study.summary())
    report_html(study)
    assert study.summary() == before
