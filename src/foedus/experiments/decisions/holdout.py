"""Which conflicts are left out of the fit, and scored after it? A list of numbers, as people write them.

Numbers of wars (Correlates of War) and of disputes (MID) overlap: 139 is a war and a dispute. Under the keys
``wars`` and ``disputes``, or after the word ``war`` or ``dispute``, a number is what it is said to be. A bare
list is taken whole: as wars if each is one, else as disputes if each is one, else number by number, a war
first. What was taken for what is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.errors import CaseError

_KEYS = {
    **dict.fromkeys(("war", "wars", "warnum"), "wars"),
    **dict.fromkeys(("dispute", "disputes", "dispnum", "mid", "mids"), "disputes"),
}
_LARGEST = 1_000_000  # bytes; a list of numbers is small


@dataclass(frozen=True, slots=True)
class Holdout:
    """The conflicts that are left out, by number, and how the numbers were read."""

    wars: frozenset[int] = frozenset()
    disputes: frozenset[int] = frozenset()
    read_as: str = "as said in the file"


def read_holdout(path: Path, wars: Iterable[int], disputes: Iterable[int]) -> Holdout:
    """Read a list of conflicts: YAML, JSON, or text with a number a line.

    Parameters
    ----------
    path
        The file.
    wars, disputes
        The numbers that there are.

    Raises
    ------
    CaseError
        There is no such file, it is no list of numbers, or a number is neither a war's nor a dispute's.
    """
    known = {"wars": frozenset(wars), "disputes": frozenset(disputes)}
    said, bare = _said(path, _document(path))
    for kind, numbers in said.items():
        _check(path, numbers, known[kind], f"{kind[:-1]} in the data")
    as_wars, as_disputes, read_as = _sorted_out(path, bare, known["wars"], known["disputes"])
    found = Holdout(
        frozenset(said["wars"]) | as_wars,
        frozenset(said["disputes"]) | as_disputes,
        read_as if bare else "as said in the file",
    )
    if not found.wars and not found.disputes:
        raise CaseError(f"{path}: names no conflict; give numbers of wars or disputes")
    for kind, held in (("war", found.wars), ("dispute", found.disputes)):
        if held and held >= known[f"{kind}s"]:
            raise CaseError(f"{path}: holds out every {kind}; leave some to fit on")
    return found


def _sorted_out(
    path: Path, bare: list[int], wars: frozenset[int], disputes: frozenset[int]
) -> tuple[frozenset[int], frozenset[int], str]:
    numbers = frozenset(bare)
    if numbers <= wars:
        return numbers, frozenset(), "bare list: all are wars"
    if numbers <= disputes:
        return frozenset(), numbers, "bare list: not all are wars, all are disputes"
    _check(path, bare, wars | disputes, "war and no dispute in the data")
    return numbers & wars, numbers - wars, "bare list: each a war where there is one of that number"


def _check(path: Path, numbers: Iterable[int], known: frozenset[int], what: str) -> None:
    strange = sorted(set(numbers) - known)
    if strange:
        more = f" (and {len(strange) - 1} more)" if len(strange) > 1 else ""
        raise CaseError(f"{path}: {strange[0]}{more} is no {what}; take it out")


def _document(path: Path) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        if path.stat().st_size > _LARGEST:
            raise CaseError(f"{path}: is too large for a list of conflicts; give numbers alone")
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CaseError(f"{path}: no such file; give a list of numbers of wars or disputes") from None
    except (OSError, UnicodeDecodeError):
        raise CaseError(f"{path}: cannot be read as text; give a list of numbers") from None
    try:
        document = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError, RecursionError):
        return text
    # One number a line is to YAML one long text.
    return text if isinstance(document, str) else document


def _said(path: Path, document: Any) -> tuple[dict[str, list[int]], list[int]]:
    """The numbers under a key, and those without."""
    said: dict[str, list[int]] = {"wars": [], "disputes": []}
    bare: list[int] = []
    for kind, number in _items(path, document, None):
        (bare if kind is None else said[kind]).append(number)
    return said, bare


def _items(path: Path, document: Any, kind: str | None) -> Iterator[tuple[str | None, int]]:
    match document:
        case bool():
            raise CaseError(f"{path}: {document} is no number of a conflict; give numbers alone")
        case None:
            return
        case int():
            yield kind, document
        case str():
            yield from _words(path, document, kind)
        case list() | tuple():
            for entry in document:
                yield from _items(path, entry, kind)
        case dict():
            for key, entry in document.items():
                named = _KEYS.get(str(key).lower())
                if named is None:
                    raise CaseError(
                        f"{path}: {key!r} is no key of a list of conflicts; give wars or disputes"
                    )
                yield from _items(path, entry, named)
        case _:
            raise CaseError(f"{path}: {document!r} is no number of a conflict; give whole numbers")


def _words(path: Path, text: str, kind: str | None) -> Iterator[tuple[str | None, int]]:
    """Numbers in text; a word before a number names its kind, one alone on a line that of what follows."""
    standing = kind
    for number, line in enumerate(text.splitlines(), start=1):
        words = re.findall(r"[^\s,;:\[\]]+", line.partition("#")[0])
        here = standing
        for word in words:
            if word.isdecimal():
                yield here, int(word)
            elif word.lower() in _KEYS:
                here = _KEYS[word.lower()]
            else:
                raise CaseError(f"{path}:{number}: {word!r} is no number of a conflict; give numbers alone")
        if words and not any(word.isdecimal() for word in words):
            standing = here
