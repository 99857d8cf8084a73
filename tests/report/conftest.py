from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from study_double import StudyDouble, study_double


@pytest.fixture(scope="session")
def study() -> StudyDouble:
    """A test double; `foedus.run(...)` gives a study of the same shape."""
    return study_double()
