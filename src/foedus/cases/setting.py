"""Set one value of a case by its path, as in ``alliance.members.RUS.strain=0.5``."""

from __future__ import annotations

import re
from typing import Any

from foedus.cases.mistakes import (
    DISTRIBUTIONS,
    Path,
    annotation_at,
    clipped,
    did_you_mean,
    keys_at,
    listed,
    spelled,
)
from foedus.cases.schema import Case, Quantity
from foedus.errors import CaseError

EDIT_SOURCE = "edit"
"""Key of the source that everything edited names."""


def set_value(data: dict[str, Any], written: str, value: Any) -> str:
    """Set the value at a written path within the data of a case, and say what was done.

    A bare number or distribution takes the place of a quantity's value. The nearest section around
    that names a source gets the basis 'assumption' and the source 'edit'.

    Raises
    ------
    CaseError
        There is no such place in a case.
    """
    *sections, last = _steps(written)
    path: Path = ()
    here: Any = data
    sourced: dict[str, Any] | None = None
    for step in sections:
        here, path = _entered(here, path, step, written)
        sourced = here if isinstance(here, dict) and {"source", "basis"} <= here.keys() else sourced
    key = _key(here, path, last, written)
    path = (*path, key)
    before = _at(here, key)
    if annotation_at(Case, path) is Quantity and _is_bare(value):
        here[key] = {"source": [EDIT_SOURCE], "basis": "assumption", **(before or {}), "value": value}
        sourced = here[key]
        before = before and before.get("value")
    else:
        here[key] = value
    if sourced is not None and key not in ("source", "basis"):
        mark_edited(sourced)
    return f"{spelled(path)} set to {_told(value)}" + ("" if before is None else f", was {_told(before)}")


def mark_edited(section: dict[str, Any]) -> None:
    """Say that a section rests on an edit."""
    section["basis"] = "assumption"
    section["source"] = list(dict.fromkeys([*section["source"], EDIT_SOURCE]))


def _steps(written: str) -> list[str]:
    steps = [step for step in re.split(r"[.\[\]]+", written) if step]
    if not steps:
        raise CaseError(f"--set: '{clipped(written)}' is no path; give one, as in alliance.task.requested")
    return steps


def _entered(here: Any, path: Path, step: str, written: str) -> tuple[Any, Path]:
    """The section one step down; an empty one is made where the schema knows it."""
    key = _key(here, path, step, written)
    if _at(here, key) is None:
        here[key] = {}
    return here[key], (*path, key)


def _at(here: Any, key: str | int) -> Any:
    return here[key] if isinstance(key, int) else here.get(key)


def _key(here: Any, path: Path, step: str, written: str) -> str | int:
    if isinstance(here, dict):
        known = list(dict.fromkeys([*here, *keys_at(Case, path)]))
        if step in known or (path and path[0] == "parameters" and len(path) == 1):
            return step
        raise _not_there(written, step, path, known)
    if isinstance(here, list):
        ids = [_name_of(entry, place) for place, entry in enumerate(here)]
        if step in ids:
            return ids.index(step)
        if step.isdigit() and int(step) < len(here):
            return int(step)
        raise _not_there(written, step, path, ids)
    raise CaseError(
        f"--set {written}: {spelled(path)} is {clipped(here)} and has no parts; set it as a whole"
    )


def _name_of(entry: Any, place: int) -> str:
    """What an entry of a list is called: its id or name, or its text; its place where it has none."""
    if isinstance(entry, str):
        return entry
    if isinstance(entry, dict):
        return str(entry.get("id") or entry.get("name") or place)
    return str(place)


def _not_there(written: str, step: str, path: Path, known: list[str]) -> CaseError:
    advice = did_you_mean(step, known, f"give one of {listed(known)}" if known else "there is nothing here")
    where = f"in {spelled(path)}" if path else "in a case"
    return CaseError(f"--set {written}: there is no '{step}' {where}; {advice}")


def _is_bare(value: Any) -> bool:
    """Whether a value is a number or a distribution, without source and basis."""
    if isinstance(value, dict):
        return len(value) == 1 and next(iter(value)) in DISTRIBUTIONS
    return not isinstance(value, bool) and isinstance(value, int | float)


def _told(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return clipped(value, 60)
