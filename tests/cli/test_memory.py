"""What does not fit into the machine is refused in a line, before it is begun."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus import memory
from foedus.cli.main import exit_code
from foedus.errors import UserError

SMALL = str(Path(__file__).parent.parent / "cases" / "small.yaml")


def test_more_runs_than_memory_can_keep_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("foedus.memory.memory_of_machine", lambda: 100_000)
    assert exit_code(["run", SMALL, "--runs", "4000", "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err.strip().splitlines()
    assert "runs of" in said[-1]
    assert said[-1].endswith("; give fewer runs")
    assert list(tmp_path.iterdir()) == []


def test_memory_that_runs_out_all_the_same_is_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_room(*arguments: object, **options: object) -> None:
        raise MemoryError

    monkeypatch.setattr("foedus.cli.main.app", no_room)
    assert exit_code(["cases"]) == 2
    (said,) = capsys.readouterr().err.strip().splitlines()
    assert "more memory than there is" in said


def test_what_fits_passes_and_a_system_that_does_not_say_refuses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = memory.memory_of_machine()
    assert there is None or there > 10**8
    memory.check_fits(1000, "a thing", "give less")
    monkeypatch.setattr(memory, "memory_of_machine", lambda: None)
    memory.check_fits(10**18, "a thing", "give less")
    monkeypatch.setattr(memory, "memory_of_machine", lambda: 2**30)
    with pytest.raises(UserError, match=r"a thing take 2\.0 GiB of memory and this machine has 1\.0"):
        memory.check_fits(2**31, "a thing", "give less")
