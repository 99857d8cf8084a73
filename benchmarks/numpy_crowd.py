"""The crowd model by hand in NumPy, over runs and cities: what the compiled kernel is held against.

    python -m benchmarks.numpy_crowd [--runs N] [--repeats N]

Written as one would without a compiler: arrays (run, city) and (run, site), a loop over hours alone, buffers
kept, NumPy's own generator for people. It does all that the kernel does for the arm ``without`` of a
replay: orders in force, sites, streets, news, loyalty, the faction's state and every array of the course.
That arm has no contingents, so neither side lands any, which keeps the comparison like with like. Draws are
of the same laws, not the same numbers; the command prints beside the speed that the two agree.
"""

from __future__ import annotations

import argparse
import time
from typing import Any

import numpy as np

from benchmarks.ensembles import ensemble_of
from foedus.chance.within import SURE
from foedus.engine.arrays import (
    BLACKOUT,
    CONCESSION,
    EMERGENCY,
    LETHAL,
    ORDERS,
    REINFORCEMENT,
    SHOCK,
    STAND_ASIDE,
    Course,
    Plant,
    empty_course,
)
from foedus.engine.kernel import HOURS_TO_FALL, UNREST_PEOPLE, UNREST_SHARE

CHUNK = 250
"""Runs at a time: so many that a call's overhead is spread, so few that the arrays stay in cache."""
MAIN = ("killed civilians", "arrested", "peak of active people", "seats of power lost, hours")


class Rules:
    """The parameters of runs as columns (run, 1), by name."""

    def __init__(self, rule: Any) -> None:
        for name in rule.dtype.names:
            setattr(self, name, np.ascontiguousarray(rule[name])[:, None])

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


def without_request(plant: Plant, runs: int, *, seed: int = 1, chunk: int = CHUNK) -> Course:
    """The arm ``without`` of a replay over runs ``0 .. runs - 1``; the course that the kernel writes."""
    world = plant.world
    days = int(world.day[-1]) + 1
    cities, sites = len(world.people), len(world.site_city)
    out = empty_course(runs, plant.hours, days, cities, sites, plant.airlift.delay.shape[1])
    rng = np.random.Generator(np.random.SFC64(seed))
    for first in range(0, runs, chunk):
        rows = slice(first, min(first + chunk, runs))
        with np.errstate(divide="ignore", invalid="ignore"):
            _simulate(plant, rows, Course(*(array[rows] for array in out)), rng)
    return out


def orders_in_force(plant: Plant, on: np.ndarray, orders: np.ndarray, changed: np.ndarray) -> None:
    """Fill ``orders`` (order, run, city) for the runs in which some event began or ended."""
    schedule = plant.schedule
    put = np.zeros((ORDERS, len(changed), orders.shape[2]))
    for e, kind in enumerate(schedule.order):
        weight = on[changed, e, None] * (schedule.weight[e] * schedule.where[e])
        if kind == CONCESSION:
            put[kind] += weight - put[kind] * weight
        else:
            np.maximum(put[kind], weight, out=put[kind])
    orders[:, changed] = put


def _simulate(plant: Plant, rows: slice, out: Course, rng: np.random.Generator) -> None:
    world, schedule = plant.world, plant.schedule
    rule = Rules(plant.rule[rows])
    runs, cities, sites = rows.stop - rows.start, len(world.people), len(world.site_city)
    people = world.people.astype(float)
    normal, usual_legitimacy = world.normal[rows], world.legitimacy[rows]
    guard, attention = world.guard[rows], world.attention[rows]
    site_city = world.site_city
    in_city = np.zeros((sites, cities))
    in_city[np.arange(sites), site_city] = 1.0
    seats = int(world.seat.sum())
    starts, ends = schedule.start[rows], schedule.end[rows]
    allowed = ~schedule.hangs_on_request

    shape = runs, cities
    active, resting, jailed, dead = (np.zeros(shape) for _ in range(4))
    recent_dead, today, highest = (np.zeros(shape) for _ in range(3))
    free = normal.copy()
    orders = np.zeros((ORDERS, runs, cities))
    in_force = np.zeros(starts.shape, bool)
    lost = np.zeros((runs, sites), bool)
    killed_all, forces_killed_all, hurt_all, forces_hurt_all, arrested_all = (
        np.zeros(runs) for _ in range(5)
    )
    news = np.zeros((runs, 1))
    usual_loyalty = rule.loyalty_start
    loyalty = usual_loyalty.copy()
    faction_start = rule.faction_start * usual_loyalty
    faction = faction_start.copy()
    broken = np.zeros((runs, 1), bool)
    fallen_hours = np.zeros(runs)
    falls = out.falls

    # What hangs on the rule alone.
    inverse_normal = 1.0 / np.where(normal > 0.0, normal, 1.0)
    visible = rule.police_visibility * inverse_normal
    some_police = normal > 0.0
    weight_of_police = rule.arrest_constant * rule.police_weight
    within_reach = rule.reach * people
    home_by_day = -np.expm1(-rule.go_home)
    home_by_night = -np.expm1(-rule.go_home * rule.night_home)
    rested_chance = -np.expm1(-1.0 / rule.rest)
    memory = np.exp(-1.0 / rule.news_memory)
    forget = np.exp(-1.0 / 24.0)
    normal_forces = np.maximum(normal.sum(axis=1), 1.0)
    trust_scale = np.maximum(usual_loyalty, 0.05)
    doubt_scale = np.maximum(1.0 - usual_loyalty, 0.05)
    unrest_from = np.maximum(UNREST_PEOPLE, UNREST_SHARE * people)

    # What hangs on orders, worked out anew where they change.
    shock_left, dims, severity, bearable, sweep, withheld, full, firing = (np.zeros(shape) for _ in range(8))
    buffer, other = np.empty(shape), np.empty(shape)
    day = -1

    for t in range(plant.hours):
        hour = t + 0.5
        clock = world.hour_of_day[t]
        night = (clock >= rule.night_from) | (clock < rule.night_until)
        if world.day[t] != day:
            day = world.day[t]
            np.copyto(today, active)

        # Orders.
        on = (starts <= hour) & (hour < ends) & allowed
        changed = np.flatnonzero((on != in_force).any(axis=1))
        if len(changed) or t == 0:
            in_force = on
            orders_in_force(plant, on, orders, changed)
            shock_left = orders[SHOCK] * rule.shock_size
            shock_left *= 1.0 - rule.concession_returns * orders[CONCESSION]
            dims = 1.0 - rule.blackout_dims * orders[BLACKOUT]
            severity = 1.0 + rule.curfew_severity * orders[EMERGENCY] + rule.lethal_severity * orders[LETHAL]
            bearable = rule.overrun * (1.0 + rule.firepower * orders[LETHAL])
            sweep = rule.sweep_rate * orders[EMERGENCY]
            withheld = orders[STAND_ASIDE] * rule.withheld
            full = normal * (1.0 + rule.reinforcement * orders[REINFORCEMENT])
            firing = rule.kill_rate * (rule.kill_unordered + (1.0 - rule.kill_unordered) * orders[LETHAL])
            pull = rule.blackout_pulls * orders[BLACKOUT]
            one_news = bool((dims == dims[:, :1]).all())
            out_withheld = (normal * withheld).sum(axis=1) / normal_forces
            keeps = 1.0 - withheld
            site_guard = guard * keeps[:, site_city]
            site_bearable = bearable[:, site_city]
            alone = site_bearable * np.maximum(site_guard, 1.0)
        in_street = free * keeps

        # Sites.
        crowd = active[:, site_city]
        crowd *= attention
        attacked = crowd > alone
        out.site_attacked[:] |= attacked
        was = lost
        defence = rule.support * in_street[:, site_city]
        defence += np.where(was, 0.0, site_guard)
        defence *= site_bearable
        lost = (crowd > defence) & (crowd >= 1.0)
        held = (crowd >= site_guard) & (site_guard > 0.0) & ~lost
        siege = np.minimum((held * attention) @ in_city, 1.0)
        out.site_lost_hours[:] += lost
        turned = lost != was
        if turned.any():
            newly = lost & turned & np.isnan(out.site_lost_at)
            out.site_lost_at[newly] = hour
            back = was & turned & np.isnan(out.site_retaken_at)
            out.site_retaken_at[back] = hour
        sites_down = lost.sum(axis=1)
        seats_down = (lost & world.seat).sum(axis=1)

        # Willingness.
        heard = news * (dims[:, :1] if one_news else dims)
        heard /= rule.news_scale
        np.tanh(heard, out=heard)
        legitimacy = usual_legitimacy - shock_left
        legitimacy -= rule.outrage * heard
        np.divide(recent_dead, rule.backlash_scale, out=buffer)
        np.tanh(buffer, out=buffer)
        buffer *= rule.backlash
        legitimacy -= buffer
        np.minimum(legitimacy, 1.0, out=legitimacy)
        met = visible * in_street
        np.negative(met, out=met)
        np.expm1(met, out=met)
        np.negative(met, out=met)
        met *= some_police
        crowd_or_one = np.maximum(active, 1.0)
        risk = weight_of_police * in_street
        risk /= crowd_or_one
        np.minimum(risk, SURE, out=risk)
        np.negative(risk, out=risk)
        np.expm1(risk, out=risk)
        np.negative(risk, out=risk)
        risk *= met
        grievance = np.subtract(1.0, legitimacy, out=legitimacy)
        a = 1.0 - rule.threshold / grievance
        np.maximum(a, 0.0, out=a)
        b = risk
        b *= severity
        b /= grievance
        few = a * a
        few /= np.maximum(2.0 * b, 1e-300, out=other)
        willing = np.where(b <= a, a - 0.5 * b, few)
        willing[grievance <= rule.threshold] = 0.0
        willing *= within_reach

        # People go out.
        quiescent = people - active
        quiescent -= resting
        quiescent -= jailed
        ready = willing - people
        ready += quiescent
        quiescent -= dead
        np.maximum(ready, 0.0, out=ready)
        np.minimum(ready, quiescent, out=ready)
        rate = active / (active + rule.crowd_half)
        rate *= rule.join_near
        rate += rule.spark
        rate += rule.join_news * heard
        rate += pull
        np.maximum(rate, 0.0, out=rate)
        rate *= np.where(night, rule.night_join, 1.0)
        np.negative(rate, out=rate)
        np.expm1(rate, out=rate)
        ready *= rate
        joined = np.minimum(rng.poisson(np.negative(ready, out=ready)), quiescent)

        # They go home, rest, are arrested, killed and hurt.
        rested = np.minimum(rng.poisson(resting * rested_chance), resting)
        fetched_rate = resting - rested
        fetched = np.minimum(rng.poisson(fetched_rate * sweep * met), fetched_rate)
        overrun = active > bearable * in_street
        contact = 1.0 - met
        contact *= 1.0 - siege
        np.subtract(1.0, contact, out=contact)
        np.divide(willing, crowd_or_one, out=buffer)
        np.subtract(1.0, buffer, out=buffer)
        np.maximum(buffer, 0.0, out=buffer)
        buffer *= rule.discouraged
        np.subtract(1.0, buffer, out=buffer)
        buffer *= 1.0 - np.where(night, home_by_night, home_by_day)
        np.subtract(1.0, buffer, out=buffer)
        left = rng.binomial(active.astype(np.int64), np.clip(buffer, 0.0, 1.0, out=buffer))
        crowd = active - left
        np.add(active, in_street, out=buffer)
        buffer += 1.0
        np.divide(in_street, buffer, out=buffer)
        buffer *= rule.arrest_rate
        buffer *= crowd
        arrested = np.minimum(rng.poisson(buffer), crowd)
        crowd -= arrested
        np.multiply(firing, contact, out=buffer)
        buffer *= crowd
        killed = np.minimum(rng.poisson(buffer), crowd)
        crowd -= killed
        np.multiply(rule.hurt_rate, contact, out=buffer)
        buffer *= crowd
        hurt = np.minimum(rng.poisson(buffer), crowd)
        danger = rule.kill_forces * active
        danger *= np.where(overrun, 1.0, rule.kill_forces_orderly)
        forces_killed = np.minimum(rng.poisson(danger), np.floor(in_street))
        danger *= rule.hurt_forces
        forces_hurt = rng.poisson(danger)

        # Where they are now.
        np.add(crowd, joined, out=active)
        resting += left
        resting -= rested
        resting -= fetched
        taken = arrested + fetched
        jailed += taken
        dead += killed
        today += joined
        recent_dead *= forget
        recent_dead += killed

        # Forces give way and return.
        give = np.minimum(rule.give_way * ((1.0 - loyalty) / doubt_scale), 1.0)
        free -= overrun * free * give
        np.subtract(full, free, out=buffer)
        buffer *= rule.rebuild * (loyalty / trust_scale)
        free += buffer
        free -= forces_killed
        np.maximum(free, 0.0, out=free)

        # Counts.
        forces_killed_now = forces_killed.sum(axis=1)
        killed_all += killed.sum(axis=1)
        forces_killed_all += forces_killed_now
        forces_hurt_now = forces_hurt.sum(axis=1)
        forces_hurt_all += forces_hurt_now
        hurt_all += hurt.sum(axis=1) + forces_hurt_now
        arrested_all += taken.sum(axis=1)
        all_active = active.sum(axis=1)
        out.city_killed[:] += killed.astype(np.int32)
        peak_today = out.city_peak[:, :, day]
        np.maximum(peak_today, active, out=peak_today, casting="unsafe")
        higher = active > highest
        out.city_peak_at[higher] = hour
        np.maximum(highest, active, out=highest)
        news *= memory
        news += (1.0 - memory) * all_active[:, None]

        # The hold on the forces.
        overrun_share = (overrun * normal).sum(axis=1) / normal_forces
        seats_share = seats_down / max(seats, 1)
        stress = np.maximum(overrun_share, seats_share)[:, None]
        loyalty = np.clip(
            loyalty
            + rule.loyalty_recovers * (usual_loyalty - loyalty) * (1.0 - stress)
            - rule.loyalty_fall * stress,
            0.0,
            1.0,
        )
        success = np.maximum(overrun_share, sites_down / max(sites, 1))[:, None]
        losses = (forces_killed_now / normal_forces)[:, None]
        strain = np.maximum(success, rule.faction_signal * np.tanh(news / rule.news_scale))
        faction = np.clip(
            faction
            + rule.loyalty_recovers * (faction_start - faction) * (1.0 - strain)
            - rule.faction_nerve * rule.loyalty_fall * strain
            - rule.faction_losses * 1000.0 * losses,
            0.0,
            1.0,
        )
        broken = faction < (rule.faction_breaks + np.where(broken, rule.faction_returns, 0.0)) * faction_start
        fallen_hours = np.where((seats > 0) & (seats_down == seats), fallen_hours + 1.0, 0.0)
        falls |= (fallen_hours >= HOURS_TO_FALL) & (loyalty < rule.loyalty_breaks)[:, 0]

        out.active[:, t] = all_active
        out.killed_civilian[:, t] = killed_all
        out.killed_forces[:, t] = forces_killed_all
        out.hurt[:, t] = hurt_all
        out.hurt_forces[:, t] = forces_hurt_all
        out.arrested[:, t] = arrested_all
        out.loyalty[:, t] = loyalty[:, 0]
        out.seats_lost[:, t] = seats_down
        out.cities_in_unrest[:, t] = (active >= unrest_from).sum(axis=1)
        out.participants[:, day] = np.minimum(today, people).sum(axis=1)
        out.faction_loyalty[:, t] = faction[:, 0]
        out.faction_broken[:, t] = broken[:, 0]
        out.withheld[:, t] = out_withheld


def main_numbers(course: Course) -> dict[str, np.ndarray]:
    """The quantities by which the two are compared (run,), as ``MAIN`` names them."""
    found = (
        course.killed_civilian[:, -1],
        course.arrested[:, -1],
        course.active.max(axis=1),
        course.seats_lost.sum(axis=1, dtype=float),
    )
    return {name: values.astype(float) for name, values in zip(MAIN, found, strict=True)}


def same_outcome(kernel: Course, numpy: Course) -> dict[str, dict[str, float]]:
    """Medians over runs, their difference in standard errors, and a Kolmogorov-Smirnov p-value.

    Both sides share the drawn inputs run by run, so the test of samples that know nothing of each other is
    shy; ``z`` is that of the mean difference over paired runs and is not.
    """
    from scipy.stats import ks_2samp

    report = {}
    for name, one in main_numbers(kernel).items():
        other = main_numbers(numpy)[name]
        gap = np.log1p(other) - np.log1p(one)
        error = gap.std(ddof=1) / np.sqrt(len(gap)) if len(gap) > 1 else 0.0
        report[name] = {
            "kernel_median": float(np.median(one)),
            "numpy_median": float(np.median(other)),
            "z": float(gap.mean() / error) if error > 0.0 else 0.0,
            "mean_difference_percent": float(100.0 * np.expm1(gap.mean())),
            "p": float(ks_2samp(one, other).pvalue),
        }
    return report


def numpy_ratio(plant: Plant, runs: int, repeats: int) -> dict[str, Any]:
    """Runs a second of the arm ``without`` on one core: compiled kernel, NumPy, and their ratio.

    Medians of repeats, measured in turn; the kernel is warm, and NumPy takes the best of some sizes of chunk.
    """
    from foedus.engine.run import ARMS, run_arms

    arm = {"without": ARMS["without"]}
    kernel = run_arms(plant, arm, runs, threads=1)["without"]
    sizes = [size for size in (50, 100, 250, 500) if size <= max(runs, 50)]
    trial = min(runs, 500)
    best = min(sizes, key=lambda size: _seconds(lambda: without_request(plant, trial, chunk=size)))
    taken: dict[str, list[float]] = {"kernel": [], "numpy": []}
    for _ in range(repeats):
        taken["kernel"].append(_seconds(lambda: run_arms(plant, arm, runs, threads=1)))
        taken["numpy"].append(_seconds(lambda: without_request(plant, runs, chunk=best)))
    seconds = {name: float(np.median(found)) for name, found in taken.items()}
    return {
        "runs": runs,
        "numpy_chunk": best,
        "kernel_runs_per_second": runs / seconds["kernel"],
        "numpy_runs_per_second": runs / seconds["numpy"],
        "ratio": seconds["numpy"] / seconds["kernel"],
        "agreement": same_outcome(kernel, without_request(plant, runs, seed=2, chunk=best)),
    }


def _seconds(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--runs", type=int, default=1000)
    options.add_argument("--repeats", type=int, default=3)
    given = options.parse_args()
    found = numpy_ratio(ensemble_of(given.runs, 1)[0].plant, given.runs, given.repeats)
    rates = (found[f"{side}_runs_per_second"] for side in ("kernel", "numpy"))
    print("kernel {:.0f} runs/s, NumPy {:.0f} runs/s".format(*rates))
    print(f"ratio {found['ratio']:.2f}, chunks of {found['numpy_chunk']} runs")
    for name, row in found["agreement"].items():
        print(
            f"{name:<28} medians {row['kernel_median']:>9,.0f} {row['numpy_median']:>9,.0f}   paired "
            f"{row['mean_difference_percent']:+.2f} %, z {row['z']:+.1f}   KS p {row['p']:.2f}"
        )


if __name__ == "__main__":
    main()
