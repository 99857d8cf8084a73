"""Cases: a crisis as data. The schema, loading with one line for each mistake, counterfactual edits."""

from foedus.cases.as_of import as_of_instant
from foedus.cases.builtin_cases import builtin_slugs, read_case_text
from foedus.cases.gazetteer import Place, cities_of, place_named
from foedus.cases.load import load_case
from foedus.cases.overlay import with_overlay

__all__ = [
    "Place",
    "as_of_instant",
    "builtin_slugs",
    "cities_of",
    "load_case",
    "place_named",
    "read_case_text",
    "with_overlay",
]
