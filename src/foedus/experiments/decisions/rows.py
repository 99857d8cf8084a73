"""One row for each ally of a belligerent at the onset of a conflict: did it come, what was known before?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import log, nan
from typing import TYPE_CHECKING, Any

from foedus.experiments.decisions.clauses import Clauses
from foedus.experiments.decisions.conflicts import Conflict, Side
from foedus.experiments.decisions.history import NONE, History, Kinds
from foedus.experiments.decisions.wider import WIDER, Wider

if TYPE_CHECKING:
    import pandas as pd

PLAIN = (
    "applies",
    "contig_opponent",
    "ln_cinc_ally",
    "ln_n_allies",
    "hostile_mids_opponent",
    "shared_mids",
    "bound_to_opponent",
    "post1945",
)
"""Covariates of the plain model, chosen from the literature before any fit."""
OURS = (*PLAIN, "clause_met", "clause_missing")
"""The plain model's and the one question more."""
MODERN = 1945


def rows_of(
    conflicts: Iterable[Conflict], history: History, clauses: Clauses, wider: Wider | None = None
) -> pd.DataFrame:
    """The rows of a set of conflicts.

    Returns
    -------
    DataFrame
        One row for each ally of a principal that had promised it something, was a state, and is not whom it
        fights. Columns: ``conflict``, ``year``, ``role``, ``principal``, ``opponent``, ``ally``; the kinds of
        promise; ``joined``; the covariates `OURS`.
    """
    import pandas as pd

    found = [row for conflict in conflicts for side in conflict.sides
             for row in _side(conflict, side, history, clauses, wider)]  # fmt: skip
    columns = ["conflict", "year", "role", "principal", "opponent", "ally", *Kinds._fields, "joined", *OURS]
    columns += [] if wider is None else [name for name in WIDER if name not in columns]
    return pd.DataFrame(found, columns=columns)


def covariates(
    ally: int, principal: int, opponent: int, year: int, month: str, history: History
) -> dict[str, float]:
    """What is known of a pair before the onset, apart from what the promise says."""
    share = history.capability(ally, year)
    return {
        "contig_opponent": float(history.borders(ally, opponent, month)),
        "ln_cinc_ally": log(share) if share > 0 else nan,
        "hostile_mids_opponent": log(1 + history.disputes_against(ally, opponent, year)),
        "shared_mids": log(1 + history.disputes_beside(ally, principal, year)),
        "bound_to_opponent": float(history.promised(ally, opponent, year - 1).defense),
        "post1945": float(year >= MODERN),
    }


def _side(
    conflict: Conflict, side: Side, history: History, clauses: Clauses, wider: Wider | None
) -> Iterator[dict[str, Any]]:
    pacts = history.allies(side.principal, conflict.year)
    for ally, kinds in side.pacts.items():
        pacts[ally] = pacts.get(ally, NONE).either(kinds)
    allies = {
        ally: kinds
        for ally, kinds in sorted(pacts.items())
        if ally not in (side.principal, side.opponent) and history.is_state(ally, conflict.year)
    }
    applies = {
        ally: kinds.defense if side.role == "target" else kinds.offense for ally, kinds in allies.items()
    }
    met = clauses.met(conflict, side, allies)
    for ally, kinds in allies.items():
        yield {
            "conflict": conflict.number,
            "year": conflict.year,
            "role": side.role,
            "principal": side.principal,
            "opponent": side.opponent,
            "ally": ally,
            **kinds._asdict(),
            "joined": int(ally in side.came),
            "applies": float(applies[ally]),
            "ln_n_allies": log(1 + sum(applies.values())),
            **covariates(ally, side.principal, side.opponent, conflict.year, conflict.month, history),
            **_further(wider, conflict, side, ally, kinds),
            "clause_met": met[ally],
            "clause_missing": float(met[ally] != met[ally]),
        }


def _further(
    wider: Wider | None, conflict: Conflict, side: Side, ally: int, kinds: Kinds
) -> dict[str, float]:
    """What the wider model asks beyond, where its tables are there."""
    if wider is None:
        return {}
    return wider.covariates(
        ally, side.principal, side.opponent, conflict.year, conflict.month, side.role, kinds
    )
