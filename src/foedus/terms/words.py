"""Words with one meaning each, used by every room (see docs/definitions.md)."""

from __future__ import annotations

from enum import StrEnum

Party = str
Predicate = str


class Basis(StrEnum):
    """How a number is known."""

    MEASURED = "measured"
    REPORTED = "reported"
    ESTIMATED = "estimated"
    LITERATURE = "literature"
    ASSUMPTION = "assumption"


class Tag(StrEnum):
    """Where an answer comes from."""

    INPUT = "input"
    LOOKED_UP = "looked up"
    COMPUTED = "computed"
    ASSUMED = "assumed"


class Reading(StrEnum):
    """What an assessment says of a clause's trigger."""

    MET = "met"
    NOT_MET = "not met"
    CONTESTED = "contested"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not applicable"


class Permission(StrEnum):
    """Whether troops may come, apart from any duty to come."""

    PERMITTED = "permitted"
    CONTESTED = "contested"
    NOT_PERMITTED = "not permitted"
    UNDETERMINED = "undetermined"
