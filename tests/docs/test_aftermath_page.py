"""The page of the months after: its generated parts can be made, and it names every index and reading."""

import json
import sys

import pytest
from pages import DOCS, script

import foedus
from foedus.aftermath.bill import CHOICES, MAKERS

PAGE = DOCS / "aftermath.md"


@pytest.fixture(scope="module")
def summary():
    return json.loads(json.dumps(foedus.run("kazakhstan-2022", runs=8).summary()))


def test_every_generated_part_is_filled_and_a_second_call_changes_nothing(summary, tmp_path, monkeypatch):
    maker = script("make_aftermath_page")
    (tmp_path / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    (tmp_path / "aftermath.md").write_text(PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(maker, "DOCS", tmp_path)
    monkeypatch.setattr(sys, "argv", ["make_aftermath_page", "--out", str(tmp_path)])
    maker.main()
    once = (tmp_path / "aftermath.md").read_text(encoding="utf-8")
    for row in summary["bill"]:
        assert f"| `{row['name']}` |" in once
    for verdict in summary["expectations"]:
        assert verdict["text"] in once
    for entry in summary["afterwards"]:
        assert entry["text"] in once
    maker.main()
    assert (tmp_path / "aftermath.md").read_text(encoding="utf-8") == once


def test_the_page_names_every_index_and_every_number_a_case_may_give():
    text = PAGE.read_text(encoding="utf-8")
    needed = {key for needs, _ in MAKERS.values() for key in needs}
    for name in (*MAKERS, *CHOICES, *needed):
        assert f"`{name}`" in text


def test_the_counted_table_is_what_is_shipped():
    assert script("make_aftermath_page").counted() in PAGE.read_text(encoding="utf-8")
