"""How long do protests of a size last, and what does the state do? Counts from the Mass Mobilization data.

Source: D. Clark and P. Regan, Mass Mobilization Protest Data, Harvard Dataverse (CC0), 162 countries, 1990 to
March 2020, in the layout of a copy with one column for each response (`mass_mobilization_cleaned.csv`). The
data stay with the user; what comes out is counts of records by size of the protest, violence of protesters
and days that it lasted, and how many of these met each response.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from foedus.errors import CaseError
from foedus.treaties.datasets.table import need_columns

if TYPE_CHECKING:
    import pandas as pd

    from foedus.chance import Luck

FloatArray = NDArray[np.float64]

NAME = "mass_mobilization_cleaned.csv"
WHAT = "Mass Mobilization data, cleaned copy"
SIZES = ("50-99", "100-999", "1000-1999", "2000-4999", "5000-10000", ">10000")
"""Size classes of the data; a record without one gets that of the number in its text."""
FLOORS = (50, 100, 1000, 2000, 5000, 10001)
RESPONSES = ("killings", "shootings", "beatings", "arrests", "crowddispersal", "accomodation", "ignore")
"""Columns of the data, spelled as there; a record can have several."""
LASTS = ((1, 1), (2, 2), (3, 3), (4, 5), (6, 7), (8, 14), (15, 30), (31, 90), (91, 365))
"""Days that a protest lasted, first and last of each class. What lasts longer counts to the last class."""
LEAST_RECORDS = 20
"""With fewer records of a size that had lasted so long, all sizes are taken together. Assumption."""
_AS_PLURAL = {1000.0: 2000.0, 10_000.0: 10_001.0}
_WORDS = (
    ("hundreds of thousands", 100_000),
    ("tens of thousands", 10_001),
    ("thousand", 2000),
    ("hundred", 100),
    ("dozen", 50),
    ("million", 1_000_000),
)
"""What words count for; 'thousands' is the class 2000-4999, as the data's own coders have it."""


@dataclass(frozen=True, slots=True)
class ReferenceClass:
    """Counts of earlier protests.

    Attributes
    ----------
    records
        Protests by size, violence (0, 1) and class of duration (size, violence, lasted).
    responses
        Of these, how many met each response (response, size, violence, lasted).
    about
        File, digest, rows read and left out, last day.
    """

    records: NDArray[np.int64]
    responses: Mapping[str, NDArray[np.int64]]
    about: Mapping[str, Any]

    @property
    def known_to(self) -> date:
        """The last day that any record speaks of."""
        return date.fromisoformat(self.about["known_to"])

    def as_dict(self) -> dict[str, Any]:
        """As it is written to a file."""
        return {
            "what": "protests by size, violence and days that they lasted, and how the state responded",
            "axes": {"size": SIZES, "violence": [0, 1], "lasted": [f"{a}-{b}" for a, b in LASTS]},
            **dict(self.about),
            "records": self.records.tolist(),
            "responses": {name: counts.tolist() for name, counts in self.responses.items()},
        }

    def like(self, size: str | None, violent: bool | None, lasted: int = 1) -> Like:
        """The protests of that size and violence that went on for so many days at least.

        None takes all of them. Where fewer than `LEAST_RECORDS` are left, all sizes are taken together.

        Raises
        ------
        CaseError
            There is no such size class.
        """
        check_size(size)
        rows = slice(None) if size is None else [SIZES.index(size)]
        kinds = slice(None) if violent is None else [int(violent)]
        keep = np.array([_share_after(first, last, lasted) for first, last in LASTS])

        def cut(counts: NDArray[np.int64], sizes: Any) -> FloatArray:
            return np.asarray(counts[sizes][:, kinds].sum(axis=(0, 1)) * keep, dtype=float)

        widened = size is not None and cut(self.records, rows).sum() < LEAST_RECORDS
        taken = slice(None) if widened else rows
        return Like(
            size=None if widened else size,
            violent=violent,
            lasted=lasted,
            widened=bool(widened),
            records=cut(self.records, taken),
            responses={name: cut(counts, taken) for name, counts in self.responses.items()},
        )


@dataclass(frozen=True, slots=True)
class Like:
    """The part of a reference class that is like a case: counts by class of duration (lasted,)."""

    size: str | None
    violent: bool | None
    lasted: int
    widened: bool
    records: FloatArray
    responses: Mapping[str, FloatArray]

    @property
    def count(self) -> float:
        """How many protests it rests on; a class that is cut by the days gone by counts in part."""
        return float(self.records.sum())

    def share(self, response: str) -> float:
        """Share that met a response, by the rule of succession, so that no chance is 0 or 1."""
        return float((self.responses[response].sum() + 1.0) / (self.count + 2.0))

    def days(self, luck: Luck, runs: int) -> FloatArray:
        """Days that such a protest lasts in all (run,): a class by its records, a day even within it."""
        if self.count == 0.0:
            return np.full(runs, np.nan)
        edges = np.cumsum(self.records / self.count)
        edges[-1] = 1.0
        at = np.searchsorted(edges, luck.uniform("reference class", "class", range(runs)))
        first = np.maximum(np.array([a for a, _ in LASTS]), self.lasted)[at]
        last = np.maximum(np.array([b for _, b in LASTS])[at], first)
        within = luck.uniform("reference class", "day", range(runs))
        return np.asarray(first + np.floor(within * (last - first + 1)), dtype=float)

    def as_dict(self) -> dict[str, Any]:
        """What it is, on how many records, and the share that met each response."""
        return {
            "size": self.size,
            "violent": self.violent,
            "lasted_at_least": self.lasted,
            "sizes_taken_together": self.widened,
            "records": round(self.count, 1),
            "responses": {name: round(self.share(name), 4) for name in self.responses},
        }


def read_class(folder: Path, before: date | None = None) -> ReferenceClass:
    """Count the protests of the data that had ended before a day.

    Raises
    ------
    CaseError
        The file is missing or of another layout, or nothing in it had ended by then.
    """
    import pandas as pd

    path = folder / NAME
    columns = ["participants", "participants_category", "protesterviolence", "start_date", "end_date"]
    need_columns(path, [*columns, *RESPONSES], WHAT)
    try:
        frame = pd.read_csv(path, usecols=[*columns, *RESPONSES], dtype=str, keep_default_na=False)
        start = pd.to_datetime(frame["start_date"], format="%Y-%m-%d")
        end = pd.to_datetime(frame["end_date"], format="%Y-%m-%d")
        flags = frame[list(RESPONSES)].astype(float).to_numpy() > 0
        violent = frame["protesterviolence"].astype(float).to_numpy() > 0
    except ValueError as error:
        raise CaseError(f"{path}: {' '.join(str(error).split())[:200]}; give the published file") from None
    size = _sizes(frame)
    lasted = (end - start).dt.days.to_numpy() + 1
    ended = np.ones(len(frame), dtype=bool) if before is None else (end < pd.Timestamp(before)).to_numpy()
    used = ended & (size >= 0) & (lasted >= 1)
    if not used.any():
        raise CaseError(f"{path}: no protest of a known size had ended before {before}; leave --data out")
    at = np.searchsorted([last for _, last in LASTS[:-1]], lasted)
    shape = (len(SIZES), 2, len(LASTS))

    def counted(which: NDArray[np.bool_]) -> NDArray[np.int64]:
        counts = np.zeros(shape, dtype=np.int64)
        np.add.at(counts, (size[which], violent[which].astype(int), at[which]), 1)
        return counts

    return ReferenceClass(
        records=counted(used),
        responses={name: counted(used & flags[:, j]) for j, name in enumerate(RESPONSES)},
        about={
            "source": "Clark and Regan, Mass Mobilization Protest Data, Harvard Dataverse (CC0), by way of a "
            "cleaned copy",
            "file": path.name,
            "sha256": sha256(path.read_bytes()).hexdigest(),
            "rows": len(frame),
            "used": int(used.sum()),
            "size_unknown": int((ended & (size < 0)).sum()),
            "size_from_text": int((used & (frame["participants_category"] == "").to_numpy()).sum()),
            "ended_before": None if before is None else before.isoformat(),
            "known_to": end[used].max().date().isoformat(),
        },
    )


def write_class(found: ReferenceClass, path: Path) -> None:
    """Write the counts, whole or not at all."""
    import json

    from foedus.experiments.output import finished_file

    with finished_file(path) as unfinished:
        unfinished.write_text(f"{json.dumps(found.as_dict(), ensure_ascii=False)}\n", encoding="utf-8")


@cache
def packaged_class() -> ReferenceClass:
    """The counts that come with foedus, of all records to March 2020."""
    import json

    text = (files("foedus.experiments.rivals") / "mass_mobilization.json").read_text(encoding="utf-8")
    body = json.loads(text)
    records, responses = body.pop("records"), body.pop("responses")
    return ReferenceClass(
        records=np.asarray(records, dtype=np.int64),
        responses={name: np.asarray(counts, dtype=np.int64) for name, counts in responses.items()},
        about={key: value for key, value in body.items() if key not in ("what", "axes")},
    )


def check_size(size: str | None) -> None:
    """Refuse a size class that the data do not have; None is all of them.

    Raises
    ------
    CaseError
        There is no such class; the line names those that are.
    """
    if size is not None and size not in SIZES:
        raise CaseError(f"size {size!r}: is no class of the data; give one of {', '.join(SIZES)}")


def size_class(people: float) -> str | None:
    """The size class of a number of people; None below the data's 50."""
    at = int(np.searchsorted(FLOORS, people, side="right")) - 1
    return None if at < 0 else SIZES[at]


def people_in(text: str) -> float | None:
    """The number of people that a text of the data names; None where it names none.

    A number stands for itself, '1000s' for 2000 as 'thousands' does, of several the first. Words count as
    in the data's own classes.
    """
    plain = text.lower().replace(",", "")
    found = re.search(r"(\d+(?:\.\d+)?)\s*(s\b)?", plain)
    if found:
        number = float(found[1])
        if "million" in plain and number < 1000:
            return number * 1e6
        return _AS_PLURAL.get(number, number) if found[2] else number
    return next((float(number) for word, number in _WORDS if word in plain), None)


def _sizes(frame: pd.DataFrame) -> NDArray[np.int64]:
    """Index of each record's size class; -1 where neither class nor text gives one."""

    def of(category: str, text: str) -> int:
        if category in SIZES:
            return SIZES.index(category)
        people = people_in(text)
        named = None if people is None else size_class(people)
        return -1 if named is None else SIZES.index(named)

    pairs: Sequence[tuple[str, str]] = list(
        zip(frame["participants_category"], frame["participants"], strict=True)
    )
    return np.array([of(*pair) for pair in pairs], dtype=np.int64)


def _share_after(first: int, last: int, lasted: int) -> float:
    """What part of a class of durations lasted so long at least, its days taken as alike.

    Of the last class, which is open, the part of its last day stands for all that is longer.
    """
    if last == LASTS[-1][1]:
        lasted = min(lasted, last)
    if lasted > last:
        return 0.0
    return (last - max(first, lasted) + 1) / (last - first + 1)
