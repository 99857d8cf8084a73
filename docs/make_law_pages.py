"""Write the pages on the law that follow from the data: treaties, checks, facts, the record's agreement.

    python docs/make_law_pages.py

Writes ``catalogue.md``, ``text-checks.md``, ``predicates.md`` and ``record-results.md``. A test compares each
with the data, so that neither can change alone.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from cells import table

from foedus.terms import Reading
from foedus.treaties.catalogue import catalogue
from foedus.treaties.condition import All, AnyOf, Compare, Condition, Fact, Not
from foedus.treaties.record import Agreement, Disagreement, agreement, episodes
from foedus.treaties.record.agreement import ORDER
from foedus.treaties.record.episode import READING_OF
from foedus.treaties.treaty import TextCheck, Treaty
from foedus.treaties.vocabulary import Declaration, Group, groups, predicates
from foedus.treaties.why import compared

DOCS = Path(__file__).parent
WRITTEN = "<!-- Written by docs/make_law_pages.py from the data in the package. Do not edit by hand. -->"
WIDTH = 116

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
    return _joined(parts)


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
    rows = [[_words(kind), str(count)] for kind, count in kinds.most_common()]
    return "\n\n".join([_wrapped(told), _wrapped(columns), table(("kind of clause", "clauses"), rows)])


def _treaty_row(one: Treaty) -> list[str]:
    parties = len({span.code for span in one.parties})
    kinds = dict.fromkeys(_words(clause.type) for clause in one.clauses)
    return [
        f"`{one.id}`",
        _escaped(one.name),
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
        f"- {_escaped(one.short_name)}: {', '.join(f'`{clause}`' for clause in left)}"
        for one in known
        if (left := [clause for clause, result in _results(one).items() if result == NOT_CHECKED])
    ]
    words = "Clauses for which no check is on file."
    parts.append(f"## Not tried\n\n{words}\n\n" + ("\n".join(map(_bullet, untried)) or "None."))
    return _joined(parts)


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
    return "\n\n".join([_wrapped(told), counted, _wrapped(means)])


def _has(one: Treaty, result: str) -> bool:
    return any(check.result == result for check in one.text_checks)


def _checks_of(one: Treaty, result: str) -> str:
    lines = [_check(check) for check in one.text_checks if check.result == result]
    return "\n".join([f"**{_escaped(one.short_name)}**", "", *lines])


def _check(check: TextCheck) -> str:
    opened = re.match(r"https?://\S+$", check.where)
    where = f"<{check.where}>" if opened else _escaped(check.where)
    return "\n".join(
        [
            _bullet(f"- `{check.clause}`, {check.on}: {check.result}. {_sentence(check.note)}"),
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
    parts = [f"# Facts and groups\n\n{WRITTEN}\n\n{_wrapped(told)}"]
    for kind, (title, words) in KINDS.items():
        rows = [_fact_row(name, one) for name, one in predicates().items() if one.kind == kind]
        if rows:
            head = ("fact", "definition", "where nobody speaks of it")
            parts.append(f"## {title}\n\n{len(rows)}. {words}\n\n{table(head, rows)}")
    parts.append(_groups())
    return _joined(parts)


def _fact_row(name: str, one: Declaration) -> list[str]:
    told = []
    if one.means is not None:
        told.append(f"decided by: {_condition(one.means)}")
    if one.follows_from is not None:
        told.append(f"made so by: {_condition(one.follows_from)}")
    if one.clauses:
        of = "the state in question" if one.victim is None else one.victim
        told.append(f"the first of {_listed(one.clauses)} in force on the day, read for {of}")
    return [f"`{name}`", _escaped(one.definition), "; ".join(told) or "unknown"]


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
        [f"`{name}`", _escaped(one.definition), _escaped(_who(one)), _escaped(one.source), one.basis]
        for name, one in groups().items()
    ]
    head = ("group", "definition", "members", "source", "basis")
    return f"## Groups of states\n\n{_wrapped(told)}\n\n{table(head, rows)}"


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


# What the record says


def record_page() -> str:
    """Write how far the engine's readings agree with the recorded ones."""
    found = agreement(episodes())
    parts = [f"# What the record says\n\n{WRITTEN}"]
    if not found.readings:
        return _joined([*parts, "No episode with a clause: nothing to compare."])
    parts += [_rates(found), _confusion(found), _coders(found), _all_disagreements(found), _uncounted(found)]
    return _joined([part for part in parts if part])


def _rates(found: Agreement) -> str:
    majority = found.majority.value if found.majority is not None else ""
    told = f"""
        foedus reads the first clause of each of {len(found.readings)} episodes on record, by letter, by
        sense and overall ([how](record.md)). In **{found.agree} of {len(found.readings)}
        ({_share(found.rate)})** the engine has the word that the coder recorded. A reader who always said
        '{majority}' would have it in {_share(found.baseline)}.
    """
    means = """
        **Agreement shows consistency, not truth.** Clauses, facts and first readings share an author. That
        the engine agrees says that its rules, applied to the facts as recorded, lead where the coder went.
        Where they differ, neither is right because of who it is: the text decides.
    """
    command = "```bash\nfoedus record --every\n```"
    return "\n\n".join([_wrapped(told), _wrapped(means), command])


def _confusion(found: Agreement) -> str:
    counts, scores = found.confusion(), found.by_reading()
    used = [word for word in ORDER if scores[word]["recorded"] or scores[word]["read"]]
    rows = [[word, *(str(counts[word][column]) for column in used)] for word in used]
    head = ("recorded (rows), read (columns)", *used)
    by_word = [
        [word, str(scores[word]["recorded"]), str(scores[word]["read"]), str(scores[word]["agree"]),
         _share(scores[word]["recall"]), _share(scores[word]["precision"])]
        for word in used
    ]  # fmt: skip
    told = """
        *Recall*: of the episodes recorded so, how many are read so. *Precision*: of those read so, how many
        are recorded so. 'Undetermined' is the engine's alone, for a fact that nobody states: a record has no
        such word, and so each episode read so counts as a disagreement.
    """
    return "\n\n".join(
        [
            "## Word by word",
            table(head, rows),
            table(("word", "recorded", "read", "both", "recall", "precision"), by_word),
            _wrapped(told),
        ]
    )


def _coders(found: Agreement) -> str:
    told = found.coders()
    if not told["episodes"]:
        return ""
    both = told["where_coders_agree"]
    rows = [
        ["first and second coder", _share(told["coders_agree"]), _decimal(told["coders_kappa"])],
        ["engine and first coder", _share(told["engine_with_first"]), _decimal(told["engine_kappa_first"])],
        [
            "engine and second coder",
            _share(told["engine_with_second"]),
            _decimal(told["engine_kappa_second"]),
        ],
    ]
    words = f"""
        A second coder read {told["episodes"]} of these episodes without seeing the first one's readings. How
        far two people agree is the yardstick. Kappa is agreement beyond chance (Cohen 1960).
    """
    nearer = ""
    if told["engine_with_first"] > told["coders_agree"]:
        nearer = """
            The engine agrees with the first coder further than the second coder does. That is what a shared
            author of clauses, facts and readings would give; it is no sign of a better reader.
        """
    more = f"""
        {nearer} By letter alone the engine has the second coder's word in
        {_share(told["letter_with_second"])}, by sense alone in {_share(told["sense_with_second"])}.
        Where both coders agree ({both["episodes"]} episodes), the engine agrees with them in
        {_share(both["engine_agrees"])}. It is against both in {_listed(told["against_both"]) or "none"}:
        there it needs a very good reason.
    """
    return "\n\n".join(
        ["## Two coders as a yardstick", _wrapped(words), table(("", "agree", "kappa"), rows), _wrapped(more)]
    )


def _all_disagreements(found: Agreement) -> str:
    apart = found.disagreements()
    told = f"""
        {len(apart)} episodes. 'Engine' says on what the reading turns, 'coder' gives the coder's reason as it
        stands in the record.
    """
    each = [_disagreement(one, found) for one in apart]
    return "\n\n".join(["## Where they differ", _wrapped(told), *each])


def _disagreement(one: Disagreement, found: Agreement) -> str:
    episode = next(read.episode for read in found.readings if read.episode.id == one.id)
    lines = [
        f"### {one.id}",
        "",
        _wrapped(_escaped(f"{episode.date}, {episode.title}; {episode.clauses[0]}.")),
        "",
        f"- Recorded **{one.recorded.value}**, read **{one.read.value}**.",
        _bullet(f"- Engine: {_escaped(one.why)}."),
        _bullet(f"- Coder: {_escaped(one.coder.rstrip('.'))}."),
        _bullet(f"- What it means: {_meaning(one)} {_second(one, found)}".rstrip()),
    ]
    return "\n".join(lines)


# What a difference turns on, for as long as both words are those given here.
_MEANINGS: Mapping[tuple[str, str, str], str] = {
    ("1914-franco-russian-mobilisation", "contested", "met"): (
        "article 2 as coded asks for mobilisation and not for how much of it; what the staffs made of a "
        "partial one later is outside the text."
    ),
    ("1915-greece", "contested", "met"): (
        "article 1 asks for an attack without provocation. The doubt whether it reaches great powers is "
        "coded and does not bite on Bulgaria alone; the 150,000 men stand in the convention, not in this "
        "article."
    ),
    ("1961-goa", "contested", "met"): (
        "by their wording the old treaties are met; that London would not fight a member of the Commonwealth "
        "is a refusal and not a reading."
    ),
    ("1964-malaysia", "met", "undetermined"): (
        "the clause asks where the act falls, and the episode names no place. With one it would be "
        "contested, for the record disputes that there was an armed attack."
    ),
    ("1965-pakistan", "not met", "contested"): (
        "that Washington promised help against communist attack alone frees Washington, and no other party; "
        "for the others the record leaves attack and area in dispute."
    ),
    ("1971-pakistan", "not met", "contested"): (
        "that Washington promised help against communist attack alone frees Washington, and no other party; "
        "for the others the record leaves the area in dispute."
    ),
    ("1981-gambia", "contested", "undetermined"): (
        "the record has a rising and does not say whether it was an attack or a threat to security, which is "
        "what the clause asks."
    ),
    ("1983-grenada", "contested", "undetermined"): (
        "the record denies aggression from outside in one word and is silent on the two others that the "
        "clause names beside it. Were these denied too, it would be not met."
    ),
    ("1998-sierra-leone", "contested", "undetermined"): (
        "the clause asks for a threat to international peace, of which the record says nothing. Were it "
        "stated, the case would be contested."
    ),
    ("2001-rio", "met", "contested"): (
        "whether men who are no state can make the attack is coded as disputed. The parties answered yes, "
        "which the record has as their decision and not as a reading of the words."
    ),
    ("2014-ukraine-budapest", "met", "contested"): (
        "paragraph 6 asks only whether a question had arisen. The record disputes the breach, and a disputed "
        "breach is such a question: the coders' word fits the text better than the engine's."
    ),
    ("2022-kgz-tjk", "contested", "met"): (
        "article 1 is a standing ban on force and so always in play; whether a member broke it is another "
        "question, and that one is disputed."
    ),
    ("2026-greenland", "contested", "met"): (
        "article 4 asks for a threat as a party sees it and excepts no ally; that no common position was "
        "found is about the answer and not about the case."
    ),
}
_BY_WORDS: Mapping[tuple[Reading, Reading], str] = {
    (
        Reading.CONTESTED,
        Reading.MET,
    ): "the clause as coded is met by the facts as recorded, and the dispute that "
    "the coder sees is in none of them.",
    (Reading.NOT_MET, Reading.MET): "the coder draws a limit that the clause as coded does not have.",
    (Reading.MET, Reading.CONTESTED): "a fact that the clause asks for is disputed on record, and the coder "
    "takes a side.",
    (
        Reading.NOT_MET,
        Reading.CONTESTED,
    ): "a fact that the clause asks for is disputed on record, and the coder takes a side.",
    (Reading.MET, Reading.NOT_MET): "a fact that the clause as coded asks for is denied on record.",
    (Reading.CONTESTED, Reading.NOT_MET): "a fact that the clause as coded asks for is denied on record.",
}
_OPEN = "a fact that the clause asks for is stated nowhere in the record, and the coder fills the gap."
_ELSE = "engine and coder differ on whether the clause speaks to this case at all."


def _meaning(one: Disagreement) -> str:
    words = _MEANINGS.get((one.id, one.recorded.value, one.read.value))
    if words is not None:
        return words
    if one.read is Reading.UNDETERMINED:
        return _OPEN
    return _BY_WORDS.get((one.recorded, one.read), _ELSE)


def _second(one: Disagreement, found: Agreement) -> str:
    coding = found.second.get(one.id)
    if coding is None:
        return ""
    word = READING_OF[coding.overall]
    if word is one.read:
        return f"The second coder has the engine's word, {word.value}."
    if word is one.recorded:
        return f"The second coder has the first one's word, {word.value}."
    return f"The second coder has a third word, {word.value}."


def _uncounted(found: Agreement) -> str:
    if not found.without_clause:
        return ""
    named = ", ".join(f"`{name}`" for name in found.without_clause)
    return "## Not counted\n\n" + _wrapped(f"No treaty applied, so that there is no clause to read: {named}.")


# Words and lines


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"


def _decimal(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _escaped(text: str) -> str:
    """Free text on one line, with what Markdown would read as markup made plain."""
    return re.sub(r"([\\`*_\[\]<])", r"\\\1", " ".join(text.split()))


def _sentence(text: str) -> str:
    """A note as a sentence: with a capital, and a stop at its end."""
    told = _escaped(text)
    return f"{told[:1].upper()}{told[1:]}{'' if told.endswith(('.', '!', '?')) else '.'}"


def _wrapped(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), WIDTH, break_long_words=False, break_on_hyphens=False)


def _bullet(text: str) -> str:
    return textwrap.fill(
        text, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )  # fmt: skip


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part.strip() for part in parts) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "catalogue.md": catalogue_page,
    "text-checks.md": checks_page,
    "predicates.md": predicates_page,
    "record-results.md": record_page,
}


if __name__ == "__main__":
    main()
