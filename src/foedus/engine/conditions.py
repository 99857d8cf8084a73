"""What an hour finds in each city: news that gets through, legitimacy, severity, who is in the street."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from foedus.chance.compiled import lent
from foedus.chance.within import tanh
from foedus.engine.arrays import (
    BLACKOUT,
    CONCESSION,
    EMERGENCY,
    FORCE,
    LETHAL,
    SHOCK,
    STAND_ASIDE,
    Switches,
    World,
)
from foedus.streets.crowd.kernel import city_legitimacy, strong_news


class Conditions(NamedTuple):
    """Arrays (city,) that a thread keeps and fills anew each hour.

    ``news`` is how strong the news is that gets through, from 0 to 1; ``withheld`` the share of the local
    forces that stands aside, ``in_street`` the local forces in the street, ``forces`` these and the foreign
    troops beside them, and ``acting`` those foreign troops that act against the crowd.
    """

    news: Any
    legitimacy: Any
    severity: Any
    withheld: Any
    in_street: Any
    forces: Any
    acting: Any


@njit(cache=True, nogil=True, error_model="numpy")
def room_for(cities: int) -> Conditions:
    """Conditions of so many cities, to be filled."""
    return Conditions(
        np.zeros(cities), np.zeros(cities), np.zeros(cities), np.zeros(cities), np.zeros(cities),
        np.zeros(cities), np.zeros(cities),
    )  # fmt: skip


@lent
def conditions_of_the_hour(
    found: Conditions,
    i: int,
    news: float,
    held_back: float,
    orders: Any,
    free: Any,
    recent_dead: Any,
    present: Any,
    beside: Any,
    switches: Switches,
    world: World,
    rule: Any,
) -> None:
    """Fill ``found`` for run ``i``.

    ``news`` counts the active people that are heard of, ``held_back`` is the share of the forces that an
    order to stand aside holds back, ``orders`` (order, city) are those in force, ``present`` (city,) are
    foreign troops in the city and ``beside`` (city,) those of them in the street.
    """
    cities = free.shape[0]
    heard = 0.0
    for c in range(cities):
        if c == 0 or orders[BLACKOUT, c] != orders[BLACKOUT, c - 1]:
            heard = strong_news(news * (1.0 - rule.blackout_dims * orders[BLACKOUT, c]), rule)
        found.news[c] = heard
    for c in range(cities):
        found.severity[c] = (
            1.0 + rule.curfew_severity * orders[EMERGENCY, c] + rule.lethal_severity * orders[LETHAL, c]
        )
    for c in range(cities):
        found.legitimacy[c] = world.legitimacy[i, c]
    if switches.presence:
        for c in range(cities):
            if present[c] > 0.0:
                foreign = tanh(present[c] / rule.presence_scale)
                found.legitimacy[c] -= rule.presence_backlash * foreign
                found.severity[c] += rule.presence_severity * foreign
            found.acting[c] = beside[c] if world.engagement == FORCE else 0.0
            if found.acting[c] > 0.0:
                found.legitimacy[c] -= rule.force_backlash * tanh(found.acting[c] / rule.presence_scale)
    for c in range(cities):
        found.legitimacy[c] = city_legitimacy(
            found.legitimacy[c], orders[SHOCK, c], orders[CONCESSION, c], found.news[c], recent_dead[c], rule
        )
    for c in range(cities):
        found.withheld[c] = orders[STAND_ASIDE, c] * held_back
    for c in range(cities):
        found.in_street[c] = free[c] * (1.0 - found.withheld[c])
    for c in range(cities):
        found.forces[c] = found.in_street[c] + beside[c]
