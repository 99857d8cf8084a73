from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from foedus.cases.parameters import declared
from foedus.streets.willingness import chance_met, perceived_risk, willing_share


def record(**changes):
    row = np.zeros(1, dtype=[(name, np.float64) for name in declared()])
    for name, quantity in declared().items():
        row[name] = changes.get(name, quantity.central())
    return row[0]


@pytest.mark.parametrize(
    ("legitimacy", "risk", "severity"), [(0.8, 0.0, 1.0), (0.8, 0.05, 1.0), (0.8, 0.9, 2.0), (0.3, 0.6, 1.0)]
)
def test_the_willing_share_is_the_area_where_the_rule_holds(legitimacy, risk, severity):
    """Epstein 2002, Model I: counted over a fine grid of hardship and risk aversion."""
    side = (np.arange(1500) + 0.5) / 1500
    h, r = np.meshgrid(side, side)
    counted = np.mean(h * (1 - legitimacy) - r * risk * severity > 0.1)
    assert willing_share(legitimacy, risk, severity, 0.1) == pytest.approx(counted, abs=1e-3)


def test_nobody_is_willing_where_grievance_cannot_pass_the_threshold():
    assert willing_share(0.9, 0.0, 1.0, 0.1) == 0.0
    assert willing_share(1.0, 0.0, 1.0, 0.1) == 0.0


@given(st.floats(0, 0.89), st.floats(0, 1), st.floats(1, 5), st.floats(0, 0.1), st.floats(0, 0.5))
def test_the_willing_are_fewer_where_legitimacy_or_risk_is_higher(legitimacy, risk, severity, more_l, more_r):
    base = willing_share(legitimacy, risk, severity, 0.1)
    assert 0.0 <= base <= 1.0
    assert willing_share(legitimacy + more_l, risk, severity, 0.1) <= base + 1e-12
    assert willing_share(legitimacy, risk + more_r, severity, 0.1) <= base + 1e-12


@given(st.floats(1e-9, 1.0))
def test_the_share_is_continuous_where_its_two_forms_meet(gap):
    assume(gap < 0.5)
    legitimacy, threshold = 0.5, 0.1
    meeting = (0.5 - threshold) / 1.0
    below = willing_share(legitimacy, meeting - gap * 1e-9, 1.0, threshold)
    above = willing_share(legitimacy, meeting + gap * 1e-9, 1.0, threshold)
    assert below == pytest.approx(above, abs=1e-8)


def test_one_officer_to_one_citizen_is_a_risk_of_nine_in_ten_where_officers_are_about():
    """Epstein 2002: k = 2.3 makes P = 0.9 at C = A = 1."""
    rule = record(police_weight=1.0, arrest_constant=2.3)
    assert perceived_risk(1.0, 1.0, 1.0, rule) == pytest.approx(0.9, abs=1e-3)


@given(st.floats(0, 5000), st.floats(1, 50_000), st.floats(0, 5000))
def test_risk_rises_with_officers_and_falls_with_the_crowd(free, active, more):
    rule = record()
    risk = perceived_risk(chance_met(free, 1000.0, rule), free, active, rule)
    stronger = perceived_risk(chance_met(free + more, 1000.0, rule), free + more, active, rule)
    assert 0.0 <= risk <= 1.0
    assert stronger >= risk - 1e-12
    assert perceived_risk(0.5, free, active + more, rule) <= perceived_risk(0.5, free, active, rule) + 1e-12
