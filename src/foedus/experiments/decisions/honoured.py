"""Are alliances that were honoured in war told from those that were violated?

The cases are those of Berkemeier and Fuhrmann (2018), Research & Politics 5(2), in which the promise was
called into play: an alliance in a war. A case's covariates are the means over its allies of the party in
need, whether or not they fought it: to leave out those that did would tell the outcome. That party is a
principal of the war where one is bound by the alliance; otherwise the bound belligerent of the earliest year,
which the Correlates of War do not date further. If allies of one year are parties in need together, that they
fought is then seen: a small leak, in the cases counted as ``late``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import log, nan
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.errors import CaseError
from foedus.experiments.decisions.clauses import FIGHT, value_of
from foedus.experiments.decisions.design import chosen
from foedus.experiments.decisions.history import History
from foedus.experiments.decisions.rows import OURS, covariates
from foedus.experiments.decisions.tables import HONOURED, Tables
from foedus.terms import Party
from foedus.terms.states import code_of_number
from foedus.treaties.datasets.table import Row, need_columns, read
from foedus.treaties.datasets.war_events import Event, War, events, wars_of
from foedus.treaties.reading import read_clause
from foedus.treaties.treaty import Clause, Treaty

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("atopid", "warid", "cowwarid", "honorBF", "violateBF")
JUDGED = (*FIGHT, "neutrality", "non_aggression")
"""Clauses that can be called into play by a war; the last by a war whose other principal is a party."""


@dataclass(frozen=True, slots=True)
class _Need:
    """A party at war, its alliance, and the side it stands on."""

    event: Event
    state: int
    opponent: int
    attacked: bool
    allies: tuple[int, ...]


def cases(tables: Tables, treaties: Mapping[str, Treaty], history: History) -> pd.DataFrame:
    """The cases honoured or violated.

    Returns
    -------
    DataFrame
        One row for each alliance and war: ``conflict`` (the war's number, or a negative one for a war that is
        not on the list), ``treaty``, ``honoured``, ``late``, and the covariates `OURS`.
    """
    import pandas as pd

    path = tables.paths[HONOURED]
    need_columns(path, COLUMNS, "Berkemeier and Fuhrmann (2018)")
    known = wars_of(tables.paths["cow_war_inter"], tables.paths["cow_war_onsets"])
    leads = {war: (target, initiator) for war, target, initiator in
             tables.rows("cow_war_onsets", "warnum", "target", "initiator")}  # fmt: skip
    found = []
    for row in read(path).rows():
        honoured, violated = row.flag("honorBF"), row.flag("violateBF")
        if honoured == violated:
            continue
        number = row.number("cowwarid")
        war, treaty = known.get(number or 0), treaties.get(f"atop-{row.needed('atopid')}")
        values: dict[str, Any] = dict.fromkeys(OURS, nan) | {"clause_missing": 1.0}
        late = False
        if war is not None and treaty is not None:
            needs, late = _in_need(war, treaty, leads[war.number], history)
            values |= _means(war, needs, treaty, history)
        found.append(
            {"conflict": _group(row, number, known), "treaty": row.needed("atopid"),
             "honoured": int(honoured), "late": late, **values}
        )  # fmt: skip
    return pd.DataFrame(found, columns=["conflict", "treaty", "honoured", "late", *OURS])


def _group(row: Row, number: int | None, known: Mapping[int, War]) -> int:
    return number if number is not None and number in known else -row.needed("warid")


def _in_need(
    war: War, treaty: Treaty, principals: tuple[int, int], history: History
) -> tuple[list[_Need], bool]:
    """The parties in need, and whether they are others than the principals of the war."""
    found = [need for event in events(war, treaty) if (need := _need(war, event, principals, history))]
    first = [need for need in found if need.state in principals]
    if first or not found:
        return first, False
    earliest = min(need.event.situation.day.year for need in found)
    return [need for need in found if need.event.situation.day.year == earliest], True


def _need(war: War, event: Event, principals: tuple[int, int], history: History) -> _Need | None:
    day = event.situation.day
    numbers = _numbers(war, event, day, history)
    state = numbers.get(event.host)
    opponents = sorted(numbers[code] for code in event.opponents if code in numbers)
    if state is None or not opponents:
        return None
    other = [number for number in principals if number != state and number in opponents]
    # Not an ally where there is another: that it fought on the other side is the outcome.
    strangers = [one for one in opponents if code_of_number(one, day) not in event.situation.parties]
    opponent = (
        other[0] if other else max(strangers or opponents, key=lambda one: _share(history, one, day.year))
    )
    began = any(row.began_it for row in war.of(state))
    attacked = state == principals[0] or (state not in principals and not began)
    allies = tuple(
        sorted(numbers[code] for code in event.situation.parties if code in numbers and code != event.host)
    )
    return _Need(event, state, opponent, attacked, allies)


def _numbers(war: War, event: Event, day: date, history: History) -> dict[Party, int]:
    """The Correlates of War numbers of the alliance's parties and of those that fought."""
    wanted = set(event.situation.parties) | set(event.opponents) | {event.host}
    found: dict[Party, int] = {}
    for number in sorted(history.states(day.year) | war.states()):
        try:
            code = code_of_number(number, day)
        except CaseError:
            continue
        if code in wanted:
            found.setdefault(code, number)
    return found


def _share(history: History, state: int, year: int) -> float:
    share = history.capability(state, year)
    return share if share == share else -1.0


def _means(war: War, needs: list[_Need], treaty: Treaty, history: History) -> dict[str, float]:
    rows = [row for need in needs for row in _allies(need, treaty, history)]
    if not rows:
        return {}
    means = {}
    for name in rows[0]:
        values = np.array([row[name] for row in rows])
        known = values[~np.isnan(values)]
        means[name] = float(known.mean()) if len(known) else nan
    # The clause that comes nearest to being met is the one that was called into play.
    met = nan if war.onset.first.year > chosen("last_year_read") else max(row["clause_met"] for row in rows)
    return means | {"clause_met": met, "clause_missing": float(met != met)}


def _allies(need: _Need, treaty: Treaty, history: History) -> Iterator[dict[str, float]]:
    situation, host = need.event.situation, need.event.host
    day, parties = situation.day, tuple(sorted(situation.parties))
    owed: dict[Party, dict[str, float]] = {}
    for clause in treaty.clauses_on(day):
        if clause.type not in JUDGED or (clause.trigger.protects and host not in clause.trigger.protects):
            continue
        met = _met(clause, need, parties)
        fits = clause.type == ("mutual_defence" if need.attacked else "offence")
        for party in clause.addressed(parties, host):
            before = owed.get(party, {"met": 0.0, "applies": 0.0})
            owed[party] = {"met": max(before["met"], met), "applies": max(before["applies"], float(fits))}
    fitting = sum(one["applies"] for one in owed.values())
    for ally in need.allies:
        promise = owed.get(code_of_number(ally, day))
        if promise is not None:
            month = f"{day:%Y-%m}"
            yield {
                "applies": promise["applies"],
                "ln_n_allies": log(1 + fitting),
                **covariates(ally, need.state, need.opponent, day.year, month, history),
                "clause_met": promise["met"],
            }


def _met(clause: Clause, need: _Need, parties: tuple[Party, ...]) -> float:
    """How far a clause is met; a promise not to attack is tested by a war among the parties alone."""
    if clause.type == "non_aggression":
        return float(code_of_number(need.opponent, need.event.situation.day) in parties)
    return value_of(read_clause(clause, need.event.situation, self_judged=False)["sense"].reading)
