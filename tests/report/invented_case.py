"""An invented case for tests of reports: nothing in it happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from foedus.cases.schema import Case

DAYS = 8
HOURS = 24 * DAYS
START = datetime(2031, 3, 1, tzinfo=UTC)
QUESTIONS = (
    "unrest_course",
    "toll",
    "sites_lost",
    "activation",
    "belief:external_origin",
    "clause:north-atlantic-treaty.art5",
    "clause:csto-1992.art4-2010",
    "readings",
    "framing",
    "members",
    "task",
    "theatres",
    "announcements",
    "dependence",
    "contagion",
    "opinion",
    "leadership",
    "price",
    "surprise",
    "weakness",
    "stated",
    "credibility",
)


def _number(value: Any, basis: str = "assumption", unit: str | None = None) -> dict[str, Any]:
    return {"value": value, "basis": basis, "source": ["invented"], "unit": unit}


def at(hours: float) -> str:
    return (START + timedelta(hours=hours)).isoformat()


def invented_case(**changes: Any) -> Case:
    """An invented case in a real country's place, so that cities and members have codes."""
    body: dict[str, Any] = {
        "foedus": 1,
        "meta": {
            "slug": "invented",
            "title": "An invented crisis",
            "summary": "Nothing here happened.",
            "host": "KAZ",
            "start": at(0),
            "end": at(HOURS),
            "zone": "Asia/Almaty",
            "requester": "government",
            "target": "internal_unrest",
        },
        "country": {"iso3": "KAZ", "population": _number(1.0e7), "capital": "Astana"},
        "sites": [
            _site("hall", "City hall", "seat", 0.2),
            _site("airport", "Airport", "airport", 0.1),
            _site("tower", "Broadcasting tower", "broadcaster", 0.05),
        ],
        "events": [
            _event("shock", "shock", 6),
            _event("price_back", "concession", 40),
            _event("aside", "stand_aside", 60),
            _event("fire", "lethal_order", 96),
            _event("framing", "framing", 80),
            _event("request", "request", 80),
            _event("activation", "activation", 86),
        ],
        "claims": [
            _claim("own_word", True, "the president", 80, "C", 4, interested=True),
            _claim("witness", False, "a reporter on the square", 50, "B", 2),
        ],
        "alliance": _alliance(),
        "aftermath": {"trade_share_lead": _number({"uniform": [0.1, 0.4]})},
        "observed": [],
        "situation": [_question(line, answer) for line, answer in enumerate(QUESTIONS, start=1)],
        "sources": {"invented": {"cite": "Invented for a test", "url": "https://example.org/x"}},
    }
    return Case.model_validate(body | changes, strict=False)


def _site(name: str, title: str, kind: str, attention: float) -> dict[str, Any]:
    return {
        "id": name,
        "name": title,
        "city": "Almaty",
        "kind": kind,
        "seat_of_power": kind == "seat",
        "guard": _number(200.0),
        "attention": _number(attention),
        "source": ["invented"],
        "basis": "assumption",
    }


def _event(name: str, kind: str, hours: float) -> dict[str, Any]:
    return {
        "id": name,
        "kind": kind,
        "at": at(hours),
        "text": f"the invented {kind}",
        "source": ["invented"],
        "basis": "reported",
    }


def _claim(
    name: str,
    holds: bool,
    who: str,
    hours: float,
    reliability: str,
    credibility: int,
    interested: bool = False,
) -> dict[str, Any]:
    grade = {"at": at(hours), "reliability": reliability, "credibility": credibility}
    return {
        "id": name,
        "predicate": "external_origin",
        "holds": holds,
        "who": who,
        "at": at(hours),
        "text": "said so",
        "interested": interested,
        "grades": [grade],
        "source": ["invented"],
        "basis": "reported",
    }


def _question(line: int, answer: str) -> dict[str, Any]:
    return {
        "line": line,
        "text": f"Question {line}: what of {answer}?",
        "text_nl": f"Vraag {line}: hoe zit het met {answer}?",
        "answer": answer,
        "afterwards": f"Afterwards, for line {line}." if line % 2 else None,
        "afterwards_nl": f"Later, bij regel {line}." if line % 2 else None,
        "source": ["invented"],
        "basis": "reported",
    }


def _alliance() -> dict[str, Any]:
    member = {
        "ties": _number(0.5),
        "contagion_fear": _number(0.5),
        "strain": _number(0.2),
        "domestic_hurdle": _number(0.1),
        "approval_delay": _number(12.0),
    }
    return {
        "treaties": ["csto-1992"],
        "compare": ["north-atlantic-treaty"],
        "organisation": "CSTO",
        "lead": "RUS",
        "body": "the council",
        "earlier_refusals": 2,
        "earlier_crises": 5,
        "members": {
            "RUS": member | {"pledge": _number(1500.0), "pledged_at": at(87)},
            "ARM": member | {"pledge": _number(100.0), "pledged_at": at(90)},
            "BLR": member | {"pledge": _number(200.0)},
        },
        "lift": {
            "fleets": {},
            "airfields": {
                "field": {"site": "airport", "landings_per_hour": _number(3.0), "road_hours": _number(2.0)}
            },
            "road_speed": _number(40.0),
        },
        "theatres": {
            "west": {
                "holder": "RUS",
                "strength": _number(100000.0),
                "floor": _number(90000.0),
                "text": "the western border",
            }
        },
        "task": {
            "requested": _number(2500.0),
            "guards_per_site": _number(250.0),
            "sites": ["airport", "tower"],
            "reserve": _number(0.25),
        },
    }
