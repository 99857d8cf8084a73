"""Is there an obligation, and may troops come? Treaties as data, read clause by clause as of any date."""

from foedus.treaties.assessment import Assessment, assess, assess_situation, treaties_protecting
from foedus.treaties.catalogue import catalogue, treaty
from foedus.treaties.clause_assessment import ClauseAssessment, Exclusion
from foedus.treaties.permission import Ground, PermissionReading, permission
from foedus.treaties.reading import ClauseReading
from foedus.treaties.situation import Situation
from foedus.treaties.treaty import Clause, Treaty
from foedus.treaties.vocabulary import Declaration, predicates
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
    "assess_situation",
    "catalogue",
    "permission",
    "predicates",
    "treaties_protecting",
    "treaty",
]
