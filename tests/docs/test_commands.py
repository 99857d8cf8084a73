"""What a newcomer copies from README and start page does what it says, in a few runs."""

import pytest
from pages import DOCS, ROOT, commands, snippets
from typer.testing import CliRunner

from foedus.cli.main import app

TRIED = [ROOT / "README.md", DOCS / "start.md"]
LAW = {"treaties", "treaty", "guarantors", "cascade", "precedents", "record", "evidence"}
RUNS_OF_FOEDUS = {"run", "assess", "brief", "cases", "new", "plan", "validate", "watch", "rivals"} | LAW


@pytest.mark.parametrize("page", TRIED, ids=lambda page: page.name)
def test_the_runnable_blocks_show_every_command(page):
    shown = {words[1] for words in commands(page)}
    assert all(words[0] == "foedus" for words in commands(page))
    assert {"run", "assess", "brief", "new", "validate"} <= shown <= RUNS_OF_FOEDUS
    assert snippets(page)


@pytest.mark.parametrize("page", TRIED, ids=lambda page: page.name)
def test_every_runnable_command_succeeds(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for words in commands(page):
        result = CliRunner().invoke(app, words[1:])
        assert result.exit_code == 0, f"{' '.join(words)}: {result.exception!r} {result.output[-500:]}"


@pytest.mark.parametrize("page", TRIED, ids=lambda page: page.name)
def test_every_runnable_python_block_runs(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for block in snippets(page):
        assert "runs=8" in block
        exec(compile(block, page.name, "exec"), {})
    assert list(tmp_path.glob("*.html"))


def test_the_overlay_of_the_start_page_is_one(tmp_path):
    from pages import blocks

    from foedus import load_case
    from foedus.cases.overlay import with_overlay

    (text,) = blocks(DOCS / "start.md", "yaml")
    (tmp_path / "late.yaml").write_text(text, encoding="utf-8")
    _, told = with_overlay(load_case("kazakhstan-2022"), overlays=[tmp_path / "late.yaml"])
    assert len(told) == 2
