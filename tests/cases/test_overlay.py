"""A counterfactual is an edit of a case: what it takes away, sets and shifts, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from foedus.cases import load_case, with_overlay
from foedus.cases.schema import Case
from foedus.errors import CaseError

SMALL = Path(__file__).parent / "small.yaml"
SHIFTS = "give event=±hours, as in request=+24h or request=-3.5h"


@pytest.fixture
def case() -> Case:
    return load_case(SMALL)


def event(case: Case, name: str):
    return next(event for event in case.events if event.id == name)


def told(case: Case, **edits) -> str:
    with pytest.raises(CaseError) as raised:
        with_overlay(case, **edits)
    return str(raised.value)


def test_no_edit_leaves_the_case_itself(case):
    assert with_overlay(case) == (case, [])
    assert with_overlay(case)[0] is case


def test_taking_the_request_away_takes_what_hangs_on_it(case):
    edited, edits = with_overlay(case, without=["asks"])
    assert [event.id for event in edited.events] == ["prices"]
    assert edits == ["without asks (and with it council, first_plane)"]


def test_an_event_may_be_named_by_a_kind_that_is_there_once(case):
    assert with_overlay(case, without=["request"])[0] == with_overlay(case, without=["asks"])[0]


def test_the_case_that_is_edited_stays_as_it_was(case):
    before = case.model_dump_json()
    with_overlay(case, without=["asks"], set_=["alliance.task.requested=500"], shift=["prices=+1h"])
    assert case.model_dump_json() == before


def test_shifting_the_request_shifts_what_hangs_on_it_and_nothing_else(case):
    edited, edits = with_overlay(case, shift=["request=+24h"])
    day = timedelta(hours=24)
    for name in ("asks", "council", "first_plane"):
        assert event(edited, name).at - event(case, name).at == day
    assert event(edited, "prices").at == event(case, "prices").at
    moved = edited.alliance.members["RUS"].pledged_at
    assert moved - case.alliance.members["RUS"].pledged_at == day
    assert edits == [
        "asks shifted by +24 h to 2022-01-06T20:00:00+06:00 (and with it council, first_plane, RUS's pledge)"
    ]


@pytest.mark.parametrize(
    ("shift", "hours"),
    [("prices=+24h", 24), ("prices=24h", 24), ("prices=-3.5h", -3.5), ("prices=2", 2), ("prices=+1d", 24)],
)
def test_a_shift_is_read_in_hours_or_days(case, shift, hours):
    edited, _ = with_overlay(case, shift=[shift])
    assert event(edited, "prices").at - event(case, "prices").at == timedelta(hours=hours)


def test_a_set_number_becomes_the_value_and_says_that_it_is_an_edit(case):
    edited, edits = with_overlay(case, set_=["alliance.task.requested=500"])
    requested = edited.alliance.task.requested
    assert requested.value == 500
    assert requested.basis == "assumption"
    assert requested.source == ["made_up", "edit"]
    assert "edit" in edited.sources
    assert edits == ["alliance.task.requested set to 500, was 2500"]


@pytest.mark.parametrize(
    "path",
    [
        "alliance.units.brigade.strength",
        "alliance.units[0].strength",
        "alliance.units.0.strength",
        "alliance.units.brigade.strength.value",
    ],
)
def test_a_place_in_a_list_goes_by_number_or_id(case, path):
    edited, _ = with_overlay(case, set_=[f"{path}=700"])
    assert edited.alliance.units[0].strength.value == 700
    assert "edit" in edited.alliance.units[0].strength.source


def test_a_distribution_can_be_set(case):
    edited, _ = with_overlay(case, set_=["forces.police.strength={uniform: [1, 2]}"])
    assert edited.forces[0].strength.support() == (1, 2)


def test_a_parameter_that_the_case_does_not_give_can_be_set(case):
    edited, edits = with_overlay(case, set_=["parameters.arrest_constant=2.5"])
    assert edited.parameters["arrest_constant"].value == 2.5
    assert edited.parameters["arrest_constant"].source == ["edit"]
    assert edits == ["parameters.arrest_constant set to 2.5"]


def test_a_time_can_be_set_and_marks_its_event(case):
    edited, _ = with_overlay(case, set_=["events.prices.at=2022-01-02T12:00:00+06:00"])
    assert event(edited, "prices").at.hour == 12
    assert event(edited, "prices").source == ["made_up", "edit"]
    assert event(edited, "asks").source == ["made_up"]


def test_an_overlay_file_holds_the_three_edits(case, tmp_path):
    path = tmp_path / "overlay.yaml"
    path.write_text(
        "text: What if?\nset:\n  alliance.task.requested: 500\nshift:\n  asks: +24h\nwithout: [first_plane]\n"
    )
    edited, edits = with_overlay(case, overlays=[path])
    by_option, _ = with_overlay(
        case, set_=["alliance.task.requested=500"], shift=["asks=+24h"], without=["first_plane"]
    )
    assert edited == by_option
    assert len(edits) == 3


@pytest.mark.parametrize(
    ("edits", "line"),
    [
        ({"without": ["aks"]}, "--without: there is no event 'aks'; did you mean 'asks'?"),
        (
            {"without": ["coup"]},
            "--without: there is no event 'coup'; the events are prices, asks, council, first_plane",
        ),
        ({"shift": ["council"]}, "--shift: 'council' is no shift; " + SHIFTS),
        ({"shift": ["council=soon"]}, "--shift: 'council=soon' is no shift; " + SHIFTS),
        ({"shift": ["cuoncil=1h"]}, "--shift: there is no event 'cuoncil'; did you mean 'council'?"),
        (
            {"set_": ["meta.zone"]},
            "--set: 'meta.zone' is no edit; give path=value, as in alliance.task.requested=500",
        ),
        ({"set_": ["meta.zonne=UTC"]}, "--set meta.zonne: there is no 'zonne' in meta; did you mean 'zone'?"),
        ({"set_": ["met.zone=UTC"]}, "--set met.zone: there is no 'met' in a case; did you mean 'meta'?"),
        (
            {"set_": ["meta.zone.x=UTC"]},
            "--set meta.zone.x: meta.zone is Asia/Almaty and has no parts; set it as a whole",
        ),
        (
            {"set_": ["alliance.units.brigad.strength=1"]},
            "--set alliance.units.brigad.strength: "
            "there is no 'brigad' in alliance.units; did you mean 'brigade'?",
        ),
        (
            {"set_": ["alliance.units.7.strength=1"]},
            "--set alliance.units.7.strength: there is no '7' in alliance.units; give one of brigade",
        ),
        (
            {"set_": ["meta.zone=[a"]},
            "--set meta.zone: the bracket opened on line 1 is not closed before this; close it",
        ),
        (
            {"set_": ["forces.police.strength=.nan"]},
            "--set forces.police.strength: is .nan, no finite number; give one",
        ),
        (
            {"set_": ["forces.police.strength=-1"]},
            "small as edited: forces.police.strength.value: is -1; "
            "give a number of 0 or more, or a distribution that keeps to that",
        ),
        (
            {"set_": ["parameters.treshold=1"]},
            "small as edited: parameters.treshold: 'treshold' "
            "is not a declared parameter; did you mean 'threshold'?",
        ),
        (
            {"shift": ["prices=-48h"]},
            "small as edited: events.prices.at: 2021-12-31 10:00:00+06:00 is before the case begins "
            "(2022-01-02 00:00:00+06:00); give a later time or move meta.start",
        ),
        (
            {"shift": ["prices=99999d"]},
            "small as edited: events.prices.at: "
            "2295-10-17 10:00:00+06:00 is not before the case ends "
            "(2022-01-09 00:00:00+06:00); give an earlier time or move meta.end",
        ),
    ],
)
def test_an_edit_that_cannot_be_made_is_told_in_a_line(case, edits, line):
    assert told(case, **edits) == line


def test_a_kind_that_is_there_twice_must_be_named_by_id(case):
    twice, _ = with_overlay(case, set_=["events.first_plane.kind=activation"])
    line = told(twice, without=["activation"])
    assert line == "--without: there are 2 events of kind 'activation'; give one of council, first_plane"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("witout: [asks]\n", "1: witout: unknown key; did you mean 'without'?"),
        ("without: asks\n", "1: without: is asks; give a list of events"),
        ("without: [1]\n", "1: without: holds more than names; give a list of events"),
        ("- asks\n", "1: is no mapping; an overlay has the keys without, set, shift, text"),
        ("without: [asks]\nshift: {asks: soon}\n", "2: shift.asks: 'soon' is no shift; " + SHIFTS),
    ],
)
def test_a_broken_overlay_file_is_told_with_its_line(case, tmp_path, text, line):
    path = tmp_path / "overlay.yaml"
    path.write_text(text)
    assert told(case, overlays=[path]) == f"{path}:{line}"


def test_a_missing_overlay_file_is_told_in_a_line(case):
    assert told(case, overlays=["/nowhere.yaml"]) == "/nowhere.yaml: there is no such file; check the path"
