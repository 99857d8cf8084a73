"""The hour as of which a case is looked at."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from foedus.cases.schema import Meta
from foedus.errors import CaseError


def as_of_instant(text: str, meta: Meta) -> datetime:
    """Read an hour: ISO 8601; without a zone it is the case's, a bare date is the start of that day.

    Raises
    ------
    CaseError
        The text is no date, or lies outside the window of the case.
    """
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        raise CaseError(
            f"--as-of: '{text}' is no date or time; give ISO 8601, as in 2022-01-05T12:00 or 2022-01-05"
        ) from None
    if when.tzinfo is None:
        when = when.replace(tzinfo=ZoneInfo(meta.zone))
    if not meta.start <= when <= meta.end:
        raise CaseError(
            f"--as-of: {when} is outside the window of the case; give an hour from {meta.start} to {meta.end}"
        )
    return when
