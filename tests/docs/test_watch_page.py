"""The page on watching: its commands and its Python run, and its picture is what its script draws now."""

import shlex

import pytest
from pages import DOCS, blocks, script

from foedus.cli.main import exit_code

PAGE = DOCS / "watch.md"
COMMANDS = [line for block in blocks(PAGE, "bash") for line in block.splitlines()]


def test_the_picture_is_what_its_script_draws_now(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.argv", ["make_watch_picture.py", "--to", str(tmp_path / "now.svg")])
    with pytest.raises(SystemExit) as done:
        script("make_watch_picture").main()
    assert done.value.code == 0
    drawn = (tmp_path / "now.svg").read_text(encoding="utf-8")
    assert drawn == (DOCS / "images" / "epstein.svg").read_text(encoding="utf-8")


def test_the_picture_is_drawn_by_a_command_of_the_page():
    options = script("make_watch_picture").OPTIONS
    assert any(" ".join(options) in command for command in COMMANDS)


@pytest.mark.parametrize("command", [line for line in COMMANDS if line.startswith("foedus watch epstein")])
def test_every_command_on_epstein_succeeds(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert exit_code([*shlex.split(command)[1:], "--steps", "2"]) == 0
    assert list(tmp_path.iterdir())


def test_the_python_block_runs():
    (block,) = blocks(PAGE, "python")
    names = {}
    exec(compile(block.replace("steps=80", "steps=3"), PAGE.name, "exec"), names)
    assert names["svg"].startswith("<svg")
