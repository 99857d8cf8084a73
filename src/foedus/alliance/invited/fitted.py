"""The fits that come with foedus: one on the whole frame, and one without each of its crises.

No crisis of the frame is ever predicted by coefficients that saw it: a case is matched to the frame by its
slug, or by its host and the date of its window, and gets the fit that left that crisis out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from foedus.alliance.invited.frame import Frame
from foedus.alliance.invited.model import NAMES, Estimate, fit
from foedus.alliance.invited.size import Sizes, sizes
from foedus.errors import CaseError

KIND = "foedus invited help, fitted"
NEAR = timedelta(days=62)
"""How far from a case's window a request of the same host may lie and count as the same crisis."""
INPUTS = ("frame.yaml", "priors.yaml")


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """What one fit gives: who comes once asked, and with how many."""

    estimate: Estimate
    sizes: Mapping[str, Sizes]

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        sizes = {role: [s.degrees, s.middle, s.scale, s.seen] for role, s in self.sizes.items()}
        return {**self.estimate.as_dict(), "sizes": sizes}

    @classmethod
    def of_dict(cls, raw: Mapping[str, Any]) -> Fitted:
        """Read the JSON form."""
        sizes = {role: Sizes(*values) for role, values in raw["sizes"].items()}
        return cls(Estimate.of_dict(raw), sizes)

    @classmethod
    def on(cls, frame: Frame) -> Fitted:
        """Fit a frame."""
        return cls(fit(frame), sizes(frame))


@dataclass(frozen=True, slots=True, eq=False)
class Fits:
    """The fit on all rows, and by case the fit that left its event out.

    ``crises`` gives host and date of the request of each, by which a case of another name is recognised.
    """

    whole: Fitted
    without: Mapping[str, Fitted]
    crises: Mapping[str, tuple[str, str | None]]

    def dumps(self) -> str:
        """The text of the results file, a line for each fit."""
        head = {
            "kind": KIND,
            "made_by": "python scripts/fit_invited.py",
            "inputs": inputs_mark(),
            "about": "mode and covariance, logarithms but for base and lead_state; sizes: Student's t of log",
            "names": list(NAMES),
            "crises": {case: list(where) for case, where in self.crises.items()},
        }
        lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
        lines.append(f'"all": {json.dumps(self.whole.as_dict())}')
        without = ",\n".join(
            f"{json.dumps(case)}: {json.dumps(one.as_dict())}" for case, one in self.without.items()
        )
        return "{" + ",\n".join(lines) + ',\n"without": {\n' + without + "\n}}\n"


def fit_all(frame: Frame) -> Fits:
    """Fit the whole frame, and the frame without each event."""
    by_event: dict[str, Fitted] = {}
    for request in frame.cases:
        if request.event not in by_event:
            by_event[request.event] = Fitted.on(frame.without(request.event))
    return Fits(
        Fitted.on(frame),
        {request.case: by_event[request.event] for request in frame.cases},
        {request.case: (request.host, request.asked) for request in frame.cases},
    )


def inputs_mark() -> str:
    """A digest of the frame and the priors: which text a fit was made from."""
    digest = hashlib.sha256()
    for name in INPUTS:
        digest.update((files(__package__) / name).read_bytes())
    return digest.hexdigest()[:16]


@cache
def read_fits() -> Fits:
    """Read the fits that come with foedus.

    Raises
    ------
    CaseError
        The file is not one of these fits.
    """
    raw = json.loads((files(__package__) / "fitted.json").read_text(encoding="utf-8"))
    if raw.get("kind") != KIND or raw.get("names") != list(NAMES):
        raise CaseError("fitted.json of invited help is of another make; run python scripts/fit_invited.py")
    return Fits(
        Fitted.of_dict(raw["all"]),
        {case: Fitted.of_dict(one) for case, one in raw["without"].items()},
        {case: (host, asked) for case, (host, asked) in raw["crises"].items()},
    )


def same_crisis(slug: str, host: str, start: datetime, end: datetime) -> str | None:
    """The crisis of the frame that a case is about, if any: by slug, or by host and date."""
    crises = read_fits().crises
    if slug in crises:
        return slug
    low, high = (start - NEAR).strftime("%Y-%m"), (end + NEAR).strftime("%Y-%m")
    for case, (where, asked) in crises.items():
        known = len(asked or "") >= len(low) and (asked or "")[:7]
        if where == host and asked and (low <= known <= high if known else low[:4] <= asked <= high[:4]):
            return case
    return None


def fitted_for(slug: str, host: str, start: datetime, end: datetime) -> tuple[Fitted, str | None]:
    """The fit by which a case is predicted, and the crisis that it left out (None: the whole frame)."""
    left_out = same_crisis(slug, host, start, end)
    fits = read_fits()
    return (fits.without[left_out], left_out) if left_out else (fits.whole, None)
