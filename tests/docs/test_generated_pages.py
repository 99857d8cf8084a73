"""Pages that a script writes are what the script would write now."""

import json
import sys

import pytest
from pages import DOCS, ROOT, script

from foedus.aftermath import declared_aftermath
from foedus.alliance import declared_obliged, declared_plan
from foedus.alliance.invited import declared_invited, declared_outer
from foedus.cases.parameters import declared


def test_the_page_of_parameters_is_up_to_date():
    written = (DOCS / "parameters.md").read_text(encoding="utf-8")
    assert written == script("make_parameters").page(), "run python docs/make_parameters.py"


def test_every_declared_parameter_has_a_row():
    text = (DOCS / "parameters.md").read_text(encoding="utf-8")
    rooms = (
        declared_invited(),
        declared_outer(),
        declared_obliged(),
        declared_plan(),
        declared_aftermath(),
    )
    names = [*declared(), *(name for room in rooms for name in room.parameters)]
    assert [name for name in names if f"| `{name}` |" not in text] == []


MEASURED = {
    "measured": "2031-01-01",
    "machine": {"cores": 2},
    "help": {"seconds": 0.3},
    "main_job": {"runs": 2000, "seconds": 12.5, "peak_memory_mib": 900.0, "stored_mib": 40.0},
    "first_start": None,
    "threads": {"one_thread_runs_per_second": 500.0, "two_threads_runs_per_second": 900.0, "ratio": 1.8},
    "compiled": {"seconds_a_run": 0.002, "plain_python_seconds_a_run": 1.5, "ratio": 750.0},
    "twins": {"mean_deaths": {"strangers_half_width": 9.0, "twins_half_width": 3.0, "ratio": 3.0}},
    "law": {
        "clause": "pact/1",
        "facts": 7,
        "draws": 1000,
        "seconds_over_draws": 0.05,
        "plain_python_seconds": 10.0,
        "ratio": 200.0,
        "all_treaties_one_day_seconds": 0.02,
        "chain_seconds": 0.04,
        "cold_treaties_seconds": 1.5,
    },
}


@pytest.fixture(scope="module")
def summary():
    import foedus

    return json.loads(json.dumps(foedus.run("kazakhstan-2022", runs=8).summary()))


def test_every_generated_part_of_a_page_can_be_made(summary, tmp_path, monkeypatch):
    tables = script("make_tables")
    out = tmp_path / "out"
    out.mkdir()
    (out / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    (tmp_path / "docs").mkdir()
    for name in ("results.md", "performance.md"):
        (tmp_path / "docs" / name).write_text((DOCS / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "README.md").write_text((ROOT / "README.md").read_text(encoding="utf-8"), encoding="utf-8")
    measured = tmp_path / "benchmarks.json"
    measured.write_text(json.dumps(MEASURED), encoding="utf-8")
    monkeypatch.setattr(tables, "DOCS", tmp_path / "docs")
    monkeypatch.setattr(tables, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["make_tables", "--out", str(out), "--benchmarks", str(measured)])
    tables.main()
    results = (tmp_path / "docs" / "results.md").read_text(encoding="utf-8")
    for row in summary["observed"]:
        assert tables.label(row, summary) in results
    assert f"--runs {summary['runs']} --seed {summary['seed']}" in results
    performance = (tmp_path / "docs" / "performance.md").read_text(encoding="utf-8")
    assert "| 12.5 s | under 30 s |" in performance
    assert "| 1.50 s | NOT under 1 s |" in performance
    once = results
    tables.main()
    assert (tmp_path / "docs" / "results.md").read_text(encoding="utf-8") == once, (
        "a second call changes nothing"
    )


def test_what_is_generated_stands_between_its_markers_only():
    tables = script("make_tables")
    text = "before\n<!-- begin: a -->\nold\n<!-- end: a -->\nafter"
    assert tables.filled(text, "a", "new") == "before\n<!-- begin: a -->\nnew\n<!-- end: a -->\nafter"


def test_the_picture_can_be_drawn_from_a_study(tmp_path):
    pictures = script("make_pictures")
    picture = tmp_path / "active.svg"
    pictures.draw(pictures.open_or_run(tmp_path / "none", 8, 1), picture)
    assert "People active in the street" in picture.read_text(encoding="utf-8")


def test_the_page_of_cases_has_every_built_in_case_and_can_be_made_anew(summary, tmp_path, monkeypatch):
    from foedus.cases import builtin_slugs

    pages = script("make_case_pages")
    written = (DOCS / "cases.md").read_text(encoding="utf-8")
    assert [slug for slug in builtin_slugs() if f"\n## {slug}\n" not in written] == [], (
        "run python docs/make_case_pages.py"
    )
    out = tmp_path / "out" / "kazakhstan-2022"
    out.mkdir(parents=True)
    (out / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    (tmp_path / "cases.md").write_text(written, encoding="utf-8")
    monkeypatch.setattr(pages, "DOCS", tmp_path)
    monkeypatch.setattr(pages, "slugs", lambda: ["kazakhstan-2022"])
    monkeypatch.setattr(sys, "argv", ["make_case_pages", "--out", str(out.parent)])
    pages.main()
    made = (tmp_path / "cases.md").read_text(encoding="utf-8")
    assert "\n## kazakhstan-2022\n" in made
    assert "\n## armenia-2022\n" not in made
    assert made.count("### Observed and predicted, fitted") == 1
    assert made.split("<!-- begin", 1)[0] == written.split("<!-- begin", 1)[0]


def test_a_summary_of_another_case_is_refused(summary, tmp_path):
    pages = script("make_case_pages")
    (tmp_path / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    with pytest.raises(SystemExit, match="is of kazakhstan-2022, not of armenia-2022"):
        pages.summary_of("armenia-2022", tmp_path, 8, 1, 1, fresh=False)


def test_scores_of_who_comes_are_those_of_the_formula():
    pages = script("make_case_pages")
    told = pages._scored([(0.8, True), (0.3, False)])
    assert told[:4] == ["2", "1", "1.1", f"{(0.2**2 + 0.3**2) / 2:.3f}"]
    assert told[4] == "-0.290"  # (ln 0.8 + ln 0.7) / 2
