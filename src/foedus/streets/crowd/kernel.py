"""One hour of one city: people go out, go home, are arrested, hurt, killed; forces give way and return.

Checks, names and dates end before this door; inside are numbers. People are moved, never lost:
quiescent + active + resting + jailed + killed is the population, always.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from foedus.chance.draws import binomial, fill_uniforms, poisson
from foedus.chance.purposes import HARM, STREET
from foedus.chance.within import chance_within, tanh
from foedus.streets.willingness import chance_met, perceived_risk, willing_share


@njit(cache=True, nogil=True, error_model="numpy")
def strong_news(news: float, rule: Any) -> float:
    """How strong the news of unrest is, from 0 (none) to 1. Assumption."""
    return tanh(news / rule.news_scale)


@njit(cache=True, nogil=True, error_model="numpy")
def city_legitimacy(
    usual: float, shock: float, conceded: float, news: float, dead: float, rule: Any
) -> float:
    """Legitimacy of the government in a city this hour, at most 1.

    Its usual level, less the shock (of which a concession gives part back), less outrage at strong news
    of unrest anywhere, less a backlash at killings in the city. The forms are assumptions.
    """
    left = shock * rule.shock_size * (1.0 - rule.concession_returns * conceded)
    backlash = rule.backlash * tanh(dead / rule.backlash_scale)
    return min(usual - left - rule.outrage * news - backlash, 1.0)


@njit(cache=True, nogil=True, error_model="numpy")
def lowest_legitimacy(usual: float, shock: float, rule: Any) -> float:
    """A level under which legitimacy never falls in a run; ``shock`` is the most that strikes the city."""
    foreign = max(rule.presence_backlash, 0.0) + max(rule.force_backlash, 0.0)
    return usual - shock * rule.shock_size - max(rule.outrage, 0.0) - max(rule.backlash, 0.0) - foreign


@njit(cache=True, nogil=True, error_model="numpy")
def joining_rate(active: float, news: float, blackout: float, night: bool, rule: Any) -> float:
    """Rate at which a willing citizen goes out. [1/h]

    A spark, the pull of the crowd near by, the pull of news, and the pull (or push) of a blackout that
    drives people out to learn what goes on (Hassanpour 2014: sign open). Forms are assumptions.
    """
    rate = (
        rule.spark
        + rule.join_near * active / (active + rule.crowd_half)
        + rule.join_news * news
        + rule.blackout_pulls * blackout
    )
    return max(rate, 0.0) * (rule.night_join if night else 1.0)


class Pace(NamedTuple):
    """Chances an hour that hang on the rule alone: going home by day and night, being ready again."""

    home_by_day: float
    home_by_night: float
    rested: float


@njit(cache=True, nogil=True, error_model="numpy")
def pace_of(rule: Any) -> Pace:
    """The pace of a run, worked out once."""
    return Pace(
        chance_within(rule.go_home),
        chance_within(rule.go_home * rule.night_home),
        chance_within(1.0 / rule.rest),
    )


@njit(cache=True, nogil=True, error_model="numpy")
def rare(people: int, rate: float, u: float) -> int:
    """How many of ``people`` meet with what comes at a small rate an hour: Poisson, at most all of them.

    For chances of a few per cent an hour it stands for the binomial, at a third of the cost.
    """
    return min(poisson(people * rate, u), people)


@njit(cache=True, nogil=True, error_model="numpy")
def bearable(lethal: float, rule: Any) -> float:
    """Citizens that an officer can face before being overrun; more under an order to fire. Assumption."""
    return rule.overrun * (1.0 + rule.firepower * lethal)


@njit(cache=True, nogil=True, error_model="numpy")
def forces_harmed(
    active: int, overrun: bool, free: float, u_forces: float, u_wound: float, rule: Any
) -> tuple[int, int]:
    """Local forces killed and hurt in an hour: at a rate by active people, lower where forces hold."""
    danger = rule.kill_forces * active * (1.0 if overrun else rule.kill_forces_orderly)
    return min(poisson(danger, u_forces), int(free)), poisson(danger * rule.hurt_forces, u_wound)


class Luck(NamedTuple):
    """Uniform numbers of a city and an hour, one for each count that is drawn."""

    join: float
    home: float
    arrest: float
    kill: float
    hurt: float
    forces: float
    wound: float
    rest: float


class Eves(NamedTuple):
    """All cities on the eve of an hour, before anybody acts: arrays that a thread keeps and fills anew.

    ``luck`` (number, city) in the order of :class:`Luck`; ``met`` (city,) is the chance that there are
    officers about, foreign ones with them; ``willing`` (city,) how many are willing; ``joins`` (city,) the
    chance that one of them goes out.
    """

    luck: Any
    met: Any
    willing: Any
    joins: Any


@njit(cache=True, nogil=True, error_model="numpy")
def room_for_eves(cities: int) -> Eves:
    """Eves of so many cities, to be filled."""
    return Eves(np.empty((8, cities)), np.empty(cities), np.empty(cities), np.empty(cities))


@njit(cache=True, nogil=True, error_model="numpy")
def look_ahead(
    luck: Any,
    met: Any,
    willing: Any,
    joins: Any,
    key: Any,
    run: int,
    tick: int,
    entity: Any,
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
    """Fill the arrays of :class:`Eves` for an hour; ``forces`` (city,) are all in the street.

    A loop a step, each writing one array, with nothing in it but arithmetic: so the compiler takes several
    cities at a time.
    """
    fill_uniforms(key, run, tick, STREET, entity, luck[:4])
    fill_uniforms(key, run, tick, HARM, entity, luck[4:])
    for c in range(people.shape[0]):
        met[c] = chance_met(forces[c], normal[c], rule)
    for c in range(people.shape[0]):
        willing[c] = perceived_risk(met[c], forces[c], active[c], rule)
    for c in range(people.shape[0]):
        share = willing_share(legitimacy[c], willing[c], severity[c], rule.threshold)
        willing[c] = share * rule.reach * people[c]
    for c in range(people.shape[0]):
        joins[c] = chance_within(joining_rate(active[c], news[c], blackout[c], night, rule))


@njit(cache=True, nogil=True, error_model="numpy")
def advance_city(
    luck: Luck,
    met: float,
    willing: float,
    joins: float,
    people: int,
    active: int,
    resting: int,
    jailed: int,
    dead: int,
    free: float,
    beside: float,
    acting: float,
    normal: float,
    lethal: float,
    emergency: float,
    siege: float,
    night: bool,
    pace: Pace,
    rule: Any,
) -> Any:
    """Advance one city by one hour; the same arguments give the same bits.

    ``luck``, ``met``, ``willing`` and ``joins`` are the city's in :class:`Eves`; ``free`` are the local
    forces in the street, ``beside`` the foreign troops there with them, and ``acting`` those of these that
    act against the crowd; ``siege`` is the share of the crowd that presses on sites whose guards still hold.

    Returns
    -------
    joined, left, arrested, killed, hurt, forces_killed, forces_hurt, rested, fetched, overrun
        People this hour; ``fetched`` are arrested at home, ``rested`` ready again; ``overrun`` says whether
        the active outnumber the forces beyond what they bear.
    """
    in_street = free + beside
    quiescent = people - active - resting - jailed - dead
    ready = min(max(willing - active - resting - jailed, 0.0), quiescent)
    joined = 0
    if ready > 0.0:
        joined = min(poisson(ready * joins, luck.join), quiescent)
    if active == 0 and resting == 0:
        return joined, 0, 0, 0, 0, 0, 0, 0, 0, False

    if beside > 0.0:
        met = chance_met(free, normal, rule)
    rested = rare(resting, pace.rested, luck.rest)
    fetched = rare(resting - rested, rule.sweep_rate * emergency * met, 1.0 - luck.rest)
    if active == 0:
        return joined, 0, 0, 0, 0, 0, 0, rested, fetched, False

    overrun = active > bearable(lethal, rule) * in_street
    contact = 1.0 - (1.0 - met) * (1.0 - siege)
    if acting > 0.0:
        contact += rule.force_harm * chance_met(acting, normal, rule)
    home = pace.home_by_night if night else pace.home_by_day
    unwilling = max(0.0, 1.0 - willing / active)
    left = binomial(active, 1.0 - (1.0 - home) * (1.0 - rule.discouraged * unwilling), luck.home)

    crowd = active - left
    police = free + acting
    arrested = rare(crowd, rule.arrest_rate * police / (active + police + 1.0), luck.arrest)
    crowd -= arrested
    firing = rule.kill_unordered + (1.0 - rule.kill_unordered) * lethal
    killed = rare(crowd, rule.kill_rate * firing * contact, luck.kill)

    hurt = rare(crowd - killed, rule.hurt_rate * contact, luck.hurt)
    forces_killed, forces_hurt = forces_harmed(active, overrun, free, luck.forces, luck.wound, rule)
    return joined, left, arrested, killed, hurt, forces_killed, forces_hurt, rested, fetched, overrun


@njit(cache=True, nogil=True, error_model="numpy")
def free_forces_next(
    free: float, full: float, overrun: bool, killed: int, loyalty: float, usual_loyalty: float, rule: Any
) -> float:
    """Local forces free for the street in the next hour. [people]

    Overrun forces give way (disarmed, fled, defected), the faster the lower their loyalty; a share of
    the gap to full strength is made good each hour, the slower the lower it is. Assumption.
    """
    doubt = (1.0 - loyalty) / max(1.0 - usual_loyalty, 0.05)
    after = free * (1.0 - min(rule.give_way * doubt, 1.0)) if overrun else free
    trust = loyalty / max(usual_loyalty, 0.05)
    return max(after + rule.rebuild * trust * (full - after) - killed, 0.0)
