"""What a report reads: the parts of a study, and numbers that may be missing from its summary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import xarray as xr

    from foedus.cases.schema import Case

Summary = Mapping[str, Any]


class Assessed(Protocol):
    """An assessment of treaties, as the treaties room hands it over."""

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form: the chosen clause, all clauses, and the tree of why."""


class Reported(Protocol):
    """A study, as far as a report needs it."""

    @property
    def case(self) -> Case:
        """The case that was run."""

    @property
    def assessment(self) -> Assessed | None:
        """What the treaties say of it."""

    @property
    def data(self) -> xr.Dataset:
        """Every run, with the dimensions arm, run, time, city, day, site, member."""

    def summary(self) -> dict[str, Any]:
        """Return the object that ``foedus run CASE --json`` prints."""


class NotComputedError(LookupError):
    """A number that an answer needs is not in the summary."""


def look_up(summary: Summary, *path: str) -> Any:
    """Find what the summary holds at a path of keys.

    Raises
    ------
    NotComputedError
        If a key is missing or holds nothing: an answer then says so and invents nothing.
    """
    found: Any = summary
    for key in path:
        if not isinstance(found, Mapping) or found.get(key) is None:
            raise NotComputedError(".".join(path))
        found = found[key]
    return found


def look_up_or_none(summary: Summary, *path: str) -> Any:
    """Find what the summary holds at a path of keys, or None where it holds nothing."""
    try:
        return look_up(summary, *path)
    except NotComputedError:
        return None


def as_dict(assessment: Assessed | Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the JSON form of an assessment, whichever form it comes in."""
    if assessment is None:
        return {}
    if isinstance(assessment, Mapping):
        return dict(assessment)
    return assessment.as_dict()


def nobody_came(response: Mapping[str, Any]) -> bool:
    """Whether it is computed that contingents landed in no run: none was asked for, or none was sent."""
    first = response.get("first_arrival")
    return isinstance(first, Mapping) and first.get("censored") == 1.0
