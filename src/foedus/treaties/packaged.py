"""The data files of this room, read from their compiled copy where that is up to date.

The YAML files are what people read and edit. Reading them takes seconds, so the package carries one JSON file
made from them, `compiled.json`, with the digest of the text it was made from. Where the digest fits, the copy
is read; where a YAML file has been edited since, the YAML files are. ``python scripts/compile_treaties.py``
writes the copy anew.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

COMPILED = "compiled.json"
FOLDERS = ("builtin", "episodes", "vocabulary")


def packaged(name: str) -> Any:
    """The content of a data file, by its name without ending."""
    return _all()[name]


def names_in(folder: str) -> list[str]:
    """The names of the data files in a folder, without ending."""
    return sorted(entry.name.removesuffix(".yaml") for entry in _yaml_files(folder))


@cache
def _all() -> dict[str, Any]:
    compiled = files("foedus.treaties") / COMPILED
    if compiled.is_file():
        held: dict[str, Any] = json.loads(compiled.read_text(encoding="utf-8"))
        if held["digest"] == digest():
            content: dict[str, Any] = held["files"]
            return content
    return read_yaml_files()


def digest() -> str:
    """The digest of the text of every data file."""
    made = blake2b(digest_size=16)
    for folder in FOLDERS:
        for entry in _yaml_files(folder):
            made.update(entry.name.encode())
            made.update(entry.read_bytes())
    return made.hexdigest()


def read_yaml_files() -> dict[str, Any]:
    """Every data file as plain data, dates as text."""
    from ruamel.yaml import YAML

    reader = YAML(typ="safe", pure=True)
    read: dict[str, Any] = {}
    for folder in FOLDERS:
        for entry in _yaml_files(folder):
            content = reader.load(entry.read_text(encoding="utf-8"))
            # Dates become text, as JSON has them, so that both ways of reading give the same data.
            read[entry.name.removesuffix(".yaml")] = json.loads(json.dumps(content, default=str))
    return read


def _yaml_files(folder: str) -> list[Traversable]:
    place = files("foedus.treaties") / folder
    if not place.is_dir():
        return []
    found = [entry for entry in place.iterdir() if entry.name.endswith(".yaml")]
    return sorted(found, key=lambda entry: entry.name)
