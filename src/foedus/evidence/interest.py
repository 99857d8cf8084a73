"""When does the word of one who gains by being believed count, and for how much?"""

from __future__ import annotations

from collections.abc import Sequence

from foedus.evidence.claims import Piece
from foedus.evidence.grading import Weights


def supporters(piece: Piece, found: Sequence[Piece]) -> list[Piece]:
    """Pieces that support a piece: disinterested, of another origin, saying and weighing the same way."""
    return [
        other
        for other in found
        if other.holds == piece.holds
        and not other.interested
        and other.origin != piece.origin
        and other.supports_its_word
    ]


def share_of(piece: Piece, found: Sequence[Piece], weights: Weights) -> float:
    """The share of its weight with which a piece counts: 1, unless its origin is interested.

    An interested piece counts for the share of `weights.yaml` once it is supported, and then for no more than
    its strongest support: else the faintest rumour would let in the whole weight of a party's word.
    """
    if not piece.interested:
        return 1.0
    alone = weights.interested.weight_alone
    support = max((abs(other.evidence.mean) for other in supporters(piece, found)), default=0.0)
    size = abs(piece.evidence.mean)
    if support == 0.0 or size == 0.0:
        return alone
    return max(alone, min(weights.interested.weight_supported, support / size))
