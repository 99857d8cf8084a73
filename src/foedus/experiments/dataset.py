"""The courses of a study as an xarray Dataset: named dimensions, units in attributes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.engine.run import stacked
from foedus.streets.calm import hours_to_calm
from foedus.version import __version__

if TYPE_CHECKING:
    import xarray as xr

    from foedus.experiments.findings import Findings

RUN, TIME = ("arm", "run"), ("arm", "run", "time")
VARIABLES: dict[str, tuple[str, tuple[str, ...], str, str]] = {
    # name in the dataset: field of the course, dimensions, unit, meaning
    "active": ("active", TIME, "people", "people active in the street"),
    "killed_civilian": ("killed_civilian", TIME, "people", "civilians killed so far"),
    "killed_forces": ("killed_forces", TIME, "people", "killed so far among the host's forces"),
    "hurt": ("hurt", TIME, "people", "hurt so far, forces included"),
    "hurt_forces": ("hurt_forces", TIME, "people", "hurt so far among the host's forces"),
    "arrested": ("arrested", TIME, "people", "arrested so far"),
    "troops": ("troops", TIME, "troops", "contingents in the country"),
    "loyalty": ("loyalty", TIME, "1", "loyalty of the forces to the government"),
    "faction_loyalty": ("faction_loyalty", TIME, "1", "loyalty of the faction; it acts in free mode alone"),
    "faction_broken": ("faction_broken", TIME, "1", "whether the faction would stand aside"),
    "withheld": ("withheld", TIME, "share", "share of the usual forces that stands aside"),
    "seats_lost": ("seats_lost", TIME, "seats", "seats of power in the crowd's hands"),
    "cities_in_unrest": ("cities_in_unrest", TIME, "cities", "cities in unrest"),
    "participants": ("participants", (*RUN, "day"), "people", "people active at any time of the day"),
    "city_peak": ("city_peak", (*RUN, "city", "day"), "people", "largest crowd of the day"),
    "city_peak_at": ("city_peak_at", (*RUN, "city"), "h", "hour of the largest crowd, from the start"),
    "city_killed": ("city_killed", (*RUN, "city"), "people", "civilians killed in the city"),
    "site_lost_at": ("site_lost_at", (*RUN, "site"), "h", "hour of first loss, from the start; NaN never"),
    "site_retaken_at": ("site_retaken_at", (*RUN, "site"), "h", "hour of first retaking; NaN never"),
    "site_lost_hours": ("site_lost_hours", (*RUN, "site"), "h", "hours in the crowd's hands"),
    "site_attacked": ("site_attacked", (*RUN, "site"), "1", "whether the crowd outweighed its guard"),
    "member_troops": ("member_troops", (*RUN, "member"), "troops", "troops of each member that arrived"),
    "first_arrival": ("first_arrival", RUN, "h", "hours from the request to the first arrival; NaN never"),
    "closure": ("closure", RUN, "h", "hours from the request to the last arrival; NaN never"),
    "request_at": ("request_at", RUN, "h", "hour of the request, from the start; NaN never"),
    "activation_at": ("activation_at", RUN, "h", "hour of the activation, from the start; NaN never"),
    "left_at": ("left_at", RUN, "h", "hour at which the last contingents are gone; NaN where not known"),
    "state_falls": ("falls", RUN, "1", "whether the state falls"),
}


def to_dataset(study: Findings) -> xr.Dataset:
    """Make the dataset of a study: dimensions arm, run, time, day, city, site, member."""
    import xarray as xr

    clock = study.case.meta.clock
    courses = study.main.courses
    first_day = clock.at(0).date()
    start = np.datetime64(clock.start.replace(tzinfo=None), "ns")
    days = max(clock.day_index(), default=0) + 1
    variables: dict[str, Any] = {
        name: (dims, stacked(courses, source), {"units": unit, "long_name": words})
        for name, (source, dims, unit, words) in VARIABLES.items()
    }
    context = study.context
    variables["hours_to_calm"] = (
        RUN,
        np.stack(
            [
                hours_to_calm(c.active, c.seats_lost, context.urban, context.first_shock)
                for c in courses.values()
            ]
        ),
        {"units": "h", "long_name": "hours from the first shock to calm; NaN not in the window"},
    )
    return xr.Dataset(
        variables,
        coords={
            "arm": list(courses),
            "run": np.arange(study.runs),
            "time": start + np.arange(clock.hours) * np.timedelta64(1, "h"),
            "day": [str(first_day + timedelta(days=d)) for d in range(days)],
            "city": [place.name for place in study.places],
            "site": [site.id for site in study.case.sites],
            "member": list(study.main.plan.members),
            "latitude": ("city", [place.latitude for place in study.places], {"units": "degrees_north"}),
            "longitude": ("city", [place.longitude for place in study.places], {"units": "degrees_east"}),
            "population": ("city", [p.population.central() for p in study.places], {"units": "people"}),
        },
        attrs={
            "title": study.case.meta.title,
            "case": study.case.meta.slug,
            "foedus": __version__,
            "seed": study.seed,
            "mode": study.mode,
            "as_of": study.as_of.isoformat() if study.as_of else "",
            "edits": list(study.edits),
            "time_zone": clock.zone,
            "time": "UTC; the case is told in time_zone",
        },
    )
