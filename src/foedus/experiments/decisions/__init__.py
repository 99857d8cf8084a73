"""Does an obliged member join? Fitted on the public record of wars and disputes, and how well that works."""

from foedus.experiments.decisions.fitted import Decisions, fit_decisions
from foedus.experiments.decisions.results import write_results

__all__ = ["Decisions", "fit_decisions", "write_results"]
