"""Which state is meant? By ISO 3166-1 code, Correlates of War number or English name, living and gone.

Codes and names of living states come from pycountry, numbers and further spellings from the table of
country-converter; `states.yaml` adds states that are gone and the numbers on which Correlates of War and
Gleditsch and Ward differ. One code can stand for a state through its changes (DEU is Prussia before 1871, the
Reich, the Federal Republic), as the treaties' files have it. Where states held one territory in turn, a name
means the state of the day (Russia in 1970 is SUN), and the code of a state that was not there is refused.
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
        The day in question: a name or number that several states have borne in turn means the one of that
        day, and a state that is known not to have been there is refused. If left out, nothing is refused, and
        names and numbers mean the states of today.

    Raises
    ------
    CaseError
        No state goes by that, or it was not there on the day; the line says which may be meant.
    """
    asked = told.strip()
    code = asked.upper()
    if code not in party_names() and code not in _own()["aliases"]:
        code = code_of_number(int(asked), day) if asked.isdigit() else _named(asked, day)
    if day is not None and (wrong := not_there(code, day)) is not None:
        raise CaseError(wrong)
    return standing_for(code)


def standing_for(code: Party) -> Party:
    """The code under which the treaties' files list a state: DEU for PRU, and any other code for itself."""
    alias = _own()["aliases"].get(code)
    return code if alias is None else str(alias["stands_for"])


def not_there(code: Party, day: date) -> str | None:
    """What is wrong with the code of a state that was not there on a day, and the mend; None if it was there.

    Where it is not known whether the state was there, it is taken to have been.
    """
    spells = _spells(code)
    now = max((i for i, (since, _) in enumerate(spells) if since <= day), default=-1)
    if now < 0 or code in spells[now][1]:
        return None
    before = [i for i in range(now) if spells[i][1][:1] == (code,)]
    after = [i for i in range(now, len(spells)) if code in spells[i][1]]
    ended = f"ended on {spells[before[-1] + 1][0]}" if before else ""
    began = f"began{' again' if before else ''} on {spells[after[0]][0]}" if after else ""
    instead = dict.fromkeys(standing_for(one) for one in spells[now][1])
    mend = f"for that day give {' or '.join(instead)}" if instead else "give another state or another day"
    return f"{code} {' and '.join(part for part in (ended, began) if part)}; {mend}"


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


@cache
def integral_territories() -> frozenset[Party]:
    """The territories with a code of their own that are part of their state's own territory."""
    return frozenset(_own()["integral"])


def regions_of(code: Party) -> str | None:
    """The UN statistical region of a living state, as country-converter has it; None where it has none."""
    return _regions().get(code)


def unknown_party(code: str, day: date | None = None) -> str:
    """What is wrong with a word that names no state, and which may be meant (on a day)."""
    from difflib import get_close_matches

    if code in _own()["aliases"]:
        return f"'{code}' goes by the code {standing_for(code)} here; give {standing_for(code)}"
    if _plain(code) in _by_name():
        try:
            return f"'{code}' is a name; give its code {party_code(code, day)}"
        except CaseError as wrong:
            return f"'{code}' is a name, and {wrong}"
    near = [known for known in party_names() if len(known) == 3 and sorted(known) == sorted(code)]
    if not near:
        spelled = get_close_matches(_plain(code), _by_name(), n=1, cutoff=0.8)
        near = [standing_for(_by_name()[spelled[0]])] if spelled else []
    advice = f"did you mean '{near[0]}' ({party_names()[near[0]]})?" if near else ""
    return f"'{code}' is no party known; {advice or 'give an ISO 3166-1 alpha-3 code, such as KAZ'}"


def _named(name: str, day: date | None) -> Party:
    """The code of the state with an English name: of several that bore it in turn, the one of the day."""
    found = _by_name().get(_plain(name))
    if found is None:
        raise CaseError(unknown_party(name))
    if day is None or found in _own()["gone"] or found in _own()["aliases"]:
        return found
    then = [states for since, states in _spells(found) if since <= day][-1:]
    return then[0][0] if then and (len(then[0]) == 1 or found in then[0]) else found


@cache
def _spells(code: Party) -> tuple[tuple[date, tuple[Party, ...]], ...]:
    """Which states stood in the place of a state, from which day on; empty where that is not known."""
    listed: Mapping[Any, Any] = _own()["by_day"].get(code, {})
    return tuple(
        (date.min if since == "first" else since, tuple(states) if isinstance(states, list) else (states,))
        for since, states in listed.items()
    )


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
    for code, entry in _own()["aliases"].items():
        for name in entry["names"]:
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
