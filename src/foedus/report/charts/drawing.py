"""How a chart is drawn: one style, and colours that the page decides.

Matplotlib draws with stand-in colours; they are then replaced by CSS variables, so that one SVG follows the
light or dark colours of the page it stands in. No date, no random ids: the same study gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Stand-ins: each is replaced by the CSS variable of its name.
INK = "#010203"
MUTED = "#040506"
LINE = "#070809"
SURFACE = "#0a0b0c"
WITH = "#0d0e0f"
WITHOUT = "#101112"
_VARIABLES = {INK: "ink", MUTED: "muted", LINE: "line", SURFACE: "surface", WITH: "with", WITHOUT: "without"}

# Colours where no page gives any: a chart on its own. The report's page uses the same.
LIGHT = {
    "ink": "#1d2329",
    "muted": "#5b6670",
    "line": "#d5dade",
    "surface": "#ffffff",
    "with": "#1f6aa5",
    "without": "#b45a1e",
}
DARK = {
    "ink": "#e6e9ec",
    "muted": "#9aa5af",
    "line": "#384149",
    "surface": "#171c21",
    "with": "#6db3e8",
    "without": "#e59a5f",
}

WIDTH = 440
FONT_SIZE = 12.5
_STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "foedus",
    "font.family": "DejaVu Sans",
    "font.size": FONT_SIZE,
    "text.parse_math": False,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": MUTED,
    "axes.labelsize": FONT_SIZE,
    "axes.titlesize": FONT_SIZE,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": LINE,
    "grid.linewidth": 0.7,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.labelsize": FONT_SIZE,
    "ytick.labelsize": FONT_SIZE,
    "legend.frameon": False,
    "legend.fontsize": FONT_SIZE,
    "lines.solid_capstyle": "butt",
}
_DECIMALS = re.compile(r"-?\d+\.\d{3,}")
_FONT_STACK = "system-ui, -apple-system, 'Segoe UI', sans-serif"


@contextmanager
def drawing(height: int, width: int = WIDTH) -> Iterator[Figure]:
    """Give a figure of so many px in the report's style, without pyplot or any global figure."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(_STYLE):
        yield Figure(figsize=(width / 72, height / 72), layout="constrained")


def as_svg(figure: Figure, name: str, title: str, description: str) -> str:
    """Write a figure as inline SVG whose colours are CSS variables.

    Parameters
    ----------
    name
        Prefix of every id inside, so that charts can share a page.
    title, description
        What a screen reader says.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    out = io.StringIO()
    with rc_context(_STYLE):
        canvas: Any = FigureCanvasSVG(figure)
        canvas.print_svg(out, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return _for_a_page(out.getvalue(), name, title, description)


def _for_a_page(raw: str, name: str, title: str, description: str) -> str:
    svg = raw[raw.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    box = re.search(r'viewBox="([^"]+)"', svg)
    said = f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>'
    head = (
        f'<svg class="chart" viewBox="{box.group(1) if box else ""}" role="img" '
        f'aria-labelledby="{name}-t {name}-d">{said}'
    )
    body = svg[svg.index(">") + 1 :]
    # Two decimals of a px are finer than any screen; text between tags stays as it is.
    body = re.sub(r"<[^>]+>", lambda tag: _DECIMALS.sub(_shorter, tag.group()), body)
    body = re.sub(r' id="([^"]+)"', rf' id="{name}-\1"', body)
    body = re.sub(r'(xlink:)?href="#([^"]+)"', rf'href="#{name}-\2"', body)
    body = body.replace("url(#", f"url(#{name}-").replace("'DejaVu Sans'", _FONT_STACK)
    for colour, variable in _VARIABLES.items():
        body = body.replace(colour, f"var(--{variable})")
    return re.sub(r"\n\s*", "\n", head + body).strip()


def _shorter(number: re.Match[str]) -> str:
    return f"{float(number.group()):.2f}".rstrip("0").rstrip(".")


def standalone(svg: str, dark: bool | None = None) -> str:
    """Turn an inline chart into a file of its own, which follows the reader's light or dark colours.

    ``dark`` fixes one of the two, for a picture in a README.
    """

    def rules(colours: dict[str, str]) -> str:
        return "".join(f"--{name}:{colour};" for name, colour in colours.items())

    style = f"svg{{{rules(DARK if dark else LIGHT)}background:var(--surface)}}"
    if dark is None:
        style += f"@media(prefers-color-scheme:dark){{svg{{{rules(DARK)}}}}}"
    head = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return head.replace("<title", f"<style>{style}</style><title", 1)


def short_count(x: float, _: float = 0.0) -> str:
    """Write a count on an axis: 500, 2,000, 40k, 1.5M."""
    size = abs(x)
    sign = "\u2212" if x < 0 else ""
    if size >= 1e6:
        return f"{sign}{size / 1e6:g}M"
    if size >= 1e4:
        return f"{sign}{size / 1e3:g}k"
    return f"{sign}{size:,.10g}"


def legend_above(axes: Axes, columns: int = 2) -> None:
    """Put the legend above the axes, where it hides no data."""
    handles, labels = axes.get_legend_handles_labels()
    # Matplotlib fills a legend by columns; a reader reads it by rows.
    order = [i for column in range(columns) for i in range(column, len(handles), columns)]
    axes.legend(
        [handles[i] for i in order],
        [labels[i] for i in order],
        loc="lower left",
        bbox_to_anchor=(-0.02, 1.0),
        ncols=columns,
        handlelength=1.6,
        columnspacing=1.2,
        borderaxespad=0.2,
        labelcolor=INK,
    )
