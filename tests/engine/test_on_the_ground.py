"""What contingents do on the ground, one thing changed and luck held."""

from __future__ import annotations

import numpy as np
import pytest
from small_worlds import ensemble_of, lively_document

from foedus.cases import cities_of
from foedus.cases.parameters import declared
from foedus.chance import Luck
from foedus.engine.arrays import Course
from foedus.engine.law import read_law
from foedus.engine.run import ARMS, NO_CHANNEL, NOBODY_ASIDE, run_arms
from foedus.experiments.ensemble import run_ensemble
from foedus.experiments.on_the_ground import ON_THE_WAY
from foedus.experiments.quantities import Context
from foedus.experiments.stay import DAYS_A_MONTH, HORIZON_MONTHS, HOURS_A_DAY, stays_of
from foedus.streets.calm import HOURS_QUIET, hours_to_calm
from two_cities import as_case, number
from worlds import LIVELY, course_of

RUNS = 100
CHANNELS = ("announcement", "guards", "presence")
DATED_LENGTH = 24.0
"""Hours that the dated withdrawal takes, and any other that gives no length of its own."""


def document_with(*, engagement=None, stay=None, leaves=False, many=False, parameters=None) -> dict:
    """The lively world with what is asked for; ``many`` keeps most of them off guard, in a besieged city."""
    document = lively_document()
    task = document["alliance"]["task"]
    if engagement is not None:
        task["rules_of_engagement"] = engagement
    if stay is not None:
        document["alliance"]["stay"] = stay
    if many:
        task["sites"] = ["palace", "airport"]
        task["reserve"] = number(0.9)
    if leaves:
        document["events"].append(
            {
                "id": "home",
                "kind": "withdrawal",
                "at": "2022-01-07T00:00:00+06:00",
                "until": "2022-01-08T00:00:00+06:00",
                "because": "activation",
                "text": "go home",
                "basis": "assumption",
                "source": ["test"],
            }
        )
    document["parameters"] |= {name: number(value) for name, value in (parameters or {}).items()}
    return document


def arm_of(name: str, **how) -> Course:
    return ensemble_of(document_with(**how), runs=RUNS, arms=(name,)).courses[name]


def active_hours(course: Course) -> np.ndarray:
    return course.active.sum(axis=1).astype(float)


def differing(one: Course, other: Course) -> set[str]:
    return {name for name in one._fields if getattr(one, name).tobytes() != getattr(other, name).tobytes()}


# Channels


@pytest.mark.parametrize("name", CHANNELS)
def test_an_arm_of_one_channel_has_that_switch_alone(name):
    on = {field for field in NO_CHANNEL._fields if getattr(ARMS[name], field)}
    assert on == {"contingents", "stand_aside", name}


def test_no_channel_leaves_contingents_that_do_nothing():
    ensemble = ensemble_of(document_with(many=True), runs=20, arms=("without",))
    idle = run_arms(ensemble.plant, {"idle": NO_CHANNEL}, 20)["idle"]
    assert (idle.troops > 0).any()
    assert differing(idle, ensemble.courses["without"]) <= ON_THE_WAY


def test_the_guards_channel_frees_guards_and_is_seen_by_nobody():
    quiet = {"presence_severity": 0.0, "presence_backlash": 0.0}
    loud = {"presence_severity": 0.5, "presence_backlash": 0.006}
    one, other = (arm_of("guards", many=True, parameters=p) for p in (quiet, loud))
    assert differing(one, other) == set()
    none, all_ = (arm_of("presence", many=True, parameters={"guards_freed": x}) for x in (0.0, 1.0))
    assert differing(none, all_) == set()


def test_an_announcement_acts_once_and_through_loyalty_alone():
    deaf = {"announcement": 0.0}
    told, silent = arm_of("announcement"), arm_of("announcement", parameters=deaf)
    assert "loyalty" in differing(told, silent)
    unmoved = document_with(parameters=deaf)
    unmoved["alliance"]["task"]["sites"] = []
    one = ensemble_of(unmoved, runs=20, arms=("announcement", "without"))
    assert differing(*one.courses.values()) <= ON_THE_WAY


def hanging_order() -> dict:
    document = document_with()
    fire = next(event for event in document["events"] if event["kind"] == "lethal_order")
    fire["because"] = "request"
    return document


def test_the_hosts_orders_that_hang_on_the_request_belong_to_no_channel():
    document = hanging_order()
    ensemble = ensemble_of(document, runs=40, arms=tuple(ARMS))
    without = document | {"events": [e for e in document["events"] if e["kind"] != "lethal_order"]}
    unarmed = ensemble_of(without, runs=40, arms=tuple(ARMS))
    for arm in ("without", *CHANNELS):
        assert differing(ensemble.courses[arm], unarmed.courses[arm]) == set()
    assert "killed_civilian" in differing(ensemble.courses["with"], unarmed.courses["with"])


def test_presence_that_is_feared_empties_the_street_and_presence_that_offends_fills_it():
    held = {"presence_backlash": 0.0, "presence_severity": 0.0, "presence_scale": 200.0}
    plain = arm_of("presence", many=True, parameters=held)
    feared = arm_of("presence", many=True, parameters=held | {"presence_severity": 2.0})
    offends = arm_of("presence", many=True, parameters=held | {"presence_backlash": 0.03})
    pleases = arm_of("presence", many=True, parameters=held | {"presence_backlash": -0.03})
    assert active_hours(feared).mean() < active_hours(plain).mean() < active_hours(offends).mean()
    assert (active_hours(feared) <= active_hours(plain)).mean() > 0.8
    assert active_hours(pleases).mean() < active_hours(plain).mean()


def test_the_prior_lets_presence_cost_legitimacy_cost_nothing_or_gain_some():
    least, most = declared()["presence_backlash"].support()
    assert least < 0.0 < most
    assert declared()["force_backlash"].support()[0] == 0.0
    assert min(declared()[name].support()[0] for name in ("presence_severity", "force_harm")) == 0.0


# Rules of engagement


def test_who_says_nothing_lets_them_guard_alone():
    assert differing(arm_of("with", many=True), arm_of("with", many=True, engagement="guard")) == set()


@pytest.mark.parametrize("engagement", ["protect", "force"])
@pytest.mark.parametrize("name", ["announcement", "guards", "without"])
def test_rules_of_engagement_work_through_presence_alone(engagement, name):
    assert differing(arm_of(name, many=True), arm_of(name, many=True, engagement=engagement)) == set()


def test_who_protects_is_counted_in_the_risk_and_in_the_defence_of_sites():
    free_of_rest = {"presence_backlash": 0.0, "presence_severity": 0.0}
    guards, protects = (
        arm_of("presence", many=True, engagement=engagement, parameters=free_of_rest)
        for engagement in ("guard", "protect")
    )
    assert active_hours(protects).mean() < active_hours(guards).mean()
    assert (active_hours(protects) <= active_hours(guards)).mean() > 0.8
    assert protects.site_lost_hours.sum() <= guards.site_lost_hours.sum()


def test_who_acts_against_crowds_kills_and_arrests_more_for_each_hour_in_the_street():
    held = {"presence_backlash": 0.0, "presence_severity": 0.0, "force_backlash": 0.0}
    protects = arm_of("presence", many=True, engagement="protect", parameters=held)
    acts = arm_of("presence", many=True, engagement="force", parameters=held | {"force_harm": 1.5})
    meek = arm_of("presence", many=True, engagement="force", parameters=held | {"force_harm": 0.0})

    def each_hour(course, toll):
        return getattr(course, toll)[:, -1].sum() / active_hours(course).sum()

    assert each_hour(acts, "killed_civilian") > each_hour(protects, "killed_civilian")
    assert each_hour(acts, "arrested") > each_hour(protects, "arrested")
    assert each_hour(acts, "killed_civilian") > each_hour(meek, "killed_civilian")


def test_who_acts_against_crowds_does_it_under_the_orders_of_the_host():
    """No order to fire and nobody who kills without one: foreign troops kill nobody either."""
    held = {"kill_unordered": 0.0, "force_harm": 1.5}
    document = document_with(many=True, engagement="force", parameters=held)
    document["events"] = [e for e in document["events"] if e["kind"] != "lethal_order"]
    course = ensemble_of(document, runs=40, arms=("presence",)).courses["presence"]
    assert course.killed_civilian.max() == 0
    assert course.arrested[:, -1].max() > 0


def test_acting_against_crowds_costs_legitimacy_where_the_number_says_so():
    held = {"presence_backlash": 0.0, "presence_severity": 0.0, "force_harm": 0.0, "presence_scale": 200.0}
    free, dear = (
        arm_of("presence", many=True, engagement="force", parameters=held | {"force_backlash": x})
        for x in (0.0, 0.03)
    )
    assert active_hours(dear).mean() > active_hours(free).mean()


# The faction

NERVOUS = {
    "faction_share": 0.4,
    "faction_breaks": 0.9,
    "faction_nerve": 4.0,
    "faction_returns": 0.05,
    "loyalty_fall": 0.05,
    "overrun": 1.0,
}


def free_courses(parameters: dict, arms: dict, runs: int = 60) -> dict[str, Course]:
    case = as_case(document_with(parameters=parameters))
    luck = Luck(1)
    law = read_law(case, None, luck, 50)
    return dict(
        run_ensemble(case, cities_of(case.country), law, arms, runs=runs, luck=luck, free=True).courses
    )


@pytest.fixture(scope="module")
def free():
    return free_courses(NERVOUS, {**ARMS, **NOBODY_ASIDE})


def test_in_free_mode_the_faction_breaks_and_is_withheld_up_to_its_share(free):
    course = free["with"]
    assert course.faction_broken.any()
    assert (course.withheld > 0).any()
    assert course.withheld.max() <= 0.4 + 1e-6
    aside = course.withheld > 0
    broken_before = np.concatenate([np.zeros((len(aside), 1), bool), course.faction_broken[:, :-1]], axis=1)
    assert not (aside & ~broken_before).any(), "somebody stood aside before the faction had broken"


def test_its_loyalty_stays_between_nought_and_one_and_it_may_come_back(free):
    for course in free.values():
        assert course.faction_loyalty.min() >= 0.0
        assert course.faction_loyalty.max() <= 1.0
    broken = free["with"].faction_broken
    assert (broken[:, :-1] & ~broken[:, 1:]).any(), "it never returned"


def test_nobody_stands_aside_in_the_arm_that_forbids_it(free):
    assert free["no_stand_aside"].withheld.max() == 0.0
    assert free["with"].withheld.max() > 0.0


def test_a_larger_faction_that_stands_aside_leaves_more_in_the_street():
    arm = {"without": ARMS["without"]}
    small, large = (free_courses(NERVOUS | {"faction_share": share}, arm)["without"] for share in (0.05, 0.5))
    assert active_hours(large).mean() > active_hours(small).mean()
    assert (active_hours(large) >= active_hours(small)).mean() > 0.8


def test_a_faction_that_breaks_sooner_is_aside_for_longer():
    arm = {"without": ARMS["without"]}
    late, soon = (free_courses(NERVOUS | {"faction_breaks": at}, arm)["without"] for at in (0.3, 0.9))
    assert soon.faction_broken.sum() > late.faction_broken.sum()


def test_announced_help_raises_the_loyalty_of_the_faction_and_only_where_it_is_a_channel():
    told = arm_of("announcement", parameters={"announcement": 0.5})
    silent = arm_of("without", parameters={"announcement": 0.5})
    at = int(told.activation_at[0])
    assert (told.faction_loyalty[:, at] > silent.faction_loyalty[:, at]).mean() > 0.9
    seen = arm_of("presence", parameters={"announcement": 0.5})
    assert (seen.faction_loyalty[:, at] == silent.faction_loyalty[:, at]).all()


def test_in_replay_dates_rule_and_the_faction_does_nothing():
    course = arm_of("with", parameters=NERVOUS)
    assert course.faction_broken.any()
    assert course.withheld.max() == 0.0


def test_twins_of_free_mode_are_one_world_until_somebody_is_asked(free):
    request = free["with"].request_at
    for i, hour in enumerate(request):
        until = free["with"].active.shape[1] if np.isnan(hour) else int(hour)
        for arm in ("without", *CHANNELS):
            for name in ("active", "killed_civilian", "loyalty", "faction_loyalty", "withheld"):
                one, other = (getattr(free[a], name)[i, :until] for a in ("with", arm))
                assert one.tobytes() == other.tobytes(), (arm, name)


# Stay


@pytest.fixture(scope="module")
def stays():
    """One case with a dated withdrawal, under each rule of leaving."""
    rules = {
        "as dated": None,
        "date": {"leave": "date"},
        "never": {"leave": "never"},
        "calm": {"leave": "calm"},
        "calm, later": {"leave": "calm", "after": number(24.0), "over": number(48.0)},
    }
    # Where much happens, calm is rare in ten days: people are home sooner here.
    calming = {"go_home": 0.2, "lethal_severity": 4.0}
    out = {}
    for name, stay in rules.items():
        case = as_case(document_with(leaves=True, stay=stay, parameters=calming))
        out[name] = (case, ensemble_of(case, runs=RUNS, arms=("with",)).courses["with"])
    return out


def test_leaving_on_the_date_is_what_the_event_says_anyhow(stays):
    assert differing(stays["as dated"][1], stays["date"][1]) == set()
    course = stays["date"][1]
    assert course.troops[:, -1].max() == 0
    assert course.left_at[course.troops.any(axis=1)] == pytest.approx(6 * 24.0, abs=1.0)


def test_who_never_leaves_is_still_there_at_the_end_and_nobody_says_until_when(stays):
    case, course = stays["never"]
    came = course.member_troops.sum(axis=1) > 0
    assert (course.troops[came, -1] > 0).all()
    assert np.isnan(course.left_at).all()
    found = stays_of(course, case)
    assert (found.open == came).all()
    first = (course.troops > 0).argmax(axis=1)[came]
    assert found.months[came] == pytest.approx(HORIZON_MONTHS - first / HOURS_A_DAY / DAYS_A_MONTH)
    assert (found.months[~came] == 0).all()


def test_who_leaves_on_calm_leaves_when_calm_could_first_be_seen(stays):
    case, course = stays["calm"]
    context = Context(case, cities_of(case.country))
    calm = hours_to_calm(course.active, course.seats_lost, context.urban, 0.0)
    left = course.left_at
    assert np.isfinite(left).sum() > 10
    seen = calm + HOURS_QUIET
    arrived = course.first_arrival + course.request_at
    both = np.isfinite(left) & np.isfinite(seen)
    expected = np.maximum(seen, arrived)[both] + DATED_LENGTH
    late = left[both] - expected
    assert (late >= -1.0).mean() > 0.9, "they left before calm could be seen"
    assert np.median(np.abs(late)) <= 1.0


def test_who_leaves_on_calm_waits_for_two_quiet_days_even_where_they_do_not_last(stays):
    """Calm as it is told afterwards may never come: what was seen is two days that looked like it."""
    case, course = stays["calm"]
    urban = Context(case, cities_of(case.country)).urban
    peak = np.maximum.accumulate(course.active, axis=1)
    limit = np.maximum(np.minimum(0.05 * peak, 2e-4 * urban), 1.0)
    quiet = (course.active < limit) & (course.seats_lost == 0)
    window = np.lib.stride_tricks.sliding_window_view(quiet, HOURS_QUIET, axis=1).all(axis=2)
    arrived = np.ceil(course.first_arrival + course.request_at)
    hours = np.arange(window.shape[1]) + HOURS_QUIET
    seen = window & (hours[None, :] >= arrived[:, None])
    first = np.where(seen.any(axis=1), hours[seen.argmax(axis=1)], np.nan)
    assert np.isnan(first).any()
    assert course.left_at == pytest.approx(first + DATED_LENGTH, abs=1.0, nan_ok=True)


def test_who_waits_after_calm_leaves_later_by_that_much_and_takes_longer(stays):
    soon, late = stays["calm"][1].left_at, stays["calm, later"][1].left_at
    both = np.isfinite(soon) & np.isfinite(late)
    assert both.sum() > 10
    assert (late[both] - soon[both]) == pytest.approx(24.0 + 48.0 - DATED_LENGTH, abs=0.01)


def test_rules_of_leaving_change_nothing_before_anybody_leaves(stays):
    dated, never = stays["date"][1], stays["never"][1]
    leave = 5 * 24
    for name in ("active", "killed_civilian", "troops", "loyalty"):
        a, b = (getattr(course, name)[:, :leave] for course in (dated, never))
        assert a.tobytes() == b.tobytes()


def test_months_are_the_hours_with_troops_where_all_leave_in_the_window(stays):
    case, course = stays["date"]
    hours = (course.troops > 0).sum(axis=1)
    found = stays_of(course, case)
    assert found.months == pytest.approx(hours / HOURS_A_DAY / DAYS_A_MONTH)
    assert found.troop_hours == pytest.approx(course.troops.sum(axis=1))
    assert not found.open.any()


def test_a_withdrawal_that_outlasts_the_window_is_counted_to_its_end():
    document = document_with(leaves=True, stay={"leave": "date", "over": number(10_000.0)})
    case = as_case(document)
    course = ensemble_of(case, runs=10, arms=("with",)).courses["with"]
    came = course.member_troops.sum(axis=1) > 0
    found = stays_of(course, case)
    hours = course.troops.shape[1]
    beyond = course.left_at[came] - hours
    assert (beyond > 9000).all()
    assert not found.open.any()
    in_window = (course.troops > 0).sum(axis=1)[came]
    assert found.months[came] == pytest.approx((in_window + beyond) / HOURS_A_DAY / DAYS_A_MONTH)
    at_the_end = course.troops[came, -1]
    triangle = course.troops[came].sum(axis=1) + at_the_end * beyond / 2.0
    assert found.troop_hours[came] == pytest.approx(triangle)


def test_without_a_word_on_leaving_nothing_is_added_beyond_the_window():
    case = as_case(document_with())
    course = ensemble_of(case, runs=10, arms=("with",)).courses["with"]
    found = stays_of(course, case)
    assert found.open.any()
    assert found.months == pytest.approx((course.troops > 0).sum(axis=1) / HOURS_A_DAY / DAYS_A_MONTH)


def test_people_are_conserved_whatever_contingents_may_do():
    for engagement in ("guard", "protect", "force"):
        course = course_of(as_case(document_with(many=True, engagement=engagement)), runs=30, **LIVELY)
        for toll in (course.killed_civilian, course.arrested, course.hurt):
            assert (np.diff(toll, axis=1) >= 0).all()
        assert (course.killed_civilian[:, -1] == course.city_killed.sum(axis=1)).all()
        assert (course.active >= 0).all()
        assert (course.active[:, -1] + course.killed_civilian[:, -1] <= 3_000_000).all()
