"""Claims made up for tests, and luck that is a plain function of its keys."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from foedus.cases.schema.events import Claim, Grade
from foedus.evidence import believe
from foedus.terms import Belief

START = datetime(2022, 1, 1, tzinfo=UTC)
RUNS = range(200)


def hour(number: float) -> datetime:
    return START + timedelta(hours=number)


class KeyedLuck:
    """Uniform numbers that depend on purpose, entity and run, and on nothing else."""

    def uniform(self, purpose: str, entity: str, runs: range) -> np.ndarray:
        digest = hashlib.sha256(f"{purpose}|{entity}".encode()).digest()
        every = np.random.default_rng(list(digest)).uniform(size=max(runs) + 1)
        return every[np.asarray(runs)]


def claim(
    who: str = "press",
    *,
    holds: bool = True,
    at: float = 1.0,
    grade: str = "B2",
    grades: list[tuple[float, str]] | None = None,
    predicate: str = "external_origin",
    **more: Any,
) -> Claim:
    """A claim; grades are (hour, grade), one at the hour of the claim unless given."""
    given = grades if grades is not None else [(at, grade)]
    return Claim(
        id=more.pop("id", f"{who}-{at:g}-{holds}".lower().replace(" ", "-").replace(".", "-")),
        predicate=predicate,
        holds=holds,
        who=who,
        at=hour(at),
        text="said so",
        grades=[Grade(at=hour(when), reliability=what[0], credibility=int(what[1])) for when, what in given],
        source=["test"],
        basis="reported",
        **more,
    )


def belief_in(claims, records=(), *, at: float = 24.0, fact: str = "external_origin", **more: Any) -> Belief:
    return believe(list(claims), list(records), as_of=hour(at), luck=KeyedLuck(), runs=RUNS, **more)[fact]
