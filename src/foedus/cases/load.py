"""From the text of a case to a case that holds together, or to one line for each mistake."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from foedus.cases.builtin_cases import read_case_text
from foedus.cases.consistency import inconsistencies
from foedus.cases.document import Document, parse
from foedus.cases.mistakes import Mistake, Path, clipped, of_schema
from foedus.cases.schema import Case

Rule = Callable[[Case], list[Mistake]]


def load_case(case: str | FilePath, *, further: Rule | None = None) -> Case:
    """Load a case and check it.

    Parameters
    ----------
    case
        Slug of a built-in case (``"kazakhstan-2022"``) or path to a YAML file.
    further
        What else must hold, by those who know more than the schema; asked where all else holds.

    Raises
    ------
    CaseError
        One line for each mistake: ``FILE:LINE: field: what is wrong; how to mend``.
    """
    return _checked_text(*read_case_text(case), further)


@lru_cache(maxsize=8)
def _checked_text(text: str, label: str, further: Rule | None) -> Case:
    """The case in a text; read but once, for a case is never changed in place."""
    return case_of(parse(text, label), further)


def case_of(document: Document, further: Rule | None = None) -> Case:
    """Check a parsed file against the schema and its sections against one another."""
    case, mistakes = checked(document.data, alone=bool(document.mistakes))
    if case is None or mistakes or document.mistakes:
        told = {mistake.path for mistake in document.mistakes}
        raise document.error([*document.mistakes, *(m for m in mistakes if not _follows(m, told))])
    mistakes = further(case) if further is not None else []
    if mistakes:
        raise document.error(mistakes)
    return case


_DATES = ("at", "until", "start", "end", "reported_at", "pledged_at")


def _dates_in_digits(part: Any, path: Path) -> Iterator[Mistake]:
    """Dates that are but digits: the schema would take them for seconds since 1970."""
    entries: Iterable[tuple[str | int, Any]] = ()
    if isinstance(part, dict):
        entries = part.items()
    elif isinstance(part, list):
        entries = enumerate(part)
    for key, value in entries:
        if key in _DATES and isinstance(value, str) and re.fullmatch(r"[-+]?[\d.]+", value):
            text = (
                f"is '{clipped(value)}', no date and time; give both and a zone, as in 2022-01-05T21:00+06:00"
            )
            yield Mistake((*path, key), text)
        yield from _dates_in_digits(value, (*path, key))


def _follows(mistake: Mistake, told: set[Path]) -> bool:
    """Whether a mistake is only what another one at the same value or distribution leads to."""
    return any(
        mistake.path[: len(path)] == path
        or (len(mistake.path) >= len(path) - 2 and path[: len(mistake.path)] == mistake.path)
        for path in told
    )


def checked(data: Any, *, alone: bool = False) -> tuple[Case | None, list[Mistake]]:
    """The case that data makes, if any, and what is wrong with it (``alone``: by the schema only)."""
    if not isinstance(data, dict):
        keys = ", ".join(Case.model_fields)
        return None, [Mistake((), f"is no mapping; a case has the keys {keys}")]
    digits = list(_dates_in_digits(data, ()))
    if digits:
        return None, digits
    try:
        case = Case.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        return None, of_schema(error, Case, data)
    return case, [] if alone else inconsistencies(case)
