"""What if? A counterfactual is an edit of a case, and is written as one.

Three edits: an event taken away with all that hangs on it, a value set, an event shifted with all that
hangs on it. An overlay file holds any of them under ``without``, ``set`` and ``shift``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from foedus.cases.builtin_cases import read_case_text
from foedus.cases.document import parse
from foedus.cases.load import Rule, checked
from foedus.cases.mistakes import Mistake, clipped, did_you_mean, listed
from foedus.cases.schema import Case
from foedus.cases.setting import EDIT_SOURCE, mark_edited, set_value
from foedus.errors import CaseError


def with_overlay(
    case: Case,
    *,
    without: Sequence[str] = (),
    set_: Sequence[str] = (),
    shift: Sequence[str] = (),
    overlays: Sequence[str | Path] = (),
    further: Rule | None = None,
) -> tuple[Case, list[str]]:
    """Edit a case.

    Parameters
    ----------
    case
        The case; it is not changed.
    without
        Events to take away, by id, or by kind where there is one of that kind.
    set_
        ``path.to.key=value``; a place in a list is given by number or by id.
    shift
        ``event=+24h``: hours (or days, ``d``) by which an event comes later, or earlier with a minus.
    overlays
        YAML files with the keys ``without``, ``set`` and ``shift``; taken first.
    further
        What else must hold of the edited case, as in :func:`foedus.cases.load_case`.

    Returns
    -------
    tuple[Case, list[str]]
        The edited case, checked anew, and a line for each edit. Whatever was edited has the basis
        'assumption' and names the source 'edit'.

    Raises
    ------
    CaseError
        An edit names what is not there, cannot be read, or leaves a case that does not fit together.
    """
    edits = [_overlay_file(path) for path in overlays]
    edits.append(_Edits(list(without), dict(map(_parsed_set, set_)), dict(map(_parsed_shift, shift))))
    data: dict[str, Any] = case.model_dump(mode="json", exclude_unset=True)
    told: list[str] = []
    for edit in edits:
        told += [set_value(data, path, value) for path, value in edit.set.items()]
        told += [_shifted(data, event, by) for event, by in edit.shift.items()]
        told += [_taken_away(data, event) for event in edit.without]
    if not told:
        return case, []
    data["sources"].setdefault(EDIT_SOURCE, {"cite": "An edit of the case: what if?"})
    edited, mistakes = checked(data)
    if edited is not None and not mistakes and further is not None:
        mistakes = further(edited)
    if edited is None or mistakes:
        raise CaseError([f"{case.meta.slug} as edited: {_named(mistake, data)}" for mistake in mistakes])
    return edited, told


@dataclass(frozen=True)
class _Edits:
    without: list[str] = field(default_factory=list)
    set: dict[str, Any] = field(default_factory=dict)
    shift: dict[str, timedelta] = field(default_factory=dict)


def _parsed_set(text: str) -> tuple[str, Any]:
    path, equals, value = text.partition("=")
    if not equals or not path.strip() or not value.strip():
        raise CaseError(
            f"--set: '{clipped(text)}' is no edit; give path=value, as in alliance.task.requested=500"
        )
    label = f"--set {path.strip()}"
    try:
        document = parse(value, label)
        if document.mistakes:
            raise document.error(document.mistakes)
    except CaseError as error:
        raise CaseError([line.replace(f"{label}:1: ", f"{label}: ") for line in error.lines]) from None
    return path.strip(), document.data


def _parsed_shift(text: str) -> tuple[str, timedelta]:
    event, _, by = text.partition("=")
    return event.strip(), _hours(by, f"--shift: '{clipped(text)}'")


def _hours(text: str, label: str) -> timedelta:
    match = re.fullmatch(r"([+-]?\d{1,5}(?:\.\d+)?)\s*([hd]?)", text.strip())
    if match is None:
        raise CaseError(f"{label} is no shift; give event=±hours, as in request=+24h or request=-3.5h")
    number = float(match.group(1))
    return timedelta(days=number) if match.group(2) == "d" else timedelta(hours=number)


def _overlay_file(path: str | Path) -> _Edits:
    document = parse(*read_case_text(Path(path)))
    mistakes = [*document.mistakes, *_overlay_mistakes(document.data)]
    if mistakes:
        raise document.error(mistakes)
    shift = {
        event: _hours(
            str(by), f"{document.label}:{document.line_of(('shift', event))}: shift.{event}: '{by}'"
        )
        for event, by in (document.data.get("shift") or {}).items()
    }
    return _Edits(list(document.data.get("without") or []), dict(document.data.get("set") or {}), shift)


def _overlay_mistakes(data: Any) -> list[Mistake]:
    kinds: dict[str, tuple[type, str]] = {
        "without": (list, "a list of events"),
        "set": (dict, "a mapping of paths to values"),
        "shift": (dict, "a mapping of events to hours"),
        "text": (str, "text"),
    }
    if not isinstance(data, dict):
        return [Mistake((), f"is no mapping; an overlay has the keys {', '.join(kinds)}")]
    out = []
    for key, value in data.items():
        if key not in kinds:
            out.append(Mistake((key,), f"unknown key; {did_you_mean(key, kinds, f'give {listed(kinds)}')}"))
        elif value is not None and not isinstance(value, kinds[key][0]):
            out.append(Mistake((key,), f"is {clipped(value)}; give {kinds[key][1]}"))
        elif isinstance(value, list) and not all(isinstance(event, str) for event in value):
            out.append(Mistake((key,), "holds more than names; give a list of events"))
    return out


def _named(mistake: Mistake, data: Any) -> Mistake:
    """The mistake with ids in the place of numbers: an edited case has no lines to look them up."""
    path: list[str | int] = []
    here = data
    for step in mistake.path:
        here = here[step] if isinstance(step, int) or step in here else {}
        named = isinstance(step, int) and isinstance(here, dict) and "id" in here
        path.append(here["id"] if named else step)
    return Mistake(tuple(path), mistake.text)


def _taken_away(data: dict[str, Any], name: str) -> str:
    event = _event(data, name, "--without")
    gone = _hanging_on(data, event["id"])
    data["events"] = [entry for entry in data["events"] if entry["id"] not in gone]
    return f"without {event['id']}{_also(gone[1:])}"


def _shifted(data: dict[str, Any], name: str, by: timedelta) -> str:
    event = _event(data, name, "--shift")
    moved = _hanging_on(data, event["id"])
    for entry in data["events"]:
        if entry["id"] in moved:
            for key in ("at", "until"):
                if entry.get(key) is not None:
                    entry[key] = _later(entry[key], by)
            mark_edited(entry)
    pledges = _pledges_moved(data, moved, by)
    hours = by / timedelta(hours=1)
    return f"{event['id']} shifted by {hours:+g} h to {event['at']}{_also([*moved[1:], *pledges])}"


def _pledges_moved(data: dict[str, Any], moved: list[str], by: timedelta) -> list[str]:
    """Members' own pledges answer the activation: they move with it."""
    kinds = {entry["kind"] for entry in data["events"] if entry["id"] in moved}
    if "activation" not in kinds:
        return []
    members = data["alliance"]["members"]
    dated = [code for code, member in members.items() if member.get("pledged_at") is not None]
    for code in dated:
        members[code]["pledged_at"] = _later(members[code]["pledged_at"], by)
    return [f"{code}'s pledge" for code in dated]


def _later(text: str, by: timedelta) -> str:
    try:
        return (datetime.fromisoformat(text) + by).isoformat()
    except OverflowError:
        raise CaseError(f"--shift: {by} from {text} is outside the calendar; give fewer hours") from None


def _event(data: Mapping[str, Any], name: str, option: str) -> dict[str, Any]:
    """The event of that id, or the only one of that kind."""
    events: list[dict[str, Any]] = data.get("events") or []
    for event in events:
        if event["id"] == name:
            return event
    of_kind = [event for event in events if event["kind"] == name]
    if len(of_kind) == 1:
        return of_kind[0]
    ids = [event["id"] for event in events]
    if of_kind:
        these = listed(str(event["id"]) for event in of_kind)
        raise CaseError(f"{option}: there are {len(of_kind)} events of kind '{name}'; give one of {these}")
    advice = did_you_mean(name, ids, f"the events are {listed(ids)}" if ids else "the case has no events")
    raise CaseError(f"{option}: there is no event '{name}'; {advice}")


def _hanging_on(data: Mapping[str, Any], first: str) -> list[str]:
    """The event and all that hang on it, directly or through others."""
    found = [first]
    for cause in found:
        found += [
            event["id"]
            for event in data["events"]
            if event.get("because") == cause and event["id"] not in found
        ]
    return found


def _also(others: Sequence[str]) -> str:
    return f" (and with it {listed(others)})" if others else ""
