"""Epstein's Model II: violence between two groups, with and without peacekeepers.

A replication of the paper's second model and nothing else: no case, engine or command reads it, and a test
says so. What is known of it only by second hand, or assumed, is marked in :mod:`setup` and in
docs/replications.md.

    from foedus.streets.lattice.groups import TwoGroups, cleansing

    series = TwoGroups(cleansing(), seed=1).run(500, until_extinction=True)
"""

from foedus.streets.lattice.groups.setup import Groups, cleansing, coexistence
from foedus.streets.lattice.groups.world import STATES, GroupSeries, TwoGroups

__all__ = ["STATES", "GroupSeries", "Groups", "TwoGroups", "cleansing", "coexistence"]
