"""An invented record in a folder, and the public one where it lies beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_record import write_record

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


@pytest.fixture
def record(tmp_path):
    """A folder of small invented tables in the published layouts."""
    folder = tmp_path / "data"
    folder.mkdir()
    write_record(folder)
    return folder


@pytest.fixture(scope="session")
def shared():
    """The folder of public data; a test that asks for it is skipped where it is absent."""
    if not (SHARED / "gml_part.parquet").is_file():
        pytest.skip("needs ../shared/data with public conflict data, which is not here")
    return SHARED
