"""Run the replications of Epstein (2002), draw their figures and fill docs/replications.md.

    python docs/make_replications.py [--seeds 50] [--only PART ...]

Each part runs its own experiment, draws ``docs/images/replications-PART`` and fills what stands between
``<!-- begin: PART -->`` and ``<!-- end: PART -->``. All parts with 50 seeds take a quarter of an hour.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import replication_parts as parts
from make_tables import filled

PAGE = Path(__file__).parent / "replications.md"
IMAGES = Path(__file__).parent / "images"
PARTS: dict[str, Callable[[Path, int], str]] = {
    "paper": parts.paper,
    "readings": parts.readings,
    "bursts": parts.bursts,
    "tension": parts.tension,
    "legitimacy": parts.legitimacy,
    "police": parts.police,
    "havens": parts.havens,
    "extinction": parts.extinction,
}


def main() -> None:
    """Fill the page and draw the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=50, help="runs of each experiment")
    options.add_argument("--only", nargs="+", choices=sorted(PARTS), default=list(PARTS), metavar="PART")
    options.add_argument("--images", type=Path, default=IMAGES)
    options.add_argument("--page", type=Path, default=PAGE)
    given = options.parse_args()
    given.images.mkdir(parents=True, exist_ok=True)
    for name in given.only:
        text = PARTS[name](given.images, given.seeds)
        page = given.page.read_text(encoding="utf-8")
        given.page.write_text(filled(page, name, text), encoding="utf-8")
        print(name, flush=True)


if __name__ == "__main__":
    main()
