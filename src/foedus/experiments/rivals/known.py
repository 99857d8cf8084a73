"""What was known of a case at the hour of a forecast, as the reference class needs it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foedus.cases.schema import Case
from foedus.experiments.posterior import observation_key
from foedus.experiments.rivals.mass_mobilization import size_class

VIOLENT = ("hurt_forces", "deaths_forces", "cities_with_seats_attacked", "site_lost_at")
"""Observed quantities that tell of violence by protesters, where more than none was reported."""


@dataclass(frozen=True, slots=True)
class Known:
    """Size class and violence of the unrest, and on which day of it the forecast stands.

    Attributes
    ----------
    size, violent
        None where nothing that was known tells.
    largest
        The largest number of participants that was known; None where given by hand or unknown.
    lasted
        Days of unrest that had begun by then; at least 1.
    """

    size: str | None
    violent: bool | None
    largest: float | None
    lasted: int

    def as_dict(self) -> dict[str, Any]:
        """As it is printed."""
        return {
            "size": self.size,
            "violent": self.violent,
            "largest_reported": self.largest,
            "days_so_far": self.lasted,
        }


def what_was_known(
    case: Case, fitted: Collection[str], since: datetime | None, size: str | None, violent: bool | None
) -> Known:
    """What the fitted observations, and those reported by then, tell of size and violence.

    The size is the largest single number of participants told, of a city or of the country. Protesters
    count as violent where forces were told hurt or killed, or a site lost or attacked; what was not told is
    unknown, not peaceful. Days are counted from that of the first shock to that of the forecast: the unrest
    is taken to be still going on then.
    """
    seen = [
        o
        for o in case.observed
        if observation_key(o) in fitted or (since is not None and o.reported_at <= since)
    ]
    numbers = [o.best for o in seen if o.quantity == "participants"]
    told = any(o.quantity in VIOLENT and o.best > 0 for o in seen)
    largest = max(numbers, default=None)
    clock = case.meta.clock
    lasted = 1
    shocks = [event.at for event in case.events if event.kind == "shock"]
    if since is not None and shocks:
        first, then = (moment.astimezone(clock.tzinfo).date() for moment in (min(shocks), since))
        lasted = max((then - first).days + 1, 1)
    return Known(
        size=size if size is not None else (None if largest is None else size_class(largest)),
        violent=violent if violent is not None else (True if told else None),
        largest=None if size is not None else largest,
        lasted=lasted,
    )
