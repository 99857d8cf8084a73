"""What 'How foedus reads a treaty' shows is what its commands print."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from pages import DOCS

PAGE = DOCS / "reading-a-treaty.md"
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
DRAWN = str.maketrans(dict.fromkeys("│├└─", " ") | {"\u202f": " ", "\xa0": " "})


def plain(text):
    """A text without the lines of trees and tables, and with one space for each gap."""
    return " ".join(text.translate(DRAWN).split())


def test_every_excerpt_is_printed_by_the_command_above_it(tmp_path):
    bin_ = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"}
    printed, excerpts, astray = "", 0, []
    for kind, body in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "yaml":
            name = body.splitlines()[0].removeprefix("# ").strip()
            assert re.fullmatch(r"[\w-]+\.yaml", name), "an example file opens with its name"
            (tmp_path / name).write_text(body, encoding="utf-8")
        elif kind == "sh":
            done = subprocess.run(
                ["bash", "-c", body],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{body}{done.stderr}"
            printed = plain(done.stdout + done.stderr)
        elif kind == "text":
            for chunk in re.split(r"^\.\.\.$", body, flags=re.MULTILINE):
                excerpts += 1
                if plain(chunk) not in printed:
                    astray.append(chunk)
    assert excerpts > 20
    assert not astray
