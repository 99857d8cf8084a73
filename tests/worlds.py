"""Run a case's arms at the kernel for tests of laws: inputs fixed by name, luck shared."""

from __future__ import annotations

import numpy as np

from foedus.alliance import disturb
from foedus.cases import cities_of
from foedus.chance import Luck
from foedus.engine.airlift import build_airlift, plan_of
from foedus.engine.inputs import Inputs
from foedus.engine.plant import build_plant
from foedus.engine.run import ARMS, run_arms

LIVELY = {
    "legitimacy": 0.875,
    "shock_size": 0.05,
    "reach": 0.15,
    "spark": 2e-4,
    "join_near": 0.08,
    "join_news": 0.01,
    "news_scale": 5000.0,
    "outrage": 0.03,
    "backlash": 0.0,
    "presence_backlash": 0.0,
    "go_home": 0.03,
    "kill_rate": 1e-3,
}
"""A world in which much happens: without it half the prior draws stay quiet and no law can be seen."""


def plant_of(case, runs=100, seed=1, **fixed):
    values = {**LIVELY, **fixed}
    columns = {name: np.full(runs, float(value)) for name, value in values.items()}
    inputs = Inputs(Luck(seed), runs, columns)
    plan = plan_of(case, free=False)
    upset = disturb(plan, case.alliance, inputs.luck, range(runs))
    joins = np.ones((runs, len(plan.members)), dtype=bool)
    return build_plant(case, cities_of(case.country), inputs, build_airlift(case, plan, upset, inputs, joins))


def course_of(case, runs=100, seed=1, arm="with", **fixed):
    return run_arms(plant_of(case, runs, seed, **fixed), {arm: ARMS[arm]}, runs)[arm]
