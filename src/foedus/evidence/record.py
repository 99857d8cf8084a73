"""Facts of the record: acts that happened, told apart from what is said of the world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from foedus.terms import Predicate


@dataclass(frozen=True, slots=True)
class Record:
    """A fact of the record, such as 'the request was made': so from its instant on, until a later record.

    Attributes
    ----------
    predicate
        The fact, by the name that clauses use.
    holds
        Whether it is so from then on.
    at
        The instant (aware).
    text
        What happened, in one line.
    """

    predicate: Predicate
    holds: bool
    at: datetime
    text: str
