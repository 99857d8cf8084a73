"""Every case that comes with foedus runs by its name, in both modes, as the published schema has it."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

import jsonschema
import pytest

import foedus
from foedus.cases import builtin_slugs, load_case
from foedus.report.brief import brief_markdown
from foedus.report.html import write_report

SCHEMA = json.loads((files("foedus.experiments") / "summary.schema.json").read_text(encoding="utf-8"))
CHECK = jsonschema.Draft202012Validator(SCHEMA)
SLUGS = builtin_slugs()


@cache
def study(slug, mode):
    return foedus.run(slug, runs=20, seed=1, mode=mode)


@pytest.mark.parametrize("mode", ["replay", "free"])
@pytest.mark.parametrize("slug", SLUGS)
def test_a_built_in_case_runs_and_its_summary_fits_the_schema(slug, mode):
    summary = json.loads(json.dumps(study(slug, mode).summary(), allow_nan=False))
    told = [f"{'.'.join(map(str, e.absolute_path))}: {e.message[:120]}" for e in CHECK.iter_errors(summary)]
    assert told == []
    assert (summary["case"], summary["mode"], summary["runs"]) == (slug, mode, 20)
    assert bool(summary["banner"]) is (mode == "free")
    assert [line["line"] for line in summary["situation"]] == [q.line for q in load_case(slug).situation]


@pytest.mark.parametrize("slug", SLUGS)
def test_only_a_case_with_a_posterior_of_its_own_has_fitted_rows(slug):
    summary = study(slug, "replay").summary()
    fitted = {row["role"] for row in summary["observed"]} - {"held out"}
    assert (fitted == set()) is (summary["parameters_from"]["from"] == "priors")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_built_in_case_is_told_as_a_page_and_as_a_brief(slug, tmp_path):
    page = tmp_path / "report.html"
    write_report(study(slug, "replay"), page)
    text = page.read_text(encoding="utf-8")
    case = load_case(slug)
    assert "Killed" in text or "killed" in text
    for lang in ("en", "nl"):
        assert brief_markdown(study(slug, "replay"), lang).startswith(f"# {case.meta.title}")
    for word in ("nan", "None", "inf "):
        assert f">{word}<" not in text


@pytest.mark.parametrize("slug", SLUGS)
def test_a_case_without_a_shock_says_that_there_is_no_unrest_to_compute(slug):
    quiet = not any(event.kind == "shock" for event in load_case(slug).events)
    assert ("dates no shock" in brief_markdown(study(slug, "replay"))) is quiet


def test_where_nobody_is_activated_nobody_arrives_in_replay():
    for slug in SLUGS:
        case = load_case(slug)
        if any(event.kind in ("activation", "pledge", "arrival") for event in case.events):
            continue
        members = study(slug, "replay").summary()["response"]["members"].values()
        if all(member.pledged_at is None for member in case.alliance.members.values()):
            assert {member["troops"]["p95"] for member in members} == {0.0}


def test_where_nobody_is_activated_replay_takes_nothing_from_a_theatre():
    for slug in SLUGS:
        if any(event.kind == "activation" for event in load_case(slug).events):
            continue
        for load in study(slug, "replay").main.theatres.values():
            assert not load.drawn.any()
            assert not load.gives.any()
