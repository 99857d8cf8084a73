"""What does a treaty say, and whom does it bind on a day? The schema of a treaty's file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, PlainValidator, model_validator

from foedus.cases.schema.values import Strict
from foedus.terms import Party
from foedus.treaties.condition import Condition, parse

Code = Annotated[
    str, Field(pattern=r"^[A-Z]{3}(_[A-Z])?$", description="ISO 3166-1 alpha-3, or a code of a gone state")
]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
TriggerCondition = Annotated[Condition, PlainValidator(parse)]

ClauseType = Literal[
    "mutual_defence",
    "assistance",
    "intervention",
    "peace_enforcement",
    "guarantee",
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
    """From a first day up to, not including, a last; open where a day is left out."""

    from_: Annotated[date | None, Field(alias="from")] = None
    to: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Span:
        if self.from_ is not None and self.to is not None and self.to <= self.from_:
            raise ValueError(f"to ({self.to}) is not after from ({self.from_}); give a later day")
        return self

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day < self.to)


class PartyEvent(Strict):
    """Something that happened to a state's participation short of leaving."""

    at: date
    kind: Literal["participation_frozen", "suspended", "reservation"]
    note: str


class PartySpan(Span):
    """A state is bound for a time; one that left and came back has two entries."""

    code: Code
    from_: Annotated[date, Field(alias="from")]
    events: list[PartyEvent] = Field(default_factory=list)
    note: str | None = None


class Signatory(Strict):
    """A state that signed and is not known to be bound."""

    code: Code
    note: str


class TreatyException(Strict):
    """What the clause leaves out or ends with; ``when`` says in which circumstances it bites."""

    text: str
    when: TriggerCondition | None = None


class Trigger(Strict):
    """When the clause is called into play."""

    condition: TriggerCondition
    external_origin: Literal["required", "implied", "not_required"]
    internal_disorder: Literal["covered", "not_covered", "covered_if_externally_supported", "contested"]
    victim: Literal["party", "non_party", "any"] = "party"
    scope: str | None = None
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
    addressees: Literal["all_other_parties", "all_parties"]
    decision: Decision
    note: str | None = None


class Source(Strict):
    """Where the clauses and dates come from; ``checked``: the text itself was opened."""

    cite: str
    url: str | None = None
    checked: bool = False


class Treaty(Strict):
    """A treaty: who is bound when, and to what."""

    id: Id
    short_name: str
    name: str
    kind: Literal["bilateral", "multilateral"]
    form: Literal["treaty", "exchange_of_letters", "political_declaration"]
    signed: date
    in_force: date | None = None
    ended: date | None = None
    status: Literal[
        "in_force", "in_force_presumed", "signed_not_verified_in_force", "dormant", "superseded", "ended"
    ]
    amendments: list[str] = Field(default_factory=list)
    parties: Annotated[list[PartySpan], Field(min_length=1)]
    signatories: list[Signatory] = Field(default_factory=list)
    clauses: Annotated[list[Clause], Field(min_length=1)]
    duration: str | None = None
    notice: str | None = None
    related: list[Id] = Field(default_factory=list)
    note: str | None = None
    confidence: Literal["high", "medium", "low"]
    sources: Annotated[list[Source], Field(min_length=1)]

    @model_validator(mode="after")
    def _no_party_twice_at_once(self) -> Treaty:
        for code in {span.code for span in self.parties}:
            spans = sorted((span for span in self.parties if span.code == code), key=lambda span: span.from_)
            for earlier, later in pairwise(spans):
                if earlier.to is None or later.from_ < earlier.to:
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
        return self

    @model_validator(mode="after")
    def _dates_in_order(self) -> Treaty:
        days = [day for day in (self.signed, self.in_force, self.ended) if day is not None]
        if days != sorted(days):
            raise ValueError("signed, in_force and ended are not in order; give signed <= in_force <= ended")
        return self

    def in_force_on(self, day: date) -> bool:
        """Whether the treaty was in force on a day."""
        day = _as_day(day)
        return self.in_force is not None and self.in_force <= day and (self.ended is None or day < self.ended)

    def parties_on(self, day: date) -> tuple[Party, ...]:
        """The states bound on a day, in the order of their codes."""
        day = _as_day(day)
        if not self.in_force_on(day):
            return ()
        return tuple(sorted(span.code for span in self.parties if span.holds_on(day)))

    def clauses_on(self, day: date) -> tuple[Clause, ...]:
        """The clauses in the wording of a day, in the order of the treaty."""
        day = _as_day(day)
        if not self.in_force_on(day):
            return ()
        return tuple(clause for clause in self.clauses if clause.valid.holds_on(day))


def _as_day(day: date) -> date:
    # A datetime is a date to Python but does not compare with one.
    return day.date() if isinstance(day, datetime) else day
