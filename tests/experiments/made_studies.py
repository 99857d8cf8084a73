"""Studies that several tests look at, each run once."""

from __future__ import annotations

from datetime import datetime
from functools import cache

import numpy as np

from foedus.cases import load_case
from foedus.cases.schema import Observation
from foedus.experiments.posterior import Posterior
from foedus.study import Study, run_study
from two_cities import as_case, number, small_case_document
from worlds import LIVELY

BASIS = {"basis": "assumption", "source": ["test"]}


def observation(quantity: str, low: float, high: float, **more) -> dict:
    return {
        "quantity": quantity,
        "low": float(low),
        "best": (low + high) / 2.0,
        "high": float(high),
        "unit": "people",
        "reported_at": "2022-01-12T00:00:00+06:00",
        "text": "made for a test",
        **BASIS,
        **more,
    }


def seen(quantity: str = "deaths", low: float = 0.0, high: float = 0.0, **more) -> Observation:
    document = small_case_document() | {"observed": [observation(quantity, low, high, **more)]}
    return as_case(document).observed[0]


def observed_document() -> dict:
    """The small case, lively, with three things reported at different times."""
    document = small_case_document()
    document["parameters"] = {name: number(value) for name, value in LIVELY.items()}
    document["parameters"]["kill_rate"] = {
        "value": {"lognormal": {"median": 1e-3, "sigma": 1.0}},
        "unit": "1/h",
        **BASIS,
    }
    document["observed"] = [
        observation(
            "participants",
            2000,
            4000,
            at="2022-01-04T12:00:00+06:00",
            reported_at="2022-01-05T08:00:00+06:00",
        ),
        observation(
            "arrests", 100, 200, at="2022-01-08T12:00:00+06:00", reported_at="2022-01-08T20:00:00+06:00"
        ),
        observation("deaths", 60, 80),
    ]
    return document


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def made_posterior(known_at: datetime | None = None, **more) -> Posterior:
    at = known_at or instant("2022-01-05T12:00:00+06:00")
    parts = {
        "case": "two-cities",
        "kind": "standard",
        "as_of": at,
        "known_at": at,
        "fitted": (),
        "values": {"reach": np.array([0.1, 0.2, 0.3]), "spark": np.array([1e-4, 2e-4, 3e-4])},
        "about": {"seed": 1},
    }
    return Posterior(**(parts | more))


@cache
def small_study() -> Study:
    return run_study(as_case(observed_document()), runs=40, seed=1)


@cache
def kazakhstan_study() -> Study:
    return run_study(load_case("kazakhstan-2022"), runs=24, seed=1)
