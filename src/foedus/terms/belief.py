"""What is believed of one fact: its status in three-valued logic, and a probability with a spread."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from foedus.terms.words import Predicate


class Status(StrEnum):
    """What is known of a fact.

    ``unknown`` (nobody says) and ``contested`` (claims disagree) are both the third value of Kleene's
    logic; they are told apart only to name the reading.
    """

    TRUE = "true"
    FALSE = "false"
    CONTESTED = "contested"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Belief:
    """Belief in one fact as of a date.

    Attributes
    ----------
    predicate
        The fact that a clause asks about.
    status
        The third value of Kleene's logic is split into contested and unknown.
    probability
        Draws of the probability that the fact is so (draw,), each strictly between 0 and 1;
        for a fact of record, all 1 or all 0.
    why
        One line for each claim or record that bears on it, in the order of time.
    """

    predicate: Predicate
    status: Status
    probability: NDArray[np.float64]
    why: tuple[str, ...] = field(default=())
