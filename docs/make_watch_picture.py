"""Draw docs/images/epstein.svg: a strip of Epstein's Model I by NetLogo's rules.

    python docs/make_watch_picture.py [--to FILE]

The same as ``foedus watch epstein`` with the options of :data:`OPTIONS`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

PICTURE = Path(__file__).parent / "images" / "epstein.svg"
OPTIONS = ("--preset", "netlogo", "--seed", "4", "--steps", "80")


def main() -> None:
    """Draw the picture."""
    from foedus.cli.main import main as foedus

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--to", type=Path, default=PICTURE)
    foedus(["watch", "epstein", *OPTIONS, "--strip", str(options.parse_args().to)])


if __name__ == "__main__":
    main()
