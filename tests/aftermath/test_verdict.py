"""Against the record of the months after: each reading, and a record made for each verdict."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from foedus.aftermath import Bill, Index, check, verdicts
from foedus.aftermath.verdict import AGAINST, BORNE_OUT, FAILED, FOR, MIXED, OPEN, SILENT, UNRESOLVED, ruled
from foedus.cases.schema import AfterRecord, Expectation

ZERO = datetime.fromisoformat("2031-01-01T00:00:00+00:00")
RUNS = 100


def index(
    name: str = "dependence", moved: float = 0.0, before: float | None = 0.4, unit: str = "0-1"
) -> Index:
    start = np.full(RUNS, 0.4 if before is None else before)
    spread = np.linspace(-0.01, 0.01, RUNS)
    known = None if before is None else start
    return Index(name, unit, "", start + moved + spread, start, "higher", "host", (), known)


def entry(best: float, reads: str = "sign", *, name: str = "dependence", **more: Any) -> AfterRecord:
    body = {
        "index": name,
        "reads": reads,
        "at": ZERO + timedelta(days=183),
        "low": best,
        "best": best,
        "high": best,
        "unit": "direction",
        "reported_at": ZERO + timedelta(days=200),
        "text": "invented",
        "identified": True,
        "source": ["invented"],
        "basis": "reported",
    }
    return AfterRecord.model_validate(body | more)


def expected(direction: str = "higher", claim: str = "outcome", name: str = "dependence") -> Expectation:
    return Expectation(
        who="an expert",
        index=name,
        direction=direction,
        claim=claim,
        text="it will",
        source=["invented"],
        basis="reported",
    )


def judged(records: list[AfterRecord], moved: float, expectation: Expectation | None = None) -> Any:
    at = lambda months: Bill({"dependence": index(moved=moved)}, {})  # noqa: E731
    checked = check(records, at, ZERO)
    return verdicts([expectation or expected()], checked, at)[0]


UNIDENTIFIED = {"identified": False, "why": "a war"}


@pytest.mark.parametrize(
    ("votes", "moved", "verdict"),
    [
        ((1.0,), 0.2, BORNE_OUT),
        ((1.0, 0.0), 0.05, BORNE_OUT),
        ((-1.0,), 0.0, FAILED),
        ((-1.0, 0.0), -0.2, FAILED),
        ((1.0,), 0.0, UNRESOLVED),
        ((-1.0,), 0.2, UNRESOLVED),
        ((1.0, -1.0), 0.2, UNRESOLVED),
        ((0.0,), 0.2, UNRESOLVED),
        ((), 0.2, UNRESOLVED),
    ],
)
def test_a_record_made_for_each_verdict_gets_it(votes: tuple[float, ...], moved: float, verdict: str) -> None:
    assert judged([entry(vote) for vote in votes], moved).verdict == verdict


def test_every_pair_of_votes_has_one_verdict() -> None:
    for record in (FOR, AGAINST, MIXED, SILENT):
        for model in (FOR, AGAINST, OPEN):
            found = ruled(record, model)
            assert (found == BORNE_OUT) == (record == FOR and model != AGAINST)
            assert (found == FAILED) == (record == AGAINST and model != FOR)


def test_an_effect_is_never_judged_by_what_another_cause_may_have_done() -> None:
    records = [entry(-1.0, **UNIDENTIFIED)]
    effect = judged(records, 0.0, expected(claim="effect"))
    assert (effect.record, effect.verdict, effect.counted, effect.unidentified) == (SILENT, UNRESOLVED, 0, 1)
    outcome = judged(records, 0.0, expected(claim="outcome"))
    assert (outcome.record, outcome.verdict, outcome.counted) == (AGAINST, FAILED, 1)


def test_the_opposite_expectation_gets_the_opposite_verdict() -> None:
    records = [entry(-1.0)]
    assert judged(records, -0.2, expected("lower")).verdict == BORNE_OUT
    assert judged(records, -0.2, expected("higher")).verdict == FAILED


def test_an_expectation_without_a_direction_is_unresolved() -> None:
    assert judged([entry(1.0)], 0.3, expected("open")).verdict == UNRESOLVED


def test_more_evidence_against_never_turns_a_verdict_in_favour() -> None:
    for votes in ([], [0.0], [1.0], [-1.0]):
        for moved in (-0.2, 0.0, 0.2):
            before = judged([entry(v) for v in votes], moved).verdict
            after = judged([entry(v) for v in [*votes, -1.0]], moved).verdict
            assert after != BORNE_OUT
            assert not (before == FAILED and after != FAILED)


def test_a_change_votes_only_where_its_whole_range_lies_on_one_side() -> None:
    wide = entry(-0.03, "change", low=-0.06, high=0.0)
    clear = entry(-0.03, "change", low=-0.06, high=-0.01)
    assert judged([wide], 0.0).record == SILENT
    assert judged([clear], 0.0).record == AGAINST


def test_a_level_is_held_against_what_was_before() -> None:
    assert judged([entry(0.6, "level", low=0.55, high=0.65)], 0.2).record == FOR
    assert judged([entry(0.4, "level", low=0.35, high=0.45)], 0.2).record == SILENT


def test_the_price_as_a_whole_is_read_from_its_parts() -> None:
    at = lambda months: Bill({"dependence": index(moved=0.2), "credibility": index("credibility")}, {})  # noqa: E731
    whole = expected(name="price")

    def of(*records: AfterRecord) -> str:
        parts = [expected(), expected(name="credibility"), whole]
        return verdicts(parts, check(records, at, ZERO), at)[-1].verdict

    assert of(entry(1.0)) == UNRESOLVED, "one of two"
    assert of(entry(-1.0, name="credibility")) == UNRESOLVED
    assert of() == UNRESOLVED
    alone = verdicts([expected(), whole], check([entry(1.0)], at, ZERO), at)
    assert [v.verdict for v in alone] == [BORNE_OUT, BORNE_OUT]
    failed = verdicts(
        [expected(name="credibility"), whole], check([entry(-1.0, name="credibility")], at, ZERO), at
    )
    assert [v.verdict for v in failed] == [FAILED, FAILED]


def test_each_reading_compares_with_its_own_number() -> None:
    chance = Index("purge", "probability", "", np.full(RUNS, 0.8), np.full(RUNS, 0.7), None, "rival", ())
    at = lambda months: Bill({"dependence": index(moved=0.1), "purge": chance}, {})  # noqa: E731
    level, change, event, missed, sign = check(
        [
            entry(0.5, "level"),
            entry(0.3, "change"),
            entry(1.0, "event", name="purge"),
            entry(0.0, "event", name="purge"),
            entry(1.0),
        ],
        at,
        ZERO,
    )
    assert (level.result, change.result) == ("inside", "outside")
    assert (event.result, missed.result) == ("likelier than not", "less likely than not")
    assert event.brier == pytest.approx(0.04)
    assert missed.brier == pytest.approx(0.64)
    assert missed.chance == pytest.approx(0.2)
    assert (sign.result, sign.chance) == ("that way", 1.0)
    assert level.months == pytest.approx(183 / 30.44)


def test_an_unidentified_entry_is_compared_and_named_so() -> None:
    at = lambda months: Bill({"dependence": index()}, {})  # noqa: E731
    here = {"who": "host", "before": 55.0, "after": 29.0}
    other = {"who": "other", "before": 45.0, "after": 32.0}
    (found,) = check([entry(-26.0, "change", here=here, elsewhere=[other], **UNIDENTIFIED)], at, ZERO)
    assert found.result == "unidentified"
    assert found.agrees is False
    assert found.as_dict()["elsewhere"][0]["host_less_this"] == -13.0


def test_an_index_that_was_not_computed_is_said_to_be_so() -> None:
    (found,) = check([entry(1.0, name="rival_eclipse")], lambda months: Bill({}, {}), ZERO)
    assert (found.result, found.model, found.agrees) == ("not computed", None, None)


@pytest.mark.parametrize(
    ("change", "mend"),
    [
        ({"low": 2.0}, "give low <= best <= high"),
        ({"reads": "event", "low": 0.5, "best": 0.5, "high": 0.5}, "give 1 if it happened by then, 0 if not"),
        ({"low": 0.5, "best": 0.5, "high": 0.5}, "give -1, 0 or 1"),
        ({"identified": False}, "say in `why` what else may have caused it"),
        ({"reported_at": ZERO}, "mend one of them"),
    ],
)
def test_an_entry_that_cannot_be_read_is_refused_with_the_mend(change: dict[str, Any], mend: str) -> None:
    with pytest.raises(ValidationError, match=mend):
        entry(**({"best": 1.0} | change))
