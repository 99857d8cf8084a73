"""Mesa for the benchmark alone, where the environment has none: fetched once, into a folder of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "benchmarks" / ".mesa" / f"python{sys.version_info.major}.{sys.version_info.minor}"
BESIDE = ("tqdm",)
"""What Mesa imports that neither foedus nor its own extra brings."""


def pinned() -> list[str]:
    """The packages that the extra ``bench`` names, for this Python."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [Requirement(line) for line in extras["optional-dependencies"]["bench"]]
    return [
        f"{each.name}{each.specifier}" for each in wanted if each.marker is None or each.marker.evaluate()
    ]


def mesa_folder() -> Path | None:
    """A folder to put on the path so that Mesa can be imported; None where it cannot be had.

    Nothing is installed into the environment: what Mesa shares with foedus is taken from there.
    """
    if FOLDER.is_dir():
        return FOLDER
    print(f"Mesa is not installed here: fetching {', '.join(pinned())} into {FOLDER.name}", file=sys.stderr)
    FOLDER.parent.mkdir(exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=FOLDER.parent))
    command = [
        sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--target", str(part), *pinned(), *BESIDE,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        shutil.rmtree(part)
        return None
    part.rename(FOLDER)
    return FOLDER
