"""Worlds small enough to hold in the head, for tests of laws and limits."""

from __future__ import annotations

import json

from foedus.cases.schema import Case


def number(value, unit=None):
    return {"value": value, "unit": unit, "basis": "assumption", "source": ["test"]}


def small_case_document() -> dict:
    """Two cities of one country, a site in each, an ally with one unit and one field."""
    event = {"basis": "assumption", "source": ["test"]}
    return {
        "foedus": 1,
        "meta": {
            "slug": "two-cities",
            "title": "Two cities",
            "summary": "A world for tests.",
            "host": "KAZ",
            "start": "2022-01-02T00:00:00+06:00",
            "end": "2022-01-12T00:00:00+06:00",
            "zone": "Asia/Almaty",
            "requester": "government",
            "target": "internal_unrest",
        },
        "country": {
            "iso3": "KAZ",
            "population": number(19_000_000.0),
            "capital": "North",
            "largest": 0,
            "cities": [
                {"name": "North", "population": number(1_000_000.0), "latitude": 51.0, "longitude": 71.0},
                {"name": "South", "population": number(2_000_000.0), "latitude": 43.0, "longitude": 77.0},
            ],
        },
        "forces": [
            {
                "id": "police",
                "name": "Police",
                "kind": "police",
                "strength": number(80_000.0),
                "deployable": number(0.4),
                **event,
            }
        ],
        "sites": [
            {
                "id": "palace",
                "name": "Palace",
                "city": "North",
                "kind": "seat",
                "seat_of_power": True,
                "guard": number(400.0),
                "attention": number(0.3),
                **event,
            },
            {
                "id": "airport",
                "name": "Airport",
                "city": "South",
                "kind": "airport",
                "guard": number(100.0),
                "attention": number(0.1),
                **event,
            },
        ],
        "events": [
            {
                "id": "shock",
                "kind": "shock",
                "at": "2022-01-02T10:00:00+06:00",
                "text": "prices doubled",
                **event,
            },
            {
                "id": "fire",
                "kind": "lethal_order",
                "at": "2022-01-05T12:00:00+06:00",
                "until": "2022-01-09T12:00:00+06:00",
                "text": "order to fire",
                **event,
            },
            {
                "id": "request",
                "kind": "request",
                "at": "2022-01-04T12:00:00+06:00",
                "text": "asks",
                **event,
            },
            {
                "id": "activation",
                "kind": "activation",
                "at": "2022-01-04T18:00:00+06:00",
                "because": "request",
                "text": "activated",
                **event,
            },
        ],
        "alliance": {
            "treaties": ["csto-1992"],
            "organisation": "League",
            "lead": "RUS",
            "body": "Council",
            "earlier_crises": 4,
            "members": {
                "RUS": {
                    "pledge": number(1200.0),
                    "ties": number(0.5),
                    "contagion_fear": number(0.5),
                    "strain": number(0.3),
                    "domestic_hurdle": number(0.1),
                    "approval_delay": number(1.0),
                }
            },
            "units": [
                {
                    "id": "brigade",
                    "member": "RUS",
                    "name": "Brigade",
                    "strength": number(2000.0),
                    "notice": number(12.0),
                    "distance": number(3000.0),
                    "lift": "transport",
                    "cost": number(1.0),
                }
            ],
            "lift": {
                "road_speed": number(40.0),
                "fleets": {
                    "transport": {
                        "owner": "RUS",
                        "aircraft": number(20.0),
                        "troops": number(60.0),
                        "speed": number(760.0),
                        "turnaround": number(4.0),
                        "sorties_per_day": number(1.0),
                        "loss": number(0.02),
                    }
                },
                "airfields": {
                    "main": {
                        "site": "airport",
                        "landings_per_hour": number(2.0),
                        "road_hours": number(2.0),
                    }
                },
            },
            "theatres": {},
            "task": {
                "requested": number(1200.0),
                "guards_per_site": number(200.0),
                "sites": ["airport", "palace"],
                "reserve": number(0.3),
            },
        },
        "sources": {"test": {"cite": "made for a test"}},
    }


def as_case(document: dict) -> Case:
    return Case.model_validate_json(json.dumps(document), strict=True)
