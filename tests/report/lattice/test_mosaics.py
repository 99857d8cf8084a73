"""Squares of colour: a site is exactly its colour, and a block never hides anybody active."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from foedus.report.charts.drawing import DARK, LIGHT
from foedus.report.lattice.colours import (
    ACTIVE,
    FIRST_SHADE,
    FIRST_SHARE,
    OFFICER,
    SHARES_ACTIVE,
    SQUARES,
    STATE_COLOURS,
    palette,
    place_of,
)
from foedus.report.lattice.mosaic import action_panel, grievance_panel
from foedus.report.lattice.raster import paint
from foedus.report.lattice.scene import Mosaic, Scene
from foedus.report.lattice.svg import as_inline_svg
from foedus.streets import lattice

GRIDS = arrays(np.int8, st.tuples(st.integers(1, 24), st.integers(1, 24)), elements=st.integers(0, 4))


def painted(grid, side):
    rows, columns = grid.shape
    scene = Scene(
        columns * side, rows * side, "a lattice", parts=[Mosaic(0, 0, side, action_panel(grid).squares())]
    )
    return paint(scene)


@given(grid=GRIDS, side=st.integers(1, 5))
def test_pixels_of_a_colour_are_agents_times_the_area_of_a_square(grid, side):
    pixels = np.asarray(painted(grid, side).convert("RGB")).reshape(-1, 3)
    for state, colour in enumerate(STATE_COLOURS):
        shown = (pixels == palette()[place_of(colour)]).all(axis=1).sum()
        assert shown == np.count_nonzero(grid == state) * side**2


@pytest.mark.parametrize("make", [lattice.as_printed, lattice.mesa, lattice.netlogo])
def test_a_painted_run_shows_as_many_as_it_counts(make):
    world = lattice.Lattice(make(height=20, width=28, vision=4.0, police_vision=4.0), seed=3)
    world.run(4)
    counts = world.counts()
    pixels = np.asarray(painted(world.grid(), 3))
    shown = {
        name: np.count_nonzero(pixels == place_of(STATE_COLOURS[state])) / 9
        for name, state in (("quiet", 1), ("active", 2), ("jailed", 3), ("police", 4))
    }
    if world.setup.jailed == "leave":
        assert shown.pop("jailed") == 0
        counts.pop("jailed")
    assert shown == counts
    assert counts["active"] > 0


def test_every_square_of_a_screen_has_a_colour_of_its_own():
    colours = palette()[[place_of(colour) for colour in SQUARES]]
    action, coarse = colours[:FIRST_SHARE], colours[[0, 1, 3, 4, *range(FIRST_SHARE, FIRST_SHADE)]]
    grievance = colours[[0, OFFICER, *range(FIRST_SHADE, len(SQUARES))]]
    for screen in (action, coarse, grievance):
        assert len(np.unique(screen, axis=0)) == len(screen)
    assert [tuple(row) for row in palette()[[place_of(STATE_COLOURS[ACTIVE]), 0]]] == [
        tuple(int(LIGHT[name][i : i + 2], 16) for i in (1, 3, 5)) for name in ("without", "surface")
    ]


MACHADO = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
    "typical": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
}
"""How a colour looks to such a reader, in linear RGB: Machado, Oliveira and Fernandes 2009, severity 1."""
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(colours, reader):
    """CIE L*a*b* (D65) of colours as a reader sees them."""
    scaled = np.array(colours) / 255
    linear = np.where(scaled <= 0.04045, scaled / 12.92, ((scaled + 0.055) / 1.055) ** 2.4)
    seen = np.clip(linear @ np.array(MACHADO[reader]).T, 0, 1)
    x, y, z = (np.cbrt(v) for v in (seen @ TO_XYZ.T / TO_XYZ.sum(axis=1)).T)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("reader", MACHADO)
def test_no_two_states_look_alike_to_any_reader(reader, colours):
    """At least 15 apart in L*a*b*, where 2.3 is just noticed (Mahy, Van Eycken and Oosterlinck 1994)."""

    def blended(colour):
        surface, full = (
            np.array([int(colours[name][i : i + 2], 16) for i in (1, 3, 5)])
            for name in ("surface", colour.name)
        )
        return surface + (full - surface) * colour.eighths / 8

    seen = lab([blended(colour) for colour in STATE_COLOURS], reader)
    for one in range(len(seen)):
        for other in range(one):
            assert np.linalg.norm(seen[one] - seen[other]) > 15, (one, other)


@given(grid=GRIDS, block=st.integers(2, 9))
def test_a_block_shows_somebody_active_exactly_where_one_is(grid, block):
    reduced = action_panel(grid).coarser(block).squares()
    rows, columns = grid.shape
    assert reduced.shape == (-(-rows // block), -(-columns // block))
    for row in range(reduced.shape[0]):
        for column in range(reduced.shape[1]):
            part = grid[row * block : (row + 1) * block, column * block : (column + 1) * block]
            shown = reduced[row, column]
            active, agents = np.count_nonzero(part == ACTIVE), np.count_nonzero(part)
            if active == 0:
                assert shown in part
            else:
                assert shown - FIRST_SHARE == sum(active >= share * agents for share in SHARES_ACTIVE) - 1


@given(
    grid=GRIDS.map(lambda grid: np.kron(grid, np.ones((6, 6), np.int8))),
    first=st.sampled_from([1, 2, 3]),
    second=st.sampled_from([2, 4, 6]),
)
def test_reducing_in_two_steps_counts_the_active_as_in_one(grid, first, second):
    in_two, in_one = (
        action_panel(grid).coarser(first).coarser(second),
        action_panel(grid).coarser(first * second),
    )
    assert (in_two.counted == in_one.counted).all()


def test_reducing_keeps_the_shares_of_states_when_nobody_is_active():
    world = lattice.Lattice(lattice.as_printed(height=300, width=300), seed=1)
    grid = world.grid()
    reduced = action_panel(grid).coarser(5).squares()
    for state in (0, 1, 4):
        share = (grid == state).mean()
        error = (share * (1 - share) / reduced.size) ** 0.5
        assert abs((reduced == state).mean() - share) < 4 * error


def test_shades_rise_with_grievance_and_officers_stay_officers():
    grid = np.array([[1, 1, 1, 2, 4, 0]], np.int8)
    grievance = np.array([[0.0, 0.09, 0.18, 0.5, np.nan, np.nan]], np.float32)
    squares = grievance_panel(grid, grievance, 0.18).squares()[0].tolist()
    darkest = len(SQUARES) - 1
    assert squares == [FIRST_SHADE, FIRST_SHADE + 2, darkest, darkest, OFFICER, 0]


@given(grid=GRIDS)
def test_svg_strokes_are_as_long_as_there_are_agents(grid):
    scene = Scene(50, 50, "a lattice", parts=[Mosaic(0, 0, 2, action_panel(grid).squares())])
    drawn = {}
    for line in as_inline_svg(scene, "x").splitlines():
        if line.startswith("<path"):
            path = line.split(' d="')[1]
            lengths = [int("".join(c for c in run if c.isdigit())) for run in _runs(path)]
            drawn[line.split(" d=")[0]] = sum(lengths)
    expected = sorted(np.count_nonzero(grid == state) for state in (1, 2, 3, 4) if (grid == state).any())
    assert sorted(drawn.values()) == expected


def _runs(path):
    return [part.split("M")[0].split("m")[0].split('"')[0] for part in path.split("h")[1:]]
