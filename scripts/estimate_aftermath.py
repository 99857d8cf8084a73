"""Estimate what the public record says of the months after mass unrest, and write it beside the code.

    python scripts/estimate_aftermath.py --data DIR [--to FILE]

DIR holds mass_mobilization_cleaned.csv, archigos.parquet and cow_contdir.parquet, as docs/aftermath.md tells.
The numbers that the model reads stand in src/foedus/aftermath/indices.yaml; a test compares the two.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import foedus.aftermath
from foedus.aftermath.record import estimate

RECORD = Path(foedus.aftermath.__file__).parent / "record.json"


def main() -> None:
    """Estimate and write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--to", type=Path, default=RECORD)
    given = options.parse_args()
    text = json.dumps(estimate(given.data).as_dict(), indent=1)
    given.to.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
