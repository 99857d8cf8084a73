"""The commands that make the same study again."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any


def commands(summary: Mapping[str, Any]) -> str:
    """Write the shell commands that repeat a study, its brief and its law."""
    case = shlex.quote(str(summary.get("case")))
    run = ["foedus", "run", case, "--runs", str(summary.get("runs")), "--seed", str(summary.get("seed"))]
    if summary.get("mode") == "free":
        run += ["--mode", "free"]
    as_of = ["--as-of", shlex.quote(str(summary["as_of"]))] if summary.get("as_of") else []
    run += as_of
    lines = [
        [*run, "--out", "out"],
        ["foedus", "assess", case, *as_of],
        ["foedus", "brief", case, "--lang", "en"],
    ]
    edits = [f"# with this edit of the case: {edit}" for edit in summary.get("edits") or []]
    return "\n".join([*edits, *(" ".join(line) for line in lines)])
