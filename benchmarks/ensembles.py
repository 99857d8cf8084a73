"""The runs that benchmarks measure."""

from __future__ import annotations

from benchmarks.commands import CASE
from foedus.cases import cities_of, load_case
from foedus.chance import Luck
from foedus.engine.law import read_law
from foedus.engine.run import ARMS
from foedus.experiments.ensemble import Ensemble, run_ensemble
from foedus.experiments.posterior import posterior_for
from foedus.experiments.quantities import Context


def ensemble_of(runs: int, seed: int, *arms: str) -> tuple[Ensemble, Context]:
    """The benchmark's case on its posterior, as the main job runs it."""
    case = load_case(CASE)
    places = cities_of(case.country)
    luck = Luck(seed)
    law = read_law(case, None, luck, 50)
    chosen = {arm: ARMS[arm] for arm in arms}
    posterior = posterior_for(case, None)
    ensemble = run_ensemble(case, places, law, chosen, runs=runs, luck=luck, posterior=posterior)
    return ensemble, Context(case, places)
