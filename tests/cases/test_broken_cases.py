"""Every broken case gets the one line that its first line says."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.cases import load_case
from foedus.errors import CaseError
from foedus.known_names import unknown_names

BROKEN = sorted((Path(__file__).parent.parent / "broken_cases").glob("*.yaml"))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_case_is_told_in_one_line_with_place_and_mend(path):
    expected = path.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# ")
    with pytest.raises(CaseError) as raised:
        load_case(path, further=unknown_names)
    assert str(raised.value) == f"{path}:{expected}"
    assert raised.value.exit_code == 2


def test_every_line_of_the_broken_cases_is_filled_in():
    """No message is left with a hole: no braces of a format, no 'None', no printf sign."""
    assert len(BROKEN) >= 80
    for path in BROKEN:
        told = path.read_text(encoding="utf-8").split("\n", 1)[0]
        assert "None" not in told
        assert "%s" not in told
        assert "{}" not in told
        assert told.count(";") >= 1 or "did you mean" in told, f"{path.name} does not say how to mend it"
