"""From a case to an answer, through the command that a user types."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from the_command import CASE, RUNS, answer, finished, foedus, said

INTERVAL = {"p05", "median", "p95"}
COURSE = {
    "deaths_civilian",
    "deaths_forces",
    "deaths",
    "arrests",
    "peak_active",
    "cities_in_unrest",
    "hours_to_calm",
    "calm",
    "state_falls",
}


def test_json_stands_alone_on_standard_output_and_holds_every_answer():
    done = finished().done
    assert done.returncode == 0, done.stderr
    body = json.loads(done.stdout)
    assert (body["case"], body["mode"], body["seed"], body["runs"]) == (CASE, "replay", 1, 8)
    for reading in ("letter", "sense"):
        assert set(body["obligation"]["by_reading"][reading]["probability"]) >= INTERVAL
    assert body["obligation"]["requested"] is body["obligation"]["activated"] is True
    assert set(body["response"]["members"]) == {"RUS", "BLR", "TJK", "KGZ", "ARM"}
    assert body["response"]["troops"]["median"] > 0
    for arm in ("with", "without"):
        assert set(body["course"][arm]) >= COURSE
    assert set(body["effect"]["by_channel"]) == {"announcement", "guards", "presence"}
    assert body["observed"]
    assert body["aftermath"]
    assert [line["line"] for line in body["situation"]] == sorted(line["line"] for line in body["situation"])
    assert body["situation"][0]["line"] == 1
    assert {line["tag"] for line in body["situation"]} <= {"input", "looked up", "computed", "assumed"}
    assert all(row["basis"] and row["source"] for row in body["assumptions"])


def test_only_the_place_of_the_results_is_told_beside_it():
    assert finished().done.stderr.count("\n") <= 1
    assert "Traceback" not in finished().done.stderr


def test_a_directory_of_results_holds_data_tables_summary_and_report():
    names = {path.name for path in finished().out.iterdir()}
    assert {"data.zarr", "runs.parquet", "summary.json", "report.html"} <= names
    assert [path.name for path in finished().out.parent.iterdir()] == ["out"]


def test_the_summary_on_disk_is_the_one_that_was_printed():
    printed = json.loads(finished().done.stdout)
    assert json.loads((finished().out / "summary.json").read_text(encoding="utf-8")) == printed


def test_the_stored_data_bear_the_summary_out():
    body = json.loads(finished().done.stdout)
    table = pd.read_parquet(finished().out / "runs.parquet")
    with xr.open_zarr(finished().out / "data.zarr") as data:
        assert data.sizes["run"] == 8
        for arm in ("with", "without"):
            toll = data["killed_civilian"].sel(arm=arm).isel(time=-1).values
            expected = body["course"][arm]["deaths_civilian"]["median"]
            assert np.median(toll) == pytest.approx(expected)
            assert table[table["arm"] == arm]["killed_civilian"].median() == pytest.approx(expected)
        assert not [name for name, variable in data.data_vars.items() if "units" not in variable.attrs]


def without_seconds(body):
    return {key: value for key, value in body.items() if key != "seconds"}


def test_another_process_with_another_number_of_threads_gives_the_same_answer():
    assert without_seconds(answer("--threads", "1")) == without_seconds(answer())


def test_another_seed_gives_another_answer():
    assert answer("--seed", "0")["course"] != answer()["course"]
    assert answer("--seed", "0")["seed"] == 0


def test_without_the_request_nobody_asks_and_nobody_comes():
    body = answer("--without", "request")
    obligation, response = body["obligation"], body["response"]
    assert obligation["requested"] is obligation["invoked"] is obligation["activated"] is False
    assert response["troops"] == {"p05": 0, "median": 0, "p95": 0}
    assert all(member["troops"]["p95"] == 0 for member in response["members"].values())
    assert response["first_arrival"] == {"p05": None, "median": None, "p95": None, "censored": 1.0}
    assert body["course"]["with"] == body["course"]["without"]
    assert body["effect"]["outcome_differed"] == 0
    assert any("without request" in edit for edit in body["edits"])


def test_without_the_request_the_course_is_that_of_the_other_twin():
    assert answer("--without", "request")["course"]["with"] == answer()["course"]["without"]


def first_landing(body):
    return next(row for row in body["observed"] if row["quantity"] == "first_landing_at")


def test_a_request_a_day_later_brings_the_first_aircraft_a_day_later():
    later, then = answer("--shift", "request=+24h"), answer()
    assert first_landing(later)["median"] - first_landing(then)["median"] == pytest.approx(24, abs=6)
    after = [body["response"]["first_arrival"]["median"] for body in (later, then)]
    assert after[0] == pytest.approx(after[1], abs=6)


def test_as_of_the_fourth_nobody_had_asked_and_nothing_later_is_known():
    body = answer("--as-of", "2022-01-04")
    obligation = body["obligation"]
    assert obligation["requested"] is obligation["invoked"] is obligation["activated"] is False
    assert {obligation["by_reading"][reading]["reading"] for reading in ("letter", "sense")} == {
        "undetermined"
    }
    assert body["parameters_from"] == {"from": "priors", "fitted": []}
    assert {row["role"] for row in body["observed"]} == {"held out"}
    assert body["as_of"] == "2022-01-04T00:00:00+06:00"


def test_as_of_the_sixth_only_what_was_known_then_may_serve():
    body = answer("--as-of", "2022-01-06T12:00")
    assert body["obligation"]["requested"] is True
    origin = body["parameters_from"]
    if origin["from"] == "posterior":
        assert datetime.fromisoformat(origin["known_at"]) <= datetime.fromisoformat(body["as_of"])
    roles = {row["key"]: row["role"] for row in body["observed"]}
    assert roles["deaths|all|window|reported 2022-08-31"] == "held out"


def test_free_mode_says_what_it_is():
    banner = "a model's rules, not evidence that an intervention works"
    printed = said("run", CASE, "--runs", RUNS, "--mode", "free")
    assert printed.code == 0
    assert banner in " ".join(printed.out.split())
    assert answer()["banner"] is None


def test_a_run_without_json_is_told_in_words_with_civilian_deaths_first():
    printed = said("run", CASE, "--runs", RUNS)
    assert printed.code == 0
    course = printed.out[printed.out.index("The course") :]
    assert course.index("Civilians killed") < course.index("Forces killed") < course.index("Arrested")
    for heading in ("Is anyone bound to come?", "Who came", "What differed", "The bill", "What it rests on"):
        assert heading in printed.out


@pytest.mark.parametrize(
    ("language", "words"), [("en", "What would change it"), ("nl", "Wat dit zou veranderen")]
)
def test_the_brief_answers_each_line_and_says_what_would_change_it(language, words, tmp_path):
    lines = answer()["situation"]
    out = tmp_path / "brief.md"
    done = said("brief", CASE, "--runs", RUNS, "--lang", language, "--out", str(out))
    assert (done.code, done.out) == (0, "")
    text = out.read_text(encoding="utf-8")
    assert text.count(words) >= len(lines)
    for line in lines:
        assert f"**{line['line']}.**" in text
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_the_brief_can_be_a_page_of_its_own(tmp_path):
    out = tmp_path / "brief.html"
    assert said("brief", CASE, "--runs", RUNS, "--out", str(out)).code == 0
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!")
    assert "What would change it" in page


def test_the_law_alone_is_the_law_of_a_whole_run():
    alone = said("assess", CASE, "--json").json()
    assert alone["obligation"] == answer()["obligation"]
    assert alone["beliefs"] == answer()["beliefs"]


def test_the_module_is_the_command():
    module = subprocess.run(
        [sys.executable, "-m", "foedus.cli", "assess", CASE, "--json"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (module.returncode, module.stderr) == (0, "")
    assert json.loads(module.stdout) == said("assess", CASE, "--json").json()
    assert foedus("--version").stdout == f"foedus {json.loads(finished().done.stdout)['foedus']}\n"


def test_the_library_is_as_short_as_promised(tmp_path):
    import foedus as library

    study = library.run(CASE, runs=8)
    assert without_seconds(study.summary()) == without_seconds(answer())
    assert isinstance(study.data, xr.Dataset)
    assert study.report(tmp_path / "out.html").read_text(encoding="utf-8").startswith("<!")
