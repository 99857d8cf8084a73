"""Which treaties does foedus know? One readable file for each treaty, read when asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from pydantic import ValidationError

from foedus.errors import CaseError, FoedusError
from foedus.terms import Predicate
from foedus.treaties.packaged import names_in, packaged
from foedus.treaties.treaty import Clause, Treaty
from foedus.treaties.vocabulary import predicates


def catalogue() -> dict[str, Treaty]:
    """Every treaty in the package, by its id.

    Raises
    ------
    FoedusError
        A file of the package breaks the schema.
    """
    return dict(_treaties())


@cache
def _treaties() -> Mapping[str, Treaty]:
    return {name: _treaty(name) for name in names_in("builtin")}


def _treaty(name: str) -> Treaty:
    try:
        found = Treaty.model_validate(packaged(name))
    except ValidationError as mistake:
        first = mistake.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise FoedusError(f"{name}.yaml: {place}: {first['msg']}") from mistake
    if found.id != name:
        raise FoedusError(f"{name}.yaml: id: is {found.id}; name the file after it")
    return found


def treaty(treaty_id: str) -> Treaty:
    """The treaty of an id.

    Raises
    ------
    CaseError
        No such treaty; the line names those that there are.
    """
    found = _treaties().get(treaty_id)
    if found is None:
        from foedus.cases.mistakes import did_you_mean

        names = {*_treaties(), *(one.short_name for one in _treaties().values())}
        advice = did_you_mean(treaty_id, names, "`foedus treaties` lists those that there are")
        raise CaseError(f"{treaty_id!r} is no treaty of the catalogue; {advice}")
    return found


def treaty_named(told: str, day: date) -> Treaty:
    """The treaty that a user names by its id, its short name, or the beginning of its id.

    Parameters
    ----------
    told
        What the user says; 'csto' is enough for csto-1992.
    day
        The day in question: of several that fit, the one that was in force then.

    Raises
    ------
    CaseError
        None fits, or several do; the line names them.
    """
    asked = told.strip().casefold()
    known = _treaties()
    if asked in known:
        return known[asked]
    if asked:
        for fits in (_is_called, _begins_with, _holds):
            found = [one for one in known.values() if fits(one, asked)]
            in_force = [one for one in found if one.in_force_on(day)]
            # 'csto' is the treaty of 1992, not that on its peacekeeping: the id is the word and a year.
            plain = [one for one in in_force or found if re.fullmatch(rf"{re.escape(asked)}-\d{{4}}", one.id)]
            for choice in (plain, in_force, found):
                if len(choice) == 1:
                    return choice[0]
            if found:
                ids = ", ".join(one.id for one in found)
                raise CaseError(f"'{told}' may be several treaties; give one of {ids}")
    return treaty(told)


def _is_called(one: Treaty, asked: str) -> bool:
    return asked == one.short_name.casefold()


def _begins_with(one: Treaty, asked: str) -> bool:
    return one.id.startswith(f"{asked}-")


def _holds(one: Treaty, asked: str) -> bool:
    return asked in one.short_name.casefold() or asked in one.id or asked in one.name.casefold()


def case_in_force(predicate: Predicate, day: date) -> tuple[Treaty, Clause] | None:
    """The clause for which a predicate stands on a day, if it stands for one and that one is in force."""
    declaration = predicates().get(predicate)
    for clause_id in declaration.clauses if declaration is not None else ():
        found = treaty(clause_id.split(".")[0])
        for clause in found.clauses_on(day):
            if clause.id == clause_id:
                return found, clause
    return None
