"""Did the state kill, did it arrest? Yes or no, as the reference class knows it, scored like a quantity.

The CRPS of a chance against what happened is its Brier score, so the same code serves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.cases.schema import Observation
from foedus.experiments.posterior import observation_key
from foedus.experiments.rivals.mass_mobilization import Like

FloatArray = NDArray[np.float64]


class Response(StrEnum):
    """A response of the state that both a case and the reference class record."""

    KILLINGS = "killings"
    ARRESTS = "arrests"


TOLD_BY: Mapping[Response, tuple[str, ...]] = {
    Response.KILLINGS: ("deaths_civilian", "city_deaths", "deaths"),
    Response.ARRESTS: ("arrests",),
}
"""Observed quantities that tell of a response, the clearest first. `deaths` counts the forces' dead too;
where it alone is told, it is taken to tell of killings by the state (assumption)."""


def response_rows(
    observed: Sequence[Observation],
    fitted: Collection[str],
    since: datetime | None,
    crowds: Mapping[str, Mapping[Response, FloatArray]],
    like: Like | None,
) -> list[dict[str, Any]]:
    """One row for each response of which the record tells and that was open at the hour of the forecast.

    A response is held out only if nothing that was fitted, or reported by then, says that it had happened.
    ``crowds`` holds, for each run of the crowd model, whether it has each response, by run (run,). The wave
    has no state in it and says nothing; persistence says that it will not.
    """
    rows = []
    before = [
        o for o in observed if observation_key(o) in fitted or (since is not None and o.reported_at <= since)
    ]
    for response in Response:
        happened = _told(observed, response)
        if happened is None or _told(before, response):
            continue
        chances: dict[str, float | None] = {
            **{name: float(did[response].mean()) for name, did in crowds.items()},
            "protests": None if like is None or like.count == 0.0 else like.share(response),
            "persistence": None if since is None else 0.0,
        }
        rows.append(
            {
                "quantity": f"any_{response.value}",
                "where": None,
                "at": None,
                "unit": "chance",
                "key": f"any_{response.value}|all|window",
                "observed": happened,
                "low": happened,
                "high": happened,
                "reported_at": None,
                **dict.fromkeys(("crowd_untold", "wave", "wave_linear", "episodes")),
                **{name: _brier(chance, happened) for name, chance in chances.items()},
            }
        )
    return rows


def _told(observed: Sequence[Observation], response: Response) -> float | None:
    """1 if the record tells of it, 0 if the record says that there was none, None if it is silent."""
    for quantity in TOLD_BY[response]:
        found = [o for o in observed if o.quantity == quantity]
        if any(o.low > 0 for o in found):
            return 1.0
        if found and all(o.high == 0 for o in found):
            return 0.0
    return None


def _brier(chance: float | None, happened: float) -> dict[str, Any] | None:
    if chance is None:
        return None
    return {"median": chance, "crps": (chance - happened) ** 2}
