"""Which way does a claim speak, and what range does its verbal probability give the fact?"""

from __future__ import annotations

from foedus.cases.schema.events import Claim
from foedus.evidence.yardstick import range_of


def says_so(claim: Claim) -> bool:
    """Whether a claim speaks for the fact: by its verbal probability if clear of even, else by ``holds``."""
    if claim.likelihood is None:
        return claim.holds
    low, high = range_for_the_fact(claim)
    return claim.holds if low <= 0.5 <= high else low > 0.5


def range_for_the_fact(claim: Claim) -> tuple[float, float]:
    """The range in which a claim's verbal probability puts the fact [probability].

    The phrase speaks of the fact: 'highly unlikely' says that the fact is highly unlikely, whatever ``holds``
    says beside it. A phrase above even beside ``holds: false`` ('probably', of its not being so) is mirrored.
    """
    said = range_of(claim.likelihood or "")
    if not claim.holds and said.middle > 0.5:
        return 1.0 - said.high, 1.0 - said.low
    return said.low, said.high
