"""Can this file be read as a table, and which columns has it? CSV, Parquet and Stata, as published."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.errors import CaseError
from foedus.terms import Dated

if TYPE_CHECKING:
    import pandas as pd

ENDINGS = (".csv", ".parquet", ".dta")
UNKNOWN = frozenset({"", ".", "NA", "NaN", "nan", "-9", "-9.0", "<NA>"})
"""What data sets write where a value is missing; -9 is the Correlates of War's."""


@dataclass(frozen=True)
class Row:
    """One row of a table, which can tell where it stands."""

    place: str
    values: Mapping[str, Any]

    def number(self, column: str) -> int | None:
        """The whole number in a column; None where it is missing or the column is absent.

        Raises
        ------
        CaseError
            Something else stands there.
        """
        raw = self.values.get(column)
        text = "" if raw is None else str(raw).strip()
        if text in UNKNOWN:
            return None
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not value.is_integer():
            raise CaseError(f"{self.place}: {column} is {text!r}; give a whole number")
        return int(value)

    def needed(self, column: str) -> int:
        """The whole number in a column that must have one."""
        value = self.number(column)
        if value is None:
            raise CaseError(f"{self.place}: {column} is missing; give a whole number")
        return value

    def flag(self, column: str) -> bool:
        """Whether a column of zeros and ones is 1; missing or absent counts as 0, not coded."""
        value = self.number(column)
        if value not in (None, 0, 1):
            raise CaseError(f"{self.place}: {column} is {value}; it is 0 or 1")
        return value == 1

    def dated(self, year: str, month: str, day: str) -> Dated | None:
        """The date in three columns, as far as it is known; None where the year is missing or 0.

        Raises
        ------
        CaseError
            The calendar has no such date.
        """
        numbers = [self.number(column) or None for column in (year, month, day)]
        known = [numbers[0]] if numbers[1] is None else numbers
        if known[0] is None:
            return None
        parts = [f"{known[0]:04d}", *(f"{number:02d}" for number in known[1:] if number is not None)]
        try:
            return Dated.parse("-".join(parts))
        except ValueError:
            raise CaseError(
                f"{self.place}: {year}, {month}, {day} give {'-'.join(parts)}, no date of the calendar"
            ) from None


@dataclass(frozen=True)
class Table:
    """A file read whole."""

    path: Path
    frame: pd.DataFrame
    lines: Sequence[int] | None = None

    def rows(self) -> Iterator[Row]:
        """Every row, in the order of the file."""
        names = list(self.frame.columns)
        for index, values in enumerate(self.frame.itertuples(index=False, name=None)):
            yield Row(self.place(index), dict(zip(names, values, strict=True)))

    def place(self, index: int) -> str:
        """Where a row stands, for a message."""
        return f"{self.path}: row {index + 1}" if self.lines is None else f"{self.path}:{self.lines[index]}"


def columns_of(path: Path) -> frozenset[str]:
    """The names of a file's columns, without reading the file whole.

    Raises
    ------
    CaseError
        It is no file of a kind that can be read; the line says why and what fits.
    """
    match _ending(path):
        case ".csv":
            _number, header = next(_lines(path))
            return frozenset(header)
        case ".parquet":
            return _parquet_columns(path)
        case _:
            return _stata_columns(path)


def read(path: Path) -> Table:
    """Read a file whole.

    Raises
    ------
    CaseError
        It is cut off, empty, or no table; the line names the file, the line and the mend.
    """
    import pandas as pd

    match _ending(path):
        case ".csv":
            found = _csv(path)
        case ".parquet":
            _parquet_columns(path)
            found = Table(path, pd.read_parquet(path))
        case _:
            _stata_columns(path)
            found = Table(path, _stata(path))
    if found.frame.empty:
        raise CaseError(f"{path}: has column names and no row; give the published file whole")
    return found


def need_columns(path: Path, columns: Iterable[str], layout: str) -> None:
    """Refuse a file that lacks a column of its layout.

    Raises
    ------
    CaseError
        Columns are missing; the line names them.
    """
    missing = sorted(set(columns) - columns_of(path))
    if missing:
        raise CaseError(f"{path}: lacks the column {', '.join(missing)} of {layout}; give the published file")


def first_day(dated: Dated | None) -> date:
    """The earliest day that an end can be; the end of all days for one that has not come."""
    return date.max if dated is None else dated.first


def _ending(path: Path) -> str:
    if not path.is_file():
        raise CaseError(f"{path}: no such file; give the path of a data set")
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise CaseError(f"{path}: is no data set's file; give one that ends in {', '.join(ENDINGS)}")
    return ending


def _csv(path: Path) -> Table:
    import pandas as pd

    lines = _lines(path)
    _number, header = next(lines)
    if len(set(header)) < len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise CaseError(f"{path}:1: names the column {twice!r} twice; give the published file")
    numbers, read_lines = [], []
    for number, fields in lines:
        if len(fields) != len(header):
            raise CaseError(
                f"{path}:{number}: has {len(fields)} fields for {len(header)} columns; the file is "
                "damaged or cut off, fetch it anew"
            )
        numbers.append(number)
        read_lines.append(fields)
    return Table(path, pd.DataFrame(read_lines, columns=header, dtype=object), numbers)


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The lines of a CSV with their numbers, the header first; empty lines are left out."""
    # Names of states carry accents in more than one encoding; foedus reads none of them.
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        if "\0" in text.read(4096):
            raise CaseError(f"{path}: is no text; give a CSV, or the file under its own ending")
        text.seek(0)
        reader = csv.reader(text)
        empty = True
        try:
            for fields in reader:
                if any(field.strip() for field in fields):
                    cleaned = [field.strip() for field in fields]
                    yield reader.line_num, [name.lower() for name in cleaned] if empty else cleaned
                    empty = False
        except csv.Error as mistake:
            raise CaseError(
                f"{path}:{reader.line_num}: {mistake}; the file is damaged, fetch it anew"
            ) from None
    if empty:
        raise CaseError(f"{path}: is empty; give the published file whole")


def _parquet_columns(path: Path) -> frozenset[str]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        return frozenset(parquet.read_schema(path).names)
    except (pa.ArrowException, OSError):
        raise CaseError(f"{path}: is no Parquet file or is cut off; fetch it anew") from None


def _stata_columns(path: Path) -> frozenset[str]:
    # Such files are small, and their header alone does not tell whether they are whole.
    return frozenset(str(name) for name in _stata(path).columns)


def _stata(path: Path) -> pd.DataFrame:
    import struct

    import pandas as pd

    try:
        return pd.read_stata(path, convert_categoricals=False)
    except (ValueError, KeyError, EOFError, OSError, IndexError, struct.error):
        raise CaseError(f"{path}: is no Stata file or is cut off; fetch it anew") from None
