"""The same question gives the same bits, however the work is cut up; and worlds that differ by one thing
differ by that thing alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numba import typeof
from small_worlds import PAIR, ensemble_of, hour_of, lively_document, two_days_document

from foedus.cases import cities_of, load_case
from foedus.engine.arrays import Course, empty_course
from foedus.engine.run import ARMS, run_arms
from two_cities import as_case, number

RUNS = 12
HOURLY = (
    "active",
    "killed_civilian",
    "killed_forces",
    "hurt",
    "hurt_forces",
    "arrested",
    "troops",
    "loyalty",
    "seats_lost",
    "cities_in_unrest",
)
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def lively():
    return ensemble_of(lively_document(), runs=RUNS)


def same_bits(one: Course, other: Course) -> bool:
    return differing(one, other) == []


def differing(one: Course, other: Course) -> list[str]:
    """Fields that differ in any bit; bytes are compared, so NaN equals NaN and -0 differs from 0."""
    return [
        name
        for name, a, b in zip(Course._fields, one, other, strict=True)
        if a.shape != b.shape or a.dtype != b.dtype or a.tobytes() != b.tobytes()
    ]


def rows(course: Course, at: slice) -> Course:
    return Course(*(array[at] for array in course))


def test_the_world_of_these_tests_is_not_empty(lively):
    course = lively.courses["with"]
    assert (course.active.max(axis=1) > 100).mean() > 0.5
    assert course.killed_civilian[:, -1].sum() > 0
    assert (course.troops.max(axis=1) > 0).any()
    assert np.isfinite(course.site_lost_at).any()


@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("chunk", [1, 7, 50])
def test_bits_hang_neither_on_threads_nor_on_chunks(lively, threads, chunk):
    arms = {arm: ARMS[arm] for arm in PAIR}
    again = run_arms(lively.plant, arms, RUNS, threads=threads, chunk=chunk)
    for arm in PAIR:
        assert differing(lively.courses[arm], again[arm]) == []


def test_runs_from_a_later_one_on_are_the_same_runs(lively):
    later = run_arms(lively.plant, {"with": ARMS["with"]}, RUNS, first=7, chunk=2)["with"]
    assert differing(Course(*(array[7:] for array in lively.courses["with"])), later) == []


def test_what_goes_wrong_in_a_run_is_raised(lively, monkeypatch):
    def wrong(*arguments):
        raise RuntimeError("in a run")

    monkeypatch.setattr("foedus.engine.kernel.simulate", wrong)
    with pytest.raises(RuntimeError, match="in a run"):
        run_arms(lively.plant, {"with": ARMS["with"]}, RUNS, chunk=1)


def test_fewer_runs_are_the_first_of_more(lively):
    few = ensemble_of(lively_document(), runs=5)
    for arm in PAIR:
        assert differing(few.courses[arm], rows(lively.courses[arm], slice(5))) == []


def test_arms_do_not_hear_of_one_another(lively):
    alone = ensemble_of(lively_document(), runs=RUNS, arms=("without",))
    assert differing(alone.courses["without"], lively.courses["without"]) == []


def test_a_run_can_be_replayed_alone(lively):
    from foedus.engine.kernel import simulate

    plant, whole = lively.plant, lively.courses["with"]
    days = int(plant.world.day[-1]) + 1
    alone = empty_course(1, plant.hours, days, 2, 2, plant.airlift.delay.shape[1])
    simulate(
        5, 1, plant.key, ARMS["with"], plant.world, plant.schedule, plant.airlift, plant.rule, plant.streets,
        alone,
    )  # fmt: skip
    assert differing(alone, rows(whole, slice(5, 6))) == []


def test_no_two_runs_are_equal(lively):
    course = lively.courses["with"]
    seen = {rows(course, slice(i, i + 1)).active.tobytes() for i in range(RUNS)}
    assert len(seen) == RUNS


def test_zero_is_a_seed_of_its_own(lively):
    zero = ensemble_of(lively_document(), runs=RUNS, seed=0)
    again = ensemble_of(lively_document(), runs=RUNS, seed=0)
    assert same_bits(zero.courses["with"], again.courses["with"])
    assert "active" in differing(zero.courses["with"], lively.courses["with"])


def test_free_mode_gives_the_same_bits_on_any_threads():
    one, three = (ensemble_of(lively_document(), runs=7, free=True, threads=t) for t in (1, 3))
    for arm in PAIR:
        assert differing(one.courses[arm], three.courses[arm]) == []


def test_news_for_the_record_changes_nothing_at_all(lively):
    document = lively_document()
    document["events"].insert(
        0,
        {
            "id": "eclipse",
            "kind": "news",
            "at": "2022-01-03T10:00:00+06:00",
            "text": "an eclipse is seen",
            "basis": "assumption",
            "source": ["test"],
        },
    )
    told = ensemble_of(document, runs=RUNS)
    for arm in PAIR:
        assert differing(told.courses[arm], lively.courses[arm]) == []


@pytest.fixture(scope="module")
def loyal():
    """The lively world with a loyalty that nothing moves but the announcement: it is one number for the
    whole country, so through it even a quiet city, whose forces hold, steadies the others."""
    return ensemble_of(loyal_document(), runs=RUNS)


def loyal_document() -> dict:
    document = lively_document()
    for name in ("loyalty_fall", "loyalty_recovers", "faction_losses"):
        document["parameters"][name] = number(0.0)
    return document


def with_another_city(grievance: float, people: float) -> dict:
    """A third city; a grievance below zero is contentment."""
    document = loyal_document()
    city = {
        "name": "East",
        "population": number(people),
        "latitude": 49.9,
        "longitude": 82.6,
        "grievance": number(grievance),
    }
    document["country"]["cities"].append(city)
    return document


@pytest.mark.parametrize(("people", "place"), [(3_000_000.0, 0), (500_000.0, 2)])
def test_a_city_that_stays_quiet_changes_no_other(loyal, people, place):
    """Wherever it stands in the list: draws follow the names of cities, not their order."""
    document = with_another_city(-0.5, people)
    names = [city.name for city in cities_of(as_case(document).country)]
    assert names.index("East") == place
    ensemble = ensemble_of(document, runs=RUNS)
    others = [names.index("South"), names.index("North")]
    for arm in PAIR:
        course = ensemble.courses[arm]
        assert course.city_peak[:, place].max() == 0
        seen = course._replace(
            **{
                name: np.ascontiguousarray(getattr(course, name)[:, others])
                for name in ("city_peak", "city_peak_at", "city_killed")
            }
        )
        assert differing(seen, loyal.courses[arm]) == []


def test_a_city_changes_others_only_once_its_people_are_out(loyal):
    """It joins with news of its own; until its first day of unrest nobody elsewhere can have heard of it."""
    east = ensemble_of(with_another_city(-0.095, 500_000.0), runs=RUNS)
    course, before = east.courses["with"], loyal.courses["with"]
    day = np.asarray(east.plant.world.day)
    out = course.city_peak[:, 2, :] > 0
    first_day = np.where(out.any(axis=1), out.argmax(axis=1), day[-1] + 1)
    assert first_day.max() > 0, "no quiet day to look at"
    for i in range(RUNS):
        quiet = day < first_day[i]
        for name in HOURLY:
            assert (getattr(course, name)[i, quiet] == getattr(before, name)[i, quiet]).all()
    joined = np.flatnonzero(out.any(axis=1))
    assert any((course.active[i] != before.active[i]).any() for i in joined), "it never interacts"


def test_twins_are_one_world_until_the_request(lively):
    one, other = (lively.courses[arm] for arm in PAIR)
    request = hour_of(as_case(lively_document()), "2022-01-04T12:00:00+06:00")
    for name in HOURLY:
        a, b = getattr(one, name)[:, :request], getattr(other, name)[:, :request]
        assert a.tobytes() == b.tobytes(), name
    assert (one.active[:, request:] != other.active[:, request:]).any(), "they never part"


def test_twins_of_the_real_case_are_one_world_until_the_request():
    case = load_case("kazakhstan-2022")
    ensemble = ensemble_of(case, runs=6, arms=(*PAIR, "announcement", "guards", "presence"))
    request = ensemble.plant.schedule.request
    assert (request > 0).all()
    for arm in (*PAIR[1:], "announcement", "guards", "presence"):
        for i, hour in enumerate(np.floor(request).astype(int)):
            for name in HOURLY:
                a = getattr(ensemble.courses["with"], name)[i, :hour]
                assert a.tobytes() == getattr(ensemble.courses[arm], name)[i, :hour].tobytes(), (arm, name)


def test_the_kernel_as_plain_python_gives_the_same_bits(tmp_path):
    runs = 3
    document = two_days_document()
    compiled = ensemble_of(document, runs=runs, arms=("with",)).courses["with"]
    assert compiled.killed_civilian[:, -1].sum() > 0
    assert compiled.troops[:, -1].sum() > 0
    (tmp_path / "case.json").write_text(json.dumps(document), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, HERE / "uncompiled.py", tmp_path / "case.json", tmp_path / "out.npz", str(runs)],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    with np.load(tmp_path / "out.npz") as plain:
        assert differing(compiled, Course(**{name: plain[name] for name in Course._fields})) == []


def test_a_second_call_compiles_nothing(lively):
    from foedus.engine.kernel import simulate

    compiled = list(simulate.signatures)
    ensemble_of(lively_document(), runs=3, arms=("with",), free=True)
    assert simulate.signatures == compiled


def test_one_compiled_kernel_serves_every_case(lively):
    """An empty list of sites or a lone run must not look like another type: it would cost a compilation."""
    bare = lively_document()
    bare["sites"] = []
    bare["alliance"]["lift"]["airfields"]["main"].pop("site")
    bare["alliance"]["task"]["sites"] = []
    worlds = [
        lively,
        ensemble_of(bare, runs=1),
        ensemble_of(load_case("kazakhstan-2022"), runs=2, arms=("with",)),
    ]
    types = {
        typeof((p.key, ARMS["with"], p.world, p.schedule, p.airlift, p.rule, world.courses["with"]))
        for world in worlds
        for p in [world.plant]
    }
    assert len(types) == 1
