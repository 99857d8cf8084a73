"""A study as a user holds it: run it, ask for its summary, its data, its report, or save it all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.cases.schema import Case
from foedus.engine.run import Progress
from foedus.experiments.findings import Findings, find

if TYPE_CHECKING:
    import xarray as xr

    from foedus.report.lattice import Film


@dataclass(frozen=True)
class Study(Findings):
    """The result of a study: what was found, and the ways to look at it."""

    @cached_property
    def data(self) -> xr.Dataset:
        """The courses of all arms as an xarray Dataset with units."""
        from foedus.experiments.dataset import to_dataset

        return to_dataset(self)

    @cached_property
    def lattice_film(self) -> Film | None:
        """Run 0 on the lattice, watched; None on `crowd`, in free mode and as of an earlier day."""
        if self.people_per_agent is None or self.mode != "replay" or self.as_of is not None:
            return None
        from foedus.experiments.watching import CaseSource, usual_every
        from foedus.report.lattice import case_film

        source = CaseSource(
            self.case,
            every=usual_every(self.case),
            seed=self.seed,
            people_per_agent=self.people_per_agent,
        )
        return case_film(source)

    @cached_property
    def _summary(self) -> dict[str, Any]:
        from foedus.experiments.summary import summarize
        from foedus.report.situation import answers

        body = summarize(self)
        assessed = self.assessment.as_dict() if self.assessment else None
        lines = answers(body, self.case, assessed)
        return body | {"situation": [line.as_dict() for line in lines]}

    def summary(self) -> dict[str, Any]:
        """The answers as the JSON object that ``foedus run --json`` prints."""
        return self._summary

    def report(self, path: str | Path) -> Path:
        """Write the report: one HTML file that opens offline.

        Raises
        ------
        OutputError
            The file cannot be written; nothing half-written is left.
        """
        from foedus.experiments.output import finished_file
        from foedus.report.html import write_report

        with finished_file(Path(path)) as unfinished:
            write_report(self, unfinished)
        return Path(path)

    def save(self, directory: str | Path) -> Path:
        """Write ``data.zarr``, Parquet tables, ``summary.json`` and ``report.html`` into a directory.

        Raises
        ------
        OutputError
            The directory cannot be written; nothing half-written is left.
        """
        from foedus.experiments.output import finished_directory
        from foedus.experiments.store import write_data
        from foedus.report.html import report_html

        with finished_directory(Path(directory)) as unfinished:
            write_data(self.data, unfinished)
            text = json.dumps(self.summary(), indent=1, ensure_ascii=False, allow_nan=False)
            (unfinished / "summary.json").write_text(text + "\n", encoding="utf-8")
            (unfinished / "report.html").write_text(report_html(self), encoding="utf-8")
        return Path(directory)


def run_study(
    case: Case,
    *,
    runs: int = 2000,
    seed: int = 1,
    mode: str = "replay",
    as_of: datetime | None = None,
    edits: Sequence[str] = (),
    threads: int | None = None,
    progress: Progress | None = None,
    people_per_agent: int | None = None,
) -> Study:
    """Run a study; see :func:`foedus.experiments.findings.find` for the arguments."""
    found = find(
        case, runs=runs, seed=seed, mode=mode, as_of=as_of, edits=edits, threads=threads, progress=progress,
        people_per_agent=people_per_agent,
    )  # fmt: skip
    return Study(**vars(found))
