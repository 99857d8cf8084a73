"""Beliefs and assessments made by hand, so that the law is tested without the evidence room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np

from foedus.terms import Belief, Status
from foedus.treaties import Assessment, assess

DRAWS = 400


def belief(predicate: str, status: Status, mean: float) -> Belief:
    """A belief whose draws spread evenly around a mean; a fact of record where the mean is 0 or 1."""
    spread = min(mean, 1.0 - mean) * np.linspace(-0.5, 0.5, DRAWS)
    return Belief(predicate, status, np.full(DRAWS, mean) + spread)


def beliefs(**said: tuple[Status, float]) -> dict[str, Belief]:
    return {predicate: belief(predicate, *what) for predicate, what in said.items()}


# What could be said of Kazakhstan on 6 January 2022, by the record of that episode.
JANUARY_2022 = beliefs(
    internal_disorder=(Status.TRUE, 0.99),
    armed_attack=(Status.CONTESTED, 0.35),
    aggression=(Status.CONTESTED, 0.15),
    external_origin=(Status.CONTESTED, 0.08),
    threat_to_security=(Status.TRUE, 0.97),
    threat_to_stability=(Status.TRUE, 0.98),
    threat_to_sovereignty=(Status.CONTESTED, 0.3),
    threat_to_territorial_integrity=(Status.UNKNOWN, 0.05),
    government_in_effective_control=(Status.TRUE, 0.9),
)


def kazakhstan(
    said: Mapping[str, Belief] = JANUARY_2022,
    *,
    as_of: datetime = datetime(2022, 1, 6, 12, tzinfo=UTC),
    **changed: Any,
) -> Assessment:
    facts: dict[str, Any] = {
        "host": "KAZ",
        "requested": True,
        "invoked": True,
        "activated": True,
        "requester": "government",
        "target": "internal_unrest",
        "earlier_activations": 0,
        "compare": ["north-atlantic-treaty"],
        **changed,
    }
    return assess(["csto-1992", "csto-peacekeeping-2007"], said, as_of=as_of, **facts)
