"""A starting case is valid at once, for every country."""

from __future__ import annotations

import pycountry
import pytest

from foedus.cases import cities_of
from foedus.cases.document import parse
from foedus.cases.load import case_of
from foedus.cases.new import starting_case
from foedus.errors import CaseError

WITHOUT_PEOPLE = {"ATA", "BVT", "HMD", "UMI"}


def started(iso3: str, lead: str | None = None):
    return case_of(parse(starting_case("my-case", iso3, lead), iso3))


def test_every_country_where_people_live_has_a_valid_starting_case():
    for state in pycountry.countries:
        if state.alpha_3 in WITHOUT_PEOPLE:
            with pytest.raises(CaseError, match="the gazetteer knows no city"):
                starting_case("my-case", state.alpha_3)
            continue
        case = started(state.alpha_3)
        assert case.meta.host == state.alpha_3
        assert case.alliance.lead != state.alpha_3
        assert cities_of(case.country), state.name


def test_the_starting_case_lists_the_cities_with_their_people():
    text = starting_case("my-case", "KAZ")
    assert "  # - Almaty: 1,977,011" in text
    assert "largest: 25" in text
    for place in cities_of(started("KAZ").country):
        assert f"# - {place.name}: {place.population.central():,.0f}" in text


def test_no_placeholder_passes_for_knowledge():
    """All but the counts of people and the distance between capitals is called an assumption."""
    case = started("NLD")
    assert case.country.population.basis == "estimated"
    for force in case.forces:
        assert force.basis == force.strength.basis == force.deployable.basis == "assumption"
    for event in case.events:
        assert event.source == ["assumption"]
        assert event.text.startswith("Placeholder")


def test_the_starting_case_has_a_shock_and_a_request_in_its_window():
    case = started("GRD")
    kinds = [event.kind for event in case.events]
    assert kinds == ["shock", "emergency", "request", "activation"]
    assert case.alliance.treaties == []
    assert all(case.meta.start < event.at < case.meta.end for event in case.events)


def test_the_lead_can_be_chosen():
    assert started("GRD", "usa").alliance.lead == "USA"
    assert started("KAZ", "RUS").alliance.units[0].distance.central() == pytest.approx(2270, abs=50)


@pytest.mark.parametrize(
    ("slug", "iso3", "lead", "told"),
    [
        ("My Case", "KAZ", None, "slug: is 'My Case'; give lower-case letters, digits and hyphens only"),
        ("../x", "KAZ", None, "slug: is '../x'; give lower-case letters, digits and hyphens only"),
        ("x", "Kazakhstan", None, "country: 'Kazakhstan' is a name; give its code KAZ"),
        ("x", "KZA", None, "country: 'KZA' is no party known; did you mean 'KAZ' (Kazakhstan)?"),
        ("x", "QQQ", None, "country: 'QQQ' is no party known; give an ISO 3166-1 alpha-3 code, such as KAZ"),
        ("x", "KAZ", "KAZ", "lead: is the host itself, KAZ; give another state"),
    ],
)
def test_what_cannot_be_started_is_told_in_a_line(slug, iso3, lead, told):
    with pytest.raises(CaseError) as raised:
        starting_case(slug, iso3, lead)
    assert str(raised.value) == told
