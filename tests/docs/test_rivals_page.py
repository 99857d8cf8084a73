"""The page of rivals is what its script writes, and what it says in words is so in the results beside it."""

import json

import pytest
from pages import DOCS, script

RESULTS = json.loads((DOCS / "rivals.json").read_text(encoding="utf-8"))
OTHER = json.loads((DOCS / "rivals-kyrgyzstan-2010.json").read_text(encoding="utf-8"))
STANDARD, FORECAST = RESULTS["fits"]
WAVES = ("wave", "wave_linear")


def row(block, quantity, at=None):
    return next(
        row
        for row in block["rows"]
        if row["quantity"] == quantity and row["where"] is None and (at is None or row["at"].startswith(at))
    )


def test_the_page_is_up_to_date():
    made = script("make_rivals_page")
    written = (DOCS / "rivals.md").read_text(encoding="utf-8")
    assert written == made.filled_page(written, RESULTS, OTHER), "run python docs/make_rivals_page.py"


def test_the_results_hold_no_path_and_are_of_the_case_named():
    assert (RESULTS["case"], OTHER["case"]) == ("kazakhstan-2022", "kyrgyzstan-2010")
    assert "/" not in RESULTS["protests_from"]["file"]


@pytest.mark.parametrize("block", [STANDARD, FORECAST], ids=["standard", "forecast"])
def test_of_the_fifth_of_january_both_waves_are_nearer_and_of_the_first_days_crowd_is(block):
    fifth = row(block, "participants", "2022-01-05")
    assert all(fifth[wave]["crps"] < 0.5 * fifth["crowd"]["crps"] for wave in WAVES)
    for day in ("2022-01-02", "2022-01-03"):
        early = row(block, "participants", day)
        assert all(early[wave]["crps"] > early["crowd"]["crps"] for wave in WAVES)


def test_crowd_has_too_many_or_too_few_people_on_the_fifth():
    told = row(STANDARD, "participants", "2022-01-05")
    assert told["crowd"]["median"] > 2.0 * told["high"]
    told = row(FORECAST, "participants", "2022-01-05")
    assert told["crowd"]["median"] < 0.25 * told["low"]


@pytest.mark.parametrize("block", [STANDARD, FORECAST], ids=["standard", "forecast"])
def test_untold_of_the_orders_crowd_finds_no_calm_and_every_rival_is_nearer(block):
    calm = row(block, "calm_at")
    assert calm["crowd_untold"]["censored"] > 0.9
    for rival in (*WAVES, "protests"):
        assert calm["crowd_untold"]["crps"] > 3.0 * calm[rival]["crps"]


def test_the_standard_fit_is_no_nearer_on_calm_than_the_linear_wave():
    calm = row(STANDARD, "calm_at")
    assert calm["crowd"]["crps"] >= calm["wave_linear"]["crps"]


def test_the_forecast_of_the_dead_is_farther_off_than_ten_episodes():
    pair = FORECAST["scores"]["against"]["crowd"]["episodes"]
    assert (pair["crowd_nearer"], pair["rival_nearer"]) == (0, pair["common"])


def test_the_chances_of_killings_are_those_told():
    told = row(FORECAST, "any_killings")
    assert told["protests"]["median"] < 0.25
    assert min(told["crowd"]["median"], told["crowd_untold"]["median"]) > 0.7


def test_on_the_other_case_crowd_loses_to_both_waves_and_to_persistence():
    (block,) = OTHER["fits"]
    for rival in (*WAVES, "persistence"):
        pair = block["scores"]["against"]["crowd"][rival]
        assert pair["rival_nearer"] > pair["crowd_nearer"]
        assert pair["ratio"] > 1.0
        assert pair["mean_skill_of_crowd"] < 0.0
