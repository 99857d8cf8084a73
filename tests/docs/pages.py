"""The pages of the project as tests read them: links, headings, and blocks that are marked as runnable."""

import importlib.util
import re
import shlex
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"])
MARK = "<!-- runnable -->"
SMALL = "8"

_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def script(name: str) -> ModuleType:
    """A script that writes pages, as a module of its own."""
    if str(DOCS) not in sys.path:
        sys.path.insert(0, str(DOCS))
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def links(page: Path) -> list[str]:
    """Targets of the links of a page, those in code left out."""
    return _LINK.findall(_FENCED.sub("", page.read_text(encoding="utf-8")))


def anchors(page: Path) -> set[str]:
    """Headings of a page as anchors, the way GitHub and MyST make them."""
    text = _FENCED.sub("", page.read_text(encoding="utf-8"))
    titles = re.findall(r"^#{1,3} (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def blocks(page: Path, language: str, *, marked: bool = False) -> list[str]:
    """Fenced blocks of a language; with ``marked`` those only that are marked as runnable."""
    before = re.escape(MARK) + r"\n" if marked else ""
    found = re.findall(
        before + r"^```" + language + r"\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S
    )
    return list(found)


def commands(page: Path) -> list[list[str]]:
    """Commands of the runnable shell blocks, as lists of words, each run cut to a few runs."""
    lines = [line for block in blocks(page, "bash", marked=True) for line in block.splitlines()]
    return [_small(shlex.split(line, comments=True)) for line in lines if line.strip()]


def snippets(page: Path) -> list[str]:
    """Runnable Python blocks, each run cut to a few runs."""
    return [re.sub(r"runs=\d+", f"runs={SMALL}", block) for block in blocks(page, "python", marked=True)]


def _small(words: list[str]) -> list[str]:
    if "--runs" in words:
        words[words.index("--runs") + 1] = SMALL
    elif words[1] in ("run", "brief"):
        words += ["--runs", SMALL]
    return words
