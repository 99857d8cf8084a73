"""Rivals of the crowd model, scored as it is on what was held out: a wave, a reference class, persistence."""

from foedus.experiments.rivals.contest import contest
from foedus.experiments.rivals.mass_mobilization import (
    ReferenceClass,
    packaged_class,
    read_class,
    write_class,
)

__all__ = ["ReferenceClass", "contest", "packaged_class", "read_class", "write_class"]
