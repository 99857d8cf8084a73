"""A lattice as a user holds it: set up, run, counted, looked at."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numba
import numpy as np
from numba import cfunc
from numpy.typing import ArrayLike, NDArray

from foedus.chance import Luck
from foedus.chance.purposes import LATTICE_PLACES, LATTICE_TURNS
from foedus.errors import UserError
from foedus.memory import check_fits
from foedus.streets.lattice.checks import (
    check_luck,
    check_officers,
    check_own_rule,
    check_whole,
    levels_over,
)
from foedus.streets.lattice.course import run_drawn, run_in_order, steps_at_a_time, tally
from foedus.streets.lattice.order import Tiles, tiles_of
from foedus.streets.lattice.placing import place_agents, resize_police
from foedus.streets.lattice.rules import (
    ACTIVE,
    JAILED,
    OCCUPIED,
    PLANES,
    POLICE,
    RATIOS,
    WILLING,
    Field,
    Rules,
    chance_table,
    epstein_willing,
)
from foedus.streets.lattice.setup import Epstein
from foedus.streets.lattice.sharing import run_on_threads
from foedus.streets.lattice.steps import count_inside
from foedus.streets.lattice.torus import BLOCK, Torus, as_grid, site_grid, torus_of
from foedus.streets.lattice.vision import sight_of, sites_seen

_numba: Any = numba
MOST_THREADS: int = _numba.config.NUMBA_NUM_THREADS
BYTES_A_SITE = 10
"""Two traits and a term, of which there is one for each site and each image in the margin. [bytes]"""
EMPTY, QUIET_CITIZEN, ACTIVE_CITIZEN, JAILED_CITIZEN, OFFICER = range(5)
STATES = ("free site", "quiet citizen", "active citizen", "jailed citizen", "officer")


@dataclass(frozen=True, slots=True)
class Series:
    """What a run leaves, by step (time,): agents active, jailed and quiet at its end, and arrests in it."""

    active: NDArray[np.int64]
    jailed: NDArray[np.int64]
    quiet: NDArray[np.int64]
    arrests: NDArray[np.int64]


class Lattice:
    """One torus of citizens and police.

    Parameters
    ----------
    setup
        The model: :func:`as_printed`, :func:`mesa`, :func:`netlogo` or an :class:`Epstein` of your own.
    seed, run
        The luck. The same seed and run give the same bits, on any number of threads.
    threads
        At most so many; all cores where left out.
    tile
        Sites a side of a tile, 8 at least; 64 where left out. Another size is another order of turns, so
        other bits of the same model.
    willing
        A rule of your own in the place of Epstein's: a function of (hardship, risk_aversion, legitimacy,
        threshold, police, active) that says whether a citizen is active. Numba compiles it. It may not
        raise, which nobody would hear, and not draw by chance, which no seed would bring back.

    Examples
    --------
    >>> from foedus.streets import lattice
    >>> world = lattice.Lattice(lattice.as_printed(), seed=1)
    >>> series = world.run(100)
    >>> series.active.shape
    (100,)
    """

    def __init__(
        self,
        setup: Epstein | None = None,
        *,
        seed: int = 1,
        run: int = 0,
        willing: Callable[..., bool] | None = None,
        threads: int | None = None,
        tile: int | None = None,
    ) -> None:
        check_luck(seed, run)
        self.setup = Epstein() if setup is None else setup
        if not isinstance(self.setup, Epstein):
            raise UserError(f"setup is {setup!r}; give an Epstein, as lattice.mesa() makes one")
        self.time = 0
        self._level: Any = self.setup.legitimacy
        self._luck = Luck(seed)
        self._run = run
        self._threads = _threads(threads)
        sight = int(max(self.setup.vision, self.setup.police_vision))
        self.torus: Torus = torus_of(self.setup.height, self.setup.width, sight)
        self._citizen = sight_of(self.setup.vision, self.setup.metric, self.torus)
        self._officer = sight_of(self.setup.police_vision, self.setup.metric, self.torus)
        self._tiles = _tiles(self.torus, self.setup, tile)
        self._chances = chance_table(
            sites_seen(self._citizen), self.setup.arrest_constant, RATIOS[self.setup.ratio]
        )
        self._own = epstein_willing if willing is None else compiled(willing)
        self._rules = Rules(
            threshold=self.setup.threshold,
            arrest_constant=self.setup.arrest_constant,
            ratio=RATIOS[self.setup.ratio],
            longest_term=self.setup.longest_term,
            move_first=self.setup.turn == "move_then_act",
            keep_site=self.setup.jailed == "keep_site",
            mobile=self.setup.mobile,
            own=willing is not None,
            citizen_sites=sites_seen(self._citizen),
            police_sites=sites_seen(self._officer),
        )
        self.field, self.citizens, self.police = self._placed()
        self._listed = self._lists()

    def _placed(self) -> tuple[Field, int, int]:
        sites = self.torus.words * 64
        check_fits(
            sites * BYTES_A_SITE, f"{self.setup.height:,} x {self.setup.width:,} sites", "give smaller sides"
        )
        field = Field(
            planes=np.zeros((self.torus.words, PLANES), np.uint64),
            traits=np.zeros((sites, 2), np.float32),
            term=np.zeros(sites, np.uint16),
            cells=np.zeros((1, 3)),
        )
        area = self.setup.height * self.setup.width
        officers = round(self.setup.police * area)
        wanted = (min(round(self.setup.citizens * area), area - officers), officers)
        citizens, police = place_agents(
            field, self.torus, self._key(LATTICE_PLACES, 0), self.setup.citizens, self.setup.police,
            *wanted, self.setup.placing == "exact",
        )  # fmt: skip
        if self.setup.jailed == "leave":
            field = field._replace(cells=np.zeros((1 + citizens, 3)))
        return field, int(citizens), int(police)

    def _lists(self) -> NDArray[np.int32]:
        area = int(np.diff(self._tiles.rows).max()) * int(np.diff(self._tiles.columns).max())
        alone = len(self._tiles.rows) == len(self._tiles.columns) == 2
        return np.zeros((1 if alone else MOST_THREADS, area), np.int32)

    def _key(self, purpose: int, tick: Any) -> Any:
        return self._luck.streams(purpose, self._run, tick)

    @property
    def bytes_used(self) -> int:
        """Memory of all state, margins and working lists included. [bytes]"""
        return sum(array.nbytes for array in self.field) + self._listed.nbytes

    def run(
        self,
        steps: int,
        *,
        legitimacy: ArrayLike | None = None,
        police: Sequence[int] | NDArray[np.int64] | None = None,
        watch: Callable[[Lattice], None] | None = None,
    ) -> Series:
        """Take so many steps.

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
        series = Series(*(np.zeros(steps, np.int64) for _ in range(4)))
        one_by_one = police is not None or watch is not None
        part = 1 if one_by_one else steps_at_a_time(self.citizens + self.police)
        for first in range(0, steps, part):
            if police is not None:
                self.set_police(int(police[first]))
            last = min(first + part, steps)
            self._advance(levels[first:last], series, slice(first, last))
            if watch is not None:
                watch(self)
        series.quiet[:] = self.citizens - series.active - series.jailed
        return series

    def _advance(self, levels: NDArray[np.float64], series: Series, part: slice) -> None:
        ticks = np.arange(self.time, self.time + len(levels), dtype=np.uint64)
        keys = self._key(LATTICE_TURNS, ticks)
        self.time += len(levels)
        rule = (self.torus, self._citizen, self._officer, self._rules, self._chances, self._own)
        told = (keys, levels, series.active[part], series.jailed[part], series.arrests[part])
        if self.setup.activation == "drawn":
            run_drawn(*self.field, *rule, *told)
        elif self._threads == 1 or self._listed.shape[0] == 1 or self.setup.jailed == "leave":
            run_in_order(*self.field, self._tiles, self._listed, *rule, *told)
        else:
            run_on_threads(self._threads, self.field, self._tiles, self._listed, *rule, *told)

    def set_police(self, officers: int) -> None:
        """Take officers away from random sites, or bring more to random free sites."""
        on_sites = count_inside(self.field.planes, OCCUPIED, self.torus) + int(self.field.cells[0, 0])
        free = self.setup.height * self.setup.width - on_sites
        check_whole("officers", officers)
        if not 0 <= officers <= self.police + free:
            raise UserError(f"{officers} officers do not fit; give 0 to {self.police + free}")
        if officers != self.police:
            resize_police(
                self.field, self.torus, self._key(LATTICE_PLACES, self.time + 1), officers, self.police
            )
            self.police = officers

    def counts(self) -> dict[str, int]:
        """Citizens quiet, active and jailed, and officers, by a recount of the sites."""
        active, jailed = tally(self.field.planes, self.field.cells, self.torus)
        on_sites = count_inside(self.field.planes, OCCUPIED, self.torus)
        police = count_inside(self.field.planes, POLICE, self.torus)
        citizens = int(on_sites - police + self.field.cells[0, 0])
        return {
            "quiet": citizens - int(active) - int(jailed),
            "active": int(active),
            "jailed": int(jailed),
            "police": int(police),
        }

    def grid(self) -> NDArray[np.int8]:
        """Who is on each site (row, column), by the place in :data:`STATES`."""
        out = as_grid(self.field.planes, OCCUPIED, self.torus).astype(np.int8)
        for plane, state in ((ACTIVE, ACTIVE_CITIZEN), (JAILED, JAILED_CITIZEN), (POLICE, OFFICER)):
            out[as_grid(self.field.planes, plane, self.torus)] = state
        return out

    def grievance(self) -> NDArray[np.float32]:
        """Grievance h (1 - L) of the citizen on each site (row, column); NaN where none is."""
        hardship = self.field.traits[site_grid(self.torus), 0]
        citizen = np.isin(self.grid(), (QUIET_CITIZEN, ACTIVE_CITIZEN, JAILED_CITIZEN))
        return np.where(citizen, hardship * np.float32(1.0 - float(self._level)), np.float32(np.nan))


def _threads(threads: int | None) -> int:
    most = MOST_THREADS
    if threads is None:
        return min(os.cpu_count() or 1, most)
    check_whole("threads", threads, 1)
    return min(threads, most)


def _tiles(torus: Torus, setup: Epstein, tile: int | None) -> Tiles:
    if tile is None:
        return tiles_of(torus, setup.reach)
    check_whole("tile", tile, BLOCK)
    return tiles_of(torus, setup.reach, tile=tile, alone=0)


def compiled(willing: Callable[..., bool]) -> Any:
    """Compile a rule of one's own for the kernel.

    Raises
    ------
    UserError
        The function does not compile as (hardship, risk_aversion, legitimacy, threshold, police, active),
        or raises, or draws by chance.
    """
    rule = getattr(willing, "py_func", willing)
    check_own_rule(rule)
    try:
        trial = _numba.njit(rule, error_model="numpy")
        trial.compile(WILLING.args)
        if _numba.types.unliteral(trial.nopython_signatures[0].return_type) != WILLING.return_type:
            raise TypeError("it gives something else than True or False")
        return cfunc(WILLING, error_model="numpy")(rule)
    except (_numba.core.errors.NumbaError, TypeError) as wrong:
        name = getattr(willing, "__name__", "the rule")
        told = [line for line in str(wrong).splitlines() if line.strip() and "pipeline" not in line]
        first = told[0].strip() if told else type(wrong).__name__
        raise UserError(
            f"{name} does not compile as a rule of (hardship, risk_aversion, legitimacy, threshold, police, "
            f"active) that gives True or False: {first}"
        ) from None


def run(setup: Epstein | None = None, *, steps: int, seed: int = 1, run: int = 0, **how: Any) -> Series:
    """Run one lattice from the start and give its series: the short way to :class:`Lattice`."""
    return Lattice(setup, seed=seed, run=run, **how).run(steps)


def with_changes(setup: Epstein, **changes: Any) -> Epstein:
    """The same set-up with some values changed, checked anew."""
    return replace(setup, **changes)
