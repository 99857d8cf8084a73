"""Decisions follow their chances and the lead state; an organisation's record is no more than it is."""

from __future__ import annotations

import numpy as np
import pytest
from an_alliance import kazakhstan_like, made

from foedus.alliance import Chances, chance_of_activation, decide
from foedus.chance import Luck
from foedus.errors import CaseError

RUNS = range(4000)
LUCK = Luck(7)


def chances() -> Chances:
    drawn = {code: np.full(len(RUNS), share) for code, share in (("RUS", 0.4), ("BLR", 0.7), ("KGZ", 0.5))}
    stays = {"RUS": drawn["RUS"], "BLR": 0.2 * drawn["BLR"], "KGZ": 0.2 * drawn["KGZ"]}
    return Chances("RUS", drawn, stays)


def test_decisions_come_as_often_as_their_chances_and_the_others_follow_the_lead() -> None:
    found = chances()
    joins = decide(found, "RUS", LUCK, RUNS)
    for code in found:
        assert joins[code].mean() == pytest.approx(found[code].mean(), abs=0.03)
    lead = joins["RUS"]
    assert joins["BLR"][lead].mean() > joins["BLR"][~lead].mean() + 0.1


def test_an_organisation_that_always_refused_looks_unlikely_to_act_but_not_impossible() -> None:
    refused = chance_of_activation(made(kazakhstan_like()), LUCK, RUNS)
    granted = chance_of_activation(
        made(kazakhstan_like() | {"earlier_activations": 2, "earlier_refusals": 0}), LUCK, RUNS
    )
    assert 0.0 < np.median(refused.granted) < 0.2
    assert (granted.granted > refused.granted).all()
    assert (refused.activation < refused.request).all()
    # Jeffreys posterior means: (0 + .5) / (2 + 1) and (2 + .5) / (6 + 1)
    assert refused.granted.mean() == pytest.approx(0.5 / 3, abs=0.01)
    assert refused.request.mean() == pytest.approx(2.5 / 7, abs=0.01)
    assert set(refused.as_dict()) == {"request", "granted", "activation"}


def test_a_short_record_says_less_than_a_long_one_of_the_same_rate() -> None:
    short = chance_of_activation(
        made(kazakhstan_like() | {"earlier_crises": 4, "earlier_refusals": 2}), LUCK, RUNS
    )
    long = chance_of_activation(
        made(kazakhstan_like() | {"earlier_crises": 40, "earlier_refusals": 20}), LUCK, RUNS
    )
    assert short.request.std() > 2 * long.request.std()


def test_more_requests_than_crises_are_refused_with_the_mend() -> None:
    with pytest.raises(CaseError, match=r"earlier_crises is 1.*count every crisis"):
        chance_of_activation(made(kazakhstan_like() | {"earlier_crises": 1}), LUCK, RUNS)
