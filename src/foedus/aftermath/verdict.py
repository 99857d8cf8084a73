"""What experts expected: borne out, failed or unresolved, by a rule that is stated before it is read.

1. *The record votes.* Each entry for the index speaks for the expectation, against it, or neither: a sign
   by its direction; a change by a range wholly above or below 0; a level by a range wholly above or below
   the model's 5-95 % of what was before; an event by whether it happened. A claim about an *effect* of the
   help counts identified entries only; a claim about the *outcome* counts all. The record is *for* if some
   entries are and none is against, *against* the other way round, *mixed* if both, else *silent*.
2. *The model votes.* The share q of worlds in which the index moves notably the expected way, at the month
   of the last entry that counted (else at twelve months): with less without for an effect, with less before
   for an outcome. *For* from two thirds, *against* up to one third, else *open*.
3. *Borne out*: the record is for, the model not against. *Failed*: the record is against, the model not
   for. *Unresolved*: all else, and always where the expectation names no direction.

'The price is high' is read from the other expectations: borne out if more than half of them are, failed if
more than half failed and none is borne out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.aftermath.check import HALF, BillAt, Checked
from foedus.aftermath.index import Index
from foedus.aftermath.price import notable
from foedus.cases.schema.afterwards import PRICE, Expectation

BORNE_OUT, FAILED, UNRESOLVED = "borne out", "failed", "unresolved"
FOR, AGAINST, MIXED, SILENT, OPEN = "for", "against", "mixed", "silent", "open"
MANY, FEW = 2.0 / 3.0, 1.0 / 3.0
USUAL_MONTHS = 12.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one expectation.

    Attributes
    ----------
    record, model
        How each votes, in the words of the rule.
    share, months
        Share of worlds that move notably the expected way, and at which month; None where not computed.
    counted, unidentified
        Entries that voted, and entries for the index that were set aside or flagged as unidentified.
    verdict
        ``borne out``, ``failed`` or ``unresolved``.
    """

    expectation: Expectation
    record: str
    model: str
    share: float | None
    months: float | None
    counted: int
    unidentified: int
    verdict: str

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        e = self.expectation
        return {
            "line": e.line,
            "index": e.index,
            "direction": e.direction,
            "claim": e.claim,
            "who": e.who,
            "text": e.text,
            "record": self.record,
            "model": self.model,
            "share": self.share,
            "months": None if self.months is None else round(self.months, 1),
            "counted": self.counted,
            "unidentified": self.unidentified,
            "verdict": self.verdict,
        }


def verdicts(
    expectations: Sequence[Expectation], checked: Sequence[Checked], bill_at: BillAt
) -> list[Verdict]:
    """Judge every expectation by the rule, in the order of the case."""
    judged = {id(e): _judged(e, checked, bill_at) for e in expectations if e.index != PRICE}
    others = [v.verdict for v in judged.values() if v.expectation.direction != "open"]
    return [judged[id(e)] if e.index != PRICE else _price(e, others) for e in expectations]


def ruled(record: str, model: str) -> str:
    """The third step of the rule."""
    if record == FOR and model != AGAINST:
        return BORNE_OUT
    if record == AGAINST and model != FOR:
        return FAILED
    return UNRESOLVED


def _judged(expectation: Expectation, checked: Sequence[Checked], bill_at: BillAt) -> Verdict:
    about = [c for c in checked if c.entry.index == expectation.index]
    effect = expectation.claim == "effect"
    counted = [c for c in about if c.entry.identified or not effect]
    months = max((c.months for c in counted), default=USUAL_MONTHS)
    index = bill_at(months).get(expectation.index)
    named = expectation.direction != "open"
    sign = 1 if expectation.direction == "higher" else -1
    record = _record([sign * _vote(c, index) for c in counted]) if named else SILENT
    share = _share(index, sign, effect) if index is not None and named else None
    model = OPEN if share is None else FOR if share >= MANY else AGAINST if share <= FEW else OPEN
    return Verdict(
        expectation,
        record,
        model,
        share,
        months if index is not None else None,
        len(counted),
        sum(not c.entry.identified for c in about),
        ruled(record, model),
    )


def _record(votes: Sequence[int]) -> str:
    up, down = any(v > 0 for v in votes), any(v < 0 for v in votes)
    return MIXED if up and down else FOR if up else AGAINST if down else SILENT


def _vote(checked: Checked, index: Index | None) -> int:
    """Whether an entry says higher (1), lower (-1) or neither (0)."""
    entry = checked.entry
    if entry.reads == "sign":
        return round(entry.best)
    if entry.reads == "event":
        return 1 if entry.best >= HALF else -1
    low, high = 0.0, 0.0
    if entry.reads == "level":
        if index is None or index.before is None:
            return 0
        low, high = (float(q) for q in np.quantile(index.before, [0.05, 0.95]))
    return 1 if entry.low > high else -1 if entry.high < low else 0


def _share(index: Index, sign: int, effect: bool) -> float | None:
    moved = index.difference if effect else index.change
    if bool(np.isnan(moved).all()):
        return None
    return float(np.mean(sign * moved > notable(index)))


def _price(expectation: Expectation, others: Sequence[str]) -> Verdict:
    borne, failed = others.count(BORNE_OUT), others.count(FAILED)
    half = len(others) / 2
    verdict = BORNE_OUT if borne > half else FAILED if failed > half and not borne else UNRESOLVED
    record = FOR if borne > half else AGAINST if failed > half else MIXED if others else SILENT
    return Verdict(expectation, record, OPEN, None, None, len(others), 0, verdict)
