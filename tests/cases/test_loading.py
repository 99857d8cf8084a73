"""What can be loaded, what cannot, and that a mistake costs neither time nor memory."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from foedus.cases import builtin_slugs, load_case
from foedus.cases.builtin_cases import LARGEST_FILE
from foedus.cases.document import parse
from foedus.cases.load import case_of
from foedus.errors import CaseError

SMALL = Path(__file__).parent / "small.yaml"


def mistakes(case: str | Path) -> str:
    with pytest.raises(CaseError) as raised:
        load_case(case)
    return str(raised.value)


def test_a_valid_file_becomes_a_case():
    case = load_case(SMALL)
    assert case.meta.slug == "small"
    assert case.events[1].at.isoformat() == "2022-01-05T20:00:00+06:00"
    assert case.country.population.value == 19_000_000


def test_the_built_in_cases_hold_together():
    assert "kazakhstan-2022" in builtin_slugs()
    assert "parameters" not in builtin_slugs()
    for slug in builtin_slugs():
        assert load_case(slug).meta.slug == slug


def test_the_same_text_is_read_but_once():
    assert load_case(SMALL) is load_case(str(SMALL))


def test_dates_in_quotes_and_without_are_the_same():
    quoted = SMALL.read_text().replace(
        "start: 2022-01-02T00:00:00+06:00", 'start: "2022-01-02T00:00:00+06:00"'
    )
    assert case_of(parse(quoted, "quoted")) == load_case(SMALL)


def test_every_mistake_gets_its_own_line_in_the_order_of_the_file(tmp_path):
    text = SMALL.read_text()
    for right, wrong in (
        ("value: 19000000", "value: -3"),
        ("kind: airport", "kind: airprot"),
        ("notice: {value: 12", "notice: {value: .inf"),
        ("  body: its council", "  boddy: its council"),
    ):
        text = text.replace(right, wrong)
    path = tmp_path / "many.yaml"
    path.write_text(text)
    lines = mistakes(path).splitlines()
    assert len(lines) == 4
    numbers = [int(line.removeprefix(f"{path}:").split(":")[0]) for line in lines]
    assert numbers == sorted(numbers)
    assert ".inf" in lines[3]


def test_thousands_of_mistakes_are_cut_short(tmp_path):
    path = tmp_path / "many.yaml"
    path.write_text(SMALL.read_text() + "".join(f"key{i}: 1\n" for i in range(3000)))
    lines = mistakes(path).splitlines()
    assert len(lines) == 51
    assert lines[-1].endswith("more mistakes")


def test_a_missing_file_is_named_with_the_case_that_may_be_meant():
    told = mistakes("kazakstan-2022")
    assert told == ("kazakstan-2022: there is no such file or built-in case; did you mean 'kazakhstan-2022'?")
    assert mistakes("/nowhere/x.yaml") == "/nowhere/x.yaml: there is no such file; check the path"


def test_a_directory_is_no_case(tmp_path):
    assert mistakes(tmp_path) == f"{tmp_path}: is a directory; give the YAML file of a case"


def test_a_name_that_no_disk_can_hold_is_told_in_a_line():
    assert "cannot be read" in mistakes("x" * 5000 + ".yaml")
    assert "cannot be read" in mistakes("a\0b") or "no such file" in mistakes("a\0b")


def test_a_device_is_no_case():
    assert "no ordinary file" in mistakes("/dev/zero")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_one_may_not_read_is_told_in_a_line(tmp_path):
    path = tmp_path / "locked.yaml"
    path.write_text(SMALL.read_text())
    path.chmod(0)
    assert "permission denied" in mistakes(path)


def test_a_hundred_megabytes_are_refused_before_they_are_read(tmp_path):
    path = tmp_path / "huge.yaml"
    with path.open("wb") as sparse:
        sparse.truncate(100_000_000)
    began = time.perf_counter()
    assert mistakes(path) == f"{path}: is 100.0 MB, too large for a case; give a file of at most 1.0 MB"
    assert time.perf_counter() - began < 0.5
    assert path.stat().st_size > LARGEST_FILE


def test_bytes_that_are_no_utf_8_are_told_with_their_line(tmp_path):
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"foedus: 1\ntitle: caf\xe9\n")
    assert mistakes(path) == f"{path}:2: is not UTF-8 text; save the file as UTF-8"


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = tmp_path / "marked.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.read_bytes())
    assert load_case(path).meta.slug == "small"


def test_windows_line_ends_do_no_harm(tmp_path):
    path = tmp_path / "windows.yaml"
    path.write_bytes(SMALL.read_bytes().replace(b"\n", b"\r\n"))
    assert load_case(path) == load_case(SMALL)


def test_nesting_without_end_is_told_in_a_line(tmp_path):
    path = tmp_path / "deep.yaml"
    path.write_text("a: " + "[" * 600)
    assert mistakes(path) == f"{path}:1: is nested too deeply for a case; make it flatter"


def test_a_file_of_spaces_is_empty(tmp_path):
    path = tmp_path / "spaces.yaml"
    path.write_text("\n \n")
    assert mistakes(path) == f"{path}:1: is empty; `foedus new` writes a case to start from"


def test_the_largest_built_in_case_is_read_within_seconds():
    """About 0.9 s for 2,800 lines on the machine where it was measured; the bound leaves room."""
    began = time.perf_counter()
    largest = max((load_case(slug) for slug in builtin_slugs()), key=lambda case: len(case.events))
    assert largest.events
    assert time.perf_counter() - began < 10
