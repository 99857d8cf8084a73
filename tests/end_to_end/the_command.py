"""The installed command, started as a user starts it; and one finished job that several tests look at."""

from __future__ import annotations

import atexit
import io
import json
import shutil
import subprocess
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CASE = "kazakhstan-2022"
RUNS = "8"


def installed() -> list[str]:
    """The script that installing makes; where tests run uninstalled, the module."""
    script = Path(sys.executable).with_name("foedus")
    return [str(script)] if script.exists() else [sys.executable, "-m", "foedus.cli"]


def foedus(*arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run the command to its end in a process of its own."""
    return subprocess.run([*installed(), *arguments], capture_output=True, text=True, timeout=300, **more)


@dataclass(frozen=True)
class Said:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    def json(self) -> dict[str, Any]:
        """What it said, as one JSON object."""
        return json.loads(self.out)


@cache
def said(*arguments: str) -> Said:
    """Run the command line inside this process, which spares it the loading of libraries."""
    from foedus.cli.main import exit_code

    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = exit_code(list(arguments))
    return Said(code, out.getvalue(), err.getvalue())


def answer(*options: str) -> dict[str, Any]:
    """The JSON object of a run of the real case, eight runs an arm; that of the finished job by itself."""
    if not options:
        return json.loads(finished().done.stdout)
    done = said("run", CASE, "--runs", RUNS, "--json", *options)
    assert done.code == 0, done.err
    assert done.err == ""
    return done.json()


@dataclass(frozen=True)
class Finished:
    """A job that was run to its end, and the directory that it left."""

    done: subprocess.CompletedProcess[str]
    out: Path


@cache
def finished() -> Finished:
    """``foedus run kazakhstan-2022 --runs 8 --json --out DIR``, once for all tests."""
    directory = Path(tempfile.mkdtemp(prefix="foedus-test-"))
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    out = directory / "out"
    return Finished(foedus("run", CASE, "--runs", RUNS, "--json", "--out", str(out)), out)
