"""What Epstein (2002) shows, run again: each result as a function that returns the numbers behind it.

Model I: :func:`bursts` and :func:`every_reading` (bursts with quiet between them, and which reading of the
rule has any), :func:`tension`, :func:`falls_of_legitimacy`, :func:`thinned_police`. Model II:
:func:`times_to_extinction`, :func:`safe_havens`. What the paper prints, and on whose word, is in
:func:`printed`. docs/replications.md shows the results; ``docs/make_replications.py`` makes them.
"""

from foedus.experiments.replications.outbursts import Outbursts, outbursts
from foedus.experiments.replications.paired import SignTest, sign_test
from foedus.experiments.replications.paper import Printed, printed
from foedus.experiments.replications.readings import READINGS, Bursts, bursts, every_reading, setup_of
from foedus.experiments.replications.two_groups import (
    Extinctions,
    Havens,
    safe_havens,
    times_to_extinction,
    waiting,
)
from foedus.experiments.replications.unrest import Arms, Tension, falls_of_legitimacy, tension, thinned_police

__all__ = [
    "READINGS",
    "Arms",
    "Bursts",
    "Extinctions",
    "Havens",
    "Outbursts",
    "Printed",
    "SignTest",
    "Tension",
    "bursts",
    "every_reading",
    "falls_of_legitimacy",
    "outbursts",
    "printed",
    "safe_havens",
    "setup_of",
    "sign_test",
    "tension",
    "thinned_police",
    "times_to_extinction",
    "waiting",
]
