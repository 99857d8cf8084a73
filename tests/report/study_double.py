"""A test double of a study: a small invented case with invented numbers, in the shape of the real one.

Nothing here is a result. The numbers are drawn from simple curves so that charts have something to show.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import numpy as np
import xarray as xr
from invented_case import DAYS, HOURS, START, at, invented_case

from foedus.cases.schema import Case
from foedus.terms import Belief, Interval, Status
from foedus.treaties import Assessment, assess

ARMS = ("with", "without", "announcement", "guards", "presence", "no_stand_aside")


@dataclass
class StudyDouble:
    """Looks like a study to a report."""

    case: Case
    assessment: Assessment
    data: xr.Dataset
    _summary: dict[str, Any] = field(default_factory=dict)

    def summary(self) -> dict[str, Any]:
        return self._summary


def study_double(runs: int = 60, **case_changes: Any) -> StudyDouble:
    """An invented study; ``case_changes`` replace sections of the invented case."""
    case = invented_case(**case_changes)
    data = _data(case, runs)
    assessment = _assessment()
    return StudyDouble(case, assessment, data, _summary(case, data, assessment))


def _assessment() -> Assessment:
    def belief(name: str, status: Status, p: float) -> Belief:
        draws = np.clip(np.random.default_rng(1).normal(p, 0.02, 200), 0.001, 0.999)
        return Belief(name, status, draws, ("a reporter on the square (B2): it is not so",))

    return assess(
        ["csto-1992"],
        {
            "external_origin": belief("external_origin", Status.CONTESTED, 0.06),
            "armed_attack": belief("armed_attack", Status.TRUE, 0.8),
            "aggression": belief("aggression", Status.CONTESTED, 0.1),
            "threat_to_stability": belief("threat_to_stability", Status.TRUE, 0.95),
            "government_in_effective_control": belief("government_in_effective_control", Status.TRUE, 0.7),
        },
        host="KAZ",
        as_of=START + timedelta(hours=100),
        requested=True,
        invoked=True,
        activated=True,
        requester="government",
        target="internal_unrest",
        earlier_activations=0,
        compare=["north-atlantic-treaty"],
    )


def _data(case: Case, runs: int) -> xr.Dataset:
    rng = np.random.default_rng(7)
    hours = np.arange(HOURS)
    height = np.exp(rng.normal(9.3, 0.35, runs))
    scale = {"with": 1.0, "without": 1.25, "announcement": 1.2, "guards": 1.1, "presence": 1.15}
    wave = np.exp(-0.5 * ((hours[None, :] - 95 - rng.normal(0, 6, (runs, 1))) / 26) ** 2)
    wave *= 0.75 + 0.25 * np.cos((hours[None, :] - 9) / 24 * 2 * np.pi)
    factor = np.array([scale.get(arm, 0.7) for arm in ARMS])
    active = np.round(height[None, :, None] * wave[None] * factor[:, None, None])
    late = np.where(hours >= 96, 1.0, factor[:, None, None] * 0 + 0.4)
    killed = np.round(np.cumsum(active * 2.2e-4 * late, axis=2))
    arrested = np.round(np.cumsum(active * 9.0e-3, axis=2))
    arrival = np.clip((hours - 104) / 60, 0, 1)
    troops = np.zeros_like(active)
    troops[0] = np.round(arrival[None, :] * rng.normal(1800, 60, (runs, 1)))
    places = [
        ("Almaty", 43.25, 76.92, 2.0e6),
        ("Astana", 51.13, 71.43, 1.2e6),
        ("Shymkent", 42.3, 69.6, 1.1e6),
        ("Aktobe", 50.28, 57.2, 0.5e6),
        ("Taraz", 42.9, 71.37, 0.36e6),
        ("Aktau", 43.65, 51.2, 0.19e6),
        ("Zhanaozen", 43.34, 52.86, 0.15e6),
        ("Atyrau", 47.1, 51.9, 0.3e6),
        ("Kyzylorda", 44.85, 65.5, 0.24e6),
        ("Taldykorgan", 45.0, 78.4, 0.15e6),
        ("Semey", 50.4, 80.25, 0.33e6),
        ("Oskemen", 49.95, 82.6, 0.34e6),
    ]
    weights = np.array([p[3] for p in places]) / sum(p[3] for p in places)
    by_day = active.reshape(len(ARMS), runs, DAYS, 24).max(axis=3)
    city_peak = by_day[:, :, None, :] * weights[None, None, :, None]
    lost = np.where(rng.random((len(ARMS), runs, 3)) < [0.7, 0.5, 0.1], 88.0, np.nan)
    calm = np.where(rng.random((len(ARMS), runs)) < 0.88, rng.normal(130, 10, (len(ARMS), runs)), np.nan)
    share = np.array([0.8, 0.05, 0.15])
    run_dims = ("arm", "run")
    return xr.Dataset(
        {
            "active": (("arm", "run", "time"), active),
            "killed_civilian": (("arm", "run", "time"), killed),
            "killed_forces": (("arm", "run", "time"), np.round(killed * 0.08)),
            "hurt": (("arm", "run", "time"), killed * 8),
            "arrested": (("arm", "run", "time"), arrested),
            "troops": (("arm", "run", "time"), troops),
            "loyalty": (("arm", "run", "time"), np.full_like(active, 0.7)),
            "seats_lost": (("arm", "run", "time"), np.zeros_like(active)),
            "city_peak": (("arm", "run", "city", "day"), city_peak),
            "city_killed": (("arm", "run", "city"), killed[:, :, -1:] * weights),
            "participants": (("arm", "run", "day"), by_day),
            "site_lost_at": (("arm", "run", "site"), lost),
            "site_lost_hours": (("arm", "run", "site"), np.where(np.isnan(lost), 0, 9.0)),
            "member_troops": (("arm", "run", "member"), troops[:, :, -1:] * share),
            "first_arrival": (run_dims, np.where(troops[:, :, -1] > 0, 24.0, np.nan)),
            "closure": (run_dims, np.where(troops[:, :, -1] > 0, 84.0, np.nan)),
            "state_falls": (run_dims, rng.random((len(ARMS), runs)) < factor[:, None] * 0.05),
            "hours_to_calm": (run_dims, calm),
            "request_at": (run_dims, np.full((len(ARMS), runs), 80.0)),
            "activation_at": (run_dims, np.full((len(ARMS), runs), 86.0)),
        },
        coords={
            "arm": list(ARMS),
            "run": np.arange(runs),
            "time": np.datetime64(START.replace(tzinfo=None), "ns")
            + hours * np.timedelta64(3600 * 10**9, "ns"),
            "city": [p[0] for p in places],
            "latitude": ("city", [p[1] for p in places]),
            "longitude": ("city", [p[2] for p in places]),
            "population": ("city", [p[3] for p in places]),
            "site": ["hall", "airport", "tower"],
            "member": ["RUS", "ARM", "BLR"],
            "day": [
                np.datetime64("2031-03-01", "ns") + np.timedelta64(i * 86400 * 10**9, "ns")
                for i in range(DAYS)
            ],
        },
        attrs={"case": case.meta.slug},
    )


def _interval(values: Any) -> dict[str, Any]:
    return Interval.of(values).as_dict()


def _course(data: xr.Dataset, arm: str) -> dict[str, Any]:
    a = data.sel(arm=arm)
    last = a.isel(time=-1)
    return {
        "deaths_civilian": _interval(last.killed_civilian),
        "deaths_forces": _interval(last.killed_forces),
        "deaths": _interval(last.killed_civilian + last.killed_forces),
        "arrests": _interval(last.arrested),
        "peak_active": _interval(a.active.max("time")),
        "cities_in_unrest": _interval((a.city_peak.max("day") > 50).sum("city")),
        "hours_to_calm": _interval(a.hours_to_calm),
        "calm": float(a.hours_to_calm.notnull().mean()),
        "state_falls": float(a.state_falls.mean()),
    }


def _effect(data: xr.Dataset, arm: str) -> dict[str, Any]:
    one, other = data.sel(arm=arm), data.sel(arm="without")
    deaths = one.killed_civilian.isel(time=-1) - other.killed_civilian.isel(time=-1)
    falls = float(one.state_falls.mean()) - float(other.state_falls.mean())
    return {
        "outcome_differed": 0.07,
        "deaths_civilian": _interval(deaths),
        "hours_to_calm": _interval(one.hours_to_calm - other.hours_to_calm),
        "state_falls": {"difference": falls, "p05": falls - 0.03, "p95": falls + 0.02},
    }


def _summary(case: Case, data: xr.Dataset, assessment: Assessment) -> dict[str, Any]:
    pulled = {"p05": 91000.0, "median": 93000.0, "p95": 95000.0}
    members = {
        code: {
            "joins": 1.0,
            "troops": _interval(data.member_troops.sel(arm="with", member=code)),
            "observed": {"RUS": 1500, "ARM": 100, "BLR": 200}[code],
            "tag": "input",
            "would_join": {"RUS": 0.96, "ARM": 0.6, "BLR": 0.8}[code],
        }
        for code in case.alliance.members
    }
    civilian = _interval(data.killed_civilian.sel(arm="with").isel(time=-1))
    arrests = _interval(data.arrested.sel(arm="with").isel(time=-1))

    def seen(
        quantity: str, role: str, reported: tuple[float, float, float], of: dict[str, Any], **more: Any
    ) -> Any:
        low, best, high = reported
        inside = of["p05"] <= high and (of["p95"] is None or low <= of["p95"])
        row: dict[str, Any] = {"quantity": quantity, "where": None, "unit": "people", "role": role}
        row |= {"observed": best, "low": low, "high": high, "inside": inside, "censored": 0.0}
        row |= {"crps": 11.0, "crps_persistence": 40.0, "crps_reference": 25.0, "at": at(HOURS - 1)}
        return row | {k: of[k] for k in ("p05", "median", "p95")} | {"text": "invented"} | more

    landing = {"p05": 99.0, "median": 104.0, "p95": 110.0}
    calm = {"p05": 120.0, "median": 136.0, "p95": None}
    indices = ("dependence", "opinion_host", "contagion", "credibility")
    arrivals = data.sel(arm="with")
    return {
        "foedus": "0.1.0",
        "case": case.meta.slug,
        "mode": "replay",
        "as_of": None,
        "seed": 1,
        "runs": data.sizes["run"],
        "seconds": 1.5,
        "obligation": {k: v for k, v in assessment.as_dict().items() if k != "clauses"},
        "response": {
            "members": members,
            "troops": _interval(data.troops.sel(arm="with").isel(time=-1)),
            "first_arrival": _interval(arrivals.first_arrival),
            "closure": _interval(arrivals.closure),
            "theatres": {"west": {"floor": 90000.0, "left": pulled, "holds": 0.99}},
        },
        "members": members,
        "course": {arm: _course(data, arm) for arm in ("with", "without", "no_stand_aside")},
        "effect": _effect(data, "with")
        | {"by_channel": {c: _effect(data, c) for c in ("announcement", "guards", "presence")}},
        "aftermath": {
            name: {
                "with": {"p05": 0.2, "median": 0.4, "p95": 0.6},
                "without": {"p05": 0.1, "median": 0.25, "p95": 0.5},
                "difference": {"p05": 0.05, "median": 0.15, "p95": 0.3},
                "unit": "probability" if name == "contagion" else "0-1",
                "payer": "host",
                "path": [
                    {
                        "months": months,
                        "with": {"p05": 0.2, "median": 0.4, "p95": 0.6},
                        "without": {"p05": 0.1, "median": 0.25, "p95": 0.5},
                        "difference": {"p05": 0.05, "median": 0.15, "p95": 0.3},
                    }
                    for months in (0, 12, 24)
                ],
                "rests_on": ["trade_share_lead", "debt"],
                "definition": f"an invented index of {name}",
            }
            for name in indices
        },
        **_months_after(civilian),
        "observed": [
            seen("deaths_civilian", "held out", (190, 200, 225), civilian),
            seen("arrests", "fitted", (9900, 10000, 12000), arrests),
            seen("first_landing_at", "held out", (100, 101, 106), landing, unit="h"),
            seen("calm_at", "held out", (120, 130, 150), calm, unit="h", censored=0.12),
        ],
        "situation": [],
        "assumptions": [
            {"parameter": "streets.kill_rate", "basis": "assumption", "source": "none known"},
            {"parameter": "streets.threshold", "basis": "literature", "source": "Epstein (2002)"},
            {"parameter": "country.population", "basis": "measured", "source": "statistics"},
        ],
        "beliefs": {
            "external_origin": {
                "status": "contested",
                "probability": {"p05": 0.02, "median": 0.06, "p95": 0.12},
                "why": ["a reporter on the square (B2): it is not so"],
            }
        },
        "signals": {
            "request_looked": {"p05": 0.02, "median": 0.05, "p95": 0.11},
            "activation_looked": {"p05": 0.01, "median": 0.02, "p95": 0.05},
            "loyalty_given_request": {"p05": 0.4, "median": 0.55, "p95": 0.7},
            "loyalty_without_request": {"p05": 0.6, "median": 0.75, "p95": 0.9},
            "how": "invented",
        },
        "sites": [
            {
                "site": site.id,
                "name": site.name,
                "kind": site.kind,
                "city": site.city,
                "lost": float(arrivals.site_lost_at.sel(site=site.id).notnull().mean()),
                "lost_at": _interval(arrivals.site_lost_at.sel(site=site.id)),
                "hours_lost": {"p05": 4.0, "median": 9.0, "p95": 20.0},
            }
            for site in case.sites
        ],
        "cities": [
            {
                "city": str(city),
                "latitude": float(data.latitude.sel(city=city)),
                "longitude": float(data.longitude.sel(city=city)),
                "population": float(data.population.sel(city=city)),
                "peak": _interval(arrivals.city_peak.sel(city=city).max("day")),
                "deaths": _interval(arrivals.city_killed.sel(city=city)),
                "in_unrest": 0.9,
            }
            for city in data.city.values
        ],
    }


def _months_after(killed: dict[str, Any]) -> dict[str, Any]:
    """An invented bill, record of the months after and verdicts."""
    spread = {"p05": 0.1, "median": 0.25, "p95": 0.5}
    nothing = {"p05": None, "median": None, "p95": None, "censored": 1.0}

    def item(
        name: str, payer: str, unit: str, with_: Any, a_price: float | None, basis: str
    ) -> dict[str, Any]:
        return {
            "name": name,
            "payer": payer,
            "unit": unit,
            "with": with_,
            "without": nothing if a_price is None else with_,
            "difference": nothing if a_price is None else {"p05": -0.02, "median": 0.1, "p95": 0.3},
            "a_price": a_price,
            "a_gain": None if a_price is None else 0.1,
            "rests_on": [{"name": "debt", "basis": basis}],
            "record": {"unidentified": 1} if name == "dependence" else {},
            "verdict": "failed" if name == "dependence" else None,
        }

    entry = {"at": at(HOURS), "months": 5.4, "unit": "direction", "basis": "reported", "source": ["invented"]}
    entry |= {"index": "dependence", "reads": "sign", "low": -1.0, "best": -1.0, "high": -1.0}
    entry |= {"text": "An invented refusal.", "identified": False, "why": "an invented war", "model": spread}
    entry |= {"agrees": False, "result": "unidentified", "chance": 0.04, "brier": None}
    moved = {"before": 45.0, "after": 32.0, "change": -13.0, "host_less_this": -13.0, "note": None}
    entry["elsewhere"] = [{"who": "Nowhere"} | moved]
    expected = {"line": 14, "index": "dependence", "direction": "higher", "claim": "outcome"}
    expected |= {"who": "an expert", "text": "It will depend.", "record": "against", "model": "against"}
    expected |= {"share": 0.1, "months": 5.4, "counted": 1, "unidentified": 1, "verdict": "failed"}
    return {
        "bill": [
            item("deaths_civilian", "host", "people", killed, 0.6, "computed"),
            item("dependence", "host", "0-1", spread, 0.3, "assumption"),
            item("opinion_own_ARM", "ARM", "percentage points", spread, None, "assumption"),
        ],
        "afterwards": [entry],
        "expectations": [expected],
    }
