"""What is counted in the public record: small made tables, and the real ones where they lie beside it."""

from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
import pandas as pd
import pytest

from foedus.aftermath import declared_aftermath
from foedus.aftermath.record import BUILT_IN, estimate, onsets, rates
from foedus.errors import CaseError

DECLARED = declared_aftermath().parameters
COUNTED = json.loads((files("foedus.aftermath") / "record.json").read_text(encoding="utf-8"))


def protests(*rows: tuple[int, str, str, int]) -> pd.DataFrame:
    """State, day, people as written, whether forces killed; every state is watched from 1990 to 2019."""
    states = sorted({row[0] for row in rows})
    watched = [(state, f"{year}-06-01", "50", 0) for state in states for year in (1990, 2019)]
    table = pd.DataFrame([*watched, *rows], columns=["ccode", "start_date", "participants", "killings"])
    table["end_date"] = table.start_date
    table["year"] = table.start_date.str[:4].astype(int)
    table["participants_category"] = np.nan
    return table


def leaders(*terms: tuple[int, str, str]) -> pd.DataFrame:
    return pd.DataFrame(terms, columns=["gwcode", "startdate", "enddate"])


BORDERS = pd.DataFrame({"ccode1": [1, 2], "ccode2": [2, 1], "conttype": [1, 1]})


def test_only_large_deadly_protests_begin_mass_unrest_and_once_a_year() -> None:
    found = onsets(
        protests(
            (1, "2001-01-01", "1000s", 1),
            (1, "2001-06-01", "50000", 1),
            (1, "2004-01-01", "thousands", 1),
            (1, "2007-01-01", "200", 1),
            (1, "2009-01-01", "50000", 0),
        )
    )
    assert [o.at.year for o in found] == [2001, 2004]


@pytest.mark.parametrize(("state", "year"), BUILT_IN)
def test_what_a_built_in_case_is_about_is_left_out(state: int, year: int) -> None:
    assert onsets(protests((state, f"{year}-06-10", "5000", 1))) == []
    assert len(onsets(protests((state, f"{year - 8}-06-10", "5000", 1)))) == 1


def test_losses_of_office_are_counted_per_month_at_risk() -> None:
    found = rates(
        protests((1, "2001-01-01", "5000", 1), (2, "2001-01-01", "5000", 1), (1, "2008-01-01", "5000", 1)),
        leaders(
            (1, "1990-01-01", "2001-07-01"), (2, "1990-01-01", "2015-12-31"), (1, "2002-01-01", "2008-01-09")
        ),
        BORDERS,
    )
    assert (found.leaders, found.lost_at_once, found.office_losses) == (3, 1, 1)
    assert found.office_months == pytest.approx(23 + (181 / 30.44 - 1), abs=0.01)
    assert found.office_hazard == pytest.approx(1 / found.office_months)


def test_states_that_differ_more_give_a_wider_spread() -> None:
    even = rates(
        protests(*((state, f"{1995 + 5 * k}-01-01", "5000", 1) for state in (1, 2) for k in range(3))),
        leaders((1, "1990-01-01", "2015-12-31")),
        BORDERS,
    )
    uneven = rates(
        protests((2, "1995-01-01", "10", 1), *((1, f"{1991 + 3 * k}-01-01", "5000", 1) for k in range(6))),
        leaders((1, "1990-01-01", "2015-12-31")),
        BORDERS,
    )
    assert even.onsets == uneven.onsets == 6
    assert uneven.per_year_sigma > even.per_year_sigma


def test_unrest_that_follows_its_neighbours_raises_the_ratio() -> None:
    alone = [(1, f"{1992 + 6 * k}-01-01", "5000", 1) for k in range(4)]
    after = [(2, f"{1992 + 6 * k}-06-01", "5000", 1) for k in range(4)]
    apart = [(2, f"{1994 + 6 * k}-06-01", "5000", 1) for k in range(4)]
    stay = leaders((1, "1990-01-01", "2015-12-31"), (2, "1990-01-01", "2015-12-31"))
    followed, unrelated = (rates(protests(*alone, *second), stay, BORDERS) for second in (after, apart))
    assert followed.next_door > 1 > unrelated.next_door
    assert followed.fell_next_door_onsets == 0


def test_a_folder_without_the_tables_is_refused_in_one_line(tmp_path) -> None:
    with pytest.raises(CaseError, match="give a folder with mass_mobilization_cleaned"):
        estimate(tmp_path)


@pytest.mark.parametrize(
    ("name", "median", "spread"),
    [
        ("hazard_usual", "per_year", "per_year_sigma"),
        ("success_spreads", "success_spreads", "success_spreads_sigma"),
        ("office_hazard", "office_hazard", None),
    ],
)
def test_the_declared_numbers_are_those_that_were_counted(name: str, median: str, spread: str | None) -> None:
    assert DECLARED[name].basis == "estimated"
    shape = DECLARED[name].value.lognormal
    assert shape.median == pytest.approx(COUNTED[median], rel=0.02)
    if spread:
        assert shape.sigma == pytest.approx(COUNTED[spread], rel=0.02)


def test_the_ratio_next_door_is_declared_no_narrower_than_it_was_counted() -> None:
    shape = DECLARED["unrest_nearby"].value.normal
    assert shape.mean == pytest.approx(COUNTED["next_door"], abs=0.01)
    assert COUNTED["next_door_sd"] <= shape.sd <= 1.5 * COUNTED["next_door_sd"]


def test_the_shipped_counts_are_what_the_public_tables_give(shared_facts) -> None:
    folder = shared_facts.parent / "data"
    if not (folder / "archigos.parquet").is_file():
        pytest.skip("needs ../shared/data with the public tables, which is not here")
    assert estimate(folder).as_dict() == COUNTED
