"""The sortie model against two airlifts on record: January 2022 and Nickel Grass, 1973.

Every input is drawn from its range in each draw; nothing observed is an input, save where a row says so.
What the model cannot know, such as how much of a fleet an order sent, shows as a miss.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal, TypeVar

import numpy as np
from pydantic import Field, TypeAdapter

from foedus.alliance.aircraft import cycle_of, landings_an_hour, unloading, way_of
from foedus.alliance.calendar import travel_of
from foedus.alliance.plan import declared_plan
from foedus.cases import load_case
from foedus.cases.schema import Airfield, Case, Fleet, Quantity, SourceEntry, Strict
from foedus.chance import Luck
from foedus.experiments.force_plan import plan_case
from foedus.terms import Interval

DRAWS = 200
JANUARY = "kazakhstan-2022"
FOUR_DAYS = 96.0
Model = TypeVar("Model", bound=Strict)
Row = dict[str, Any]


class Seen(Strict):
    """One thing that came of the airlift, by the record."""

    quantity: Literal["sorties", "stops", "days"]
    of: str
    value: float
    source: str


class Operation(Strict):
    """One airlift: its way, what it had to carry by which fleet, and the field where it landed."""

    title: str
    distance: Quantity
    cargo: dict[str, Quantity]
    fleets: dict[str, Fleet]
    field: Airfield
    observed: list[Seen]


@dataclass(frozen=True, slots=True)
class Record:
    """Airlifts on record, by key, and the sources of their numbers."""

    operations: Mapping[str, Operation]
    sources: Mapping[str, SourceEntry]


@cache
def declared_record() -> Record:
    """Read the airlifts on record."""
    from ruamel.yaml import YAML

    text = (files("foedus.experiments") / "lift_record.yaml").read_text(encoding="utf-8")
    read = YAML(typ="safe").load(text)
    sources = TypeAdapter(dict[str, SourceEntry]).validate_json(json.dumps(read.pop("sources")))
    operations = TypeAdapter(Annotated[dict[str, Operation], Field(min_length=1)]).validate_json(
        json.dumps(read)
    )
    return Record(operations, sources)


def compared(*, seed: int = 1, draws: int = DRAWS) -> dict[str, Any]:
    """Compare the sortie model with the airlifts on record.

    Returns
    -------
    For each airlift its title and rows: what, the model's 5-50-95 % over the draws, what was observed,
    whether the observed lies within, and a note.
    """
    luck = Luck(seed)
    record = declared_record()
    return {
        "draws": draws,
        "airlifts": [
            *_january(load_case(JANUARY), luck, draws),
            *(
                {"key": key, "title": found.title, "rows": _operation(key, found, luck, draws)}
                for key, found in record.operations.items()
            ),
        ],
    }


def _operation(key: str, found: Operation, luck: Luck, draws: int) -> list[Row]:
    """Sorties that the cargo takes, stops on the way, and days if every free aircraft flew."""
    sorties = {fleet: np.zeros(draws) for fleet in found.fleets}
    stops, days = np.zeros(draws), np.zeros(draws)
    for run, (one, numbers) in enumerate(_drawn(found, key, luck, draws)):
        hours, standing, distance = [0.0], [], one.distance.central()
        for name, fleet in one.fleets.items():
            way, payload = way_of(fleet, distance), fleet.payload
            assert payload is not None, "an airlift on record gives payloads"
            tonnes = payload.central() * way.share * numbers["fill"]
            n = math.ceil(one.cargo[name].central() / tonnes)
            sorties[name][run] = n
            standing += [unloading(fleet, numbers)] * n
            waves = math.ceil(n / max(round(fleet.aircraft.central()), 1))
            hours.append((waves - 1) * cycle_of(fleet, way) + way.out + fleet.turnaround.central())
            if fleet.stop is not None and fleet.speed.central() > 0:
                flown = distance / fleet.speed.central()
                stops[run] = max(stops[run], (way.out - flown) / max(fleet.stop.central(), 1e-9))
        queue = len(standing) / landings_an_hour(one.field, float(np.mean(standing)))
        days[run] = max(*hours, queue) / 24.0
    total = np.sum(list(sorties.values()), axis=0)
    model = {("sorties", name): values for name, values in sorties.items()}
    model |= {("sorties", "all"): total, ("stops", "all"): stops, ("days", "all"): days}
    words = {"sorties": "Sorties", "stops": "Stops for fuel on the way out", "days": "Days"}
    notes = {"days": "if every free aircraft flew; the flow was set by order, which the model does not know"}
    rows = []
    for seen in found.observed:
        label = words[seen.quantity] if seen.of == "all" else f"{words[seen.quantity]}, {seen.of}"
        values = model[(seen.quantity, seen.of)]
        rows.append(_row(label, values, seen.value, seen.value, notes.get(seen.quantity)))
    return rows


def _january(case: Case, luck: Luck, draws: int) -> Iterator[dict[str, Any]]:
    """January 2022 twice: with what was pledged, and with what came."""
    seen = {o.where: o.best for o in case.observed if o.quantity == "member_troops" and o.where}
    yield {
        "key": JANUARY,
        "title": f"{case.meta.title}: as pledged",
        "rows": _flown(case, luck, draws, troops_given=False),
    }
    yield {
        "key": f"{JANUARY}, troops as they came",
        "title": f"{case.meta.title}: the troops that came as an input",
        "rows": _flown(_with_pledges(case, seen), luck, draws, troops_given=True),
    }


def _flown(case: Case, luck: Luck, draws: int, *, troops_given: bool) -> list[Row]:
    found = plan_case(case, runs=draws, seed=luck.seed)
    plan, came = found.plan, found.landings
    flights, vehicles = np.zeros(draws), np.zeros(draws)
    for run, (alliance, numbers) in enumerate(_drawn(case.alliance, "january", luck, draws)):
        for unit in alliance.units:
            sent = plan.unit_troops.get(unit.id, 0.0)
            if sent > 0:
                how = travel_of(unit, alliance, list(alliance.members), numbers)
                flights[run] += math.ceil(sent / how.load) if how.by_air else 0
                vehicles[run] += sent * how.vehicles
    activation = next((e.at for e in case.events if e.kind == "activation"), case.meta.start)
    since = (activation - case.meta.clock.at(0)).total_seconds() / 3600.0
    observed = {o.quantity: o for o in case.observed if o.where is None}
    air = plan.sorties.fleet >= 0
    in_four_days = (came.hour[:, air] <= FOUR_DAYS).sum(axis=1).astype(float)
    first = np.nanmin(came.hour, axis=1)
    last = np.nanmax(came.hour, axis=1)
    troops = (came.troops * ~np.isnan(came.hour)).sum(axis=1).astype(float)
    hours = {name: observed[name] for name in ("first_landing_at", "closure_at")}
    total = observed["troops"]
    rows = [
        _row("Flights", flights, 108.0, 108.0, "108 within four days, by the record"),
        _row("Flights landed within four days", in_four_days, 108.0, 108.0, "at central loads"),
        _row("Vehicles", vehicles, 250.0, 250.0, "from the units' establishment, none from the outcome"),
        *(
            _row(label, values, hours[name].low - since, hours[name].high - since, "h after the activation")
            for label, values, name in (
                ("First landing", first, "first_landing_at"),
                ("All in", last, "closure_at"),
            )
        ),
    ]
    given = "an input in this comparison" if troops_given else None
    return [*rows, _row("Troops", troops, total.low, total.high, given)]


def _with_pledges(case: Case, troops: Mapping[str, float]) -> Case:
    members = {}
    for code, member in case.alliance.members.items():
        pledge = member.pledge
        if pledge is not None and code in troops:
            pledge = pledge.model_copy(update={"value": float(troops[code])})
        members[code] = member.model_copy(update={"pledge": pledge})
    return case.model_copy(update={"alliance": case.alliance.model_copy(update={"members": members})})


def _row(label: str, values: Any, low: float, high: float, note: str | None) -> Row:
    model = Interval.of(values)
    within = model.p05 is not None and model.p95 is not None and model.p05 <= high and low <= model.p95
    return {
        "what": label,
        "model": model.as_dict(),
        "observed": {"low": low, "high": high},
        "within": bool(within),
        "note": note,
    }


def _drawn(model: Model, key: str, luck: Luck, draws: int) -> Iterator[tuple[Model, dict[str, float]]]:
    """Each draw of a model: every quantity in it, and every number of the planner, at its drawn value."""
    values = {
        path: quantity.at(luck.uniform("lift", f"record.{key}.{path}", range(draws)))
        for path, quantity in _quantities(model, "")
    }
    numbers = {
        name: p.at(luck.uniform("lift", f"record.{key}.plan.{name}", range(draws)))
        for name, p in declared_plan().parameters.items()
    }
    for run in range(draws):
        drawn = _at(model, "", {path: float(column[run]) for path, column in values.items()})
        yield drawn, {name: float(column[run]) for name, column in numbers.items()}


def _quantities(node: Any, path: str) -> Iterator[tuple[str, Quantity]]:
    if isinstance(node, Quantity):
        yield path, node
    else:
        for name, child in _children(node):
            yield from _quantities(child, f"{path}.{name}")


def _at(node: Any, path: str, values: Mapping[str, float]) -> Any:
    if isinstance(node, Quantity):
        return node.model_copy(update={"value": values[path]})
    changed = {name: _at(child, f"{path}.{name}", values) for name, child in _children(node)}
    if isinstance(node, Strict):
        return node.model_copy(update=changed)
    if isinstance(node, dict):
        return changed
    return list(changed.values()) if isinstance(node, list) else node


def _children(node: Any) -> list[tuple[str, Any]]:
    if isinstance(node, Strict):
        return list(dict(node).items())
    if isinstance(node, dict):
        return list(node.items())
    return [(str(i), child) for i, child in enumerate(node)] if isinstance(node, list) else []
