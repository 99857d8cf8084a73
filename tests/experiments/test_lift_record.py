"""Airlifts on record: their numbers carry sources, and what was observed feeds no prediction."""

from __future__ import annotations

import pytest

from foedus.chance import Luck
from foedus.experiments.lift_record import _drawn, _operation, _quantities, declared_record

RECORD = declared_record()


@pytest.mark.parametrize("key", RECORD.operations)
def test_every_number_has_a_source_that_is_listed(key: str) -> None:
    found = RECORD.operations[key]
    for path, quantity in _quantities(found, key):
        assert set(quantity.source) <= set(RECORD.sources), path
    assert {seen.source for seen in found.observed} <= set(RECORD.sources)


@pytest.mark.parametrize("key", RECORD.operations)
def test_what_was_observed_moves_no_prediction(key: str) -> None:
    found = RECORD.operations[key]
    other = found.model_copy(
        update={"observed": [s.model_copy(update={"value": 3.0 * s.value}) for s in found.observed]}
    )
    one, two = (_operation(key, f, Luck(1), 20) for f in (found, other))
    assert [row["model"] for row in one] == [row["model"] for row in two]
    assert [row["observed"] for row in one] != [row["observed"] for row in two]


def test_draws_stay_within_their_ranges_and_differ() -> None:
    found = RECORD.operations["nickel-grass-1973"]
    seen = set()
    for one, numbers in _drawn(found, "x", Luck(2), 30):
        low, high = found.distance.support()
        assert low <= one.distance.central() <= high
        assert 0.6 <= numbers["fill"] <= 0.75
        seen.add(one.distance.central())
    assert len(seen) == 30
