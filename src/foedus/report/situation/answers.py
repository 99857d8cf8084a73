"""Each numbered line of a situation gets an answer, or says that none was computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foedus.cases.schema import Case, Question
from foedus.report.phrases import Phrases, phrases, read_words
from foedus.report.reading import Assessed, NotComputedError, Summary, as_dict
from foedus.report.situation import alliance, costs, course, law
from foedus.report.situation.telling import Telling, Told
from foedus.terms import Tag

Teller = Callable[[Telling, str], Told]

ANSWERS: Mapping[str, Teller] = {
    "stated": law.stated,
    "unrest_course": course.unrest_course,
    "toll": course.toll,
    "sites_lost": course.sites_lost,
    "activation": law.activation,
    "belief": law.belief,
    "clause": law.clause,
    "readings": law.readings,
    "framing": law.framing,
    "members": alliance.members,
    "task": alliance.task,
    "theatres": alliance.theatres,
    "announcements": alliance.announcements,
    "dependence": costs.index,
    "contagion": costs.index,
    "opinion": costs.index,
    "credibility": costs.index,
    "leadership": costs.leadership,
    "price": costs.price,
    "surprise": law.surprise,
    "weakness": law.weakness,
}
# Sentences of an answer that a brief of two pages has room for.
TERSE = 2
_INPUTS = frozenset({"stated", "announcements"})
_RECORDS = frozenset({"clause"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What foedus says to one line, where it has it from, what came true, and what it hangs on.

    ``tag`` is one of input, looked up, computed, assumed; ``afterwards`` is what the record says happened
    then, None where the case is silent; ``change`` names what would change the answer, and which way;
    ``stated`` is what the case puts in, where the answer is not itself an input; ``terse`` and
    ``terse_change`` are answer and change cut to their first sentences, for the brief.
    """

    line: int
    tag: Tag
    question: str
    answer: str
    change: str
    afterwards: str | None
    stated: str | None = None
    terse: str = ""
    terse_change: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "line": self.line,
            "tag": self.tag.value,
            "question": self.question,
            "answer": self.answer,
            "change": self.change,
            "afterwards": self.afterwards,
            "stated": self.stated,
        }


def answers(
    study_summary: Summary,
    case: Case,
    assessment: Assessed | Mapping[str, Any] | None,
    lang: str = "en",
) -> list[Answer]:
    """Answer each line of a situation.

    Parameters
    ----------
    study_summary
        What ``study.summary()`` returns; a key that is missing makes an answer say 'not computed'.
    case
        The case; one that numbers no situation of its own is asked the general questions.
    assessment
        What the treaties room found, or its JSON form, or None.
    lang
        ``en`` or ``nl``.

    Raises
    ------
    CaseError
        If there are no words in that language.
    """
    say = phrases(lang)
    assessed = as_dict(assessment) or study_summary.get("obligation") or {}
    telling = Telling(study_summary, case, assessed, say)
    questions = sorted(case.situation, key=lambda q: q.line) or _general_questions()
    return [_answer(question, telling) for question in questions]


def _answer(question: Question, telling: Telling) -> Answer:
    told = _told(question, telling)
    say = telling.say
    stated = _in(say, question.stated, question.stated_nl)
    return Answer(
        line=question.line,
        tag=told.tag,
        question=_in(say, question.text, question.text_nl),
        answer=" ".join(told.says),
        change=" ".join(told.change),
        terse=" ".join(told.says[:TERSE]),
        terse_change=" ".join(told.change[:1]),
        afterwards=_in(say, question.afterwards, question.afterwards_nl) or None,
        stated=stated if stated and stated not in told.says else None,
    )


def _told(question: Question, telling: Telling) -> Told:
    say = telling.say
    name, _, argument = question.answer.partition(":")
    if name not in ANSWERS:
        return Told(
            Tag.ASSUMED,
            [say("no_such_answer", name=question.answer)],
            [say("change_no_such_answer")],
        )
    if name == "stated":
        return _stated(question, telling)
    try:
        told = ANSWERS[name](telling, argument or name)
    except NotComputedError as missing:
        what = str(missing)
        told = Told(_usual_tag(name), [say("not_computed")], [say("change_not_computed", what=what)])
    stated = _in(say, question.stated, question.stated_nl)
    if stated and name in _INPUTS:
        told.says.insert(0, stated)
    return told


def _stated(question: Question, telling: Telling) -> Told:
    say = telling.say
    stated = _in(say, question.stated, question.stated_nl)
    says = say("stated.says", stated=stated) if stated else say("stated.nothing")
    cited = [telling.case.sources[k].cite if k in telling.case.sources else k for k in question.source]
    return Told(Tag.INPUT, [says], [say("stated.change", sources="; ".join(cited[:2]))])


def _usual_tag(name: str) -> Tag:
    if name in _INPUTS:
        return Tag.INPUT
    return Tag.LOOKED_UP if name in _RECORDS else Tag.COMPUTED


def _in(say: Phrases, english: str | None, dutch: str | None) -> str:
    return (dutch if say.lang == "nl" and dutch else english) or ""


def _general_questions() -> Sequence[Question]:
    entries: Sequence[Mapping[str, str]] = read_words("questions")["questions"]
    return [
        Question(line=line, source=["foedus"], basis="assumption", **entry)
        for line, entry in enumerate(entries, start=1)
    ]
