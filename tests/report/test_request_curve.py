"""The chart of how large a request a theatre bears."""

from __future__ import annotations

import pytest

from foedus.report.charts import request_curve


def theatre(least: float, most: float) -> dict:
    spread = [{"floor": 100.0 * i, "largest_request": most - (most - least) * i / 4} for i in range(5)]
    curve = [
        {
            "floor": row["floor"],
            "largest_request": dict.fromkeys(("p05", "median", "p95"), row["largest_request"]),
        }
        for row in spread
    ]
    return {"floor": {"p05": 100.0, "p95": 200.0}, "request": {"curve": curve, "largest_request": {}}}


@pytest.mark.parametrize(("least", "most"), [(4_900.0, 7_300.0), (800.0, 110_000.0)])
def test_the_scale_reads_as_counts_within_a_decade_and_over_several(least, most):
    svg = request_curve(theatre(least, most), 52_900.0, 4_000.0, "A theatre")
    assert svg is not None
    assert "mathdefault" not in svg
    assert "5,000" in svg or "5k" in svg or "10k" in svg
