"""What came afterwards, by the record, and what experts had expected: for checks, never an input of a run."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, FiniteFloat, model_validator

from foedus.cases.schema.values import Instant, Sourced, Strict

PRICE = "price"
"""The index of an expectation about the bill as a whole."""


class Elsewhere(Strict):
    """The same number in one state before and after: the host, or one where no contingents came."""

    who: str
    before: FiniteFloat
    after: FiniteFloat
    note: str | None = None


class AfterRecord(Sourced):
    """One entry of the record of the months after, and how it is to be read against an index."""

    index: Annotated[str, Field(description="name of an index of the aftermath")]
    reads: Annotated[
        Literal["level", "change", "event", "sign"],
        Field(
            description="level: the index itself; change: since before; event: 1 happened by then, 0 not; "
            "sign: only the direction, -1, 0 or 1"
        ),
    ] = "level"
    at: Annotated[Instant, Field(description="the day it speaks of")]
    low: FiniteFloat
    best: FiniteFloat
    high: FiniteFloat
    unit: str
    reported_at: Annotated[Instant, Field(description="when it became known")]
    text: str
    identified: Annotated[
        bool, Field(description="whether it can be told apart from what else happened meanwhile")
    ]
    why: Annotated[str | None, Field(description="why not identified; needed where it is not")] = None
    here: Annotated[Elsewhere | None, Field(description="the host's own number before and after")] = None
    elsewhere: Annotated[
        list[Elsewhere], Field(description="the same in states where no contingents came")
    ] = []

    @model_validator(mode="after")
    def _fits(self) -> AfterRecord:
        if not self.low <= self.best <= self.high:
            raise ValueError(
                f"low {self.low:g}, best {self.best:g}, high {self.high:g} are not in order; "
                "give low <= best <= high"
            )
        if self.reads == "event" and self.best not in (0.0, 1.0):
            raise ValueError(f"an event's best is {self.best:g}; give 1 if it happened by then, 0 if not")
        if self.reads == "sign" and self.best not in (-1.0, 0.0, 1.0):
            raise ValueError(f"a sign's best is {self.best:g}; give -1, 0 or 1")
        if not self.identified and not self.why:
            raise ValueError("is not identified; say in `why` what else may have caused it")
        if self.reported_at < self.at:
            raise ValueError(f"reported_at ({self.reported_at}) is before at ({self.at}); mend one of them")
        return self


class Expectation(Sourced):
    """What somebody expected of the aftermath when it began."""

    line: Annotated[int | None, Field(ge=1, description="line of the situation that says so")] = None
    who: str
    index: Annotated[str, Field(description="name of an index, or price for the bill as a whole")]
    direction: Annotated[
        Literal["higher", "lower", "open"], Field(description="open where no direction is named")
    ]
    claim: Annotated[
        Literal["effect", "outcome"],
        Field(description="effect: because of the help; outcome: it will come, whatever the cause"),
    ]
    text: str
