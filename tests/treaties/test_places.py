"""Where an act falls, and whose territory that is."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.terms.states import dependencies, party_names
from foedus.treaties.cascade import Attack, chain
from foedus.treaties.vocabulary.places import holder_of, is_place


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
        ("ESP", "ES-CE", False),
        ("ESP", "ES-CN", True),
        ("TUR", "TUR", True),
    ],
)
def test_article_6_covers_the_parties_own_territory_in_europe_and_north_america(victim, place, covered):
    found = chain([Attack("RUS", victim, "attack", place)], date(2025, 6, 1))
    assert ("north-atlantic-treaty.art5" in {duty.clause.id for duty in found.duties}) is covered
