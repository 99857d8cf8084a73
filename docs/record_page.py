"""The page on the record: where the engine's readings agree with the recorded ones and where not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml
from cells import table
from lines import WRITTEN, bullet, decimal, escaped, joined, listed, share, wrapped

from foedus.terms import Reading
from foedus.treaties.record import Agreement, Disagreement, agreement, episodes
from foedus.treaties.record.agreement import ORDER
from foedus.treaties.record.episode import READING_OF

DOCS = Path(__file__).parent


def record_page() -> str:
    """Write how far the engine's readings agree with the recorded ones."""
    found = agreement(episodes())
    parts = [f"# What the record says\n\n{WRITTEN}"]
    if not found.readings:
        return joined([*parts, "No episode with a clause: nothing to compare."])
    parts += [_rates(found), _confusion(found), _coders(found), _all_disagreements(found), _uncounted(found)]
    return joined([part for part in parts if part])


def _rates(found: Agreement) -> str:
    majority = found.majority.value if found.majority is not None else ""
    told = f"""
        foedus reads the first clause of each of {len(found.readings)} episodes on record, by letter, by
        sense and overall ([how](record.md)). In **{found.agree} of {len(found.readings)}
        ({share(found.rate)})** the engine has the word that the coder recorded. A reader who always said
        '{majority}' would have it in {share(found.baseline)}.
    """
    means = """
        **Agreement shows consistency, not truth.** Clauses, facts and first readings share an author. That
        the engine agrees says that its rules, applied to the facts as recorded, lead where the coder went.
        Where they differ, neither is right because of who it is: the text decides.
    """
    command = "```bash\nfoedus record --every\n```"
    return "\n\n".join([wrapped(told), wrapped(means), command])


def _confusion(found: Agreement) -> str:
    counts, scores = found.confusion(), found.by_reading()
    used = [word for word in ORDER if scores[word]["recorded"] or scores[word]["read"]]
    rows = [[word, *(str(counts[word][column]) for column in used)] for word in used]
    head = ("recorded (rows), read (columns)", *used)
    by_word = [
        [word, str(scores[word]["recorded"]), str(scores[word]["read"]), str(scores[word]["agree"]),
         share(scores[word]["recall"]), share(scores[word]["precision"])]
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
            wrapped(told),
        ]
    )


def _coders(found: Agreement) -> str:
    told = found.coders()
    if not told["episodes"]:
        return ""
    both = told["where_coders_agree"]
    rows = [
        ["first and second coder", share(told["coders_agree"]), decimal(told["coders_kappa"])],
        ["engine and first coder", share(told["engine_with_first"]), decimal(told["engine_kappa_first"])],
        [
            "engine and second coder",
            share(told["engine_with_second"]),
            decimal(told["engine_kappa_second"]),
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
        {share(told["letter_with_second"])}, by sense alone in {share(told["sense_with_second"])}.
        Where both coders agree ({both["episodes"]} episodes), the engine agrees with them in
        {share(both["engine_agrees"])}. It is against both in {listed(told["against_both"]) or "none"}:
        there it needs a very good reason.
    """
    return "\n\n".join(
        ["## Two coders as a yardstick", wrapped(words), table(("", "agree", "kappa"), rows), wrapped(more)]
    )


def _all_disagreements(found: Agreement) -> str:
    apart = found.disagreements()
    told = f"""
        {len(apart)} episodes. 'Engine' says on what the reading turns, 'coder' gives the coder's reason as it
        stands in the record.
    """
    each = [_disagreement(one, found) for one in apart]
    return "\n\n".join(["## Where they differ", wrapped(told), *each])


def _disagreement(one: Disagreement, found: Agreement) -> str:
    episode = next(read.episode for read in found.readings if read.episode.id == one.id)
    lines = [
        f"### {one.id}",
        "",
        wrapped(escaped(f"{episode.date}, {episode.title}; {episode.clauses[0]}.")),
        "",
        f"- Recorded **{one.recorded.value}**, read **{one.read.value}**.",
        bullet(f"- Engine: {escaped(one.why)}."),
        bullet(f"- Coder: {escaped(one.coder.rstrip('.'))}."),
        bullet(f"- What it means: {_meaning(one)} {_second(one, found)}".rstrip()),
    ]
    return "\n".join(lines)


# What a difference turns on, for as long as both words are those given in the file.
MEANINGS: Mapping[tuple[str, str, str], str] = {
    (one["episode"], one["recorded"], one["read"]): one["meaning"]
    for one in yaml.safe_load((DOCS / "record-meanings.yaml").read_text(encoding="utf-8"))
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
    words = MEANINGS.get((one.id, one.recorded.value, one.read.value))
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
    return "## Not counted\n\n" + wrapped(f"No treaty applied, so that there is no clause to read: {named}.")
