"""The course over time: a fan of runs with contingents, the runs without, and what was reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from foedus.report.charts.drawing import (
    INK,
    SURFACE,
    WITH,
    WITHOUT,
    as_svg,
    drawing,
    legend_above,
    short_count,
)

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.axes import Axes

    from foedus.report.reading import Reported

FloatArray = NDArray[np.float64]
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
HEIGHT = 280
# Finer than this a band of some weeks has more points than a screen has columns.
POINTS = 240
TICKS = 6


@dataclass(frozen=True, slots=True)
class CourseChart:
    """One chart: which variables of the data are added up, and which reports speak of the same."""

    name: str
    variables: tuple[str, ...]
    observed: tuple[str, ...]
    title: str
    both_arms: bool = True


COURSES: tuple[CourseChart, ...] = (
    CourseChart("deaths-civilian", ("killed_civilian",), ("deaths_civilian",), "Civilians killed, to date"),
    CourseChart(
        "deaths",
        ("killed_civilian", "killed_forces"),
        ("deaths",),
        "Killed in all, civilians and forces, to date",
    ),
    CourseChart("active", ("active",), ("participants",), "Active people by hour; points count a whole day"),
    CourseChart("arrests", ("arrested",), ("arrests",), "Arrested, to date"),
    CourseChart("troops", ("troops",), ("troops",), "Contingents in the country, troops", both_arms=False),
)


def course(study: Reported, chart: CourseChart, observed: Sequence[Mapping[str, Any]]) -> str:
    """Draw one course: 5-25-50-75-95 % of the runs with contingents, 5-50-95 % of those without.

    Parameters
    ----------
    observed
        The rows of observed against predicted; those of this quantity and of no one place are drawn.
    """
    data = study.data
    zone = study.case.meta.clock.tzinfo
    start = study.case.meta.clock.at(0).replace(tzinfo=None)
    steps = np.unique(np.linspace(0, data.sizes["time"] - 1, POINTS).astype(int))
    days = steps / 24.0
    with drawing(HEIGHT) as figure:
        axes = figure.add_subplot()
        _fan(axes, days, _quantiles(data, "with", chart.variables, steps))
        if chart.both_arms and "without" in data.coords["arm"].values:
            _outline(axes, days, _quantiles(data, "without", chart.variables, steps))
        seen = [row for row in observed if row["quantity"] in chart.observed and not row.get("where")]
        for row in seen:
            when = datetime.fromisoformat(row["at"]) if row.get("at") else study.case.meta.end
            local = when.astimezone(zone).replace(tzinfo=None)
            _reported(axes, (local - start) / timedelta(days=1), row)
        date_ticks(axes, start, float(days[-1]))
        axes.set_xlim(0, float(days[-1]) * 1.01)
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter(short_count)
        axes.grid(visible=False, axis="x")
        axes.locator_params(axis="y", nbins=5)
        legend_above(axes)
        return as_svg(figure, chart.name, chart.title, _in_words(data, chart, seen))


def _quantiles(data: xr.Dataset, arm: str, variables: Sequence[str], steps: NDArray[np.intp]) -> FloatArray:
    total = sum(data[name].sel(arm=arm).isel(time=steps).transpose("run", "time") for name in variables)
    return np.asarray(np.quantile(np.asarray(total, dtype=float), QUANTILES, axis=0))


def _fan(axes: Axes, days: FloatArray, bands: FloatArray) -> None:
    axes.fill_between(days, bands[0], bands[4], color=WITH, alpha=0.18, linewidth=0)
    axes.fill_between(days, bands[1], bands[3], color=WITH, alpha=0.28, linewidth=0)
    axes.plot(days, bands[2], color=WITH, linewidth=2.2, label="with contingents")


def _outline(axes: Axes, days: FloatArray, bands: FloatArray) -> None:
    for edge in (bands[0], bands[4]):
        axes.plot(days, edge, color=WITHOUT, linewidth=1.0, linestyle=(0, (1.5, 2)))
    axes.plot(days, bands[2], color=WITHOUT, linewidth=2.0, linestyle=(0, (5, 2)), label="without")


def _reported(axes: Axes, day: float, row: Mapping[str, Any]) -> None:
    held_out = row["role"] == "held out"
    label = f"reported, {row['role']}"
    known = axes.get_legend_handles_labels()[1]
    best = float(row["observed"])
    axes.errorbar(
        [day],
        [best],
        yerr=[[best - float(row["low"])], [float(row["high"]) - best]],
        fmt="o",
        color=INK,
        markerfacecolor=INK if held_out else SURFACE,
        markersize=6.5,
        markeredgewidth=1.5,
        elinewidth=1.8,
        capsize=4,
        clip_on=False,
        zorder=5,
        label=None if label in known else label,
    )


def date_ticks(axes: Axes, start: datetime, days: float) -> None:
    """Local midnights as ticks, few enough to be read."""
    step = max(1, int(np.ceil(days / TICKS)))
    midnight = (start + timedelta(days=1)).replace(hour=0, minute=0, second=0)
    first = (midnight - start) / timedelta(days=1) if (start.hour, start.minute) != (0, 0) else 0.0
    places = np.arange(first, days, step)
    names = [start + timedelta(days=float(place)) for place in places]
    labels = axes.set_xticks(places, [f"{when.day} {when:%b}" for when in names])
    if places.size and places[0] == 0:
        # A name centred on the corner would run into the nought of the other axis.
        labels[0].label1.set_horizontalalignment("left")


def _in_words(data: xr.Dataset, chart: CourseChart, seen: Sequence[Mapping[str, Any]]) -> str:
    parts = []
    for arm in ("with", "without") if chart.both_arms else ("with",):
        if arm in data.coords["arm"].values:
            last = _quantiles(data, arm, chart.variables, np.array([data.sizes["time"] - 1]))[:, 0]
            span = f"median {last[2]:,.0f}, 5 to 95 % {last[0]:,.0f} to {last[4]:,.0f}"
            parts.append(f"At the end, {arm} contingents: {span}.")
    parts += [f"Reported ({row['role']}): {row['low']:,.0f} to {row['high']:,.0f}." for row in seen]
    return " ".join(parts)
