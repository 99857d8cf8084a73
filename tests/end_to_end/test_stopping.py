"""Stopped or without room to write, the command says so in a line and leaves nothing half-written."""

from __future__ import annotations

import resource
import shutil
import signal
import subprocess
import time
from pathlib import Path

from the_command import CASE, finished, foedus, installed

SECONDS_TO_STOP = 2.0


def interruptible() -> None:
    """In the child: Ctrl-C works there also where these tests run in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_stops_within_two_seconds_with_one_line_and_leaves_nothing(tmp_path):
    finished()  # kernels are compiled: the signal meets a run, not a compiler
    command = [*installed(), "run", CASE, "--runs", "20000", "--out", str(tmp_path / "out")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=interruptible
    ) as running:
        time.sleep(5)
        assert running.poll() is None, running.communicate()
        asked = time.perf_counter()
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
        took = time.perf_counter() - asked
    assert running.returncode == 130
    assert out == ""
    assert err.count("\n") == 1
    assert "stopped" in err
    assert "nothing is kept" in err or "nothing was written" in err
    assert list(tmp_path.iterdir()) == []
    assert took < SECONDS_TO_STOP


def where_files_may_not_grow(out: Path, largest: int) -> subprocess.CompletedProcess[str]:
    finished()

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    return foedus("run", CASE, "--runs", "2", "--seed", "2", "--out", str(out), preexec_fn=limited)


def told_in_one_line(done: subprocess.CompletedProcess[str], out: Path) -> None:
    assert done.returncode == 2, done.stderr[-500:]
    assert done.stdout == ""
    assert done.stderr == (
        f"{out}: cannot be written: a file would be too large for the disk; give a place on another disk\n"
    )


def test_a_report_that_finds_no_room_leaves_nothing(tmp_path):
    told_in_one_line(where_files_may_not_grow(tmp_path / "out", 350_000), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_data_that_find_no_room_leave_the_earlier_results(tmp_path):
    out = tmp_path / "out"
    shutil.copytree(finished().out, out)
    before = {path.name: path.stat().st_size for path in out.iterdir()}
    told_in_one_line(where_files_may_not_grow(out, 60_000), out)
    assert {path.name: path.stat().st_size for path in out.iterdir()} == before
    assert (out / "summary.json").read_bytes() == (finished().out / "summary.json").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
