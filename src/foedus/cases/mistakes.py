"""What is wrong with a case, said so that the reader can mend it.

A mistake is a place (a path such as ``alliance.units[2].strength``), what was found there and how to
mend it. ``of_schema`` puts the schema's verdicts into such words.
"""

from __future__ import annotations

import difflib
import re
import types
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

Path = tuple[str | int, ...]
"""The way from the top of a file to a place in it: keys, and places in lists from 0."""

_MOST = 200
DISTRIBUTIONS = ("uniform", "normal", "lognormal", "beta", "choice")


@dataclass(frozen=True)
class Mistake:
    """One mistake: its place, what was found and how to mend it; a line where the place has none."""

    path: Path
    text: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{spelled(self.path)}: {self.text}" if self.path else self.text


def spelled(path: Path) -> str:
    """Write a path the way a reader would: ``events[3].where[0]``."""
    out = ""
    for step in path:
        out += f"[{step}]" if isinstance(step, int) else f".{step}" if out else step
    return out


def clipped(value: object, length: int = 40) -> str:
    """Shorten a value to what fits in a line."""
    text = " ".join(str(value).split())
    return text if len(text) <= length else text[: length - 1] + "…"


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """``did you mean 'x'?`` when a known word is near, else the other advice."""
    near = _near(word, known)
    return f"did you mean '{near}'?" if near is not None else otherwise


def _near(word: str, known: Iterable[str]) -> str | None:
    by_fold = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[near[0]] if near else None


def listed(words: Iterable[str], most: int = 16) -> str:
    """Words in a row, cut where there are too many."""
    names = list(words)
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")


def of_schema(error: ValidationError, model: type[BaseModel], data: Any) -> list[Mistake]:
    """Turn a validation error into mistakes, one for each thing to mend."""
    details = error.errors(include_url=False)[:_MOST]
    misspelt = {
        (*path[:-1], _near(str(path[-1]), keys_at(model, path[:-1])))
        for detail in details
        if detail["type"] == "extra_forbidden"
        for path in [_without_tags(detail["loc"])[0]]
    }
    return [
        _mistake(detail, model, data)
        for detail in details
        if detail["type"] != "missing" or _without_tags(detail["loc"])[0] not in misspelt
    ]


def _mistake(detail: ErrorDetails, model: type[BaseModel], data: Any) -> Mistake:
    path, is_key = _without_tags(detail["loc"])
    kind, context, found = detail["type"], detail.get("ctx", {}), detail["input"]
    if kind == "extra_forbidden":
        return Mistake(path, _unknown_key(str(path[-1]), keys_at(model, path[:-1])))
    if kind == "missing":
        return Mistake(path, _missing(path, model, found))
    if kind in ("value_error", "assertion_error"):
        told = str(context.get("error"))
        pointed, value = _pointed(path, told, data)
        if isinstance(value, int | float):
            told = re.sub(r"^is [^;]+;", f"is {value};", told)
        return Mistake(pointed, told)
    text = _wanted(kind, context, found, model, path)
    return Mistake(path, f"the key {text}" if is_key else text)


def _without_tags(location: tuple[int | str, ...]) -> tuple[Path, bool]:
    """Take out what pydantic adds for the kinds of a value and for keys."""
    steps: list[int | str] = []
    for step in location:
        if steps and steps[-1] == "value" and step in (*DISTRIBUTIONS, "constant") and step != "value":
            steps.append("")
        elif step != "[key]":
            steps.append(step)
    path = tuple(step for step in steps if step != "")
    return path, "[key]" in location


def _pointed(path: Path, message: str, data: Any) -> tuple[Path, Any]:
    """What a message on a section speaks of: the key that is its first word, or the value itself."""
    here = data
    for step in path:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            return path, None
    first = message.split(" ", 1)[0]
    if isinstance(here, dict):
        for key in (first, "value"):
            if key in here:
                return (*path, key), here[key]
    return path, here


def _unknown_key(key: str, known: list[str]) -> str:
    advice = did_you_mean(key, known, f"the keys here are {listed(known)}" if known else "remove it")
    return f"unknown key; {advice}"


def _missing(path: Path, model: type[BaseModel], found: object) -> str:
    if isinstance(path[-1], int):
        return f"is missing; the list {clipped(found)} is too short"
    section = annotation_at(model, path[:-1])
    described = None
    if isinstance(section, type) and hasattr(section, "model_fields"):
        field = section.model_fields.get(str(path[-1]))
        described = field.description if field is not None else None
    return f"is missing; add it ({described})" if described else "is missing; add it"


_TYPES = {
    "string_type": "text (in quotes where it looks like a number)",
    "float_type": "a number",
    "float_parsing": "a number",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "list_type": "a list, as in [one, two]",
    "tuple_type": "a list, as in [low, high]",
    "dict_type": "a mapping, as in {key: value}",
    "finite_number": "a finite number",
}

_PATTERNS = {
    r"^[A-Z]{3}$": "a code of three capital letters (ISO 3166-1 alpha-3), such as KAZ",
    r"^[a-z0-9][a-z0-9-]*$": "lower-case letters, digits and hyphens only, such as kazakhstan-2022",
    r"^[a-z0-9][a-z0-9_-]*$": "lower-case letters, digits, _ and - only, such as cabinet_falls",
}

_BOUNDS = {
    "greater_than": ("above", "gt"),
    "greater_than_equal": ("of at least", "ge"),
    "less_than": ("below", "lt"),
    "less_than_equal": ("of at most", "le"),
}


def _wanted(kind: str, context: dict[str, Any], found: object, model: type[BaseModel], path: Path) -> str:
    """What was found, and what to give in its place."""
    is_found = f"is {_shown(found)}"
    if kind in _TYPES:
        return f"{is_found}; give {_TYPES[kind]}"
    if kind in _BOUNDS:
        words, key = _BOUNDS[kind]
        return f"{is_found}; give a number {words} {context[key]:g}"
    if kind in ("model_type", "model_attributes_type", "dataclass_type"):
        return f"{is_found}; {_mapping_wanted(found, keys_at(model, path))}"
    if kind == "literal_error":
        return f"{is_found}; {_choice_wanted(found, str(context['expected']))}"
    if kind == "string_pattern_mismatch":
        pattern = str(context["pattern"])
        return f"{is_found}; give {_PATTERNS.get(pattern, f'text that matches {pattern}')}"
    if kind.startswith("timezone"):
        return f"{is_found}, without a time zone; add one, as in 2022-01-05T21:00+06:00"
    if kind.startswith(("datetime", "date_")):
        return f"{is_found}, no date and time; give both and a zone, as in 2022-01-05T21:00+06:00"
    if kind.startswith("union_tag"):
        return f"{is_found}; give a number, or a distribution: {', '.join(DISTRIBUTIONS)}"
    if kind == "too_short" and context["actual_length"] == 0:
        return "is empty; give at least one"
    if kind == "too_short":
        return f"is too short: {context['actual_length']} given; give {context['min_length']} or more"
    if kind == "too_long":
        return f"is too long: {context['actual_length']} given; give {context['max_length']} or fewer"
    return f"{is_found}, which does not fit ({kind.replace('_', ' ')}); see `foedus schema`"


def _shown(found: object) -> str:
    if found is None:
        return "empty"
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, str):
        return f"'{clipped(found)}'"
    if isinstance(found, dict):
        return "a mapping with " + (f"the keys {listed(map(str, found), 5)}" if found else "no keys")
    if isinstance(found, list):
        return "a list" if found else "an empty list"
    return clipped(found)


def _mapping_wanted(found: object, keys: list[str]) -> str:
    if "basis" in keys and "value" in keys:
        number = clipped(found) if isinstance(found, int | float) else "1"
        return f"give value, source and basis: {{value: {number}, source: [key], basis: estimated}}"
    return f"give a mapping with the keys {listed(keys)}" if keys else "give a mapping"


def _choice_wanted(found: object, expected: str) -> str:
    choices = [word.strip().strip("'") for word in expected.replace(" or ", ", ").split(",")]
    advice = f"give {choices[0]}" if len(choices) == 1 else f"give one of {', '.join(choices)}"
    near = did_you_mean(found, choices) if isinstance(found, str) else ""
    return f"{near} Else {advice}" if near else advice


def keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """Keys that the schema knows in the section at a path; empty where any key is allowed."""
    section = annotation_at(model, path)
    if isinstance(section, type) and hasattr(section, "model_fields"):
        return list(section.model_fields)
    return []


def annotation_at(annotation: Any, path: Path) -> Any:
    """Type that the schema expects at a path; None where it has no single one."""
    annotation = _bare(annotation)
    for step in path:
        if isinstance(annotation, type) and hasattr(annotation, "model_fields"):
            field = annotation.model_fields.get(str(step))
            if field is None:
                return None
            annotation = _bare(field.annotation)
        elif get_origin(annotation) in (list, tuple):
            annotation = _bare(get_args(annotation)[0])
        elif get_origin(annotation) is dict:
            annotation = _bare(get_args(annotation)[1])
        elif get_origin(annotation) in (Union, types.UnionType):
            kinds = map(_bare, get_args(annotation))
            fields = [kind.model_fields[step] for kind in kinds if step in getattr(kind, "model_fields", ())]
            annotation = _bare(fields[0].annotation) if fields else None
        else:
            return None
    return annotation


def _bare(annotation: Any) -> Any:
    """A type without its annotations and without 'or None'."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        rest = [kind for kind in get_args(annotation) if kind is not type(None)]
        if len(rest) == 1:
            return _bare(rest[0])
    return annotation
