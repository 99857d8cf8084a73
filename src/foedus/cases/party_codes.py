"""Which states may a case name? ISO 3166-1 alpha-3, and codes of states that are gone."""

from __future__ import annotations

from functools import cache

_OUTSIDE_ISO = {
    "AUH": "Austria-Hungary",
    "OTT": "Ottoman Empire",
    "PRU": "Prussia",
    "XKX": "Kosovo",
}
"""States without an ISO code, by the codes that the treaties' files use; ISO lists the SUN, CSK, YUG,
DDR, YMD and others among its former codes."""


@cache
def party_names() -> dict[str, str]:
    """Name of every state by its code, living and gone."""
    import pycountry

    gone = {state.alpha_3: state.name for state in pycountry.historic_countries if hasattr(state, "alpha_3")}
    living = {state.alpha_3: state.name for state in pycountry.countries}
    return {**gone, **living, **_OUTSIDE_ISO}


def unknown_party(code: str) -> str:
    """What is wrong with a code that names no state, and which may be meant."""
    by_name = {name.casefold(): known for known, name in party_names().items()}
    if code.casefold() in by_name:
        return f"'{code}' is a name; give its code {by_name[code.casefold()]}"
    near = [known for known in party_names() if len(known) == 3 and sorted(known) == sorted(code)]
    advice = f"did you mean '{near[0]}' ({party_names()[near[0]]})?" if near else ""
    return f"'{code}' is no party known; {advice or 'give an ISO 3166-1 alpha-3 code, such as KAZ'}"
