"""Tiles in four passes against one random order of all agents, in pairs from the same initial states."""

import numpy as np
import pytest

from foedus.streets import lattice

SIDE, STEPS, PAIRS = 128, 30, 60
SETUPS = {
    "mesa's rules with bursts": lattice.mesa(
        height=SIDE, width=SIDE, police=0.04, legitimacy=0.82, longest_term=30
    ),
    "move first, ratio floored": lattice.netlogo(height=SIDE, width=SIDE, vision=3.0, police_vision=3.0),
}


def numbers(setup, tile, seed):
    world = lattice.Lattice(setup, seed=seed, threads=1, tile=tile)
    series = world.run(STEPS)
    return series.active.mean(), series.arrests.sum(), series.jailed[-1], series.active[0]


@pytest.mark.parametrize("name", list(SETUPS))
def test_tiles_in_four_passes_leave_the_statistics_as_they_are(name):
    """A bias of 5 % would stand out at four standard errors in each number; the bound on them says so."""
    setup = SETUPS[name]
    tiles = lattice.Lattice(setup, tile=32)._tiles
    assert len(tiles.rows) == 5
    alone = np.array([numbers(setup, SIDE, seed) for seed in range(PAIRS)])
    tiled = np.array([numbers(setup, 32, seed) for seed in range(PAIRS)])
    difference = tiled - alone
    error = difference.std(axis=0, ddof=1) / np.sqrt(PAIRS)
    assert (difference != 0).any()
    assert (error[:3] < 0.0125 * alone.mean(axis=0)[:3]).all()
    assert (np.abs(difference.mean(axis=0)) < 4.0 * error).all()
