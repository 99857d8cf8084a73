"""Names that only the rooms know are checked where a case comes in, with line and mend."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from foedus.cases import builtin_slugs, load_case, with_overlay
from foedus.cli.main import exit_code
from foedus.errors import CaseError
from foedus.known_names import unknown_names

SMALL = Path(__file__).parent.parent / "cases" / "small.yaml"
GOODS = "{value: 1, source: [made_up], basis: assumption}"


def test_the_rooms_know_every_name_of_the_built_in_cases():
    for slug in builtin_slugs():
        assert load_case(slug, further=unknown_names).meta.slug == slug


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            "treaties: []",
            "treaties: [csto-1929]",
            "alliance.treaties[0]: 'csto-1929' is not a treaty of the catalogue; did you mean 'csto-1992'?",
        ),
        (
            "predicate: external_origin",
            "predicate: external_orgin",
            "claims[0].predicate: 'external_orgin' is not a predicate of any clause; "
            "did you mean 'external_origin'?",
        ),
        (
            "observed:",
            f"aftermath: {{trade_share: {GOODS}}}\nobserved:",
            "aftermath.trade_share: 'trade_share' is not read by any index; did you mean 'trade_share_lead'?",
        ),
        (
            "observed:",
            f"aftermath: {{approval_own_XYZ: {GOODS}}}\nobserved:",
            "aftermath.approval_own_XYZ: 'XYZ' is not one of alliance.members",
        ),
        (
            "quantity: deaths",
            "quantity: deths",
            "observed[0].quantity: 'deths' is not a quantity of a course; did you mean 'deaths'?",
        ),
        (
            "quantity: deaths\n    where: Almaty",
            "quantity: city_deaths",
            "observed[0]: city_deaths is of a city; add `where`",
        ),
        (
            "quantity: deaths",
            "quantity: site_lost_at",
            "observed[0].where: 'Almaty' is not a site of the case; site_lost_at is of a site",
        ),
        (
            "sources:\n",
            "situation:\n  - {line: 1, text: Who?, answer: whoever, source: [made_up], basis: assumption}\n"
            "sources:\n",
            "situation[0].answer: 'whoever' is not an answer of foedus; ",
        ),
    ],
)
def test_an_unknown_name_is_told_with_its_line(tmp_path, capsys, right, wrong, told):
    path = tmp_path / "wrong.yaml"
    text = SMALL.read_text().replace(right, wrong, 1)
    path.write_text(text)
    for command in ("validate", "run"):
        assert exit_code([command, str(path)]) == 2
        printed = capsys.readouterr().err
        line = int(printed.removeprefix(f"{path}:").split(":")[0])
        assert printed.removeprefix(f"{path}:{line}: ").startswith(told)
        assert printed.count("\n") == 1


def test_an_edit_is_checked_for_names_too():
    with pytest.raises(CaseError, match=r"small as edited: alliance.treaties\[0\]: 'nato' is not a treaty"):
        with_overlay(load_case(SMALL), set_=["alliance.treaties=[nato]"], further=unknown_names)


def test_a_state_that_was_there_on_some_day_of_the_window_is_let_be():
    """In the last days of 1991 both the Soviet Union and Russia can own a fleet; a year on, only Russia."""
    case = load_case(SMALL)
    owned = case.alliance.lift.fleets["transport"].model_copy(update={"owner": "SUN"})
    lift = case.alliance.lift.model_copy(update={"fleets": {"transport": owned}})
    alliance = case.alliance.model_copy(update={"lift": lift})

    def told(start: str, end: str) -> list[str]:
        window = {"start": datetime.fromisoformat(start), "end": datetime.fromisoformat(end)}
        meta = case.meta.model_copy(update=window)
        edited = case.model_copy(update={"meta": meta, "alliance": alliance, "observed": []})
        return [str(mistake) for mistake in unknown_names(edited)]

    assert told("1991-12-20T00:00:00+06:00", "1992-01-05T00:00:00+06:00") == []
    assert told("1993-12-20T00:00:00+06:00", "1994-01-05T00:00:00+06:00") == [
        "alliance.lift.fleets.transport.owner: SUN ended on 1991-12-26; for that day give RUS"
    ]
