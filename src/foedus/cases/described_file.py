"""From the text of a small event file to an event that the law can read, or one line for each mistake."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from foedus.cases.builtin_cases import builtin_slugs, file_text
from foedus.cases.document import Document, parse
from foedus.cases.mistakes import Mistake, of_schema
from foedus.cases.schema.described import DescribedEvent, DescribedFile

EVENT = "event"
EventRule = Callable[[DescribedEvent], list[Mistake]]


def event_document(name: str) -> Document | None:
    """The parsed file where it is one of a described event; None where it is a case, or no file."""
    path = Path(name)
    try:
        if name in builtin_slugs() or not path.is_file():
            return None
    except (OSError, ValueError):
        return None  # no name of a file: reading it as a case says what is wrong
    text = file_text(path, "an event")
    if not any(line.startswith(f"{EVENT}:") for line in text.splitlines()):
        return None
    return parse(text, name)


def event_of(document: Document, further: EventRule | None = None) -> DescribedEvent:
    """The event in a parsed file.

    Parameters
    ----------
    document
        The parsed file.
    further
        What else must hold, by those who know more than the schema.

    Raises
    ------
    CaseError
        One line for each mistake: ``FILE:LINE: field: what is wrong; how to mend``.
    """
    try:
        read = DescribedFile.model_validate_json(json.dumps(document.data), strict=True)
    except ValidationError as error:
        wrong = of_schema(error, DescribedFile, document.data)
        raise document.error([*document.mistakes, *wrong]) from None
    mistakes = [*document.mistakes, *(further(read.event) if further is not None else [])]
    if mistakes:
        raise document.error(mistakes)
    return read.event
