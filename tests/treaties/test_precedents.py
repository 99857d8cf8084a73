"""Which episodes are near to a case, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foedus.terms import Status
from foedus.treaties.record import episodes, pattern_of, precedents, threat_of


@pytest.fixture(scope="module")
def osh():
    return pattern_of(next(one for one in episodes() if one.id == "2010-kyrgyzstan"))


def test_the_episode_itself_is_left_out_and_all_others_are_ranked(osh):
    found = precedents(osh, episodes())
    assert "2010-kyrgyzstan" not in {one.episode.id for one in found}
    assert len(found) == len(episodes()) - 1
    assert [one.nearness for one in found] == sorted((one.nearness for one in found), reverse=True)
    assert all(0.0 <= one.nearness <= 1.0 for one in found)


def test_osh_2010_is_nearer_to_almaty_2022_than_to_any_attack_by_a_state(osh):
    near = {one.episode.id: one.nearness for one in precedents(osh, episodes())}
    attacks = [
        one.nearness for one in precedents(osh, episodes()) if one.pattern.threat == "attack by a state"
    ]
    assert near["2022-kazakhstan-art4"] > max(attacks)


def test_a_twin_elsewhere_is_as_near_as_can_be(osh):
    twin = replace(osh, victim=("TJK",))
    episode = next(one for one in episodes() if one.id == "2010-kyrgyzstan")
    (found,) = precedents(twin, [episode])
    assert found.nearness == pytest.approx(1.0)
    assert not found.apart


def test_what_is_near_and_what_is_apart_are_told_and_never_both(osh):
    for one in precedents(osh, episodes()):
        assert not set(one.near) & set(one.apart)
        assert one.near or one.nearness == 0.0


@pytest.mark.parametrize(
    ("facts", "attackers", "threat"),
    [
        ({"armed_attack": Status.TRUE}, ("RUS",), "attack by a state"),
        ({"armed_attack": Status.CONTESTED}, ("al-Qaida",), "other"),
        (
            {"internal_disorder": Status.TRUE, "external_origin": Status.FALSE},
            ("internal",),
            "trouble inside",
        ),
        (
            {"internal_disorder": Status.TRUE, "external_origin": Status.CONTESTED},
            ("internal",),
            "trouble inside, help from outside alleged",
        ),
        ({"threat_to_security": Status.TRUE, "armed_attack": Status.FALSE}, ("SYR",), "threat"),
        ({}, None, "other"),
    ],
)
def test_the_kind_of_threat_follows_from_the_facts(facts, attackers, threat):
    assert threat_of(facts, attackers) == threat
