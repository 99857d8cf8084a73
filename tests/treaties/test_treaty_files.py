"""The treaties in the package: dated, sourced, and asking only about declared facts."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from foedus.terms import Status
from foedus.treaties import Situation, Treaty, catalogue, predicates
from foedus.treaties.condition import Compare, Fact, leaves

CLAUSES = [clause for treaty in catalogue().values() for clause in treaty.clauses]


def test_every_fact_that_a_clause_asks_about_is_declared_with_a_definition():
    for clause in CLAUSES:
        conditions = [clause.trigger.condition]
        conditions += [left_out.when for left_out in clause.trigger.exceptions if left_out.when is not None]
        for condition in conditions:
            for leaf in leaves(condition):
                assert isinstance(leaf, Compare) or predicates()[leaf.predicate].definition, clause.id


def test_a_predicate_that_stands_for_clauses_names_clauses_that_there_are():
    known = {clause.id for clause in CLAUSES}
    for name, declared in predicates().items():
        assert (declared.kind == "clause") == bool(declared.clauses), name
        assert set(declared.clauses) <= known, name


def test_every_treaty_names_where_its_clauses_come_from():
    for treaty in catalogue().values():
        assert all(source.cite for source in treaty.sources), treaty.id


def test_a_source_whose_text_was_opened_has_an_address():
    for treaty in catalogue().values():
        for source in treaty.sources:
            assert source.url or not source.checked, (treaty.id, source.cite)


def test_no_two_wordings_of_an_article_are_in_force_on_one_day():
    csto = catalogue()["csto-1992"]
    for day in (date(2012, 12, 18), date(2012, 12, 19)):
        articles = [clause.article.split()[0] for clause in csto.clauses_on(day)]
        assert len(articles) == len(set(articles)) == 4, day


def test_article_4_changed_its_wording_on_19_december_2012():
    csto = catalogue()["csto-1992"]
    assert "csto-1992.art4-1992" in [clause.id for clause in csto.clauses_on(date(2012, 12, 18))]
    assert "csto-1992.art4-2010" in [clause.id for clause in csto.clauses_on(date(2012, 12, 19))]


@pytest.mark.parametrize(
    ("day", "bound"),
    [
        (date(1994, 4, 19), False),
        (date(1994, 4, 20), True),
        (date(1999, 4, 20), False),
        (date(2005, 1, 1), False),
        (date(2007, 1, 1), True),
        (date(2013, 1, 1), False),
    ],
)
def test_uzbekistan_came_left_came_back_and_left(day, bound):
    assert ("UZB" in catalogue()["csto-1992"].parties_on(day)) is bound


def test_the_csto_has_six_parties_in_january_2022():
    parties = catalogue()["csto-1992"].parties_on(date(2022, 1, 6))
    assert parties == ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")


@pytest.mark.parametrize(
    ("day", "members"),
    [
        (date(1949, 8, 24), 12),
        (date(1952, 2, 18), 14),
        (date(1990, 1, 1), 16),
        (date(2022, 1, 6), 30),
        (date(2024, 3, 7), 32),
    ],
)
def test_nato_grew_from_twelve_to_thirty_two(day, members):
    assert len(catalogue()["north-atlantic-treaty"].parties_on(day)) == members


def test_an_instant_counts_by_its_own_day():
    csto = catalogue()["csto-1992"]
    assert csto.parties_on(datetime(2022, 1, 6, 3, tzinfo=UTC)) == csto.parties_on(date(2022, 1, 6))


def test_who_attacks_is_compared_only_where_somebody_says_who():
    def status(leaf, attackers):
        situation = Situation({}, "POL", datetime(1939, 9, 1, tzinfo=UTC), attackers=attackers)
        return situation.status_of(leaf)

    germany = Compare("attacker_in", ("DEU",))
    two = Compare("attackers_at_least", 2)
    assert status(germany, None) is Status.UNKNOWN
    assert status(germany, frozenset({"DEU"})) is Status.TRUE
    assert status(germany, frozenset({"SUN"})) is Status.FALSE
    assert status(Compare("attacker_not_in", ("SUN",)), frozenset({"DEU"})) is Status.TRUE
    assert status(two, frozenset({"DEU"})) is Status.FALSE
    assert status(two, frozenset({"DEU", "SUN"})) is Status.TRUE
    assert status(Compare("victim_in", ("POL",)), None) is Status.TRUE
    assert status(Fact("armed_attack"), frozenset({"DEU"})) is Status.UNKNOWN


def a_treaty(**changed):
    clause = {
        "id": "t.art1",
        "article": "1",
        "type": "consultation",
        "label": "consult",
        "trigger": {
            "condition": "threat_to_security",
            "external_origin": "not_required",
            "internal_disorder": "contested",
            "request_of_victim": "no",
            "body_decision_required": False,
        },
        "obligation": {"strength": "must_consult"},
        "addressees": "all_parties",
        "decision": {"rule": "automatic"},
    }
    return {
        "id": "t",
        "short_name": "T",
        "name": "Treaty",
        "kind": "multilateral",
        "form": "treaty",
        "signed": date(1950, 1, 1),
        "in_force": date(1950, 2, 1),
        "status": "in_force",
        "confidence": "high",
        "sources": [{"cite": "the text"}],
        "parties": [{"code": "FRA", "from": date(1950, 2, 1)}],
        "clauses": [clause],
        **changed,
    }


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        (
            {
                "parties": [
                    {"code": "FRA", "from": date(1950, 2, 1)},
                    {"code": "FRA", "from": date(1960, 1, 1)},
                ]
            },
            "FRA is a party twice on 1960-01-01",
        ),
        (
            {"parties": [{"code": "FRA", "from": date(1960, 1, 1), "to": date(1950, 1, 1)}]},
            "to (1950-01-01) is not after from (1960-01-01)",
        ),
        ({"in_force": date(1949, 1, 1)}, "signed, in_force and ended are not in order"),
        ({"clauses": a_treaty()["clauses"] * 2}, "clause t.art1 is given twice"),
        ({"id": "u"}, "clause t.art1 does not begin with the treaty's id"),
        ({"surprise": 1}, "Extra inputs are not permitted"),
        ({"sources": []}, "at least 1 item"),
    ],
)
def test_a_treaty_file_with_a_mistake_is_refused(changed, line):
    Treaty.model_validate(a_treaty())
    with pytest.raises(ValidationError) as caught:
        Treaty.model_validate(a_treaty(**changed))
    assert line in str(caught.value)
