"""The benchmarks still run, and their figures are figures."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not (ROOT / "benchmarks" / "run.py").exists(), reason="no benchmarks beside these tests")
def test_a_quick_benchmark_measures_everything_once(tmp_path):
    results = tmp_path / "results.json"
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.run", "--quick", "--to", str(results)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(results.read_text(encoding="utf-8"))
    assert found["quick"] is True
    assert 0 < found["help"]["seconds"] < found["main_job"]["seconds"]
    assert found["main_job"]["peak_memory_mib"] > found["help"]["peak_memory_mib"] > 5
    assert found["threads"]["one_thread_runs_per_second"] > 1
    assert found["compiled"]["ratio"] > 20
    assert found["twins"]["mean_deaths_civilian"]["ratio"] > 1
    assert found["law"]["ratio"] > 1
    assert found["machine"]["cores"] >= 1
    assert found["streets"]["twin_pairs_per_s"] > 1
    assert found["streets"]["million_per_s_4000"] > 0.1
    assert found["streets"]["numpy_ratio"] > 0.1
    for row in (
        "main job",
        "foedus --help",
        "kernel compiled",
        "twins",
        "every clause in force",
        "NumPy by hand",
    ):
        assert row in done.stdout
    assert not re.search(r"/(home|root|tmp|usr|work)\b", results.read_text(encoding="utf-8"))
    assert [path.name for path in tmp_path.iterdir()] == ["results.json"]


@pytest.mark.skipif(find_spec("mesa") is not None, reason="Mesa is installed here")
@pytest.mark.skipif((ROOT / "benchmarks" / ".mesa").exists(), reason="Mesa was fetched here")
def test_where_mesa_cannot_be_had_the_streets_say_what_to_install_before_anything_is_measured():
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "streets.py"), "--json", "--quick"],
        env={**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": ""},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    fetching, *rest = done.stderr.strip().splitlines()
    assert fetching.startswith("Mesa is not installed here: fetching mesa==3.")
    assert rest == ["Mesa's example is needed for this and is not installed: pip install '.[bench]'"]
