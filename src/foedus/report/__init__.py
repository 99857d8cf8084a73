"""What a reader sees of a study: answers, tables, charts, the report and the brief.

Nothing here computes an answer: a report reads ``study.summary()``, ``study.data``, ``study.case`` and
``study.assessment``, and puts them in words and pictures.
"""
