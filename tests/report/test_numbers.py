from __future__ import annotations

import pytest

from foedus.report.numbers import DUTCH, ENGLISH, plain, spread
from foedus.report.phrases import phrases
from foedus.terms import Interval


def test_runs_that_did_not_get_there_are_named_with_their_share() -> None:
    told = spread({"p05": 20.0, "median": 41.0, "p95": None, "censored": 0.12}, ENGLISH.hours)
    assert told == "41\u00a0h (20\u00a0h to beyond the window); not reached in 12\u00a0% of runs"


def test_a_median_that_is_not_reached_gives_no_number_for_it() -> None:
    told = spread({"p05": 30.0, "median": None, "p95": None, "censored": 0.62}, ENGLISH.hours)
    assert told == "not reached in 62\u00a0% of runs (p05 30\u00a0h)"
    never = Interval.of([float("nan")] * 4).as_dict()
    assert spread(never, ENGLISH.hours) == "not reached in 100\u00a0% of runs"


def test_dutch_and_english_write_the_same_number_each_in_its_way() -> None:
    interval = {"p05": 1234.0, "median": 2030.4, "p95": 21_949.0}
    assert spread(interval, ENGLISH.count, ENGLISH) == "2,030 (1,234 to 21,900)"
    assert spread(interval, DUTCH.count, DUTCH) == "2.030 (1.234 tot 21.900)"


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.0, "0\u00a0%"),
        (1.0, "100\u00a0%"),
        (0.0004, "<\u00a00.1\u00a0%"),
        (0.9999, ">\u00a099.9\u00a0%"),
        (0.004, "0.4\u00a0%"),
        (0.5, "50\u00a0%"),
        (-0.25, "\u221225\u00a0%"),
    ],
)
def test_a_share_is_never_rounded_to_never_or_always(share: float, written: str) -> None:
    assert ENGLISH.share(share) == written


def test_one_spread_of_hours_has_one_unit() -> None:
    told = spread({"p05": 24.0, "median": 60.0, "p95": 120.0}, ENGLISH.hours)
    assert told == "2.5\u00a0days (1.0\u00a0days to 5.0\u00a0days)"


def test_a_missing_number_is_said_to_be_missing() -> None:
    assert plain(None, ENGLISH.count) == "not computed"
    assert plain(float("nan"), DUTCH.count, DUTCH) == "niet berekend"


@pytest.mark.parametrize(
    ("effect", "told"),
    [
        ({"p05": -80.0, "median": -12.0, "p95": 3.0}, "12 fewer (\u221280 to 3)"),
        ({"p05": 1.0, "median": 7.0, "p95": 9.0}, "7 more (1 to 9)"),
        ({"p05": 0.0, "median": 0.0, "p95": 0.0}, "no difference"),
    ],
)
def test_a_difference_says_more_or_fewer(effect: dict[str, float], told: str) -> None:
    assert phrases("en")("toll.change_contingents", effect=effect).endswith(f"civilians killed: {told}.")


def test_very_small_numbers_keep_their_size() -> None:
    assert ENGLISH.number(3.94e-5) == "3.9·10⁻⁵"
    assert ENGLISH.number(0.15) == "0.15"
