"""The law of January 2022, and of the cases around it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import numpy as np
import pytest
from beliefs_by_hand import JANUARY_2022, beliefs, kazakhstan

from foedus.errors import CaseError
from foedus.terms import Permission, Reading, Status
from foedus.treaties import assess

BEFORE_THE_REQUEST = {
    "as_of": datetime(2022, 1, 5, 12, tzinfo=UTC),
    "requested": False,
    "invoked": False,
    "activated": False,
}
ARTICLE_4 = "csto-1992.art4-2010"
PEACEKEEPING = "csto-peacekeeping-2007.art3-internal"


def test_the_principal_clause_is_the_mutual_defence_of_article_4_as_amended():
    assert kazakhstan().principal.clause.id == ARTICLE_4


def test_article_4_is_contested_by_its_letter_and_by_its_sense():
    readings = kazakhstan().clause(ARTICLE_4).by_reading
    assert readings["letter"].reading is Reading.CONTESTED
    assert readings["sense"].reading is Reading.CONTESTED


def test_the_sense_of_article_4_is_less_probable_than_its_letter_since_it_asks_for_outside_origin():
    readings = kazakhstan().clause(ARTICLE_4).by_reading
    assert readings["sense"].probability.p95 < readings["letter"].probability.p05
    assert "external_origin" in readings["sense"].decided_by
    assert "external_origin" not in readings["letter"].decided_by


def test_the_letter_of_article_4_has_the_probability_that_its_facts_make():
    draws = {name: believed.probability for name, believed in JANUARY_2022.items()}
    attack = 1 - (1 - draws["armed_attack"]) * (1 - draws["aggression"])
    kazakhstan_assessed = kazakhstan(
        {name: said for name, said in JANUARY_2022.items() if name != "threat_to_sovereignty"}
        | beliefs(threat_to_security=(Status.TRUE, 1.0))
    )
    found = kazakhstan_assessed.clause(ARTICLE_4).by_reading["letter"].probability
    assert found.median == pytest.approx(np.median(attack))


def test_article_4_is_met_as_the_invoking_party_has_it():
    self_judged = kazakhstan().clause(ARTICLE_4).by_reading["self_judged"]
    assert self_judged.reading is Reading.MET
    assert self_judged.probability.median is None, "an assertion has no probability"


def test_what_was_asserted_decides_the_self_judged_reading():
    without_origin = kazakhstan(alleged={"armed_attack": True})
    denying_it = kazakhstan(alleged={"armed_attack": True, "external_origin": False})
    assert without_origin.principal.by_reading["self_judged"].reading is Reading.CONTESTED
    assert denying_it.principal.by_reading["self_judged"].reading is Reading.NOT_MET


def test_assertion_does_not_overrule_an_act_on_record():
    not_asked = kazakhstan(
        {**JANUARY_2022, **beliefs(requested_by_victim=(Status.FALSE, 0.0))},
        requested=False,
        alleged={"requested_by_victim": True, "armed_attack": True, "external_origin": True},
    )
    assert not_asked.principal.by_reading["self_judged"].reading is Reading.NOT_MET


def test_a_clause_that_was_not_invoked_has_no_self_judged_reading():
    assert "self_judged" not in kazakhstan().clause(PEACEKEEPING).by_reading
    assert "self_judged" not in kazakhstan(**BEFORE_THE_REQUEST).clause(ARTICLE_4).by_reading


def test_article_2_is_met_on_a_threat_to_stability_alone():
    assessed = kazakhstan(beliefs(threat_to_stability=(Status.TRUE, 0.98)))
    article_2 = assessed.clause("csto-1992.art2-2010")
    assert article_2.by_reading["letter"].reading is Reading.MET
    assert article_2.by_reading["sense"].reading is Reading.MET
    assert article_2.by_reading["letter"].decided_by == ("threat_to_stability",)
    assert article_2.as_dict()["consultation_only"]


def test_article_6_follows_from_article_2_where_article_4_is_contested():
    article_6 = kazakhstan().clause("csto-1992.art6")
    assert article_6.by_reading["letter"].reading is Reading.MET
    (tree,) = [node for node in article_6.why() if node["text"].startswith("letter")]
    cases = {child["predicate"]: child["status"] for child in tree["children"]}
    assert cases == {"csto_art2_case": "true", "csto_art4_case": "contested"}


def test_the_peacekeeping_agreement_is_met_once_asked_and_decided():
    assert kazakhstan().clause(PEACEKEEPING).by_reading["letter"].reading is Reading.MET
    undecided = kazakhstan(activated=False).clause(PEACEKEEPING)
    assert undecided.by_reading["letter"].reading is Reading.UNDETERMINED
    assert undecided.by_reading["letter"].decided_by == ("body_decision",)


def test_before_the_request_article_4_is_undetermined_and_turns_on_it():
    letter = kazakhstan(**BEFORE_THE_REQUEST).clause(ARTICLE_4).by_reading["letter"]
    assert letter.reading is Reading.UNDETERMINED
    assert "requested_by_victim" in letter.decided_by


def test_a_request_that_was_made_is_so_whatever_was_said_before():
    denied = {**JANUARY_2022, **beliefs(requested_by_victim=(Status.FALSE, 0.03))}
    assert kazakhstan(denied, **BEFORE_THE_REQUEST).principal.by_reading["letter"].reading is Reading.NOT_MET
    assert kazakhstan(denied).principal.by_reading["letter"].reading is Reading.CONTESTED


def test_an_act_on_record_is_certain_however_it_was_believed():
    believed = {**JANUARY_2022, **beliefs(requested_by_victim=(Status.TRUE, 0.6))}
    assert (
        kazakhstan(believed).principal.by_reading["letter"].probability
        == kazakhstan().principal.by_reading["letter"].probability
    )


@pytest.mark.parametrize("article", ["art4", "art5", "art6"])
def test_nato_is_not_applicable_since_kazakhstan_is_no_party(article):
    clause = kazakhstan().clause(f"north-atlantic-treaty.{article}")
    assert {reading.reading for reading in clause.by_reading.values()} == {Reading.NOT_APPLICABLE}
    assert "KAZ is not a party" in (clause.not_applicable or "")
    assert clause.bound == ()


def test_nato_applies_to_a_party_and_asks_for_its_area():
    facts = beliefs(armed_attack=(Status.TRUE, 0.97), external_origin=(Status.TRUE, 0.97))
    common = {
        "as_of": datetime(1982, 4, 3, tzinfo=UTC),
        "requested": True,
        "invoked": False,
        "activated": False,
        "requester": "government",
        "target": "state_attack",
        "earlier_activations": 0,
    }
    falklands = assess(
        ["north-atlantic-treaty"], {**facts, **beliefs(within_area=(Status.FALSE, 0.0))}, host="GBR", **common
    )
    at_home = assess(
        ["north-atlantic-treaty"], {**facts, **beliefs(within_area=(Status.TRUE, 1.0))}, host="GBR", **common
    )
    assert falklands.principal.by_reading["letter"].reading is Reading.NOT_MET
    assert falklands.principal.by_reading["letter"].decided_by == ("within_area",)
    assert falklands.clause("north-atlantic-treaty.art6").by_reading["letter"].reading is Reading.NOT_MET
    assert at_home.principal.by_reading["sense"].reading is Reading.MET
    assert "ESP" not in at_home.principal.bound, "Spain came in on 30 May 1982"


def test_kyrgyzstan_2010_is_read_by_the_text_of_1992_which_asks_for_a_state_from_outside():
    said = beliefs(
        internal_disorder=(Status.TRUE, 0.99),
        armed_attack=(Status.TRUE, 0.97),
        threat_to_stability=(Status.TRUE, 0.99),
        attacker_is_state=(Status.FALSE, 0.02),
        external_origin=(Status.CONTESTED, 0.1),
    )
    assessed = kazakhstan(
        said, host="KGZ", as_of=datetime(2010, 6, 12, tzinfo=UTC), activated=False, compare=[]
    )
    assert assessed.principal.clause.id == "csto-1992.art4-1992"
    letter = assessed.principal.by_reading["letter"]
    assert letter.reading is Reading.NOT_MET
    assert letter.decided_by == ("attacker_is_state",)
    assert assessed.principal.by_reading["sense"].probability == letter.probability, (
        "required: in both readings"
    )
    consultation = assessed.clause("csto-1992.art2-1992").by_reading["letter"]
    assert consultation.reading is Reading.MET, "an armed attack threatens security, whoever attacks"
    assert "UZB" in assessed.principal.bound


def test_those_bound_are_the_other_parties_of_the_day():
    assert kazakhstan().principal.bound == ("ARM", "BLR", "KGZ", "RUS", "TJK")


def test_the_first_activation_is_told_from_a_later_one_and_from_none():
    assert kazakhstan().first_activation
    assert not kazakhstan(earlier_activations=1).first_activation
    assert not kazakhstan(activated=False).first_activation


def test_home_made_disorder_is_named_as_left_out_of_article_4():
    (left_out,) = [found for found in kazakhstan().principal.excluded if "internal disorder" in found.what]
    assert left_out.applies is Status.CONTESTED
    shown = kazakhstan({**JANUARY_2022, **beliefs(external_origin=(Status.FALSE, 0.03))})
    (left_out,) = [found for found in shown.principal.excluded if "internal disorder" in found.what]
    assert left_out.applies is Status.TRUE
    assert shown.principal.by_reading["sense"].reading is Reading.NOT_MET
    assert shown.principal.by_reading["letter"].reading is Reading.CONTESTED


def test_help_on_request_of_a_government_in_control_is_permitted_while_the_duty_is_contested():
    assert kazakhstan().permission.reading is Permission.PERMITTED
    assert "has asked" in kazakhstan().permission.why


def test_the_assessment_is_one_json_object_with_the_keys_of_the_obligation():
    out = json.loads(json.dumps(kazakhstan().as_dict(), allow_nan=False))
    assert (out["treaty"], out["clause"]) == ("csto-1992", ARTICLE_4)
    assert out["by_reading"]["letter"]["reading"] == "contested"
    assert set(out["by_reading"]["sense"]["probability"]) == {"p05", "median", "p95"}
    assert (out["requested"], out["invoked"], out["activated"], out["first_activation"]) == (True,) * 4
    assert out["permission"]["reading"] == "permitted"
    assert [node["text"].split(":")[0] for node in out["why"]] == ["letter", "sense", "self_judged"]
    assert "independent" in out["assumption"]
    assert {clause["treaty"] for clause in out["clauses"]} == {
        "csto-1992",
        "csto-peacekeeping-2007",
        "north-atlantic-treaty",
    }


def test_the_reasoning_can_be_followed_as_printed_lines():
    lines = list(kazakhstan().lines())
    assert any("the act comes from outside" in line and "contested, 8%" in line for line in lines)
    assert any("not applicable: KAZ is not a party to the North Atlantic Treaty" in line for line in lines)


def test_what_nobody_speaks_of_has_no_number_and_says_so():
    letter = kazakhstan({}).principal.by_reading["letter"]
    assert letter.reading is Reading.UNDETERMINED
    assert letter.probability.median is None
    assert any("nobody says" in line for line in kazakhstan({}).lines())


def test_an_unknown_treaty_or_clause_gets_one_line_that_names_the_known():
    with pytest.raises(CaseError, match=r"^'warsaw-pakt' is no treaty of the catalogue; did you mean"):
        kazakhstan(compare=["warsaw-pakt"])
    with pytest.raises(
        CaseError, match=r"^'csto-1992.art4-1992' is no clause in force on 2022-01-06; give one of"
    ):
        kazakhstan(principal_clause="csto-1992.art4-1992")
