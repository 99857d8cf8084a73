"""The schema of a case: one YAML file that an analyst can read aloud."""

from foedus.cases.schema.afterwards import AfterRecord, Elsewhere, Expectation
from foedus.cases.schema.alliance import Airfield, Alliance, Fleet, Lift, Member, Task, Theatre, Unit
from foedus.cases.schema.case import (
    Case,
    City,
    Country,
    Force,
    Meta,
    Observation,
    Question,
    Site,
    SourceEntry,
)
from foedus.cases.schema.described import DescribedEvent
from foedus.cases.schema.events import Claim, Event, EventKind, Grade
from foedus.cases.schema.values import (
    Beta,
    Choice,
    LogNormal,
    Normal,
    Quantity,
    Sourced,
    Strict,
    Uniform,
    Value,
)

__all__ = [
    "AfterRecord",
    "Airfield",
    "Alliance",
    "Beta",
    "Case",
    "Choice",
    "City",
    "Claim",
    "Country",
    "DescribedEvent",
    "Elsewhere",
    "Event",
    "EventKind",
    "Expectation",
    "Fleet",
    "Force",
    "Grade",
    "Lift",
    "LogNormal",
    "Member",
    "Meta",
    "Normal",
    "Observation",
    "Quantity",
    "Question",
    "Site",
    "SourceEntry",
    "Sourced",
    "Strict",
    "Task",
    "Theatre",
    "Uniform",
    "Unit",
    "Value",
]
