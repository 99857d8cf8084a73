"""Who is bound to whom on a day, according to public data? Alliances of other data sets, read where they lie.

`holdings` recognises the files; each holding answers `promises(day)` with its name and coverage. Outside its
coverage the answer is missing, which is not 'no'. Nothing of the data sets is part of foedus.
"""

from foedus.treaties.datasets.holding import Answer, Holding, Promise, TreatyHolding
from foedus.treaties.datasets.recognise import holdings
from foedus.treaties.datasets.treaty_wars import TreatyWar, TreatyWars, treaty_wars, treaty_wars_in

__all__ = [
    "Answer",
    "Holding",
    "Promise",
    "TreatyHolding",
    "TreatyWar",
    "TreatyWars",
    "holdings",
    "treaty_wars",
    "treaty_wars_in",
]
