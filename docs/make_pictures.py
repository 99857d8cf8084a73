"""Draw docs/images/active.svg from a real study.

    python docs/make_pictures.py [--out DIR] [--runs N] [--seed S]

DIR is a directory that ``foedus run kazakhstan-2022 --out DIR`` wrote. Where there is none, the study is run
here with N runs. The picture shows three things as they go, hour by hour: people in the street, civilians
killed with contingents and without, and troops of the contingents, each against what was reported.
"""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path
from typing import Any

CASE = "kazakhstan-2022"
PICTURE = Path(__file__).parent / "images" / "active.svg"
BLUE, ORANGE, INK, GREY = "#1f6f9e", "#c1652a", "#222222", "#8a8a8a"
SALT = "foedus"
EVERY_HOURS = 2
MARKED = {"shock": "price rise", "request": "request for troops", "withdrawal": "withdrawal begins"}


def main() -> None:
    """Draw the picture."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=Path("out"), help="what foedus run --out wrote")
    options.add_argument("--runs", type=int, default=500, help="runs, where there is no such directory")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--to", type=Path, default=PICTURE)
    given = options.parse_args()
    data = open_or_run(given.out, given.runs, given.seed)
    given.to.parent.mkdir(parents=True, exist_ok=True)
    draw(data, given.to)
    print(f"{given.to} drawn from {data.sizes['run']} runs")


def open_or_run(directory: Path, runs: int, seed: int) -> Any:
    """The data of a study: from its directory, or run now."""
    import xarray as xr

    if (directory / "data.zarr").is_dir():
        return xr.open_zarr(directory / "data.zarr").load()
    import foedus

    return foedus.run(CASE, runs=runs, seed=seed).data


def draw(data: Any, to: Path) -> None:
    """Draw three panels over one axis of time, in the time zone of the case."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.dates as dates
    import matplotlib.pyplot as plt
    import pandas as pd

    import foedus

    case = foedus.load_case(str(data.attrs["case"]))
    data = data.isel(time=slice(None, None, EVERY_HOURS))
    zone = data.attrs["time_zone"]
    hours = pd.DatetimeIndex(data["time"].values, tz="UTC").tz_convert(zone).tz_localize(None)
    style = {
        "font.family": ["DejaVu Sans", "sans-serif"], "font.size": 9, "svg.fonttype": "none",
        "axes.spines.top": False, "axes.spines.right": False,
        "svg.hashsalt": SALT, "axes.edgecolor": GREY, "text.color": INK, "axes.titlelocation": "left",
    }  # fmt: skip
    with mpl.rc_context(style):
        figure, (street, dead, troops) = plt.subplots(
            3, 1, sharex=True, figsize=(7.6, 7.2), height_ratios=(3, 2.4, 1.6), layout="constrained"
        )
        _fan(street, hours, data["active"].sel(arm="with"), BLUE)
        street.set_yscale("symlog", linthresh=100)
        street.set_ylim(0)
        street.set_title("People active in the street (black: how many took part that day, as reported)")
        _observed_days(street, case)
        _fan(dead, hours, data["killed_civilian"].sel(arm="with"), BLUE, label="with contingents")
        _outline(dead, hours, data["killed_civilian"].sel(arm="without"), label="without: median, 5 and 95 %")
        dead.set_yscale("symlog", linthresh=10)
        dead.set_ylim(0)
        dead.set_title("Civilians killed so far")
        _observed_end(dead, case, "deaths_civilian", hours)
        dead.legend(frameon=False, loc="lower right")
        _fan(troops, hours, data["troops"].sel(arm="with"), BLUE)
        troops.set_ylim(0)
        troops.set_title("Troops of the contingents in the country")
        _observed_line(troops, case, "troops")
        _mark(street, case)
        troops.xaxis.set_major_locator(dates.DayLocator(interval=2))
        troops.xaxis.set_major_formatter(dates.DateFormatter("%-d %b"))
        for axes in (street, dead, troops):
            axes.tick_params(color=GREY, labelcolor=INK)
            axes.margins(x=0)
            axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        figure.supxlabel(
            "Line: median of the runs; dark band: half of them; light band: nine in ten. Black: reported.",
            fontsize=8, color=GREY,
        )  # fmt: skip
        figure.savefig(to, metadata={"Date": None})
        plt.close(figure)


def _fan(axes: Any, hours: Any, series: Any, colour: str, label: str | None = None) -> None:
    low, quarter, middle, three, high = series.quantile([0.05, 0.25, 0.5, 0.75, 0.95], dim="run").values
    axes.fill_between(hours, low, high, color=colour, alpha=0.16, linewidth=0)
    axes.fill_between(hours, quarter, three, color=colour, alpha=0.32, linewidth=0)
    axes.plot(hours, middle, color=colour, linewidth=1.6, label=label)


def _outline(axes: Any, hours: Any, series: Any, label: str) -> None:
    low, middle, high = series.quantile([0.05, 0.5, 0.95], dim="run").values
    axes.plot(hours, middle, color=ORANGE, linewidth=1.4, linestyle="--", label=label)
    for edge in (low, high):
        axes.plot(hours, edge, color=ORANGE, linewidth=0.8, linestyle=":")


def _observed_days(axes: Any, case: Any) -> None:
    """How many took part on a day, over the whole country, where the record says."""
    seen = [o for o in case.observed if o.quantity == "participants" and o.where is None and o.at is not None]
    for o in seen:
        start = o.at.astimezone(case.meta.clock.tzinfo).replace(hour=0, minute=0, tzinfo=None)
        day = [start, start + timedelta(days=1)]
        axes.fill_between(day, o.low, o.high, color=INK, alpha=0.25, linewidth=0)
        axes.plot(day, [o.best, o.best], color=INK, linewidth=1.4)
    if seen:
        axes.set_ylim(0, max(axes.get_ylim()[1], max(o.high for o in seen) * 2.0))


def _observed_end(axes: Any, case: Any, quantity: str, hours: Any) -> None:
    seen = [o for o in case.observed if o.quantity == quantity and o.where is None and o.at is None]
    for o in seen[-1:]:
        axes.set_ylim(0, max(axes.get_ylim()[1], o.high * 2.5))
        axes.axhspan(o.low, o.high, color=INK, alpha=0.35, linewidth=0)
        axes.annotate(
            "in all, as reported", (hours[0], o.high), xytext=(4, 3), textcoords="offset points", fontsize=8
        )


def _observed_line(axes: Any, case: Any, quantity: str) -> None:
    for o in [o for o in case.observed if o.quantity == quantity][:1]:
        axes.axhline(o.best, color=INK, linewidth=1.2, linestyle=":")
        axes.annotate(
            "as reported", (0.01, o.best), xycoords=("axes fraction", "data"), xytext=(0, 3),
            textcoords="offset points", fontsize=8,
        )  # fmt: skip


def _mark(axes: Any, case: Any) -> None:
    for kind, words in MARKED.items():
        event = next((e for e in case.events if e.kind == kind), None)
        if event is None:
            continue
        at = event.at.astimezone(case.meta.clock.tzinfo).replace(tzinfo=None)
        for each in axes.figure.axes:
            each.axvline(at, color=GREY, linewidth=0.7, linestyle="--", zorder=0)
        axes.annotate(
            words, (at, 1.0), xycoords=("data", "axes fraction"), xytext=(3, -3), va="top",
            textcoords="offset points", fontsize=8, color=GREY,
        )  # fmt: skip


if __name__ == "__main__":
    main()
