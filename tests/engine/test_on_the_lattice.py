"""A case on the lattice: the same bits however the work is cut up, and pruning that changes nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small_worlds import PAIR, lively_document, two_days_document

from foedus.cases import cities_of
from foedus.chance import Luck
from foedus.engine.arrays import Course, empty_course
from foedus.engine.law import read_law
from foedus.engine.plant import people_of
from foedus.engine.run import ARMS, run_arms
from foedus.engine.streets import on_lattice
from foedus.experiments.ensemble import run_ensemble
from two_cities import as_case

RUNS, PEOPLE = 5, 400


def on_the_lattice(document, *, runs=RUNS, people_per_agent=PEOPLE, pruned=True, threads=None):
    case = as_case(document)
    places, luck = cities_of(case.country), Luck(1)
    streets = on_lattice(people_of(places), people_per_agent, pruned=pruned)
    return run_ensemble(
        case, places, read_law(case, None, luck, 20), {arm: ARMS[arm] for arm in PAIR}, runs=runs, luck=luck,
        threads=threads, streets=streets,
    )  # fmt: skip


def same_bits(one: Course, other: Course) -> bool:
    return all(a.tobytes() == b.tobytes() for a, b in zip(one, other, strict=True))


@pytest.fixture(scope="module")
def lively():
    return on_the_lattice(lively_document())


def test_the_world_of_these_tests_is_not_empty(lively):
    course = lively.courses["with"]
    assert (course.active.max(axis=1) > 0).all()
    assert course.killed_civilian[:, -1].sum() > 0
    assert course.arrested[:, -1].sum() > 0


def test_threads_change_no_bit(lively):
    one = on_the_lattice(lively_document(), threads=1)
    for arm in PAIR:
        assert same_bits(one.courses[arm], lively.courses[arm])


def test_a_run_can_be_replayed_alone(lively):
    from foedus.engine.kernel import simulate

    plant, whole = lively.plant, lively.courses["with"]
    shape = (1, plant.hours, int(plant.world.day[-1]) + 1, 2, 2, plant.airlift.delay.shape[1])
    alone = empty_course(*shape)
    simulate(
        3, 1, plant.key, ARMS["with"], plant.world, plant.schedule, plant.airlift, plant.rule, plant.streets,
        alone,
    )  # fmt: skip
    assert same_bits(alone, Course(*(array[3:4] for array in whole)))


def test_twins_are_one_world_until_the_request(lively):
    one, other = (lively.courses[arm] for arm in PAIR)
    request = int(lively.plant.schedule.request.min())
    assert request > 0
    assert one.active[:, :request].tobytes() == other.active[:, :request].tobytes()
    assert (one.active[:, request:] != other.active[:, request:]).any()


def test_leaving_out_those_who_can_never_act_changes_no_course():
    pruned, whole = (on_the_lattice(two_days_document(), runs=5, pruned=pruned) for pruned in (True, False))
    assert pruned.courses["with"].active.max() > 0
    for arm in PAIR:
        assert same_bits(pruned.courses[arm], whole.courses[arm])


def test_the_order_of_cities_changes_nothing_in_any_of_them(lively):
    """The cities lie the other way round; what links them, news, is off, since its sum has an order."""
    plant = lively.plant
    rule = plant.rule.copy()
    rule["join_news"] = 0.0
    rule["outrage"] = 0.0
    world = plant.world
    turned = world._replace(
        people=world.people[::-1].copy(), entity=world.entity[::-1].copy(),
        normal=world.normal[:, ::-1].copy(), legitimacy=world.legitimacy[:, ::-1].copy(),
        site_city=1 - world.site_city,
    )  # fmt: skip
    schedule = plant.schedule._replace(where=plant.schedule.where[:, ::-1].copy())
    forward = replace(plant, rule=rule)
    backward = replace(
        forward, world=turned, schedule=schedule,
        streets=on_lattice([int(count) for count in turned.people], PEOPLE),
    )  # fmt: skip
    one, other = (run_arms(each, {"with": ARMS["with"]}, RUNS)["with"] for each in (forward, backward))
    assert one.city_peak.max() > 0
    assert np.array_equal(one.city_peak, other.city_peak[:, ::-1])
    assert np.array_equal(one.city_killed, other.city_killed[:, ::-1])
    assert np.array_equal(one.arrested, other.arrested)
