"""The frame of invited help: who was asked to send troops for a crisis at home, and who came.

Facts and codes stand in ``frame.yaml``; this module reads and checks them, and turns the rows that can be
fitted into numbers.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import Field, model_validator

from foedus.cases.schema.alliance import PartyCode
from foedus.cases.schema.case import Slug
from foedus.cases.schema.values import Strict

Requester = Literal["government", "neighbours", "claimant", "none"]
Kind = Literal["internal_unrest", "state_attack", "ousted_government", "refused_transfer"]
Binds = Literal["none", "consult", "defence", "internal"]
Door = Literal["home", "alleged", "enemy"]
Trait = Literal["near", "shared", "patron", "hostile", "alike"]
Strain = Literal["none", "some", "much"]
Vote = Literal["ruler", "democracy", "parliament"]
Threat = Literal["crowd", "mutiny", "army", "rebels", "war"]
Text = Annotated[str, Field(min_length=1)]


class FrameSource(Strict):
    """Where a fact of the frame is from; ``checked`` where a passage was seen."""

    cite: Text
    url: str | None = None
    checked: bool = False


class Scale(Strict):
    """What a code is worth on its covariate, and by which rule it is given."""

    text: Text
    values: dict[str, float]
    rule: Text


class Row(Strict):
    """One state that could be asked: what it did, and its codes."""

    asked: bool = True
    came: Annotated[bool | None, Field(description="left out where contested")] = None
    troops: Annotated[int | None, Field(gt=0)] = None
    binds: Binds = "none"
    traits: list[Trait] = []
    strain: Strain = "none"
    vote: Vote = "ruler"
    seen: Annotated[bool, Field(description="whether a passage on this row was seen")] = True
    note: str | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> Row:
        if self.came is not None and not self.asked:
            raise ValueError("came or not, but not asked; leave `came` out")
        if self.troops is not None and not self.came:
            raise ValueError("troops of one that did not come; leave `troops` out")
        if len(set(self.traits)) != len(self.traits):
            raise ValueError("a trait stands twice")
        return self


class Request(Strict):
    """One crisis at home: who asked whom, against what, in which words."""

    case: Slug
    cluster: Annotated[Slug | None, Field(description="crises of one week that are one event")] = None
    title: Text
    host: PartyCode
    asked: str | None
    requester: Requester
    target: Kind
    unfitted: Annotated[Text | None, Field(description="why it is shown but not fitted")] = None
    threat: Threat
    door: Door
    lead: PartyCode
    sources: Annotated[list[str], Field(min_length=1)]
    members: Annotated[dict[PartyCode, Row], Field(min_length=1)]

    @property
    def event(self) -> str:
        """What it is one case with: its cluster, or itself."""
        return self.cluster or self.case

    @property
    def year(self) -> int | None:
        """Year of the request."""
        return int(self.asked[:4]) if self.asked else None

    def scored(self) -> dict[str, Row]:
        """The rows that can be fitted and scored: asked, and known to have come or not."""
        if self.unfitted:
            return {}
        return {code: row for code, row in self.members.items() if row.asked and row.came is not None}

    @model_validator(mode="after")
    def _adds_up(self) -> Request:
        if self.lead not in self.members:
            raise ValueError(f"lead {self.lead} is no member of {self.case}")
        if self.asked is None and any(row.asked for row in self.members.values()):
            raise ValueError(f"{self.case} has no date of a request, but a member that was asked")
        return self


class Frame(Strict):
    """All requests, with the scales of their codes and their sources."""

    scales: dict[str, Scale]
    cases: list[Request]
    sources: dict[str, FrameSource]

    @model_validator(mode="after")
    def _adds_up(self) -> Frame:
        slugs = [request.case for request in self.cases]
        if len(set(slugs)) != len(slugs):
            raise ValueError("a case stands twice in the frame")
        for request in self.cases:
            for key in request.sources:
                if key not in self.sources:
                    raise ValueError(f"{request.case}: no source {key!r}; add it to `sources`")
        return self

    def fitted(self) -> list[Request]:
        """The requests that have rows to fit."""
        return [request for request in self.cases if request.scored()]

    def without(self, event: str) -> Frame:
        """The frame less one event: a case, or all the cases of its cluster."""
        return self.model_copy(update={"cases": [r for r in self.cases if event not in (r.event, r.case)]})

    def find(self, case: str) -> Request | None:
        """The request of that slug."""
        return next((request for request in self.cases if request.case == case), None)


def covariates(request: Request, row: Row, scales: Mapping[str, Scale]) -> dict[str, float]:
    """The codes of a row as numbers, by covariate."""
    tied, feared = scales["ties"].values, scales["contagion_fear"].values
    ties = sum(tied.get(trait, 0.0) for trait in row.traits)
    return {
        "binds": scales["binds"].values[row.binds],
        "door": scales["door"].values[request.door],
        "ties": max(-1.0, min(1.0, ties)),
        "contagion_fear": sum(feared.get(trait, 0.0) for trait in row.traits),
        "strain": scales["strain"].values[row.strain],
        "domestic_hurdle": scales["domestic_hurdle"].values[row.vote],
        "cost": scales["cost"].values[request.threat],
    }


@cache
def read_frame() -> Frame:
    """The frame that comes with foedus."""
    from ruamel.yaml import YAML

    text = (files(__package__) / "frame.yaml").read_text(encoding="utf-8")
    return Frame.model_validate_json(json.dumps(YAML(typ="safe").load(text), default=str))
