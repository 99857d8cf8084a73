"""Cities come by themselves for every country, and a case adds and overrides."""

from __future__ import annotations

import pycountry
import pytest

from foedus.cases import cities_of, place_named
from foedus.cases.gazetteer import known_places
from foedus.cases.schema import City, Country, Quantity
from foedus.errors import CaseError

WITHOUT_PEOPLE = {"ATA", "BVT", "HMD", "UMI"}


def people(number: float) -> Quantity:
    return Quantity(value=number, unit="people", source=["made_up"], basis="assumption")


def country(iso3: str, **more) -> Country:
    return Country(iso3=iso3, population=people(1e6), capital="", **more)


def test_the_25_largest_cities_of_kazakhstan_come_in_the_order_of_their_people():
    places = cities_of(country("KAZ"))
    sizes = [place.population.central() for place in places]
    assert len(places) == 25
    assert [place.name for place in places[:3]] == ["Almaty", "Astana", "Shymkent"]
    assert sizes == sorted(sizes, reverse=True)
    assert places[0].latitude == pytest.approx(43.25, abs=0.1)
    assert places[0].zone == "Asia/Almaty"
    assert {place.basis for place in places} == {"estimated"}


@pytest.mark.parametrize("iso3", ["GRD", "NRU", "VAT", "TUV", "MSR", "PLW", "TKL"])
def test_the_smallest_countries_have_cities_with_people(iso3):
    places = cities_of(country(iso3))
    assert places
    assert all(place.population.central() > 0 for place in places)


def test_every_country_where_people_live_has_a_city():
    without = {state.alpha_3 for state in pycountry.countries if not known_places(state.alpha_3)}
    assert without == WITHOUT_PEOPLE


def test_a_state_that_is_gone_has_no_cities_but_those_of_the_case():
    town = City(name="Belgrade", population=people(1e6), latitude=44.8, longitude=20.5)
    assert [place.name for place in cities_of(country("YUG", cities=[town]))] == ["Belgrade"]


def test_a_city_is_found_by_its_other_names_without_accents_and_case():
    places = cities_of(country("KAZ"))
    for name, known_as in (("Nur-Sultan", "Astana"), ("Алматы", "Almaty"), ("ust kamenogorsk", None)):
        found = place_named(places, name)
        assert (found.name if found else None) == known_as
    assert place_named(cities_of(country("BRA")), "brasilia").name == "Brasília"


def test_an_included_city_joins_the_largest():
    places = cities_of(country("KAZ", largest=2, include=["Zhanaozen"]))
    assert [place.name for place in places] == ["Almaty", "Astana", "Zhanaozen"]


def test_including_one_of_the_largest_does_not_double_it():
    assert len(cities_of(country("KAZ", largest=3, include=["Almaty"]))) == 3


def test_a_case_overrides_what_it_names_and_keeps_the_rest():
    grievance = Quantity(value=0.02, source=["made_up"], basis="assumption")
    override = City(name="Nur-Sultan", population=people(1_230_000), grievance=grievance)
    places = cities_of(country("KAZ", largest=3, cities=[override]))
    found = place_named(places, "Astana")
    assert found.name == "Nur-Sultan"
    assert found.population.central() == 1_230_000
    assert found.grievance == grievance
    assert found.latitude == pytest.approx(51.2, abs=0.2)
    assert found.geonameid is not None


def test_a_new_city_takes_its_place_by_its_people():
    town = City(
        name="Atlantis", population=people(1_300_000), latitude=31.0, longitude=-24.0, aliases=["Atl"]
    )
    places = cities_of(country("KAZ", largest=3, cities=[town]))
    assert [place.name for place in places] == ["Almaty", "Astana", "Atlantis", "Shymkent"]
    assert place_named(places, "ATL").name == "Atlantis"


def test_no_cities_are_taken_where_the_case_wants_none():
    assert cities_of(country("KAZ", largest=0)) == []


def test_unknown_cities_are_told_with_the_mend():
    with pytest.raises(CaseError) as raised:
        cities_of(country("KAZ", include=["Zhanaosen", "Atlantis"], cities=[City(name="Lyonesse")]))
    assert raised.value.lines == [
        "country.include[0]: the gazetteer knows no 'Zhanaosen' in KAZ; did you mean 'Zhanaozen'?",
        "country.include[1]: the gazetteer knows no 'Atlantis' in KAZ; "
        "give it under country.cities with population, latitude and longitude",
        "country.cities[0]: the gazetteer knows no 'Lyonesse' in KAZ; add population, latitude, longitude",
    ]
