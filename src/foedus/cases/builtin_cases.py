"""Where the text of a case comes from: a built-in case by its slug, or a file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from foedus.cases.mistakes import did_you_mean
from foedus.errors import CaseError

LARGEST_FILE = 2**20
"""Bytes. Seven times the largest built-in case; a file beyond it is no case."""

_NOT_CASES = ("parameters", "posterior")


@cache
def builtin_slugs() -> tuple[str, ...]:
    """Slugs of the cases that come with foedus."""
    names = (entry.name for entry in (files("foedus.cases") / "builtin").iterdir())
    stems = (name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))
    return tuple(sorted(stem for stem in stems if stem not in _NOT_CASES and "." not in stem))


def read_case_text(case: str | Path) -> tuple[str, str]:
    """Text of a case and the name by which its mistakes are reported.

    Parameters
    ----------
    case
        Slug of a built-in case, or a path to a YAML file. A built-in slug wins over a file of
        the same name without a suffix.

    Raises
    ------
    CaseError
        There is no such case, or the file is a directory, too large, unreadable or not UTF-8.
    """
    if isinstance(case, str) and case in builtin_slugs():
        resource = files("foedus.cases") / "builtin" / f"{case}.yaml"
        return resource.read_text(encoding="utf-8"), f"{case}.yaml"
    path = Path(case)
    try:
        there = path.exists()
    except OSError:
        there = True  # a name that no disk can hold: reading it says what is wrong
    if not there:
        raise CaseError(f"{case}: {_not_found(str(case))}")
    return file_text(path, "a case"), str(case)


def file_text(path: Path, what: str) -> str:
    """Text of a YAML file of a user's.

    Parameters
    ----------
    path
        The file.
    what
        What it should hold, with its article, as in 'a case'.

    Raises
    ------
    CaseError
        There is no such file, or it is a directory, too large, unreadable or not UTF-8.
    """
    label = str(path)
    try:
        if path.is_dir():
            raise CaseError(f"{label}: is a directory; give the YAML file of {what}")
        if not path.exists():
            raise CaseError(f"{label}: there is no such file; check the path")
        if not path.is_file():
            raise CaseError(f"{label}: is no ordinary file; give the YAML file of {what}")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise CaseError(
                f"{label}: is {size / 1e6:,.1f} MB, too large for {what}; "
                f"give a file of at most {LARGEST_FILE / 1e6:.1f} MB"
            )
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise CaseError(f"{label}: cannot be read ({reason}); check its name and permissions") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CaseError(f"{label}:{line}: is not UTF-8 text; save the file as UTF-8") from None


def _not_found(label: str) -> str:
    slugs = builtin_slugs()
    advice = did_you_mean(label, slugs, f"the built-in cases are {', '.join(slugs)}")
    if Path(label).suffix in (".yaml", ".yml") and not advice.startswith("did"):
        return "there is no such file; check the path"
    return f"there is no such file or built-in case; {advice}"
