"""Files that cannot be read: one line that names the file, the line and the mend, never a silent gap."""

from __future__ import annotations

from datetime import date

import pytest
from invented_tables import MEMBER, atop_row, write

from foedus.errors import CaseError
from foedus.treaties.datasets import holdings

GOOD = [atop_row(1335, member, (1879, 10, 7), (1918, 11, 3), defense=1) for member in (255, 300)]


def refusal(path):
    with pytest.raises(CaseError) as caught:
        holdings([path])
    assert caught.value.exit_code == 2
    (line,) = caught.value.lines
    return line.removeprefix(f"{path}")


def test_a_file_that_is_not_there(tmp_path):
    assert refusal(tmp_path / "gone.csv") == ": no such file; give the path of a data set"


def test_a_file_of_another_kind(tmp_path):
    path = tmp_path / "codebook.pdf"
    path.write_bytes(b"%PDF-1.4")
    assert refusal(path) == ": is no data set's file; give one that ends in .csv, .parquet, .dta"


def test_an_empty_file(tmp_path):
    path = tmp_path / "empty.csv"
    path.write_text("\n\n")
    assert refusal(path) == ": is empty; give the published file whole"


def test_a_header_alone(tmp_path):
    path = write(tmp_path / "header.csv", [], list(MEMBER))
    assert refusal(path) == ": has column names and no row; give the published file whole"


def test_a_file_that_is_cut_off(tmp_path):
    path = write(tmp_path / "cut.csv", GOOD)
    path.write_text(path.read_text()[:-40])
    columns = len(MEMBER)
    found = refusal(path)
    assert found.startswith(":3: has ")
    assert found.endswith(f" fields for {columns} columns; the file is damaged or cut off, fetch it anew")


def test_bytes_that_are_no_text(tmp_path):
    path = tmp_path / "zip.csv"
    path.write_bytes(b"PK\x03\x04\0\0\0\0")
    assert refusal(path) == ": is no text; give a CSV, or the file under its own ending"


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        (".parquet", ": is no Parquet file or is cut off; fetch it anew"),
        (".dta", ": is no Stata file or is cut off; fetch it anew"),
    ],
)
@pytest.mark.parametrize("content", [b"", b"something else", b"PAR1 and no more"])
def test_a_binary_file_that_is_damaged(tmp_path, ending, words, content):
    path = tmp_path / f"damaged{ending}"
    path.write_bytes(content)
    assert refusal(path) == words


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("ending", [".parquet", ".dta"])
def test_a_binary_file_that_is_cut_off(tmp_path, ending, kept):
    import pandas as pd

    whole = tmp_path / f"whole{ending}"
    frame = pd.DataFrame([{**row, "version": 4.01} for row in GOOD] * 50)
    frame.to_parquet(whole) if ending == ".parquet" else frame.to_stata(whole, write_index=False)
    cut = tmp_path / f"cut{ending}"
    content = whole.read_bytes()
    cut.write_bytes(content[: int(len(content) * kept)])
    assert refusal(cut).endswith("cut off; fetch it anew")


def test_a_table_of_something_else(tmp_path):
    path = write(tmp_path / "leaders.csv", [{"leader": "somebody", "year": 1900}])
    assert refusal(path).startswith(
        ": is no data set of alliances that foedus reads; give one of ATOP, member level"
    )


def test_a_known_layout_that_lost_a_column(tmp_path):
    path = write(tmp_path / "lost.csv", GOOD, [name for name in MEMBER if name != "yrexit"])
    assert (
        refusal(path) == ": is like ATOP, member level and lacks the columns yrexit; give the published file"
    )


def test_a_column_named_twice(tmp_path):
    path = tmp_path / "twice.csv"
    write(path, GOOD)
    path.write_text(path.read_text().replace("statthr2", "statthr1", 1))
    assert refusal(path) == ":1: names the column 'statthr1' twice; give the published file"


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"yrent": "soon"}, ":3: yrent is 'soon'; give a whole number"),
        ({"member": ""}, ":3: member is missing; give a whole number"),
        ({"defense": 4}, ":3: defense is 4; it is 0 or 1"),
        ({"moent": 13}, ":3: yrent, moent, dayent give 1879-13-07, no date of the calendar"),
        ({"yrent": 0}, ":3: yrent is missing; give the year in which the promise began"),
        (
            {"yrexit": 1850},
            ":3: membership ends on 1850-11-03, before it begins on 1879-10-07; mend the dates",
        ),
    ],
)
def test_a_value_that_cannot_be_is_named_with_its_line(tmp_path, columns, words):
    assert refusal(write(tmp_path / "wrong.csv", [GOOD[0], {**GOOD[1], **columns}])) == words


def test_a_folder_without_alliances(tmp_path):
    write(tmp_path / "leaders.csv", [{"leader": "somebody", "year": 1900}])
    assert refusal(tmp_path).startswith(": holds no data set of alliances; give a folder with one of ATOP")


def test_a_folder_passes_over_other_tables_and_not_over_damaged_ones(tmp_path):
    write(tmp_path / "leaders.csv", [{"leader": "somebody", "year": 1900}])
    write(tmp_path / "members.csv", GOOD)
    assert [holding.path.name for holding in holdings([tmp_path])] == ["members.csv"]
    write(tmp_path / "lost.csv", GOOD, [name for name in MEMBER if name != "yrexit"])
    with pytest.raises(CaseError, match=r"lost\.csv: is like ATOP, member level"):
        holdings([tmp_path])


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".dta"])
def test_the_same_table_in_each_format_gives_the_same_answer(tmp_path, ending):
    import pandas as pd

    path = tmp_path / f"members{ending}"
    frame = pd.DataFrame([{**row, "version": 4.01} for row in GOOD])
    match ending:
        case ".csv":
            frame.to_csv(path, index=False)
        case ".parquet":
            frame.to_parquet(path)
        case _:
            frame.to_stata(path, write_index=False)
    (holding,) = holdings([path])
    assert holding.name == "ATOP 4.01, member level"
    assert len(holding.promises(date(1900, 1, 1)).rows) == 2


def test_an_unknown_kind_of_promise_is_refused(tmp_path):
    (holding,) = holdings([write(tmp_path / "members.csv", GOOD)])
    with pytest.raises(
        CaseError, match="'defence' is no kind of promise; give one of mutual_defence, assistance"
    ):
        holding.promises(date(1900, 1, 1), kind="defence")


def test_the_line_is_that_of_the_file_though_a_line_before_it_is_blank(tmp_path):
    path = write(tmp_path / "blank.csv", [GOOD[0], {**GOOD[1], "yrent": "soon"}])
    first, *rest = path.read_text().splitlines()
    path.write_text("\n".join([first, "", *rest]))
    assert refusal(path) == ":4: yrent is 'soon'; give a whole number"


@pytest.mark.parametrize("ending", [".parquet", ".dta"])
def test_a_row_of_a_binary_file_is_named_by_its_number(tmp_path, ending):
    import pandas as pd

    path = tmp_path / f"members{ending}"
    frame = pd.DataFrame([{**row, "version": 4.01} for row in (GOOD[0], {**GOOD[1], "moent": 13})])
    frame.to_parquet(path) if ending == ".parquet" else frame.to_stata(path, write_index=False)
    assert refusal(path) == ": row 2: yrent, moent, dayent give 1879-13-07, no date of the calendar"
