import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit

from foedus.streets.lattice.bits import count_bits, first_bit, nth_bit
from foedus.streets.lattice.order import TILE, edge, inside, tiles_along
from foedus.streets.lattice.rules import FLOORED, PRINTED, ROUNDED, arrest_chance, chance_table
from foedus.streets.lattice.torus import as_grid, bit_at, flip, home, torus_of, word_at
from foedus.streets.lattice.vision import METRICS, nth_seen, seen_with, sight_of, sites_seen

words = st.integers(0, 2**64 - 1)


@njit
def counted(word):
    return count_bits(word)


@njit
def lowest(word):
    return first_bit(word)


@settings(deadline=None)
@given(words)
def test_bits_are_counted_and_found_as_python_does(word):
    places = [place for place in range(64) if word >> place & 1]
    assert counted(np.uint64(word)) == len(places)
    assert lowest(np.uint64(word)) == (places[0] if places else 64)
    assert [int(nth_bit(np.uint64(word), n)) for n in range(len(places))] == places


@pytest.mark.parametrize(("height", "width"), [(16, 16), (40, 40), (17, 23), (100, 41)])
@pytest.mark.parametrize("metric", list(METRICS))
def test_what_is_seen_is_what_lies_within_vision_on_the_torus(height, width, metric):
    vision = 7.0
    torus = torus_of(height, width, int(vision))
    sight = sight_of(vision, metric, torus)
    rng = np.random.default_rng(height + width)
    marked = rng.random((height, width)) < 0.3
    planes = np.zeros((torus.words, 1), np.uint64)
    for y, x in np.argwhere(marked):
        flip(planes, 0, y + torus.pad, x + torus.pad, torus)
    assert np.array_equal(as_grid(planes, 0, torus), marked)
    offsets = [
        (dy, dx)
        for dy in range(-7, 8)
        for dx in range(-7, 8)
        if (dy, dx) != (0, 0) and METRICS[metric](dy, dx) <= vision
    ]
    assert sites_seen(sight) == len(offsets)
    for y, x in rng.integers(0, (height, width), (40, 2)):
        view = {((y + dy) % height, (x + dx) % width) for dy, dx in offsets}
        py, px = y + torus.pad, x + torus.pad
        args = (py, px, torus, sight)
        count = seen_with(planes, 0, word_at(py, px, torus), bit_at(py, px), sight)
        there = {(home(*nth_seen(planes, 0, False, n, *args), torus)) for n in range(count)}
        free = {(home(*nth_seen(planes, 0, True, n, *args), torus)) for n in range(len(offsets) - count)}
        as_home = {(a + torus.pad, b + torus.pad) for a, b in view if marked[a, b]}
        assert there == as_home
        assert free == {(a + torus.pad, b + torus.pad) for a, b in view} - as_home


def test_the_diamond_of_seven_holds_112_sites_and_the_circle_of_1_7_the_eight_neighbours():
    torus = torus_of(40, 40, 7)
    assert sites_seen(sight_of(7.0, "von_neumann", torus)) == 112
    assert sites_seen(sight_of(1.7, "euclid", torus)) == 8
    assert sites_seen(sight_of(7.0, "cross", torus)) == 28


@settings(deadline=None)
@given(st.integers(0, 112), st.integers(1, 113))
def test_the_chance_of_arrest_rounds_halves_to_even_floors_or_leaves_the_ratio(police, active):
    k = 2.3
    wanted = {
        PRINTED: police / active,
        ROUNDED: round(police / active),
        FLOORED: police // active,
    }
    table = {kind: chance_table(112, k, kind) for kind in wanted}
    for kind, ratio in wanted.items():
        exact = 1 - math.exp(-k * ratio)
        assert arrest_chance(police, active, k, kind) == pytest.approx(exact, abs=1e-15)
        assert table[kind][police, active] == pytest.approx(exact, abs=1e-15)


def test_the_paper_takes_a_chance_of_nine_in_ten_with_one_officer_and_one_active():
    assert arrest_chance(1, 1, 2.3, PRINTED) == pytest.approx(0.9, abs=5e-4)


@settings(deadline=None)
@given(st.integers(3, 5000), st.integers(1, 32))
def test_tiles_cover_a_side_and_lie_too_far_apart_to_meet(side, reach):
    count = tiles_along(side, reach)
    edges = [edge(n, count, side) for n in range(count + 1)]
    assert count == 1 or count % 2 == 0
    assert edges[0] == 0
    assert edges[-1] == side
    assert all(start % 8 == 0 for start in edges[:-1])
    if count > 1:
        widths = np.diff(edges)
        assert widths.min() >= 2 * reach + 8
        assert widths.max() <= max(2 * TILE, 6 * reach + 48)


@settings(deadline=None)
@given(st.integers(3, 70), st.integers(3, 70))
def test_every_site_is_inside_exactly_one_block(height, width):
    torus = torus_of(height, width, 1)
    total = sum(
        int(np.bitwise_count(inside(row, column, torus)))
        for row in range(-(-height // 8))
        for column in range(-(-width // 8))
    )
    assert total == height * width
