"""Fixtures for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.cases.schema import Case
from two_cities import as_case, small_case_document

SHARED_FACTS = Path(__file__).resolve().parents[2] / "shared" / "facts"


@pytest.fixture(scope="session")
def shared_facts() -> Path:
    """The optional folder of facts; a test that asks for it is skipped where it is absent."""
    if not (SHARED_FACTS / "invocations.yaml").is_file():
        pytest.skip("needs ../shared/facts, which is not here")
    return SHARED_FACTS


@pytest.fixture
def document() -> dict:
    return small_case_document()


@pytest.fixture
def small_case() -> Case:
    return as_case(small_case_document())
