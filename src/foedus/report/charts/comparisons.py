"""What members sent, what differed between twins, and what it cost: intervals side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

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

    from foedus.cases.schema import Case

Summary = Mapping[str, Any]
CHANNELS = ("announcement", "guards", "presence")
_ROW = 34
_FRAME = 66


def members(summary: Summary, case: Case) -> str | None:
    """Draw each member's pledge, what arrived in the runs, and what was observed; None if nobody is there."""
    rows: Mapping[str, Mapping[str, Any]] = (summary.get("response") or {}).get("members") or {}
    if not rows:
        return None
    codes = sorted(rows, key=lambda code: middle_of(rows[code].get("troops")) or 0.0)
    names = [phrases("en").country(code) for code in codes]
    with drawing(_FRAME + 14 + _ROW * len(codes)) as figure:
        axes = figure.add_subplot()
        axes.set_xscale("function", functions=(_root, _square))
        for place, code in enumerate(codes):
            arrived = rows[code].get("troops") or {}
            _interval(axes, place, arrived, WITH, "arrived, in the runs")
            member = case.alliance.members.get(code)
            if member is not None and member.pledge is not None:
                pledge = member.pledge.central()
                _mark(axes, pledge, place + 0.3, "d", SURFACE, "pledged")
            observed = middle_of(rows[code].get("observed"))
            if observed is not None:
                _mark(axes, observed, place - 0.3, "o", INK, "observed")
        axes.set_yticks(range(len(codes)), names, color=INK)
        axes.set_ylim(-0.6, len(codes) - 0.4)
        top = axes.get_xlim()[1]
        axes.set_xlim(0, top)
        steps = [0, 50, 200, 500, 1000, 2000, 3000, 5000, 10_000, 20_000, 50_000, 100_000]
        axes.set_xticks([step for step in steps if step <= top][:1] + _spaced([s for s in steps if s <= top]))
        axes.xaxis.set_major_formatter(short_count)
        axes.grid(visible=False, axis="y")
        axes.set_xlabel("troops (root scale)")
        legend_above(axes, columns=3)
        said = [
            f"{name}: arrived {spread(rows[code].get('troops') or {}, ENGLISH.count)}"
            for name, code in zip(names, codes, strict=True)
        ]
        return as_svg(figure, "members", "Contributions of the members", "; ".join(reversed(said)) + ".")


def _spaced(steps: Sequence[int]) -> list[int]:
    """Ticks that stand apart on a root scale."""
    kept: list[int] = []
    for step in reversed(steps[1:]):
        widest = np.sqrt(steps[-1])
        if not kept or (np.sqrt(kept[-1]) - np.sqrt(step)) / widest > 0.17:
            kept.append(step)
    return kept[::-1]


def _root(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.sqrt(np.maximum(x, 0.0))


def _square(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.square(x)


def twin_differences(effect: Mapping[str, Any], quantity: str, title: str, unit: str) -> str | None:
    """Draw with minus without, for all channels together and each alone; None if it was not computed.

    Parameters
    ----------
    quantity
        ``deaths_civilian``, ``hours_to_calm`` or ``state_falls``.
    """
    by_channel = effect.get("by_channel") or {}
    rows = [("all together", effect.get(quantity))]
    rows += [(name, (by_channel.get(name) or {}).get(quantity)) for name in CHANNELS]
    rows = [(name, found) for name, found in rows if isinstance(found, Mapping)]
    if all(middle_of(found) is None for _, found in rows):
        return None
    rows.reverse()
    with drawing(_FRAME - 4 + _ROW * len(rows)) as figure:
        axes = figure.add_subplot()
        axes.axvline(0, color=INK, linewidth=1.2)
        for place, (_, found) in enumerate(rows):
            _interval(axes, place, found or {}, WITH, None)
        axes.set_yticks(range(len(rows)), [name for name, _ in rows], color=INK)
        axes.set_ylim(-0.6, len(rows) - 0.4)
        low, high = axes.get_xlim()
        margin = 0.04 * (high - low)
        axes.set_xlim(min(low, -margin), max(high, margin))
        axes.locator_params(axis="x", nbins=5)
        axes.xaxis.set_major_formatter(short_count)
        axes.grid(visible=False, axis="y")
        axes.set_xlabel(unit)
        write = ENGLISH.number
        said = [f"{name}: {spread(found or {}, write)}" for name, found in reversed(rows)]
        return as_svg(figure, f"twins-{quantity.replace('_', '-')}", title, "; ".join(said) + ".")


def aftermath(indices: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Draw every index of the aftermath with and without contingents, each on its own scale."""
    shown = {name: row for name, row in indices.items() if middle_of(row.get("with")) is not None}
    if not shown:
        return None
    with drawing(78 * len(shown) + 34) as figure:
        panels = np.atleast_1d(figure.subplots(len(shown), 1))
        for axes, (name, row) in zip(panels, shown.items(), strict=True):
            for place, arm, colour in ((1, "with", WITH), (0, "without", WITHOUT)):
                _interval(
                    axes, place, row.get(arm) or {}, colour, f"{arm} contingents" if arm == "with" else arm
                )
            axes.set_yticks([])
            axes.set_ylim(-0.7, 1.7)
            axes.margins(x=0.08)
            axes.locator_params(axis="x", nbins=5)
            axes.xaxis.set_major_formatter(short_count)
            label = name.replace("_", " ")
            axes.set_title(f"{label[:1].upper()}{label[1:]}", loc="left", color=INK, pad=3)
            axes.set_title(str(row.get("unit", "")), loc="right", color=MUTED, pad=3)
        handles, labels = panels[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper left", ncols=2, labelcolor=INK)
        said = [
            f"{name}: with {spread(row.get('with') or {}, ENGLISH.number)}, without "
            f"{spread(row.get('without') or {}, ENGLISH.number)}"
            for name, row in shown.items()
        ]
        return as_svg(
            figure, "aftermath", "What it costs, with and without contingents", "; ".join(said) + "."
        )


def _interval(axes: Axes, place: float, found: Mapping[str, Any], colour: str, label: str | None) -> None:
    """A bar from 5 to 95 % with its median; what was not reached has no mark."""
    low, middle, high = found.get("p05"), middle_of(found), found.get("p95")
    if label in axes.get_legend_handles_labels()[1]:
        label = None
    if low is not None and high is not None:
        axes.plot([low, high], [place, place], color=colour, linewidth=6, alpha=0.35)
    if middle is not None:
        axes.plot([middle], [place], "o", color=colour, markersize=8, label=label)


def _mark(axes: Axes, x: float, place: float, shape: str, fill: str, label: str) -> None:
    known = axes.get_legend_handles_labels()[1]
    axes.plot(
        [x],
        [place],
        shape,
        color=INK,
        markerfacecolor=fill,
        markeredgewidth=1.4,
        markersize=6.5,
        label=None if label in known else label,
    )
