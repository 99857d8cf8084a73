"""What every case that comes with foedus must state, whichever it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from foedus.cases import builtin_slugs, load_case
from foedus.cases.schema import Case, Observation, Quantity, Sourced
from foedus.known_names import unknown_names

pytestmark = pytest.mark.parametrize("slug", builtin_slugs())


def case_of(slug: str) -> Case:
    return load_case(slug, further=unknown_names)


def sourced(part: object) -> Iterator[Sourced]:
    if isinstance(part, Sourced):
        yield part
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from sourced(getattr(part, name))
    elif isinstance(part, list):
        for entry in part:
            yield from sourced(entry)
    elif isinstance(part, dict):
        for entry in part.values():
            yield from sourced(entry)


def test_it_holds_together_and_goes_by_its_own_name(slug):
    assert case_of(slug).meta.slug == slug


def test_every_number_has_a_listed_source_and_every_listed_source_is_used(slug):
    case = case_of(slug)
    assert {key for part in sourced(case) for key in part.source} == set(case.sources)


def test_a_number_whose_sources_nobody_saw_is_an_assumption(slug):
    case = case_of(slug)
    unseen = [
        part
        for part in sourced(case)
        if isinstance(part, Quantity | Observation)
        and not any(case.sources[key].checked for key in part.source)
    ]
    assert [part for part in unseen if part.basis != "assumption"] == []


def test_a_source_that_was_seen_can_be_found_again(slug):
    case = case_of(slug)
    assert [key for key, entry in case.sources.items() if len(entry.cite) < 3] == []
    seen = [entry for entry in case.sources.values() if entry.checked]
    assert sum(entry.url is not None for entry in seen) >= 0.9 * len(seen)


def test_what_was_observed_was_reported_no_earlier_than_it_happened(slug):
    for seen in case_of(slug).observed:
        assert seen.at is None or seen.at <= seen.reported_at


def test_the_host_is_no_member_that_decides_on_help_for_itself(slug):
    case = case_of(slug)
    assert case.meta.host not in case.alliance.members
    assert case.alliance.lead in case.alliance.members


def test_a_case_may_switch_part_of_the_model_off_with_a_reason_but_not_tune_it(slug):
    """Priors of the model are shared: a case that set its own could be tuned to its outcome."""
    for name, quantity in case_of(slug).parameters.items():
        assert quantity.value == 0.0, name
        assert quantity.note, name
