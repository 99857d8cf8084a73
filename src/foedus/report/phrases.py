"""The words of a report: sentence templates kept as data, filled from the numbers of a study.

A template is a format string whose specifications say how a number is written: ``{x:people}``, ``{x:share}``,
``{x:hours}``, ``{x:number}``, ``{x:change}``. A number may come as an interval and is then written with its
spread; a missing one is written as not computed.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Literal

from foedus.errors import CaseError
from foedus.report.numbers import MANNERS, Manner, middle_of, plain

Lang = Literal["en", "nl"]
LANGUAGES: tuple[Lang, ...] = ("en", "nl")


class _Fill(Formatter):
    """Fills a template; the specification of a field names how its number is written."""

    def __init__(self, manner: Manner) -> None:
        self.manner = manner

    def format_field(self, value: Any, format_spec: str) -> str:
        manner = self.manner
        ways = {
            "people": manner.count,
            "share": manner.share,
            "hours": manner.hours,
            "number": manner.number,
        }
        if format_spec in ways:
            return plain(value, ways[format_spec], manner)
        if format_spec == "change":
            return self._change(value)
        if value is None:
            return manner.missing
        return str(super().format_field(value, format_spec))

    def _change(self, value: Any) -> str:
        manner = self.manner
        middle = middle_of(value)
        if middle is None:
            return plain(value, manner.count, manner)
        word = manner.more if middle > 0.5 else manner.less if middle < -0.5 else manner.unchanged
        said = word.format(manner.count(abs(middle)))
        spread_of = plain(value, manner.count, manner)
        bounds = spread_of[spread_of.index(" (") :] if " (" in spread_of else ""
        return f"{said}{bounds}"


class Phrases:
    """The words of one language."""

    def __init__(self, lang: Lang, words: Mapping[str, Any]) -> None:
        self.lang = lang
        self.manner = MANNERS[lang]
        self._words = words
        self._fill = _Fill(self.manner)

    def __call__(self, name: str, /, **values: Any) -> str:
        """Fill the template ``name`` (dotted) with values."""
        template = self._find(name)
        if not isinstance(template, str):
            raise KeyError(f"no sentence {name!r} in the words of {self.lang!r}")
        return self._fill.vformat(template, (), values)

    def has(self, name: str) -> bool:
        """Whether there is a sentence of that name."""
        return isinstance(self._find(name), str)

    def word(self, group: str, key: str) -> str:
        """The word for a value that the summary writes in English; itself where there is none."""
        found = self._find(f"{group}.{key}")
        return found if isinstance(found, str) else key.replace("_", " ")

    def country(self, code: str) -> str:
        """The name of a country by its ISO 3166-1 alpha-3 code."""
        own = self._find(f"countries.{code}")
        return own if isinstance(own, str) else _country(code, self.lang)

    def listed(self, items: Sequence[str]) -> str:
        """Join items as a sentence does: 'a, b and c'."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self._find('and')} {items[-1]}"

    def day(self, when: datetime, zone: tzinfo | None = None) -> str:
        """Write a date: '5 January'."""
        local = when.astimezone(zone) if zone else when
        return f"{local.day} {self._words['months'][local.month - 1]}"

    def hour(self, when: datetime, zone: tzinfo | None = None) -> str:
        """Write a date with its hour: '5 January 16:00'."""
        local = when.astimezone(zone) if zone else when
        return f"{self.day(local)} {local:%H:%M}"

    def _find(self, name: str) -> Any:
        found: Any = self._words
        for key in name.split("."):
            if not isinstance(found, Mapping) or key not in found:
                return None
            found = found[key]
        return found


@cache
def phrases(lang: str) -> Phrases:
    """Read the words of a language.

    Raises
    ------
    CaseError
        If there are no words in that language.
    """
    for known in LANGUAGES:
        if lang == known:
            return Phrases(known, read_words(known))
    raise CaseError(f"--lang {lang}: no words in that language; give one of {', '.join(LANGUAGES)}")


@cache
def read_words(name: str) -> Mapping[str, Any]:
    """Read a file of the folder ``words``."""
    from ruamel.yaml import YAML

    text = (files("foedus.report") / "words" / f"{name}.yaml").read_text(encoding="utf-8")
    words: Mapping[str, Any] = YAML(typ="safe").load(text)
    return words


@cache
def _country(code: str, lang: Lang) -> str:
    import pycountry

    entry = pycountry.countries.get(alpha_3=code)
    if entry is None:
        return code
    name = str(getattr(entry, "common_name", entry.name))
    if lang == "en":
        return name
    locale = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[lang], fallback=True)
    return locale.gettext(name)
