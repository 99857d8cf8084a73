"""The public tables that decisions are fitted on, read where they lie; nothing of them is part of foedus.

A table is known by its name, with the ending of any kind of file that foedus reads. What is missing, cut off
or of another layout ends in one line, before anything is fitted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.errors import CaseError
from foedus.treaties.datasets.table import ENDINGS, Table, need_columns, read

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("atop_defense", "atop_offense", "atop_neutral", "atop_consul")
"""The promises that make an ally; a bare promise not to attack makes none."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A table that is needed: its name, what it is, and its columns."""

    name: str
    what: str
    numbers: tuple[str, ...]
    texts: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()  # columns of numbers that may be empty


LAYOUTS = (
    Layout("atop_alliance", "ATOP 5.1, directed dyad-years", ("ccode1", "ccode2", "year", *KINDS)),
    Layout(
        "cow_war_inter",
        "COW Inter-State Wars 4.0, directed dyad-years",
        ("warnum", "ccode1", "ccode2", "year", "sidea1", "initiator1", "initiator2"),
    ),
    Layout(
        "cow_war_onsets", "month of onset and principals of each war",
        ("warnum", "initiator", "target"), texts=("onset",),
    ),
    Layout(
        "same_year_pacts", "promises of a war's first year that were older than the war",
        ("warnum", "principal", "ally", "defense", "offense", "neutral", "consul"), texts=("role",),
    ),
    Layout("cow_states", "COW state system v2016", ("ccode", "styear", "endyear")),
    Layout("cow_nmc", "COW National Material Capabilities 7.0", ("ccode", "year"), gaps=("cinc",)),
    Layout(
        "cow_contdir", "COW Direct Contiguity 3.2", ("ccode1", "ccode2", "conttype"),
        texts=("stdate", "enddate"),
    ),
    Layout(
        "gml_part", "GML MID 2.2.1, participants",
        ("dispnum", "ccode", "styear", "stmon", "stday", "sidea", "hiact", "orig"),
    ),
    Layout("gml_mid_disps", "GML MID 2.2.1, disputes", ("dispnum", "styear", "stmon", "hostlev")),
    Layout(
        "ucdp_acd", "UCDP/PRIO Armed Conflict 25.1", ("conflict_id", "year", "gwno_a"),
        texts=("type_of_conflict", "start_date2"), gaps=("gwno_a_2nd",),
    ),
)  # fmt: skip
TREATIES = "atop4_01_member_level"
HONOURED = "berkemeier_fuhrmann_2018"


@dataclass(frozen=True)
class Tables:
    """The tables read, by name; and the paths and digests of all files that an answer rests on."""

    frames: Mapping[str, pd.DataFrame]
    paths: Mapping[str, Path]

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.frames[name]

    def rows(self, name: str, *columns: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a table, with these columns."""
        return self.frames[name][list(columns)].itertuples(index=False, name=None)

    def versions(self) -> dict[str, dict[str, str]]:
        """File name and SHA-256 digest of each table."""
        return {
            name: {"file": path.name, "sha256": sha256(path.read_bytes()).hexdigest()}
            for name, path in self.paths.items()
        }


def read_tables(folder: Path, further: Sequence[Layout] = ()) -> Tables:
    """Read every table that is needed, and further ones if all of those are there.

    Parameters
    ----------
    folder
        Where the files lie. Names are those of `LAYOUTS`, `TREATIES` and `HONOURED`, with the ending .csv,
        .parquet or .dta.
    further
        Tables of a model that is left out where one of them is not there.

    Raises
    ------
    CaseError
        The folder or a table is missing, cut off, or not in its layout; a line for each.
    """
    if not folder.is_dir():
        raise CaseError(f"{folder}: no such folder; give the folder of the public tables")
    wanted = {layout.name: layout.what for layout in LAYOUTS}
    wanted |= {TREATIES: "ATOP 4.01, member level", HONOURED: "Berkemeier and Fuhrmann (2018)"}
    found = {name: _file(folder, name) for name in wanted}
    missing = [f"{name} ({wanted[name]})" for name, path in found.items() if path is None]
    if missing:
        raise CaseError(
            f"{folder}: lacks {', '.join(missing)}; put there {' or '.join(ENDINGS)} of that name"
        )
    paths = {name: path for name, path in found.items() if path is not None}
    frames = {layout.name: _frame(paths[layout.name], layout) for layout in LAYOUTS}
    others = {layout.name: _file(folder, layout.name) for layout in further}
    there = {name: path for name, path in others.items() if path is not None}
    if len(there) == len(further):
        paths |= there
        frames |= {layout.name: _frame(paths[layout.name], layout) for layout in further}
    _check_wars(frames, paths)
    return Tables(frames, paths)


def _file(folder: Path, name: str) -> Path | None:
    candidates = (folder / f"{name}{ending}" for ending in (".parquet", ".csv", ".dta"))
    return next((path for path in candidates if path.is_file()), None)


def _frame(path: Path, layout: Layout) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa

    columns = (*layout.numbers, *layout.gaps, *layout.texts)
    need_columns(path, columns, layout.what)
    try:
        table = read(path)
    except (pa.ArrowException, OSError):
        raise CaseError(f"{path}: is damaged or cut off; fetch it anew") from None
    frame = table.frame[list(columns)].copy()
    for column in (*layout.numbers, *layout.gaps):
        numbers = pd.to_numeric(frame[column], errors="coerce").astype("float64")
        empty = numbers.isna().to_numpy()
        if column in layout.numbers:
            if empty.any():
                raise _no_number(table, column, int(empty.argmax()))
            frame[column] = numbers.astype("int64")
        else:
            frame[column] = numbers
    for column in layout.texts:
        frame[column] = frame[column].astype(str)
    return frame


def _no_number(table: Table, column: str, index: int) -> CaseError:
    value = str(table.frame[column].iloc[index])
    return CaseError(f"{table.place(index)}: {column} is {value!r}; give a whole number")


def _check_wars(frames: Mapping[str, pd.DataFrame], paths: Mapping[str, Path]) -> None:
    """Refuse tables of wars that do not speak of the same wars: one of them is cut off."""
    pairs = (("cow_war_inter", "cow_war_onsets"), ("cow_war_onsets", "cow_war_inter"))
    for one, other in pairs:
        lost = sorted(set(frames[one]["warnum"]) - set(frames[other]["warnum"]))
        if lost:
            raise CaseError(
                f"{paths[other]}: lacks war {lost[0]} that {paths[one].name} has; it is cut off; fetch it"
            )
