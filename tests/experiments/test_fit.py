"""A fit on a small world: it closes in on what was reported, sees nothing else, and can be made again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest
from made_studies import instant, observation, observed_document
from numpy.testing import assert_array_equal

from foedus.cases import cities_of
from foedus.cases.parameters import declared
from foedus.chance import Luck
from foedus.engine.airlift import plan_of
from foedus.engine.law import read_law
from foedus.experiments.fit import FitPlan, Model, distance, fit, to_values
from foedus.experiments.posterior import observation_key
from two_cities import as_case

AS_OF = instant("2022-01-08T20:00:00+06:00")
PLAN = FitPlan(particles=80, generations=5, refresh=6, kept=30, target=0.2)


def fit_of(document=None, **more):
    asked = {"as_of": AS_OF, "plan": PLAN, "seed": 3} | more
    return fit(as_case(document or observed_document()), **asked)


@pytest.fixture(scope="module")
def watched():
    """A fit, what it told of its generations, and every particle it tried with its distance."""
    told, tried = [], []
    measure = Model.distances

    def watching(self, cube, names, round_):
        far = measure(self, cube, names, round_)
        tried.append((to_values(cube, names), far))
        return far

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Model, "distances", watching)
        posterior = fit_of(notify=lambda *generation: told.append(generation))
    return posterior, told, tried


def test_the_tolerance_falls_with_every_generation(watched):
    _, told, _ = watched
    tolerances = [tolerance for _, tolerance, _ in told]
    assert len(told) == PLAN.generations
    assert all(after < before for before, after in pairwise(tolerances))
    assert tolerances[-1] < 0.5 * tolerances[0]


def test_every_particle_that_is_kept_came_within_the_last_tolerance(watched):
    posterior, told, tried = watched
    tolerance = told[-1][1]
    names = list(posterior.values)
    nearest = {}
    for values, far in tried:
        for place, particle in enumerate(zip(*(values[name] for name in names), strict=True)):
            nearest[particle] = min(far[place], nearest.get(particle, np.inf))
    kept = list(zip(*posterior.values.values(), strict=True))
    assert len(kept) == PLAN.kept
    assert max(nearest[particle] for particle in kept) <= tolerance
    assert posterior.about["tolerance"] == pytest.approx(tolerance, abs=1e-4)


def test_the_posterior_comes_closer_to_the_reports_than_the_prior(watched):
    """With luck of its own, not the luck by which the particles were chosen."""
    posterior, _, tried = watched
    prior = tried[0][1]
    case = as_case(observed_document())
    places = cities_of(case.country)
    law = read_law(case, AS_OF, Luck(99), 1)
    model = Model(case, places, law, plan_of(case, free=False), case.observed[:2], 99)
    names = model.inputs_of()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("foedus.experiments.fit.to_values", lambda cube, names: posterior.values)
        fresh = model.distances(np.zeros((PLAN.kept, len(names))), names, 0)
    assert np.median(fresh) < 0.6 * np.median(prior)


def test_the_same_seed_gives_the_same_posterior_on_any_threads(watched):
    posterior = watched[0]
    again = fit_of(threads=1)
    assert list(again.values) == list(posterior.values)
    for name, column in posterior.values.items():
        assert_array_equal(again.values[name], column)
    assert again.about == posterior.about


def test_another_seed_gives_another_posterior(watched):
    other = fit_of(seed=4)
    assert any((other.values[name] != column).any() for name, column in watched[0].values.items())


def test_what_was_reported_later_changes_nothing(watched):
    document = observed_document()
    document["observed"][2] = observation("deaths", 5000, 6000)
    document["observed"].append(observation("hurt", 9, 10, reported_at="2022-01-08T20:00:01+06:00"))
    blind = fit_of(document)
    assert blind.fitted == watched[0].fitted
    for name, column in watched[0].values.items():
        assert_array_equal(blind.values[name], column)


def test_what_was_reported_by_then_or_is_named_is_fitted_and_nothing_else(watched):
    keys = [observation_key(o) for o in as_case(observed_document()).observed]
    assert watched[0].fitted == tuple(keys[:2])
    assert watched[0].known_at == AS_OF
    short = replace(PLAN, particles=8, generations=1, refresh=1, kept=4)
    named = fit_of(plan=short, totals=keys[2:])
    assert named.fitted == tuple(keys)
    assert named.as_of == AS_OF
    assert named.known_at == instant("2022-01-12T00:00:00+06:00")


def test_what_the_totals_imply_is_neither_seen_nor_held_out(watched):
    keys = [observation_key(o) for o in as_case(observed_document()).observed]
    implied = fit_of(implied=keys[2:])
    assert implied.fitted == tuple(keys)
    assert implied.known_at == AS_OF
    for name, column in watched[0].values.items():
        assert_array_equal(implied.values[name], column)


def test_the_plan_and_the_seed_are_written_down(watched):
    about = watched[0].about
    assert about["seed"] == 3
    assert about["particles"] == PLAN.particles
    assert about["rounds"] == (PLAN.generations - 1) * PLAN.moves + PLAN.refresh
    assert 1 < about["distinct"] <= PLAN.particles


def test_constants_are_not_fitted(watched):
    assert "kill_rate" in watched[0].values
    assert "threshold" not in watched[0].values
    assert "sites.palace.guard" not in watched[0].values


def test_a_name_that_no_observation_has_is_refused():
    for asked in ({"totals": ["deaths|nowhere"]}, {"implied": ["deaths|nowhere"]}):
        with pytest.raises(ValueError, match=r"no observation has the key 'deaths\|nowhere'"):
            fit_of(**asked)


def test_a_fit_to_nothing_is_refused():
    with pytest.raises(ValueError, match="nothing was reported by"):
        fit_of(as_of=AS_OF - timedelta(days=30))


def test_inside_the_reported_range_nothing_is_off():
    deaths = as_case(observed_document()).observed[2]
    far = distance(np.array([60.0, 70.0, 80.0, 59.0, 160.0]), deaths, 240)
    assert_array_equal(far[:3], 0)
    assert far[3] == pytest.approx(np.log(61 / 60) / 0.25)
    assert far[4] == pytest.approx(np.log(161 / 81) / 0.25)


def test_an_hour_that_is_never_reached_is_the_end_of_the_window():
    document = observed_document()
    document["observed"] = [observation("site_lost_at", 84, 90, where="palace", unit="h")]
    lost = as_case(document).observed[0]
    far = distance(np.array([np.nan, 72.0, 86.0]), lost, 240)
    np.testing.assert_allclose(far, [150 / 6, 12 / 6, 0])


def test_a_fit_spends_no_move_on_what_cannot_act_in_a_replay():
    def inputs(engagement):
        document = observed_document()
        document["alliance"]["task"]["rules_of_engagement"] = engagement
        case = as_case(document)
        model = Model(
            case,
            cities_of(case.country),
            read_law(case, None, Luck(1), 1),
            plan_of(case, free=False),
            case.observed,
            1,
        )
        return set(model.inputs_of())

    faction = {name for name, parameter in declared().items() if parameter.room == "faction"}
    engagement = {name for name, parameter in declared().items() if parameter.room == "engagement"}
    assert faction
    assert not inputs("guard") & (faction | engagement)
    assert inputs("force") - inputs("guard") == engagement
