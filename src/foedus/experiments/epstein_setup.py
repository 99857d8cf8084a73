"""Set-ups of Epstein's model by name, size and ``name=value``, as a command line gives them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any, get_type_hints

from foedus.errors import UserError
from foedus.streets.lattice import Epstein, as_printed, mesa, netlogo

PRESETS: dict[str, Callable[..., Epstein]] = {"printed": as_printed, "mesa": mesa, "netlogo": netlogo}
TITLES = {
    "printed": "Epstein's Model I, as printed",
    "mesa": "Epstein's Model I, Mesa's rules",
    "netlogo": "Epstein's Model I, NetLogo's rules",
}
_YES = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def epstein_setup(preset: str, *, size: str | None = None, changes: Sequence[str] = ()) -> Epstein:
    """A preset with its size and single values changed.

    Parameters
    ----------
    preset
        One of :data:`PRESETS`.
    size
        ``40`` for a square, or ``30x60`` for height and width. [sites]
    changes
        ``name=value`` for fields of :class:`foedus.streets.lattice.Epstein`.

    Raises
    ------
    UserError
        An unknown preset or name, or a value that no lattice can have; one line that says what to give.
    """
    if preset not in PRESETS:
        raise UserError(f"there is no preset {preset!r}; give one of {', '.join(PRESETS)}")
    wanted: dict[str, Any] = {} if size is None else dict(zip(("height", "width"), _sides(size), strict=True))
    for change in changes:
        name, value = _change(change)
        wanted[name] = value
    return PRESETS[preset](**wanted)


def _sides(size: str) -> tuple[int, int]:
    height, by, width = size.lower().partition("x")
    try:
        return int(height), int(width if by else height)
    except ValueError:
        raise UserError(
            f"--size is {size!r}; give sites a side, as 40, or height x width, as 30x60"
        ) from None


def _change(change: str) -> tuple[str, Any]:
    name, equals, text = (part.strip() for part in change.partition("="))
    kinds = get_type_hints(Epstein)
    names = [field.name for field in fields(Epstein)]
    if not equals:
        raise UserError(f"--set {change}: is no NAME=VALUE; give one as in police=0.074")
    if name not in names:
        raise UserError(f"--set {change}: there is no {name!r}; give one of {', '.join(names)}")
    kind = kinds[name]
    try:
        if kind is bool:
            return name, _YES[text.lower()]
        return name, kind(text) if kind in (int, float) else text
    except (ValueError, KeyError):
        needed = {bool: "true or false", int: "a whole number", float: "a number"}[kind]
        raise UserError(f"--set {change}: {text!r} is no value of {name}; give {needed}") from None
