"""The hours of the wave: arrays and loops, no names, no dates, no checks."""

from __future__ import annotations

import math
from typing import Any

from numba import njit

# Columns of a parameter array, in the order of the declaration in wave.yaml.
RECOVERY, SHOCK, RESERVOIR, NEAR, DECAY, MOST, STEEPNESS, THRESHOLD = range(8)


@njit(cache=True, nogil=True, error_model="numpy")
def joining_rate(felt: float, most: float, steepness: float, threshold: float) -> float:
    """Rate at which somebody of the reservoir goes out, given the activity felt in the city. [1/day]

    Nothing under the threshold, then rising and levelling off at ``most``.
    """
    if felt <= threshold:
        return 0.0
    return -most * math.expm1(-steepness * (felt - threshold))


@njit(cache=True, nogil=True, error_model="numpy")
def weight(distance: float, near: float, decay: float) -> float:
    """How much of the activity at a distance is felt: 1 at none, a power law beyond ``near``."""
    return (1.0 + distance / near) ** -decay


@njit(cache=True, nogil=True, error_model="numpy")
def advance(
    parameters: Any, people: Any, distance: Any, shocks: Any, day: Any,
    active_all: Any, participants: Any, city_peak: Any, city_peak_at: Any, reached_at: Any,
    susceptible: Any, active: Any, recovered: Any,
) -> None:  # fmt: skip
    """Run every particle from the first hour to the last.

    Within an hour the rates stand still, and the chances of joining and of leaving are exact for them, so
    nobody is lost and no count falls below nothing whatever the rates are.

    Parameters
    ----------
    parameters
        (particle, parameter), columns as named above.
    people, distance
        (city,) and (city, city) in km.
    shocks
        (hour, city): what part of the shock falls then and there; mostly 0.
    day
        Day of each hour (time,).
    """
    particles, hours, cities = parameters.shape[0], day.shape[0], people.shape[0]
    for p in range(particles):
        rule = parameters[p]
        w = _weights(distance, rule[NEAR], rule[DECAY])
        leaving = -math.expm1(-rule[RECOVERY] / 24.0)
        for c in range(cities):
            susceptible[p, c] = min(rule[RESERVOIR], 1.0) * people[c]
        top_ever = susceptible[p] * 0.0
        today, started = -1, 0.0
        for t in range(hours):
            if day[t] != today:
                today = day[t]
                started = active[p].sum()
                participants[p, today] = started
            for c in range(cities):
                if shocks[t, c] > 0.0:
                    moved = min(rule[SHOCK] * shocks[t, c], susceptible[p, c])
                    susceptible[p, c] -= moved
                    active[p, c] += moved
                    participants[p, today] += moved
            felt = w @ active[p]
            total = 0.0
            for c in range(cities):
                rate = joining_rate(felt[c], rule[MOST], rule[STEEPNESS], rule[THRESHOLD])
                joined = -susceptible[p, c] * math.expm1(-rate / 24.0)
                left = active[p, c] * leaving
                crowd = active[p, c] + joined - left
                susceptible[p, c] -= joined
                recovered[p, c] += left
                active[p, c] = crowd
                participants[p, today] += joined
                total += crowd
                city_peak[p, c, today] = max(city_peak[p, c, today], crowd)
                if crowd > top_ever[c]:
                    top_ever[c] = crowd
                    city_peak_at[p, c] = t + 0.5
                if math.isnan(reached_at[p, c]) and crowd >= 50.0 and crowd >= 1e-4 * people[c]:
                    reached_at[p, c] = t + 0.5
            active_all[p, t] = total


@njit(cache=True, nogil=True, error_model="numpy")
def _weights(distance: Any, near: float, decay: float) -> Any:
    w = distance.copy()
    for i in range(w.shape[0]):
        for j in range(w.shape[1]):
            w[i, j] = weight(distance[i, j], near, decay)
    return w
