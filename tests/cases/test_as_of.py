"""The hour as of which a case is looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.cases import as_of_instant, load_case
from foedus.errors import CaseError

META = load_case(Path(__file__).parent / "small.yaml").meta


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2022-01-05T12:00", "2022-01-05T12:00:00+06:00"),
        ("2022-01-05", "2022-01-05T00:00:00+06:00"),
        ("2022-01-05T12:00:00Z", "2022-01-05T12:00:00+00:00"),
        ("2022-01-05 12:00+05:00", "2022-01-05T12:00:00+05:00"),
    ],
)
def test_an_hour_without_a_zone_is_in_the_zone_of_the_case(text, instant):
    assert as_of_instant(text, META).isoformat() == instant


@pytest.mark.parametrize("text", ["2021-12-31", "2022-02-01", "2022-01-01T17:59Z"])
def test_an_hour_outside_the_window_is_refused(text):
    with pytest.raises(CaseError, match="is outside the window of the case"):
        as_of_instant(text, META)


@pytest.mark.parametrize("text", ["", "tomorrow", "2022-13-01", "5 January", "12:00"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(CaseError, match="is no date or time; give ISO 8601"):
        as_of_instant(text, META)
