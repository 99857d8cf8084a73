"""Who is a member when? Spells of membership as data sets have them, made into the entries of a treaty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from foedus.errors import CaseError
from foedus.terms import Dated, Party
from foedus.terms.states import code_of_number
from foedus.treaties.datasets.table import first_day
from foedus.treaties.treaty import PartySpan, Span

_EARLIEST, _LATEST = 1600, 2100
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spell:
    """A state is bound from a day up to, not including, another; None where its end has not come."""

    code: Party
    since: Dated
    until: Dated | None


def spells_of(number: int, since: Dated, until: Dated | None, place: str) -> list[Spell]:
    """The spells of the state with a Correlates of War number: one for each code that it had in that time.

    Raises
    ------
    CaseError
        The number is no state's, or the end comes before the beginning.
    """
    if until is not None and until.last < since.first:
        raise CaseError(f"{place}: membership ends on {until}, before it begins on {since}; mend the dates")
    if until is not None and until.last == since.first:
        # Bound for a day: the data do not count hours.
        until = Dated((since.first + _DAY).isoformat())
    found = []
    starts = codes_of(number)
    for index, (begins, code) in enumerate(starts):
        ends = starts[index + 1][0] if index + 1 < len(starts) else None
        if ends is not None and ends <= since.first:
            continue
        if begins >= (date.max if until is None else until.last):
            break
        found.append(
            Spell(
                code,
                since if begins <= since.first else Dated(begins.isoformat()),
                until if ends is None or first_day(until) < ends else Dated(ends.isoformat()),
            )
        )
    return found


@cache
def codes_of(number: int) -> tuple[tuple[date, Party], ...]:
    """The codes that a number has stood for, each with its first day.

    Raises
    ------
    CaseError
        The number is no state's.
    """
    first = date(_EARLIEST, 1, 1)
    found = [(first, code_of_number(number, first))]
    for year in range(_EARLIEST, _LATEST):
        begins, ends = date(year, 1, 1), date(year + 1, 1, 1)
        code = code_of_number(number, ends)
        if code != found[-1][1]:
            found.append((_change(number, begins, ends), code))
    return tuple(found)


def _change(number: int, before: date, after: date) -> date:
    """The first day of the later code, by halving the time between two days."""
    later = code_of_number(number, after)
    while after - before > _DAY:
        middle = before + (after - before) // 2
        if code_of_number(number, middle) == later:
            after = middle
        else:
            before = middle
    return after


def entries(spells: Iterable[Spell]) -> list[PartySpan]:
    """The entries of a treaty: spells of a state that meet or overlap are one."""
    merged: list[Spell] = []
    for spell in sorted(spells, key=lambda spell: (spell.code, spell.since.first)):
        last = merged[-1] if merged else None
        if last is None or last.code != spell.code or not _meets(last, spell):
            merged.append(spell)
        else:
            merged[-1] = Spell(spell.code, last.since, later(last.until, spell.until))
    return [
        PartySpan.model_validate({"code": spell.code, "from": spell.since, "to": spell.until})
        for spell in merged
    ]


def _meets(earlier: Spell, following: Spell) -> bool:
    # Where one code ends with a year and the next begins with the new one, nothing lies between.
    return earlier.until is None or following.since.first <= earlier.until.last + _DAY


def later(first: Dated | None, second: Dated | None) -> Dated | None:
    """The later of two ends; None is the end that has not come."""
    if first is None or second is None:
        return None
    return first if first.last >= second.last else second


def span(spells: Iterable[Spell], whole: Iterable[Spell]) -> Span:
    """From the first beginning to the last end of some spells; open where the whole reaches no further."""
    some, every = list(spells), list(whole)
    since, until = reach(some)
    begins, ends = reach(every)
    return Span.model_validate(
        {
            "from": None if since.first <= begins.first else since,
            "to": None if until is None or (ends is not None and until.last >= ends.last) else until,
        }
    )


def reach(spells: list[Spell]) -> tuple[Dated, Dated | None]:
    """The first beginning and the last end of spells."""
    until = spells[0].until
    for spell in spells[1:]:
        until = later(until, spell.until)
    return min((spell.since for spell in spells), key=lambda since: since.first), until
