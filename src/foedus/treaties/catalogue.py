"""Which treaties and predicates does foedus know? One readable file for each treaty, read when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from foedus.cases.schema.values import Strict
from foedus.errors import CaseError, FoedusError
from foedus.terms import Predicate
from foedus.treaties.treaty import Clause, Treaty

_PREDICATES = "predicates.yaml"


class Declaration(Strict):
    """A predicate: what it means, and what kind of thing it is.

    A ``record`` is a dated act, on record or not; a ``fact`` or an ``opinion`` is believed on evidence; a
    ``clause`` stands for the case of another clause, the first of ``clauses`` that is in force on the day.
    """

    kind: Literal["fact", "opinion", "record", "clause"]
    definition: Annotated[str, Field(min_length=1)]
    clauses: list[str] = Field(default_factory=list)


@cache
def predicates() -> Mapping[Predicate, Declaration]:
    """Every predicate that a clause may ask about, with its definition."""
    raw = _read(_PREDICATES)["predicates"]
    return {name: Declaration.model_validate(entry) for name, entry in raw.items()}


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
    names = sorted(
        entry.name
        for entry in _builtin().iterdir()
        if entry.name.endswith(".yaml") and entry.name != _PREDICATES
    )
    treaties = [_treaty(name) for name in names]
    return {treaty.id: treaty for treaty in treaties}


def _treaty(name: str) -> Treaty:
    try:
        return Treaty.model_validate(_read(name))
    except ValidationError as mistake:
        first = mistake.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise FoedusError(f"{name}: {place}: {first['msg']}") from mistake


def treaty(treaty_id: str) -> Treaty:
    """The treaty of an id.

    Raises
    ------
    CaseError
        No such treaty; the line names those that there are.
    """
    found = _treaties().get(treaty_id)
    if found is None:
        raise CaseError(f"{treaty_id!r} is no treaty of the catalogue; give one of {', '.join(_treaties())}")
    return found


def case_in_force(predicate: Predicate, day: date) -> Clause | None:
    """The clause for which a predicate stands on a day, if it stands for one and that one is in force."""
    declaration = predicates().get(predicate)
    for clause_id in declaration.clauses if declaration is not None else ():
        for clause in treaty(clause_id.split(".")[0]).clauses_on(day):
            if clause.id == clause_id:
                return clause
    return None


def _builtin() -> Any:
    return files("foedus.treaties") / "builtin"


def _read(name: str) -> Any:
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).load((_builtin() / name).read_text(encoding="utf-8"))
