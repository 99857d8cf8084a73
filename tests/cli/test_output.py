"""Results are written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from foedus.errors import OutputError
from foedus.experiments.output import check_directory, finished_directory, finished_file


def test_a_directory_appears_only_when_it_is_finished(tmp_path):
    out = tmp_path / "out"
    with finished_directory(out) as unfinished:
        (unfinished / "data").write_text("1")
        assert not out.exists()
    assert (out / "data").read_text() == "1"
    assert stat.S_IMODE(out.stat().st_mode) & 0o500 == 0o500
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_whatever_goes_wrong_leaves_nothing(tmp_path, error):
    def fails():
        with finished_directory(tmp_path / "out") as unfinished:
            (unfinished / "data").write_text("1")
            raise error

    with pytest.raises(error):
        fails()
    assert list(tmp_path.iterdir()) == []


def test_an_empty_directory_is_taken_and_a_full_one_is_not(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    with finished_directory(out) as unfinished:
        (unfinished / "data").write_text("1")
    assert (out / "data").exists()
    with pytest.raises(OutputError, match="holds other files"):
        check_directory(tmp_path)


def test_the_directory_one_is_in_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match="is the directory you are in"):
        check_directory(Path())


def test_a_failed_swap_puts_the_earlier_results_back(tmp_path, monkeypatch):
    out = tmp_path / "out"
    with finished_directory(out) as unfinished:
        (unfinished / "data").write_text("first")
    rename, calls = Path.rename, []

    def fails_once(self, target):
        calls.append(self)
        if len(calls) == 1:
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails_once)
    with pytest.raises(OutputError, match="the disk fails"), finished_directory(out) as unfinished:
        (unfinished / "data").write_text("second")
    assert (out / "data").read_text() == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_appears_only_when_it_is_finished(tmp_path):
    out = tmp_path / "new" / "brief.md"
    with finished_file(out) as unfinished:
        unfinished.write_text("1")
        assert unfinished.suffix == ".md"
        assert not out.exists()
    assert out.read_text() == "1"
    assert [path.name for path in out.parent.iterdir()] == ["brief.md"]


def test_an_earlier_file_stays_when_the_new_one_fails(tmp_path):
    out = tmp_path / "brief.md"
    out.write_text("first")

    def fails():
        with finished_file(out) as unfinished:
            unfinished.write_text("half")
            raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="the disk is full"):
        fails()
    assert out.read_text() == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["brief.md"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_device_is_told_in_a_line():
    with (
        pytest.raises(OutputError, match="/dev/full: cannot be written: the disk is full"),
        finished_file(Path("/dev/full")) as full,
    ):
        full.write_text("x" * 10_000)


def test_other_mistakes_pass_as_they_are(tmp_path):
    with pytest.raises(FileNotFoundError), finished_file(tmp_path / "a.md"):
        Path(tmp_path / "template.html").read_text()


def test_files_are_readable_as_the_user_wants_it(tmp_path):
    before = os.umask(0o022)
    try:
        with finished_file(tmp_path / "a.md") as unfinished:
            unfinished.write_text("1")
        assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o644
    finally:
        os.umask(before)
