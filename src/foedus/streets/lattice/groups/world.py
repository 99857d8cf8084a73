"""A lattice of two groups as a user holds it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.chance import Luck
from foedus.chance.purposes import GROUPS_LIVES, GROUPS_PLACES, GROUPS_TURNS
from foedus.errors import UserError
from foedus.streets.lattice.checks import check_luck, check_officers, check_whole, levels_over
from foedus.streets.lattice.course import steps_at_a_time
from foedus.streets.lattice.groups.course import Told, run_steps
from foedus.streets.lattice.groups.field import (
    ALL_PLANES,
    CELL,
    FIRST,
    SECOND,
    Field,
    Numbers,
    count_people,
    free_sites,
    settle_groups,
)
from foedus.streets.lattice.groups.setup import Groups
from foedus.streets.lattice.placing import place_agents, resize_police
from foedus.streets.lattice.rules import ACTIVE, POLICE, RATIOS, arrest_chance
from foedus.streets.lattice.torus import Torus, as_grid, torus_of
from foedus.streets.lattice.vision import sight_of, sites_seen

STATES = ("free site", "first group, quiet", "first group, active", "second group, quiet",
          "second group, active", "officer")  # fmt: skip
FREE, OFFICER = 0, 5
_ROUND = 1.5


@dataclass(frozen=True, slots=True)
class GroupSeries:
    """What a run leaves, by step and group (time, 2), counted at the end of each step.

    ``people`` those in jail included, ``active``, ``jailed``; and in the step: ``killed``, ``died`` of age,
    ``born``. ``arrests`` by step (time,).
    """

    people: NDArray[np.int64]
    active: NDArray[np.int64]
    jailed: NDArray[np.int64]
    killed: NDArray[np.int64]
    died: NDArray[np.int64]
    born: NDArray[np.int64]
    arrests: NDArray[np.int64]

    @property
    def extinction(self) -> int | None:
        """Steps until a group was gone; None where both lived to the end of the run."""
        gone = np.flatnonzero((self.people == 0).any(axis=1))
        return int(gone[0]) + 1 if len(gone) else None


class TwoGroups:
    """One torus of two groups and police.

    Parameters
    ----------
    setup
        The model: :func:`cleansing`, :func:`coexistence` or a :class:`Groups` of your own.
    seed, run
        The luck. The same seed and run give the same bits.

    Examples
    --------
    >>> from foedus.streets.lattice.groups import TwoGroups, coexistence
    >>> series = TwoGroups(coexistence(), seed=1).run(20)
    >>> int(series.killed.sum()), series.extinction
    (0, None)
    """

    def __init__(self, setup: Groups | None = None, *, seed: int = 1, run: int = 0) -> None:
        check_luck(seed, run)
        self.setup = Groups() if setup is None else setup
        if not isinstance(self.setup, Groups):
            raise UserError(f"setup is {setup!r}; give a Groups, as cleansing() makes one")
        self.time = 0
        self._level: Any = self.setup.legitimacy
        self._luck = Luck(seed)
        self._run = run
        given = self.setup
        sight = int(max(given.vision, given.police_vision))
        self.torus: Torus = torus_of(given.height, given.width, sight)
        self._sights = (
            sight_of(given.vision, given.metric, self.torus),
            sight_of(given.police_vision, given.metric, self.torus),
            sight_of(_ROUND, "euclid", self.torus),
        )
        self._numbers = Numbers(
            threshold=given.threshold,
            longest_term=given.longest_term,
            clone_chance=given.clone_chance,
            longest_life=given.longest_life,
            freed_near=given.freed == "near",
            people_sites=sites_seen(self._sights[0]),
            police_sites=sites_seen(self._sights[1]),
        )
        self._chances = _chances(self._numbers.people_sites, given)
        self.police = round(given.police * given.height * given.width)
        self.field = self._placed()
        self._listed = np.zeros(given.height * given.width, np.int32)

    def _placed(self) -> Field:
        given, sites = self.setup, self.torus.words * 64
        area = given.height * given.width
        people = min(round(given.people * area), area - self.police)
        field = Field(
            planes=np.zeros((self.torus.words, ALL_PLANES), np.uint64),
            traits=np.zeros((sites, 2), np.float32),
            ages=np.zeros((sites, 2), np.uint16),
            cells=np.zeros((1 + area, CELL)),
        )
        key = self._key(GROUPS_PLACES, 0)
        place_agents(field, self.torus, key, given.people, given.police, people, self.police, True)
        settle_groups(
            field, self.torus, self._key(GROUPS_LIVES, 0), people, round(given.first_share * people),
            given.longest_life,
        )  # fmt: skip
        return field

    def _key(self, purpose: int, tick: Any) -> Any:
        return self._luck.streams(purpose, self._run, tick)

    def run(
        self,
        steps: int,
        *,
        legitimacy: ArrayLike | None = None,
        police: Sequence[int] | NDArray[np.int64] | None = None,
        watch: Callable[[TwoGroups], None] | None = None,
        until_extinction: bool = False,
    ) -> GroupSeries:
        """Take so many steps, or fewer ``until_extinction`` of a group.

        Parameters
        ----------
        legitimacy
            L at each step (time,), or one number from here on; if left out, that of the step before, and
            the set-up's at the start.
        police
            Officers at each step (time,): those too many leave at random, those who lack come to random free
            sites.
        watch
            Called after every step, to look at the lattice.
        """
        levels = levels_over(self._level if legitimacy is None else legitimacy, steps)
        check_officers(police, steps)
        self._level = levels[-1] if steps else self._level
        told = _told(steps)
        one_by_one = police is not None or watch is not None
        stride = 1 if one_by_one else steps_at_a_time(self.setup.height * self.setup.width)
        taken = 0
        for first in range(0, steps, stride):
            if police is not None:
                self.set_police(int(police[first]))
            part = slice(first, min(first + stride, steps))
            taken += self._advance(levels[part], until_extinction, Told(*(array[part] for array in told)))
            if watch is not None:
                watch(self)
            if until_extinction and taken and told.people[taken - 1].min() == 0:
                break
        return GroupSeries(*(array[:taken] for array in told))

    def _advance(self, levels: NDArray[np.float64], until_extinction: bool, told: Told) -> int:
        ticks = np.arange(self.time + 1, self.time + 1 + len(levels), dtype=np.uint64)
        taken = int(
            run_steps(
                self.field, self.torus, self._sights, self._numbers, self._chances, self._listed,
                self._key(GROUPS_TURNS, ticks), self._key(GROUPS_LIVES, ticks), levels, until_extinction,
                told,
            )
        )  # fmt: skip
        self.time += taken
        return taken

    def set_police(self, officers: int) -> None:
        """Take officers away from random sites, or bring more to random free sites."""
        check_whole("officers", officers)
        free = int(free_sites(self.field, self.torus))
        if not 0 <= officers <= self.police + free:
            raise UserError(f"{officers} officers do not fit; give 0 to {self.police + free}")
        if officers != self.police:
            key = self._key(GROUPS_PLACES, self.time + 1)
            resize_police(self.field, self.torus, key, officers, self.police)
            self.police = officers

    def counts(self) -> dict[str, int]:
        """People of both groups, active and jailed among them, and officers, by a recount of the sites."""
        people, active, jailed = (np.zeros(2, np.int64) for _ in range(3))
        count_people(self.field, self.torus, people, active, jailed)
        named = {
            f"{name}_{group}": int(counted[i])
            for name, counted in (("people", people), ("active", active), ("jailed", jailed))
            for i, group in enumerate(("first", "second"))
        }
        return named | {"police": int(as_grid(self.field.planes, POLICE, self.torus).sum())}

    def grid(self) -> NDArray[np.int8]:
        """Who is on each site (row, column), by the place in :data:`STATES`."""
        first, second, active, police = (
            as_grid(self.field.planes, plane, self.torus) for plane in (FIRST, SECOND, ACTIVE, POLICE)
        )
        return (first * (1 + active) + second * (3 + active) + police * OFFICER).astype(np.int8)


def _told(steps: int) -> Told:
    by_group = {name: np.zeros((steps, 2), np.int64) for name in Told._fields if name != "arrests"}
    return Told(**by_group, arrests=np.zeros(steps, np.int64))


def _chances(sites: int, setup: Groups) -> NDArray[np.float64]:
    table = np.zeros((sites + 1, sites + 2))
    for police in range(sites + 1):
        for active in range(1, sites + 2):
            table[police, active] = arrest_chance(police, active, setup.arrest_constant, RATIOS[setup.ratio])
    return table
