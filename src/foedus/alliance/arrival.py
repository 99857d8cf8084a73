"""Arrival: sorties land hour by hour where a field is open and has room."""

from __future__ import annotations

from typing import Any, NamedTuple

from foedus.chance.compiled import lent


class Airlift(NamedTuple):
    """The lift plan and how each run disturbs it.

    Attributes
    ----------
    hour, troops, member, by_air
        Planned sorties (sortie,): landing hour after the activation, troops, index of the member, and
        whether it needs an airfield (a convoy by road does not).
    delay, strength, joins
        Per run and member (run, member): hours of delay, troops against plan, whether it comes.
    refly
        Per run and sortie (run, sortie): hours that a load comes later because its sortie did not fly.
    landings
        Landings an hour at each field, in order of preference (run, field).
    road
        Hours from the field to the sites (run, field).
    site
        Index of the site whose loss closes the field, -1 for none (field,).
    lead
        Index of the lead state among the members.
    """

    hour: Any
    troops: Any
    member: Any
    by_air: Any
    delay: Any
    strength: Any
    joins: Any
    refly: Any
    landings: Any
    road: Any
    site: Any
    lead: Any


@lent
def land(
    i: int, since: float, landed: Any, room: Any, lost: Any, lift: Airlift, on_road: Any, by_member: Any
) -> int:
    """Land what can land in the hour that begins ``since`` hours after the activation. [troops]

    A field whose site is lost takes nothing; a sortie that finds no room waits for the next hour.
    Writes ``landed`` (sortie,), ``room`` (field,), ``on_road`` (hour,) and ``by_member`` (member,).
    """
    fields = lift.site.shape[0]
    for f in range(fields):
        closed = lift.site[f] >= 0 and lost[lift.site[f]]
        room[f] = 0.0 if closed else min(room[f], 1.0) + lift.landings[i, f]
    arrived = 0
    for k in range(lift.hour.shape[0]):
        m = lift.member[k]
        if landed[k] or not lift.joins[i, m]:
            continue
        ready = lift.hour[k] + lift.delay[i, m] + lift.refly[i, k]
        if ready >= since + 1.0:
            continue
        road = 0.0
        if lift.by_air[k]:
            field = -1
            for f in range(fields):
                if room[f] >= 1.0:
                    field = f
                    break
            if field < 0:
                continue
            room[field] -= 1.0
            road = lift.road[i, field]
        landed[k] = True
        troops = int(lift.troops[k] * lift.strength[i, m] + 0.5)
        arrived += troops
        by_member[m] += troops
        at = min(int(since + road) + 1, on_road.shape[0] - 1)
        on_road[at] += troops
    return arrived
