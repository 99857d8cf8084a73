"""Which data sets lie here? A file is known by its columns, whatever its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from foedus.errors import CaseError
from foedus.treaties.datasets.atop import ALLIANCE_COLUMNS, MEMBER_COLUMNS, alliance_level, member_level
from foedus.treaties.datasets.cow import BY_DYAD, BY_MEMBER, by_dyad, by_member
from foedus.treaties.datasets.dyads import DYAD_COLUMNS, dyad_years
from foedus.treaties.datasets.holding import Holding
from foedus.treaties.datasets.table import ENDINGS, columns_of


@dataclass(frozen=True, slots=True)
class Layout:
    """A published layout: what it is called, the columns that it must have, and how it is read."""

    name: str
    columns: frozenset[str]
    read: Callable[[Path], Holding]


LAYOUTS = (
    Layout("ATOP, member level", frozenset(MEMBER_COLUMNS), member_level),
    Layout("ATOP, alliance level", frozenset(ALLIANCE_COLUMNS), alliance_level),
    Layout("ATOP, directed dyad-years", frozenset(DYAD_COLUMNS), dyad_years),
    Layout("COW Formal Alliances, by member", frozenset(BY_MEMBER), by_member),
    Layout("COW Formal Alliances, by dyad", frozenset(BY_DYAD), by_dyad),
)

# A file that has most of a layout's columns is that layout's, with some lost; one that has few is another's.
_MOST = 0.6


def holdings(paths: Sequence[Path]) -> list[Holding]:
    """Which data sets are at hand, and how are they asked?

    Parameters
    ----------
    paths
        Files, or folders of files. In a folder, files of other layouts are passed over.

    Raises
    ------
    CaseError
        A file is none of the layouts, damaged or empty, or a folder holds none.
    """
    found: list[Holding] = []
    for path in map(Path, paths):
        found += _in_folder(path) if path.is_dir() else [_layout(path).read(path)]
    return found


def _in_folder(folder: Path) -> list[Holding]:
    found = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix.lower() in ENDINGS:
            columns = columns_of(path)
            layout = _fitting(columns)
            if layout is not None:
                found.append(layout.read(path))
            elif _MOST <= _nearest(columns)[1] < 1:
                raise CaseError(_lacking(path, columns))
    if not found:
        named = ", ".join(layout.name for layout in LAYOUTS)
        raise CaseError(f"{folder}: holds no data set of alliances; give a folder with one of {named}")
    return found


def _layout(path: Path) -> Layout:
    columns = columns_of(path)
    layout = _fitting(columns)
    if layout is None:
        raise CaseError(_lacking(path, columns))
    return layout


def _fitting(columns: frozenset[str]) -> Layout | None:
    return next(
        (layout for layout in LAYOUTS if layout.columns <= columns and not _yearly(layout, columns)), None
    )


def _yearly(layout: Layout, columns: frozenset[str]) -> bool:
    """Whether it is a Correlates of War table with a row for each year, which says the same as the other."""
    return "version4id" in layout.columns and "year" in columns


def _nearest(columns: frozenset[str]) -> tuple[Layout, float]:
    shares = [(layout, len(layout.columns & columns) / len(layout.columns)) for layout in LAYOUTS]
    return max(shares, key=lambda share: share[1])


def _lacking(path: Path, columns: frozenset[str]) -> str:
    layout, share = _nearest(columns)
    missing = ", ".join(sorted(layout.columns - columns))
    if not missing:
        return f"{path}: has a row for each year; give {layout.name} without the years"
    if share < _MOST:
        named = ", ".join(known.name for known in LAYOUTS)
        return f"{path}: is no data set of alliances that foedus reads; give one of {named}"
    return f"{path}: is like {layout.name} and lacks the columns {missing}; give the published file"
