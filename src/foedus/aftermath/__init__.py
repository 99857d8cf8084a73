"""What it costs, in the months after: dependence, opinion, contagion, credibility, leadership."""

from foedus.aftermath.bill import Bill, bill, declared_aftermath
from foedus.aftermath.facts import AftermathFacts
from foedus.aftermath.index import Index
from foedus.aftermath.price import PriceLine, price

__all__ = ["AftermathFacts", "Bill", "Index", "PriceLine", "bill", "declared_aftermath", "price"]
