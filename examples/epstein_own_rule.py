"""A rule of one's own on the lattice: citizens who wait until they see company.

Epstein's citizens (2002, Model I) weigh grievance against the risk of arrest, and one of them may be the
first in the street. Here somebody must see at least so many active citizens first, whatever the risk: a
threshold in the sense of Granovetter (1978). One in a hundred needs nobody.

    python examples/epstein_own_rule.py
"""

from foedus.streets import lattice

STEPS, SEEDS = 300, range(1, 6)


def waits_for_company(hardship, risk_aversion, legitimacy, threshold, police, active):
    """Numba compiles this; ``active`` counts oneself."""
    aggrieved = hardship * (1.0 - legitimacy) > threshold
    needs_nobody = risk_aversion < 0.01
    return aggrieved and (needs_nobody or active - 1 >= 12.0 * risk_aversion)


def told(name, willing=None):
    """One line for five runs of the same set-up."""
    setup = lattice.netlogo()
    runs = [lattice.run(setup, steps=STEPS, seed=seed, willing=willing) for seed in SEEDS]
    peak = [int(series.active.max()) for series in runs]
    quiet = sum(int((series.active == 0).sum()) for series in runs) / (STEPS * len(runs))
    jailed = sum(int(series.arrests.sum()) for series in runs) // len(runs)
    print(f"{name:<22} most active {peak}, nobody active in {quiet:.0%} of steps, {jailed} arrests a run")


told("Epstein, floored ratio")
told("waits for company", waits_for_company)
