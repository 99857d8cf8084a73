"""What every built-in case must state, whatever its crisis."""

from __future__ import annotations

from datetime import timedelta

import pytest
from case_parts import earliest, latest, sourced

from foedus.cases.builtin_cases import builtin_slugs
from foedus.cases.load import load_case
from foedus.cases.schema import Case
from foedus.cases.schema.afterwards import Expectation
from foedus.known_names import unknown_names
from foedus.report.phrases import phrases
from foedus.report.situation import ANSWERS

WITHOUT_ADDRESS = {("kazakhstan-2022", "seed_dutch"), ("kazakhstan-2022", "kaztv")}
"""Sources that were seen and have no address of their own, named as such in their case."""


@pytest.fixture(scope="module", params=builtin_slugs())
def case(request) -> Case:
    return load_case(request.param, further=unknown_names)


def test_a_case_is_named_as_its_file(case):
    assert case.meta.slug in builtin_slugs()


def test_every_source_is_used_and_every_use_is_a_source(case):
    used = {key for part in sourced(case) for key in part.source}
    assert used == set(case.sources)


def test_a_source_that_was_seen_has_an_address(case):
    without = {key for key, entry in case.sources.items() if entry.checked and entry.url is None}
    assert without == {key for slug, key in WITHOUT_ADDRESS if slug == case.meta.slug}


def test_what_rests_only_on_unseen_sources_is_an_assumption_unless_it_is_a_treaty(case):
    """What somebody expected is a text with an author; its sources say where to read it."""
    for part in sourced(case):
        seen = any(case.sources[key].checked for key in part.source)
        if not seen and part.source != ["nato_treaty"] and not isinstance(part, Expectation):
            assert part.basis == "assumption", part


def test_every_event_lies_in_the_window_in_every_draw(case):
    start, end = case.meta.start.timestamp() / 3600.0, case.meta.end.timestamp() / 3600.0
    for event in case.events:
        assert start <= earliest(event) <= latest(event) < end, event.id


def test_what_hangs_on_an_event_comes_after_it_in_every_draw(case):
    by_id = {event.id: event for event in case.events}
    requests = {event.id for event in case.events if event.kind == "request"}
    for event in case.events:
        if event.because in requests:
            assert latest(by_id[event.because]) <= earliest(event), event.id


def test_grades_are_dated_no_earlier_than_the_claim_and_in_order(case):
    for claim in case.claims:
        dates = [grade.at for grade in claim.grades]
        assert dates == sorted(dates), claim.id
        assert dates[0] >= claim.at, claim.id


def test_observed_times_are_hours_since_the_start_and_agree_with_their_instant(case):
    for seen in case.observed:
        if seen.unit == "h" and seen.at is not None:
            low, high = (case.meta.start + timedelta(hours=hours) for hours in (seen.low, seen.high))
            assert low <= seen.at <= high, (seen.quantity, seen.where)


def test_counts_of_arrests_never_fall(case):
    dated = [seen for seen in case.observed if seen.quantity == "arrests"]
    ordered = sorted(dated, key=lambda seen: seen.at or case.meta.end)
    assert [seen.best for seen in ordered] == sorted(seen.best for seen in ordered)


def test_the_situation_is_told_in_both_languages_and_each_line_has_its_answer(case):
    assert [question.line for question in case.situation] == list(range(1, len(case.situation) + 1))
    for question in case.situation:
        assert question.answer.partition(":")[0] in ANSWERS
        assert question.text_nl
        assert bool(question.stated) == bool(question.stated_nl), question.line
        assert bool(question.afterwards) == bool(question.afterwards_nl), question.line


def test_what_the_situation_asks_of_the_law_has_dutch_words(case):
    say = phrases("nl")
    for question in case.situation:
        name, _, argument = question.answer.partition(":")
        if name == "clause":
            assert say.has(f"clauses.{argument.replace('.', '_')}"), argument
        if name == "belief":
            assert say.has(f"predicates.{argument}"), argument


def test_what_was_observed_was_reported_no_earlier_than_it_happened(case):
    for seen in case.observed:
        assert seen.at is None or seen.at <= seen.reported_at, (seen.quantity, seen.where)


def test_the_host_is_no_member_that_decides_on_help_for_itself(case):
    assert case.meta.host not in case.alliance.members
    assert case.alliance.lead in case.alliance.members


def test_a_case_may_switch_part_of_the_model_off_with_a_reason_but_not_tune_it(case):
    """Priors of the model are shared: a case that set its own could be tuned to its outcome."""
    for name, quantity in case.parameters.items():
        assert quantity.value == 0.0, name
        assert quantity.note, name
