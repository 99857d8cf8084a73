"""What differs between twins is what the contingents did, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from made_studies import observed_document, small_study

from foedus.engine.run import ARMS
from foedus.experiments.summary import effect_part
from foedus.study import run_study
from two_cities import as_case, number

CHANNELS = ("announcement", "guards", "presence")
ON_THE_WAY = {
    "troops",
    "member_troops",
    "first_arrival",
    "closure",
    "request_at",
    "activation_at",
}
"""What the arm with contingents has and its twin has not, whether they do anything or not."""


def idle_document() -> dict:
    """Contingents that come and change nothing: no word, no force, no offence, and nothing to guard."""
    document = observed_document()
    for name in ("announcement", "presence_severity", "presence_backlash"):
        document["parameters"][name] = number(0.0)
    document["alliance"]["task"]["sites"] = []
    return document


@pytest.fixture(scope="module")
def idle():
    return run_study(as_case(idle_document()), runs=20, seed=2)


def differing(one, other) -> set[str]:
    return {name for name in one._fields if getattr(one, name).tobytes() != getattr(other, name).tobytes()}


def test_contingents_without_any_channel_change_no_bit(idle):
    courses = idle.main.courses
    assert (courses["with"].troops > 0).any()
    assert courses["with"].killed_civilian[:, -1].sum() > 0
    for arm in ("with", *CHANNELS):
        assert differing(courses[arm], courses["without"]) <= ON_THE_WAY


def test_contingents_without_any_channel_have_no_effect(idle):
    effect = effect_part(idle.main, idle.context)
    for part in (effect, *effect["by_channel"].values()):
        assert part["outcome_differed"] == 0
        assert part["deaths_civilian"] == {"p05": 0, "median": 0, "p95": 0}
        assert part["mean_deaths_civilian"] == {"difference": 0, "p05": 0, "p95": 0}
        assert part["state_falls"] == {"difference": 0, "p05": 0, "p95": 0}
        assert part["hours_to_calm"]["calm_only_with"] == part["hours_to_calm"]["calm_only_without"] == 0


def test_with_their_channels_on_they_do_something():
    courses = small_study().main.courses
    assert differing(courses["with"], courses["without"]) > ON_THE_WAY | {"active", "loyalty"}


@pytest.mark.parametrize(
    ("channel", "parameters"),
    [("announcement", ["announcement"]), ("presence", ["presence_severity", "presence_backlash"])],
)
def test_a_channel_at_zero_leaves_its_arm_as_without(channel, parameters):
    document = observed_document()
    for name in parameters:
        document["parameters"][name] = number(0.0)
    courses = run_study(as_case(document), runs=20, seed=2).main.courses
    assert differing(courses[channel], courses["without"]) <= ON_THE_WAY
    others = [name for name in CHANNELS if name != channel]
    assert any(differing(courses[name], courses["without"]) - ON_THE_WAY for name in others)


def test_an_effect_is_the_difference_within_each_world():
    study = small_study()
    effect = effect_part(study.main, study.context)
    tolls = {arm: study.main.courses[arm].killed_civilian[:, -1].astype(float) for arm in ARMS}
    for part, arm in [(effect, "with"), *((effect["by_channel"][name], name) for name in CHANNELS)]:
        paired = tolls[arm] - tolls["without"]
        assert part["mean_deaths_civilian"]["difference"] == pytest.approx(paired.mean())
        assert part["deaths_civilian"]["median"] == pytest.approx(np.median(paired))
        half = 1.6449 * paired.std() / np.sqrt(study.runs)
        mean = part["mean_deaths_civilian"]
        assert mean["p95"] - mean["p05"] == pytest.approx(2 * half)


def test_twins_tell_an_effect_more_sharply_than_strangers():
    courses = small_study().main.courses
    with_, without = (courses[arm].killed_civilian[:, -1].astype(float) for arm in ("with", "without"))
    twins = (with_ - without).var()
    strangers = with_.var() + without.var()
    assert 0 < twins < strangers / 4


def test_calm_is_compared_only_where_both_twins_reach_it():
    study = small_study()
    hours = effect_part(study.main, study.context)["hours_to_calm"]
    data = study.data["hours_to_calm"]
    with_, without = (data.sel(arm=arm).values for arm in ("with", "without"))
    both = ~np.isnan(with_) & ~np.isnan(without)
    assert hours["both_calm"] == pytest.approx(both.mean())
    assert hours["calm_only_with"] == pytest.approx((~np.isnan(with_) & np.isnan(without)).mean())
    if both.any():
        assert hours["median"] == pytest.approx(np.median((with_ - without)[both]))


def test_without_a_request_nobody_comes_and_nothing_differs():
    document = observed_document()
    document["events"] = [e for e in document["events"] if e["id"] not in ("request", "activation")]
    study = run_study(as_case(document), runs=10, seed=2)
    courses = study.main.courses
    assert courses["with"].troops.max() == 0
    assert np.isnan(courses["with"].first_arrival).all()
    assert differing(courses["with"], courses["without"]) == set()
    assert study.signals is None
