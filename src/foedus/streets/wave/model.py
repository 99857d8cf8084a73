"""The riot wave: susceptible people, active people, and those who went home for good, in each city.

Source: L. Bonnasse-Gahot, H. Berestycki, M.-A. Depuiset, M. B. Gordon, S. Roché, N. Rodriguez and J.-P. Nadal
(2018), "Epidemiological modelling of the 2005 French riots: a spreading wave and the role of contagion",
Scientific Reports 8:107, doi 10.1038/s41598-017-18093-4, arXiv 1701.07479. Checked there (its abstract and
introduction): an epidemic-like model of a few parameters and one variable of the place, contagion within and
between cities by nearness or media, fitted to daily counts over a country, begun by one triggering event. The
body of the paper could not be read, so the equations below stand **as recalled**:

    d lambda_k / dt = -omega lambda_k + sigma_k Psi(Lambda_k)        active people of city k
    d sigma_k / dt  = -sigma_k Psi(Lambda_k),  sigma_k(0) = zeta N_k    its reservoir
    Lambda_k = sum_j w_kj lambda_j,  w_kj = (1 + dist_kj / d0)^-delta    what is felt there
    Psi(x) = eta (1 - exp(-gamma (x - Lambda_c))) above Lambda_c, else 0,    or, linear,  Psi(x) = beta x

and the shock adds A active people where and when it strikes. Ours, not the paper's: activity is people in the
street (there: events told by police); the reservoir is a share of all of a city's people (there: a deprived
group); the shock takes its people from the reservoir, so that nobody is made; steps of an hour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.cases.schema.declared import Declaration, declaration
from foedus.streets.wave.kernel import advance

FloatArray = NDArray[np.float64]

EARTH_RADIUS = 6371.0
"""Mean radius of the Earth (IUGG). [km]"""
OF_THE_WAVE = ("recovery", "shock", "reservoir", "near", "decay", "most", "steepness", "threshold")
"""Parameters of the equations, in the order in which the kernel reads them."""
_PLACE = ("recovery", "shock", "reservoir", "near", "decay")
FORMS: Mapping[str, tuple[str, ...]] = {
    "threshold": (*_PLACE, "most", "steepness", "threshold"),
    "linear": (*_PLACE, "pull"),
}
"""Parameters of each form of Psi."""
_ENDLESS = 1e9  # a largest rate so high that the curve is a line as far as any crowd goes. [1/day]


def declared_wave() -> Declaration:
    """The priors of the wave, each with unit, basis and source; ``dispersion`` is of reports."""
    return declaration("foedus.streets.wave", "wave.yaml")


class Shock(NamedTuple):
    """An outside shock: its hour from the start, and the part of it that falls on each city (city,)."""

    hour: int
    parts: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Wave:
    """Where a wave runs.

    Attributes
    ----------
    people
        People of each city (city,).
    distance
        Distances between cities (city, city). [km]
    shocks
        What begins it.
    day
        Local day of each hour, counted from 0 (time,).
    """

    people: FloatArray
    distance: FloatArray
    shocks: Sequence[Shock]
    day: NDArray[np.int64]

    def until(self, hours: int) -> Wave:
        """The same wave, cut off after so many hours."""
        return Wave(self.people, self.distance, self.shocks, self.day[:hours])


@dataclass(frozen=True, slots=True, eq=False)
class WaveCourse:
    """What a wave did, by particle.

    Attributes
    ----------
    active
        People active in all cities at the end of each hour (particle, time).
    participants
        People active at any time of a day in all cities (particle, day).
    city_peak
        Largest crowd of the day (particle, city, day).
    city_peak_at
        Hour of the largest crowd, from the start; NaN where there was none (particle, city).
    reached_at
        First hour of unrest, at least 50 people and one in 10,000; NaN where it never came (particle, city).
    susceptible, standing, recovered
        People at the end (particle, city).
    """

    active: FloatArray
    participants: FloatArray
    city_peak: FloatArray
    city_peak_at: FloatArray
    reached_at: FloatArray
    susceptible: FloatArray
    standing: FloatArray
    recovered: FloatArray


def run_wave(wave: Wave, values: Mapping[str, ArrayLike]) -> WaveCourse:
    """Run the wave for every particle; it has no chance in it.

    Parameters
    ----------
    values
        Parameters by name (particle,), names as in `FORMS`; where ``pull`` is among them, Psi is linear.

    Raises
    ------
    ValueError
        A parameter is missing.
    """
    values = _with_line(values)
    missing = [name for name in OF_THE_WAVE if name not in values]
    if missing:
        raise ValueError(f"the wave needs {', '.join(missing)}")
    table = np.column_stack([np.asarray(values[name], dtype=float) for name in OF_THE_WAVE])
    particles, hours, cities = len(table), len(wave.day), len(wave.people)
    days = int(wave.day[-1]) + 1 if hours else 0
    strikes = np.zeros((hours, cities))
    for shock in wave.shocks:
        if 0 <= shock.hour < hours:
            strikes[shock.hour] += shock.parts
    course = WaveCourse(
        active=np.zeros((particles, hours)),
        participants=np.zeros((particles, days)),
        city_peak=np.zeros((particles, cities, days)),
        city_peak_at=np.full((particles, cities), np.nan),
        reached_at=np.full((particles, cities), np.nan),
        susceptible=np.zeros((particles, cities)),
        standing=np.zeros((particles, cities)),
        recovered=np.zeros((particles, cities)),
    )
    advance(
        np.ascontiguousarray(table), np.asarray(wave.people, dtype=float),
        np.ascontiguousarray(wave.distance, dtype=float), strikes, np.asarray(wave.day, dtype=np.int64),
        course.active, course.participants, course.city_peak, course.city_peak_at, course.reached_at,
        course.susceptible, course.standing, course.recovered,
    )  # fmt: skip
    return course


def _with_line(values: Mapping[str, ArrayLike]) -> Mapping[str, ArrayLike]:
    """The linear form as the limit of the other: no threshold, and no level that it nears."""
    if "pull" not in values:
        return values
    pull = np.asarray(values["pull"], dtype=float)
    line = {"most": np.full_like(pull, _ENDLESS), "steepness": pull / _ENDLESS}
    return {**values, **line, "threshold": np.zeros_like(pull)}


def distances_km(latitude: ArrayLike, longitude: ArrayLike) -> FloatArray:
    """Great-circle distances between all places, by the haversine on a sphere (place, place). [km]"""
    lat, lon = np.radians(np.asarray(latitude, dtype=float)), np.radians(np.asarray(longitude, dtype=float))
    half_lat = np.sin((lat[:, None] - lat[None, :]) / 2.0) ** 2
    half_lon = np.sin((lon[:, None] - lon[None, :]) / 2.0) ** 2
    h = half_lat + np.cos(lat)[:, None] * np.cos(lat)[None, :] * half_lon
    return np.asarray(2.0 * EARTH_RADIUS * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0))))
