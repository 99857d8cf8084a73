"""What do we believe, on whose word? Claims with dated grades, pooled to a belief with a spread."""

from foedus.evidence.claims import Piece
from foedus.evidence.grading import Evidence, Prior, Weights, weights
from foedus.evidence.pooling import alleged, believe, status_of
from foedus.evidence.record import Record
from foedus.evidence.yardstick import VerbalRange, range_of, scales

__all__ = [
    "Evidence",
    "Piece",
    "Prior",
    "Record",
    "VerbalRange",
    "Weights",
    "alleged",
    "believe",
    "range_of",
    "scales",
    "status_of",
    "weights",
]
