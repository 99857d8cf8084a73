"""The commands about cases: what they print, where, and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from foedus.cases import load_case
from foedus.cli.main import exit_code

SMALL = Path(__file__).parent.parent / "cases" / "small.yaml"
BROKEN = Path(__file__).parent.parent / "broken_cases"


def test_validate_says_of_a_good_file_that_it_holds_together(capsys):
    assert exit_code(["validate", str(SMALL), "kazakhstan-2022"]) == 0
    printed = capsys.readouterr()
    assert printed.out == f"{SMALL}: holds together\nkazakhstan-2022: holds together\n"
    assert printed.err == ""


def test_validate_prints_a_line_for_each_mistake_of_each_file(capsys):
    files = [BROKEN / "negative_population.yaml", SMALL, BROKEN / "wrong_key.yaml"]
    assert exit_code(["validate", *map(str, files)]) == 2
    printed = capsys.readouterr()
    assert printed.out == f"{SMALL}: holds together\n"
    assert printed.err.splitlines() == [
        f"{files[0]}:15: country.population.value: is -19000000; "
        "give a number of 0 or more, or a distribution that keeps to that",
        f"{files[2]}:71: alliance.units[0].strenght: unknown key; did you mean 'strength'?",
    ]


def test_a_starting_case_is_written_and_holds_together(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert exit_code(["new", "my-case", "--country", "KAZ"]) == 0
    assert load_case("my-case.yaml").meta.host == "KAZ"
    assert exit_code(["validate", "my-case.yaml"]) == 0
    assert "foedus validate my-case.yaml" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["my-case.yaml"]


def test_a_starting_case_never_overwrites(capsys, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("precious")
    assert exit_code(["new", "my-case", "--country", "KAZ", "--out", str(path)]) == 2
    assert path.read_text() == "precious"
    told = f"{path}: exists already; give another name with --out, or take it away first\n"
    assert capsys.readouterr().err == told


def test_a_starting_case_can_go_to_the_screen(capsys):
    assert exit_code(["new", "my-case", "--country", "GRD", "--lead", "USA", "--out", "-"]) == 0
    assert capsys.readouterr().out.startswith("# Grenada: a case to start from.")


def test_a_starting_case_may_not_take_the_name_of_a_built_in_one(capsys):
    assert exit_code(["new", "kazakhstan-2022", "--country", "KAZ"]) == 2
    assert capsys.readouterr().err == "slug: 'kazakhstan-2022' is a built-in case; give another name\n"


def test_cases_lists_the_built_in_cases(capsys):
    assert exit_code(["cases"]) == 0
    assert "kazakhstan-2022" in capsys.readouterr().out


def test_schema_prints_a_json_schema_that_knows_good_from_bad(capsys):
    assert exit_code(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    good = json.loads(load_case(SMALL).model_dump_json(exclude_unset=True))
    assert list(validator.iter_errors(good)) == []
    assert list(validator.iter_errors({**good, "colour": "red"}))
    assert list(validator.iter_errors({key: part for key, part in good.items() if key != "meta"}))


@pytest.mark.parametrize("command", ["run", "assess", "brief"])
@pytest.mark.parametrize("broken", ["empty", "bomb", "nan", "unknown_party"])
def test_every_command_refuses_a_broken_case_in_one_line(capsys, command, broken):
    path = BROKEN / f"{broken}.yaml"
    assert exit_code([command, str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert printed.err.startswith(f"{path}:")
