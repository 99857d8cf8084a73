"""After each of a row of events: who is newly bound, to whom, by what, and which acts did no treaty require?

Nothing is assumed here but the events: nobody is taken to enter a war that the list does not let it enter. An
act of war or a mobilisation counts as required if a duty to help, met by its letter before the act, binds its
author against the state that it is directed at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from foedus.terms import Party, Predicate, Status
from foedus.treaties.cascade.duties import (
    Conditional,
    Duty,
    Unbound,
    duties_in,
    promises,
    unbound_by_own_treaties,
)
from foedus.treaties.cascade.events import DatedEvent
from foedus.treaties.cascade.world import CHARTER, Attack, Kind, World

ACTS = ("armed_attack", "war_declared", "general_mobilisation")
_STATUS: Mapping[bool | str, Status] = {
    True: Status.TRUE,
    False: Status.FALSE,
    "contested": Status.CONTESTED,
}


@dataclass(frozen=True)
class EventAnswer:
    """What one event changes.

    ``required_by``: the duties that asked for it, empty where none did; ``why_not_required`` says so in
    words, and is None for events that no duty could ask for.
    """

    event: DatedEvent
    step: int
    bound: tuple[Duty, ...]
    conditionals: tuple[Conditional, ...]
    unbound: tuple[Unbound, ...]
    required_by: tuple[Duty, ...]
    why_not_required: str | None

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        event = self.event
        by_sort = {
            sort: [duty.as_dict() for duty in self.bound if duty.sort == sort]
            for sort in ("help", "body", "consult", "neutral", "may")
        }
        return {
            "step": self.step,
            "date": str(event.date),
            "event": event.event,
            "told": event.told(),
            "by": event.by,
            "towards": list(event.towards),
            "bound": by_sort["help"],
            "conditional": [found.as_dict() for found in self.conditionals],
            "not_bound": [found.as_dict() for found in self.unbound],
            "by_body": by_sort["body"],
            "consult": by_sort["consult"],
            "neutral": by_sort["neutral"],
            "may": by_sort["may"],
            "required": bool(self.required_by) if event.event in ACTS else None,
            "required_by": [duty.as_dict() for duty in self.required_by],
            "why_not_required": self.why_not_required,
        }


@dataclass(frozen=True)
class Course:
    """The answers to a row of events, one for each."""

    answers: tuple[EventAnswer, ...]

    @property
    def not_required(self) -> tuple[EventAnswer, ...]:
        """The acts that no treaty required."""
        return tuple(answer for answer in self.answers if answer.why_not_required is not None)

    def as_dict(self) -> list[dict[str, Any]]:
        """The JSON form: a list, one object for each event."""
        return [answer.as_dict() for answer in self.answers]


def course(events: Sequence[DatedEvent]) -> Course:
    """Go through a row of dated events, treaties and texts as of the day of each.

    Parameters
    ----------
    events
        The events, in order of date.
    """
    world = World(events[0].date.first) if events else World(date.min)
    standing: dict[tuple[str, ...], Duty] = {}
    answers: list[EventAnswer] = []
    for step, event in enumerate(events, start=1):
        required_by, why_not = _required(event, standing, world)
        world = _after(world, event)
        found = duties_in(world, step)
        new = tuple(duty for duty in found.duties if duty.key not in standing)
        # A duty stands as long as its case does: what is met no longer falls away.
        standing = {duty.key: standing.get(duty.key, duty) for duty in found.duties}
        concerned = _concerned(event)
        unbound = [u for u in found.unbound if u.towards in concerned]
        if why_not is not None and event.by is not None:
            own = [*unbound_by_own_treaties(world, event.by), *_promised_nothing(event, world)]
            known = {(u.party, u.towards, u.treaty and u.treaty.id) for u in unbound}
            unbound += [u for u in own if (u.party, u.towards, u.treaty and u.treaty.id) not in known]
        answers.append(
            EventAnswer(
                event,
                step,
                new,
                tuple(c for c in found.conditionals if c.towards in concerned),
                tuple(unbound),
                required_by,
                why_not,
            )
        )
    return Course(tuple(answers))


def _concerned(event: DatedEvent) -> frozenset[Party]:
    by = () if event.by is None else (event.by,)
    return frozenset((*by, *event.towards))


def _after(world: World, event: DatedEvent) -> World:
    """The world after an event."""
    world = replace(world, day=event.date.first)
    by, target = event.by, event.on or event.to
    if event.facts:
        concerned = [state for state in (*event.towards, by if not event.towards else None) if state]
        status = {fact: _STATUS[value] for fact, value in event.facts.items()}
        world = _with_facts(world, dict.fromkeys(concerned, status))
    if event.event == "peace":
        return world.at_peace(event.parties)
    if by is None:
        return world
    if event.event in ("armed_attack", "war_declared") and target is not None:
        return _with_hostilities(world, event, by, target)
    if event.event == "general_mobilisation":
        against = world.mobilised.get(by, frozenset()) | frozenset(event.against)
        return replace(world, mobilised={**world.mobilised, by: against})
    if event.event == "ultimatum" and target is not None:
        threatening = world.threatened.get(target, frozenset()) | {by}
        return replace(world, threatened={**world.threatened, target: threatening})
    if event.event == "request":
        return _with_facts(world, {by: {"requested_by_victim": Status.TRUE}})
    return world


def _with_hostilities(world: World, event: DatedEvent, by: Party, target: Party) -> World:
    if any((a.by, a.on) == (by, target) for a in world.attacks):
        return world
    if event.event == "war_declared" and event.date.first >= CHARTER:
        threatening = world.threatened.get(target, frozenset()) | {by}
        return replace(world, threatened={**world.threatened, target: threatening})
    return replace(world, attacks=(*world.attacks, Attack(by, target, _kind(world, by, target), event.place)))


def _kind(world: World, by: Party, target: Party) -> Kind:
    """An attack, or the answer to one; under the Charter also an entry in defence of a third state.

    Collective self-defence against an armed attack is lawful by article 51 of the UN Charter. Whether it can
    be an armed attack itself is therefore contested. Before the Charter whoever opens war attacks.
    """
    if any((a.by, a.on) == (target, by) for a in world.attacks):
        return "answer"
    attacked_others = any(a.by == target and a.kind == "attack" for a in world.attacks)
    return "entry" if attacked_others and world.day >= CHARTER else "attack"


def _with_facts(world: World, facts: Mapping[Party, Mapping[Predicate, Status]]) -> World:
    given = {**world.given}
    for state, told in facts.items():
        given[state] = {**given.get(state, {}), **told}
    return replace(world, given=given)


def _required(
    event: DatedEvent, standing: Mapping[tuple[str, ...], Duty], world: World
) -> tuple[tuple[Duty, ...], str | None]:
    """The standing duties that ask for an act; or why none does."""
    if event.event not in ACTS or event.by is None:
        return (), None
    asked = tuple(
        duty
        for duty in standing.values()
        if duty.party == event.by and duty.sort == "help" and _asks_for(duty, event)
    )
    if asked:
        return asked, None
    for target in event.towards:
        if any((a.by, a.on) == (target, event.by) for a in world.attacks):
            return (), f"no treaty required it: {event.by} answers an attack by {target} on itself"
    return (), _no_treaty(event, world)


def _asks_for(duty: Duty, event: DatedEvent) -> bool:
    """Whether a duty asks for an act: to mobilise, whoever is named; to help, against the state named."""
    if duty.clause.obligation.strength == "must_mobilise":
        return event.event == "general_mobilisation"
    return not event.towards or duty.against in event.towards


def _no_treaty(event: DatedEvent, world: World) -> str:
    by = event.by or ""
    told = [f"no treaty in force on {event.date} required it"]
    strangers = []
    for friend in _in_trouble(event, world):
        shared = promises(by, friend, world.day)
        if shared:
            told.append(f"the case of {' and '.join(shared)} between {by} and {friend} was not met")
        else:
            strangers.append(friend)
    if strangers:
        told.append(f"no treaty bound {by} to {' or '.join(strangers)}")
    others: dict[str, list[str]] = {}
    for one in unbound_by_own_treaties(world, by):
        if one.treaty is not None and one.towards not in _in_trouble(event, world):
            others.setdefault(one.treaty.short_name, []).append(one.towards)
    if others:
        named = "; ".join(f"{name} (for {', '.join(friends)})" for name, friends in others.items())
        told.append(f"and the case of none of its other treaties was met: {named}")
    return "; ".join(told)


def _in_trouble(event: DatedEvent, world: World) -> list[Party]:
    """The states that the act's targets had attacked, or mobilised against, before."""
    targets = event.towards
    hurt = [a.on for a in world.attacks if a.by in targets and a.kind == "attack"]
    hurt += [state for by in targets for state in sorted(world.mobilised.get(by, frozenset()))]
    by = event.by or ""
    return [state for state in dict.fromkeys(hurt) if state != by and not world.began(by, state)]


def _promised_nothing(event: DatedEvent, world: World) -> list[Unbound]:
    """The states for whose sake an act might be and to which its author had promised nothing."""
    if any(world.began(target, event.by or "") for target in event.towards):
        return []
    return [
        Unbound(
            event.by or "",
            friend,
            None,
            f"no treaty in the catalogue binds {event.by} to help {friend} on {world.day}",
        )
        for friend in _in_trouble(event, world)
        if not promises(event.by or "", friend, world.day)
    ]
