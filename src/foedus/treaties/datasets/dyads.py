"""Promises between two states by calendar year: ATOP as directed dyad-years, by way of peacesciencer.

Such a table has no treaty, no day and no condition. A year counts if a promise was in force in any part of
it: a pact made in December counts for the whole year, and one made because of a war counts before that war.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.errors import CaseError
from foedus.terms import Dated, Party
from foedus.terms.states import code_of_number
from foedus.treaties.datasets.codebook import codes
from foedus.treaties.datasets.holding import Holding, Promise
from foedus.treaties.datasets.table import Table, read

if TYPE_CHECKING:
    import pandas as pd

KINDS: Mapping[str, str] = {
    "atop_defense": "mutual_defence",
    "atop_offense": "offence",
    "atop_neutral": "neutrality",
    "atop_nonagg": "non_aggression",
    "atop_consul": "consultation",
}
DYAD_COLUMNS = ("ccode1", "ccode2", "year", *KINDS)

_LIMITS = (
    "no treaty, no day and no condition: some treaty held this promise in some part of the calendar year",
    "a promise made because of a war of that year counts before the war",
)
_NOTE = "in some part of the year"


@dataclass(frozen=True)
class DyadYearHolding(Holding):
    """A data set of promises by pair of states and year."""

    table: pd.DataFrame = field(kw_only=True)

    @cached_property
    def _by_year(self) -> Mapping[int, pd.DataFrame]:
        return {int(str(year)): rows for year, rows in self.table.groupby("year")}

    def _promises(self, day: date, among: frozenset[Party]) -> Iterator[Promise]:
        rows = self._by_year.get(day.year)
        if rows is None:
            return
        year = Dated(f"{day.year:04d}")
        for number1, number2, *flags in rows[["ccode1", "ccode2", *KINDS]].itertuples(index=False, name=None):
            promiser, beneficiary = code_of_number(number1, day), code_of_number(number2, day)
            if not among <= {promiser, beneficiary}:
                continue
            for kind, promised in zip(KINDS.values(), flags, strict=True):
                if promised:
                    pair = (promiser, beneficiary)
                    yield Promise(
                        treaty=None,
                        parties=tuple(sorted(pair)),
                        promiser=promiser,
                        beneficiary=beneficiary,
                        type=kind,
                        condition=None,
                        since=year,
                        until=year,
                        note=_NOTE,
                    )


def dyad_years(path: Path) -> DyadYearHolding:
    """The table of promises by pair of states and year."""
    table = read(path)
    numbers = _numbers(table)
    years = numbers["year"]
    kept, unresolved = _of_known_states(path, numbers)
    return DyadYearHolding(
        name="ATOP, directed dyad-years",
        path=path,
        coverage=(int(years.min()), int(years.max())),
        cite=f"{codes()['cite']}; by way of Miller (2022), 'peacesciencer', CMPS 39(6)",
        limits=_LIMITS,
        unresolved=unresolved,
        table=kept,
    )


def _numbers(table: Table) -> pd.DataFrame:
    import pandas as pd

    wanted: pd.DataFrame = table.frame[list(DYAD_COLUMNS)].apply(pd.to_numeric, errors="coerce")
    wrong = wanted.isna() | (wanted % 1 != 0)
    wrong[list(KINDS)] |= ~wanted[list(KINDS)].isin((0, 1))
    if wrong.to_numpy().any():
        index = int(wrong.any(axis=1).to_numpy().argmax())
        column = next(name for name in DYAD_COLUMNS if wrong[name].iloc[index])
        fits = "it is 0 or 1" if column in KINDS else "give a whole number"
        raise CaseError(f"{table.place(index)}: {column} is {table.frame[column].iloc[index]!r}; {fits}")
    return wanted.astype(int)


def _of_known_states(path: Path, numbers: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The rows between states known, and which numbers were left out."""
    unknown = []
    for number in sorted({*numbers["ccode1"].unique(), *numbers["ccode2"].unique()}):
        try:
            code_of_number(int(number))
        except CaseError:
            unknown.append(int(number))
    left_out = numbers["ccode1"].isin(unknown) | numbers["ccode2"].isin(unknown)
    lines = tuple(
        f"{path.name}: {number} is no state in the Correlates of War and its rows are left out"
        for number in unknown
    )
    return numbers[~left_out], lines
