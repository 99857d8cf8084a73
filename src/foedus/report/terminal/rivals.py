"""The contest printed: every held-out quantity with the CRPS of each column, then the common sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from foedus.report.terminal.assessment import plain_table

if TYPE_CHECKING:
    from rich.console import Console

NAMES = {
    "crowd": "crowd",
    "crowd_untold": "crowd untold",
    "wave": "wave",
    "wave_linear": "linear wave",
    "protests": "protests",
    "episodes": "episodes",
    "persistence": "persistence",
}
WITH_A_VIEW = ("wave", "wave_linear", "protests", "episodes")
FEW = 5
"""With fewer quantities in common than this, a comparison says little. Assumption."""
LEGEND = (
    "CRPS in the quantity's own unit, hours for times, lower is better; a dash: not predicted. Columns cover "
    "different sets: compare them only where both speak. crowd untold: not told of any event after the hour "
    "of the forecast, as the rivals are not. wave: Bonnasse-Gahot et al. (2018), equations as recalled, with "
    "a threshold or linear. protests: earlier protests of that size and violence (Mass Mobilization). "
    "episodes: ten episodes of deadly unrest."
)


def print_rivals(found: Mapping[str, Any], console: Console) -> None:
    """Print each fit's tables of scores and what they come to."""
    for block in found["fits"]:
        since = f", as of {block['as_of']}" if block["as_of"] else ""
        console.print(f"\n{found['case']}, fit '{block['fit']}'{since}", style="bold", highlight=False)
        spoken, rest = parted(block["rows"])
        covered = block["scores"]["covered"]
        total = len(block["rows"])
        for names in _fitting(console.width):
            rows = [_cells(row, names) for row in spoken]
            rows.append(["all covered", "", *(f"{covered[name]} of {total}" for name in names)])
            console.print(plain_table(["held out", "observed", *(NAMES[name] for name in names)], rows))
        if rest:
            few = [name for name in NAMES if any(row[name] is not None for row in rest)]
            console.print("No wave and no reference class speaks of these:", highlight=False)
            head = ["held out", "observed", *(NAMES[name] for name in few)]
            console.print(plain_table(head, [_cells(row, few) for row in rest]))
        for line in silences(block):
            console.print(f"- {line}", highlight=False)
        for line in verdicts(block):
            console.print(f"- {line}", highlight=False)
    console.print(f"\n{LEGEND}", style="dim", highlight=False)


def _fitting(width: int) -> list[list[str]]:
    """The columns, in as many tables as the width of the terminal asks for; none is squeezed out."""
    names = list(NAMES)
    each = max((width - 32) // 13, 1)
    return [names[i : i + each] for i in range(0, len(names), each)]


def parted(rows: Sequence[Mapping[str, Any]]) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Quantities of which a rival speaks that has a model or a record, and the rest."""
    spoken = [row for row in rows if any(row[name] is not None for name in WITH_A_VIEW)]
    return spoken, [row for row in rows if row not in spoken]


def _cells(row: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    return [quantity(row), figure(row["low"], row["high"]), *(score(row[name]) for name in names)]


def silences(block: Mapping[str, Any]) -> list[str]:
    """Which rival says nothing at all, and why."""
    lines = []
    if block["wave"] is None:
        lines.append("the wave says nothing: no shock begins it, or no quantity is one of its own.")
    elif not block["wave"]["fitted"]:
        lines.append("the wave is on its priors: nothing that it has a word for was reported by then.")
    if block["protests"]["silent_because"]:
        lines.append(f"protests say nothing: {block['protests']['silent_because']}.")
    return lines


def verdicts(block: Mapping[str, Any]) -> list[str]:
    """Each of ours against each rival, on the set that both cover: who was nearer, and by how much."""
    lines = []
    for ours, pairs in block["scores"]["against"].items():
        for name, pair in pairs.items():
            if pair["common"]:
                lines.append(f"{_told(ours, name, pair)} {outcome(pair)}")
    return lines


def _told(ours: str, rival: str, pair: Mapping[str, Any]) -> str:
    text = (
        f"{NAMES[ours]} against {NAMES[rival]}, on the {pair['common']} that both cover: nearer in "
        f"{pair['crowd_nearer']}, farther in {pair['rival_nearer']}"
    )
    if pair["ratio"] is not None:
        text += (
            f"; CRPS over the rival's {pair['ratio']:.2f} (geometric mean), mean skill "
            f"{pair['mean_skill_of_crowd']:+.0%} ({pair['in_means']} in these means)"
        )
    return f"{text}."


def outcome(pair: Mapping[str, Any]) -> str:
    """Whether the crowd model wins or loses, by count and by both means; said plainly."""
    signs = {"count": float(pair["crowd_nearer"] - pair["rival_nearer"])}
    if pair["ratio"] is not None:
        signs |= {"geometric mean": 1.0 - pair["ratio"], "mean skill": pair["mean_skill_of_crowd"]}
    lost = [words for words, sign in signs.items() if sign < 0]
    won = [words for words, sign in signs.items() if sign > 0]
    if not lost:
        text = "It wins by every measure." if len(won) == len(signs) else "It does not lose."
    elif won:
        text = f"It LOSES by {' and '.join(lost)}, and wins by {' and '.join(won)}."
    else:
        text = "It LOSES by every measure."
    return f"{text} So few say little." if pair["common"] < FEW else text


def quantity(row: Mapping[str, Any]) -> str:
    """The name of a quantity with its place and day."""
    where = f", {row['where']}" if row["where"] else ""
    times = row["quantity"].endswith("_at")
    when = f", {row['at'][5:10]}" if row["at"] and not times else ""
    return f"{row['quantity'].replace('_', ' ')}{where}{when}"


def score(told: Mapping[str, Any] | None) -> str:
    """A CRPS, or a dash where the column says nothing."""
    return "-" if told is None else number(told["crps"])


def figure(low: float, high: float) -> str:
    """An observed range."""
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def number(value: float) -> str:
    """A number as people read it."""
    if abs(value) >= 20 or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 1 else f"{value:.2f}"
