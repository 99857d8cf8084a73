"""What every lattice asks of its numbers, each mistake told in one line."""

from __future__ import annotations

import dis
import inspect
import math
from collections.abc import Callable, Sequence
from dataclasses import fields
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.errors import UserError

MOST_SITES = 32_000
MOST_WITH_MARGIN = 32_700
_KINDS: dict[str, tuple[Any, Callable[[Any], Any], str]] = {
    "int": (Integral, int, "a whole number"),
    "float": (Real, float, "a number"),
    "bool": ((bool, np.bool_), bool, "True or False"),
}


def settle_kinds(setup: Any) -> None:
    """Numbers and switches are of their kind; NumPy's become Python's, so that every kernel sees one type."""
    for each in fields(setup):
        if each.type not in _KINDS:
            continue
        kind, plain, wanted = _KINDS[str(each.type)]
        value = getattr(setup, each.name)
        if not isinstance(value, kind) or (isinstance(value, bool) and plain is not bool):
            raise UserError(f"{each.name} is {value!r}; give {wanted}")
        object.__setattr__(setup, each.name, plain(value))


def check_sides(height: Any, width: Any) -> None:
    """Sides are whole numbers of sites, from 3 to 32,000."""
    for name, side in (("height", height), ("width", width)):
        if not isinstance(side, int) or not 3 <= side <= MOST_SITES:
            raise UserError(f"{name} is {side!r}; give a whole number of sites from 3 to {MOST_SITES}")


def check_shares(setup: Any, names: Sequence[str], filling: Sequence[str]) -> None:
    """Shares lie between 0 and 1, and those that fill sites fill no more than all."""
    for name in names:
        if not 0.0 <= getattr(setup, name) <= 1.0:
            raise UserError(f"{name} is {getattr(setup, name)!r}; give a share from 0 to 1")
    filled = sum(getattr(setup, name) for name in filling)
    if filled > 1.0 + 1e-12:
        raise UserError(f"{' and '.join(filling)} fill {filled:g} of the sites; together they may fill 1")


def check_visions(setup: Any) -> None:
    """Everybody sees a site at least, none twice, and rows and columns with their margin fit 15 bits."""
    sight = max(setup.vision, setup.police_vision)
    if max(setup.height, setup.width) + 2 * sight > MOST_WITH_MARGIN:
        raise UserError(
            f"{setup.height} x {setup.width} sites with a vision of {sight:g}: a side and twice the vision "
            f"may be {MOST_WITH_MARGIN} at most"
        )
    for name in ("vision", "police_vision"):
        vision = getattr(setup, name)
        if not 1.0 <= vision < math.inf or 2 * int(vision) + 1 > min(setup.height, setup.width):
            raise UserError(
                f"{name} is {vision!r}; give at least 1 site, and less than half of the smaller side of "
                f"{setup.height} x {setup.width}, so that nobody sees a site twice"
            )


def check_rule(setup: Any) -> None:
    """The threshold is a number, and the arrest constant one from 0 up."""
    if not math.isfinite(setup.threshold):
        raise UserError(f"threshold is {setup.threshold!r}; give a number")
    if not 0.0 <= setup.arrest_constant < math.inf:
        raise UserError(f"arrest_constant is {setup.arrest_constant!r}; give 0 or more")


def check_words(setup: Any, known: dict[str, tuple[str, ...]]) -> None:
    """Switches have one of their words."""
    for name, words in known.items():
        if getattr(setup, name) not in words:
            raise UserError(f"{name} is {getattr(setup, name)!r}; give one of {', '.join(words)}")


def check_whole(name: str, number: Any, least: int = 0) -> None:
    """A whole number, no less than ``least``."""
    given: Any = type(number)
    if not issubclass(given, Integral) or given is bool or number < least:
        raise UserError(f"{name} is {number!r}; give a whole number, {least} or more")


def check_luck(seed: Any, run: Any) -> None:
    """Seed and run are whole numbers of 64 and 63 bits at most."""
    for name, number, most in (("seed", seed, 2**64 - 1), ("run", run, 2**63 - 1)):
        check_whole(name, number)
        if number > most:
            raise UserError(f"{name} is {number!r}; give {most} or less")


def levels_over(level: ArrayLike, steps: int) -> NDArray[np.float64]:
    """Legitimacy at each of so many steps (time,), from one number or one for each.

    Raises
    ------
    UserError
        There is neither one number nor one for each step, or one lies outside 0 to 1.
    """
    check_whole("steps", steps)
    try:
        given = np.asarray(level, float)
    except (TypeError, ValueError):
        raise UserError(f"legitimacy is {level!r}; give a number, or one for each step") from None
    if given.shape not in ((), (steps,)):
        raise UserError(
            f"legitimacy has shape {given.shape}; give one number, or one for each of the {steps} steps"
        )
    if not ((given >= 0.0) & (given <= 1.0)).all():
        raise UserError("legitimacy is not everywhere from 0 to 1; mend the series")
    return np.ascontiguousarray(np.broadcast_to(given, (steps,)))


def check_own_rule(rule: Any) -> None:
    """A rule of one's own is a function that neither raises nor draws by chance.

    What it calls in its turn is not looked into.
    """
    if not inspect.isfunction(rule):
        raise UserError(f"willing is {rule!r}; give a function")
    if any(step.opname == "RAISE_VARARGS" for step in dis.get_instructions(rule)):
        raise UserError(f"{rule.__name__} can raise, which nobody would hear; give True or False instead")
    drawn = {"random", "default_rng"} & {*rule.__code__.co_names}
    drawn |= {name for name, value in inspect.getclosurevars(rule).globals.items() if _draws(value)}
    if drawn:
        raise UserError(
            f"{rule.__name__} draws by chance ({', '.join(sorted(drawn))}), which no seed would bring back; "
            f"let it depend on its arguments alone"
        )


def _draws(value: Any) -> bool:
    """Whether something that a rule names comes from a module of random numbers."""
    return "random" in (getattr(value, "__module__", None) or getattr(value, "__name__", None) or "")


def check_officers(police: Sequence[int] | NDArray[np.int64] | None, steps: int) -> None:
    """Officers are told for each step, if they are told."""
    if police is None:
        return
    given = np.asarray(police)
    if given.shape != (steps,):
        raise UserError(f"police has shape {given.shape}; give one number for each of the {steps} steps")
    for number in given.tolist():
        check_whole("police", number)
