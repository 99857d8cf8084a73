"""Fit the model of invited help on its frame, once on all of it and once without each crisis.

    python scripts/fit_invited.py

Writes src/foedus/alliance/invited/fitted.json and prints how every crisis is predicted by the others.
"""

from __future__ import annotations

import json
from pathlib import Path

from foedus.alliance.invited import read_frame
from foedus.alliance.invited.fitted import fit_all
from foedus.experiments.invited import leave_one_out

OUT = Path(__file__).parent.parent / "src" / "foedus" / "alliance" / "invited" / "fitted.json"


def main() -> None:
    """Fit, write, score."""
    frame = read_frame()
    fits = fit_all(frame)
    OUT.write_text(fits.dumps(), encoding="utf-8")
    scores = leave_one_out().as_dict()
    kept = ("log_score", "base_rate", "difference", "events", "members_asked", "members_joined", "joint")
    print(json.dumps({name: scores[name] for name in kept}, indent=2))


if __name__ == "__main__":
    main()
