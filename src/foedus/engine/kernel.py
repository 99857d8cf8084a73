"""The kernel: one pass of a crisis through the rooms, hour by hour, for a range of runs.

Every draw is keyed by (seed, run, tick, purpose, entity), so a run gives the same bits alone, in any
chunk and on any thread. The kernel couples the rooms; what each does stands in its own room.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from foedus.alliance.arrival import Airlift, land
from foedus.chance.compiled import lent
from foedus.engine.arrays import (
    GUARD,
    LETHAL,
    ORDERS,
    REINFORCEMENT,
    STAND_ASIDE,
    Course,
    Schedule,
    Switches,
    World,
)
from foedus.engine.conditions import conditions_of_the_hour, room_for
from foedus.engine.orders import orders_by_rule, orders_of_the_hour
from foedus.engine.streets import advance, film, ground_of, halted, settle
from foedus.government import rules
from foedus.government.faction import faction_next, stands_aside
from foedus.government.loyalty import after_announcement, loyalty_next
from foedus.streets.calm import HOURS_QUIET
from foedus.streets.crowd.kernel import (
    bearable,
    free_forces_next,
    pace_of,
    strong_news,
)
from foedus.streets.quiet import quiet_limit
from foedus.streets.sites import crowd_at_site, lost_next, under_attack
from foedus.streets.toll import room_for_toll

UNREST_PEOPLE = 50
UNREST_SHARE = 1.0e-4
HOURS_TO_FALL = 24
A_DAY = 24.0


@njit(cache=True, nogil=True, error_model="numpy")
def share_present(since: float, leave: float, leaving: float) -> float:
    """Share of the contingents still there, ``since`` hours after the activation."""
    if leave < 0.0 or since < leave:
        return 1.0
    return max(0.0, 1.0 - (since - leave) / max(leaving, 1.0))


@lent
def post_contingents(
    available: float,
    guard_each: float,
    reserve: float,
    world: World,
    switches: Switches,
    posted: Any,
    present: Any,
    beside: Any,
) -> None:
    """Put available contingents on the sites of the task, first things first, the rest in reserve.

    Writes ``posted`` (site,) troops on guard, ``present`` (city,) foreign troops in each city, and
    ``beside`` (city,) those of them that stand in the street beside local forces: the reserve, where the
    rules of engagement let it. The reserve is in the city of the first site.
    """
    posted[:] = 0.0
    present[:] = 0.0
    beside[:] = 0.0
    tasks = world.task_site.shape[0]
    if tasks == 0 or available <= 0.0:
        return
    for_guard = available * (1.0 - reserve)
    for k in range(tasks):
        site = world.task_site[k]
        put = min(for_guard, guard_each)
        for_guard -= put
        available -= put
        present[world.site_city[site]] += put
        if switches.guards:
            posted[site] = put
    first = world.site_city[world.task_site[0]]
    present[first] += available
    if switches.presence and world.engagement != GUARD:
        beside[first] = available


@njit(cache=True, nogil=True, error_model="numpy")
def simulate(
    first: int,
    runs: int,
    key: Any,
    switches: Switches,
    world: World,
    schedule: Schedule,
    lift: Airlift,
    rules_of_run: Any,
    streets: Any,
    out: Course,
) -> None:
    """Run ``runs`` crises from run ``first`` on, and write row ``i - first`` of ``out`` for run ``i``.

    ``streets`` is the street model, of :mod:`foedus.engine.streets`.
    """
    cities = world.people.shape[0]
    ground = ground_of(streets, cities)
    found = room_for(cities)
    toll = room_for_toll(cities)
    sites = world.site_city.shape[0]
    members = lift.delay.shape[1]
    sorties = lift.hour.shape[0]
    fields = lift.site.shape[0]
    hours = world.hour_of_day.shape[0]
    events = schedule.order.shape[0]
    urban = 0.0
    seats = 0
    for c in range(cities):
        urban += world.people[c]
    for s in range(sites):
        seats += 1 if world.seat[s] else 0

    for i in range(first, first + runs):
        r = i - first
        rule = rules_of_run[i]
        settle(streets, ground, key, i, world, schedule, rule)
        active = np.zeros(cities, np.int64)
        resting = np.zeros(cities, np.int64)
        jailed = np.zeros(cities, np.int64)
        dead = np.zeros(cities, np.int64)
        recent_dead = np.zeros(cities)
        today = np.zeros(cities, np.int64)
        highest = np.zeros(cities, np.int64)
        free = world.normal[i].copy()
        orders = np.zeros((ORDERS, cities))
        in_force = np.zeros(events, np.bool_)
        lost = np.zeros(sites, np.bool_)
        posted = np.zeros(sites)
        present = np.zeros(cities)
        beside = np.zeros(cities)
        freed = np.zeros(cities)
        troubled = np.zeros(cities, np.bool_)
        siege = np.zeros(cities)
        landed = np.zeros(sorties, np.bool_)
        room = np.zeros(fields)
        on_road = np.zeros(hours + int(A_DAY) * 2)
        by_member = np.zeros(members, np.int64)
        decided = np.full(rules.DECISIONS, rules.NEVER)
        killed_all = 0
        forces_killed_all = 0
        hurt_all = 0
        forces_hurt_all = 0
        arrested_all = 0
        arrived_all = 0
        on_site = 0.0
        news = 0.0
        usual_loyalty = rule.loyalty_start
        loyalty = usual_loyalty
        faction_start = rule.faction_start * usual_loyalty
        faction = faction_start
        broken = False
        held_back = rule.faction_share if switches.free else rule.withheld
        leave = schedule.leave[i]
        peak = 0
        quiet_hours = 0
        announced = False
        seat_hours = 0.0
        fallen_hours = 0
        falls = False
        request = -1.0
        activation = -1.0
        day = -1
        pace = pace_of(rule)
        memory = math.exp(-1.0 / rule.news_memory)
        forget = math.exp(-1.0 / A_DAY)
        last_landing = -1.0

        for t in range(hours):
            if halted(streets):
                return
            hour = t + 0.5
            night = world.hour_of_day[t] >= rule.night_from or world.hour_of_day[t] < rule.night_until
            if world.day[t] != day:
                day = world.day[t]
                for c in range(cities):
                    today[c] = active[c]

            # The government: its dated decisions, or its rules.
            orders_of_the_hour(i, hour, schedule, switches, in_force, orders)
            if switches.free:
                total = 0.0
                for c in range(cities):
                    total += active[c]
                rules.decide(
                    decided, float(t), total / max(urban, 1.0), seat_hours,
                    rules.hold(loyalty, faction, rule), rules.hold(usual_loyalty, faction_start, rule),
                    switches.contingents and members > 0, members > 0 and lift.joins[i, lift.lead], rule,
                )  # fmt: skip
                orders_by_rule(float(t), decided, switches.stand_aside and broken, troubled, orders)
                request = decided[rules.ASK]
                activation = decided[rules.ACTIVATION]
            elif switches.contingents:
                request = schedule.request[i]
                activation = schedule.activation[i]

            # The alliance: what lands, and where it stands.
            since = t - activation
            if activation >= 0.0 and since >= 0.0:
                if switches.announcement and not announced:
                    loyalty = after_announcement(loyalty, rule)
                    faction = after_announcement(faction, rule)
                announced = True
                now = land(i, since, landed, room, lost, lift, on_road, by_member)
                if now > 0:
                    if arrived_all == 0:
                        out.first_arrival[r] = t + 1.0 - request
                    arrived_all += now
                    last_landing = float(t)
                place = int(since)
                if place < on_road.shape[0]:
                    on_site += on_road[place]
                left = share_present(since, leave, schedule.leaving[i])
                in_country = arrived_all * left
                on_task = on_site * left if switches.presence or switches.guards else 0.0
                post_contingents(
                    on_task,
                    world.task_guard[i],
                    world.task_reserve[i],
                    world,
                    switches,
                    posted,
                    present,
                    beside,
                )
            else:
                in_country = 0.0

            # Sites: guards relieved by contingents go to the street; crowd against defence.
            freed[:] = 0.0
            seats_down = 0
            any_seat_down = False
            sites_down = 0
            troubled[:] = False
            siege[:] = 0.0
            for s in range(sites):
                c = world.site_city[s]
                withheld = orders[STAND_ASIDE, c] * held_back
                relieved = min(world.guard[i, s], posted[s]) * rule.guards_freed
                guard = (world.guard[i, s] - relieved) * (1.0 - withheld) + posted[s]
                crowd = crowd_at_site(float(active[c]), world.attention[i, s])
                faced = bearable(orders[LETHAL, c], rule)
                attacked = under_attack(crowd, guard, faced)
                if attacked:
                    out.site_attacked[r, s] = True
                    troubled[c] = True
                was = lost[s]
                if not was:
                    freed[c] += relieved
                in_street = free[c] * (1.0 - withheld) + beside[c]
                lost[s] = lost_next(was, crowd, guard, in_street, faced, rule)
                if crowd >= guard > 0.0 and not lost[s]:
                    siege[c] = min(siege[c] + world.attention[i, s], 1.0)
                if lost[s]:
                    out.site_lost_hours[r, s] += 1
                    if not was and np.isnan(out.site_lost_at[r, s]):
                        out.site_lost_at[r, s] = hour
                    sites_down += 1
                    seats_down += 1 if world.seat[s] else 0
                    any_seat_down = any_seat_down or world.is_seat[s]
                elif was and np.isnan(out.site_retaken_at[r, s]):
                    out.site_retaken_at[r, s] = hour
            if any_seat_down:
                seat_hours += 1.0

            # The streets, city by city.
            in_unrest = 0
            out_today = 0
            all_active = 0
            overrun_forces = 0.0
            normal_forces = 0.0
            withheld_forces = 0.0
            killed_before = forces_killed_all
            conditions_of_the_hour(
                found, i, news, held_back, orders, free, recent_dead, present, beside, switches, world, rule
            )
            advance(
                streets, ground, toll, key, i, t, world, active, resting, jailed, dead, beside, siege, found,
                orders, night, pace, rule,
            )  # fmt: skip
            for c in range(cities):
                killed, f_killed, f_hurt = toll.killed[c], toll.forces_killed[c], toll.forces_hurt[c]
                taken = toll.arrested[c] + toll.fetched[c]
                active[c] += toll.joined[c] - toll.left[c] - toll.arrested[c] - killed
                resting[c] += toll.left[c] - toll.rested[c] - toll.fetched[c]
                jailed[c] += taken
                dead[c] += killed
                today[c] += toll.joined[c]
                recent_dead[c] = recent_dead[c] * forget + killed
                full = world.normal[i, c] * (1.0 + rule.reinforcement * orders[REINFORCEMENT, c]) + freed[c]
                free[c] = free_forces_next(
                    free[c], full, toll.overrun[c], f_killed, loyalty, usual_loyalty, rule
                )
                normal_forces += world.normal[i, c]
                overrun_forces += world.normal[i, c] if toll.overrun[c] else 0.0
                withheld_forces += world.normal[i, c] * found.withheld[c]

                killed_all += killed
                forces_killed_all += f_killed
                hurt_all += toll.hurt[c] + f_hurt
                forces_hurt_all += f_hurt
                arrested_all += taken
                all_active += active[c]
                out_today += min(today[c], world.people[c])
                out.city_killed[r, c] += killed
                out.city_peak[r, c, day] = max(out.city_peak[r, c, day], active[c])
                if active[c] > highest[c]:
                    highest[c] = active[c]
                    out.city_peak_at[r, c] = hour
                if active[c] >= UNREST_PEOPLE and active[c] >= UNREST_SHARE * world.people[c]:
                    in_unrest += 1
            news = news * memory + (1.0 - memory) * all_active
            film(streets, ground, i, t)

            # The hold on the forces, and whether the state falls.
            overrun_share = overrun_forces / normal_forces if normal_forces > 0.0 else 0.0
            seats_share = seats_down / seats if seats > 0 else 0.0
            loyalty = loyalty_next(loyalty, usual_loyalty, overrun_share, seats_share, rule)
            success = max(overrun_share, sites_down / sites if sites > 0 else 0.0)
            losses = (forces_killed_all - killed_before) / max(normal_forces, 1.0)
            faction = faction_next(faction, faction_start, success, losses, strong_news(news, rule), rule)
            broken = stands_aside(broken, faction, faction_start, rule)
            fallen_hours = fallen_hours + 1 if seats > 0 and seats_down == seats else 0
            if fallen_hours >= HOURS_TO_FALL and loyalty < rule.loyalty_breaks:
                falls = True

            # A withdrawal that hangs on calm: it is seen once it has lasted, never before.
            peak = max(peak, all_active)
            quiet = all_active < quiet_limit(peak, urban) and seats_down == 0
            quiet_hours = quiet_hours + 1 if quiet else 0
            waits = schedule.leave_after_calm[i] >= 0.0 and leave < 0.0 and arrived_all > 0
            if waits and quiet_hours >= HOURS_QUIET:
                leave = t + 1.0 - activation + schedule.leave_after_calm[i]

            out.active[r, t] = all_active
            out.killed_civilian[r, t] = killed_all
            out.killed_forces[r, t] = forces_killed_all
            out.hurt[r, t] = hurt_all
            out.hurt_forces[r, t] = forces_hurt_all
            out.arrested[r, t] = arrested_all
            out.troops[r, t] = int(in_country + 0.5)
            out.loyalty[r, t] = loyalty
            out.seats_lost[r, t] = seats_down
            out.cities_in_unrest[r, t] = in_unrest
            out.participants[r, day] = out_today
            out.faction_loyalty[r, t] = faction
            out.faction_broken[r, t] = broken
            out.withheld[r, t] = withheld_forces / max(normal_forces, 1.0)

        for m in range(members):
            out.member_troops[r, m] = by_member[m]
        all_landed = activation >= 0.0
        for k in range(sorties):
            if lift.joins[i, lift.member[k]] and not landed[k]:
                all_landed = False
        if all_landed and last_landing >= 0.0:
            out.closure[r] = last_landing + 1.0 - request
        if request >= 0.0:
            out.request_at[r] = request
        if activation >= 0.0:
            out.activation_at[r] = activation
        out.falls[r] = falls
        if arrived_all > 0 and leave >= 0.0:
            out.left_at[r] = activation + leave + max(schedule.leaving[i], 1.0)
