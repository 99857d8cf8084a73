"""Was the clause met? Each ally's coded obligations, read by the treaties engine on the eve of a conflict.

This is the question that the plain models cannot ask. The obligations and their conditions are those of
ATOP's member file; the engine is told what was known on the first day, and nothing later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from math import nan

import numpy as np

from foedus.errors import CaseError
from foedus.experiments.decisions.conflicts import Conflict, Side
from foedus.experiments.decisions.design import chosen
from foedus.terms import Belief, Party, Predicate, Reading, Status
from foedus.terms.states import code_of_number
from foedus.treaties.reading import read_clause
from foedus.treaties.situation import Situation
from foedus.treaties.treaty import Clause, Treaty

FIGHT = ("mutual_defence", "offence")
"""Clauses that ask an ally to fight."""

_FACTS = {
    "target": {"armed_attack": True, "external_origin": True},
    "initiator": {"armed_attack": False},
}


class Clauses:
    """Treaties by party, and what their clauses say of a side of a conflict."""

    def __init__(self, treaties: Iterable[Treaty]) -> None:
        self._of: dict[Party, list[Treaty]] = defaultdict(list)
        for treaty in treaties:
            for party in {span.code for span in treaty.parties}:
                self._of[party].append(treaty)
        self._read: dict[tuple[str, str, Party, frozenset[Party]], float] = {}

    def met(self, conflict: Conflict, side: Side, allies: Iterable[int]) -> dict[int, float]:
        """How far the clause that comes nearest is met, for each ally: 1, 0.5 where open, 0; NaN unknown.

        0 is also the answer for an ally whose treaties with the principal ask it for no fight. NaN is the
        answer where no treaty of the two is found, and after the last year that is coded.
        """
        allies, day = tuple(allies), conflict.day_before
        host = _code(side.principal, day)
        if conflict.year > chosen("last_year_read") or host is None:
            return dict.fromkeys(allies, nan)
        opponents = frozenset(code for code in (_code(state, day) for state in side.opponents) if code)
        owed: dict[Party, float] = {}
        for treaty in self._of[host]:
            parties = tuple(sorted(treaty.parties_on(day)))
            if host not in parties:
                continue
            for clause in treaty.clauses_on(day):
                if clause.trigger.protects and host not in clause.trigger.protects:
                    continue
                value = 0.0
                if clause.type in FIGHT:
                    value = self._value(clause, side.role, host, opponents, frozenset(parties), day)
                for ally in clause.addressed(parties, host):
                    owed[ally] = max(owed.get(ally, 0.0), value)
        codes = {ally: _code(ally, day) for ally in allies}
        return {ally: nan if code is None else owed.get(code, nan) for ally, code in codes.items()}

    def _value(
        self,
        clause: Clause,
        role: str,
        host: Party,
        opponents: frozenset[Party],
        parties: frozenset[Party],
        day: date,
    ) -> float:
        key = (clause.id, role, host, opponents)
        if key not in self._read:
            situation = _situation(role, host, opponents, parties, day)
            reading = read_clause(clause, situation, self_judged=False)["sense"].reading
            self._read[key] = value_of(reading)
        return self._read[key]


def value_of(reading: Reading) -> float:
    """A reading as a covariate: 1 met, 0 not met, one half where it stays open."""
    return {Reading.MET: 1.0, Reading.NOT_MET: 0.0, Reading.NOT_APPLICABLE: 0.0}.get(
        reading, chosen("open_reading")
    )


def _situation(
    role: str, host: Party, opponents: frozenset[Party], parties: frozenset[Party], day: date
) -> Situation:
    """What the engine is told: who was attacked, by whom on the first day, and who is at war."""
    facts = {"at_war": True, "at_war_with_third_power": bool(opponents - parties), **_FACTS[role]}
    return Situation(
        beliefs={fact: _recorded(fact, holds) for fact, holds in facts.items()},
        host=host,
        as_of=datetime(day.year, day.month, day.day),
        attackers=opponents if role == "target" and opponents else None,
        wars=frozenset(frozenset((host, opponent)) for opponent in opponents),
        parties=parties,
    )


def _recorded(fact: Predicate, holds: bool) -> Belief:
    return Belief(fact, Status.TRUE if holds else Status.FALSE, np.full(1, float(holds)))


def _code(number: int, day: date) -> Party | None:
    try:
        return code_of_number(number, day)
    except CaseError:
        return None
