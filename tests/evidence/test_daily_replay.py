"""What could be believed on each day: never moved by what came later, and told with its reasons."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from said import RUNS, START, KeyedLuck, belief_in, claim, hour

from foedus.cases.schema.events import Grade
from foedus.evidence import Record, held_beliefs, replayed_days

DAYS = 4
REQUEST = Record("requested_by_victim", True, hour(30.0), "asks")
moments = st.integers(0, 24 * DAYS).map(float)
grades = st.builds(lambda letter, digit: f"{letter}{digit}", st.sampled_from("ABCDEF"), st.integers(1, 6))


@st.composite
def claims(draw):
    at = draw(moments)
    later = draw(st.lists(st.tuples(st.integers(0, 60), grades), min_size=1, max_size=3))
    return claim(
        draw(st.sampled_from(["press", "president", "lawyers"])),
        holds=draw(st.booleans()),
        at=at,
        grades=[(at + after, grade) for after, grade in later],
        predicate=draw(st.sampled_from(["external_origin", "armed_attack"])),
        origin=draw(st.none() | st.sampled_from(["press", "agency"])),
        interested=draw(st.booleans()),
        likelihood=draw(st.none() | st.sampled_from(["highly unlikely", "likely", "grote kans"])),
    )


def days_of(said, records=(), *, only=(), days=DAYS, start=START, zone=UTC):
    return replayed_days(
        said,
        records,
        start=start,
        end=start + timedelta(days=days),
        zone=zone,
        luck=KeyedLuck(),
        runs=range(40),
        only=only,
    )


def held_at(said, at=24.0, records=()):
    return held_beliefs(said, records, as_of=hour(at), luck=KeyedLuck(), runs=RUNS)


def reason(said, which, at=24.0, fact="external_origin", records=()):
    (line,) = [one for one in held_at(said, at, records)[fact].claims if one.graded.claim.id == which]
    return line


@settings(deadline=None, max_examples=60)
@given(st.lists(claims(), max_size=5), claims(), st.integers(1, DAYS - 1))
def test_a_claim_made_after_a_day_leaves_that_day_as_it_was(said, added, day):
    later = added.model_copy(update={"id": "later", "at": hour(24.0 * day + 0.5)})
    before, after = days_of(said), days_of([*said, later])
    assert [one.as_dict() for one in before[:day]] == [one.as_dict() for one in after[:day]]


@settings(deadline=None, max_examples=60)
@given(st.lists(claims(), min_size=1, max_size=5), grades, st.integers(1, DAYS - 1), st.data())
def test_a_grade_given_after_a_day_leaves_that_day_as_it_was(said, grade, day, data):
    place = data.draw(st.integers(0, len(said) - 1))
    added = Grade(at=hour(24.0 * day + 0.5), reliability=grade[0], credibility=int(grade[1]))
    regraded = list(said)
    regraded[place] = said[place].model_copy(update={"grades": [*said[place].grades, added]})
    before, after = days_of(said), days_of(regraded)
    assert [one.as_dict() for one in before[:day]] == [one.as_dict() for one in after[:day]]


@settings(deadline=None, max_examples=40)
@given(st.lists(claims().map(lambda said: said.model_copy(update={"interested": True})), max_size=5))
def test_interested_claims_alone_move_nothing_on_any_day(said):
    facts = ("external_origin", "armed_attack")
    for told, silent in zip(days_of(said, only=facts), days_of([], only=facts), strict=True):
        for fact in facts:
            np.testing.assert_array_equal(
                told.held[fact].belief.probability, silent.held[fact].belief.probability
            )
            assert all(line.weight == 0.0 for line in told.held[fact].claims)


@settings(deadline=None, max_examples=60)
@given(st.lists(claims(), max_size=5))
def test_a_day_brings_a_change_only_with_news(said):
    days = days_of(said)
    for yesterday, today in pairwise(days):
        for fact, held in today.held.items():
            moved = fact not in yesterday.held or not np.array_equal(
                held.belief.probability, yesterday.held[fact].belief.probability
            )
            assert not moved or any(news.predicate == fact for news in today.news)


@settings(deadline=None, max_examples=60)
@given(st.lists(claims(), max_size=6), st.integers(0, 24 * DAYS))
def test_what_the_claims_add_is_what_the_median_run_adds_up_to(said, at):
    """The weights that are listed are those that are pooled: no claim counts in one and not in the other."""
    from foedus.evidence import believe, weights
    from foedus.evidence.grading import Weights

    certain = Weights.model_validate(_without_spread(weights().model_dump()))
    held = held_at(said, float(at))
    for fact, one in held.items():
        if any(line.graded.hedge(certain) for line in one.claims):
            continue
        pooled = believe(said, [], as_of=hour(float(at)), luck=KeyedLuck(), runs=range(1), weights=certain)[
            fact
        ]
        total = certain.prior(fact).log_odds + sum(line.weight for line in one.claims)
        bounded = np.clip(total, -certain.bounds.log_odds, certain.bounds.log_odds)
        assert pooled.probability[0] == pytest.approx(1.0 / (1.0 + np.exp(-bounded)))


def _without_spread(table):
    if isinstance(table, dict):
        return {key: 0.0 if key == "spread" else _without_spread(value) for key, value in table.items()}
    return table


def test_what_is_held_is_what_is_believed():
    said = [claim("press"), claim("lawyers", holds=False)]
    np.testing.assert_array_equal(
        held_at(said)["external_origin"].belief.probability, belief_in(said).probability
    )


def test_facts_of_which_nothing_was_said_are_told_only_when_asked_for():
    said = [claim("press", at=30.0)]
    first, second, *_ = days_of(said)
    assert list(first.held) == []
    assert list(second.held) == ["external_origin"]
    asked = days_of(said, only=["external_origin", "made_up"])[0]
    assert asked.as_dict()["beliefs"]["made_up"]["status"] == "unknown"
    assert asked.as_dict()["beliefs"]["made_up"]["median"] == pytest.approx(0.5, abs=0.15)


def test_a_day_is_a_calendar_day_of_the_place_and_the_last_may_be_cut():
    """Amsterdam, 27 March 2022, has 23 hours."""
    start = datetime(2022, 3, 26, tzinfo=ZoneInfo("Europe/Amsterdam"))
    end = datetime(2022, 3, 28, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
    days = replayed_days([], [], start=start, end=end, zone=end.tzinfo, luck=KeyedLuck(), runs=range(1))
    assert [day.day for day in days] == ["2022-03-26", "2022-03-27", "2022-03-28"]
    assert [(one.until - start).total_seconds() / 3600 for one in days[:2]] == [24.0, 48.0]
    assert (days[1].until.astimezone(UTC) - days[0].until.astimezone(UTC)) == timedelta(hours=23)
    assert days[-1].until == end


def test_news_name_what_was_said_graded_and_done_on_their_day():
    said = [claim("press", at=2.0, grades=[(3.0, "C3"), (26.0, "B2")])]
    first, second, *rest = days_of(said, [REQUEST])
    assert [(news.kind, news.who, news.what) for news in first.news] == [
        ("said", "press", "it is so"),
        ("graded", "press", "graded C3"),
    ]
    assert [(news.kind, news.what) for news in second.news] == [
        ("graded", "graded anew B2"),
        ("record", "asks"),
    ]
    assert all(day.news == () for day in rest)


def test_what_was_said_before_the_window_is_news_of_its_first_day():
    days = days_of([claim("press", at=-50.0, grades=[(-40.0, "B2")])])
    assert [news.what for news in days[0].news] == ["it is so", "graded B2"]
    assert "external_origin" in days[0].held


@pytest.mark.parametrize(
    ("said", "weight", "counts"),
    [
        ([claim("press", id="it")], 1.433, "counts in full"),
        (
            [claim("press", id="it"), claim("lawyers", holds=False)],
            1.433,
            "counts in full; own word, taken as independent",
        ),
        (
            [claim("press", id="first", grade="A2"), claim("blog", id="it", origin="press")],
            0.0,
            "adds nothing: of one origin with first, and no stronger",
        ),
        (
            [claim("president", id="it", interested=True)],
            0.0,
            "adds nothing: interested, and nobody independent supports it",
        ),
        (
            [claim("president", id="it", interested=True), claim("press", id="seen")],
            0.358,
            "counts for 25 %: interested, supported by seen",
        ),
        ([claim("press", id="it", grades=[(40.0, "A1")])], 0.0, "adds nothing: heard, and not yet graded"),
        ([claim("press", id="it", grade="B6")], 0.0, "adds nothing: its information cannot be judged"),
        (
            [claim("press", id="it", grade="B5")],
            -1.518,
            "counts in full; disbelieved, so it speaks against what it says",
        ),
        (
            [claim("lawyers", id="it", grade="C2", likelihood="likely")],
            1.356,
            "counts in full; draws belief towards 55 to 80 %, for the 55 % its source lets through",
        ),
    ],
)
def test_each_claim_says_what_it_adds_and_why(said, weight, counts):
    line = reason(said, "it")
    assert line.weight == pytest.approx(weight, abs=0.001)
    assert line.counts == counts


def test_a_record_takes_the_weight_from_what_is_said():
    denied = claim("kremlin", id="it", predicate="requested_by_victim", holds=False)
    line = reason([denied], "it", at=40.0, fact="requested_by_victim", records=[REQUEST])
    assert line.weight == 0.0
    assert line.counts == "adds nothing: the record of 2022-01-02 06:00 overrides what is said"
    assert reason([denied], "it", fact="requested_by_victim", records=[REQUEST]).weight < 0.0
