"""The law of a case or an event as an answer: the obligation, and the beliefs that it hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.engine.law import Law
from foedus.terms import Interval

LAW_DRAWS = 2000
NO_TREATY = "the case names no treaty"


def law_part(law: Law, record: Sequence[str] = (), *, nobody: str = NO_TREATY) -> dict[str, Any]:
    """The obligation and the beliefs that it hangs on.

    Parameters
    ----------
    law
        What is believed and what follows in law.
    record
        Lines on earlier requests.
    nobody
        Why nobody is bound, where there is no treaty to read.
    """
    if law.assessment is None:
        nothing = {"reading": "not applicable", "probability": Interval(None, None, None, 0.0).as_dict()}
        obligation: dict[str, Any] = {
            "treaty": None,
            "clause": None,
            "by_reading": {"letter": nothing, "sense": nothing},
            "requested": law.requested,
            "invoked": law.invoked,
            "activated": law.activated,
            "first_activation": False,
            "permission": {"reading": "undetermined", "why": nobody},
            "why": [{"text": f"{nobody}, so nobody is bound", "children": []}],
            "clauses": [],
        }
    else:
        obligation = law.assessment.as_dict()
    return {
        "obligation": {**obligation, "as_of": law.as_of.isoformat()},
        "beliefs": {
            name: {
                "status": belief.status.value,
                "probability": _interval(belief.probability).as_dict(),
                "why": list(belief.why),
            }
            for name, belief in law.beliefs.items()
            if belief.why
        },
        "record": list(record),
    }


def _interval(draws: NDArray[np.float64]) -> Interval:
    """5-50-95 % over draws; no number where the fact is stated as contested and nobody puts one to it."""
    return Interval(None, None, None) if np.isnan(draws).all() else Interval.of(draws)
