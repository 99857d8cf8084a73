"""Words and lines of a written page: shares, lists, wrapped paragraphs and bullets."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

WRITTEN = "<!-- Written by docs/make_law_pages.py from the data in the package. Do not edit by hand. -->"
WIDTH = 116


def share(value: float | None) -> str:
    """A share as a percentage, or a dash."""
    return "-" if value is None else f"{value:.0%}"


def decimal(value: float | None) -> str:
    """A figure to two decimals, or a dash."""
    return "-" if value is None else f"{value:.2f}"


def spaced(name: str) -> str:
    """A name with spaces for underscores."""
    return name.replace("_", " ")


def listed(names: Iterable[str]) -> str:
    """Names as code, with commas."""
    return ", ".join(f"`{name}`" for name in names)


def escaped(text: str) -> str:
    """Free text on one line, with what Markdown would read as markup made plain."""
    return re.sub(r"([\\`*_\[\]<])", r"\\\1", " ".join(text.split()))


def sentence(text: str) -> str:
    """A note as a sentence: with a capital, and a stop at its end."""
    told = escaped(text)
    return f"{told[:1].upper()}{told[1:]}{'' if told.endswith(('.', '!', '?')) else '.'}"


def wrapped(text: str) -> str:
    """A paragraph wrapped to the width of a page."""
    return textwrap.fill(" ".join(text.split()), WIDTH, break_long_words=False, break_on_hyphens=False)


def bullet(text: str) -> str:
    """An item of a list, wrapped and indented."""
    return textwrap.fill(
        text, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )  # fmt: skip


def joined(parts: Iterable[str]) -> str:
    """Parts with an empty line between them."""
    return "\n\n".join(part.strip() for part in parts) + "\n"
