"""What does a code of ATOP mean, and which condition does it make? Declared in `atop_codes.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from foedus.terms import Party
from foedus.treaties.condition import All, AnyOf, Compare, Condition, Fact, parse

TOGETHER = Fact("coded_together")
"""Whether one of several coded limits is enough, which the data do not say."""

NAMED_STATE = 1
"""The value of `specthrt` that always comes with a named state."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A column that, where it is 1, limits an obligation."""

    column: str
    obligation: str
    means: str
    becomes: Any
    one_of: bool


@dataclass(frozen=True, slots=True)
class Obligation:
    """A column that, where it is 1, is a promise."""

    column: str
    type: str
    means: str
    condition: Condition
    external_origin: str
    strength: str
    flag: str | None


@dataclass(frozen=True, slots=True)
class Threat:
    """The states that a data set names as the threat, and whether nobody else can be meant."""

    states: tuple[Party, ...] = ()
    alone: bool = False


@cache
def codes() -> Mapping[str, Any]:
    """The declaration of every column and value that is read."""
    from ruamel.yaml import YAML

    text = (files("foedus.treaties.datasets") / "atop_codes.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return raw


@cache
def obligations() -> tuple[Obligation, ...]:
    """The five kinds of promise, in the order of ATOP."""
    return tuple(
        Obligation(
            column=column,
            type=entry["type"],
            means=entry["means"],
            condition=parse(entry["condition"]),
            external_origin=entry["external_origin"],
            strength=entry["strength"],
            flag=entry.get("flag"),
        )
        for column, entry in codes()["obligations"].items()
    )


@cache
def limits() -> tuple[Limit, ...]:
    """Every column that limits an obligation."""
    return tuple(
        Limit(column, entry["of"], entry["means"], entry["becomes"], entry["joins"] == "one_of")
        for column, entry in codes()["conditions"].items()
    )


@cache
def _limits_of(obligation: str) -> tuple[Limit, ...]:
    return tuple(limit for limit in limits() if limit.obligation in (obligation, "every"))


def condition_of(obligation: Obligation, coded: Iterable[str], threat: Threat) -> Condition:
    """When does the promise hold, as far as it is coded?

    Parameters
    ----------
    obligation
        The kind of promise.
    coded
        The limiting columns that are 1 for the member.
    threat
        The states named as the threat.
    """
    present = frozenset(coded)
    if obligation.type == "non_aggression":
        # A standing duty: ATOP codes no limit for it.
        return obligation.condition
    found = [limit for limit in _limits_of(obligation.column) if limit.column in present]
    rival = [_condition(limit, threat) for limit in found if limit.one_of]
    joint = [_condition(limit, threat) for limit in found if not limit.one_of]
    if len(rival) > 1:
        rival = [AnyOf((All(tuple(rival)), All((AnyOf(tuple(rival)), TOGETHER))))]
    parts = tuple(dict.fromkeys([obligation.condition, *rival, *joint]))
    return parts[0] if len(parts) == 1 else All(parts)


def flagged_condition(obligation: Obligation, conditional: bool) -> Condition:
    """When does the promise hold, where it is coded only that it is conditional?"""
    if not conditional or obligation.flag is None:
        return obligation.condition
    return All((obligation.condition, Fact("coded_condition")))


def _condition(limit: Limit, threat: Threat) -> Condition:
    becomes = limit.becomes
    if isinstance(becomes, dict) and "adversary" in becomes:
        return _adversary(becomes["adversary"], threat)
    return parse(becomes)


def _adversary(comparison: str, threat: Threat) -> Condition:
    """The adversary is one of the named states; where others may be meant, those remain unnamed."""
    unnamed = Fact("coded_adversary")
    if not threat.states:
        return unnamed
    if comparison == "attacker_in":
        named: tuple[Condition, ...] = (Compare("attacker_in", threat.states),)
    else:
        # A war that the partner began has no attacker to compare; who is at war with it, it has.
        named = tuple(Compare("war_between", ("victim", state)) for state in threat.states)
    suffices = named if threat.alone else (*named, unnamed)
    return suffices[0] if len(suffices) == 1 else AnyOf(suffices)
