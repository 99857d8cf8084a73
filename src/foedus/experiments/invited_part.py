"""What the model of invited help says in one study: the fit it used, what the words did, how many come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.alliance.invited import fitted_for
from foedus.chance import Luck
from foedus.experiments.ensemble import members_chances
from foedus.terms import Interval

if TYPE_CHECKING:
    from foedus.experiments.findings import Findings

RUNS = 500


def invited_part(study: Findings) -> dict[str, Any] | None:
    """The part of the summary on invited help; None where help is asked against a state's attack.

    ``left_out`` names the crisis of the frame that the fit did not see (None: this case is not in it);
    ``ordinary`` the chance of an ordinary state once asked; ``lead`` the lead state's chance as the request
    is worded, and on domestic grounds; ``sizes`` troops of a lead state and of another, once it comes.
    """
    case = study.case
    if case.meta.target == "state_attack":
        return None
    fitted, left_out = fitted_for(case.meta.slug, case.meta.host, case.meta.start, case.meta.end)
    lead, luck, runs = case.alliance.lead, Luck(study.seed), min(study.runs, RUNS)
    as_worded = study.main.chances[lead][:runs]
    at_home = members_chances(case, study.law, luck, runs, door=0.0)[lead]
    estimate = fitted.estimate
    return {
        "left_out": left_out,
        "rows": estimate.rows,
        "joined": estimate.joined,
        "base_rate": (estimate.joined + 0.5) / (estimate.rows + 1.0),
        "lead": {
            "as_worded": Interval.of(as_worded).as_dict(),
            "on_domestic_grounds": Interval.of(at_home).as_dict(),
            "difference": Interval.of(np.asarray(as_worded - at_home)).as_dict(),
        },
        "sizes": {role: sizes.as_dict() for role, sizes in fitted.sizes.items()},
        "how": (
            "a logit of the frame of requests (docs/invited-help.md); by member it has shown no skill beyond "
            "the base rate, so that its spread matters more than its middle; requests that were refused in "
            "silence are not in the frame"
        ),
    }
