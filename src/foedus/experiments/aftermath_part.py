"""The aftermath in the summary: indices with their path, the bill, the record afterwards, verdicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.aftermath import (
    MONTHS,
    Bill,
    Checked,
    PriceLine,
    Verdict,
    bill,
    check,
    declared_aftermath,
    item,
    price,
    verdicts,
)
from foedus.cases.schema import Case, Quantity
from foedus.chance import Luck
from foedus.engine.arrays import Course
from foedus.experiments.aftermath_facts import facts_of, first_shock
from foedus.experiments.stay import HOURS_A_DAY
from foedus.terms import Interval

if TYPE_CHECKING:
    from foedus.experiments.findings import Findings

COURSE_RESTS = ("course",)
"""What the bill's items from the course rest on: the model of the streets, not a number of the aftermath."""


def aftermath_part(study: Findings) -> dict[str, Any]:
    """Indices at twelve months, their paths, the bill as a table, the record afterwards, the verdicts."""
    case, at_usual = study.case, study.bill
    facts = facts_of(case, study.context, study.main)
    luck, runs = Luck(study.seed), range(study.runs)

    @cache
    def bill_at(months: float) -> Bill:
        return bill(case.aftermath, facts, luck, runs, months=months)

    checked = check(case.afterwards, bill_at, first_shock(case))
    judged = verdicts(case.expectations, checked, bill_at)
    return {
        "aftermath": {
            name: {**index.as_dict(), "path": _path(name, bill_at)} for name, index in at_usual.items()
        },
        "aftermath_left_out": at_usual.left_out,
        "bill": _table(case, study.main.courses, at_usual, checked, judged),
        "afterwards": [entry.as_dict() for entry in checked],
        "expectations": [verdict.as_dict() for verdict in judged],
    }


def _path(name: str, bill_at: Any) -> list[dict[str, Any]]:
    rows = []
    for months in MONTHS:
        index = bill_at(float(months))[name]
        rows.append(
            {
                "months": months,
                "with": Interval.of(index.with_).as_dict(),
                "without": Interval.of(index.without).as_dict(),
                "difference": Interval.of(index.difference).as_dict(),
            }
        )
    return rows


def _table(
    case: Case,
    courses: Mapping[str, Course],
    at_usual: Bill,
    checked: Sequence[Checked],
    judged: Sequence[Verdict],
) -> list[dict[str, Any]]:
    """Rows of the bill: civilian deaths first, then what else the course cost, then the months after."""
    lines = [*_of_course(courses["with"], courses["without"], case), *price(at_usual)]
    return [
        {
            **line.as_dict(),
            "rests_on": [{"name": name, "basis": _basis(name, case)} for name in line.rests_on],
            "record": _recorded(line.name, checked),
            "verdict": next((v.verdict for v in judged if v.expectation.index == line.name), None),
        }
        for line in lines
    ]


def _of_course(with_: Course, without: Course, case: Case) -> list[PriceLine]:
    def line(name: str, payer: str, a: Any, b: Any, unit: str = "people") -> PriceLine:
        ends = [np.asarray(x, dtype=float) for x in (a, b)]
        return item(name, payer, unit, ends[0], ends[1], "higher", COURSE_RESTS)

    lines = [
        line("deaths_civilian", "host", with_.killed_civilian[:, -1], without.killed_civilian[:, -1]),
        line("deaths_forces", "host", with_.killed_forces[:, -1], without.killed_forces[:, -1]),
        line("arrests", "host", with_.arrested[:, -1], without.arrested[:, -1]),
        line("state_falls", "host", with_.falls, without.falls, "share"),
    ]
    days = [course.troops.sum(axis=1) / HOURS_A_DAY for course in (with_, without)]
    return [*lines, line("troop_days", "contributors", days[0], days[1], "troop-days")]


def _basis(name: str, case: Case) -> str:
    """How a number that an item rests on is known; ``computed`` for the course."""
    if name in COURSE_RESTS:
        return "computed"
    quantity: Quantity | None = case.aftermath.get(name) or declared_aftermath().parameters.get(name)
    return quantity.basis if quantity is not None else "assumption"


def _recorded(name: str, checked: Sequence[Checked]) -> dict[str, int]:
    """How the entries of the record for an item came out, by result."""
    counted: dict[str, int] = {}
    for entry in checked:
        if entry.entry.index == name:
            counted[entry.result] = counted.get(entry.result, 0) + 1
    return counted
