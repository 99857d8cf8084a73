import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from foedus.errors import UserError
from foedus.streets import lattice
from foedus.streets.lattice.rules import ACTIVE, JAILED, OCCUPIED, POLICE
from foedus.streets.lattice.torus import as_grid
from streets.lattice.plain import PlainModel

SMALL = {"height": 33, "width": 41}
LARGE = {"height": 200, "width": 168}


@st.composite
def setups(draw):
    vision = draw(st.sampled_from([1.0, 1.7, 3.0, 7.0]))
    return lattice.Epstein(
        height=draw(st.sampled_from([16, 23, 40])),
        width=draw(st.sampled_from([16, 31, 48])),
        citizens=draw(st.floats(0.1, 0.9)),
        police=draw(st.floats(0.0, 0.1)),
        vision=vision,
        police_vision=draw(st.sampled_from([1.0, 3.0, 7.0])),
        legitimacy=draw(st.floats(0.0, 0.95)),
        longest_term=draw(st.integers(0, 40)),
        ratio=draw(st.sampled_from(["printed", "rounded", "floored"])),
        metric=draw(st.sampled_from(["von_neumann", "moore", "euclid", "cross"])),
        turn=draw(st.sampled_from(["move_then_act", "act_then_move"])),
        activation=draw(st.sampled_from(["each_once", "drawn"])),
        jailed=draw(st.sampled_from(["keep_site", "leave"])),
        placing=draw(st.sampled_from(["exact", "by_chance"])),
    )


@settings(max_examples=60, deadline=None)
@given(setups(), st.integers(0, 2**32))
def test_people_are_conserved_counts_equal_a_recount_and_nobody_jailed_is_active(setup, seed):
    world = lattice.Lattice(setup, seed=seed, threads=1)
    citizens, police = world.citizens, world.police
    for _ in range(3):
        series = world.run(4)
        planes = world.field.planes
        occupied, officers, active, jailed = (
            as_grid(planes, plane, world.torus) for plane in (OCCUPIED, POLICE, ACTIVE, JAILED)
        )
        inmates = int(world.field.cells[0, 0])
        assert occupied.sum() + inmates == citizens + police
        assert officers.sum() == police
        assert not (officers & (active | jailed)).any()
        assert not (active & jailed).any()
        assert not ((officers | active | jailed) & ~occupied).any()
        assert series.active[-1] == active.sum()
        assert series.jailed[-1] == jailed.sum() + inmates
        assert series.quiet[-1] == citizens - series.active[-1] - series.jailed[-1]
        assert world.counts() == {
            "quiet": series.quiet[-1],
            "active": series.active[-1],
            "jailed": series.jailed[-1],
            "police": police,
        }


@pytest.mark.parametrize("preset", [lattice.mesa, lattice.netlogo])
def test_the_margin_repeats_the_opposite_edge_after_any_number_of_moves(preset):
    world = lattice.Lattice(preset(**SMALL), seed=5)
    world.run(20)
    pad, height, width = world.torus.pad, world.torus.height, world.torus.width
    rows = np.arange(height + 2 * pad)
    columns = np.arange(width + 2 * pad)
    for plane in (OCCUPIED, POLICE, ACTIVE, JAILED):
        grid = as_grid(world.field.planes, plane, world.torus)
        whole = grid[np.ix_((rows - pad) % height, (columns - pad) % width)]
        for y in rows:
            for x in columns:
                word = world.field.planes[(y >> 3) * world.torus.stride + (x >> 3), plane]
                assert (int(word) >> int((y & 7) * 8 + (x & 7)) & 1) == whole[y, x]


@pytest.mark.parametrize("preset", [lattice.mesa, lattice.netlogo, lattice.as_printed])
def test_the_same_seed_gives_the_same_bits_on_any_number_of_threads(preset):
    setup = preset(**LARGE, police=0.03, legitimacy=0.8)
    worlds = [lattice.Lattice(setup, seed=9, threads=threads) for threads in (1, 2, 5)]
    series = [world.run(12) for world in worlds]
    assert series[0].active.max() > 0
    for world, told in zip(worlds[1:], series[1:], strict=True):
        for name in ("active", "jailed", "quiet", "arrests"):
            assert np.array_equal(getattr(told, name), getattr(series[0], name))
        assert np.array_equal(world.grid(), worlds[0].grid())
        assert np.array_equal(world.field.traits, worlds[0].field.traits)


@pytest.mark.parametrize("sides", [(136, 136), (130, 300)])
def test_many_threads_and_many_runs_never_differ_from_one_thread(sides, monkeypatch):
    """A race would show now and then: few sites, more threads than cores, many runs."""
    monkeypatch.setattr("foedus.streets.lattice.world.MOST_THREADS", 7)
    setup = lattice.mesa(height=sides[0], width=sides[1], police=0.04, legitimacy=0.8, longest_term=30)
    alone = lattice.Lattice(setup, seed=3, threads=1)
    told = alone.run(20)
    for threads in (2, 3, 5, 7) * 5:
        world = lattice.Lattice(setup, seed=3, threads=threads)
        assert np.array_equal(world.run(20).arrests, told.arrests)
        assert np.array_equal(world.field.planes, alone.field.planes)
        assert np.array_equal(world.field.term, alone.field.term)


def test_what_stops_one_thread_stops_all(monkeypatch):
    calls = []

    def stopped():
        calls.append(1)
        if threading.current_thread() is threading.main_thread():
            raise KeyboardInterrupt

    monkeypatch.setattr("foedus.streets.lattice.sharing.give_way", stopped)
    monkeypatch.setattr("foedus.streets.lattice.sharing._work", lambda thread, signs, *rest: bool(signs[2]))
    world = lattice.Lattice(lattice.mesa(**LARGE), seed=1, threads=2)
    with pytest.raises(KeyboardInterrupt):
        world.run(5)
    assert calls


def test_what_ends_another_thread_ends_the_run(monkeypatch):
    def work(thread, signs, *rest):
        if thread > 0:
            raise RuntimeError("the other thread")
        return bool(signs[2])

    monkeypatch.setattr("foedus.streets.lattice.sharing._work", work)
    with pytest.raises(RuntimeError, match="the other thread"):
        lattice.Lattice(lattice.mesa(**LARGE), seed=1, threads=2).run(5)


def test_a_long_run_is_made_of_calls_that_do_not_hang_on_their_length():
    setup = lattice.mesa(**SMALL)
    whole = lattice.Lattice(setup, seed=5).run(30)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("foedus.streets.lattice.course.TURNS_AT_A_TIME", 1)
        parts = lattice.Lattice(setup, seed=5).run(30)
    assert np.array_equal(whole.active, parts.active)
    assert np.array_equal(whole.quiet, parts.quiet)


def test_seeds_and_runs_differ():
    grids = [
        lattice.Lattice(lattice.as_printed(), seed=seed, run=run).grid().tobytes()
        for seed, run in ((0, 0), (1, 0), (0, 1))
    ]
    assert len(set(grids)) == 3


def test_a_run_in_parts_is_the_run_in_one():
    whole = lattice.Lattice(lattice.as_printed(legitimacy=0.7), seed=2).run(30)
    world = lattice.Lattice(lattice.as_printed(legitimacy=0.7), seed=2)
    parts = [world.run(steps) for steps in (1, 9, 20)]
    assert np.array_equal(np.concatenate([part.active for part in parts]), whole.active)


def test_an_agent_keeps_its_traits_when_it_moves():
    world = lattice.Lattice(lattice.mesa(**SMALL), seed=4)
    before = np.sort(world.grievance()[~np.isnan(world.grievance())])
    world.run(25)
    after = np.sort(world.grievance()[~np.isnan(world.grievance())])
    assert np.array_equal(before, after)


def test_hardship_is_uniform_and_independent_of_risk_aversion():
    world = lattice.Lattice(lattice.as_printed(height=300, width=300), seed=1)
    citizens = np.isin(world.grid(), (1, 2, 3))
    from foedus.streets.lattice.torus import site_grid

    traits = world.field.traits[site_grid(world.torus)[citizens]]
    assert stats.kstest(traits[:, 0], "uniform").pvalue > 1e-3
    assert stats.kstest(traits[:, 1], "uniform").pvalue > 1e-3
    assert abs(stats.pearsonr(traits[:, 0], traits[:, 1]).statistic) < 4 / np.sqrt(len(traits))


def test_nobody_rises_where_legitimacy_leaves_no_grievance_above_the_threshold():
    assert lattice.run(lattice.as_printed(legitimacy=0.9), steps=40).active.max() == 0


def test_without_police_those_whose_grievance_exceeds_the_threshold_rise_and_nobody_else():
    world = lattice.Lattice(lattice.as_printed(police=0.0, legitimacy=0.6), seed=3)
    series = world.run(2)
    grievance = world.grievance()
    assert series.active[-1] == (grievance[~np.isnan(grievance)] > 0.1).sum()
    assert series.jailed.max() == 0


def test_more_police_and_more_legitimacy_mean_fewer_active():
    def mean_active(**changes):
        runs = [lattice.run(lattice.as_printed(**changes), steps=100, seed=s).active.mean() for s in range(8)]
        return float(np.mean(runs))

    base = mean_active(police=0.02, legitimacy=0.75)
    assert mean_active(police=0.06, legitimacy=0.75) < base
    assert mean_active(police=0.02, legitimacy=0.85) < base


def test_jail_terms_are_uniform_up_to_the_longest_both_ends_included():
    world = lattice.Lattice(lattice.as_printed(height=200, width=200, legitimacy=0.2, longest_term=4), seed=1)
    arrests = int(world.run(1).arrests[0])
    terms = world.field.cells[1 : arrests + 1, 2]
    counts = np.bincount(terms.astype(int), minlength=5)
    assert len(counts) == 5
    assert counts.sum() == arrests > 1000
    assert stats.chisquare(counts).pvalue > 1e-3


def test_the_jailed_hold_their_site_or_leave_the_lattice():
    for jailed in ("keep_site", "leave"):
        world = lattice.Lattice(lattice.as_printed(jailed=jailed, legitimacy=0.5, police=0.06), seed=1)
        world.run(10)
        on_sites = (world.grid() != 0).sum()
        in_jail = world.counts()["jailed"]
        assert in_jail > 0
        gone = in_jail if jailed == "leave" else 0
        assert on_sites == world.citizens + world.police - gone


def test_officers_come_and_go_and_nobody_else_does():
    world = lattice.Lattice(lattice.as_printed(), seed=1)
    world.run(3, police=[64, 10, 90])
    assert world.counts()["police"] == 90
    assert sum(world.counts().values()) == world.citizens + 90


def test_the_compiled_lattice_and_plain_python_agree_in_distribution():
    setup = lattice.mesa(height=20, width=20, vision=3.0, police_vision=3.0, police=0.05, longest_term=15)
    seeds = 60
    ours = [lattice.run(setup, steps=30, seed=seed) for seed in range(seeds)]
    rng = np.random.default_rng(12)
    theirs = []
    for _ in range(seeds):
        model = PlainModel(setup, rng)
        theirs.append(np.array([model.step()[:2] for _ in range(30)]))
    for name, column in (("active", 0), ("jailed", 1)):
        a = [getattr(series, name).mean() for series in ours]
        b = [series[:, column].mean() for series in theirs]
        assert stats.ks_2samp(a, b).pvalue > 1e-3
        # A KS test of 60 against 60 at this level sees a shift of about one standard deviation.
        spread = float(np.std(a + b))
        assert abs(np.mean(a) - np.mean(b)) < 4 * spread * np.sqrt(2 / seeds)


def test_a_rule_of_ones_own_that_is_epsteins_gives_epsteins_bits():
    def willing(hardship, risk_aversion, legitimacy, threshold, police, active):
        risk = -np.expm1(-2.3 * (police / active))
        return hardship * (1.0 - legitimacy) - risk_aversion * risk > threshold

    own = lattice.Lattice(lattice.as_printed(), seed=1, willing=willing).run(60)
    shipped = lattice.Lattice(lattice.as_printed(), seed=1).run(60)
    assert np.array_equal(own.active, shipped.active)


def test_a_rule_of_ones_own_decides():
    everybody = lattice.Lattice(
        lattice.as_printed(police=0.0), willing=lambda h, r, level, threshold, police, active: True
    )
    assert everybody.run(1).active[0] == everybody.citizens


def test_numbers_of_numpy_are_numbers():
    setup = lattice.Epstein(height=np.int64(20), width=np.int32(20), vision=np.float32(3), police_vision=3)
    plain = lattice.Epstein(height=20, width=20, vision=3.0, police_vision=3.0)
    assert setup == plain
    assert {type(setup.height), type(setup.width), type(setup.vision), type(setup.police_vision)} == {
        int,
        float,
    }


def test_a_full_lattice_without_a_free_site_stands_still_and_ends():
    """Nobody can move, and whoever comes out of jail finds the site that its arrest left."""
    setup = lattice.as_printed(height=16, width=16, citizens=0.9, police=0.1, legitimacy=0.5)
    world = lattice.Lattice(setup, seed=1)
    series = world.run(50)
    assert series.arrests.sum() > 0
    assert sum(world.counts().values()) == world.citizens + world.police


def test_officers_may_fill_all_sites_but_those_of_the_jailed_and_the_run_goes_on():
    world = lattice.Lattice(lattice.as_printed(police=0.1, legitimacy=0.3, height=20, width=20), seed=1)
    world.run(20)
    assert world.counts()["jailed"] > 0
    with pytest.raises(UserError, match="do not fit"):
        world.set_police(400)
    world.set_police(400 - world.citizens)
    series = world.run(20)
    assert sum(world.counts().values()) == 400
    assert len(series.active) == 20


def test_shares_that_fill_all_sites_are_rounded_to_no_more():
    world = lattice.Lattice(
        lattice.Epstein(height=5, width=5, citizens=0.3, police=0.7, vision=2, police_vision=2)
    )
    assert world.citizens + world.police == sum(world.counts().values()) == 25
