"""Posteriors: what a fit left of the priors, in files of their own, each with the date it knows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.cases.schema import Case, Observation
from foedus.chance import Luck

FloatArray = NDArray[np.float64]
KINDS = ("standard", "forecast")


@dataclass(frozen=True, slots=True)
class Posterior:
    """Equally weighted particles of a fit.

    Attributes
    ----------
    case, kind
        Slug, and which fit: 'standard' (early reports and the named totals) or 'forecast' (early
        reports alone).
    as_of
        Only what was reported by then was fitted, but for the named totals.
    known_at
        When the last thing that it knows was reported: it may not serve a study as of earlier.
    fitted
        Keys of the observations that it saw (see :func:`observation_key`).
    values
        Particles by input name (particle,).
    about
        How the fit was made: seed, particles, tolerance, version.
    """

    case: str
    kind: str
    as_of: datetime
    known_at: datetime
    fitted: tuple[str, ...]
    values: Mapping[str, FloatArray]
    about: Mapping[str, Any]

    def columns(self, luck: Luck, runs: int) -> dict[str, FloatArray]:
        """One particle for each run, by a keyed draw."""
        count = len(next(iter(self.values.values())))
        pick = (luck.uniform("posterior", "particle", range(runs)) * count).astype(int)
        return {name: column[pick] for name, column in self.values.items()}

    def write(self, path: Path) -> None:
        """Write the particles with four significant digits."""
        body = {
            "foedus_posterior": 1,
            "case": self.case,
            "kind": self.kind,
            "as_of": self.as_of.isoformat(),
            "known_at": self.known_at.isoformat(),
            "fitted": list(self.fitted),
            "about": dict(self.about),
            "values": {name: [float(f"{x:.4g}") for x in column] for name, column in self.values.items()},
        }
        path.write_text(_lines(body), encoding="utf-8")


def _lines(body: Mapping[str, Any]) -> str:
    """JSON with one input a line, so that a change can be read."""
    head = {key: value for key, value in body.items() if key != "values"}
    text = json.dumps(head, indent=1, ensure_ascii=False)[:-2]
    rows = ",\n".join(f'  "{name}": {json.dumps(column)}' for name, column in body["values"].items())
    return f'{text},\n "values": {{\n{rows}\n }}\n}}\n'


def read_posterior(text: str) -> Posterior:
    """Read a posterior from its JSON text."""
    body = json.loads(text)
    return Posterior(
        case=body["case"],
        kind=body["kind"],
        as_of=datetime.fromisoformat(body["as_of"]),
        known_at=datetime.fromisoformat(body["known_at"]),
        fitted=tuple(body["fitted"]),
        values={name: np.asarray(column, dtype=float) for name, column in body["values"].items()},
        about=body["about"],
    )


def posteriors_of(slug: str) -> list[Posterior]:
    """The posteriors that come with a built-in case, the one that knows most first."""
    read = (_built_in(slug, kind) for kind in KINDS)
    return [posterior for posterior in read if posterior is not None]


@cache
def _built_in(slug: str, kind: str) -> Posterior | None:
    """One posterior that comes with a built-in case, read once."""
    file = files("foedus.cases") / "builtin" / f"{slug}.{kind}.json"
    return read_posterior(file.read_text(encoding="utf-8")) if file.is_file() else None


def posterior_for(case: Case, as_of: datetime | None) -> Posterior | None:
    """The posterior that a study may use: its own case's, and nothing that was known later.

    None where there is none: the priors then stand. A case of the user's own has none; with one
    built-in case there is no spread between cases to widen a pooled posterior by.
    """
    for posterior in posteriors_of(case.meta.slug):
        if as_of is None or posterior.known_at <= as_of:
            return posterior
    return None


def observation_key(seen: Observation) -> str:
    """The identity of an observation: quantity, place, the hour it speaks of, the day it was reported."""
    at = f"{seen.at:%Y-%m-%dT%H:%M}" if seen.at else "window"
    return f"{seen.quantity}|{seen.where or 'all'}|{at}|reported {seen.reported_at:%Y-%m-%d}"


def role_of(seen: Observation, posterior: Posterior | None) -> str:
    """'fitted' where the posterior saw this observation, else 'held out'."""
    return "fitted" if posterior is not None and observation_key(seen) in posterior.fitted else "held out"


def observations_for(
    observed: Sequence[Observation], as_of: datetime, totals: Sequence[str]
) -> list[Observation]:
    """What a fit may see: what was reported by then, and the totals named by key."""
    return [o for o in observed if o.reported_at <= as_of or observation_key(o) in totals]
