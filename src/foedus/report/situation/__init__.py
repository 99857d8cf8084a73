"""Answers to each line of a situation, and what would change them.

The names of answers that a case's ``situation`` may use are the keys of :data:`ANSWERS`;
``belief:<fact>`` and ``clause:<clause id>`` take an argument.
"""

from foedus.report.situation.answers import ANSWERS, Answer, answers

__all__ = ["ANSWERS", "Answer", "answers"]
