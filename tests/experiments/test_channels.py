"""Prior beside posterior for each channel, and what is said where nobody came."""

from __future__ import annotations

import io
import json
from html import unescape

import numpy as np
import pytest
from made_studies import kazakhstan_study, made_posterior, observed_document, small_study
from rich.console import Console

from foedus.cases.parameters import declared
from foedus.experiments import findings
from foedus.experiments.channels import STRENGTHS
from foedus.report import ground
from foedus.report.html import report_html
from foedus.report.terminal import print_summary
from foedus.study import run_study
from two_cities import as_case

ARMS = ("with", "announcement", "guards", "presence")


def printed(study) -> str:
    out = io.StringIO()
    print_summary(study, Console(file=out, width=100))
    return " ".join(out.getvalue().split())


def ground_of(study) -> dict:
    return json.loads(json.dumps(study.summary()["on_the_ground"], allow_nan=False))


@pytest.fixture
def posterior_of(monkeypatch):
    """Lets a made posterior serve the small case."""

    def serve(**values):
        evenly = (np.arange(400) + 0.5) / 400
        idle = {name: q for name, q in declared().items() if q.room == "government"}
        columns = {name: q.at(evenly) for name, q in idle.items()} | values
        made = made_posterior(values={name: np.asarray(c, float) for name, c in columns.items()})
        monkeypatch.setattr(findings, "posterior_for", lambda case, as_of: made)
        return run_study(as_case(observed_document()), runs=800, seed=3)

    return serve


def test_without_a_fit_the_prior_stands_alone_and_is_said_to():
    study = small_study()
    arms = ground_of(study)["channels"]["arms"]
    effect = study.summary()["effect"]
    assert tuple(arms) == ARMS
    for name, row in arms.items():
        of = effect if name == "with" else effect["by_channel"][name]
        assert row["prior"]["deaths_civilian"] == of["deaths_civilian"]
        assert row["posterior"] is None
        assert row["informed"] == "no_fit"
    assert "no fit, so this is its prior" in printed(study)
    assert ground.prior_and_posterior(study.summary()) == []


def test_a_posterior_that_is_the_prior_informs_nothing(posterior_of):
    evenly = (np.arange(400) + 0.5) / 400
    names = [name for own in STRENGTHS.values() for name in own]
    dice = np.random.default_rng(1)
    study = posterior_of(**{name: dice.permutation(declared()[name].at(evenly)) for name in names})
    for row in ground_of(study)["channels"]["arms"].values():
        assert row["informed"] == "not_informed"
        assert all(own["overlap"] > 0.99 and not own["apart"] for own in row["strength"])
    assert "prior and posterior hardly differ: the data did not inform it" in printed(study)


def test_a_posterior_that_knows_the_strength_of_a_channel_informs_that_channel(posterior_of):
    study = posterior_of(presence_severity=np.linspace(0.0, 0.01, 400))
    arms = ground_of(study)["channels"]["arms"]
    apart = {row["parameter"]: row["apart"] for row in arms["presence"]["strength"]}
    assert apart == {"presence_severity": True, "presence_scale": False}
    assert arms["presence"]["informed"] == "informed"
    assert arms["announcement"]["informed"] == arms["guards"]["informed"] == "not_informed"


def test_a_fit_that_chose_worlds_alone_says_nothing_of_a_channel(posterior_of):
    """Streets that stay empty: the effect shrinks to nothing, while no channel is any better known."""
    study = posterior_of(reach=np.linspace(1e-4, 2e-4, 400))
    arms = ground_of(study)["channels"]["arms"]
    assert arms["with"]["overlap"]["deaths_civilian"] < 0.8
    assert arms["with"]["informed"] == "worlds_only"
    assert "the fit chose among worlds" in printed(study)


def test_of_the_real_case_prior_and_posterior_stand_side_by_side():
    study = kazakhstan_study()
    found = ground_of(study)
    summary = study.summary()
    for name in ARMS:
        row = found["channels"]["arms"][name]
        before, after = summary["effect_on_priors"], summary["effect"]
        if name != "with":
            before, after = before["by_channel"][name], after["by_channel"][name]
        for key in ("deaths_civilian", "hours_to_calm", "outcome_differed"):
            assert row["prior"][key] == before[key]
            assert row["posterior"][key] == after[key]
    assert found["channels"]["idle"] >= 5
    assert not any(own["apart"] for r in found["channels"]["arms"].values() for own in r["strength"])
    rows = ground.prior_and_posterior(summary)
    assert [row[0] for row in rows[:4]] == [
        "All together",
        "  civilians killed",
        "  time to calm",
        "  outcome differed",
    ]
    assert len(rows) == 16
    text = printed(study)
    page = report_html(study)
    for part in ("On the priors", "On the posterior"):
        assert part in text
        assert part in page


def test_the_faction_of_a_replay_is_shown_and_said_to_do_nothing():
    found = ground_of(kazakhstan_study())["faction"]
    assert found["acts"] is False
    assert found["with"]["stood_aside"] == 1.0
    assert "without any effect on it" in printed(kazakhstan_study())


# Where nobody comes


def told_of(change, **options):
    document = observed_document()
    change(document)
    study = run_study(as_case(document), runs=12, seed=2, **options)
    return study, ground_of(study), printed(study), unescape(report_html(study))


def no_request(document):
    document["events"] = [e for e in document["events"] if e["id"] not in ("request", "activation")]


def refused(document):
    document["events"] = [e for e in document["events"] if e["id"] != "activation"]


def no_units(document):
    document["alliance"]["units"] = []
    document["alliance"]["members"]["RUS"].pop("pledge")


def no_units_nor_task(document):
    no_units(document)
    document["alliance"].pop("task")


@pytest.mark.parametrize(
    ("change", "why", "words", "one_course"),
    [
        (no_request, "nobody_asked", "Nobody was asked for help", True),
        (refused, "not_granted", "Help was asked for and not granted", True),
        (no_units, "none_could", "no contingent arrived in the window", False),
        (no_units_nor_task, "none_could", "no contingent arrived in the window", False),
    ],
)
def test_where_nobody_comes_it_is_said_why(change, why, words, one_course):
    study, found, text, page = told_of(change)
    assert found["came"] == 0.0
    assert found["why_nobody"] == why
    assert found["same_course"] is one_course
    assert found["stay"]["months"] is None
    assert words in text
    assert words in page
    assert ("are one course, run by run" in text) is one_course
    if one_course:
        with_, without = study.main.courses["with"], study.main.courses["without"]
        assert (with_.killed_civilian == without.killed_civilian).all()
        assert study.summary()["effect"]["mean_deaths_civilian"]["difference"] == 0.0
        assert {row["informed"] for row in found["channels"]["arms"].values()} == {"no_effect"}


@pytest.mark.parametrize("change", [no_request, refused, no_units, no_units_nor_task, lambda d: None])
def test_free_mode_runs_on_every_such_case_and_carries_its_banner(change):
    study, found, text, page = told_of(change, mode="free")
    assert found["faction"]["acts"] is True
    assert study.nobody_aside is not None
    assert study.nobody_aside.courses["no_stand_aside"].withheld.max() == 0.0
    for said in (text, page):
        assert "a model's rules, not evidence that an intervention works" in said


def test_a_case_with_no_pledge_and_no_site_of_the_task_runs():
    def nothing_to_guard(document):
        document["alliance"]["task"]["sites"] = []

    _, found, text, _ = told_of(nothing_to_guard)
    assert found["came"] > 0
    assert "What differed" in text
