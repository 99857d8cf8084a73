"""Replays that stand on nothing but the case, its posterior and the kernel: landings are made by hand.

``python replayed.py`` prints what the kernel at hand computes, in the form of
``replay_before_factions.json``. That file was written by the kernel on which the posterior of kazakhstan-2022
was fitted, and is not to be written anew unless that posterior is fitted anew.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable

import numpy as np

from foedus.alliance.arrival import Airlift
from foedus.cases import cities_of, load_case
from foedus.cases.schema import Case
from foedus.chance import Luck
from foedus.engine.arrays import Course, Plant
from foedus.engine.inputs import Inputs
from foedus.engine.plant import build_plant
from foedus.engine.run import ARMS, NOBODY_ASIDE, run_arms
from foedus.experiments.posterior import posterior_for

RUNS = 8
REPLAYED = {**ARMS, **NOBODY_ASIDE}


def landings_by_hand(case: Case, runs: int) -> Airlift:
    """Ten loads of 200 from twelve hours after the activation, one every three hours, by the lead state."""
    members = list(case.alliance.members)
    sites = {site.id: s for s, site in enumerate(case.sites)}
    fields = list(case.alliance.lift.airfields.values())
    loads = 10
    return Airlift(
        hour=12.0 + 3.0 * np.arange(loads),
        troops=np.full(loads, 200, dtype=np.int64),
        member=np.full(loads, members.index(case.alliance.lead), dtype=np.int64),
        by_air=np.ones(loads, dtype=np.bool_),
        delay=np.zeros((runs, len(members))),
        strength=np.ones((runs, len(members))),
        joins=np.ones((runs, len(members)), dtype=np.bool_),
        refly=np.zeros((runs, loads)),
        landings=np.full((runs, len(fields)), 2.0),
        road=np.full((runs, len(fields)), 3.0),
        site=np.array([sites[f.site] if f.site else -1 for f in fields], dtype=np.int64),
        lead=members.index(case.alliance.lead),
    )


def plant_of(case: Case, runs: int = RUNS) -> Plant:
    luck = Luck(1)
    posterior = posterior_for(case, None)
    inputs = Inputs(luck, runs, posterior.columns(luck, runs) if posterior else {})
    return build_plant(case, cities_of(case.country), inputs, landings_by_hand(case, runs))


def worlds() -> dict[str, Plant]:
    from small_worlds import lively_document

    from two_cities import as_case

    return {
        "kazakhstan-2022": plant_of(load_case("kazakhstan-2022")),
        "two-cities": plant_of(as_case(lively_document())),
    }


def digest(arrays: Iterable[np.ndarray]) -> str:
    found = hashlib.sha256()
    for array in arrays:
        plain = np.ascontiguousarray(array)
        found.update(f"{plain.dtype}{plain.shape}".encode() + plain.tobytes())
    return found.hexdigest()


def inputs_digest(plant: Plant, names: dict[str, list[str]]) -> str:
    """All that the kernel read when the record was made; what was added since is left aside."""
    parts = [np.asarray(getattr(plant.world, name)) for name in names["world"]]
    parts += [np.asarray(getattr(plant.schedule, name)) for name in names["schedule"]]
    parts += [np.asarray(plant.rule[name]) for name in names["rule"]]
    return digest(parts)


def course_digest(course: Course, names: list[str]) -> str:
    return digest(getattr(course, name) for name in names)


def totals(course: Course) -> dict[str, int]:
    """For whoever reads the file: what the digests stand for."""
    return {
        "killed_civilian": int(course.killed_civilian[:, -1].sum()),
        "arrested": int(course.arrested[:, -1].sum()),
        "troops": int(course.member_troops.sum()),
    }


def main() -> None:
    out = {}
    for name, plant in worlds().items():
        read = {
            "world": list(plant.world._fields),
            "schedule": list(plant.schedule._fields),
            "rule": list(plant.rule.dtype.names),
        }
        courses = run_arms(plant, REPLAYED, RUNS)
        out[name] = {
            "read": read,
            "inputs": inputs_digest(plant, read),
            "arms": {
                arm: {"course": course_digest(c, list(Course._fields)), **totals(c)}
                for arm, c in courses.items()
            },
        }
    json.dump({"written": list(Course._fields), "worlds": out}, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
