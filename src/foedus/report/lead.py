"""The answer to a whole study in one paragraph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.cases.schema import Case
from foedus.report.ledger import Ledger
from foedus.report.numbers import middle_of
from foedus.report.phrases import phrases
from foedus.report.reading import Assessed, Summary, as_dict, look_up_or_none
from foedus.report.situation.law import both_readings, clause_name
from foedus.report.situation.telling import Telling


def lead(
    summary: Summary, case: Case, assessment: Assessed | Mapping[str, Any] | None, lang: str = "en"
) -> list[str]:
    """Tell the whole answer in a few sentences; what was not computed is left out.

    Returns
    -------
    list of str
        Sentences in the order of the story: bound, came, course, what differed, what it rests on.
    """
    say = phrases(lang)
    telling = Telling(summary, case, as_dict(assessment) or summary.get("obligation") or {}, say)
    sentences = []
    found = look_up_or_none(summary, "obligation")
    if found and found.get("by_reading"):
        acts = {
            act: say(f"lead.{act}.{'yes' if found.get(act) else 'no'}") for act in ("requested", "activated")
        }
        values = both_readings(telling, found["by_reading"]) | acts
        bound = say("lead.bound", clause=clause_name(found), **values)
        sentences.append(bound if found.get("clause") else say("lead.no_treaty"))
    rows = look_up_or_none(summary, "response", "members")
    if rows is not None:
        joining = sum((middle_of(row.get("troops")) or 0) > 0 for row in rows.values())
        response = summary["response"]
        values = {"troops": response.get("troops"), "first": response.get("first_arrival")}
        sentences.append(say("lead.came", joining=joining, **values) if joining else say("lead.nobody"))
    course = look_up_or_none(summary, "course")
    if course and course.get("with") and course.get("without"):
        with_, without = course["with"], course["without"]
        killed = {"with_": with_.get("deaths_civilian"), "without": without.get("deaths_civilian")}
        sentences.append(say("lead.course", **killed))
        differed = look_up_or_none(summary, "effect", "outcome_differed")
        if differed is not None:
            falls = {"falls": with_.get("state_falls"), "falls_without": without.get("state_falls")}
            sentences.append(say("lead.differed", differed=differed, **falls))
        if not any(event.kind == "shock" for event in case.events):
            sentences.append(say("lead.no_shock"))
            if summary.get("mode") == "free":
                sentences.append(say("lead.no_shock_free"))
    ledger = Ledger.of(summary)
    if ledger.rows:
        sentences.append(say("lead.assumed", share=ledger.share_assumed, all=len(ledger.rows)))
    return sentences
