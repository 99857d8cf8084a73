"""What do we believe, on whose word? Claims with dated grades, pooled to a belief with a spread."""

from foedus.evidence.claims import Piece
from foedus.evidence.grading import Evidence, Prior, Weights, weights
from foedus.evidence.origins import INDEPENDENCE
from foedus.evidence.pooling import alleged, believe, status_of
from foedus.evidence.record import Record
from foedus.evidence.replay import Day, Held, News, held_beliefs, replayed_days
from foedus.evidence.weighing import Weighed
from foedus.evidence.yardstick import VerbalRange, range_of, scales

__all__ = [
    "INDEPENDENCE",
    "Day",
    "Evidence",
    "Held",
    "News",
    "Piece",
    "Prior",
    "Record",
    "VerbalRange",
    "Weighed",
    "Weights",
    "alleged",
    "believe",
    "held_beliefs",
    "range_of",
    "replayed_days",
    "scales",
    "status_of",
    "weights",
]
