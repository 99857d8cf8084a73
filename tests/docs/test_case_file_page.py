"""The examples of the case-file page are, put together, a case that runs."""

import re
from typing import get_args

import pytest
from pages import DOCS, blocks

import foedus
from foedus.cases.schema import Case, EventKind
from foedus.experiments.quantities import QUANTITIES

PAGE = DOCS / "case-file.md"


@pytest.fixture
def cod(tmp_path):
    path = tmp_path / "cod-quarrel.yaml"
    path.write_text("\n".join(blocks(PAGE, "yaml")), encoding="utf-8")
    return path


def test_the_blocks_of_the_page_are_a_whole_case(cod):
    case = foedus.load_case(cod)
    left_out = {name for name in Case.model_fields if not getattr(case, name)}
    assert not left_out, "every section has an example that says something"


def test_the_case_of_the_page_runs(cod):
    study = foedus.run(cod, runs=8)
    assert study.summary()["response"]["troops"]["median"] > 0
    assert study.assessment.principal.treaty.id == "north-atlantic-treaty"


def test_the_page_names_every_kind_of_event_and_every_observable():
    text = PAGE.read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+)`", text))
    assert set(get_args(EventKind)) <= named
    assert set(QUANTITIES) <= named
