"""Alliances in wars as scholars coded them and as the engine reads them. The tables are invented."""

from __future__ import annotations

import pandas as pd
import pytest
from invented_tables import atop_row, write

from foedus.errors import CaseError
from foedus.terms import Reading
from foedus.treaties.datasets import treaty_wars, treaty_wars_in

FRA, ESP, PRT, ITA = 220, 230, 235, 325
BEGAN, ENDED = (1890, 1, 1), (1920, 1, 1)


@pytest.fixture
def compare(tmp_path):
    """Compare one alliance in one war that Spain opened on Portugal in May 1900; Italy joined Portugal."""

    def compared(*members, war=500, coded="honorBF", since=BEGAN):
        rows = [atop_row(1, number, since, ENDED, **columns) for number, columns in members]
        atop = write(tmp_path / "atop.csv", rows)
        fought = [(ESP, PRT, 1, 0), (PRT, ESP, 0, 1), (ITA, ESP, 0, 1), (ESP, ITA, 1, 0)]
        names = ("ccode1", "ccode2", "initiator1", "initiator2")
        wars = write(
            tmp_path / "wars.csv",
            [
                {"warnum": 500, "year": year, **dict(zip(names, one, strict=True))}
                for year in (1900, 1901)
                for one in fought
            ],
        )
        onsets = write(tmp_path / "onsets.csv", [{"warnum": 500, "onset": "1900-05", "target": PRT}])
        codings = {"honorBF": None, "violateBF": None, "cfnaBF": None} | {coded: 1.0}
        frame = pd.DataFrame([{"atopid": 1, "cowwarid": war, "warname": "Invented1900", **codings}])
        frame = frame.astype({"cowwarid": float, "honorBF": float, "violateBF": float, "cfnaBF": float})
        dta = tmp_path / "coded.dta"
        frame.to_stata(dta, write_index=False)
        return treaty_wars(dta, atop, None, wars, onsets)

    return compared


def test_defence_of_the_state_that_the_war_was_opened_on_is_met(compare):
    found = compare((PRT, {"defense": 1}), (FRA, {"defense": 1}))
    (row,) = found.rows
    assert (row.reading, row.victim, row.coded) == (Reading.MET, "PRT", "honoured")
    assert found.share_met == 1.0


def test_whether_a_state_that_joined_was_attacked_stays_open(compare):
    (row,) = compare((ITA, {"defense": 1}), (FRA, {"defense": 1})).rows
    assert row.reading is Reading.UNDETERMINED
    assert row.hangs_on == ("armed attack",)


def test_defence_of_the_state_that_opened_the_war_is_not_met(compare):
    found = compare((ESP, {"defense": 1}), (FRA, {"defense": 1}))
    assert found.rows[0].reading is Reading.NOT_MET
    assert found.share_contradicted == 1.0


def test_offence_is_met_whoever_opened_the_war(compare):
    (row,) = compare((ESP, {"offense": 1}), (FRA, {"offense": 1})).rows
    assert (row.reading, row.type) == (Reading.MET, "offence")


def test_a_named_adversary_who_does_not_attack_leaves_the_clause_unmet(compare):
    named = {"defense": 1, "defcoadv": 1, "specthrt": 1, "statthr1": ITA}
    (row,) = compare((PRT, named), (FRA, named)).rows
    assert row.reading is Reading.NOT_MET
    assert row.hangs_on == ("an attacker is ITA",)


def test_a_place_that_nobody_names_leaves_it_undetermined(compare):
    limited = {"defense": 1, "defcoloc": 1}
    found = compare((PRT, limited), (FRA, limited))
    assert found.rows[0].hangs_on == ("coded place",)
    assert found.as_dict()["undetermined_hangs_on"] == {"coded place": 1}


def test_the_duty_not_to_attack_is_tested_by_a_war_among_the_parties_alone(compare):
    among = compare((PRT, {"nonagg": 1}), (ESP, {"nonagg": 1}))
    assert among.rows[0].reading is Reading.MET
    outside = compare((PRT, {"nonagg": 1}), (FRA, {"nonagg": 1}))
    assert outside.rows[0].reading is Reading.NOT_APPLICABLE


def test_a_promise_made_during_the_war_is_read_on_the_day_it_was_made(compare):
    (row,) = compare((PRT, {"offense": 1}), (FRA, {"offense": 1}), since=(1901, 2, 1)).rows
    assert row.under_way
    assert row.reading is Reading.MET


def test_a_war_that_is_in_no_table_is_no_event_and_counts_as_not_met(compare):
    found = compare((PRT, {"defense": 1}), (FRA, {"defense": 1}), war=None)
    assert found.rows[0].hangs_on == ("the war is not among COW's interstate wars",)
    assert found.share_met == 0.0
    assert len(found.misses) == 1


def test_what_was_not_called_into_play_is_counted_apart(compare):
    found = compare((ESP, {"defense": 1}), (FRA, {"defense": 1}), coded="cfnaBF")
    assert found.called == ()
    assert found.share_met_where_not_called == 0.0
    told = found.as_dict()
    assert told["not_called"]["not met"] == 1
    assert told["share_met"] is None


def test_a_file_of_codings_without_its_columns_is_refused(tmp_path, compare):
    compare((PRT, {"defense": 1}))
    path = tmp_path / "other.dta"
    pd.DataFrame({"atopid": [1]}).to_stata(path, write_index=False)
    with pytest.raises(CaseError) as caught:
        treaty_wars(path, tmp_path / "atop.csv", None, tmp_path / "wars.csv", tmp_path / "onsets.csv")
    assert str(caught.value) == (
        f"{path}: lacks the column cfnaBF, cowwarid, honorBF, violateBF, warname of "
        "Berkemeier and Fuhrmann (2018); give the published file"
    )


def test_a_folder_is_searched_for_the_files_by_their_columns(tmp_path, compare):
    found = compare((PRT, {"defense": 1}), (FRA, {"defense": 1}))
    assert treaty_wars_in(tmp_path) == found
    (tmp_path / "onsets.csv").unlink()
    with pytest.raises(CaseError) as caught:
        treaty_wars_in(tmp_path)
    assert str(caught.value) == f"{tmp_path}: holds no file of the list of onsets of wars; put it there"
