"""Model I in plain Python, one agent at a time: slow, obvious, and independent of the compiled lattice."""

from __future__ import annotations

import math

import numpy as np

FREE, QUIET, ACTIVE, JAILED, OFFICER = range(5)


class PlainModel:
    """Mesa's rules (act, then move; ratio rounded, halves to even; the jailed keep their site)."""

    def __init__(self, setup, rng):
        self.setup, self.rng = setup, rng
        self.state = np.full((setup.height, setup.width), FREE)
        self.hardship = np.zeros(self.state.shape)
        self.aversion = np.zeros(self.state.shape)
        self.term = np.zeros(self.state.shape, int)
        draw = rng.random(self.state.shape)
        self.state[draw < setup.citizens + setup.police] = OFFICER
        self.state[draw < setup.citizens] = QUIET
        self.hardship[:] = rng.random(self.state.shape)
        self.aversion[:] = rng.random(self.state.shape)
        reach = int(setup.vision)
        self.seen = [
            (dy, dx)
            for dy in range(-reach, reach + 1)
            for dx in range(-reach, reach + 1)
            if 0 < abs(dy) + abs(dx) <= reach
        ]

    def step(self):
        todo = [tuple(site) for site in np.argwhere(self.state != FREE)]
        self.rng.shuffle(todo)
        self.acted_at = set()
        moved = {}
        for site in todo:
            self.turn(tuple(site))
        return int((self.state == ACTIVE).sum()), int((self.state == JAILED).sum()), moved

    def turn(self, site):
        y, x = site
        if self.state[site] == JAILED:
            if self.term[site] > 0:
                self.term[site] -= 1
                return
            self.state[site] = QUIET
        height, width = self.state.shape
        view = [((y + dy) % height, (x + dx) % width) for dy, dx in self.seen]
        free = [other for other in view if self.state[other] == FREE]
        active = [other for other in view if self.state[other] == ACTIVE]
        if self.state[site] == OFFICER:
            if active:
                caught = active[self.rng.integers(len(active))]
                self.state[caught] = JAILED
                self.term[caught] = self.rng.integers(self.setup.longest_term + 1)
        else:
            police = sum(self.state[other] == OFFICER for other in view)
            chance = 1 - math.exp(-self.setup.arrest_constant * round(police / (1 + len(active))))
            grievance = self.hardship[site] * (1 - self.setup.legitimacy)
            willing = grievance - self.aversion[site] * chance > self.setup.threshold
            self.state[site] = ACTIVE if willing else QUIET
        if free:
            to = free[self.rng.integers(len(free))]
            for array in (self.state, self.hardship, self.aversion, self.term):
                array[to] = array[site]
            self.state[site] = FREE
