"""The tables that terminal and report share, as rows of text. Civilian deaths stand first in each."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from foedus.cases.schema import Case
from foedus.report.numbers import ENGLISH, Written, middle_of, plain
from foedus.report.phrases import phrases
from foedus.report.reading import Summary, look_up_or_none

COURSE: tuple[tuple[str, str, Written], ...] = (
    ("deaths_civilian", "Civilians killed", ENGLISH.count),
    ("deaths_forces", "Forces killed", ENGLISH.count),
    ("deaths", "Killed in all", ENGLISH.count),
    ("arrests", "Arrested", ENGLISH.count),
    ("peak_active", "Active at the peak", ENGLISH.count),
    ("cities_in_unrest", "Cities in unrest", ENGLISH.count),
    ("hours_to_calm", "Time to calm", ENGLISH.hours),
    ("calm", "Calm in the window", ENGLISH.share),
    ("state_falls", "State falls", ENGLISH.share),
)
CHANNELS = (
    ("announcement", "Announcement alone"),
    ("guards", "Guards alone"),
    ("presence", "Presence alone"),
)
QUANTITIES = {
    "deaths_civilian": "Civilians killed",
    "deaths": "Killed in all",
    "deaths_forces": "Forces killed",
    "city_deaths": "Killed in",
    "arrests": "Arrested",
    "hurt": "Hurt",
    "hurt_forces": "Forces hurt",
    "participants": "In the street",
    "cities_with_seats_attacked": "Cities with seats attacked",
    "site_lost_at": "Lost:",
    "site_retaken_at": "Retaken:",
    "peak_at": "Peak in",
    "calm_at": "Calm",
    "troops": "Contingents",
    "member_troops": "Contingent of",
    "first_landing_at": "First landing",
    "closure_at": "Contingents complete",
    "state_falls": "State falls",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One row of observed against predicted, as text."""

    label: str
    observed: str
    predicted: str
    inside: bool
    skill: str
    role: str
    quantity: str


def course_rows(summary: Summary, arms: Sequence[str] = ("with", "without")) -> list[tuple[str, ...]]:
    """Name each outcome of the course with its spread in each arm."""
    course = summary.get("course") or {}
    return [
        (label, *(plain((course.get(arm) or {}).get(key), write) for arm in arms))
        for key, label, write in COURSE
    ]


def effect_rows(summary: Summary) -> list[tuple[str, str, str, str, str]]:
    """Tell what differed between twins, together and by channel: civilian deaths, calm, fall of the state."""
    effect = summary.get("effect") or {}
    by_channel = effect.get("by_channel") or {}
    rows = [("All together", effect)]
    rows += [(label, by_channel[name]) for name, label in CHANNELS if by_channel.get(name)]
    return [
        (
            label,
            plain(found.get("deaths_civilian"), ENGLISH.count),
            plain(found.get("mean_deaths_civilian"), ENGLISH.number),
            plain(found.get("hours_to_calm"), ENGLISH.hours),
            _points(found.get("state_falls")),
        )
        for label, found in rows
        if found
    ]


def _points(difference: Any) -> str:
    return plain(difference, lambda share: ENGLISH.number(round(100.0 * share, 2)))


def member_rows(summary: Summary, case: Case) -> list[tuple[str, str, str, str, str]]:
    """Each member: whether it joins, what it pledged, what arrived, what was observed; the largest first."""
    members: Mapping[str, Any] = look_up_or_none(summary, "response", "members") or {}
    codes = sorted(members, key=lambda code: -(middle_of(members[code].get("troops")) or 0.0))
    rows = []
    for code in codes:
        row, member = members[code], case.alliance.members.get(code)
        pledge = member.pledge.central() if member and member.pledge else None
        rows.append(
            (
                phrases("en").country(code),
                plain(row.get("joins"), ENGLISH.share),
                "—" if pledge is None else ENGLISH.count(pledge),
                plain(row.get("troops"), ENGLISH.count),
                "—" if row.get("observed") is None else plain(row["observed"], ENGLISH.count),
            )
        )
    return rows


def compared_rows(summary: Summary, case: Case) -> list[Compared]:
    """Observed against predicted: fitted and held out apart, civilian deaths first in both."""
    names = list(QUANTITIES)
    rows = sorted(
        summary.get("observed") or [],
        key=lambda row: (
            row["role"] != "held out",
            names.index(row["quantity"]) if row["quantity"] in names else len(names),
            # The last word of the record comes first, then what was known before it.
            -datetime.fromisoformat(row["at"]).timestamp() if row.get("at") else -math.inf,
        ),
    )
    return [_compared(row, case) for row in rows]


def shortened(rows: Sequence[Compared], each: int) -> list[Compared]:
    """Keep so many rows of each quantity, the last word of the record first."""
    kept: list[Compared] = []
    counted: Counter[str] = Counter()
    for row in rows:
        counted[row.quantity] += 1
        if counted[row.quantity] <= each:
            kept.append(row)
    return kept


def _compared(row: Mapping[str, Any], case: Case) -> Compared:
    is_time = str(row["quantity"]).endswith("_at")
    write = (
        _as_date(case) if is_time else ENGLISH.share if row["quantity"] == "state_falls" else ENGLISH.count
    )
    low, high, best = float(row["low"]), float(row["high"]), float(row["observed"])
    span = "" if low == high else f" ({write(low)} to {write(high)})"
    return Compared(
        label=quantity_label(row, case),
        observed=f"{write(best)}{span}",
        predicted=plain({k: row.get(k) for k in ("p05", "median", "p95", "censored")}, write),
        inside=bool(row["inside"]),
        skill=_skill(row),
        role=str(row["role"]),
        quantity=str(row["quantity"]),
    )


def quantity_label(row: Mapping[str, Any], case: Case) -> str:
    """Name an observed quantity with its place and, where it is not the end of the window, its day."""
    label = QUANTITIES.get(str(row["quantity"]), str(row["quantity"]).replace("_", " "))
    where = row.get("where")
    if where:
        sites = {site.id: site.name for site in case.sites}
        place = sites.get(where) or (
            phrases("en").country(where) if where in case.alliance.members else where
        )
        joint = " " if label.endswith((":", " in", " of")) else ", "
        label = f"{label}{joint}{place}"
    if row.get("at") and not str(row["quantity"]).endswith("_at"):
        at = datetime.fromisoformat(row["at"])
        if case.meta.end - at > timedelta(days=1):
            label = f"{label}, {phrases('en').day(at, case.meta.clock.tzinfo)}"
    return label


def _as_date(case: Case) -> Written:
    say, clock = phrases("en"), case.meta.clock

    def write(hours: float) -> str:
        when = clock.at(round(hours))
        return f"{when.day} {say.day(when).split()[1][:3]} {when:%H:%M}"

    return write


def _skill(row: Mapping[str, Any]) -> str:
    """Share of persistence's CRPS that the model saves."""
    own, rival = row.get("crps"), row.get("crps_persistence")
    if own is None or rival is None or float(rival) <= 0:
        return "—"
    return ENGLISH.share(1.0 - float(own) / float(rival))


def stand_aside_rows(summary: Summary) -> list[tuple[str, ...]]:
    """Tell the course, with contingents, with and without the forces that stood aside."""
    arms = summary.get("stand_aside")
    return course_rows({"course": arms}) if arms else []


def matters_rows(summary: Summary) -> list[tuple[str, str]]:
    """Name the inputs that each outcome is most tied to over the runs, with the rank correlation."""
    names = {
        "deaths_civilian": "Civilians killed",
        "hours_to_calm": "Time to calm",
        "effect_deaths_civilian": "Civilians killed, with minus without",
    }
    found = summary.get("matters_most") or {}
    return [
        (
            label,
            ", ".join(f"{r['input']} {ENGLISH.decimals(r['rank_correlation'], 2)}" for r in found[name][:6]),
        )
        for name, label in names.items()
        if found.get(name)
    ]


def forecast_verdict(summary: Summary) -> str | None:
    """Tell how a fit to the early reports alone came out, if there is one."""
    forecast = summary.get("forecast")
    if not forecast:
        return None
    killed = plain((forecast.get("course") or {}).get("deaths_civilian"), ENGLISH.count)
    said = verdict({"observed": forecast.get("observed"), "scores": forecast.get("scores")})
    return f"From what was reported by {forecast['as_of']} alone: civilians killed {killed}. {said}"


def fitted_where(summary: Summary) -> str:
    """Say of fitted rows that the fit was on the other street model, where it was."""
    on_lattice = (summary.get("streets") or {}).get("model") == "lattice"
    return " on crowd, not on the lattice" if on_lattice else ""


def verdict(summary: Summary) -> str:
    """Tell how the held-out comparisons came out, in one line."""
    held = [row for row in summary.get("observed") or [] if row["role"] == "held out"]
    scores = summary.get("scores") or {}
    if not held:
        return "Nothing was held out."
    inside = sum(bool(row["inside"]) for row in held)
    rated = [row for row in held if row.get("crps") is not None and row.get("crps_persistence")]
    better = sum(float(row["crps"]) < float(row["crps_persistence"]) for row in rated)
    said = f"Held out: {inside} of {len(held)} observed ranges meet the 5 to 95 % interval"
    if rated:
        said += f"; CRPS better than persistence in {better} of {len(rated)}"
    skill, width = scores.get("skill_against_persistence"), scores.get("median_width")
    if skill is not None:
        said += f", mean skill {ENGLISH.share(skill)}"
    return f"{said}; median width p95/p05 {ENGLISH.number(width)}." if width else f"{said}."


def theatre_rows(summary: Summary, case: Case) -> list[tuple[str, str, str, str]]:
    """Each theatre: its floor, what is left, and how often it holds."""
    rows: Mapping[str, Any] = look_up_or_none(summary, "response", "theatres") or {}
    named = case.alliance.theatres
    return [
        (
            named[name].text if name in named else name.replace("_", " "),
            plain(row.get("floor"), ENGLISH.count),
            plain(row.get("left"), ENGLISH.count),
            plain(row.get("holds"), ENGLISH.share),
        )
        for name, row in rows.items()
    ]


def _in_its_city(name: str, city: str) -> str:
    return name if not city or city in name else f"{name}, {city}"


def site_rows(summary: Summary, case: Case) -> list[tuple[str, str, str, str]]:
    """Each site: how often it is lost, when, and for how long; the most often lost first."""
    sites = sorted(summary.get("sites") or [], key=lambda site: -(middle_of(site.get("lost")) or 0.0))
    when = _as_date(case)
    return [
        (
            _in_its_city(str(site.get("name", site.get("site"))), str(site.get("city", ""))),
            plain(site.get("lost"), ENGLISH.share),
            when(middle_of(site.get("lost_at")) or 0.0)
            if middle_of(site.get("lost_at")) is not None
            else "—",
            plain(site.get("hours_lost"), ENGLISH.hours) if (middle_of(site.get("lost")) or 0) > 0 else "—",
        )
        for site in sites
    ]


def streets_line(summary: Mapping[str, Any]) -> str:
    """The street model of a study in words."""
    streets = summary.get("streets") or {"model": "crowd"}
    if streets["model"] == "crowd":
        return "crowd: counts of people in each city"
    agents = f"{streets['agents']:,} agents of at most {streets['people_per_agent']:,} people"
    return f"lattice: {agents}" + (f"; {streets['note']}" if streets.get("note") else "")
