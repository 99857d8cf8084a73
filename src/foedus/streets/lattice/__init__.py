"""Epstein's civil violence on a torus: exact, fast, and usable alone.

    from foedus.streets import lattice

    series = lattice.run(lattice.as_printed(), steps=500, seed=1)

The rule, its switches and presets are in :mod:`setup`; order, and why it is part of the model, in
:mod:`order`; docs/lattice.md has what was checked against what.
"""

from foedus.streets.lattice.setup import Epstein, as_printed, mesa, netlogo
from foedus.streets.lattice.world import STATES, Lattice, Series, run, with_changes

__all__ = [
    "STATES",
    "Epstein",
    "Lattice",
    "Series",
    "as_printed",
    "mesa",
    "netlogo",
    "run",
    "with_changes",
]
