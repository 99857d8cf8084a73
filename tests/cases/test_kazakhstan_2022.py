"""What the case of January 2022 must state, and what it may not."""

from __future__ import annotations

from datetime import datetime

import pytest
from case_parts import earliest, event, latest, sourced

from foedus.cases.load import load_case
from foedus.cases.schema import Case

REGIONAL_SEATS = {
    "Aktau", "Aktobe", "Almaty", "Atyrau", "Karaganda", "Kokshetau", "Kostanay", "Kyzylorda", "Nur-Sultan",
    "Oral", "Pavlodar", "Petropavl", "Shymkent", "Taldykorgan", "Taraz", "Turkistan", "Ust-Kamenogorsk",
}  # fmt: skip
ATTACKED = {
    "Almaty", "Taldykorgan", "Taraz", "Shymkent", "Kyzylorda", "Ust-Kamenogorsk", "Aktobe", "Atyrau", "Semey",
}  # fmt: skip
QUANTITIES = {
    "participants", "deaths", "deaths_civilian", "deaths_forces", "city_deaths", "arrests", "hurt",
    "hurt_forces", "cities_with_seats_attacked", "site_lost_at", "site_retaken_at", "peak_at", "calm_at",
    "troops", "member_troops", "first_landing_at", "closure_at", "state_falls",
}  # fmt: skip
TIMES = {"site_lost_at", "site_retaken_at", "peak_at", "calm_at", "first_landing_at", "closure_at"}
ANSWERS = [
    "unrest_course", "toll", "sites_lost", "activation", "belief:external_origin",
    "clause:north-atlantic-treaty.art5", "clause:csto-1992.art4-2010", "readings", "framing", "members",
    "task", "theatres", "announcements", "dependence", "contagion", "opinion", "leadership", "price",
    "surprise", "weakness",
]  # fmt: skip
AFTERMATH = {
    "trade_share_lead", "arms_share_lead", "approval_lead_host", "approval_lead_own", "neighbours_at_risk",
    "hazard_per_year", "consolidation", "rival_hazard_per_year",
    *(f"approval_own_{code}" for code in ("BLR", "TJK", "KGZ", "ARM")),
}  # fmt: skip
FIT_ENDS = datetime.fromisoformat("2022-01-05T12:00:00+06:00")


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case("kazakhstan-2022")


def test_the_case_runs_from_the_2nd_to_the_20th_of_january(case):
    assert case.meta.clock.hours == 19 * 24
    assert case.meta.start.isoformat() == "2022-01-02T00:00:00+06:00"
    assert (case.meta.requester, case.meta.target) == ("government", "internal_unrest")


def test_every_source_is_used_and_every_use_is_a_source(case):
    used = {key for part in sourced(case) for key in part.source}
    assert used == set(case.sources)


def test_a_source_that_was_seen_has_an_address_or_is_named_as_having_none(case):
    without = {key for key, entry in case.sources.items() if entry.checked and entry.url is None}
    assert without == {"seed_dutch", "kaztv"}


def test_what_rests_only_on_unseen_sources_is_an_assumption_unless_it_is_a_treaty(case):
    for part in sourced(case):
        if not any(case.sources[key].checked for key in part.source) and part.source != ["nato_treaty"]:
            assert part.basis == "assumption", part


def test_what_rests_on_the_case_alone_says_so(case):
    for part in sourced(case):
        if part.source == ["case"]:
            assert part.basis == "assumption", part


def test_the_csto_has_six_parties_the_host_among_them(case):
    assert set(case.alliance.members) | {case.meta.host} == {"ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK"}
    assert case.meta.host not in case.alliance.members


def test_kazakhstan_is_compared_with_nato_but_not_bound_by_it(case):
    assert case.alliance.compare == ["north-atlantic-treaty"]
    assert case.alliance.treaties == ["csto-1992", "csto-peacekeeping-2007"]


def test_framing_comes_before_the_request_and_the_request_before_the_activation_in_every_draw(case):
    framing, request, activation = (event(case, name) for name in ("framing", "request", "activation"))
    assert latest(framing) <= earliest(request)
    assert latest(request) < earliest(activation)


def test_the_request_was_made_before_its_first_report_in_every_draw(case):
    first_report = datetime.fromisoformat("2022-01-05T21:55:00+03:00").timestamp() / 3600
    assert latest(event(case, "request")) <= first_report


def test_all_that_hangs_on_the_request_comes_after_it_in_every_draw(case):
    by_id = {each.id: each for each in case.events}
    hanging = [each for each in case.events if each.because]
    assert {each.kind for each in hanging} >= {"activation", "pledge", "arrival", "withdrawal"}
    for each in hanging:
        assert latest(by_id[each.because]) <= earliest(each), each.id


def test_the_hosts_own_orders_do_not_hang_on_the_request(case):
    own = {"concession", "emergency", "blackout", "stand_aside", "lethal_order", "reinforcement", "purge"}
    assert all(each.because is None for each in case.events if each.kind in own)


def test_every_event_lies_in_the_window_in_every_draw(case):
    start, end = (at.timestamp() / 3600 for at in (case.meta.start, case.meta.end))
    for each in case.events:
        assert start <= earliest(each), each.id
        assert latest(each) < end, each.id
        assert each.until is None or each.until <= case.meta.end, each.id


def test_the_stand_aside_in_almaty_parts_record_from_assumption(case):
    aside = event(case, "stand_aside_almaty")
    assert (aside.where, aside.because) == (["Almaty"], None)
    assert "On record" in aside.note
    assert "Assumed" in aside.note
    assert {aside.jitter.basis, aside.until_jitter.basis} == {"assumption"}


def test_the_shock_is_local_and_the_spread_is_left_to_the_model(case):
    shocks = [each for each in case.events if each.kind == "shock"]
    assert [each.where for each in shocks] == [["Zhanaozen", "Aktau"]]


def test_fire_without_warning_is_ordered_only_from_7_january(case):
    full = [each for each in case.events if each.kind == "lethal_order" and each.weight == 1.0]
    assert [each.at.date().isoformat() for each in full] == ["2022-01-07"]


def test_each_member_pledged_when_its_event_says_and_before_all_had_arrived(case):
    closed = next(seen for seen in case.observed if seen.quantity == "closure_at")
    pledges = {each.who: each.at for each in case.events if each.kind == "pledge"}
    assert set(pledges) == set(case.alliance.members)
    for code, member in case.alliance.members.items():
        assert member.pledged_at == pledges[code]
        assert (member.pledged_at - case.meta.start).total_seconds() / 3600 < closed.low


def test_kyrgyz_and_tajik_parliaments_agreed_a_day_after_the_others(case):
    days = {code: member.pledged_at.day for code, member in case.alliance.members.items()}
    assert days == {"RUS": 6, "BLR": 6, "ARM": 6, "TJK": 7, "KGZ": 7}


def test_what_was_pledged_is_what_was_announced_and_not_what_came(case):
    announced = sum(member.pledge.central() for member in case.alliance.members.values())
    came = next(seen.best for seen in case.observed if seen.quantity == "troops")
    assert announced > 1.2 * came


def test_every_member_has_units_enough_for_the_middle_of_its_pledge(case):
    for code, member in case.alliance.members.items():
        strength = sum(unit.strength.central() for unit in case.alliance.units if unit.member == code)
        assert strength >= member.pledge.central(), code


def test_all_airlift_is_the_lead_states(case):
    assert {fleet.owner for fleet in case.alliance.lift.fleets.values()} == {"RUS"}


def test_the_air_base_never_closes_and_the_airport_does_with_its_site(case):
    fields = case.alliance.lift.airfields
    assert list(fields) == ["almaty", "zhetygen", "nur-sultan"]
    assert (fields["almaty"].site, fields["zhetygen"].site) == ("almaty-airport", None)


def test_every_regional_seat_and_every_attacked_city_has_a_city_hall(case):
    seats = {site.city for site in case.sites if site.kind == "seat"}
    assert seats >= REGIONAL_SEATS | ATTACKED


def test_the_model_can_be_wrong_about_which_seats_were_attacked(case):
    quiet = {site.city for site in case.sites if site.kind == "seat"} - ATTACKED
    assert len(quiet) >= len(ATTACKED) - 1


def test_the_state_hangs_on_its_seats_in_the_capital_and_in_almaty(case):
    power = {site.city for site in case.sites if site.seat_of_power}
    assert power == {"Nur-Sultan", "Almaty"}
    assert case.country.capital == "Nur-Sultan"


def test_every_grade_is_dated_no_earlier_than_its_claim_and_in_order(case):
    for claim in case.claims:
        dates = [grade.at for grade in claim.grades]
        assert dates == sorted(dates), claim.id
        assert dates[0] >= claim.at, claim.id


def test_the_requesters_own_word_is_interested_and_of_one_origin(case):
    own = [claim for claim in case.claims if "Tokayev" in claim.who or "Council" in claim.who]
    assert len(own) >= 8
    assert all(claim.interested and claim.origin == "tokayev" for claim in own)


def test_on_6_january_both_sides_of_external_origin_had_been_heard(case):
    midnight = datetime.fromisoformat("2022-01-07T00:00:00+06:00")
    heard = [c for c in case.claims if c.predicate == "external_origin" and c.at < midnight]
    assert {claim.interested for claim in heard if claim.holds} == {True, False}
    assert any(not claim.holds for claim in heard)
    expert = next(claim for claim in heard if claim.likelihood)
    assert expert.likelihood == "highly unlikely"
    assert not expert.interested


def test_moscow_had_said_that_nobody_asked_until_somebody_did(case):
    denial = next(claim for claim in case.claims if claim.predicate == "requested_by_victim")
    request = event(case, "request")
    assert not denial.holds
    assert denial.at < request.at < denial.grades[-1].at
    assert denial.grades[0].credibility < denial.grades[-1].credibility


def test_what_was_found_later_is_dated_later(case):
    found = next(claim for claim in case.claims if claim.id == "who_was_held")
    assert (found.at.year, found.at.month) == (2022, 3)


def test_nothing_is_observed_before_its_hour(case):
    for seen in case.observed:
        assert seen.reported_at >= (seen.at or case.meta.start), seen
        if seen.at is None:
            assert seen.reported_at >= case.meta.end, seen


def test_every_observed_quantity_is_one_that_the_engine_can_compute(case):
    assert {seen.quantity for seen in case.observed} == QUANTITIES


def test_observed_times_are_hours_since_the_start_and_agree_with_their_instant(case):
    for seen in case.observed:
        if seen.quantity in TIMES:
            assert seen.unit == "h"
            at = (seen.at - case.meta.start).total_seconds() / 3600
            assert seen.low - 1 <= at <= seen.high + 1, seen
            assert abs(at - seen.best) <= 2, seen


def test_the_standard_fit_has_something_to_fit(case):
    known = [seen for seen in case.observed if seen.reported_at <= FIT_ENDS]
    assert {seen.quantity for seen in known} == {"participants", "arrests", "hurt_forces"}


def test_the_dead_add_up(case):
    def last(quantity, where=None):
        of = [seen for seen in case.observed if (seen.quantity, seen.where) == (quantity, where)]
        return max(of, key=lambda seen: seen.reported_at).best

    forces = max(
        (seen for seen in case.observed if seen.quantity == "deaths_forces"), key=lambda s: s.reported_at
    )
    assert last("deaths") == last("deaths_civilian") + forces.best == 238
    named = sum(last("city_deaths", city) for city in ("Almaty", "Kyzylorda", "Shymkent", "Taraz"))
    assert named + 24 == 238


def test_the_contingents_add_up(case):
    parts = [seen.best for seen in case.observed if seen.quantity == "member_troops"]
    assert len(parts) == 5
    assert sum(parts) == next(seen.best for seen in case.observed if seen.quantity == "troops") == 2030


def test_arrests_reported_never_fall(case):
    series = sorted((s for s in case.observed if s.quantity == "arrests"), key=lambda s: s.at)
    assert [seen.best for seen in series] == sorted(seen.best for seen in series)
    assert len(series) >= 8


def test_the_situation_has_twenty_lines_in_both_languages_each_with_its_answer(case):
    assert [line.line for line in case.situation] == list(range(1, 21))
    assert [line.answer for line in case.situation] == ANSWERS
    for line in case.situation:
        assert line.text
        assert line.text_nl
        assert line.text != line.text_nl
        assert (line.stated is None) == (line.stated_nl is None)
        assert (line.afterwards is None) == (line.afterwards_nl is None)


def test_the_aftermath_states_where_its_indices_start(case):
    assert set(case.aftermath) == AFTERMATH


def test_every_contributor_has_a_number_for_its_own_public(case):
    pledged = {code for code, member in case.alliance.members.items() if member.pledge}
    named = {
        name.removeprefix("approval_own_") for name in case.aftermath if name.startswith("approval_own_")
    }
    assert named | {case.alliance.lead} >= pledged


def test_nothing_that_the_war_may_have_caused_is_called_identified(case):
    for entry in case.afterwards:
        if entry.index in ("dependence", "opinion_host", "contagion_guarantor"):
            assert not entry.identified
            assert entry.why


def test_each_expectation_stands_in_a_line_of_what_it_may_cost(case):
    assert {expected.line for expected in case.expectations} == {14, 15, 16, 17, 18}


def test_the_file_uses_neither_anchors_nor_aliases():
    from importlib.resources import files

    from ruamel.yaml import YAML
    from ruamel.yaml.tokens import AliasToken, AnchorToken

    text = (files("foedus.cases") / "builtin" / "kazakhstan-2022.yaml").read_text(encoding="utf-8")
    tokens = YAML(typ="safe", pure=True).scan(text)
    assert not any(isinstance(token, AnchorToken | AliasToken) for token in tokens)
