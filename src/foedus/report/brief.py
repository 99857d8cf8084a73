"""The brief: two pages on which each line of a situation is answered, in English or Dutch."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from foedus.errors import OutputError
from foedus.report.lead import lead
from foedus.report.page import environment, stylesheet, write_whole
from foedus.report.phrases import Phrases, phrases
from foedus.report.reading import Reported, as_dict
from foedus.report.situation import Answer, answers
from foedus.terms import Tag

SUFFIXES = {".html": "html", ".htm": "html", ".md": "md", ".markdown": "md"}
# What Markdown or HTML could take for a mark of its own in a case's words.
_MARKS = re.compile(r"([\\*_<>\[\]#|])")


def write_brief(study: Reported, lang: str = "en", path: str | os.PathLike[str] | None = None) -> str:
    """Write the brief of a study, to a file by its suffix or as Markdown to the screen.

    Parameters
    ----------
    lang
        ``en`` or ``nl``.
    path
        A name that ends in .html or .md; None prints Markdown.

    Returns
    -------
    str
        What was written.

    Raises
    ------
    CaseError
        There are no words in that language.
    OutputError
        The suffix is neither, or the file cannot be written.
    """
    if path is None:
        text = brief_markdown(study, lang)
        sys.stdout.write(text)
        return text
    target = Path(path)
    kind = SUFFIXES.get(target.suffix.lower())
    if kind is None:
        raise OutputError(f"{target}: is neither .html nor .md; give a name that ends in one of them")
    text = brief_html(study, lang) if kind == "html" else brief_markdown(study, lang)
    write_whole(target, text)
    return text


def brief_markdown(study: Reported, lang: str = "en") -> str:
    """Return the brief as Markdown."""
    told = _told(study, lang)
    say: Phrases = told["say"]
    out = [f"# {_plain(told['title'])}", "", f"{told['head']} {told['tags']}", ""]
    if told["banner"]:
        out += [f"**{told['banner']}**", ""]
    out += [" ".join(told["lead"]), ""]
    lines: Sequence[Answer] = told["answers"]
    for line in lines:
        tag = say.word("tags", line.tag.value)
        out += [f"**{line.line}.** *{_plain(line.question)}*  ", f"{_escaped(line.terse)} [{tag}]  "]
        out.append(
            f"{say('brief.change')}: {_escaped(line.terse_change)}" + ("  " if line.afterwards else "")
        )
        if line.afterwards:
            out.append(f"{say('brief.afterwards')}: {_plain(line.afterwards)}")
        out.append("")
    return "\n".join(out)


def brief_html(study: Reported, lang: str = "en") -> str:
    """Return the brief as one self-contained HTML page that prints on two sheets of A4."""
    told = _told(study, lang)
    say: Phrases = told.pop("say")
    words = {key: say(f"brief.{key}") for key in ("change", "afterwards")}
    tag_words = {tag.value: say.word("tags", tag.value) for tag in Tag}
    template = environment().get_template("brief.html.j2")
    return template.render(**told, lang=lang, words=words, tag_words=tag_words, css=stylesheet()) + "\n"


def _told(study: Reported, lang: str) -> dict[str, Any]:
    summary, case = study.summary(), study.case
    found = as_dict(study.assessment)
    say = phrases(lang)
    banner = say("lead.banner")
    return {
        "say": say,
        "title": say("brief.title", title=case.meta.title),
        "head": _head(summary, say),
        "tags": say("brief.tags"),
        "banner": f"{banner[:1].upper()}{banner[1:]}." if summary.get("mode") == "free" else None,
        "lead": lead(summary, case, found, lang),
        "answers": answers(summary, case, found, lang),
    }


def _head(summary: Mapping[str, Any], say: Phrases) -> str:
    values = {
        "version": summary.get("foedus", ""),
        "mode": say(f"brief.modes.{summary.get('mode', 'replay')}"),
        "runs": summary.get("runs"),
        "seed": summary.get("seed"),
    }
    if not summary.get("as_of"):
        return say("brief.head_no_as_of", **values)
    return say("brief.head", when=say.hour(datetime.fromisoformat(summary["as_of"])), **values)


def _plain(text: str) -> str:
    """Escape a case's own words for Markdown."""
    return _MARKS.sub(r"\\\1", text)


def _escaped(text: str) -> str:
    """Escape what stands outside backticks."""
    parts = text.split("`")
    return "`".join(part if place % 2 else _plain(part) for place, part in enumerate(parts))
