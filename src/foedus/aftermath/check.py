"""What the record says afterwards, beside what the model said for that month. Nothing is fitted on it.

An entry of the record is read in one of four ways:

``level``   the index itself, as counted: does its range touch the model's 5-95 %?
``change``  how far it moved since before the crisis: does that range touch the model's?
``event``   1 if it happened by then, 0 if not: how likely did the model hold it, and its Brier score
``sign``    only the direction of the move: -1, 0 or 1: what share of worlds moved that way, notably

An entry whose cause cannot be told apart from others is *unidentified*: the comparison is shown, and is no
test of the model. What happened meanwhile in states without contingents stands beside it as a description.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.aftermath.bill import Bill
from foedus.aftermath.index import Index
from foedus.aftermath.price import notable
from foedus.cases.schema.afterwards import AfterRecord, Elsewhere
from foedus.terms import Interval

FloatArray = NDArray[np.float64]
BillAt = Callable[[float], Bill]
DAYS_A_MONTH = 30.44
UNIDENTIFIED = "unidentified"
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Checked:
    """One entry of the record beside the model.

    Attributes
    ----------
    entry, months
        The record, and how many months after the first shock it speaks of.
    model
        5-50-95 % of what the entry is read against, with contingents; None where it is not computed.
    agrees
        Whether they agree by the rule of its reading; None where not computed.
    result
        ``inside`` or ``outside``; ``likelier than not`` or ``less likely than not``; ``that way`` or
        ``another way``; ``unidentified`` where the entry cannot test the model; ``not computed``.
    chance
        Mean probability of what happened (event), or share of worlds that moved so (sign); else None.
    brier
        Brier score of an event, 0 best; None for other readings.
    """

    entry: AfterRecord
    months: float
    model: Interval | None
    agrees: bool | None
    result: str
    chance: float | None = None
    brier: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        e = self.entry
        return {
            "index": e.index,
            "at": e.at.isoformat(),
            "months": round(self.months, 1),
            "reads": e.reads,
            "low": e.low,
            "best": e.best,
            "high": e.high,
            "unit": e.unit,
            "text": e.text,
            "identified": e.identified,
            "why": e.why,
            "basis": e.basis,
            "source": list(e.source),
            "model": self.model.as_dict() if self.model else None,
            "agrees": self.agrees,
            "result": self.result,
            "chance": self.chance,
            "brier": self.brier,
            "elsewhere": _elsewhere(e.here, e.elsewhere),
        }


def check(records: Sequence[AfterRecord], bill_at: BillAt, zero: datetime) -> list[Checked]:
    """Compare every entry with the model at its month, in the order of the case.

    Parameters
    ----------
    bill_at
        The indices so many months after.
    zero
        When the months begin: the first dated shock.
    """
    return [_checked(entry, bill_at, months_after(entry.at, zero)) for entry in records]


def months_after(when: datetime, zero: datetime) -> float:
    """Months from the first shock to an instant, never below 0."""
    return max(0.0, (when - zero).total_seconds() / 86400.0 / DAYS_A_MONTH)


def _checked(entry: AfterRecord, bill_at: BillAt, months: float) -> Checked:
    index = bill_at(months).get(entry.index)
    if index is None or bool(np.isnan(index.with_).all()):
        return Checked(entry, months, None, None, "not computed")
    if entry.reads == "event":
        return _event(entry, index, months)
    if entry.reads == "sign":
        return _sign(entry, index, months)
    model = Interval.of(index.with_ if entry.reads == "level" else index.change)
    inside = _meets(model, entry.low, entry.high)
    return Checked(entry, months, model, inside, _named(entry, inside, "inside", "outside"))


def _event(entry: AfterRecord, index: Index, months: float) -> Checked:
    chance = float(np.nanmean(index.with_))
    likely = bool((chance >= HALF) == (entry.best >= HALF))
    happened = chance if entry.best >= HALF else 1.0 - chance
    return Checked(
        entry,
        months,
        Interval.of(index.with_),
        likely,
        _named(entry, likely, "likelier than not", "less likely than not"),
        chance=happened,
        brier=(chance - entry.best) ** 2,
    )


def _sign(entry: AfterRecord, index: Index, months: float) -> Checked:
    least, change = notable(index), index.change
    shares = {1: np.mean(change > least), -1: np.mean(change < -least), 0: np.mean(np.abs(change) <= least)}
    chance = float(shares[round(entry.best)])
    so = bool(chance >= max(float(s) for s in shares.values()))
    result = _named(entry, so, "that way", "another way")
    return Checked(entry, months, Interval.of(change), so, result, chance=chance)


def _named(entry: AfterRecord, agrees: bool, yes: str, no: str) -> str:
    return UNIDENTIFIED if not entry.identified else yes if agrees else no


def _meets(model: Interval, low: float, high: float) -> bool:
    least, most = model.p05, model.p95
    return (least is None or least <= high) and (most is None or low <= most)


def _elsewhere(here: Elsewhere | None, others: Sequence[Elsewhere]) -> list[Mapping[str, Any]]:
    """What moved meanwhile elsewhere, and the host's own move less that: a description, never a test."""
    moved = None if here is None else here.after - here.before
    return [
        {
            "who": other.who,
            "before": other.before,
            "after": other.after,
            "change": other.after - other.before,
            "host_less_this": None if moved is None else moved - (other.after - other.before),
            "note": other.note,
        }
        for other in others
    ]
