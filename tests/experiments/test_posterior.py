"""A posterior keeps what it knows and when it came to know it."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_studies import instant, made_posterior, observed_document, seen

import foedus.experiments.posterior as posterior_module
from foedus.cases import builtin_slugs, cities_of, load_case, with_overlay
from foedus.chance import Luck
from foedus.engine.inputs import Inputs, rule_records
from foedus.engine.law import read_law
from foedus.experiments.ensemble import run_ensemble
from foedus.experiments.posterior import (
    observation_key,
    observations_for,
    posterior_for,
    posteriors_of,
    read_posterior,
    role_of,
)
from two_cities import as_case

EARLY = instant("2022-01-05T12:00:00+06:00")
LATE = instant("2022-08-31T00:00:00+06:00")
BUILT_IN = [
    pytest.param(posterior, id=f"{slug}-{posterior.kind}")
    for slug in builtin_slugs()
    for posterior in posteriors_of(slug)
]
numbers = st.floats(-1e12, 1e12, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-12)


@given(
    values=st.dictionaries(
        st.text(st.characters(codec="utf-8", exclude_categories=["C"], exclude_characters='"\\'), min_size=1),
        st.lists(numbers, min_size=3, max_size=3),
        min_size=1,
    )
)
def test_a_file_brings_back_what_was_written_to_four_digits(tmp_path_factory, values):
    file = tmp_path_factory.mktemp("posterior") / "p.json"
    written = made_posterior(values={name: np.array(column) for name, column in values.items()})
    written.write(file)
    read = read_posterior(file.read_text(encoding="utf-8"))
    assert (read.case, read.kind, read.as_of, read.known_at, read.fitted, read.about) == (
        written.case,
        written.kind,
        written.as_of,
        written.known_at,
        written.fitted,
        written.about,
    )
    assert list(read.values) == list(values)
    for name, column in values.items():
        np.testing.assert_allclose(read.values[name], column, rtol=5e-4)
    again = file.with_suffix(".again")
    read.write(again)
    assert again.read_bytes() == file.read_bytes()


def test_a_run_takes_a_whole_particle_and_keeps_it():
    posterior = made_posterior()
    few, many = posterior.columns(Luck(7), 5), posterior.columns(Luck(7), 600)
    np.testing.assert_array_equal(many["reach"] / many["spark"], np.full(600, 0.1 / 1e-4))
    for name in posterior.values:
        np.testing.assert_array_equal(few[name], many[name][:5])
    shares = [(many["reach"] == value).mean() for value in posterior.values["reach"]]
    assert min(shares) > 0.25


def test_a_posterior_stands_in_for_the_prior_of_its_inputs_alone():
    prior = rule_records(case_on_priors(), Inputs(Luck(1), 6))
    fitted = rule_records(case_on_priors(), Inputs(Luck(1), 6, made_posterior().columns(Luck(1), 6)))
    assert set(fitted["reach"]) <= {0.1, 0.2, 0.3}
    for name in set(prior.dtype.names) - {"reach", "spark"}:
        np.testing.assert_array_equal(prior[name], fitted[name])


def case_on_priors():
    document = observed_document()
    document["parameters"] = {}
    return as_case(document)


def test_an_edit_stands_against_the_posterior():
    """Who sets a parameter by hand wants to see what follows, also where it was fitted."""
    edited, _ = with_overlay(case_on_priors(), set_=["parameters.reach=0.01"])
    fitted = rule_records(edited, Inputs(Luck(1), 6, made_posterior().columns(Luck(1), 6)))
    np.testing.assert_array_equal(fitted["reach"], np.full(6, 0.01))
    assert set(fitted["spark"]) <= {1e-4, 2e-4, 3e-4}


def ensemble_of(case, **more):
    luck = Luck(1)
    law = read_law(case, None, luck, 10)
    return run_ensemble(case, cities_of(case.country), law, {}, runs=6, luck=luck, **more)


def test_an_edit_of_any_input_stands_against_the_posterior():
    values = {"sites.palace.guard": np.array([900.0, 950.0]), "rest": np.array([9.0, 9.5])}
    edited, _ = with_overlay(case_on_priors(), set_=["sites.palace.guard=7", "parameters.rest=20"])
    plant = ensemble_of(edited, posterior=made_posterior(values=values)).plant
    np.testing.assert_array_equal(plant.world.guard[:, 0], np.full(6, 7.0))
    np.testing.assert_array_equal(plant.rule["rest"], np.full(6, 20.0))
    unedited = ensemble_of(case_on_priors(), posterior=made_posterior(values=values)).plant
    assert set(unedited.world.guard[:, 0]) <= {900.0, 950.0}


def test_a_fit_moves_a_parameter_whose_prior_is_the_cases_own():
    """Else its particles would be numbers that no run ever saw."""
    tried = np.linspace(1e-4, 2e-4, 6)
    case = as_case(observed_document())
    assert "kill_rate" in case.parameters
    np.testing.assert_array_equal(
        ensemble_of(case, fixed={"kill_rate": tried}).plant.rule["kill_rate"], tried
    )


@given(hours=st.floats(-24 * 30, 24 * 365, allow_nan=False))
def test_no_study_is_served_what_was_known_later(hours):
    served_by = {"standard": made_posterior(LATE), "forecast": made_posterior(EARLY, kind="forecast")}
    as_of = EARLY + timedelta(hours=hours)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(posterior_module, "posteriors_of", lambda slug: list(served_by.values()))
        served = posterior_for(as_case(observed_document()), as_of)
    expected = "standard" if as_of >= LATE else "forecast" if as_of >= EARLY else None
    assert (served.kind if served else None) == expected


def test_without_a_date_the_posterior_that_knows_most_serves(monkeypatch):
    most = made_posterior(LATE)
    monkeypatch.setattr(posterior_module, "posteriors_of", lambda slug: [most, made_posterior(EARLY)])
    assert posterior_for(as_case(observed_document()), None) is most


def test_a_case_of_ones_own_has_no_posterior():
    assert posterior_for(as_case(observed_document()), None) is None


@pytest.mark.parametrize("posterior", BUILT_IN)
def test_a_built_in_posterior_knows_nothing_later_than_it_says(posterior):
    """What was reported later is marked fitted only where it says again what was seen."""
    case = load_case(posterior.case)
    by_key = {observation_key(o): o for o in case.observed}
    assert set(posterior.fitted) <= set(by_key)
    assert posterior.as_of <= posterior.known_at
    early = {observation_key(o) for o in case.observed if o.reported_at <= posterior.as_of}
    assert early
    assert early <= set(posterior.fitted)
    marked = [by_key[key] for key in posterior.fitted]
    seen = {(o.quantity, o.where, o.at) for o in marked if o.reported_at <= posterior.known_at}
    for again in marked:
        assert (again.quantity, again.where, again.at) in seen, observation_key(again)
    if posterior.kind == "forecast":
        assert posterior.known_at == posterior.as_of


@pytest.mark.parametrize("posterior", BUILT_IN)
def test_a_built_in_posterior_stays_within_its_priors(posterior):
    from foedus.cases.parameters import declared

    for name, quantity in declared().items():
        if name in posterior.values:
            low, high = quantity.at(np.array([1e-9, 1.0 - 1e-9]))
            slack = 1e-3 * max(abs(low), abs(high))
            assert posterior.values[name].min() >= low - slack, name
            assert posterior.values[name].max() <= high + slack, name


@pytest.mark.parametrize("slug", builtin_slugs())
def test_every_observation_of_a_built_in_case_has_a_key_of_its_own(slug):
    keys = [observation_key(o) for o in load_case(slug).observed]
    assert keys
    assert len(set(keys)) == len(keys)


def test_an_observation_is_fitted_only_where_the_posterior_saw_it():
    one, other = seen("deaths", 1, 2), seen("arrests", 1, 2)
    posterior = made_posterior(fitted=(observation_key(one),))
    assert role_of(one, posterior) == "fitted"
    assert role_of(other, posterior) == "held out"
    assert role_of(one, None) == "held out"


def test_a_fit_may_see_what_was_reported_by_its_date_and_what_is_named():
    observed = as_case(observed_document()).observed
    early, middle, late = observed
    as_of = early.reported_at
    assert observations_for(observed, as_of, ()) == [early]
    assert observations_for(observed, as_of - timedelta(seconds=1), ()) == []
    assert observations_for(observed, as_of, [observation_key(late)]) == [early, late]
    assert observations_for(observed, late.reported_at, ()) == [early, middle, late]
