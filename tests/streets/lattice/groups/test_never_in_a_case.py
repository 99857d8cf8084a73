"""Model II is a replication: no case, room, engine or command can reach it."""

import ast
import json
from pathlib import Path

import foedus
from foedus.cases.schema import Case
from foedus.cli.main import exit_code

SOURCE = Path(foedus.__file__).parent
GROUPS = "foedus.streets.lattice.groups"
REPLICATIONS = "foedus.experiments.replications"


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def importers(name):
    return {
        path.relative_to(SOURCE).parts[:-1]
        for path in SOURCE.rglob("*.py")
        if any(found == name or found.startswith(f"{name}.") for found in imports(path))
    }


def test_only_the_replications_import_the_model_of_two_groups():
    assert importers(GROUPS) == {("streets", "lattice", "groups"), ("experiments", "replications")}


def test_nothing_of_the_package_imports_the_replications():
    assert importers(REPLICATIONS) == {("experiments", "replications")}


def test_no_field_of_a_case_names_it():
    schema = json.dumps(Case.model_json_schema(mode="validation")).lower()
    assert "two groups" not in schema
    assert "twogroups" not in schema
    assert "cleansing" not in schema


def test_no_option_of_a_run_takes_it(capsys):
    for way in ("groups", "two-groups", "cleansing"):
        assert exit_code(["run", "kazakhstan-2022", "--runs", "2", "--streets", way]) == 2
        assert "Traceback" not in capsys.readouterr().err
