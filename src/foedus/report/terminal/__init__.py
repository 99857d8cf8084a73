"""What a study or an assessment looks like in a terminal of 80 columns."""

from foedus.report.terminal.assessment import print_assessment
from foedus.report.terminal.summary import print_summary

__all__ = ["print_assessment", "print_summary"]
