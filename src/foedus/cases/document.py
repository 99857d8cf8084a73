"""Which line of a YAML file says what: the text as data, with the line of every key.

Only the plain part of YAML is used: mappings, lists and scalars. Dates stay text, so that the schema
alone decides what a date is; anchors, aliases and tags are refused, so that what is read aloud is all
that there is.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from foedus.cases.mistakes import Mistake, Path, clipped
from foedus.errors import CaseError

_MOST = 50
_PLAIN_TAGS = ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value")
_TAG = "tag:yaml.org,2002:"
_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Document:
    """A YAML file as data, with the way back to its lines."""

    label: str
    data: Any
    mistakes: list[Mistake]
    _root: Any

    def line_of(self, path: Path) -> int:
        """Line (from 1) of the key or list entry at a path, or of the nearest section above it."""
        node, line = self._root, _first_line(self._root)
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            line, node = found
        return line

    def holds(self, path: Path) -> bool:
        """Whether the file has something at a path."""
        node = self._root
        for step in path:
            found = _child(node, step)
            if found is None:
                return False
            node = found[1]
        return True

    def error(self, mistakes: list[Mistake]) -> CaseError:
        """One line for each mistake, in the order of the file."""
        lines = {
            (line, f"{self.label}:{line}: {mistake}")
            for mistake in mistakes
            for line in [mistake.line or self.line_of(mistake.path)]
        }
        told = [text for _, text in sorted(lines)]
        rest = len(told) - _MOST
        return CaseError(told if rest <= 0 else [*told[:_MOST], f"{self.label}: and {rest} more mistakes"])


def parse(text: str, label: str) -> Document:
    """Parse the text of a case. Raises CaseError where it is no YAML, or more than plain YAML."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    odd = _NOT_TEXT.search(text)
    if odd is not None:
        line = text.count("\n", 0, odd.start()) + 1
        raise CaseError(f"{label}:{line}: holds the control character {odd.group()!r}; remove it")
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        raise CaseError(_syntax(error, label)) from None
    except YAMLError as error:
        raise CaseError(f"{label}:1: cannot be read as YAML ({_one_line(error)}); mend it") from None
    except RecursionError:
        raise CaseError(f"{label}:1: is nested too deeply for a case; make it flatter") from None
    if root is None:
        raise CaseError(f"{label}:1: is empty; `foedus new` writes a case to start from")
    anchored = _first_anchor(root)
    if anchored is not None:
        raise CaseError(
            f"{label}:{_first_line(anchored)}: uses an anchor or alias (&{anchored.anchor}); "
            "write the value out in each place"
        )
    mistakes: list[Mistake] = []
    data = _built(root, (), mistakes)
    return Document(label, data, mistakes, root)


def _first_line(node: Any) -> int:
    return int(node.start_mark.line) + 1


def _child(node: Any, step: str | int) -> tuple[int, Any] | None:
    """Line and node of one step down."""
    if node.id == "mapping":
        for key, value in node.value:
            if key.value == step:
                return _first_line(key), value
    elif node.id == "sequence" and isinstance(step, int) and 0 <= step < len(node.value):
        return _first_line(node.value[step]), node.value[step]
    return None


def _first_anchor(root: Any) -> Any | None:
    """The first anchored node; walks no alias, for it stops at the anchor."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.anchor:
            return node
        if node.id == "mapping":
            waiting.extend(part for pair in reversed(node.value) for part in reversed(pair))
        elif node.id == "sequence":
            waiting.extend(reversed(node.value))
    return None


def _built(node: Any, path: Path, mistakes: list[Mistake]) -> Any:
    tag = str(node.tag)
    if tag.removeprefix(_TAG) not in _PLAIN_TAGS:
        shown = tag.replace(_TAG, "!!")
        mistakes.append(Mistake(path, f"has the tag {shown}; write the plain value without a tag"))
        return None
    if node.id == "mapping":
        return _built_mapping(node, path, mistakes)
    if node.id == "sequence":
        return [_built(part, (*path, place), mistakes) for place, part in enumerate(node.value)]
    return _built_scalar(node, tag.removeprefix(_TAG), path, mistakes)


def _built_mapping(node: Any, path: Path, mistakes: list[Mistake]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        if key.id != "scalar":
            text = "a list or mapping stands where a key is expected; give a word as key"
            mistakes.append(Mistake(path, text, line=_first_line(key)))
            continue
        name = str(key.value)
        if name in out:
            text = f"the key is given twice, first on line {lines[name]}; keep one of them"
            mistakes.append(Mistake((*path, name), text, line=_first_line(key)))
            continue
        lines[name] = _first_line(key)
        out[name] = _built(value, (*path, name), mistakes)
    return out


_TRUE = {"true": True, "false": False}


def _built_scalar(node: Any, kind: str, path: Path, mistakes: list[Mistake]) -> Any:
    text = str(node.value)
    odd = _NOT_TEXT.search(text)
    if odd is not None:
        mistakes.append(Mistake(path, f"holds {odd.group()!r}, which is no text; remove it"))
        return ""
    if kind == "null":
        return None
    if kind == "bool" and text.lower() in _TRUE:
        return _TRUE[text.lower()]
    if kind == "int":
        return _integer(text, path, mistakes)
    if kind == "float":
        number = _float(text)
        if not math.isfinite(number):
            mistakes.append(Mistake(path, f"is {clipped(text)}, no finite number; give one"))
            return 0.0
        return number
    return text


def _integer(text: str, path: Path, mistakes: list[Mistake]) -> Any:
    digits = text.replace("_", "")
    if len(digits) > 18:
        mistakes.append(Mistake(path, f"is {clipped(text)}, a number too large; give a smaller one"))
        return 0
    if re.fullmatch(r"[-+]?0[0-9]+", digits):
        return int(digits)
    return int(digits, 0)


def _float(text: str) -> float:
    plain = text.replace("_", "").lower()
    for word, number in ((".nan", math.nan), (".inf", math.inf)):
        if plain.lstrip("+-") == word:
            return number
    return float(plain)


def _syntax(error: Any, label: str) -> str:
    mark = error.problem_mark or error.context_mark
    line = int(mark.line) + 1 if mark is not None else 1
    problem = _one_line(error.problem or error.context or "syntax")
    opened = int(error.context_mark.line) + 1 if error.context_mark is not None else line
    if "end of stream" in problem and "quoted scalar" in str(error.context):
        return f"{label}:{opened}: a quote is opened here and never closed; close it"
    if "flow" in str(error.context):
        return f"{label}:{line}: the bracket opened on line {opened} is not closed before this; close it"
    if "'\\t'" in problem:
        return f"{label}:{line}: a tab is used to indent; use spaces"
    if "single document" in _one_line(error.context or "") or "another document" in problem:
        return f"{label}:{line}: a second document begins here (---); keep one case in a file"
    if "undefined alias" in problem:
        return f"{label}:{line}: uses an anchor or alias (*); write the value out in each place"
    return f"{label}:{line}: cannot be read as YAML ({problem}); check indentation, quotes and brackets here"


def _one_line(words: object) -> str:
    return clipped(" ".join(str(words).split()), 120)
