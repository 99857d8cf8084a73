"""Interfaces import experiments, these the engine, it the rooms, they cases, they chance and terms."""

import ast
from pathlib import Path

import pytest

import foedus

SOURCE = Path(foedus.__file__).parent
ROOMS = {"evidence", "treaties", "streets", "government", "alliance", "aftermath"}
LAYERS = {
    "version": 0,
    "errors": 0,
    "known_names": 7,
    "terms": 1,
    "memory": 1,
    "chance": 1,
    "cases": 2,
    **dict.fromkeys(sorted(ROOMS), 3),
    "engine": 4,
    "experiments": 5,
    "report": 6,
    "study": 7,
    "law": 7,
    "cli": 8,
}
FACADE = {"__init__"}  # the public names: it may import anything, and only inside its functions


def part_of(path):
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path):
    """Parts of foedus that a file imports, with the line; those for type checkers only are left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            names = [node.module or ""]
            if node.module == "foedus":
                names = [f"foedus.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            first, _, rest = name.partition(".")
            if first == "foedus" and not rest.startswith("__"):
                yield rest.split(".")[0], node.lineno


FILES = sorted(path for path in SOURCE.rglob("*.py") if part_of(path) not in FACADE)


def test_every_part_of_the_package_has_its_layer():
    assert {part_of(path) for path in FILES} <= set(LAYERS)
    assert len(FILES) > 50


@pytest.mark.parametrize("part", LAYERS)
def test_a_part_imports_only_what_lies_below_it(part):
    upward = [
        f"{path.relative_to(SOURCE)}:{line} imports {other}"
        for path in FILES
        if part_of(path) == part
        for other, line in imported(path)
        if other != part and LAYERS[other] >= LAYERS[part]
    ]
    assert upward == []


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_rooms_do_not_import_one_another(room):
    others = {other for path in FILES if part_of(path) == room for other, _ in imported(path)}
    assert others.isdisjoint(ROOMS - {room})


def test_the_test_sees_an_import_inside_a_function(tmp_path, monkeypatch):
    file = tmp_path / "streets" / "wrong.py"
    file.parent.mkdir()
    file.write_text("def f():\n    from foedus.report.html import write_report\n", encoding="utf-8")
    assert list(imported(file)) == [("report", 2)]
