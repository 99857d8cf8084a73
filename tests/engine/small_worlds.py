"""The small case of the tests, run: arms by name, without posteriors, scores or side ensembles."""

from __future__ import annotations

from datetime import datetime

from foedus.cases import cities_of
from foedus.cases.schema import Case
from foedus.chance import Luck
from foedus.engine.law import read_law
from foedus.engine.run import ARMS
from foedus.experiments.ensemble import Ensemble, run_ensemble
from two_cities import as_case, number, small_case_document
from worlds import LIVELY

PAIR = ("with", "without")


def lively_document() -> dict:
    """The small case with streets that are seldom empty, and where many are harmed."""
    document = small_case_document()
    document["parameters"] = {name: number(value) for name, value in LIVELY.items()}
    return document


def two_days_document() -> dict:
    """The lively case squeezed into two days, in which all still happens: short enough for plain Python."""
    document = lively_document()
    document["meta"]["end"] = "2022-01-04T00:00:00+06:00"
    hours = {"shock": "02T02", "fire": "03T06", "request": "02T12", "activation": "02T14"}
    for event in document["events"]:
        event["at"] = f"2022-01-{hours[event['id']]}:00:00+06:00"
        event.pop("until", None)
    return document


def ensemble_of(
    world: dict | Case,
    *,
    runs: int = 12,
    seed: int = 1,
    arms: tuple[str, ...] = PAIR,
    free: bool = False,
    threads: int | None = None,
) -> Ensemble:
    case = as_case(world) if isinstance(world, dict) else world
    luck = Luck(seed)
    return run_ensemble(
        case,
        cities_of(case.country),
        read_law(case, None, luck, 50),
        {arm: ARMS[arm] for arm in arms},
        runs=runs,
        luck=luck,
        free=free,
        threads=threads,
    )


def hour_of(case: Case, when: str) -> int:
    return int(case.meta.clock.hours_since_start(datetime.fromisoformat(when)))
