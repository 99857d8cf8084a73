"""The words that rooms share: readings, beliefs, intervals, the clock.

The lowest package: it imports nothing of foedus but its errors.
"""

from foedus.terms.belief import Belief, Status
from foedus.terms.clock import Clock
from foedus.terms.dated import Dated
from foedus.terms.interval import Interval
from foedus.terms.words import Basis, Party, Permission, Predicate, Reading, Tag

__all__ = [
    "Basis",
    "Belief",
    "Clock",
    "Dated",
    "Interval",
    "Party",
    "Permission",
    "Predicate",
    "Reading",
    "Status",
    "Tag",
]
