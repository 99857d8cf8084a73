"""One hour of one city on the lattice: the same door as `crowd`'s, the same numbers in and out."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from foedus.chance.compiled import inlined, lent
from foedus.chance.draws import four_uniforms, poisson
from foedus.chance.purposes import HARM, LATTICE_OFFICERS, LATTICE_TURNS
from foedus.chance.stream import STEP, keyed, low_below, mixed
from foedus.chance.within import chance_within
from foedus.streets.crowd.kernel import bearable, danger, joining_rate
from foedus.streets.lattice.bits import first_bit
from foedus.streets.lattice.city.layout import (
    CAPABLE,
    OCCUPIED,
    PENDING,
    POLICE,
    torus_at,
)
from foedus.streets.lattice.city.turns import (
    ARRESTED,
    FETCHED,
    HURT,
    JOINED,
    KILLED,
    LEFT,
    RESTED,
    Hour,
    take_turn,
)
from foedus.streets.lattice.order import PASSES, edge, gather, inside
from foedus.streets.lattice.steps import count_inside
from foedus.streets.lattice.torus import bit_at, flip, is_set, site_at, word_at

_WORD32 = np.uint64(32)


@njit(cache=True, nogil=True, error_model="numpy")
def stream_key(key: Any, run: Any, tick: Any, purpose: Any, entity: Any) -> Any:
    """64 bits that are keyed by (seed, run, tick, purpose, entity): where a stream begins."""
    u, v, _, _ = four_uniforms(key, run, tick, purpose, entity)
    return (np.uint64(u * 4294967296.0) << _WORD32) | np.uint64(v * 4294967296.0)


@lent
def _bring_officers(planes: Any, torus: Any, stream: Any, wanted: int) -> None:
    """Bring officers to random free sites or take random ones away, until so many stand in the city."""
    there = count_inside(planes, POLICE, torus)
    wanted = min(wanted, torus.height * torus.width // 4)
    while there != wanted:
        stream += STEP
        bits = mixed(stream)
        y = np.int64(low_below(bits, torus.height)) + torus.pad
        x = np.int64(low_below(bits >> _WORD32, torus.width)) + torus.pad
        word, bit = word_at(y, x, torus), bit_at(y, x)
        if there < wanted and not is_set(planes, OCCUPIED, word, bit):
            flip(planes, OCCUPIED, y, x, torus)
            flip(planes, POLICE, y, x, torus)
            there += 1
        elif there > wanted and is_set(planes, POLICE, word, bit):
            flip(planes, OCCUPIED, y, x, torus)
            flip(planes, POLICE, y, x, torus)
            there -= 1


@lent
def _set_pending(planes: Any, torus: Any) -> None:
    blocks = torus.pad >> 3
    for row in range((torus.height + 7) >> 3):
        for column in range((torus.width + 7) >> 3):
            word = np.uint64((row + blocks) * torus.stride + column + blocks)
            planes[word, PENDING] = (planes[word, CAPABLE] | planes[word, POLICE]) & inside(
                row, column, torus
            )


@inlined
def _touched(traits: Any, left: Any, listed: Any, count: int, torus: Any) -> Any:
    """Read what the listed agents will need, one after the other: else each turn waits for memory alone."""
    read = np.float32(0)
    for i in range(count):
        agent = np.int64(listed[np.uint64(i)])
        site = site_at(agent >> 16, agent & 0xFFFF, torus)
        read += traits[site, 0] + np.float32(left[site])
    return read


@lent
def _turns(
    planes: Any, traits: Any, left: Any, listed: Any, torus: Any, down: int, right: int, sight: Any,
    in_view: int, key: Any, hour: Any, rule: Any, toll: Any,
) -> None:  # fmt: skip
    """Everybody who can act takes a turn, in the order of :mod:`foedus.streets.lattice.order`."""
    colours_down, colours_right = min(down, 2), min(right, 2)
    alone = down == 1 and right == 1
    for turn in range(PASSES - 1 if alone else 0, PASSES):
        for colour in range(colours_down * colours_right):
            for row in range(colour // colours_right, down, colours_down):
                for column in range(colour % colours_right, right, colours_right):
                    count = gather(
                        planes, PENDING, edge(row, down, torus.height), edge(row + 1, down, torus.height),
                        edge(column, right, torus.width), edge(column + 1, right, torus.width), torus, key,
                        turn, listed,
                    )  # fmt: skip
                    if _touched(traits, left, listed, count, torus) < 0.0:
                        return
                    stream = keyed(~key, (turn * down + row) * right + column)
                    for i in range(count):
                        stream += STEP
                        bits = mixed(stream)
                        drawn = np.uint64(i) + low_below(bits, count - i)
                        agent = np.int64(listed[drawn])
                        listed[drawn] = listed[np.uint64(i)]
                        y, x = agent >> 16, agent & 0xFFFF
                        planes[word_at(y, x, torus), PENDING] &= ~(np.uint64(1) << bit_at(y, x))
                        take_turn(
                            planes, traits, left, y, x, key, bits, torus, sight, in_view, hour, rule, toll
                        )


@lent
def _turns_of_the_rest(
    planes: Any, traits: Any, left: Any, torus: Any, sight: Any, in_view: int, key: Any, hour: Any, rule: Any,
    toll: Any,
) -> None:  # fmt: skip
    """Let those take a turn who can never act: they look, decide, and stay as they are."""
    blocks = torus.pad >> 3
    for row in range((torus.height + 7) >> 3):
        for column in range((torus.width + 7) >> 3):
            word = np.uint64((row + blocks) * torus.stride + column + blocks)
            rest = planes[word, OCCUPIED] & ~planes[word, CAPABLE] & ~planes[word, POLICE]
            rest &= inside(row, column, torus)
            y, x = np.int64(row + blocks) << 3, np.int64(column + blocks) << 3
            while rest != np.uint64(0):
                place = np.int64(first_bit(rest))
                rest &= rest - np.uint64(1)
                take_turn(
                    planes, traits, left, y + (place >> 3), x + (place & 7), key, np.uint64(0), torus, sight,
                    in_view, hour, rule, toll,
                )  # fmt: skip


@lent
def advance_city_on_lattice(
    cities: Any,
    planes: Any,
    traits: Any,
    left: Any,
    listed: Any,
    toll: Any,
    sight: Any,
    in_view: int,
    city: int,
    key: Any,
    run: int,
    tick: int,
    entity: int,
    active: int,
    free: float,
    beside: float,
    acting: float,
    legitimacy: float,
    severity: float,
    news: float,
    blackout: float,
    lethal: float,
    emergency: float,
    siege: float,
    night: bool,
    pace: Any,
    rule: Any,
) -> Any:
    """Advance one city by one hour; arguments as :func:`~foedus.engine.streets.advance` has them for all.

    ``planes``, ``traits`` and ``left`` are the city's own part of the shared arrays; ``sight`` what one sees
    there, ``in_view`` of how many sites. ``listed`` and ``toll`` (TOLLS,) are room to work in.
    """
    torus = torus_at(cities, city)
    toll[:] = 0
    hour_key = stream_key(key, run, tick, LATTICE_TURNS, entity)
    in_street = free + beside
    u_round, _, _, _ = four_uniforms(key, run, 0, LATTICE_OFFICERS, entity)
    _bring_officers(planes, torus, ~hour_key, int(in_street / cities.weight[city] + u_round))
    rate = joining_rate(active, news, blackout, night, rule)
    hour = Hour(
        legitimacy=legitimacy,
        severity=severity,
        local=free / in_street if in_street > 0.0 else 0.0,
        acting=acting / in_street if in_street > 0.0 else 0.0,
        joins=chance_within(rate),
        home=pace.home_by_night if night else pace.home_by_day,
        rested=pace.rested,
        firing=rule.kill_unordered + (1.0 - rule.kill_unordered) * lethal,
        siege=siege,
        emergency=emergency,
        weight=float(cities.weight[city]),
    )
    _set_pending(planes, torus)
    _turns(
        planes, traits, left, listed, torus, cities.tiles[city], cities.tiles[city], sight,
        in_view, hour_key, hour, rule, toll,
    )  # fmt: skip
    if not cities.pruned:
        _turns_of_the_rest(planes, traits, left, torus, sight, in_view, hour_key, hour, rule, toll)
    overrun = active > bearable(lethal, rule) * in_street
    forces_killed, forces_hurt = 0, 0
    if active > 0:
        _, u_forces, u_wound, _ = four_uniforms(key, run, tick, HARM, entity)
        expected = danger(active, overrun, rule)
        forces_killed = min(poisson(expected, u_forces), int(free))
        forces_hurt = poisson(expected * rule.hurt_forces, u_wound)
    else:
        overrun = False
    return (
        toll[JOINED], toll[LEFT], toll[ARRESTED], toll[KILLED], toll[HURT], forces_killed, forces_hurt,
        toll[RESTED], toll[FETCHED], overrun,
    )  # fmt: skip
