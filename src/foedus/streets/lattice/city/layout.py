"""The cities of a case as tori: how large each is, what stands where, who can ever act.

An agent stands for ``people_per_agent`` people of one hardship, risk aversion and place; the last of a city
for those who are left over. Tolls are drawn by people, never by agents.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from foedus.chance.compiled import lent
from foedus.chance.stream import keyed, low_below, unit_single
from foedus.errors import UserError
from foedus.streets.lattice.order import tiles_along
from foedus.streets.lattice.torus import Torus, bit_at, flip, is_set, site_at, torus_of, word_at

OCCUPIED, POLICE, ACTIVE, RESTING, CAPABLE, PENDING = range(6)
PLANES = 6
DENSITY = 0.7
"""Citizens a site, as in Epstein's runs (2002, as recalled)."""
FARTHEST = 32
"""Nobody sees farther than so many sites. Assumption, for the sake of memory and time."""
LEAST_AGENTS = 2000
"""A city has at least so many agents, or one a person: with fewer, most would have no officer at all."""
MOST_PEOPLE = 65_535


class Cities(NamedTuple):
    """Where the cities lie in shared arrays.

    ``shape`` (city, 5) height, width, pad, stride and words of each torus; ``first`` (city,) its first word;
    ``tiles`` (city,) tiles a side; ``agents`` (city,) how many; ``weight`` (city,) people an agent;
    ``words`` of all cities; ``pruned`` whether those who can never act are left out.
    """

    shape: Any
    first: Any
    tiles: Any
    agents: Any
    weight: Any
    words: int
    pruned: bool


def lay_out(people: Sequence[int], people_per_agent: int, pruned: bool = True) -> Cities:
    """Square tori for cities of so many people, 0.7 citizens a site.

    Small cities are resolved finer than ``people_per_agent``, so that each has 2,000 agents or one a person.

    Raises
    ------
    UserError
        ``people_per_agent`` is no whole number from 1 to 65,535.
    """
    if not 1 <= people_per_agent <= MOST_PEOPLE:
        raise UserError(f"{people_per_agent} people an agent; give a whole number from 1 to {MOST_PEOPLE}")
    weight = [max(min(people_per_agent, count // LEAST_AGENTS), 1) for count in people]
    agents = [-(-count // each) for count, each in zip(people, weight, strict=True)]
    sides = [max(math.ceil(math.sqrt(count / DENSITY)), 3) for count in agents]
    tori = [torus_of(side, side, min(FARTHEST, (side - 1) // 2)) for side in sides]
    words = np.array([torus.words for torus in tori], np.int64)
    return Cities(
        shape=np.array(tori, np.int64).reshape(-1, 5),
        first=np.concatenate([[0], np.cumsum(words)[:-1]]).astype(np.int64),
        tiles=np.array([tiles_along(side, FARTHEST) for side in sides], np.int64),
        agents=np.array(agents, np.int64),
        weight=np.array(weight, np.int64),
        words=int(words.sum()),
        pruned=pruned,
    )


@njit(cache=True, nogil=True, error_model="numpy")
def torus_at(cities: Any, city: int) -> Any:
    """The torus of one city."""
    shape = cities.shape[city]
    return Torus(shape[0], shape[1], shape[2], shape[3], shape[4])


@lent
def settle_city(
    planes: Any, traits: Any, left: Any, torus: Any, key: Any, agents: int, people: int, weight: int,
    lowest_legitimacy: float, threshold: float, reach: float,
) -> None:  # fmt: skip
    """Put the citizens of a city on random sites of a cleared torus, all quiet.

    ``left`` (site,) are the people that an agent stands for. Capable of ever acting is who is within
    ``reach`` and whose grievance exceeds the threshold at the lowest legitimacy of the run.
    """
    sites_left = torus.height * torus.width
    wanted = agents
    for y in range(torus.height):
        for x in range(torus.width):
            place = np.uint64(y * torus.width + x) * np.uint64(4)
            if low_below(keyed(key, place), sites_left) < wanted:
                wanted -= 1
                py, px = y + torus.pad, x + torus.pad
                flip(planes, OCCUPIED, py, px, torus)
                site = site_at(py, px, torus)
                left[site] = weight if wanted > 0 else people - (agents - 1) * weight
                hardship = unit_single(keyed(key, place + np.uint64(1)))
                traits[site, 0] = hardship
                traits[site, 1] = unit_single(keyed(key, place + np.uint64(2)))
                within = unit_single(keyed(key, place + np.uint64(3))) < reach
                if within and hardship * (1.0 - lowest_legitimacy) > threshold:
                    flip(planes, CAPABLE, py, px, torus)
            sites_left -= 1


@lent
def count_people(planes: Any, left: Any, plane: int, without: int, torus: Any) -> int:
    """People of the agents with one property and without another, by a recount."""
    people = 0
    for y in range(torus.pad, torus.pad + torus.height):
        for x in range(torus.pad, torus.pad + torus.width):
            word, bit = word_at(y, x, torus), bit_at(y, x)
            if is_set(planes, plane, word, bit) and not is_set(planes, without, word, bit):
                people += left[site_at(y, x, torus)]
    return people
