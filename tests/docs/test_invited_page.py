"""The page on invited help shows what the frame and the fits on file say now."""

from __future__ import annotations

import sys

import pytest
from pages import DOCS

sys.path.insert(0, str(DOCS))
PAGE = (DOCS / "invited-help.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["counts", "outer", "coefficients", "sizes", "six", "misses", "frame"])
def test_a_generated_part_is_up_to_date(name):
    import make_invited

    begin, end = f"<!-- begin: {name} -->", f"<!-- end: {name} -->"
    written = PAGE.partition(begin)[2].partition(end)[0].strip()
    assert written == make_invited.parts()[name]().strip(), "run python docs/make_invited.py"
