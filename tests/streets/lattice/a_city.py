"""Cities on the lattice and on crowd, hour by hour, outside the engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np

from foedus.cases.parameters import declared
from foedus.engine.arrays import LETHAL, ORDERS
from foedus.engine.conditions import Conditions
from foedus.engine.streets import CROWD, advance, ground_of, on_lattice
from foedus.streets.crowd.kernel import pace_of
from foedus.streets.lattice.city.hour import advance_city_on_lattice
from foedus.streets.lattice.city.layout import (
    ACTIVE,
    OCCUPIED,
    PENDING,
    POLICE,
    RESTING,
    count_people,
    settle_city,
    torus_at,
)
from foedus.streets.lattice.city.sight import fill_sight, squared_vision
from foedus.streets.lattice.steps import count_inside
from foedus.streets.toll import room_for_toll

KEY = np.array([3, 1], np.uint64)
NAMES = (
    "joined", "left", "arrested", "killed", "hurt", "forces_killed", "forces_hurt", "rested", "fetched",
    "overrun",
)  # fmt: skip


def rule_with(**values):
    """A rule record with middle values, and some of one's own."""
    parameters = declared()
    record = np.zeros(1, dtype=[(name, np.float64) for name in parameters])
    for name, parameter in parameters.items():
        record[name] = parameter.central()
    for name, value in values.items():
        record[name] = value
    return record[0]


@dataclass
class City:
    """One city on the lattice, with the counts that the engine would keep."""

    people: int
    weight: int
    rule: object
    pruned: bool = True
    normal: float = 100.0
    legitimacy: float = 0.8
    lowest: float = 0.7
    run: int = 0
    entity: int = 5
    sight: object = None
    active: int = 0
    resting: int = 0
    jailed: int = 0
    dead: int = 0
    hours: int = 0
    tolls: list = field(default_factory=list)

    def __post_init__(self):
        self.model = on_lattice([self.people], self.weight, pruned=self.pruned)
        self.cities = self.model.cities
        self.planes, self.traits, self.left, self.listed, sights, _, self.toll = ground_of(self.model, 1)
        self.torus = torus_at(self.cities, 0)
        settle_city(
            self.planes, self.traits, self.left, self.torus, np.uint64(99 + self.run), self.cities.agents[0],
            self.people, self.cities.weight[0], self.lowest, self.rule["threshold"], self.rule["reach"],
        )  # fmt: skip
        side = self.torus.height
        if self.sight is None:
            officers = max(self.normal / self.cities.weight[0], 1e-9)
            square = squared_vision(self.rule["police_visibility"] * side * side / officers, side)
            words, self.in_view = fill_sight(sights[0], square, self.torus.stride)
            self.sight = np.ascontiguousarray(sights[0][:, :words])
        else:
            self.sight, self.in_view = self.sight(self.torus)

    def hour(self, **told):
        """One hour; what it brought, by name."""
        now = {
            "free": self.normal, "beside": 0.0, "acting": 0.0, "legitimacy": self.legitimacy, "severity": 1.0,
            "news": 0.0, "blackout": 0.0, "lethal": 0.0, "emergency": 0.0, "siege": 0.0, "night": False,
        } | told  # fmt: skip
        found = advance_city_on_lattice(
            self.cities, self.planes, self.traits, self.left, self.listed, self.toll, self.sight,
            self.in_view, 0, KEY, self.run, self.hours, np.uint64(self.entity), self.active, *now.values(),
            pace_of(self.rule), self.rule,
        )  # fmt: skip
        toll = dict(zip(NAMES, found, strict=True))
        self.active += toll["joined"] - toll["left"] - toll["arrested"] - toll["killed"]
        self.resting += toll["left"] - toll["rested"] - toll["fetched"]
        self.jailed += toll["arrested"] + toll["fetched"]
        self.dead += toll["killed"]
        self.hours += 1
        self.tolls.append(toll)
        return toll

    def on_crowd(self, run, lethal=0.0):
        """The same hour of the same city on crowd, by day and without news."""

        def one(value):
            return np.array([value], float)

        def people(count):
            return np.array([count], np.int64)

        orders = np.zeros((ORDERS, 1))
        orders[LETHAL] = lethal
        found = Conditions(
            forces=one(self.normal), acting=one(0.0), in_street=one(self.normal),
            legitimacy=one(self.legitimacy), severity=one(1.0), news=one(0.0), withheld=one(0.0),
        )  # fmt: skip
        world = SimpleNamespace(
            normal={run: one(self.normal)},
            people=people(self.people),
            entity=np.array([self.entity], np.uint64),
        )
        toll = room_for_toll(1)
        advance(
            CROWD, ground_of(CROWD, 1), toll, KEY, run, self.hours, world, people(self.active),
            people(self.resting), people(self.jailed), people(self.dead), one(0.0), one(0.0), found, orders,
            False, pace_of(self.rule), self.rule,
        )  # fmt: skip
        return {name: int(getattr(toll, name)[0]) for name in NAMES}

    def recount(self):
        """People by a recount of the sites: active, resting, all citizens; and officers' agents."""
        return (
            count_people(self.planes, self.left, ACTIVE, PENDING, self.torus),
            count_people(self.planes, self.left, RESTING, PENDING, self.torus),
            count_people(self.planes, self.left, OCCUPIED, POLICE, self.torus),
            count_inside(self.planes, POLICE, self.torus),
        )
