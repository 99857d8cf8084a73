"""Chance: every draw is a pure function of (seed, run, tick, purpose, entity).

So results do not depend on threads, chunks, machines or order; a run can be replayed alone; and the
arms of a comparison share their luck.
"""

from foedus.chance.luck import Luck, entity_id

__all__ = ["Luck", "entity_id"]
