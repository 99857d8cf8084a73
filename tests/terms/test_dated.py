"""A date as far as it is known: a day, a month or a year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.terms import Dated

DAYS = st.dates(date(1000, 1, 1), date(9998, 12, 31))


@given(day=DAYS)
def test_a_day_is_its_own_first_and_last(day):
    dated = Dated.parse(day)
    assert dated.first == dated.last == day
    assert dated.to_the_day
    assert str(dated) == day.isoformat()


@given(day=DAYS)
def test_a_month_runs_from_its_first_day_to_the_day_before_the_next(day):
    dated = Dated.parse(f"{day:%Y-%m}")
    assert dated.first == day.replace(day=1)
    assert (dated.last + timedelta(1)).day == 1
    assert dated.first <= day <= dated.last
    assert not dated.to_the_day


@given(day=DAYS)
def test_a_year_runs_from_new_year_to_new_years_eve(day):
    dated = Dated.parse(f"{day:%Y}")
    assert (dated.first, dated.last) == (date(day.year, 1, 1), date(day.year, 12, 31))
    assert not dated.to_the_day


@given(day=DAYS)
def test_the_day_lies_in_its_month_and_the_month_in_its_year(day):
    one, month, year = (Dated.parse(day.isoformat()[:length]) for length in (10, 7, 4))
    assert year.first <= month.first <= one.first <= one.last <= month.last <= year.last


@given(day=DAYS)
def test_a_date_is_read_alike_from_text_a_number_an_instant_or_itself(day):
    from_text = Dated.parse(f" {day.isoformat()} ")
    assert from_text == Dated.parse(day) == Dated.parse(from_text)
    assert Dated.parse(datetime(day.year, day.month, day.day, 13, tzinfo=UTC)) == from_text
    assert Dated.parse(day.year) == Dated.parse(str(day.year))


def test_february_has_29_days_in_a_leap_year_only():
    assert Dated.parse("2024-02").last == date(2024, 2, 29)
    assert Dated.parse("1900-02").last == date(1900, 2, 28)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "14",
        "1914-8",
        "1914-08-4",
        "1914-13",
        "1914-02-30",
        "1914-08-04T12:00",
        "1914-",
        "4 August 1914",
        "1914/08/04",
        "0000",
        None,
        True,
        14,
        "1914-00",
        "1914-08-00",
    ],
)
def test_what_is_no_date_is_refused_with_a_date_that_would_do(wrong):
    with pytest.raises(ValueError, match=r"is no date; give a year, a month or a day, as in 1914-08-04$"):
        Dated.parse(wrong)
