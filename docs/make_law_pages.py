"""Write the pages on the law that follow from the data: treaties, checks, facts, the record's agreement.

    python docs/make_law_pages.py

Writes ``catalogue.md``, ``text-checks.md``, ``predicates.md`` and ``record-results.md``. A test compares each
with the data, so that neither can change alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from cells import table
from lines import WRITTEN, bullet, escaped, joined, listed, sentence, spaced, wrapped
from record_page import record_page

from foedus.treaties.catalogue import catalogue
from foedus.treaties.condition import All, AnyOf, Compare, Condition, Fact, Not
from foedus.treaties.treaty import TextCheck, Treaty
from foedus.treaties.vocabulary import Declaration, Group, groups, predicates
from foedus.treaties.why import compared

DOCS = Path(__file__).parent

# The first year of each era by signature; the record's files are cut at the same years.
ERAS = (
    ("Signed up to 1918", 0),
    ("Signed from 1919 to 1945", 1919),
    ("Signed from 1946 to 1991", 1946),
    ("Signed since 1992", 1992),
)
# Each kind of fact with its title and its meaning.
KINDS = {
    "fact": ("Facts", "A state of the world, believed on evidence."),
    "opinion": (
        "Opinions",
        "In the wording of the clauses a matter of how a party sees it; believed on evidence all the same.",
    ),
    "record": ("Acts on record", "A dated act, on record or not, and never a matter of allegation."),
    "clause": ("Cases of other clauses", "Such a fact stands for the case of another clause."),
}
NOT_CHECKED = "not tried"
NO_TEXT = "text not reachable"


def main() -> None:
    """Write the pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


# The catalogue


def catalogue_page() -> str:
    """Write every treaty as a row, by era."""
    known = _by_date()
    parts = [f"# The catalogue\n\n{WRITTEN}", _totals(known)]
    for title, here in _by_era(known):
        parts.append(f"## {title}\n\n{table(_CATALOGUE_HEAD, [_treaty_row(one) for one in here])}")
    return joined(parts)


_CATALOGUE_HEAD = (
    "id", "name", "kind", "signed", "in force", "parties", "kinds of clauses", "confidence", "text",
)  # fmt: skip


def _by_date() -> list[Treaty]:
    return sorted(catalogue().values(), key=lambda one: (one.signed.first, one.id))


def _by_era(known: Sequence[Treaty]) -> Iterator[tuple[str, list[Treaty]]]:
    ends = [first for _, first in ERAS[1:]] + [10_000]
    for (title, first), end in zip(ERAS, ends, strict=True):
        here = [one for one in known if first <= one.signed.first.year < end]
        if here:
            yield title, here


def _totals(known: Sequence[Treaty]) -> str:
    clauses = [clause for one in known for clause in one.clauses]
    sure = Counter(one.confidence for one in known)
    levels = ", ".join(f"{level} in {sure[level]}" for level in ("high", "medium", "low") if sure[level])
    several = sum(one.kind == "multilateral" for one in known)
    told = f"""
        {len(known)} treaties with {len(clauses)} clauses: {len(known) - several} bilateral, {several}
        multilateral. They are a choice, not a list of every alliance; for that there is
        [imported data](imported-data.md). `foedus treaty ID` shows one, `foedus treaties` lists them.
    """
    columns = f"""
        *In force*: from when, and until when if it ended; 'presumed' where no verified date is known, 'not
        known' where there is none: then it binds nobody here. *Parties*: states that were ever bound; + where
        the list is known to be partial. *Confidence*: how sure the entry as a whole is, in our own judgement
        ({levels}). *Text*: how many of its clauses were held against a published text, and how many of these
        were corrected for it; [the checks](text-checks.md) have each.
    """
    kinds = Counter(clause.type for clause in clauses)
    rows = [[spaced(kind), str(count)] for kind, count in kinds.most_common()]
    return "\n\n".join([wrapped(told), wrapped(columns), table(("kind of clause", "clauses"), rows)])


def _treaty_row(one: Treaty) -> list[str]:
    parties = len({span.code for span in one.parties})
    kinds = dict.fromkeys(spaced(clause.type) for clause in one.clauses)
    return [
        f"`{one.id}`",
        escaped(one.name),
        one.kind,
        str(one.signed),
        _in_force(one),
        f"{parties}{'' if one.parties_complete else '+'}",
        ", ".join(kinds),
        one.confidence,
        _how_far_checked(one),
    ]


def _in_force(one: Treaty) -> str:
    if one.begins is None:
        return "not known"
    presumed = "presumed " if one.presumed_in_force is not None else ""
    unused = "" if one.dormant_since is None else f"; out of use since {one.dormant_since}"
    return f"{presumed}{one.begins}{'' if one.ended is None else f' to {one.ended}'}{unused}"


def _how_far_checked(one: Treaty) -> str:
    results = Counter(_results(one).values())
    held = results["agrees"] + results["corrected"]
    told = f"{held} of {len(one.clauses)}"
    if results["corrected"]:
        told += f", {results['corrected']} corrected"
    if not held and any(source.checked for source in one.sources):
        told += "; a source was opened"
    return told


def _results(one: Treaty) -> dict[str, str]:
    """What came of each clause's checks: the gravest result where it was checked more than once."""
    found = dict.fromkeys((clause.id for clause in one.clauses), NOT_CHECKED)
    for result in ("not reachable", "agrees", "corrected"):
        found.update((check.clause, result) for check in one.text_checks if check.result == result)
    return found


# The checks of texts


def checks_page() -> str:
    """Write every check of a clause against its text, the corrections first."""
    known = _by_date()
    parts = [f"# Clauses and their texts\n\n{WRITTEN}", _summary_of_checks(known)]
    for result, title, words in _RESULTS:
        told = "\n\n".join(_checks_of(one, result) for one in known if _has(one, result))
        parts.append(f"## {title}\n\n{words}\n\n{told or 'None.'}")
    untried = [
        f"- {escaped(one.short_name)}: {', '.join(f'`{clause}`' for clause in left)}"
        for one in known
        if (left := [clause for clause, result in _results(one).items() if result == NOT_CHECKED])
    ]
    words = "Clauses for which no check is on file."
    parts.append(f"## Not tried\n\n{words}\n\n" + ("\n".join(map(bullet, untried)) or "None."))
    return joined(parts)


_RESULTS = (
    ("corrected", "Corrections", "What was set down otherwise before the text was seen."),
    ("agrees", "Agreements", "The passage that was seen bears the clause out."),
    (
        "not reachable",
        "Not reachable",
        "No text of the clause was found; the note says what was seen instead.",
    ),
)


def _summary_of_checks(known: Sequence[Treaty]) -> str:
    results = Counter(result for one in known for result in _results(one).values())
    total = sum(results.values())
    held = results["agrees"] + results["corrected"]
    rows = [
        ("held against a text", held),
        ("of these, in agreement", results["agrees"]),
        ("of these, corrected", results["corrected"]),
        ("text not reachable", results["not reachable"]),
        (NOT_CHECKED, results[NOT_CHECKED]),
        ("all", total),
    ]
    checks = sum(len(one.text_checks) for one in known)
    told = f"""
        A clause of the [catalogue](catalogue.md) is a paraphrase. Here is how far each was held against a
        published text: {checks} checks of {total} clauses. A clause that was checked more than once counts
        once, as corrected if any check corrected it.
    """
    means = """
        'Agrees' speaks of the passage that was seen, and of no more. Often that was an extract, a translation
        or a quotation in a later work, and seldom the whole treaty: the note says which. Parties, dates and
        reservations are other questions.
    """
    counted = table(("clauses", "count"), [[words, str(count)] for words, count in rows])
    return "\n\n".join([wrapped(told), counted, wrapped(means)])


def _has(one: Treaty, result: str) -> bool:
    return any(check.result == result for check in one.text_checks)


def _checks_of(one: Treaty, result: str) -> str:
    lines = [_check(check) for check in one.text_checks if check.result == result]
    return "\n".join([f"**{escaped(one.short_name)}**", "", *lines])


def _check(check: TextCheck) -> str:
    opened = re.match(r"https?://\S+$", check.where)
    where = f"<{check.where}>" if opened else escaped(check.where)
    return "\n".join(
        [
            bullet(f"- `{check.clause}`, {check.on}: {check.result}. {sentence(check.note)}"),
            *([f"  {where}"] if where != NO_TEXT else []),
        ]
    )


# The facts and the groups


def predicates_page() -> str:
    """Write every fact that a clause may ask about, and every group of states that it may name."""
    told = f"""
        The {len(predicates())} facts that a clause, an event or an episode may name, each declared once.
        Where somebody speaks of a fact, what is said counts. Where nobody does, other facts may *decide* it,
        both ways, or *make* it so; the contrary then leaves it unknown. Unknown is not false.
    """
    parts = [f"# Facts and groups\n\n{WRITTEN}\n\n{wrapped(told)}"]
    for kind, (title, words) in KINDS.items():
        rows = [_fact_row(name, one) for name, one in predicates().items() if one.kind == kind]
        if rows:
            head = ("fact", "definition", "where nobody speaks of it")
            parts.append(f"## {title}\n\n{len(rows)}. {words}\n\n{table(head, rows)}")
    parts.append(_groups())
    return joined(parts)


def _fact_row(name: str, one: Declaration) -> list[str]:
    told = []
    if one.means is not None:
        told.append(f"decided by: {_condition(one.means)}")
    if one.follows_from is not None:
        told.append(f"made so by: {_condition(one.follows_from)}")
    if one.clauses:
        of = "the state in question" if one.victim is None else one.victim
        told.append(f"the first of {listed(one.clauses)} in force on the day, read for {of}")
    return [f"`{name}`", escaped(one.definition), "; ".join(told) or "unknown"]


def _condition(condition: Condition, inside: bool = False) -> str:
    match condition:
        case Fact(predicate):
            return f"`{predicate}`"
        case Compare(comparison, value):
            return compared(comparison, value)
        case Not(part):
            return f"not {_condition(part, inside=True)}"
        case All(parts) | AnyOf(parts):
            word = " and " if isinstance(condition, All) else " or "
            told = word.join(_condition(part, inside=True) for part in parts)
            return f"({told})" if inside and len(parts) > 1 else told
        case _:
            return "always"


def _groups() -> str:
    told = """
        A clause may name a group where it would name states. Membership is as of the day: codes are those of
        ISO 3166, or of states that are gone; `to` is the first day outside.
    """
    rows = [
        [f"`{name}`", escaped(one.definition), escaped(_who(one)), escaped(one.source), one.basis]
        for name, one in groups().items()
    ]
    head = ("group", "definition", "members", "source", "basis")
    return f"## Groups of states\n\n{wrapped(told)}\n\n{table(head, rows)}"


def _who(one: Group) -> str:
    told = []
    if one.regions:
        told.append(f"UN regions {', '.join(one.regions)}")
    if one.states:
        told.append(", ".join(one.states))
    if one.without:
        told.append(f"without {', '.join(one.without)}")
    for span in one.spans:
        until = "" if span.to is None else f" to {span.to}"
        told.append(f"{span.code} {'' if span.from_ is None else f'from {span.from_}'}{until}".strip())
    return "; ".join(told)


PAGES: Mapping[str, Callable[[], str]] = {
    "catalogue.md": catalogue_page,
    "text-checks.md": checks_page,
    "predicates.md": predicates_page,
    "record-results.md": record_page,
}


if __name__ == "__main__":
    main()
