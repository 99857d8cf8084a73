"""One turn of one citizen or officer of a case: the rule of `crowd`, with C and A as they stand in view."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from foedus.chance.compiled import inlined, lent
from foedus.chance.draws import poisson
from foedus.chance.stream import high_below, keyed
from foedus.streets.lattice.city.layout import ACTIVE, CAPABLE, OCCUPIED, POLICE, RESTING
from foedus.streets.lattice.torus import bit_at, flip, home, is_set, site_at, word_at
from foedus.streets.lattice.vision import nth_seen, seen_with
from foedus.streets.willingness import perceived_risk

JOINED, LEFT, ARRESTED, KILLED, HURT, RESTED, FETCHED = range(7)
TOLLS = 7
_HALF_ULP = 2.0**-54
_ULP = 2.0**-53
_DROP = np.uint64(11)


class Hour(NamedTuple):
    """What holds for a whole city in an hour; worked out once, read at every turn.

    ``local`` and ``acting`` are shares of those in the street that are local forces, and foreign troops that
    act against the crowd; ``joins``, ``home`` and ``rested`` chances in the hour; ``firing`` how freely is
    fired, from 0 to 1; ``siege`` and ``emergency`` as in `crowd`; ``weight`` people an agent.
    """

    legitimacy: float
    severity: float
    local: float
    acting: float
    joins: float
    home: float
    rested: float
    firing: float
    siege: float
    emergency: float
    weight: float


@inlined
def _unit(bits: Any) -> Any:
    """A number in (0, 1) by the top 53 bits."""
    return (bits >> _DROP) * _ULP + _HALF_ULP


@inlined
def _rare(people: int, rate: float, u: float) -> int:
    """How many of an agent's people meet with what comes at a rate: Poisson, at most all, as in `crowd`."""
    return min(poisson(people * rate, u), people)


@inlined
def near_by(planes: Any, word: Any, bit: Any, people: Any, officers: int, sight: Any, hour: Any) -> Any:
    """Active people in view, the ``people`` of one's own agent among them; wanted only where officers are."""
    if officers == 0:
        return people
    return seen_with(planes, ACTIVE, word, bit, sight) * hour.weight + people


@inlined
def is_willing(traits: Any, site: Any, officers: int, near: float, hour: Any, rule: Any) -> bool:
    """Whether a citizen is willing: ``h (1 - L) - r P s > T``, P by officers and active people in view."""
    grievance = traits[site, 0] * (1.0 - hour.legitimacy)
    if officers == 0 or grievance <= rule.threshold:
        return grievance > rule.threshold
    risk = perceived_risk(1.0, officers * hour.weight, near, rule)
    return grievance - traits[site, 1] * risk * hour.severity > rule.threshold


@inlined
def _any_of(officers: int, share: float) -> float:
    """Chance that any of the officers in view is of a kind that makes up a share of them."""
    return 1.0 - (1.0 - share) ** officers


@lent
def move_in_street(
    planes: Any, traits: Any, left: Any, y: int, x: int, bits: Any, torus: Any, sight: Any, in_view: int
) -> None:
    """Move an agent that is in the street to a free site in view, drawn at random, if there is one."""
    word, bit = word_at(y, x, torus), bit_at(y, x)
    free = in_view - seen_with(planes, OCCUPIED, word, bit, sight)
    if free == 0:
        return
    to_y, to_x = nth_seen(planes, OCCUPIED, True, high_below(bits, free), y, x, torus, sight)
    to_y, to_x = home(to_y, to_x, torus)
    flip(planes, OCCUPIED, y, x, torus)
    flip(planes, OCCUPIED, to_y, to_x, torus)
    if is_set(planes, POLICE, word, bit):
        flip(planes, POLICE, y, x, torus)
        flip(planes, POLICE, to_y, to_x, torus)
        return
    flip(planes, ACTIVE, y, x, torus)
    flip(planes, ACTIVE, to_y, to_x, torus)
    flip(planes, CAPABLE, y, x, torus)
    flip(planes, CAPABLE, to_y, to_x, torus)
    here, there = site_at(y, x, torus), site_at(to_y, to_x, torus)
    traits[there, 0], traits[there, 1] = traits[here, 0], traits[here, 1]
    left[there] = left[here]


@lent
def _lose(planes: Any, left: Any, y: int, x: int, people: int, state: int, torus: Any) -> bool:
    """Take people from an agent; whether it is gone, and with it its place on the lattice."""
    site = site_at(y, x, torus)
    left[site] -= people
    if left[site] > 0:
        return False
    flip(planes, state, y, x, torus)
    flip(planes, CAPABLE, y, x, torus)
    flip(planes, OCCUPIED, y, x, torus)
    return True


@lent
def in_the_street(
    planes: Any, traits: Any, left: Any, y: int, x: int, key: Any, bits: Any, torus: Any, sight: Any,
    in_view: int, hour: Any, rule: Any, toll: Any,
) -> None:  # fmt: skip
    """The hour of an active citizen: goes home, or stays, comes to harm or not, and moves."""
    word, bit = word_at(y, x, torus), bit_at(y, x)
    site = word * np.uint64(64) + bit
    people = np.int64(left[site])
    officers = seen_with(planes, POLICE, word, bit, sight)
    near = near_by(planes, word, bit, people, officers, sight, hour)
    willing = is_willing(traits, site, officers, near, hour, rule)
    leaves = hour.home if willing else 1.0 - (1.0 - hour.home) * (1.0 - rule.discouraged)
    if _unit(keyed(key, np.uint64(0))) < leaves:
        toll[LEFT] += people
        flip(planes, ACTIVE, y, x, torus)
        flip(planes, RESTING, y, x, torus)
        return
    met = _any_of(officers, hour.local)
    contact = 1.0 - (1.0 - met) * (1.0 - hour.siege) + rule.force_harm * _any_of(officers, hour.acting)
    police = officers * hour.weight * (hour.local + hour.acting)
    arrested = 0
    if police > 0.0:
        caught = rule.arrest_rate * police / (near + police + 1.0)
        arrested = _rare(people, caught, _unit(keyed(key, np.uint64(1))))
    killed = 0
    if contact > 0.0:
        u_kill = _unit(keyed(key, np.uint64(2)))
        killed = _rare(people - arrested, rule.kill_rate * hour.firing * contact, u_kill)
        u_hurt = _unit(keyed(key, np.uint64(3)))
        toll[HURT] += _rare(people - arrested - killed, rule.hurt_rate * contact, u_hurt)
    toll[ARRESTED] += arrested
    toll[KILLED] += killed
    gone = arrested + killed > 0 and _lose(planes, left, y, x, arrested + killed, ACTIVE, torus)
    if not gone:
        move_in_street(planes, traits, left, y, x, bits, torus, sight, in_view)


@lent
def take_turn(
    planes: Any, traits: Any, left: Any, y: int, x: int, hour_key: Any, bits: Any, torus: Any, sight: Any,
    in_view: int, hour: Any, rule: Any, toll: Any,
) -> None:  # fmt: skip
    """The hour of one agent. What it draws is keyed by the hour and its site; ``bits`` decide a move."""
    word, bit = word_at(y, x, torus), bit_at(y, x)
    if is_set(planes, POLICE, word, bit):
        move_in_street(planes, traits, left, y, x, bits, torus, sight, in_view)
        return
    site = word * np.uint64(64) + bit
    key = keyed(hour_key, site)
    if is_set(planes, ACTIVE, word, bit):
        in_the_street(planes, traits, left, y, x, key, bits, torus, sight, in_view, hour, rule, toll)
        return
    if is_set(planes, RESTING, word, bit):
        people = np.int64(left[site])
        if _unit(keyed(key, np.uint64(0))) < hour.rested:
            toll[RESTED] += people
            flip(planes, RESTING, y, x, torus)
        elif hour.emergency > 0.0:
            met = _any_of(seen_with(planes, POLICE, word, bit, sight), hour.local)
            fetched = _rare(people, rule.sweep_rate * hour.emergency * met, _unit(keyed(key, np.uint64(1))))
            toll[FETCHED] += fetched
            if fetched > 0:
                _lose(planes, left, y, x, fetched, RESTING, torus)
        return
    if traits[site, 0] * (1.0 - hour.legitimacy) <= rule.threshold:
        return
    people = np.int64(left[site])
    officers = seen_with(planes, POLICE, word, bit, sight)
    near = near_by(planes, word, bit, people, officers, sight, hour)
    willing = is_willing(traits, site, officers, near, hour, rule)
    if willing and is_set(planes, CAPABLE, word, bit) and _unit(keyed(key, np.uint64(0))) < hour.joins:
        toll[JOINED] += people
        flip(planes, ACTIVE, y, x, torus)
