"""Lift in pictures: who has landed by which hour, and how large a request a theatre and the lift can bear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.report.charts.drawing import (
    INK,
    MUTED,
    SURFACE,
    WITH,
    WITHOUT,
    as_svg,
    drawing,
    legend_above,
    short_count,
)
from foedus.report.numbers import ENGLISH, middle_of, spread
from foedus.report.phrases import phrases

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Json = Mapping[str, Any]

_RECORD: dict[str, Any] = {"color": INK, "linewidth": 1.2, "linestyle": (0, (4, 3))}


def arrival(found: Json) -> str | None:
    """Draw troops landed by hour after the activation: median and 5 to 95 % of runs; None if none come.

    Parameters
    ----------
    found
        The part ``arrival`` of a plan or of a run.
    """
    if not found.get("members"):
        return None
    hours, curve = np.asarray(found["hours"]), found["all"]
    with drawing(280) as figure:
        axes = figure.add_subplot()
        _band(axes, hours, curve, "all, 5 to 95 % of runs")
        observed = [row["observed"] for row in found["members"].values()]
        if all(value is not None for value in observed):
            total = float(sum(observed))
            axes.axhline(total, label="came, by the record", **_RECORD)
        _frame(axes, hours, curve)
        axes.set_xlabel("days after the activation")
        legend_above(axes)
        said = f"Landed in the end: {spread(found['troops'], ENGLISH.count)}."
        return as_svg(figure, "arrival", "Troops landed", said)


def arrival_by_member(found: Json) -> str | None:
    """Draw each member's own arrival, the largest first, each on its own scale; None if none come."""
    rows = dict(
        sorted((found.get("members") or {}).items(), key=lambda item: -(middle_of(item[1]["troops"]) or 0.0))
    )
    if not rows:
        return None
    hours = np.asarray(found["hours"])
    with drawing(96 * len(rows) + 54) as figure:
        panels = np.atleast_1d(figure.subplots(len(rows), 1, sharex=True))
        for axes, (code, row) in zip(panels, rows.items(), strict=True):
            _band(axes, hours, row["curve"], "median, 5 to 95 % of runs")
            if row.get("observed") is not None:
                axes.axhline(
                    row["observed"],
                    color=INK,
                    linewidth=1.2,
                    linestyle=(0, (4, 3)),
                    label="came, by the record",
                )
            _frame(axes, hours, row["curve"], row.get("observed"))
            axes.locator_params(axis="y", nbins=3)
            axes.set_title(phrases("en").country(code), loc="left", color=INK, pad=3)
        panels[-1].set_xlim(0, _until(hours, found["all"]))
        panels[-1].set_xlabel("days after the activation")
        labels: dict[str, Any] = {}
        for axes in panels:
            for handle, label in zip(*axes.get_legend_handles_labels(), strict=True):
                labels.setdefault(label, handle)
        figure.legend(
            list(labels.values()), list(labels), loc="outside upper left", ncols=2, labelcolor=INK,
        )  # fmt: skip
        said = [f"{phrases('en').country(c)}: {spread(r['troops'], ENGLISH.count)}" for c, r in rows.items()]
        return as_svg(figure, "arrival-members", "Troops landed, by member", "; ".join(said) + ".")


def request_curve(
    theatre: Json, bound: float | None, requested: float | None, title: str, name: str = "request"
) -> str | None:
    """Draw how large the request could grow before a theatre gives, over the floor that nobody published.

    Parameters
    ----------
    theatre
        A theatre of a plan or run, with its ``request``.
    bound
        Troops that lift could land by the deadline.
    requested
        Troops asked for.
    """
    from matplotlib.ticker import LogLocator, NullFormatter

    rows: Sequence[Json] = (theatre.get("request") or {}).get("curve") or []
    if not rows:
        return None
    floors = np.array([row["floor"] for row in rows])
    low, middle, high = (
        np.array([row["largest_request"][key] for row in rows], dtype=float)
        for key in ("p05", "median", "p95")
    )
    with drawing(300) as figure:
        axes = figure.add_subplot()
        floor = theatre.get("floor") or {}
        if floor.get("p05") is not None and floor.get("p95") is not None:
            axes.axvspan(
                floor["p05"], floor["p95"], color=MUTED, alpha=0.14, linewidth=0, label="floor, by the case"
            )
        axes.fill_between(floors, low, high, color=WITH, alpha=0.25, linewidth=0)
        axes.plot(floors, middle, color=WITH, linewidth=2.2, label="theatre gives above")
        if bound is not None:
            axes.axhline(
                bound, color=WITHOUT, linewidth=1.8, linestyle=(0, (5, 2)), label="lift by the deadline"
            )
        if requested is not None:
            axes.axhline(requested, color=INK, linewidth=1.2, linestyle=(0, (1.5, 2)), label="asked for")
        axes.set_xlim(0, float(floors[-1]) or 1.0)
        axes.set_yscale("log")
        least = min([v for v in (low.min(), bound or np.inf, requested or np.inf) if v > 0] or [1.0])
        axes.set_ylim(bottom=max(1.0, 0.5 * least))
        axes.xaxis.set_major_formatter(short_count)
        # Within a decade matplotlib would label the minor ticks too, in markup that is no text.
        axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
        axes.yaxis.set_major_formatter(short_count)
        axes.yaxis.set_minor_formatter(NullFormatter())
        axes.locator_params(axis="x", nbins=5)
        axes.set_xlabel("floor of the theatre, troops")
        axes.set_ylabel("largest request, troops")
        legend_above(axes)
        largest = (theatre.get("request") or {}).get("largest_request") or {}
        said = f"At the case's own floor the request could grow to {spread(largest, ENGLISH.count)}."
        return as_svg(figure, name, title, said)


def _band(axes: Axes, hours: Any, curve: Json, label: str) -> None:
    days = hours / 24.0
    axes.fill_between(
        days, curve["p05"], curve["p95"], step="post", color=WITH, alpha=0.25, linewidth=0, label=label
    )
    axes.step(days, curve["median"], where="post", color=WITH, linewidth=2.2)


def _frame(axes: Axes, hours: Any, curve: Json, observed: float | None = None) -> None:
    axes.set_xlim(0, _until(hours, curve))
    axes.set_ylim(0, 1.12 * max(max(curve["p95"]), observed or 0.0, 1.0))
    axes.set_facecolor(SURFACE)
    axes.yaxis.set_major_formatter(short_count)
    axes.grid(visible=False, axis="x")


def _until(hours: Any, curve: Json) -> float:
    """Days until two days after the last of the 95 % is down, one at least."""
    full = np.flatnonzero(np.asarray(curve["p95"]) >= max(curve["p95"]))
    return max(1.0, min(float(hours[-1]), float(hours[full[0]]) + 48.0) / 24.0)
