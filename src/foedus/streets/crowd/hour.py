"""One hour of all cities: people go out, go home, are arrested, hurt, killed, rest and are fetched.

Cities act on one another through news alone, so each step is taken for all of them in one loop, and a loop
writes one array and holds nothing but arithmetic: a compiler then takes several cities at a time. Draws that
a table settles are taken the same way; only the few others are worked out one by one.

Checks, names and dates end before this door; inside are numbers. People are moved, never lost:
quiescent + active + resting + jailed + killed is the population, always.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from foedus.chance.compiled import lent
from foedus.chance.draws import binomial_each, fill_uniforms, poisson_each
from foedus.chance.purposes import HARM, STREET
from foedus.chance.within import chance_within
from foedus.streets.crowd.kernel import Pace, arrest_rate, bearable, danger, joining_rate, kill_rate
from foedus.streets.toll import Toll
from foedus.streets.willingness import chance_met, perceived_risk, willing_share

# Rows of the luck of an hour. Who rests draws again when fetched, by what is left of the same number.
JOIN, HOME, ARREST, KILL, HURT, FORCES, WOUND, REST, FETCH = range(9)


class Eve(NamedTuple):
    """The cities on the eve of an hour, before anybody acts: arrays that a thread keeps and fills anew.

    ``luck`` (number, city) are uniform numbers, rows as named above; ``met`` (city,) is the chance that there
    are officers about; ``willing`` (city,) how many are willing; ``joins`` (city,) the chance that one of
    them goes out; ``contact`` (city,) how far crowd and forces meet. ``mean``, ``share``, ``crowd`` and
    ``few`` (city,) are room for work.
    """

    luck: Any
    met: Any
    willing: Any
    joins: Any
    contact: Any
    mean: Any
    share: Any
    crowd: Any
    few: Any


@njit(cache=True, nogil=True, error_model="numpy")
def room_for_eve(cities: int) -> Eve:
    """The eve of so many cities, to be filled."""
    return Eve(
        np.empty((9, cities)), np.empty(cities), np.empty(cities), np.empty(cities), np.empty(cities),
        np.empty(cities), np.empty(cities), np.empty(cities, np.int64), np.empty(cities, np.int64),
    )  # fmt: skip


@lent
def draw_luck(luck: Any, key: Any, run: int, tick: int, entity: Any) -> None:
    """Fill ``luck`` (number, city) by the keys of the cities."""
    fill_uniforms(key, run, tick, STREET, entity, luck[:4])
    fill_uniforms(key, run, tick, HARM, entity, luck[4:])
    for c in range(entity.shape[0]):
        luck[FETCH, c] = 1.0 - luck[REST, c]


@lent
def look_around(
    met: Any,
    willing: Any,
    joins: Any,
    people: Any,
    normal: Any,
    active: Any,
    forces: Any,
    legitimacy: Any,
    severity: Any,
    news: Any,
    blackout: Any,
    night: bool,
    rule: Any,
) -> None:
    """Fill who may meet officers, who is willing, and who goes out; ``forces`` (city,) are all in the street.

    ``news`` (city,) is how strong the news is that gets through, from 0 to 1.
    """
    cities = people.shape[0]
    for c in range(cities):
        met[c] = chance_met(forces[c], normal[c], rule)
    for c in range(cities):
        willing[c] = perceived_risk(met[c], forces[c], active[c], rule)
    for c in range(cities):
        share = willing_share(legitimacy[c], willing[c], severity[c], rule.threshold)
        willing[c] = share * rule.reach * people[c]
    for c in range(cities):
        joins[c] = chance_within(joining_rate(active[c], news[c], blackout[c], night, rule))


@lent
def go_out_and_rest(
    toll: Toll,
    eve: Eve,
    people: Any,
    active: Any,
    resting: Any,
    jailed: Any,
    dead: Any,
    emergency: Any,
    pace: Pace,
    rule: Any,
) -> None:
    """Fill who joined, rested and was fetched at home."""
    luck, met, willing, joins, mean, few = eve.luck, eve.met, eve.willing, eve.joins, eve.mean, eve.few
    joined, rested, fetched = toll.joined, toll.rested, toll.fetched
    cities = people.shape[0]
    for c in range(cities):
        quiescent = people[c] - active[c] - resting[c] - jailed[c] - dead[c]
        ready = min(max(willing[c] - active[c] - resting[c] - jailed[c], 0.0), quiescent)
        mean[c] = ready * joins[c]
    poisson_each(mean, luck, JOIN, few, joined)
    for c in range(cities):
        joined[c] = min(joined[c], people[c] - active[c] - resting[c] - jailed[c] - dead[c])
    for c in range(cities):
        mean[c] = resting[c] * pace.rested
    poisson_each(mean, luck, REST, few, rested)
    for c in range(cities):
        rested[c] = min(rested[c], resting[c])
    for c in range(cities):
        mean[c] = (resting[c] - rested[c]) * (rule.sweep_rate * emergency[c] * met[c])
    poisson_each(mean, luck, FETCH, few, fetched)
    for c in range(cities):
        fetched[c] = min(fetched[c], resting[c] - rested[c])


@lent
def meet_forces(
    toll: Toll,
    eve: Eve,
    active: Any,
    in_street: Any,
    forces: Any,
    acting: Any,
    lethal: Any,
    night: bool,
    pace: Pace,
    rule: Any,
) -> None:
    """Fill who of the active left, was arrested, killed and hurt, and what befell the local forces.

    ``in_street`` (city,) are the local forces there, ``forces`` these and the foreign ones beside them,
    ``acting`` those of these that act against the crowd.
    """
    luck, willing, contact, mean, share = eve.luck, eve.willing, eve.contact, eve.mean, eve.share
    crowd, few = eve.crowd, eve.few
    left, arrested, killed, hurt, overrun = toll.left, toll.arrested, toll.killed, toll.hurt, toll.overrun
    cities = active.shape[0]
    home = pace.home_by_night if night else pace.home_by_day
    for c in range(cities):
        unwilling = max(0.0, 1.0 - willing[c] / max(active[c], 1.0))
        share[c] = 1.0 - (1.0 - home) * (1.0 - rule.discouraged * unwilling)
    binomial_each(active, share, luck, HOME, few, left)
    for c in range(cities):
        crowd[c] = active[c] - left[c]
    for c in range(cities):
        mean[c] = crowd[c] * arrest_rate(active[c], in_street[c] + acting[c], rule)
    poisson_each(mean, luck, ARREST, few, arrested)
    for c in range(cities):
        arrested[c] = min(arrested[c], crowd[c])
    for c in range(cities):
        crowd[c] -= arrested[c]
    for c in range(cities):
        mean[c] = crowd[c] * (kill_rate(lethal[c], rule) * contact[c])
    poisson_each(mean, luck, KILL, few, killed)
    for c in range(cities):
        killed[c] = min(killed[c], crowd[c])
    for c in range(cities):
        crowd[c] -= killed[c]
    for c in range(cities):
        mean[c] = crowd[c] * (rule.hurt_rate * contact[c])
    poisson_each(mean, luck, HURT, few, hurt)
    for c in range(cities):
        hurt[c] = min(hurt[c], crowd[c])
    for c in range(cities):
        overrun[c] = active[c] > bearable(lethal[c], rule) * forces[c]
    for c in range(cities):
        mean[c] = danger(active[c], overrun[c], rule)
    poisson_each(mean, luck, FORCES, few, toll.forces_killed)
    for c in range(cities):
        toll.forces_killed[c] = min(toll.forces_killed[c], int(in_street[c]))
    for c in range(cities):
        mean[c] *= rule.hurt_forces
    poisson_each(mean, luck, WOUND, few, toll.forces_hurt)


@lent
def come_in_contact(
    eve: Eve, normal: Any, in_street: Any, forces: Any, acting: Any, siege: Any, rule: Any
) -> None:
    """Fill how far the crowd and the forces meet: by chance, at sites under siege, or since troops act.

    ``siege`` (city,) is the share of the crowd that presses on sites whose guards still hold. From here on
    ``eve.met`` is that of the local forces alone.
    """
    met, contact = eve.met, eve.contact
    cities = normal.shape[0]
    foreign = False
    for c in range(cities):
        foreign = foreign or forces[c] != in_street[c]
    if foreign:
        for c in range(cities):
            met[c] = chance_met(in_street[c], normal[c], rule)
    for c in range(cities):
        contact[c] = 1.0 - (1.0 - met[c]) * (1.0 - siege[c])
    if foreign:
        for c in range(cities):
            contact[c] += rule.force_harm * chance_met(acting[c], normal[c], rule)
