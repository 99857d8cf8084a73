"""What does a treaty say, and whom does it bind on a day? The schema of a treaty's file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, PlainValidator, model_validator

from foedus.cases.schema.values import Strict
from foedus.terms import Dated, Party
from foedus.treaties.condition import Condition, parse

Code = Annotated[
    str, Field(pattern=r"^[A-Z]{3}(_[A-Z])?$", description="ISO 3166-1 alpha-3, or a code of a gone state")
]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
TriggerCondition = Annotated[Condition, PlainValidator(parse)]
Day = Annotated[Dated, PlainValidator(Dated.parse)]

ClauseType = Literal[
    "mutual_defence",
    "assistance",
    "intervention",
    "peace_enforcement",
    "guarantee",
    "offence",
    "consultation",
    "neutrality",
    "non_aggression",
    "definition",
]

# From the strongest to the weakest, in the reading of this project; the words are ours.
STRENGTHS: Mapping[str, str] = {
    "must_use_force": "must fight with all available forces",
    "must_assist_all_means": "must help by all means in its power",
    "must_assist_including_force": "must give the necessary help, armed force included",
    "must_assist_means_deemed_necessary": "must help, by the means that it deems necessary",
    "must_act_constitutional": "must act to meet the danger by its constitutional processes",
    "must_mobilise": "must mobilise",
    "must_assist_nonmilitary": "must help by other than military means",
    "body_decides_measures": "is bound to what the body decides",
    "must_consult": "must consult",
    "must_stay_neutral": "must stay neutral",
    "must_not_attack": "must refrain from force",
    "may_intervene": "may intervene",
    "may_assist": "may help",
    "diplomatic_support": "gives diplomatic support",
    "none": "has no operative duty",
}
Strength = Literal[
    "must_use_force",
    "must_assist_all_means",
    "must_assist_including_force",
    "must_assist_means_deemed_necessary",
    "must_act_constitutional",
    "must_mobilise",
    "must_assist_nonmilitary",
    "body_decides_measures",
    "must_consult",
    "must_stay_neutral",
    "must_not_attack",
    "may_intervene",
    "may_assist",
    "diplomatic_support",
    "none",
]
DecisionRule = Literal[
    "automatic",
    "individual_judgement",
    "any_party_request",
    "mutual_agreement",
    "consensus",
    "unanimity",
    "two_thirds",
    "unspecified",
]


class Span(Strict):
    """From a first day up to, not including, a last; open where a day is left out.

    Where only the month or the year of an end is known, every day of it counts as inside: the state may have
    been bound, and an answer that leaves it out would claim more than is known.
    """

    from_: Annotated[Day | None, Field(alias="from")] = None
    to: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Span:
        if self.from_ is not None and self.to is not None and self.to.last <= self.from_.first:
            raise ValueError(f"to ({self.to}) is not after from ({self.from_}); give a later day")
        return self

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return _lies_between(self.from_, day, self.to)


class PartyEvent(Strict):
    """Something that happened to a state's participation short of leaving, for good or for a time."""

    at: Day
    kind: Literal[
        "participation_frozen",
        "suspended",
        "readmitted",
        "reservation",
        "withdrew",
        "rejoined",
        "withdrawal_announced",
    ]
    note: str


class PartySpan(Span):
    """A state is bound for a time; one that left and came back has two entries.

    ``contested``: whether it is bound at all in that time is disputed, for the reason in the note.
    """

    code: Code
    from_: Annotated[Day, Field(alias="from")]
    contested: bool = False
    events: list[PartyEvent] = Field(default_factory=list)
    note: str | None = None


class Signatory(Strict):
    """A state that signed and is not known to be bound."""

    code: Code
    note: str


class Area(Strict):
    """Where the act must fall: the territory of states, by their codes or by groups of states.

    ``within`` lists codes of states and territories (ISO 3166-1, or 3166-2 for a part such as US-HI), and
    groups: ``parties`` (of the treaty on the day), ``victim``, and those declared in ``groups.yaml``, such as
    ``europe``. ``outside`` takes out of it. What lies on the high seas, or turns on a line inside a state,
    has no code: then only a fact of the event can say.
    """

    within: Annotated[list[str], Field(min_length=1)]
    outside: list[str] = Field(default_factory=list)
    held_by: Annotated[
        list[str], Field(description="whose territory it must be besides, such as that of the parties")
    ] = Field(default_factory=list)


class TreatyException(Strict):
    """What the clause leaves out or ends with.

    ``when`` says in which circumstances it bites, ``effect`` what it then does: ``noted`` is told beside the
    reading and changes nothing; ``excludes`` takes the case out of the clause in every reading; ``disputed``
    leaves the letter as it is and makes the sense contested. ``reserved_by``: the reservation of these
    states, which changes what binds them and nobody else.
    """

    text: str
    when: TriggerCondition | None = None
    effect: Literal["noted", "excludes", "disputed"] = "noted"
    reserved_by: list[Code] = Field(default_factory=list)

    @model_validator(mode="after")
    def _bites_on_something(self) -> TreatyException:
        if self.effect != "noted" and self.when is None:
            raise ValueError(f"an exception that {self.effect} needs `when`; say in which circumstances")
        return self


class Trigger(Strict):
    """When the clause is called into play."""

    condition: TriggerCondition
    external_origin: Literal["required", "implied", "not_required"]
    internal_disorder: Literal["covered", "not_covered", "covered_if_externally_supported", "contested"]
    victim: Literal["party", "non_party", "any"] = "party"
    protects: Annotated[
        list[Code], Field(description="the states that the clause is for; every other party if left out")
    ] = Field(default_factory=list)
    protects_also: Annotated[
        list[Code], Field(description="states that are no parties and are named beside them")
    ] = Field(default_factory=list)
    scope: str | None = None
    area: Area | None = None
    request_of_victim: Literal["yes", "implied", "customary", "no"]
    body_decision_required: bool
    exceptions: list[TreatyException] = Field(default_factory=list)


class Obligation(Strict):
    """What an addressee must or may do."""

    strength: Strength
    text: str | None = None

    @property
    def words(self) -> str:
        """The strength of the obligation in words."""
        return STRENGTHS[self.strength]


class Decision(Strict):
    """Who decides, by which rule."""

    rule: DecisionRule
    body: str | None = None


class Clause(Strict):
    """One operative clause, in the wording of one time."""

    id: Id
    article: str
    type: ClauseType
    label: str
    valid: Span = Span()
    trigger: Trigger
    obligation: Obligation
    addressees: Literal["all_other_parties", "all_parties"] | Annotated[list[Code], Field(min_length=1)]
    owed_to: Annotated[
        Code | None, Field(description="to whom the duty is owed, where that is not the state attacked")
    ] = None
    decision: Decision
    note: str | None = None

    @property
    def cited(self) -> str:
        """The clause as one cites it: 'article 4 (as amended 2010)', or 'letters of 1912'."""
        numbered = re.match(r"\d|[IVX]+\b", self.article)
        return f"article {self.article}" if numbered else self.article

    def addressed(self, parties: tuple[Party, ...], victim: Party) -> tuple[Party, ...]:
        """The parties on whom the duty falls when the victim is in trouble."""
        if self.addressees == "all_parties":
            return parties
        return tuple(
            party
            for party in parties
            if party != victim and (self.addressees == "all_other_parties" or party in self.addressees)
        )


class Source(Strict):
    """Where the clauses and dates come from; ``checked``: the text itself was opened."""

    cite: str
    url: str | None = None
    checked: bool = False


class TextCheck(Strict):
    """That a clause was held against its published text: when, where, and with what result."""

    clause: Id
    on: Day
    where: Annotated[str, Field(description="address of the text, or 'text not reachable'")]
    result: Literal["agrees", "corrected", "not reachable"]
    note: str


class Presumed(Strict):
    """From when a treaty is taken to be in force without a verified date, and why."""

    from_: Annotated[Day, Field(alias="from")]
    basis: str


class Treaty(Strict):
    """A treaty: who is bound when, and to what."""

    id: Id
    short_name: str
    name: str
    kind: Literal["bilateral", "multilateral"]
    form: Literal["treaty", "exchange_of_letters", "political_declaration"]
    signed: Day
    in_force: Day | None = None
    presumed_in_force: Presumed | None = None
    ended: Day | None = None
    end_reason: str | None = None
    dormant_since: Annotated[
        Day | None, Field(description="from when it has been out of use without having been ended")
    ] = None
    status: Literal[
        "in_force", "in_force_presumed", "signed_not_verified_in_force", "dormant", "superseded", "ended"
    ]
    amendments: list[str] = Field(default_factory=list)
    parties: list[PartySpan] = Field(default_factory=list)
    parties_complete: bool = True
    signatories: list[Signatory] = Field(default_factory=list)
    clauses: Annotated[list[Clause], Field(min_length=1)]
    text_public: bool = True
    text_checks: list[TextCheck] = Field(default_factory=list)
    duration: str | None = None
    notice: str | None = None
    related: list[Id] = Field(default_factory=list)
    note: str | None = None
    confidence: Literal["high", "medium", "low"]
    sources: Annotated[list[Source], Field(min_length=1)]

    @model_validator(mode="after")
    def _no_party_twice_at_once(self) -> Treaty:
        for code in {span.code for span in self.parties}:
            spans = sorted(
                (span for span in self.parties if span.code == code), key=lambda span: span.from_.first
            )
            for earlier, later in pairwise(spans):
                if earlier.to is None or later.from_.first < earlier.to.first:
                    raise ValueError(
                        f"{code} is a party twice on {later.from_}; end the first entry before that"
                    )
        return self

    @model_validator(mode="after")
    def _clauses_named_once(self) -> Treaty:
        ids = [clause.id for clause in self.clauses]
        for clause_id in ids:
            if not clause_id.startswith(f"{self.id}."):
                raise ValueError(
                    f"clause {clause_id} does not begin with the treaty's id; call it {self.id}.…"
                )
            if ids.count(clause_id) > 1:
                raise ValueError(f"clause {clause_id} is given twice; give each its own id")
        for check in self.text_checks:
            if check.clause not in ids:
                raise ValueError(f"a text check names {check.clause}, no clause of {self.id}; give one of it")
        return self

    @model_validator(mode="after")
    def _dates_in_order(self) -> Treaty:
        days = [day for day in (self.signed, self.in_force, self.ended) if day is not None]
        if any(earlier.first > later.last for earlier, later in pairwise(days)):
            raise ValueError("signed, in_force and ended are not in order; give signed <= in_force <= ended")
        if self.in_force is not None and self.presumed_in_force is not None:
            raise ValueError("in_force is given beside presumed_in_force; keep the one that is known")
        return self

    @property
    def begins(self) -> Dated | None:
        """When it came into force, or is presumed to have; None where neither is known."""
        return self.presumed_in_force.from_ if self.presumed_in_force is not None else self.in_force

    def in_force_on(self, day: date) -> bool:
        """Whether the treaty was in force on a day, or is presumed to have been."""
        begins = self.begins
        return begins is not None and _lies_between(begins, _as_day(day), self.ended)

    def dormant_on(self, day: date) -> bool:
        """Whether the treaty, never ended, was out of use on a day."""
        return self.dormant_since is not None and self.dormant_since.first <= _as_day(day)

    def parties_on(self, day: date) -> tuple[Party, ...]:
        """The states bound on a day, in the order of their codes."""
        return tuple(span.code for span in self.spans_on(day))

    def spans_on(self, day: date) -> tuple[PartySpan, ...]:
        """The entries of the states bound on a day, in the order of their codes."""
        day = _as_day(day)
        if not self.in_force_on(day):
            return ()
        return tuple(sorted((s for s in self.parties if s.holds_on(day)), key=lambda span: span.code))

    def clauses_on(self, day: date) -> tuple[Clause, ...]:
        """The clauses in the wording of a day, in the order of the treaty."""
        day = _as_day(day)
        if not self.in_force_on(day):
            return ()
        return tuple(clause for clause in self.clauses if clause.valid.holds_on(day))


def _lies_between(from_: Dated | None, day: date, to: Dated | None) -> bool:
    if from_ is not None and day < from_.first:
        return False
    return to is None or day < to.last or (day == to.last and not to.to_the_day)


def _as_day(day: date) -> date:
    # A datetime is a date to Python but does not compare with one.
    return day.date() if isinstance(day, datetime) else day
