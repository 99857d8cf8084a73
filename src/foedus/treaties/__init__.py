"""Is there an obligation, and may troops come? Treaties as data, read clause by clause as of any date."""

from foedus.treaties.assessment import Assessment, ClauseAssessment, Exclusion, assess
from foedus.treaties.catalogue import Declaration, catalogue, predicates, treaty
from foedus.treaties.permission import Ground, PermissionReading, permission
from foedus.treaties.reading import ClauseReading
from foedus.treaties.situation import Situation
from foedus.treaties.treaty import Clause, Treaty
from foedus.treaties.why import Why

__all__ = [
    "Assessment",
    "Clause",
    "ClauseAssessment",
    "ClauseReading",
    "Declaration",
    "Exclusion",
    "Ground",
    "PermissionReading",
    "Situation",
    "Treaty",
    "Why",
    "assess",
    "catalogue",
    "permission",
    "predicates",
    "treaty",
]
