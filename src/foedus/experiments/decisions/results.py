"""The project's own results file: coefficients with their covariance, what they came from, the scores."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from foedus.experiments.decisions.fitted import Decisions
from foedus.experiments.output import finished_file
from foedus.version import __version__

DIGITS = 8


def write_results(found: Decisions, path: Path, command: Sequence[str]) -> None:
    """Write the results file, whole or not at all.

    Parameters
    ----------
    found
        The fit.
    path
        Where to.
    command
        What the user typed, without paths of this machine.

    Raises
    ------
    OutputError
        It cannot be written there.
    """
    document = {
        "what": "whether an obliged ally joins: fitted coefficients, their covariances, and scores",
        "foedus": __version__,
        "date": date.today().isoformat(),
        "command": " ".join(command),
        "models": {name: dict(model) for name, model in found.models.items()},
        "scores": found.as_dict(),
    }
    text = json.dumps(rounded(document), indent=1, ensure_ascii=False, allow_nan=False)
    with finished_file(path) as unfinished:
        unfinished.write_text(f"{text}\n", encoding="utf-8")


def rounded(value: Any) -> Any:
    """The same with every number to so many digits that count: no more than the record carries."""
    match value:
        case dict():
            return {key: rounded(one) for key, one in value.items()}
        case list() | tuple():
            return [rounded(one) for one in value]
        case bool() | int() | str() | None:
            return value
        case _:
            return float(f"{float(value):.{DIGITS}g}")
