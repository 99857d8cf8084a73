"""The streets against their rivals, in one go: ``python benchmarks/streets.py [--json] [--quick]``.

Prints ratios and speeds, medians of repeated runs, each measured in a process of its own, one after the
other, once all is compiled. ``--quick`` takes some 40 seconds, the first time 25 more to compile, and its
figures waver; no figure means much while anything else runs.

Mesa is needed for two of them: ``make bench`` installs it, ``--mesa-python`` names an interpreter that has
it, and else it is fetched, as pinned, into a folder beside this file, which touches no environment.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script, Python looks beside the script alone

from benchmarks.mesa_fetched import mesa_folder  # noqa: E402

KEYS = (
    "mesa_40",
    "mesa_200",
    "million_per_s_1000",
    "million_per_s_4000",
    "bytes_per_agent",
    "tick_1to1_full",
    "tick_1to1_pruned",
    "twin_pairs_per_s",
    "numpy_ratio",
)
NO_MESA = 2


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is run, and how often: (steps, repeats) of Mesa, (runs, repeats) of the crowd."""

    mesa_40: tuple[int, int]
    mesa_200: tuple[int, int]
    crowd: tuple[int, int]


FULL = Effort(mesa_40=(100, 5), mesa_200=(2, 5), crowd=(500, 7))
QUICK = Effort(mesa_40=(10, 3), mesa_200=(1, 1), crowd=(100, 3))


class MesaAbsent(Exception):
    """The interpreter that was to time Mesa has none."""


def figures_of(
    module: str, *arguments: str, python: str = sys.executable, path: Path | None = None
) -> dict[str, Any]:
    """What ``python -m module`` prints as JSON, in a process of its own, with ``path`` to import from."""
    places = os.pathsep.join(filter(None, (str(path or ""), os.environ.get("PYTHONPATH", ""))))
    done = subprocess.run(
        [python, "-m", module, *arguments],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": places},
        cwd=ROOT,
        text=True,
        check=False,
    )
    if done.returncode == NO_MESA and module == "benchmarks.mesa_speed":
        raise MesaAbsent
    if done.returncode != 0:
        raise SystemExit(f"{module}: ended with {done.returncode}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def compile_all() -> None:
    """Compile what is timed, side by side, where nothing is compiled yet; every measure warms up besides."""
    if any((ROOT / "src").rglob("kernel.simulate*.nbi")) and any((ROOT / "src").rglob("sharing._work*.nbi")):
        return
    works = (
        ("benchmarks.kernel", "2", "1", "twin_pairs"),
        ("benchmarks.lattice", "--compile", "ticks"),
        ("benchmarks.lattice", "--compile", "updates"),
    )
    running = [
        subprocess.Popen([sys.executable, "-m", *work], stdout=subprocess.DEVNULL, cwd=ROOT) for work in works
    ]
    for work, process in zip(works, running, strict=True):
        if process.wait() != 0:
            raise SystemExit(f"{' '.join(work)}: ended with {process.returncode}")


def mesa(effort: Effort, python: str) -> dict[str, dict[str, Any]]:
    """Mesa's agent-updates a second at 40x40 and 200x200.

    Raises
    ------
    MesaAbsent
        Where ``python`` cannot import Mesa's example; said before anything is measured.
    """
    fetched = mesa_folder() if python == sys.executable and find_spec("mesa") is None else None
    sizes = {"40": effort.mesa_40, "200": effort.mesa_200}
    return {
        side: figures_of("benchmarks.mesa_speed", side, str(steps), str(repeats), python=python, path=fetched)
        for side, (steps, repeats) in sizes.items()
    }


def lattice(*, quick: bool) -> dict[str, float]:
    """The lattice's own figures, as ``python -m benchmarks.lattice [--quick]`` prints them; else nothing.

    Its keys: ``updates_per_s_40`` (one core) and ``updates_per_s_200`` (two cores), set against Mesa here,
    and ``million_per_s_1000``, ``million_per_s_4000``, ``bytes_per_agent``, ``tick_1to1_full`` and
    ``tick_1to1_pruned`` as in ``KEYS``.
    """
    return figures_of("benchmarks.lattice", *(["--quick"] if quick else []))


def measure(*, quick: bool, mesa_python: str = sys.executable, without_mesa: bool = False) -> dict[str, Any]:
    """Every figure by its key, ``None`` where it was not measured, and under ``detail`` what it comes from.

    Raises
    ------
    MesaAbsent
        Where Mesa is wanted and ``mesa_python`` has none.
    """
    effort = QUICK if quick else FULL
    rival = {} if without_mesa else mesa(effort, mesa_python)
    compile_all()
    ours = lattice(quick=quick)
    crowd = figures_of("benchmarks.kernel", *map(str, effort.crowd), "twin_pairs", "against_numpy")
    pairs, by_hand = crowd["twin_pairs"], crowd["against_numpy"]
    found: dict[str, Any] = {key: ours.get(key) for key in KEYS}
    for side in rival:
        own = ours.get(f"updates_per_s_{side}")
        if own is not None:
            found[f"mesa_{side}"] = own / rival[side]["updates_per_second"]
    found["twin_pairs_per_s"] = pairs["pairs_per_second"]
    found["numpy_ratio"] = by_hand["ratio"]
    found["detail"] = {"mesa": rival, "lattice": ours, "twin_pairs": pairs, "against_numpy": by_hand}
    return found


def table(found: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What was measured, the figure, and what is asked of it."""
    return [
        ("lattice 40x40, one core, against Mesa", *_at_least(found["mesa_40"], 500, "x {:,.0f}")),
        ("lattice 200x200, two cores, against Mesa", *_at_least(found["mesa_200"], 2000, "x {:,.0f}")),
        ("lattice 1000x1000, two cores", *_at_least(found["million_per_s_1000"], 20, "{:.1f} M updates/s")),
        ("lattice 4000x4000, two cores", *_at_least(found["million_per_s_4000"], 20, "{:.1f} M updates/s")),
        ("lattice 4000x4000, memory", *_at_most(found["bytes_per_agent"], 16, "{:.1f} bytes an agent")),
        ("a tick of all cities, one to one", *_at_most(found["tick_1to1_full"], 0.6, "{:.3f} s")),
        ("the same without those who never act", *_at_most(found["tick_1to1_pruned"], 0.1, "{:.3f} s")),
        ("crowd, twin pairs, two cores", *_at_least(found["twin_pairs_per_s"], 400, "{:.0f} a second")),
        ("crowd, one core, against NumPy by hand", *_at_least(found["numpy_ratio"], 3, "x {:.2f}")),
    ]


def _at_least(figure: float | None, limit: float, form: str) -> tuple[str, str]:
    if figure is None:
        return "not measured", f"at least {limit:,g}"
    return form.format(figure), f"{'at least' if figure >= limit else 'NOT at least'} {limit:,g}"


def _at_most(figure: float | None, limit: float, form: str) -> tuple[str, str]:
    if figure is None:
        return "not measured", f"at most {limit:,g}"
    return form.format(figure), f"{'at most' if figure <= limit else 'NOT at most'} {limit:,g}"


def agreement_lines(found: dict[str, Any]) -> list[str]:
    """What shows that NumPy by hand and the kernel tell the same."""
    by_hand = found["detail"]["against_numpy"]
    return [
        f"NumPy by hand, {by_hand['runs']} runs, {name}: medians {row['kernel_median']:,.0f} and "
        f"{row['numpy_median']:,.0f}, paired difference {row['mean_difference_percent']:+.2f} % "
        f"(z {row['z']:+.1f}), KS p {row['p']:.2f}"
        for name, row in by_hand["agreement"].items()
    ]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--json", action="store_true", help="one JSON object with the figures, nothing else")
    options.add_argument("--quick", action="store_true", help="some 40 seconds in all, once compiled")
    options.add_argument("--mesa-python", default=sys.executable, help="an interpreter that has Mesa")
    given = options.parse_args()
    if shutil.which(given.mesa_python) is None:
        options.error(f"--mesa-python {given.mesa_python}: cannot be run; give an interpreter that has Mesa")
    try:
        found = measure(quick=given.quick, mesa_python=given.mesa_python)
    except MesaAbsent:
        raise SystemExit(NO_MESA) from None
    if given.json:
        print(json.dumps({key: found[key] for key in KEYS}, indent=1))
        return
    rows = table(found)
    widths = [max(len(row[k]) for row in rows) for k in range(2)]
    for name, figure, asked in rows:
        print(f"{name:<{widths[0]}}  {figure:>{widths[1]}}  {asked}")
    print("\n".join(agreement_lines(found)))


if __name__ == "__main__":
    main()
