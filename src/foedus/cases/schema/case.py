"""A case as a whole: its sections, and what must fit together between them."""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, FiniteFloat, model_validator

from foedus.cases.schema.afterwards import AfterRecord, Expectation
from foedus.cases.schema.alliance import Alliance, PartyCode
from foedus.cases.schema.events import Claim, Event, Target
from foedus.cases.schema.values import Instant, NonNegative, Quantity, Share, Sourced, Strict
from foedus.terms import Clock

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"{name!r} is no time zone; give an IANA name such as Asia/Almaty") from None
    return name


class Meta(Strict):
    """What the case is, when it runs, who asks and against what."""

    slug: Slug
    title: str
    summary: str
    host: PartyCode
    start: Instant
    end: Instant
    zone: Annotated[str, AfterValidator(_known_zone), Field(description="IANA time zone in which it is told")]
    requester: Annotated[
        Literal["government", "neighbours", "claimant", "none"], Field(description="who asks for help")
    ]
    target: Annotated[
        Target,
        Field(description="what help is asked against"),
    ]

    @model_validator(mode="after")
    def _window(self) -> Meta:
        if self.end <= self.start:
            raise ValueError(f"end ({self.end}) is not after start ({self.start}); give a later end")
        if (self.end - self.start).days > 366:
            raise ValueError("the window is longer than 366 days; give a shorter one")
        return self

    @property
    def clock(self) -> Clock:
        """The hours of the window."""
        return Clock.of(self.start, self.end, self.zone)


class City(Strict):
    """A city added or overridden; what is left out comes from the gazetteer."""

    name: str
    population: NonNegative | None = None
    latitude: Annotated[FiniteFloat, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[FiniteFloat, Field(ge=-180, le=180)] | None = None
    aliases: list[str] = []
    grievance: Annotated[
        Quantity | None, Field(description="extra fall of legitimacy there, on the scale of L")
    ] = None


class Country(Strict):
    """The host. Cities come by themselves from the gazetteer; the case adds and overrides."""

    iso3: PartyCode
    population: NonNegative
    capital: str
    largest: Annotated[int, Field(ge=0, le=500, description="how many of the largest cities to take")] = 25
    include: Annotated[list[str], Field(description="further cities by name")] = []
    cities: list[City] = []


class Force(Sourced):
    """One of the host's forces."""

    id: Slug
    name: str
    kind: Literal["police", "guard", "army", "security_service"]
    strength: NonNegative
    deployable: Annotated[Share, Field(description="share that can stand in the street at once")]


class Site(Sourced):
    """A place that a crowd may take and forces guard."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    name: str
    city: str
    kind: Literal["seat", "airport", "broadcaster", "police", "security", "infrastructure"]
    seat_of_power: Annotated[bool, Field(description="the state falls when these stay lost")] = False
    guard: Annotated[NonNegative, Field(description="local forces on guard at the start")]
    attention: Annotated[Share, Field(description="share of the city's active people that heads for it")]
    observed: str | None = None


class Observation(Sourced):
    """What was reported: for fits and scores, never an input of a run."""

    quantity: Annotated[str, Field(description="a name from foedus.experiments.quantities")]
    where: str | None = None
    at: Annotated[
        Instant | None, Field(description="the hour it speaks of; the window's end if left out")
    ] = None
    low: FiniteFloat
    best: FiniteFloat
    high: FiniteFloat
    unit: str
    reported_at: Annotated[
        Instant, Field(description="when it became known: no fit as of earlier may use it")
    ]
    text: str

    @model_validator(mode="after")
    def _in_order(self) -> Observation:
        if not self.low <= self.best <= self.high:
            raise ValueError(
                f"low {self.low:g}, best {self.best:g}, high {self.high:g} are not in order; "
                "give low <= best <= high"
            )
        return self


class Question(Sourced):
    """A line of the situation: our own words, and which answer of foedus speaks to it."""

    line: Annotated[int, Field(ge=1)]
    text: str
    text_nl: str | None = None
    answer: Annotated[str, Field(description="name of an answer in foedus.report.situation")]
    stated: Annotated[
        str | None, Field(description="what the case itself says, where the answer is an input")
    ] = None
    stated_nl: str | None = None
    afterwards: Annotated[str | None, Field(description="what happened then, by the record")] = None
    afterwards_nl: str | None = None


class SourceEntry(Strict):
    """Where a number or a statement comes from."""

    cite: str
    url: str | None = None
    checked: Annotated[bool, Field(description="whether the source itself was seen")] = False


class Case(Strict):
    """A crisis as data."""

    foedus: Annotated[Literal[1], Field(description="version of this schema")]
    meta: Meta
    country: Country
    forces: list[Force] = []
    sites: list[Site] = []
    events: list[Event] = []
    claims: list[Claim] = []
    alliance: Alliance
    aftermath: dict[str, Quantity] = {}
    afterwards: Annotated[
        list[AfterRecord], Field(description="the record of the months after, for checks alone")
    ] = []
    expectations: list[Expectation] = []
    parameters: dict[str, Quantity] = {}
    observed: list[Observation] = []
    situation: list[Question] = []
    sources: Annotated[dict[str, SourceEntry], Field(min_length=1)]
