"""Run the kernel as plain Python: ``NUMBA_DISABLE_JIT=1 python uncompiled.py CASE.json OUT.npz RUNS``.

Outside Numba a row of a plain structured array gives its fields by key alone, so the rules are viewed as
a record array; nothing else differs from a compiled run.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numba
import numpy as np

from foedus.cases import cities_of
from foedus.cases.schema import Case
from foedus.chance import Luck
from foedus.engine.law import read_law
from foedus.engine.run import ARMS, run_arms
from foedus.experiments.ensemble import run_ensemble


def main(case_file: str, out: str, runs: int) -> None:
    if not numba.config.DISABLE_JIT:
        raise SystemExit("set NUMBA_DISABLE_JIT=1: this script is for the uncompiled kernel")
    case = Case.model_validate_json(Path(case_file).read_text(encoding="utf-8"), strict=True)
    luck = Luck(1)
    law = read_law(case, None, luck, 50)
    plant = run_ensemble(case, cities_of(case.country), law, {}, runs=runs, luck=luck).plant
    plain = replace(plant, rule=plant.rule.view(np.recarray))
    course = run_arms(plain, {"with": ARMS["with"]}, runs, threads=1)["with"]
    np.savez(out, **course._asdict())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
