"""Scores side by side: for each rival only what both it and the crowd model speak of, and how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from foedus.experiments.score import skill

Row = Mapping[str, Any]


def tally(rows: Sequence[Row], ours: Sequence[str], rivals: Sequence[str]) -> dict[str, Any]:
    """How each column came out.

    ``covered`` counts what a column speaks of; ``inside`` is the share of these whose 5-95 % interval touches
    the observed range, where it gives one. ``against`` compares each of ours with each rival on
    their common set alone: how often each was nearer, the mean of 1 - CRPS / rival's CRPS (the skill of the
    other pages), and the geometric mean of CRPS / rival's CRPS, in which a factor up and one down weigh
    alike; both leave out pairs in which a score is 0.
    """
    columns = [*ours, *rivals]
    return {
        "held_out": len(rows),
        "covered": {name: sum(row[name] is not None for row in rows) for name in columns},
        "inside": {name: _inside(rows, name) for name in columns},
        "against": {crowd: {name: _pair(rows, crowd, name) for name in rivals} for crowd in ours},
    }


def _inside(rows: Sequence[Row], name: str) -> dict[str, int]:
    told = [row[name]["inside"] for row in rows if row[name] is not None and "inside" in row[name]]
    return {"inside": int(sum(told)), "of": len(told)}


def _pair(rows: Sequence[Row], crowd: str, rival: str) -> dict[str, Any]:
    both = [row for row in rows if row[crowd] is not None and row[rival] is not None]
    pairs = [(row[crowd]["crps"], row[rival]["crps"]) for row in both]
    scored = [(ours, theirs) for ours, theirs in pairs if ours > 0.0 and theirs > 0.0]
    skills = [found for ours, theirs in scored if (found := skill(ours, theirs)) is not None]
    return {
        "common": len(both),
        "keys": [row["key"] for row in both],
        "crowd_nearer": sum(ours < theirs for ours, theirs in pairs),
        "rival_nearer": sum(theirs < ours for ours, theirs in pairs),
        "in_means": len(scored),
        "mean_skill_of_crowd": float(np.mean(skills)) if skills else None,
        "ratio": float(np.exp(np.mean([np.log(a / b) for a, b in scored]))) if scored else None,
    }
