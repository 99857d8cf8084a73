"""What the cases of January 2017 and October 1983 must state, and what they may not."""

from __future__ import annotations

import pytest
from case_parts import earliest, event, latest, sourced

from foedus.cases.load import load_case
from foedus.cases.schema import Case
from foedus.chance import Luck
from foedus.engine.law import read_law
from foedus.experiments.quantities import QUANTITIES
from foedus.report.situation import ANSWERS, answers
from foedus.terms import Status

SLUGS = ("gambia-2017", "grenada-1983")
TIMES = {"site_lost_at", "site_retaken_at", "peak_at", "calm_at", "first_landing_at", "closure_at"}


@pytest.fixture(scope="module", params=SLUGS)
def case(request) -> Case:
    return load_case(request.param)


@pytest.fixture(scope="module")
def gambia() -> Case:
    return load_case("gambia-2017")


@pytest.fixture(scope="module")
def grenada() -> Case:
    return load_case("grenada-1983")


def observed(case: Case, quantity: str, where: str | None = None):
    return next(seen for seen in case.observed if (seen.quantity, seen.where) == (quantity, where))


def test_every_source_is_used_and_every_use_is_a_source(case):
    used = {key for part in sourced(case) for key in part.source}
    assert used == set(case.sources)


def test_a_source_that_was_seen_has_an_address(case):
    assert [key for key, entry in case.sources.items() if entry.checked and entry.url is None] == []


def test_framing_comes_before_the_request_and_the_request_before_the_activation_in_every_draw(case):
    framing, request, activation = (event(case, name) for name in ("framing", "request", "activation"))
    assert latest(framing) <= earliest(request)
    assert latest(request) <= earliest(activation)


def test_what_hangs_on_another_event_comes_after_it_in_every_draw(case):
    by_id = {each.id: each for each in case.events}
    for each in case.events:
        if each.because:
            assert latest(by_id[each.because]) <= earliest(each), each.id


def test_every_event_lies_in_the_window_in_every_draw(case):
    start, end = (at.timestamp() / 3600 for at in (case.meta.start, case.meta.end))
    for each in case.events:
        assert start <= earliest(each), each.id
        assert latest(each) < end, each.id
        assert each.until is None or each.until <= case.meta.end, each.id


def test_every_member_that_pledged_has_units_enough_for_the_middle_of_its_pledge(case):
    for code, member in case.alliance.members.items():
        if member.pledge is not None:
            strength = sum(u.strength.central() for u in case.alliance.units if u.member == code)
            assert strength >= member.pledge.central(), code


def test_every_observed_quantity_is_one_that_the_engine_can_compute(case):
    assert {seen.quantity for seen in case.observed} <= set(QUANTITIES)


def test_observed_times_are_hours_since_the_start_and_agree_with_their_instant(case):
    for seen in case.observed:
        if seen.quantity in TIMES:
            assert seen.unit == "h"
            at = (seen.at - case.meta.start).total_seconds() / 3600
            assert abs(at - seen.best) <= 1, seen


def test_nothing_is_observed_before_its_hour(case):
    for seen in case.observed:
        assert seen.reported_at >= (seen.at or case.meta.end), seen


def test_the_situation_asks_for_answers_that_exist_in_both_languages(case):
    assert [line.line for line in case.situation] == list(range(1, len(case.situation) + 1))
    for line in case.situation:
        assert line.answer.partition(":")[0] in ANSWERS
        assert line.text_nl
        assert (line.stated is None) == (line.stated_nl is None)
        assert (line.afterwards is None) == (line.afterwards_nl is None)


def test_help_against_those_in_power_neither_steadies_their_forces_nor_frees_their_guards(case):
    assert case.meta.target in ("refused_transfer", "ousted_government")
    assert {name: value.value for name, value in case.parameters.items()} == {
        "announcement": 0.0,
        "guards_freed": 0.0,
    }


def test_in_the_gambia_the_claimant_asks_and_nobody_dies(gambia):
    assert (gambia.meta.requester, gambia.meta.target) == ("claimant", "refused_transfer")
    for quantity in ("deaths", "deaths_civilian", "deaths_forces"):
        assert observed(gambia, quantity).high == 0


def test_the_law_reads_the_clause_that_was_invoked_and_not_the_strongest(gambia):
    law = read_law(gambia, None, Luck(1), 50)
    assert law.assessment.principal.clause.id == "ecowas-1999.art25e"
    assert law.assessment.clause("ecowas-1999.art25a").clause.type == "mutual_defence"


def test_a_claimants_request_is_not_on_record_as_the_states_own_nor_as_not_its_own(gambia):
    law = read_law(gambia, None, Luck(1), 50)
    assert law.requested
    assert law.beliefs["requested_by_victim"].status is Status.UNKNOWN


def test_the_neighbours_request_is_on_record_as_not_the_states_own(grenada):
    belief = read_law(grenada, None, Luck(1), 50).beliefs["requested_by_victim"]
    assert belief.status is Status.FALSE


def test_in_grenada_the_law_lets_nobody_come_for_others_asked(grenada):
    permission = read_law(grenada, None, Luck(1), 50).assessment.permission
    assert permission.reading.value == "not permitted"


def test_the_gambian_contingents_add_up_to_the_troops_that_came(gambia):
    parts = [seen.best for seen in gambia.observed if seen.quantity == "member_troops"]
    assert sum(parts) == observed(gambia, "troops").best == 4000


def test_the_gambian_bloc_gave_less_than_it_announced(gambia):
    announced = sum(m.pledge.central() for m in gambia.alliance.members.values() if m.pledge)
    assert announced > 1.5 * observed(gambia, "troops").best


def test_the_beaten_presidents_exit_hangs_on_the_crossing_and_says_so(gambia):
    assert event(gambia, "exit").because == "activation"
    assert "this case's reading" in event(gambia, "exit").note


def test_the_quarters_of_serekunda_are_not_counted_beside_it(gambia):
    from foedus.cases.gazetteer import cities_of

    names = {place.name for place in cities_of(gambia.country)}
    assert names == {"Serekunda", "Brikama", "Banjul", "Farafenni", "Kanilai"}


def test_in_grenada_the_neighbours_ask_and_the_lead_is_outside_their_treaty(grenada):
    from foedus.treaties.catalogue import treaty

    assert (grenada.meta.requester, grenada.meta.target) == ("neighbours", "ousted_government")
    assert grenada.alliance.lead == "USA"
    assert "USA" not in {party.code for party in treaty("oecs-1981").parties}


def test_the_dead_of_the_landing_are_told_as_they_were_and_as_outside_the_model(grenada):
    civilians = observed(grenada, "deaths_civilian")
    crowd = observed(grenada, "deaths")
    assert civilians.best == crowd.best + 24
    assert "no combat is computed" in civilians.note
    assert observed(grenada, "deaths_forces").best == 45


def test_the_american_and_caribbean_parts_add_up(grenada):
    assert observed(grenada, "troops").best == observed(grenada, "member_troops", "USA").best + 353


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_a_request_by_others_tells_nothing_of_the_rulers_forces(case, lang):
    signals = {"signals": {"loyalty_given_request": 0.01, "loyalty_without_request": 0.99}}
    line = next(each for each in answers(signals, case, None, lang) if each.line == case.situation[-1].line)
    assert case.situation[-1].answer == "weakness"
    assert "%" not in line.answer
    assert line.answer.startswith("Nothing" if lang == "en" else "Niets")


def test_where_nobody_names_a_hand_from_outside_the_framing_does_not_hang_on_one(gambia):
    summary = {"obligation": {"by_reading": {}, "activated": True}}
    line = next(each for each in answers(summary, gambia, None) if each.line == 8)
    assert "outside" not in line.change or "Nobody names" in line.change


@pytest.mark.parametrize("slug", SLUGS)
def test_the_file_uses_neither_anchors_nor_aliases(slug):
    from importlib.resources import files

    from ruamel.yaml import YAML
    from ruamel.yaml.tokens import AliasToken, AnchorToken

    text = (files("foedus.cases") / "builtin" / f"{slug}.yaml").read_text(encoding="utf-8")
    tokens = YAML(typ="safe", pure=True).scan(text)
    assert not any(isinstance(token, AnchorToken | AliasToken) for token in tokens)
