"""What the kernel reads and writes: plain arrays, named.

Dimensions: run, city, site, event, member, sortie, field, time (hours), day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from foedus.alliance.arrival import Airlift

# What an event does in a run. Other kinds of the case (news, purge, framing, pledge, arrival) are for
# the record and have no row here.
SHOCK, CONCESSION, EMERGENCY, BLACKOUT, STAND_ASIDE, LETHAL, REINFORCEMENT = range(7)
ORDERS = 7
ORDER_OF_KIND = {
    "shock": SHOCK,
    "concession": CONCESSION,
    "emergency": EMERGENCY,
    "blackout": BLACKOUT,
    "stand_aside": STAND_ASIDE,
    "lethal_order": LETHAL,
    "reinforcement": REINFORCEMENT,
}


# What contingents may do beside guarding the sites of their task.
GUARD, PROTECT, FORCE = range(3)
RULES_OF_ENGAGEMENT = {"guard": GUARD, "protect": PROTECT, "force": FORCE}


class Switches(NamedTuple):
    """What an arm switches on. Arms of one study share all else, luck included.

    ``contingents`` whether they are asked for at all, then the three channels: ``announcement``,
    ``guards`` and ``presence``. ``orders`` are the host's orders that hang on the request. ``stand_aside``
    lets forces stand aside; ``free`` lets rules decide in the place of dates.
    """

    contingents: bool
    announcement: bool
    guards: bool
    presence: bool
    orders: bool
    stand_aside: bool
    free: bool


class World(NamedTuple):
    """The host as the kernel sees it.

    ``people`` (city,), ``entity`` (city,) keys of draws, ``normal`` (run, city) forces free for the
    street, ``legitimacy`` (run, city) before the shock, ``site_city`` (site,), ``seat`` (site,) whether
    a seat of power, ``is_seat`` (site,) whether a seat of any kind, ``guard`` and ``attention``
    (run, site), ``task_site`` (task,) sites that contingents guard first to last, ``task_guard`` and
    ``task_reserve`` (run,), ``engagement`` what contingents may do (GUARD, PROTECT or FORCE),
    ``hour_of_day`` and ``day`` (time,).
    """

    people: Any
    entity: Any
    normal: Any
    legitimacy: Any
    site_city: Any
    seat: Any
    is_seat: Any
    guard: Any
    attention: Any
    task_site: Any
    task_guard: Any
    task_reserve: Any
    engagement: int
    hour_of_day: Any
    day: Any


class Schedule(NamedTuple):
    """Dated decisions of the case.

    ``order`` (event,), ``start`` and ``end`` (run, event) in hours, ``weight`` (event,), ``where``
    (event, city), ``hangs_on_request`` (event,), ``request`` and ``activation`` (run,) in hours and -1
    where there is none, ``leave`` and ``leaving`` (run,): hours from the activation to the start of the
    withdrawal, -1 where no date rules it, and its length. ``leave_after_calm`` (run,): hours from the hour
    in which calm is seen to the start of the withdrawal, -1 where calm does not rule it.
    """

    order: Any
    start: Any
    end: Any
    weight: Any
    where: Any
    hangs_on_request: Any
    request: Any
    activation: Any
    leave: Any
    leaving: Any
    leave_after_calm: Any


class Course(NamedTuple):
    """What one arm writes, by run; counts are people, cumulative where they are tolls.

    ``faction_loyalty`` and ``faction_broken`` (run, time) are the state of the faction, which acts in free
    mode alone; ``withheld`` (run, time) is the share of the usual forces that stands aside, by dated events
    or by the faction. ``left_at`` (run,): the hour at which the last contingents are gone, NaN where no
    withdrawal was begun.
    """

    active: Any
    killed_civilian: Any
    killed_forces: Any
    hurt: Any
    hurt_forces: Any
    arrested: Any
    troops: Any
    loyalty: Any
    seats_lost: Any
    cities_in_unrest: Any
    participants: Any
    city_peak: Any
    city_peak_at: Any
    city_killed: Any
    site_lost_at: Any
    site_retaken_at: Any
    site_lost_hours: Any
    site_attacked: Any
    member_troops: Any
    first_arrival: Any
    closure: Any
    request_at: Any
    activation_at: Any
    falls: Any
    faction_loyalty: Any
    faction_broken: Any
    withheld: Any
    left_at: Any


@dataclass(frozen=True, slots=True)
class Plant:
    """Everything that a kernel call needs but the range of runs and the arm."""

    world: World
    schedule: Schedule
    airlift: Airlift
    rule: Any
    key: Any
    hours: int
    streets: Any

    def until(self, hours: int) -> Plant:
        """The same plant, stopped after so many hours: what happens before does not change by a bit."""
        world = self.world._replace(
            hour_of_day=self.world.hour_of_day[:hours].copy(), day=self.world.day[:hours].copy()
        )
        return replace(self, world=world, hours=hours)


def empty_course(runs: int, hours: int, days: int, cities: int, sites: int, members: int) -> Course:
    """Allocate the arrays of one arm."""
    time = (runs, hours)
    return Course(
        active=np.zeros(time, np.int32),
        killed_civilian=np.zeros(time, np.int32),
        killed_forces=np.zeros(time, np.int32),
        hurt=np.zeros(time, np.int32),
        hurt_forces=np.zeros(time, np.int32),
        arrested=np.zeros(time, np.int32),
        troops=np.zeros(time, np.int32),
        loyalty=np.zeros(time, np.float32),
        seats_lost=np.zeros(time, np.int8),
        cities_in_unrest=np.zeros(time, np.int16),
        participants=np.zeros((runs, days), np.int32),
        city_peak=np.zeros((runs, cities, days), np.int32),
        city_peak_at=np.full((runs, cities), np.nan, np.float32),
        city_killed=np.zeros((runs, cities), np.int32),
        site_lost_at=np.full((runs, sites), np.nan, np.float32),
        site_retaken_at=np.full((runs, sites), np.nan, np.float32),
        site_lost_hours=np.zeros((runs, sites), np.int16),
        site_attacked=np.zeros((runs, sites), np.bool_),
        member_troops=np.zeros((runs, members), np.int32),
        first_arrival=np.full(runs, np.nan, np.float32),
        closure=np.full(runs, np.nan, np.float32),
        request_at=np.full(runs, np.nan, np.float32),
        activation_at=np.full(runs, np.nan, np.float32),
        falls=np.zeros(runs, np.bool_),
        faction_loyalty=np.zeros(time, np.float32),
        faction_broken=np.zeros(time, np.bool_),
        withheld=np.zeros(time, np.float32),
        left_at=np.full(runs, np.nan, np.float32),
    )
