"""The page of replications shows what its script makes, and says on whose word the paper's numbers stand."""

import re
import sys

import pytest
from pages import DOCS, blocks

PAGE = DOCS / "replications.md"
MOST_BYTES = 150_000


@pytest.fixture(scope="module")
def script():
    sys.path.insert(0, str(DOCS))
    import make_replications

    return make_replications


@pytest.fixture(scope="module")
def text():
    return PAGE.read_text(encoding="utf-8")


def test_every_part_of_the_script_has_its_table_on_the_page(script, text):
    for name in script.PARTS:
        body = re.search(f"<!-- begin: {name} -->(.*?)<!-- end: {name} -->", text, re.DOTALL)
        assert body, name
        assert body.group(1).count("\n|") > 2, name


def test_the_papers_numbers_on_the_page_are_the_declared_ones(script, text, tmp_path):
    assert script.PARTS["paper"](tmp_path, 1) in text


def test_every_figure_of_the_page_is_one_that_the_script_draws_and_is_small(script, text):
    drawn = "".join((DOCS / name).read_text(encoding="utf-8") for name in ("replication_parts.py",))
    shown = re.findall(r"\(images/([\w.-]+)\)", text)
    assert len(shown) == 7
    for name in shown:
        assert f'"{name}"' in drawn
        assert (DOCS / "images" / name).stat().st_size < MOST_BYTES


@pytest.mark.parametrize("part", ["tension", "legitimacy", "havens"])
def test_a_part_can_be_made_anew(script, part, tmp_path):
    """With two seeds: the figures are drawn and the table has rows."""
    table = script.PARTS[part](tmp_path, 2)
    assert table.count("\n|") >= 3
    (figure,) = tmp_path.iterdir()
    assert figure.stat().st_size > 1000


def test_the_example_of_the_page_runs(capsys):
    (block,) = blocks(PAGE, "python")
    exec(compile(block, PAGE.name, "exec"), {})
    assert len(capsys.readouterr().out.splitlines()) >= 3


def test_what_does_not_come_out_is_on_the_page(text):
    assert "With the ratio as printed nothing bursts" in text
    assert text.count("does not come out") + text.count("What\ndoes not") >= 3
