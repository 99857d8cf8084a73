"""What the aftermath needs to know of the course, in both worlds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class AftermathFacts:
    """The course of every run in both arms, as far as the months after hang on it.

    Attributes
    ----------
    state_falls_with, state_falls_without
        Whether the state falls (run,).
    loyalty_end_with, loyalty_end_without
        Loyalty of the forces at the window's end, 0 to 1 (run,).
    killed_civilian_with, killed_civilian_without
        Civilians killed by the window's end (run,).
    hours_to_calm_with, hours_to_calm_without
        Hours to calm, NaN where not reached (run,).
    concession
        Whether the host gave back part of the shock (run,); the same in both arms.
    troop_days_by_lead
        Days that soldiers of the lead state spent in the country, with contingents (run,).
    lead_share
        Share of the lead state in the contingents, 0 where none came (run,).
    months_stayed
        Months from the first arrival to the withdrawal, or to the window's end where there was none by
        then, 0 where none came (run,).
    requested, honoured
        Whether the host asked, and whether troops came of it (run,), in the arm with contingents; in the
        arm without nobody is asked.
    earlier_activations, earlier_refusals
        The organisation's record of requests granted and turned down before this one.
    troop_days
        The same days by member (run,), for members that the case names.
    still_there
        Whether contingents were in the country at the window's end (run,); nowhere if left out.
    against_rulers
        Whether help was asked against those who govern, by neighbours or by a claimant.
    """

    state_falls_with: BoolArray
    state_falls_without: BoolArray
    loyalty_end_with: FloatArray
    loyalty_end_without: FloatArray
    killed_civilian_with: FloatArray
    killed_civilian_without: FloatArray
    hours_to_calm_with: FloatArray
    hours_to_calm_without: FloatArray
    concession: BoolArray
    troop_days_by_lead: FloatArray
    lead_share: FloatArray
    months_stayed: FloatArray
    requested: BoolArray
    honoured: BoolArray
    earlier_activations: int
    earlier_refusals: int
    troop_days: Mapping[str, FloatArray] = field(default_factory=dict)
    still_there: BoolArray | None = None
    against_rulers: bool = False

    @property
    def lead_came(self) -> FloatArray:
        """1 where soldiers of the lead state were in the country, 0 where not (run,)."""
        return np.asarray(self.troop_days_by_lead > 0, dtype=np.float64)

    @property
    def refused(self) -> BoolArray:
        """Where the host asked and nobody came (run,)."""
        return np.asarray(self.requested & ~self.honoured)

    @property
    def backing(self) -> FloatArray:
        """1 where the lead state's soldiers came for those who govern, -1 against them, else 0 (run,)."""
        return -self.lead_came if self.against_rulers else self.lead_came
