"""A Kazakhstan-like alliance from figures on record, built small enough to be read here."""

from __future__ import annotations

import json
from typing import Any

from foedus.cases.schema import Alliance


def q(value: Any, basis: str = "assumption") -> dict[str, Any]:
    return {"value": value, "source": ["record"], "basis": basis}


def member(pledge: Any = None, **changes: Any) -> dict[str, Any]:
    out = {
        "pledge": None if pledge is None else q(pledge),
        "ties": q({"uniform": [0.3, 0.7]}),
        "contagion_fear": q({"uniform": [0.2, 0.8]}),
        "strain": q({"uniform": [0.1, 0.4]}),
        "domestic_hurdle": q({"uniform": [0.0, 0.3]}),
        "approval_delay": q(1.0),
    }
    return out | {key: q(value) for key, value in changes.items()}


def unit(id: str, code: str, strength: float, distance: float, **changes: Any) -> dict[str, Any]:
    out = {
        "id": id,
        "member": code,
        "name": id,
        "strength": q(strength),
        "notice": q(12.0),
        "distance": q(distance),
        "lift": "il76",
        "cost": q(1.0),
    }
    return out | changes


def kazakhstan_like() -> dict[str, Any]:
    """2,030 troops; Il-76s of the lead. Persons a sortie: 250 vehicles at about three a sortie make some
    85 loads, so 24 persons ride with each (record of January 2022: 108 flights, 2,030 troops)."""
    return {
        "treaties": ["csto-1992"],
        "organisation": "CSTO",
        "lead": "RUS",
        "body": "Collective Security Council",
        "earlier_crises": 6,
        "earlier_refusals": 2,
        "members": {
            "RUS": member(1480.0),
            "BLR": member(100.0, approval_delay=6.0),
            "TJK": member(200.0, approval_delay=36.0),
            "KGZ": member(150.0, approval_delay=36.0),
            "ARM": member(100.0, approval_delay=6.0),
        },
        "units": [
            unit("vdv-ivanovo", "RUS", 3000, 2930, theatre="west"),
            unit("vdv-ulyanovsk", "RUS", 800, 2380),
            unit("spetsnaz-moscow", "RUS", 600, 3080, cost=q(1.5)),
            unit("blr-103", "BLR", 100, 3730),
            unit("tjk", "TJK", 200, 870),
            unit("kgz", "KGZ", 150, 240, lift="road"),
            unit("arm", "ARM", 100, 2710),
        ],
        "lift": {
            "fleets": {
                "il76": {
                    "owner": "RUS",
                    "aircraft": q(70.0),
                    "troops": q(24.0),
                    "speed": q(760.0),
                    "turnaround": q(5.0),
                    "sorties_per_day": q(0.75),
                    "loss": q(0.05),
                }
            },
            "airfields": {"almaty": {"landings_per_hour": q(2.0), "road_hours": q(1.0)}},
            "road_speed": q(40.0),
        },
        "theatres": {
            "west": {
                "holder": "RUS",
                "strength": q(100000.0),
                "floor": q({"uniform": [70000, 110000]}),
                "text": "near Ukraine's border",
            }
        },
        "task": {
            "requested": q(2000.0),
            "guards_per_site": q(120.0),
            "sites": ["airport"],
            "reserve": q(0.2),
        },
    }


def made(raw: dict[str, Any]) -> Alliance:
    return Alliance.model_validate_json(json.dumps(raw))
