"""The reference class counts what the data hold, and nothing that is later than a case."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from foedus.chance import Luck
from foedus.cli.main import app, exit_code
from foedus.errors import CaseError
from foedus.experiments.rivals.mass_mobilization import (
    LASTS,
    RESPONSES,
    SIZES,
    packaged_class,
    people_in,
    read_class,
    size_class,
)

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
HEAD = ["participants_category", "participants", "protesterviolence", *RESPONSES, "start_date", "end_date"]


def row(size="", text="", violent=0.0, start="2001-05-01", end="2001-05-01", **responses):
    flags = [str(responses.get(name, 0)) for name in RESPONSES]
    return [size, f'"{text}"', str(violent), *flags, start, end]


def written(folder, rows):
    lines = [",".join(HEAD), *(",".join(cells) for cells in rows)]
    (folder / "mass_mobilization_cleaned.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def invented(folder):
    """Thirty large violent protests of a day, ten with killings, and thirty of ten days, all with them."""
    short = [row(">10000", "20000", 1.0, killings=int(i < 10)) for i in range(30)]
    long = [row(">10000", "x", 1.0, end="2001-05-10", killings=1, arrests=1) for _ in range(30)]
    return written(folder, [*short, *long, row("50-99", "60"), row("", "1000s"), row("", "a crowd")])


def test_protests_are_counted_by_size_violence_and_days(tmp_path):
    found = read_class(invented(tmp_path))
    large, ten_days = SIZES.index(">10000"), LASTS.index((8, 14))
    assert found.records.sum() == 62
    assert found.records[large, 1, 0] == 30
    assert found.records[large, 1, ten_days] == 30
    assert found.records[SIZES.index("2000-4999"), 0, 0] == 1
    assert found.responses["killings"][large, 1, 0] == 10
    assert found.about["size_unknown"] == 1
    assert found.about["size_from_text"] == 1
    assert found.known_to == date(2001, 5, 10)


def test_what_had_lasted_leaves_only_what_went_on(tmp_path):
    found = read_class(invented(tmp_path))
    all_of_them, still_on = found.like(">10000", True), found.like(">10000", True, lasted=4)
    assert (all_of_them.count, still_on.count) == (60.0, 30.0)
    assert all_of_them.share("killings") == pytest.approx(41 / 62)
    assert still_on.share("killings") == pytest.approx(31 / 32)
    assert still_on.days(Luck(1), 500).min() >= 8.0
    assert found.like(">10000", True, lasted=11).days(Luck(1), 500).min() >= 11.0


def test_a_size_of_which_few_went_on_takes_all_sizes_together(tmp_path):
    found = read_class(invented(tmp_path))
    told = found.like("50-99", True)
    assert told.widened
    assert told.size is None
    assert told.count == 60.0
    assert not found.like(">10000", True).widened


def test_only_what_had_ended_before_is_counted(tmp_path):
    spells = [("2001-05-01", "2001-05-01"), ("2009-01-01", "2010-04-06"), ("2011-01-01", "2011-01-01")]
    rows = [row("50-99", start=start, end=end) for start, end in spells]
    folder = written(tmp_path, rows)
    assert read_class(folder, before=date(2010, 4, 6)).records.sum() == 1
    assert read_class(folder, before=date(2010, 4, 7)).records.sum() == 2
    with pytest.raises(CaseError, match="no protest of a known size had ended before 1990"):
        read_class(folder, before=date(1990, 1, 1))


def test_an_endless_protest_counts_to_the_last_class(tmp_path):
    found = read_class(written(tmp_path, [row("50-99", start="2001-01-01", end="2004-01-01")]))
    assert found.records[0, 0, -1] == 1


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("1000", 1000), ("100s", 100), ("1000s", 2000), ("10000s", 10_001), (">50", 50),
        ("100,000s", 100_000), ("4000 arrested", 4000), ("tens of thousands", 10_001), ("Thousands", 2000),
        ("a few hundred", 100), ("hundreds of thousands", 100_000), ("1.5 million", 1_500_000),
        ("dozens", 50), ("unknown", None),
    ],
)  # fmt: skip
def test_a_text_is_read_as_the_number_that_it_names(text, people):
    assert people_in(text) == people


@given(st.floats(0.0, 1e7), st.floats(1.0, 10.0))
def test_more_people_are_never_of_a_smaller_class(people, more):
    few, many = size_class(people), size_class(people * more)
    assert few is None or SIZES.index(few) <= SIZES.index(many)


@given(
    st.sampled_from([None, *SIZES]),
    st.sampled_from([None, True, False]),
    st.integers(1, 400),
    st.integers(1, 400),
)
def test_the_longer_it_lasted_the_fewer_are_left_and_the_later_it_ends(size, violent, days, more):
    found = packaged_class()
    early, late = found.like(size, violent, days), found.like(size, violent, days + more)
    assert late.count <= early.count or late.widened
    assert late.days(Luck(1), 50).min() >= days + more
    assert all(0.0 < late.share(name) < 1.0 for name in RESPONSES)


def test_violence_goes_with_killings_in_the_packaged_counts():
    found = packaged_class()
    for size in SIZES:
        assert found.like(size, True).share("killings") > found.like(size, False).share("killings")


def test_the_packaged_counts_say_where_they_come_from_and_hold_no_path():
    about = packaged_class().about
    assert "Mass Mobilization" in about["source"]
    assert "/" not in about["file"]
    assert about["used"] == packaged_class().records.sum()


def test_the_packaged_counts_are_those_of_the_data():
    if not (SHARED / "mass_mobilization_cleaned.csv").is_file():
        pytest.skip("needs ../shared/data with the Mass Mobilization data, which is not here")
    fresh, packaged = read_class(SHARED), packaged_class()
    assert fresh.about == packaged.about
    np.testing.assert_array_equal(fresh.records, packaged.records)
    for name in RESPONSES:
        np.testing.assert_array_equal(fresh.responses[name], packaged.responses[name])


def test_the_command_writes_the_counts(tmp_path):
    out = tmp_path / "counts.json"
    given_ = ["fit", "protests", "--data", str(invented(tmp_path)), "--out", str(out)]
    done = CliRunner().invoke(app, given_)
    assert done.exit_code == 0, done.output
    assert '"used": 62' in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda text: text.replace("killings", "deaths"), "lacks the column killings"),
        (lambda text: text.replace("2001-05-10", "10 May"), "give the published file"),
    ],
)
def test_a_spoilt_file_is_told_in_one_line(tmp_path, capsys, spoil, words):
    file = invented(tmp_path) / "mass_mobilization_cleaned.csv"
    file.write_text(spoil(file.read_text(encoding="utf-8")), encoding="utf-8")
    out = tmp_path / "counts.json"
    assert exit_code(["fit", "protests", "--data", str(tmp_path), "--out", str(out)]) == 2
    told = capsys.readouterr().err.strip()
    assert words in told
    assert "\n" not in told
    assert not out.exists()
