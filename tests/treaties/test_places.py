"""Where an act falls, and whose territory that is."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.terms.states import dependencies, party_names
from foedus.treaties.cascade import Attack, chain
from foedus.treaties.vocabulary.places import holder_of, is_place, own_territory


def test_a_dependent_territory_is_held_by_its_state_and_a_part_of_a_state_by_that_state():
    assert holder_of("GRL") == "DNK"
    assert holder_of("US-HI") == "USA"
    assert holder_of("KAZ") == "KAZ"


def test_every_dependent_territory_and_its_holder_has_a_code():
    for territory, holder in dependencies().items():
        assert is_place(territory)
        assert holder in party_names()


@pytest.mark.parametrize(
    ("victim", "place", "covered"),
    [
        ("DNK", "GRL", True),
        ("USA", "UKR", False),
        ("USA", "CHE", False),
        ("DEU", "LTU", True),
        ("FRA", "GUF", False),
        ("FRA", "REU", False),
        ("FRA", "NCL", False),
        ("FRA", "FR-20R", True),
        ("GBR", "FLK", False),
        ("GBR", "GIB", True),
        ("DNK", "FRO", True),
        ("NLD", "CUW", False),
        ("USA", "US-HI", False),
        ("USA", "US-AK", True),
        ("USA", "GUM", False),
        ("USA", "PRI", False),
        ("ESP", "ES-CE", False),
        ("ESP", "ES-CN", True),
        ("TUR", "TUR", True),
    ],
)
def test_article_6_covers_the_parties_own_territory_in_europe_and_north_america(victim, place, covered):
    found = chain([Attack("RUS", victim, "attack", place)], date(2025, 6, 1))
    assert ("north-atlantic-treaty.art5" in {duty.clause.id for duty in found.duties}) is covered


def reading(clause, victim, place, day=date(2020, 1, 1), by="RUS"):
    """What the chain says of a clause: bound, open (with what is still asked), or not."""
    found = chain([Attack(by, victim, "attack", place)], day)
    if clause in {duty.clause.id for duty in found.duties}:
        return "bound"
    return "open" if clause in {one.clause.id for one in found.conditionals} else "not bound"


@pytest.mark.parametrize("place", ["GUF", "GLP", "MTQ", "REU", "MYT", "MAF", "FRA", "FR-20R"])
def test_an_attack_on_a_part_of_france_overseas_falls_in_frances_own_territory(place):
    assert own_territory(place, "FRA") is True
    assert reading("eu-teu-42-7.art42-7", "FRA", place) == "bound"


@pytest.mark.parametrize(
    ("victim", "place"),
    [("FRA", "NCL"), ("FRA", "PYF"), ("DNK", "GRL"), ("DNK", "FRO"), ("NLD", "CUW"), ("NLD", "ABW")],
)
def test_whether_the_union_covers_a_territory_with_a_status_of_its_own_is_open(victim, place):
    assert own_territory(place, victim) is None
    assert reading("eu-teu-42-7.art42-7", victim, place) == "open"


@pytest.mark.parametrize(
    ("victim", "place"), [("FRA", "DEU"), ("FRA", "GRL"), ("DNK", "GUF"), ("FRA", "DZA")]
)
def test_the_territory_of_another_state_is_not_the_victims_own(victim, place):
    assert own_territory(place, victim) is False


def test_a_part_of_a_state_and_an_autonomous_part_of_finland_are_its_own_territory():
    assert own_territory("ES-CN", "ESP") is True
    assert own_territory("ES-CE", "ESP") is True
    assert own_territory("ALA", "FIN") is True
    assert own_territory("US-HI", "USA") is True
    assert own_territory("PRI", "USA") is None
