"""Figures of docs/replications.md, in the style of docs/make_pictures.py."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from make_pictures import BLUE, GREY, INK, ORANGE, SALT
from matplotlib.colors import ListedColormap
from numpy.typing import NDArray

from foedus.experiments import replications as again
from foedus.experiments.replications.paper import number
from foedus.streets.lattice.groups import TwoGroups, cleansing

STYLE = {
    "font.family": ["DejaVu Sans", "sans-serif"], "font.size": 9, "svg.fonttype": "none",
    "axes.spines.top": False, "axes.spines.right": False, "svg.hashsalt": SALT, "axes.edgecolor": GREY,
    "text.color": INK, "axes.titlelocation": "left", "axes.titlesize": 9.5, "axes.labelcolor": INK,
    "xtick.color": GREY, "ytick.color": GREY, "xtick.labelcolor": INK, "ytick.labelcolor": INK,
    "legend.frameon": False, "path.simplify_threshold": 0.5,
}  # fmt: skip
LONG = re.compile(r"-?\b\d+\.\d{3,}\b(?![\w-])")
STEPS_SHOWN = 600
SHOWN_AT = (0, 25, 50, 75, 100, 150)
MAP_DENSITY = 0.1
RUNS_SHOWN = 10


@contextmanager
def _figure(to: Path, *shape: Any, **how: Any) -> Any:
    with mpl.rc_context(STYLE):
        figure, axes = plt.subplots(*shape, layout="constrained", **how)
        yield axes
        _saved(figure, to)


def _saved(figure: Any, to: Path) -> None:
    figure.savefig(to, metadata={"Date": None} if to.suffix == ".svg" else None, dpi=110)
    plt.close(figure)
    if to.suffix == ".svg":
        text = to.read_text(encoding="utf-8")
        to.write_text(LONG.sub(lambda found: f"{float(found[0]):.2f}", text), encoding="utf-8")


def courses(to: Path, active: Mapping[str, NDArray[np.int64]]) -> None:
    """Active agents step by step, a panel for each reading."""
    limit = number("outburst_over")
    top = 1.08 * max(int(course[:STEPS_SHOWN].max()) for course in active.values())
    with _figure(to, len(active), 1, figsize=(7.6, 5.2), sharex=True, sharey=True) as panels:
        for axes, (name, course) in zip(panels, active.items(), strict=True):
            axes.plot(course[:STEPS_SHOWN], color=BLUE, linewidth=0.9)
            axes.axhline(limit, color=GREY, linewidth=0.7, linestyle="--")
            axes.set_title(f"Active agents, C/A {name}")
            axes.set_ylim(0, top)
            axes.margins(x=0)
        said = "more than 50: an outburst"
        panels[0].text(STEPS_SHOWN, limit + 10, said, ha="right", color=GREY, fontsize=8)
        panels[-1].set_xlabel("step")


def waits(to: Path, ran: Mapping[str, again.Bursts], printed: Mapping[str, tuple[float, float]]) -> None:
    """Waiting times and total activation, with the paper's mean and standard deviation."""
    with _figure(to, 1, 2, figsize=(7.6, 3.1)) as panels:
        for axes, what, unit in zip(panels, ("waiting", "activation"), ("steps", "agent-steps"), strict=True):
            values = {
                name: each.waits if what == "waiting" else each.activation for name, each in ran.items()
            }
            top = 150 if what == "waiting" else 2000
            bins = np.linspace(0, top, 51)
            for (name, found), colour in zip(values.items(), (ORANGE, BLUE), strict=True):
                share = np.histogram(found, bins)[0] / len(found)
                axes.stairs(100 * share, bins, color=colour, fill=True, alpha=0.25)
                axes.stairs(100 * share, bins, color=colour, linewidth=1.2, label=name)
            mean, sd = printed[what]
            high = axes.get_ylim()[1]
            axes.errorbar(
                [mean], [high * 1.04], xerr=[sd], color=INK, fmt="o", markersize=4, capsize=3, linewidth=1.1
            )
            axes.text(mean, high * 1.1, "the paper: mean ± sd", ha="center", fontsize=8)
            axes.set_ylim(0, high * 1.22)
            axes.set_xlim(0, top)
            axes.set_title(
                "Waiting time between outbursts" if what == "waiting" else "Total activation of an outburst"
            )
            axes.set_xlabel(unit)
        panels[0].set_ylabel("per cent")
        panels[1].legend(title="C/A", loc="center right")


def tension(to: Path, ran: again.Tension, steps: int = 300) -> None:
    """Active agents above, tension below, of the first run."""
    with _figure(to, 2, 1, figsize=(7.6, 3.9), sharex=True) as (above, below):
        above.plot(ran.active[0, :steps], color=BLUE, linewidth=1.1)
        below.plot(ran.tension[0, :steps], color=ORANGE, linewidth=1.1)
        for begin, end in zip(ran.found[0].begins, ran.found[0].ends, strict=True):
            if end < steps:
                for axes in (above, below):
                    axes.axvspan(begin, end, color=GREY, alpha=0.22, linewidth=0)
        above.set_title("Active agents (grey: outbursts)")
        below.set_title("Tension: mean grievance x share quiet / mean risk aversion")
        above.set_ylim(0)
        below.set_xlabel("step")
        below.margins(x=0)


def arms(to: Path, ran: Mapping[str, again.Arms], shown: str, given: str) -> None:
    """Two arms: the course of one reading, what was given, and the peaks of all readings pair by pair."""
    with mpl.rc_context(STYLE):
        figure = plt.figure(figsize=(7.6, 4.0), layout="constrained")
        axes = figure.subplot_mosaic([["active", "peaks"], ["given", "peaks"]], width_ratios=(3, 2),
                                     height_ratios=(2.2, 1))  # fmt: skip
        main = ran[shown]
        for arm, colour in enumerate((ORANGE, BLUE)):
            for course in main.active[arm, :RUNS_SHOWN]:
                axes["active"].plot(course, color=colour, linewidth=0.7, alpha=0.65)
            axes["given"].plot(main.given[arm], color=colour, linewidth=1.4, label=main.names[arm])
        axes["active"].set_title(f"Active agents, C/A {shown}, {RUNS_SHOWN} runs of each")
        axes["active"].set_yscale("symlog", linthresh=10)
        axes["active"].set_ylim(0, 500)
        axes["active"].yaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes["given"].legend(loc="lower left")
        axes["active"].sharex(axes["given"])
        axes["active"].tick_params(labelbottom=False)
        axes["given"].set_title(given)
        axes["given"].set_ylim(0)
        axes["given"].margins(x=0)
        axes["given"].set_xlabel("step")
        _pairs(axes["peaks"], ran)
        _saved(figure, to)


def _pairs(axes: Any, ran: Mapping[str, again.Arms]) -> None:
    top = 1.3 * max(int(each.peaks.max()) for each in ran.values())
    axes.plot([0.8, top], [0.8, top], color=GREY, linewidth=0.8)
    apart = np.random.default_rng(1)
    marks = zip(ran.items(), ((GREY, "s"), (ORANGE, "^"), (BLUE, "o")), strict=True)
    for (name, each), (colour, mark) in marks:
        jitter = apart.uniform(0.93, 1.07, each.peaks.shape)
        first, second = np.maximum(each.peaks, 1) * jitter
        axes.scatter(
            second, first, s=14, marker=mark, facecolor="none",
            edgecolor=colour, linewidth=0.9, label=name,
        )  # fmt: skip
    axes.set(xscale="log", yscale="log", xlim=(0.8, top), ylim=(0.8, top))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: f"{value:g}")
    first, second = next(iter(ran.values())).names
    axes.set_xlabel(f"peak, {second}")
    axes.set_ylabel(f"peak, {first}")
    axes.set_title("Most active at once, run by run")
    axes.legend(title="C/A", loc="lower right", handletextpad=0.2)


def maps(to: Path, seed: int) -> None:
    """The lattice at a few steps, without peacekeepers and with, from the same start."""
    colours = ListedColormap(["#ffffff", "#9cc3da", BLUE, "#e6b596", ORANGE, INK])
    titles = {0.0: "without police", MAP_DENSITY: f"police on {100 * MAP_DENSITY:g} % of sites from step 50"}
    with _figure(to, 2, len(SHOWN_AT), figsize=(7.6, 3.0)) as panels:
        for row, (density, title) in zip(panels, titles.items(), strict=True):
            world = TwoGroups(cleansing(), seed=seed)
            for axes, at in zip(row, SHOWN_AT, strict=True):
                while world.time < at:
                    if world.time == number("peacekeepers_at"):
                        world.set_police(round(density * 1600))
                    world.run(1)
                axes.imshow(world.grid(), cmap=colours, vmin=0, vmax=5, interpolation="nearest")
                axes.set(xticks=[], yticks=[])
                for side in axes.spines.values():
                    side.set_visible(True)
                axes.set_title(f"step {at}", fontsize=8)
            row[0].set_ylabel(title.replace(" on ", " on\n").replace(" from", "\nfrom"), fontsize=8)


def extinctions(to: Path, ran: Mapping[str, again.Extinctions]) -> None:
    """Time to extinction run by run, with mean and standard deviation, a panel for each reading."""
    scatter = np.random.default_rng(1)
    with _figure(to, 1, len(ran), figsize=(7.6, 3.6), sharey=True) as panels:
        for axes, (name, times) in zip(np.atleast_1d(panels), ran.items(), strict=True):
            x = times.densities[:, None] + scatter.uniform(-0.0025, 0.0025, times.steps.shape)
            gone = ~times.cut_off
            axes.scatter(x[gone], times.steps[gone], s=5, color=BLUE, alpha=0.35, linewidth=0)
            axes.scatter(
                x[~gone], times.steps[~gone], s=16, marker="^", color=ORANGE, linewidth=0,
                label="cut off, both groups alive",
            )  # fmt: skip
            axes.plot(times.densities, times.steps.mean(axis=1), color=INK, linewidth=1.4, label="mean")
            axes.plot(
                times.densities, times.steps.std(axis=1), color=INK, linewidth=1.1, linestyle="--",
                label="standard deviation",
            )  # fmt: skip
            axes.set_yscale("log")
            axes.set_title(f"C/A {name}")
            axes.set_xlabel("police, share of sites")
            axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        np.atleast_1d(panels)[0].set_ylabel("steps until a group is gone")
        np.atleast_1d(panels)[-1].legend(loc="upper left", fontsize=8)
