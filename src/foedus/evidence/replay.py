"""What could be believed, at an instant and on each day, and which claim or grade moved it?

A replay asks the same question at the end of each day, with nothing in hand but what had been said, graded
and done by then. So no later claim and no later grade changes an earlier day, whatever is added to a case.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Any, Literal

from foedus.cases.schema.events import Claim
from foedus.evidence.claims import as_of_claims, pieces
from foedus.evidence.grading import weights as weights_on_file
from foedus.evidence.pooling import Luck, believe, latest_records
from foedus.evidence.record import Record
from foedus.evidence.weighing import Weighed, weighed
from foedus.terms import Belief, Interval, Predicate


@dataclass(frozen=True, slots=True)
class Held:
    """A belief as it was held at an instant, with the claims that had been heard and what each added."""

    belief: Belief
    claims: tuple[Weighed, ...]
    record: Record | None

    def in_short(self) -> dict[str, Any]:
        """Return status and 5-50-95 % of the probability."""
        spread = Interval.of(self.belief.probability)
        return {
            "status": self.belief.status.value,
            "p05": spread.p05,
            "median": spread.median,
            "p95": spread.p95,
        }

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form: what was held, the claims and the record."""
        record = self.record
        return {
            **self.in_short(),
            "claims": [claim.as_dict() for claim in self.claims],
            "record": None
            if record is None
            else {"at": record.at.isoformat(), "holds": record.holds, "text": record.text},
        }


@dataclass(frozen=True, slots=True)
class News:
    """What may have moved a belief on a day: something said, graded, or done.

    Attributes
    ----------
    claim, who
        The claim's id and its speaker; ``None`` for an act of record.
    """

    at: datetime
    predicate: Predicate
    kind: Literal["said", "graded", "record"]
    what: str
    claim: str | None = None
    who: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "at": self.at.isoformat(),
            "predicate": self.predicate,
            "kind": self.kind,
            "what": self.what,
            "claim": self.claim,
            "who": self.who,
        }


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the replay: what could be believed at its end, and what was new."""

    until: datetime
    day: str
    held: dict[Predicate, Held]
    news: tuple[News, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form: what was held of each fact, in short, and the news."""
        return {
            "day": self.day,
            "until": self.until.isoformat(),
            "beliefs": {name: held.in_short() for name, held in self.held.items()},
            "news": [news.as_dict() for news in self.news],
        }


def held_beliefs(
    claims: Sequence[Claim],
    records: Sequence[Record],
    *,
    as_of: datetime,
    luck: Luck,
    runs: range,
    only: Collection[Predicate] = (),
) -> dict[Predicate, Held]:
    """What could be believed at an instant, and what did each claim heard by then add?

    Parameters
    ----------
    claims, records
        What was said, and what was done; later ones are not seen.
    as_of
        The instant (aware).
    luck, runs
        Keyed draws, and the runs for which to draw.
    only
        The facts asked for, also where nobody has said anything of them. If left out, each fact of which
        something was said or done by then.
    """
    weights = weights_on_file()
    beliefs = believe(
        claims,
        records,
        as_of=as_of,
        luck=luck,
        runs=runs,
        priors={name: weights.prior(name) for name in only},
    )
    heard = as_of_claims(claims, as_of)
    on_record = latest_records(records, as_of)
    asked = sorted(set(only)) or sorted({*(graded.claim.predicate for graded in heard), *on_record})
    held = {}
    for fact in asked:
        about = [graded for graded in heard if graded.claim.predicate == fact]
        prior, record = weights.prior(fact), on_record.get(fact)
        found = pieces(about, weights, prior)
        held[fact] = Held(beliefs[fact], tuple(weighed(about, found, weights, prior, record)), record)
    return held


def replayed_days(
    claims: Sequence[Claim],
    records: Sequence[Record],
    *,
    start: datetime,
    end: datetime,
    zone: tzinfo,
    luck: Luck,
    runs: range,
    only: Collection[Predicate] = (),
) -> list[Day]:
    """What could be believed at the end of each day from a start to an end, and what was new that day?

    Parameters
    ----------
    start, end
        First and last instant (aware). A last day that is not over is told as of the end.
    zone
        The time zone whose days they are.
    claims, records, luck, runs, only
        As for `held_beliefs`.
    """
    days = []
    # The first day also tells what had been said before the window.
    before = None
    for begins, until in _days(start, end, zone):
        held = held_beliefs(claims, records, as_of=until, luck=luck, runs=runs, only=only)
        news = [
            item
            for item in _news(claims, records)
            if (before is None or item.at > before) and item.at <= until and item.predicate in held
        ]
        days.append(Day(until, f"{begins:%Y-%m-%d}", held, tuple(sorted(news, key=_in_order))))
        before = until
    return days


def _days(start: datetime, end: datetime, zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    """The beginning and the end of each day; calendar days of the zone, so of 23 or 25 hours at a change."""
    begins = start.astimezone(zone)
    while begins < end:
        tomorrow = datetime.combine(begins.date() + timedelta(days=1), time(), zone)
        yield begins, min(tomorrow, end.astimezone(zone))
        begins = tomorrow


def _news(claims: Sequence[Claim], records: Sequence[Record]) -> Iterator[News]:
    for claim in claims:
        says = f"'{claim.likelihood}'" if claim.likelihood else "it is so" if claim.holds else "it is not so"
        yield News(claim.at, claim.predicate, "said", says, claim.id, claim.who)
        first = min(grade.at for grade in claim.grades)
        for grade in claim.grades:
            verb = "graded" if grade.at == first else "graded anew"
            why = f" ({grade.why})" if grade.why else ""
            what = f"{verb} {grade.reliability}{grade.credibility}{why}"
            # A grade dated before its claim is news when the claim is.
            yield News(max(grade.at, claim.at), claim.predicate, "graded", what, claim.id, claim.who)
    for record in records:
        yield News(record.at, record.predicate, "record", record.text)


def _in_order(news: News) -> tuple[datetime, str, bool, str]:
    return news.at, news.claim or "", news.kind != "said", news.what
