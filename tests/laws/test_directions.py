"""Directions that the model must have: one thing changed, luck and all else held, backlash off."""

from __future__ import annotations

import numpy as np

from two_cities import as_case, small_case_document
from worlds import course_of


def case_with(change):
    document = small_case_document()
    change(document)
    return as_case(document)


def active_hours(course):
    return course.active.sum(axis=1).astype(float)


def without_events(document, *kinds):
    document["events"] = [event for event in document["events"] if event["kind"] not in kinds]


def test_more_police_present_fewer_active():
    def fewer(document):
        document["forces"][0]["strength"]["value"] = 40_000.0

    many, few = course_of(case_with(lambda d: None)), course_of(case_with(fewer))
    assert active_hours(many).mean() < 0.9 * active_hours(few).mean()
    assert (active_hours(many) <= active_hours(few)).mean() > 0.9


def test_a_larger_shock_brings_more_into_the_street():
    case = case_with(lambda d: None)
    small, large = course_of(case, shock_size=0.02), course_of(case, shock_size=0.08)
    assert active_hours(large).mean() > 1.1 * active_hours(small).mean()
    assert (active_hours(large) >= active_hours(small)).mean() > 0.9


def test_a_lethal_order_kills_more_for_each_active_hour_and_leaves_fewer_active():
    ordered = course_of(case_with(lambda d: None), lethal_severity=2.0)
    spared = course_of(case_with(lambda d: without_events(d, "lethal_order")), lethal_severity=2.0)
    toll = ordered.killed_civilian[:, -1].sum() / active_hours(ordered).sum()
    assert toll > 1.5 * spared.killed_civilian[:, -1].sum() / active_hours(spared).sum()
    assert active_hours(ordered).mean() < active_hours(spared).mean()


def test_dimmed_news_slows_the_spread_from_city_to_city():
    def only_south_is_struck(document):
        document["events"][0]["where"] = ["South"]

    def dark(document):
        only_south_is_struck(document)
        document["events"].append(
            {
                "id": "blackout",
                "kind": "blackout",
                "at": "2022-01-02T00:00:00+06:00",
                "text": "network cut",
                "basis": "assumption",
                "source": ["test"],
            }
        )

    held = {"blackout_dims": 0.9, "blackout_pulls": 0.0, "join_news": 0.05, "outrage": 0.05}
    lit = course_of(case_with(only_south_is_struck), **held)
    dim = course_of(case_with(dark), **held)
    north = 1  # cities come by size
    lit_peak, dim_peak = (c.city_peak[:, north, :4].max(axis=1).astype(float) for c in (lit, dim))
    assert dim_peak.mean() < 0.8 * lit_peak.mean()


def test_a_lost_airport_delays_the_arrival():
    def unguarded(document):
        document["sites"][1]["guard"]["value"] = 0.0
        document["sites"][1]["attention"]["value"] = 1.0

    def guarded(document):
        document["sites"][1]["guard"]["value"] = 1e6

    held_by = {"support": 0.02, "firepower": 0.0}
    lost, held = course_of(case_with(unguarded), **held_by), course_of(case_with(guarded), **held_by)
    late, usual = (np.nan_to_num(c.first_arrival, nan=1e9) for c in (lost, held))
    landing = held.first_arrival + held.request_at
    airport = 1
    closed = (lost.site_lost_at[:, airport] < landing) & ~(lost.site_retaken_at[:, airport] <= landing)
    assert closed.sum() > 20
    assert (late[closed] > usual[closed]).all()
    assert (late[~closed] >= usual[~closed]).all()


def test_help_that_is_asked_for_later_arrives_later():
    def later(document):
        for event in document["events"]:
            if event["kind"] in ("request", "activation"):
                event["at"] = event["at"].replace("2022-01-04", "2022-01-05")

    soon, late = course_of(case_with(lambda d: None)), course_of(case_with(later))
    first = np.nan_to_num(soon.first_arrival + soon.request_at, nan=1e9)
    second = np.nan_to_num(late.first_arrival + late.request_at, nan=1e9)
    assert (second >= first + 20).mean() > 0.9


def test_an_announcement_never_lowers_the_loyalty_of_the_forces_at_its_hour():
    case = case_with(lambda d: None)
    told = course_of(case, arm="announcement", announcement=0.4)
    silent = course_of(case, arm="without", announcement=0.4)
    at = int(told.activation_at[0])
    assert (told.loyalty[:, at] >= silent.loyalty[:, at]).all()
    assert (told.loyalty[:, at] > silent.loyalty[:, at]).mean() > 0.9


def test_guards_relieved_by_contingents_add_to_the_forces_and_never_take_from_them():
    def heavy_guard(document):
        for site in document["sites"]:
            site["guard"]["value"] = 3000.0
        document["alliance"]["task"]["guards_per_site"]["value"] = 400.0

    case = case_with(heavy_guard)
    freed = course_of(case, arm="guards", guards_freed=1.0)
    none = course_of(case, arm="guards", guards_freed=0.0)
    assert active_hours(freed).mean() <= active_hours(none).mean()
    assert freed.arrested[:, -1].mean() != none.arrested[:, -1].mean()
