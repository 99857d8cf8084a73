"""May troops come? The grounds, one by one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from beliefs_by_hand import beliefs

from foedus.terms import Permission, Status
from foedus.treaties import Situation, permission

IN_CONTROL = beliefs(government_in_effective_control=(Status.TRUE, 0.95))
NO_MANDATE = beliefs(un_mandate=(Status.FALSE, 0.0))


def asked(said, requester="government", *, requested=True, **more):
    return permission(
        Situation(
            said, "KAZ", datetime(2022, 1, 6, tzinfo=UTC), requested=requested, requester=requester, **more
        )
    )


def test_a_government_in_control_may_invite():
    assert asked({**IN_CONTROL, **NO_MANDATE}).reading is Permission.PERMITTED


def test_control_in_dispute_makes_consent_contested():
    in_dispute = beliefs(government_in_effective_control=(Status.CONTESTED, 0.5))
    assert asked({**in_dispute, **NO_MANDATE}).reading is Permission.CONTESTED


def test_a_government_that_lost_control_does_not_consent_for_the_state():
    lost = beliefs(government_in_effective_control=(Status.FALSE, 0.05), armed_attack=(Status.FALSE, 0.05))
    said = {**lost, **NO_MANDATE, **beliefs(aggression=(Status.FALSE, 0.05))}
    assert asked(said).reading is Permission.NOT_PERMITTED


def test_without_a_request_on_record_consent_is_undetermined():
    assert asked(IN_CONTROL, requested=False).reading is Permission.UNDETERMINED


@pytest.mark.parametrize(
    ("bar", "law"),
    [("internal_conflict", "Wiesbaden"), ("aid_against_own_population", "Rhodes")],
)
def test_a_bar_that_is_raised_makes_consent_contested_and_names_its_law(bar, law):
    raised = asked({**IN_CONTROL, **beliefs(**{bar: (Status.CONTESTED, 0.4)})})
    assert raised.reading is Permission.CONTESTED
    assert law in raised.why
    refuted = asked({**IN_CONTROL, **beliefs(**{bar: (Status.FALSE, 0.05)})})
    assert refuted.reading is Permission.PERMITTED


def test_neighbours_cannot_consent_for_the_host_but_a_mandate_permits():
    none = beliefs(armed_attack=(Status.FALSE, 0.05), aggression=(Status.FALSE, 0.05))
    assert asked({**none, **NO_MANDATE}, "neighbours").reading is Permission.NOT_PERMITTED
    assert (
        asked({**none, **beliefs(un_mandate=(Status.TRUE, 1.0))}, "neighbours").reading
        is Permission.PERMITTED
    )


def test_the_alliances_own_decision_does_not_replace_a_mandate():
    said = {**NO_MANDATE, **beliefs(armed_attack=(Status.FALSE, 0.05), aggression=(Status.FALSE, 0.05))}
    acted = asked(said, "neighbours", activated=True)
    assert acted.reading is Permission.NOT_PERMITTED
    assert "does not replace it" in acted.why


def test_a_recognised_claimant_without_control_gives_disputed_consent():
    recognised = beliefs(claimant_internationally_recognised=(Status.TRUE, 0.95))
    unrecognised = beliefs(claimant_internationally_recognised=(Status.FALSE, 0.05))
    none = beliefs(armed_attack=(Status.FALSE, 0.05), aggression=(Status.FALSE, 0.05))
    assert asked({**recognised, **NO_MANDATE, **none}, "claimant").reading is Permission.CONTESTED
    assert asked({**unrecognised, **NO_MANDATE, **none}, "claimant").reading is Permission.NOT_PERMITTED


def test_an_attack_from_outside_on_a_state_that_asks_is_collective_self_defence():
    attacked = beliefs(armed_attack=(Status.TRUE, 0.97), external_origin=(Status.TRUE, 0.97))
    answered = asked({**attacked, **beliefs(government_in_effective_control=(Status.CONTESTED, 0.5))})
    assert answered.reading is Permission.PERMITTED
    assert answered.why.startswith("self-defence")
    alone = asked({**attacked, **NO_MANDATE}, requested=False)
    assert alone.reading is Permission.UNDETERMINED
