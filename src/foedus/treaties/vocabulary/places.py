"""Does a place lie in one of these? States and territories by ISO 3166-1, parts of states by ISO 3166-2."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from foedus.terms.states import dependencies, integral_territories, party_names, standing_for


def lies_in(place: str, area: Collection[str]) -> bool | None:
    """Whether a place lies in an area; None where only part of the place does.

    A part of a state (US-HI) lies in an area that lists it or its state. A state whose territory the area
    lists in part only may lie in it or not.
    """
    if place in area or state_of(place) in area:
        return True
    if any("-" in listed and state_of(listed) == place for listed in area):
        return None
    return False


@cache
def state_of(place: str) -> str:
    """The alpha-3 code of the state in which a place lies: USA for US-HI, DEU for PRU, a state for itself."""
    if "-" not in place:
        return standing_for(place)
    import pycountry

    found = pycountry.countries.get(alpha_2=place.partition("-")[0])
    return place if found is None else str(found.alpha_3)


@cache
def holder_of(place: str) -> str:
    """The state that holds a place: Denmark holds Greenland, the United States US-HI, a state itself."""
    return dependencies().get(place) or state_of(place)


def own_territory(place: str, state: str) -> bool | None:
    """Whether a place is a state's own territory.

    French Guiana is part of France, as US-HI is part of the United States. New Caledonia is under French
    sovereignty with a status of its own: whether a treaty means it when it speaks of the state's territory is
    open, and the answer None.
    """
    if state == state_of(place) or (place in integral_territories() and state == holder_of(place)):
        return True
    return None if state == holder_of(place) else False


def is_place(told: str) -> bool:
    """Whether a code is that of a state, a territory or a part of a state."""
    return told in party_names() or state_of(told) != told
