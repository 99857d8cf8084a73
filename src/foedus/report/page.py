"""What every page is made with: the templates and their filters, the style, and writing in one go."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.report.numbers import ENGLISH

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


def write_whole(path: Path, text: str) -> Path:
    """Write a text in one go: the file is there in whole, or what was there before stays."""
    from foedus.experiments.output import finished_file

    with finished_file(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8")
    return path


def environment() -> Environment:
    """Return the templates' environment: all text is escaped, `code` and shares are marked up."""
    from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound

    class Packaged(BaseLoader):
        def get_source(self, environment: Environment, template: str) -> tuple[str, None, None]:
            found = files("foedus.report") / "templates" / template
            if not found.is_file():
                raise TemplateNotFound(template)
            return found.read_text(encoding="utf-8"), None, None

    made = Environment(
        loader=Packaged(), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["code"] = _code
    made.filters["cell"] = _cell
    made.filters["stacked"] = _stacked
    made.filters["share"] = ENGLISH.share
    made.filters["slug"] = lambda word: str(word).replace("_", "-").replace(" ", "-")
    return made


def _code(text: str) -> Markup:
    """Escape a text; what stands between backticks becomes code."""
    from markupsafe import Markup, escape

    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def _cell(text: str) -> Markup:
    """Escape a cell; what follows a number's semicolon stands below it, so that columns stay narrow."""
    from markupsafe import Markup, escape

    number, semicolon, rest = str(text).partition("; ")
    return escape(number) + (Markup("<small>{}</small>").format(rest) if semicolon else Markup(""))


def _stacked(text: str) -> Markup:
    """Escape a cell; the bounds of a spread stand below its middle, so that many columns fit."""
    from markupsafe import Markup, escape

    middle, bracket, bounds = str(text).partition(" (")
    return escape(middle) + (Markup("<small>{}</small>").format(f"({bounds}") if bracket else Markup(""))


def stylesheet() -> Markup:
    """Return the style of report and brief."""
    from markupsafe import Markup

    text = (files("foedus.report") / "templates" / "style.css").read_text(encoding="utf-8")
    return Markup(text)
