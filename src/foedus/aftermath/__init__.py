"""What it costs, in the months after: dependence, opinion, contagion, credibility, the elite's struggle."""

from foedus.aftermath.bill import MONTHS, Bill, bill, declared_aftermath
from foedus.aftermath.check import Checked, check, months_after
from foedus.aftermath.facts import AftermathFacts
from foedus.aftermath.index import Index
from foedus.aftermath.price import PriceLine, item, price
from foedus.aftermath.verdict import Verdict, verdicts

__all__ = [
    "MONTHS",
    "AftermathFacts",
    "Bill",
    "Checked",
    "Index",
    "PriceLine",
    "Verdict",
    "bill",
    "check",
    "declared_aftermath",
    "item",
    "months_after",
    "price",
    "verdicts",
]
