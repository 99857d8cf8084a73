"""The aftermath month by month: each index with contingents and without, on a scale of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.report.charts.drawing import INK, MUTED, WITH, WITHOUT, as_svg, drawing
from foedus.report.numbers import ENGLISH, middle_of, spread

SHOWN = ("dependence", "opinion_host", "contagion", "contagion_guarantor", "credibility", "office_loss")
"""Indices that differ by month in an instructive way; the summary has the path of each."""
ROW = 118
FRAME = 46


def paths(indices: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Draw median and 5-95 % of some indices over the months after; None where no path is known."""
    shown = {n: indices[n] for n in SHOWN if n in indices and indices[n].get("path")}
    if not shown:
        return None
    with drawing(ROW * len(shown) + FRAME) as figure:
        panels = figure.subplots(len(shown), 1, sharex=True, squeeze=False)[:, 0]
        for axes, (name, row) in zip(panels, shown.items(), strict=True):
            for arm, colour in (("without", WITHOUT), ("with", WITH)):
                months, low, middle, high = _line(row["path"], arm)
                axes.fill_between(months, low, high, color=colour, alpha=0.18, linewidth=0)
                label = f"{arm} contingents" if arm == "with" else arm
                axes.plot(months, middle, color=colour, linewidth=2, label=label)
            axes.locator_params(axis="y", nbins=4)
            label = name.replace("_", " ")
            axes.set_title(f"{label[:1].upper()}{label[1:]}", loc="left", color=INK, pad=3)
            axes.set_title(str(row.get("unit", "")), loc="right", color=MUTED, pad=3)
        panels[-1].set_xlabel("months after the first shock")
        panels[-1].set_xticks([0, 6, 12, 18, 24])
        handles, labels = panels[0].get_legend_handles_labels()
        figure.legend(handles[::-1], labels[::-1], loc="outside upper left", ncols=2, labelcolor=INK)
        said = [f"{name} at month {p['months']}: with {_said(p['with'])}, without {_said(p['without'])}"
                for name, row in shown.items() for p in (row["path"][0], row["path"][-1])]  # fmt: skip
        return as_svg(figure, "aftermath-paths", "The months after, with and without", "; ".join(said) + ".")


def _line(
    path: list[Mapping[str, Any]], arm: str
) -> tuple[list[float], list[float], list[float], list[float]]:
    known = [p for p in path if middle_of(p[arm]) is not None]
    ends = [[float(p[arm][key]) for p in known] for key in ("p05", "median", "p95")]
    return [float(p["months"]) for p in known], ends[0], ends[1], ends[2]


def _said(interval: Mapping[str, Any]) -> str:
    return spread(interval, ENGLISH.number)
