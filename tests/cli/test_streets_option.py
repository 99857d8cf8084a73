import json

import pytest
from typer.testing import CliRunner

from foedus.cli.main import app, exit_code

SMALL = ["run", "kazakhstan-2022", "--streets", "lattice", "--people-per-agent", "20000", "--runs", "1"]


def test_a_study_on_the_lattice_says_so_and_what_its_agents_are():
    told = CliRunner().invoke(app, [*SMALL, "--json"])
    assert told.exit_code == 0, told.output[-500:]
    streets = json.loads(told.stdout)["streets"]
    assert streets["model"] == "lattice"
    assert 1 < streets["people_per_agent"] <= 20_000
    assert streets["agents"] >= 25 * 2000
    assert "fitted on crowd" in streets["note"]


def test_the_terminal_names_the_lattice():
    told = CliRunner().invoke(app, SMALL)
    assert "Streets on the lattice" in told.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--people-per-agent", "3"], "add --streets lattice"),
        (["--streets", "groups"], "groups"),
        (["--streets", "lattice", "--people-per-agent", "0"], "people-per-agent"),
    ],
)
def test_a_mistake_about_the_streets_ends_with_one_line_and_exit_2(arguments, said, capsys):
    assert exit_code(["run", "kazakhstan-2022", *arguments]) == 2
    assert said in capsys.readouterr().err
