"""The real files of other projects, where they lie beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


@pytest.fixture(scope="session")
def shared():
    """The folder of public data; a test that asks for it is skipped where it is absent."""
    if not (SHARED / "atop4_01_member_level.csv").is_file():
        pytest.skip("needs ../shared/data with public alliance data, which is not here")
    return SHARED
