"""Whether the alliance is more credible, or less, for the next call.

An observer who knows only the organisation's record: the mean of a Jeffreys posterior of 'a call is
honoured', before this call and after it. The call counts by the weight that an answer of this kind has
for a next one of perhaps another kind, and by what is remembered of it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from foedus.aftermath.facts import AftermathFacts
from foedus.aftermath.index import Index, remembered

FloatArray = NDArray[np.float64]

EFFECTS = ("call_carries", "record_memory")
JEFFREYS = 0.5


def credibility(
    case: Mapping[str, FloatArray], effect: Mapping[str, FloatArray], facts: AftermathFacts, months: float
) -> Index:
    """Index of the alliance's credibility: chance that a next call is honoured, by the record alone.

    ``(1/2 + granted + w * honoured) / (1 + calls + w * asked)`` with ``w = call_carries * m(t)``; without a
    request there is no call and the record stays as it was. [probability]
    """
    honoured = JEFFREYS + facts.earlier_activations
    calls = 2 * JEFFREYS + facts.earlier_activations + facts.earlier_refusals
    weight = effect["call_carries"] * remembered(months, effect["record_memory"]) * facts.requested
    after = (honoured + weight * facts.honoured) / (calls + weight)
    before = np.full(after.shape, honoured / calls)
    return Index(
        name="credibility",
        unit="probability",
        definition=(
            f"Chance that a call on the alliance is honoured, {months:g} months after, as its record of "
            "calls granted and refused would make one expect (mean of a Jeffreys posterior), with this call "
            "in it or not."
        ),
        with_=np.asarray(after, dtype=np.float64),
        without=before,
        price_if="lower",
        payer="alliance",
        rests_on=EFFECTS,
        before=before,
    )
