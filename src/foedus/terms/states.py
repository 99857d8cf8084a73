"""Which state is meant? By ISO 3166-1 code, Correlates of War number or English name, living and gone.

Codes and names of living states come from pycountry, numbers and further spellings from the table of
country-converter; `states.yaml` adds states that are gone and the numbers on which Correlates of War and
Gleditsch and Ward differ. One code can stand for a state through its changes (DEU is Prussia before 1871, the
Reich, the Federal Republic), as the treaties' files have it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

from foedus.errors import CaseError
from foedus.terms.words import Party

# The Soviet Union carried Russia's number; Turkey carries the Ottoman Empire's, Serbia Yugoslavia's.
_SHARED_NUMBERS: Mapping[int, tuple[tuple[date, Party], ...]] = {
    365: ((date(1922, 12, 30), "RUS"), (date(1991, 12, 26), "SUN"), (date.max, "RUS")),
    640: ((date(1923, 10, 29), "OTT"), (date.max, "TUR")),
    345: ((date(1918, 12, 1), "SRB"), (date(2006, 6, 5), "YUG"), (date.max, "SRB")),
    315: ((date.max, "CSK"),),
    816: ((date(1976, 7, 2), "VNM_N"), (date.max, "VNM")),
}


@cache
def party_names() -> dict[Party, str]:
    """Name of every state by its code, living and gone."""
    import pycountry

    gone = {state.alpha_3: state.name for state in pycountry.historic_countries if hasattr(state, "alpha_3")}
    living = {
        state.alpha_3: getattr(state, "common_name", state.name).partition(",")[0]
        for state in pycountry.countries
    }
    formerly = {code: entry["name"] for code, entry in _own()["gone"].items()}
    return {**gone, **living, **formerly, **_own()["shown"]}


def name_of(code: Party) -> str:
    """The English name of a state, or its code where it has none here."""
    return party_names().get(code, code)


def party_code(told: str, day: date | None = None) -> Party:
    """The code of the state that a user names.

    Parameters
    ----------
    told
        An ISO 3166-1 alpha-3 code or the code of a gone state, a Correlates of War number, or a name.
    day
        The day in question, for numbers that several states have carried in turn; today if left out.

    Raises
    ------
    CaseError
        No state goes by that; the line says which may be meant.
    """
    asked = told.strip()
    if asked.upper() in party_names():
        return asked.upper()
    if asked.isdigit():
        return code_of_number(int(asked), day)
    found = _by_name().get(_plain(asked))
    if found is None:
        raise CaseError(unknown_party(asked))
    return found


def code_of_number(number: int, day: date | None = None) -> Party:
    """The code of the state with a Correlates of War number on a day.

    Raises
    ------
    CaseError
        The number is no state's.
    """
    for until, code in _SHARED_NUMBERS.get(number, ()):
        if (day or date.today()) < until:
            return code
    found = _by_number().get(number)
    if found is None:
        raise CaseError(f"{number} is no number of a state in the Correlates of War; give one, such as 705")
    return found


@cache
def dependencies() -> Mapping[Party, Party]:
    """The state that holds each dependent territory with a code of its own."""
    return {territory: holder for holder, held in _own()["dependencies"].items() for territory in held}


def regions_of(code: Party) -> str | None:
    """The UN statistical region of a living state, as country-converter has it; None where it has none."""
    return _regions().get(code)


def unknown_party(code: str) -> str:
    """What is wrong with a word that names no state, and which may be meant."""
    from difflib import get_close_matches

    if _plain(code) in _by_name():
        return f"'{code}' is a name; give its code {_by_name()[_plain(code)]}"
    near = [known for known in party_names() if len(known) == 3 and sorted(known) == sorted(code)]
    if not near:
        spelled = get_close_matches(_plain(code), _by_name(), n=1, cutoff=0.8)
        near = [_by_name()[spelled[0]]] if spelled else []
    advice = f"did you mean '{near[0]}' ({party_names()[near[0]]})?" if near else ""
    return f"'{code}' is no party known; {advice or 'give an ISO 3166-1 alpha-3 code, such as KAZ'}"


def _plain(name: str) -> str:
    """A name without capitals, accents and punctuation."""
    name = "".join(letter for letter in normalize("NFKD", name) if not combining(letter))
    return " ".join(re.sub(r"[^\w\s]", " ", name.casefold()).split())


@cache
def _by_name() -> dict[str, Party]:
    import pycountry

    found: dict[str, Party] = {}
    for state in pycountry.countries:
        for kind in ("name", "official_name", "common_name"):
            if hasattr(state, kind):
                found.setdefault(_plain(getattr(state, kind)), state.alpha_3)
    for row in _table():
        for kind in ("name_short", "name_official"):
            found.setdefault(_plain(row[kind]), row["ISO3"])
    for code, entry in _own()["gone"].items():
        for name in (entry["name"], *entry["also"]):
            found[_plain(name)] = code
    for name, code in _own()["names"].items():
        found.setdefault(_plain(name), code)
    for code, name in party_names().items():
        found.setdefault(_plain(name), code)
    return found


@cache
def _by_number() -> dict[int, Party]:
    numbers = {int(row["GWcode"]): row["ISO3"] for row in _table() if row["GWcode"].isdigit()}
    gone = {entry["cow"]: code for code, entry in _own()["gone"].items()}
    return {**gone, **numbers, **_own()["cow"]}


@cache
def _regions() -> dict[Party, str]:
    return {row["ISO3"]: row["UNregion"] for row in _table() if row["UNregion"]}


@cache
def _table() -> list[dict[str, str]]:
    """The table of country-converter, read without importing it: that would bring pandas along."""
    found = find_spec("country_converter")
    assert found is not None
    assert found.submodule_search_locations is not None
    path = Path(found.submodule_search_locations[0]) / "country_data.tsv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return [row for row in rows if not row["obsolete"]]


@cache
def _own() -> dict[str, Any]:
    from ruamel.yaml import YAML

    text = (files("foedus.terms") / "states.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return raw
