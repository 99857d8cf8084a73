"""What the public record says of the months after mass unrest: how often, who loses office, does it spread?

Read from three public tables that a user keeps (`docs/aftermath.md` names them): protests against governments
(Clark & Regan, Mass Mobilization Project), leaders (Archigos 4.1) and land borders (Correlates of War). What
comes out is a handful of rates with their spread; they stand as declared numbers in ``indices.yaml``.

*Mass unrest* here: a protest of 1,000 people or more in which the state's forces killed someone, the first in
its state for a year. Onsets that a built-in case is about are left out, and what followed them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from foedus.errors import CaseError

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]

PROTESTS, LEADERS, BORDERS = "mass_mobilization_cleaned.csv", "archigos.parquet", "cow_contdir.parquet"
PEOPLE = 1000.0
QUIET_DAYS = 365
FIRST_YEAR, LAST_YEAR = 1990, 2015
DAYS_A_MONTH = 30.44
AT_ONCE_DAYS = 60
CRISIS_MONTHS, LATER_MONTHS = 1.0, 24.0
GLEDITSCH_WARD = {255: 260, 679: 678}
"""Correlates of War codes that the list of leaders writes otherwise: Germany, Yemen."""
BUILT_IN = ((703, 2010), (370, 2020), (420, 2016), (420, 2017))
"""States and years of the built-in cases in the table: Kyrgyzstan, Belarus, the Gambia."""
STATE_SPREAD, YEAR_SPREAD, RATIO_SPREAD = 1.0, 0.5, 10.0
"""Prior spread of the states' and the years' own levels and of the ratios (log-odds; assumption): the first
two keep states with few onsets from looking safe by chance, the last says next to nothing."""
SUCCESS_PRIOR = (0.5, 0.7)
"""Median and log-spread before the record is read: the sign is the literature's, the size an assumption."""
_WORDS = {"tens of thousands": 20_000.0, "thousands": 2_000.0, "hundreds of thousands": 200_000.0}
_CLASSES = {">10000": 10_000.0, "5000-10000": 5_000.0, "2000-4999": 2_000.0, "1000-1999": 1_000.0}


@dataclass(frozen=True, slots=True)
class Rates:
    """What was counted and estimated.

    Attributes
    ----------
    onsets, state_years
        Onsets of mass unrest and the years that states were watched.
    per_year, per_year_sigma
        Median over states of the yearly rate, and the spread of its log (moments of a gamma mixture).
    leaders, lost_at_once
        Leaders in office at an onset, and how many were out within the first month.
    office_hazard, office_losses, office_months
        Losses of office a month, in any way, from month 1 to 24 among those still in office then.
    next_door, next_door_sd
        Log-odds ratio of an onset within twelve months of one in a land neighbour that left its leader in
        office, against none; a state's and a year's own level taken out.
    fell_next_door, fell_next_door_sd, fell_next_door_onsets
        The same after one whose leader was out within 60 days, and on how many onsets that rests.
    """

    onsets: int
    state_years: float
    per_year: float
    per_year_sigma: float
    leaders: int
    lost_at_once: int
    office_hazard: float
    office_losses: int
    office_months: float
    next_door: float
    next_door_sd: float
    fell_next_door: float
    fell_next_door_sd: float
    fell_next_door_onsets: int
    success_spreads: float
    success_spreads_sigma: float

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form, rounded to what the counts can carry."""
        return {k: round(v, 4) if isinstance(v, float) else v for k, v in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Onset:
    """Mass unrest begins in a state (Correlates of War code)."""

    state: int
    at: pd.Timestamp


def estimate(folder: Path) -> Rates:
    """Count and estimate from the tables in a folder.

    Raises
    ------
    CaseError
        A table is missing there.
    """
    import pandas as pd

    paths = [folder / name for name in (PROTESTS, LEADERS, BORDERS)]
    for path in paths:
        if not path.is_file():
            raise CaseError(f"{path}: is not there; give a folder with {PROTESTS}, {LEADERS} and {BORDERS}")
    protests, leaders, borders = (
        pd.read_csv(path, low_memory=False) if path.suffix == ".csv" else pd.read_parquet(path)
        for path in paths
    )
    return rates(protests, leaders, borders)


def rates(protests: pd.DataFrame, leaders: pd.DataFrame, borders: pd.DataFrame) -> Rates:
    """Count and estimate from three tables as published."""
    began = onsets(protests)
    watched = _watched(protests)
    per_year, sigma = _by_state(began, watched)
    terms = _terms(leaders)
    held = [stay for o in began if (stay := _stay(o, terms)) is not None]
    months = np.array([stay[0] for stay in held])
    ended = np.array([stay[1] for stay in held])
    later = ended & (months > CRISIS_MONTHS) & (months <= LATER_MONTHS)
    exposed = float((np.clip(months, CRISIS_MONTHS, LATER_MONTHS) - CRISIS_MONTHS).sum())
    fell = {o: stay[1] and stay[0] <= AT_ONCE_DAYS / DAYS_A_MONTH for o in began if (stay := _stay(o, terms))}
    coefficient, error, counted = _next_door(began, fell, watched, borders)
    extra = _weighed(coefficient[0] - coefficient[1], float(np.hypot(*error)))
    return Rates(
        onsets=len(began),
        state_years=float(sum(watched.values())),
        per_year=per_year,
        per_year_sigma=sigma,
        leaders=len(held),
        lost_at_once=int((ended & (months <= CRISIS_MONTHS)).sum()),
        office_hazard=float(later.sum() / exposed),
        office_losses=int(later.sum()),
        office_months=exposed,
        next_door=coefficient[1],
        next_door_sd=error[1],
        fell_next_door=coefficient[0],
        fell_next_door_sd=error[0],
        fell_next_door_onsets=counted,
        success_spreads=extra[0],
        success_spreads_sigma=extra[1],
    )


def onsets(protests: pd.DataFrame) -> list[Onset]:
    """First protests for a year of 1,000 people or more in which the state's forces killed."""
    import pandas as pd

    size = [_people(a, b) for a, b in zip(protests.participants, protests.participants_category, strict=True)]
    deadly = protests[(np.array(size) >= PEOPLE) & (protests.killings == 1)]
    start, end = pd.to_datetime(deadly.start_date), pd.to_datetime(deadly.end_date)
    found: list[Onset] = []
    last: dict[int, pd.Timestamp] = {}
    rows = sorted(zip(deadly.ccode, start, end, strict=True), key=lambda row: (row[0], row[1]))
    for state, began, ended in rows:
        quiet = state not in last or (began - last[state]).days > QUIET_DAYS
        if quiet and (state, began.year) not in BUILT_IN:
            found.append(Onset(int(state), began))
        last[state] = max(began, ended, last.get(state, began))
    return found


def _people(written: object, category: object) -> float:
    text = str(written).lower().replace(",", "").removeprefix("about").strip("<>+ ")
    if text in _WORDS:
        return _WORDS[text]
    if text.endswith("s") and text[:-1].isdigit():
        return float(text[:-1])
    known = _CLASSES.get(str(category), 0.0)
    return max(float(text), known) if text.replace(".", "", 1).isdigit() else known


def _watched(protests: pd.DataFrame) -> dict[int, float]:
    """Years that each state is in the table, from its first row on."""
    days = str(protests.end_date.max())
    last = float(days[:4]) + (float(days[5:7]) - 0.5) / 12.0
    first: dict[int, int] = {}
    for state, year in zip(protests.ccode, protests.year, strict=True):
        first[int(state)] = min(int(year), first.get(int(state), int(year)))
    return {state: last - max(FIRST_YEAR, year) for state, year in first.items()}


def _by_state(began: Iterable[Onset], watched: Mapping[int, float]) -> tuple[float, float]:
    """Median and log-spread of states' yearly rates: a gamma mixture of Poissons by its moments."""
    count = dict.fromkeys(watched, 0)
    for onset in began:
        count[onset.state] += 1
    years = np.array([watched[s] for s in count])
    seen = np.array([count[s] for s in count], dtype=float)
    mean = seen.sum() / years.sum()
    between = max(float(((seen / years - mean) ** 2).mean() - (mean / years).mean()), 1e-9)
    sigma = float(np.sqrt(np.log1p(between / mean**2)))
    return float(mean * np.exp(-0.5 * sigma**2)), sigma


Terms = Mapping[int, list[tuple[Any, Any]]]


def _terms(leaders: pd.DataFrame) -> Terms:
    import pandas as pd

    start = pd.to_datetime(leaders.startdate, errors="coerce")
    end = pd.to_datetime(leaders.enddate, errors="coerce")
    found: dict[int, list[tuple[Any, Any]]] = {}
    for state, began, ended in zip(leaders.gwcode, start, end, strict=True):
        found.setdefault(int(state), []).append((began, ended))
    return found


def _stay(onset: Onset, terms: Terms) -> tuple[float, bool] | None:
    """Months that the leader stayed on, and whether he then left; None where none is listed."""
    import pandas as pd

    stop = pd.Timestamp(f"{LAST_YEAR}-12-31")
    of_state = terms.get(GLEDITSCH_WARD.get(onset.state, onset.state), [])
    there = [(began, ended) for began, ended in of_state if began <= onset.at <= ended]
    if not there or (stop - onset.at).days < DAYS_A_MONTH:
        return None
    ended = max(there)[1]
    return (min(ended, stop) - onset.at).days / DAYS_A_MONTH, bool(ended < stop)


def _next_door(
    began: Iterable[Onset],
    fell: Mapping[Onset, bool],
    watched: Mapping[int, float],
    borders: pd.DataFrame,
) -> tuple[tuple[float, float], tuple[float, float], int]:
    """Log-odds ratios (leader fell next door, leader stayed) from a logistic model of state-months."""
    states = {state: i for i, state in enumerate(sorted(watched))}
    months = 12 * (LAST_YEAR + 1 - FIRST_YEAR)
    land = borders[borders.conttype == 1]
    near: dict[int, set[int]] = {}
    for a, b in zip(land.ccode1, land.ccode2, strict=True):
        near.setdefault(int(a), set()).add(int(b))
    onset, at_risk = np.zeros((len(states), months)), np.ones((len(states), months), dtype=bool)
    beside = np.zeros((2, len(states), months))
    for o in began:
        t = 12 * (o.at.year - FIRST_YEAR) + o.at.month - 1
        if not 0 <= t < months or o.state not in states:
            continue
        onset[states[o.state], t] = 1.0
        at_risk[states[o.state], t + 1 : t + 13] = False
        kind = 0 if fell.get(o, False) else 1
        for other in near.get(o.state, ()):
            if other in states:
                beside[kind, states[other], t + 1 : t + 13] = 1.0
    state_of, year_of = np.nonzero(at_risk)[0], np.nonzero(at_risk)[1] // 12
    y, x = onset[at_risk], beside[:, at_risk]
    design = np.hstack(
        [np.ones((len(y), 1)), x.T, np.eye(len(states))[state_of], np.eye(months // 12)[year_of]]
    )
    penalty = np.r_[
        0.0,
        np.full(2, RATIO_SPREAD**-2),
        np.full(len(states), STATE_SPREAD**-2),
        np.full(months // 12, YEAR_SPREAD**-2),
    ]
    b, error = _logistic(design, y, penalty)
    counted = int((y * x[0]).sum())
    return (float(b[1]), float(b[2])), (float(error[1]), float(error[2])), counted


def _weighed(found: float, error: float) -> tuple[float, float]:
    """Median and log-spread of the prior of the literature's sign, given a normal estimate."""
    median, sigma = SUCCESS_PRIOR
    log = np.linspace(np.log(median) - 5 * sigma, np.log(median) + 5 * sigma, 2001)
    weight = np.exp(-0.5 * ((log - np.log(median)) / sigma) ** 2 - 0.5 * ((np.exp(log) - found) / error) ** 2)
    share = np.cumsum(weight) / weight.sum()
    mean = float((weight * log).sum() / weight.sum())
    spread = float(np.sqrt((weight * (log - mean) ** 2).sum() / weight.sum()))
    return float(np.exp(np.interp(0.5, share, log))), spread


def _logistic(design: FloatArray, y: FloatArray, penalty: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Penalised logistic regression by Newton's method: coefficients and their standard errors."""
    b = np.zeros(design.shape[1])
    b[0] = np.log(max(y.mean(), 1e-9))
    for _ in range(30):
        chance = 1.0 / (1.0 + np.exp(-design @ b))
        slope = design.T @ (y - chance) - penalty * b
        curve = (design * (chance * (1.0 - chance))[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        b = b + step
        if np.abs(step).max() < 1e-8:
            break
    return b, np.sqrt(np.diag(np.linalg.inv(curve)))
