"""The lattice page is what its script writes, and what it says in words is so in the results beside it."""

import json
import re

import pytest
from pages import DOCS, script

AGREEMENT = DOCS.parent / "benchmarks" / "mesa_agreement.json"
RESULTS = json.loads((DOCS / "lattice.json").read_text(encoding="utf-8"))
WRITTEN = (DOCS / "lattice.md").read_text(encoding="utf-8")
needs_agreement = pytest.mark.skipif(not AGREEMENT.exists(), reason="no benchmarks beside these tests")


def peak(model):
    return next(
        row["p50"]
        for row in RESULTS["part"]
        if row["model"] == model and row["quantity"] == "most people active at once"
    )


@needs_agreement
def test_the_page_is_up_to_date():
    made = script("make_lattice")
    assert made.filled_page(WRITTEN) == WRITTEN, "run python docs/make_lattice.py"
    for part in ("order", "part", "agreement"):
        assert len(re.search(f"begin: {part} -->(.*)<!-- end: {part}", WRITTEN, re.S).group(1)) > 200


def test_tiles_and_one_order_are_not_told_apart_in_any_number_of_the_table():
    assert {row["setup"] for row in RESULTS["order"]} == {"default", "bursty"}
    for row in RESULTS["order"]:
        assert row["pairs"] == 1000
        assert abs(row["difference"]) < 3.0 * row["error"]
        assert row["error"] < 0.015 * row["one order"]


@needs_agreement
def test_no_row_tells_the_lattice_from_mesas_example_once_all_are_counted():
    found = json.loads(AGREEMENT.read_text(encoding="utf-8"))
    rows = [row for compared in found.values() for row in compared]
    assert len(rows) >= 40
    assert min(row["holm"] for row in rows) > 0.05
    assert all(min(row["sizes"]) >= 100 for row in rows)


def test_fine_agents_have_about_two_and_a_half_times_the_peak_of_crowd():
    assert peak("lattice, 1:20") == pytest.approx(2.5 * peak("crowd"), rel=0.2)
    assert peak("lattice, 1:1") == pytest.approx(2.5 * peak("crowd"), rel=0.2)
    peaks = [peak(f"lattice, 1:{people}") for people in ("2,000", "500", "100", "20", "1")]
    assert peaks == sorted(peaks)
