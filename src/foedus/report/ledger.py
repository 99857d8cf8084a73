"""What an answer rests on: every number with its basis and source, assumptions first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from foedus.terms import Basis

# From the weakest ground to the firmest.
ORDER = (Basis.ASSUMPTION, Basis.ESTIMATED, Basis.LITERATURE, Basis.REPORTED, Basis.MEASURED)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The numbers beneath a study, sorted from the weakest ground to the firmest, then by name."""

    rows: tuple[Mapping[str, Any], ...]

    @classmethod
    def of(cls, summary: Mapping[str, Any]) -> Ledger:
        """Read the ledger from a summary's ``assumptions``."""
        ranks = {basis.value: rank for rank, basis in enumerate(ORDER)}
        rows = summary.get("assumptions") or []
        by_ground = sorted(rows, key=lambda row: (ranks.get(str(row["basis"]), len(ORDER)), row["parameter"]))
        return cls(tuple(by_ground))

    @property
    def share_assumed(self) -> float:
        """Share of the numbers that are assumptions; 0 where there are none."""
        assumed = sum(row["basis"] == Basis.ASSUMPTION.value for row in self.rows)
        return assumed / len(self.rows) if self.rows else 0.0

    @property
    def by_basis(self) -> list[tuple[str, int]]:
        """How many numbers stand on each ground, the weakest first."""
        counted = Counter(str(row["basis"]) for row in self.rows)
        known = [(basis.value, counted.pop(basis.value)) for basis in ORDER if basis.value in counted]
        return known + sorted(counted.items())


def source_text(row: Mapping[str, Any], sources: Mapping[str, Any]) -> str:
    """Where a number comes from; a key of the case's sources is written out."""
    source = row.get("source")
    keys = source if isinstance(source, list) else [source]
    cited = []
    for key in keys:
        entry = sources.get(key) if isinstance(key, str) else None
        cited.append(entry.cite if entry is not None else str(key or ""))
    return "; ".join(cited)
