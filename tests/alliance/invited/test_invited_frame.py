"""The frame is consistent, and every fact in it has a source."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from foedus.alliance.invited import Frame, Row, declared_outer, read_frame
from foedus.alliance.invited.frame import covariates

SIX = {
    "kazakhstan-2022",
    "kyrgyzstan-2010",
    "gambia-2017",
    "belarus-2020",
    "grenada-1983",
    "armenia-2022",
}
NAMES = {"binds", "door", "ties", "contagion_fear", "strain", "domestic_hurdle", "cost"}


def test_the_six_cases_are_in_it_and_only_what_was_a_request_for_trouble_at_home_is_fitted():
    frame = read_frame()
    assert {request.case for request in frame.cases} >= SIX
    fitted = {request.case for request in frame.fitted()}
    assert fitted & SIX == SIX - {"belarus-2020", "armenia-2022"}
    assert all(request.target != "state_attack" for request in frame.fitted())


def test_every_case_has_a_source_with_words_and_every_source_is_used():
    frame = read_frame()
    used = {key for request in frame.cases for key in request.sources}
    assert used == set(frame.sources)
    assert all(source.cite.strip() for source in frame.sources.values())
    assert all(source.url or not source.checked for source in frame.sources.values())


def test_the_cases_that_rest_on_no_passage_that_was_seen_are_few_and_known():
    frame = read_frame()
    unseen = {r.case for r in frame.fitted() if not any(frame.sources[key].checked for key in r.sources)}
    assert unseen == {
        "chad-1968",
        "zaire-1978",
        "central-african-republic-1996",
        "sierra-leone-1997",
        "grenada-1983",
        "kyrgyzstan-2010",
        "mali-2013",
        "kazakhstan-2022",
        "benin-2025",
    }


def test_refusals_are_there_as_well_as_grants():
    rows = [row for request in read_frame().fitted() for row in request.scored().values()]
    stayed = sum(not row.came for row in rows)
    assert len(rows) == 194
    assert stayed == 75


def test_every_code_is_a_number_within_its_scale():
    frame = read_frame()
    for request in frame.cases:
        for row in request.members.values():
            found = covariates(request, row, frame.scales)
            assert set(found) == NAMES
            assert all(0.0 <= value <= 1.0 for name, value in found.items() if name != "ties")
            assert -1.0 <= found["ties"] <= 1.0


def test_a_member_that_was_not_asked_cannot_have_come():
    with pytest.raises(ValidationError, match="not asked"):
        Row(asked=False, came=True)


def test_troops_of_one_that_stayed_are_refused():
    with pytest.raises(ValidationError, match="did not come"):
        Row(came=False, troops=100)


def test_a_lead_that_is_no_member_and_an_unlisted_source_are_refused():
    raw = read_frame().model_dump(mode="json")
    raw["cases"][0]["lead"] = "USA"
    with pytest.raises(ValidationError, match="lead USA is no member"):
        Frame.model_validate_json(json.dumps(raw))
    raw = read_frame().model_dump(mode="json")
    raw["cases"][0]["sources"] = ["hearsay"]
    with pytest.raises(ValidationError, match="no source 'hearsay'"):
        Frame.model_validate_json(json.dumps(raw))


def test_taking_an_event_out_takes_every_case_of_its_cluster():
    rest = {request.case for request in read_frame().without("kenya-1964").cases}
    assert "kenya-1964" not in rest
    whole = {request.case for request in read_frame().without("east-africa-1964").cases}
    assert whole.isdisjoint({"kenya-1964", "uganda-1964", "tanganyika-1964"})


def test_the_counts_of_the_outer_frames_fit_into_one_another():
    count = {name: p.central() for name, p in declared_outer().parameters.items()}
    assert count["episodes_helped"] <= count["episodes_shown"] <= count["episodes"]
    assert count["episodes_shown"] <= count["episodes_helped"] + count["episodes_asked_in_frame"]
    assert count["allied_episodes_helped"] <= count["allied_episodes_shown"] <= count["allied_episodes"]
    assert count["allied_episodes"] <= count["episodes"]
    assert count["frame_requests_outside"] <= count["frame_requests"]
    assert count["icb_internal"] <= count["icb_crises"]


def test_the_outer_counts_were_made_from_this_frame():
    requests = [r for r in read_frame().cases if r.asked is not None and r.target != "state_attack"]
    assert declared_outer().parameters["frame_requests"].central() == len(requests)
