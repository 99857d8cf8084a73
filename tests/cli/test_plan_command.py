"""``foedus plan``: what it prints, the shape of its JSON, and how it says what went wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from foedus.cli.main import exit_code
from two_cities import number, small_case_document

Asked = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Asked:
    def asked(*arguments: str) -> dict[str, Any]:
        assert exit_code(["plan", *arguments, "--json"]) == 0
        printed: dict[str, Any] = json.loads(capsys.readouterr().out)
        return printed

    return asked


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def said(*arguments: str) -> str:
        assert exit_code(["plan", *arguments]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert len(err.strip().splitlines()) == 1
        return err

    return said


@pytest.fixture
def a_file(tmp_path: Path) -> Callable[..., str]:
    def written(**alliance: Any) -> str:
        document = small_case_document()
        document["alliance"] |= alliance
        path = tmp_path / "mine.yaml"
        path.write_text(json.dumps(document), encoding="utf-8")
        return str(path)

    return written


def test_the_plan_of_a_built_in_case_tells_units_arrival_theatres_and_what_gives(ask: Asked) -> None:
    found = ask("kazakhstan-2022", "--runs", "50")
    assert sum(unit["sent"] for unit in found["units"]) == found["plan"]["troops"]
    arrival = found["arrival"]
    assert set(arrival["members"]) == {"RUS", "BLR", "TJK", "KGZ", "ARM"}
    for row in [arrival["all"], *(member["curve"] for member in arrival["members"].values())]:
        assert len(row["median"]) == len(arrival["hours"])
        assert row["p05"][-1] <= row["median"][-1] <= row["p95"][-1]
        assert row["median"] == sorted(row["median"])
    assert arrival["first_landing"]["median"] <= arrival["closure"]["median"]
    theatre = found["theatres"]["ukraine-border"]
    curve = [row["largest_request"]["median"] for row in theatre["request"]["curve"]]
    assert curve == sorted(curve, reverse=True)
    assert found["lift_bound"]["troops"] > found["plan"]["troops"]
    assert found["task"]["sites"][0]["site"] == "almaty-airport"


def test_the_same_seed_gives_the_same_bits_and_another_gives_others(ask: Asked) -> None:
    one, same, other = (ask("kazakhstan-2022", "--runs", "40", "--seed", seed) for seed in ("4", "4", "5"))
    assert one == same
    assert one["arrival"] != other["arrival"]
    assert one["plan"] == other["plan"]


def test_a_lost_field_sends_landings_to_the_next_and_makes_them_no_sooner(ask: Asked) -> None:
    whole, part = (ask("kazakhstan-2022", "--runs", "60", *lost) for lost in ((), ("--lost", "almaty")))
    assert part["airfields"]["almaty"]["share"] == 0
    assert part["airfields"]["zhetygen"]["share"] > whole["airfields"]["zhetygen"]["share"]
    for before, after in zip(
        whole["arrival"]["all"]["median"], part["arrival"]["all"]["median"], strict=True
    ):
        assert after <= before


def test_an_edit_moves_the_plan_and_is_named(ask: Asked) -> None:
    found = ask("kazakhstan-2022", "--runs", "40", "--set", "alliance.lift.fleets.il76.aircraft=5")
    assert "aircraft" in found["edits"][0]
    before = ask("kazakhstan-2022", "--runs", "40")
    assert found["arrival"]["closure"]["median"] > before["arrival"]["closure"]["median"]
    assert found["lift_bound"]["troops"] < before["lift_bound"]["troops"]


def test_standing_room_binds_where_it_is_small(ask: Asked, a_file: Callable[..., str]) -> None:
    lift = small_case_document()["alliance"]["lift"]
    ample = ask(a_file(lift=lift), "--runs", "40")
    lift["airfields"]["main"]["on_ground"] = number(1.0)
    tight = ask(a_file(lift=lift), "--runs", "40")
    # One place, two hours to unload: a landing every two hours.
    assert tight["airfields"]["main"]["landings_an_hour"]["median"] == 0.5
    assert tight["arrival"]["closure"]["median"] > ample["arrival"]["closure"]["median"]


def test_a_case_in_which_nobody_pledged_plans_what_could_have_come(
    ask: Asked, a_file: Callable[..., str]
) -> None:
    members = small_case_document()["alliance"]["members"]
    for pledge in (None, number(0.0)):
        members["RUS"]["pledge"] = pledge
        found = ask(a_file(members=members), "--runs", "20")
        assert "what could have come" in found["said"][0]
        assert found["plan"]["troops"] == 1200


def test_a_case_without_units_is_told_in_a_line(
    capsys: pytest.CaptureFixture[str], a_file: Callable[..., str]
) -> None:
    assert exit_code(["plan", a_file(units=[]), "--runs", "10"]) == 0
    printed = capsys.readouterr().out
    assert "lists no units" in printed
    assert "Nobody is sent." in printed


def test_a_page_and_a_picture_are_written_whole_and_ask_nothing_of_any_server(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("plan.html", "plan.svg"):
        assert exit_code(["plan", "kazakhstan-2022", "--runs", "20", "--out", str(tmp_path / name)]) == 0
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "Tajikistan" in text
        assert not re.search(r'(?:src|href)="https?://', text)
    assert "Lift could land" in (tmp_path / "plan.html").read_text(encoding="utf-8")
    capsys.readouterr()


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ((), "give a case, or --record"),
        (("kazakhstan-2022", "--record"), "and not both"),
        (("no-such-case",), "no-such-case"),
        (("kazakhstan-2022", "--lost", "orly"), "has almaty, zhetygen, nur-sultan"),
        (("kazakhstan-2022", "--out", "plan.pdf"), "is neither .html nor .svg"),
        (("kazakhstan-2022", "--set", "alliance.lift.fleets.il76.wings=3"), "wings"),
    ],
)
def test_a_mistake_is_told_in_one_line(
    refused: Callable[..., str], arguments: tuple[str, ...], line: str
) -> None:
    assert line in refused(*arguments)


def test_a_picture_of_nobody_is_refused_and_leaves_no_file(
    refused: Callable[..., str], a_file: Callable[..., str], tmp_path: Path
) -> None:
    out = tmp_path / "plan.svg"
    assert "nobody is sent" in refused(a_file(units=[]), "--out", str(out))
    assert not out.exists()


def test_the_record_is_compared_and_misses_are_told(ask: Asked) -> None:
    airlifts = ask("--record")["airlifts"]
    assert len(airlifts) == 3
    rows = {(airlift["key"], row["what"]): row for airlift in airlifts for row in airlift["rows"]}
    sorties = rows["nickel-grass-1973", "Sorties"]
    assert sorties["observed"] == {"low": 567.0, "high": 567.0}
    for row in rows.values():
        low, high = row["observed"]["low"], row["observed"]["high"]
        assert row["within"] == (row["model"]["p05"] <= high and low <= row["model"]["p95"])
