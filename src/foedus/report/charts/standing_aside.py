"""In what share of the runs forces stand aside, hour by hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from foedus.report.charts.courses import HEIGHT, POINTS, date_ticks
from foedus.report.charts.drawing import WITH, WITHOUT, as_svg, drawing, legend_above

if TYPE_CHECKING:
    from foedus.report.reading import Reported

NAME, TITLE = "standing-aside", "Runs in which forces stand aside, %"


def standing_aside(study: Reported) -> str | None:
    """Draw the share of runs in which forces stand aside, in both arms; None where they never do."""
    data = study.data
    if "withheld" not in data or not bool((data["withheld"] > 0).any()):
        return None
    steps = np.unique(np.linspace(0, data.sizes["time"] - 1, POINTS).astype(int))
    start = study.case.meta.clock.at(0).replace(tzinfo=None)
    said = []
    with drawing(HEIGHT) as figure:
        axes = figure.add_subplot()
        for arm, label, colour in (
            ("with", "with contingents", WITH),
            ("without", "without", WITHOUT),
        ):
            if arm not in data.coords["arm"].values:
                continue
            aside = (data["withheld"].sel(arm=arm).transpose("run", "time") > 0).mean("run")
            shares = 100.0 * np.asarray(aside.isel(time=steps))
            style = "-" if arm == "with" else (0, (5, 2))
            axes.plot(steps / 24.0, shares, color=colour, linewidth=2.0, linestyle=style, label=label)
            said.append(f"At most, {label}: {shares.max():.0f} %.")
        last = float(steps[-1]) / 24.0
        date_ticks(axes, start, last)
        axes.set_xlim(0, last * 1.01)
        axes.set_ylim(0, 100)
        axes.grid(visible=False, axis="x")
        legend_above(axes)
        return as_svg(figure, NAME, TITLE, " ".join(said))
