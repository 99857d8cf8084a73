"""Answers about the allies: who comes, what for, and what else must be kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.report.numbers import middle_of
from foedus.report.reading import NotComputedError
from foedus.report.situation.telling import Telling, Told
from foedus.terms import Tag


def members(telling: Telling, _: str) -> Told:
    """Tell who sends how many, and when they land."""
    say = telling.say
    rows: Mapping[str, Mapping[str, Any]] = telling.number("response", "members")
    sending = {code: row for code, row in rows.items() if (middle_of(row.get("troops")) or 0) > 0}
    told = Told(
        Tag.COMPUTED,
        [
            say("members.nobody", all=len(rows))
            if not sending
            else say(
                "members.says",
                joining=len(sending),
                all=len(rows),
                troops=telling.number("response", "troops"),
                first=telling.number_or_none("response", "first_arrival"),
                closure=telling.number_or_none("response", "closure"),
            )
        ],
    )
    most_first = sorted(sending.items(), key=lambda item: -(middle_of(item[1]["troops"]) or 0))
    each = [
        say("members.one", member=say.country(code), troops=middle_of(row["troops"]))
        for code, row in most_first
    ]
    if each:
        told.says.append(say("members.each", list=", ".join(each)))
    own_rule = telling.number_or_none("members") or rows
    would = {c: r["would_join"] for c, r in own_rule.items() if r.get("would_join") is not None}
    if would:
        listed = ", ".join(
            say("members.own_rule_one", member=say.country(code), p=middle_of(p)) for code, p in would.items()
        )
        told.says.append(say("members.own_rule", list=listed))
    invited = telling.number_or_none("invited")
    if invited and would:
        told.says.append(say("members.base_rate", base=invited["base_rate"], rows=invited["rows"]))
    told.change.append(_airfield(telling) or say("members.change"))
    return told


def _airfield(telling: Telling) -> str | None:
    """What a lost airfield does to the arrival, where the lift depends on one that may be lost."""
    needed = {field.site for field in telling.case.alliance.lift.airfields.values() if field.site}
    for site in telling.number_or_none("sites") or []:
        if site.get("site") in needed and (middle_of(site.get("lost")) or 0) > 0:
            name = site.get("name", site["site"])
            return telling.say("members.change_airfield", site=name, lost=site["lost"])
    return None


def task(telling: Telling, _: str) -> Told:
    """Tell what the contingents are needed for, and whether they suffice."""
    say = telling.say
    asked = telling.case.alliance.task
    if asked is None:
        return Told(Tag.INPUT, [say("task.none")], [say("task.change_none")])
    names = {site.id: site.name for site in telling.case.sites}
    each, reserve = asked.guards_per_site.central(), min(asked.reserve.central(), 0.99)
    need = each * len(asked.sites) / (1.0 - reserve)
    said_sites = [names.get(key, key) for key in asked.sites]
    shown = (
        said_sites if len(said_sites) <= 4 else [*said_sites[:3], say("task.others", n=len(said_sites) - 3)]
    )
    told = Told(
        Tag.COMPUTED,
        [
            say(
                "task.says",
                sites=say.listed(shown),
                need=need,
                each=each,
                reserve=reserve,
                requested=asked.requested.central(),
            )
        ],
    )
    troops = telling.median("response", "troops")
    if troops:
        told.says.append(say(f"task.enough.{'yes' if troops >= need else 'no'}"))
    effect = telling.number_or_none("effect", "by_channel", "guards", "deaths_civilian")
    if effect is not None:
        told.says.append(say("task.effect", effect=effect))
    basis = say.word("basis", asked.guards_per_site.basis)
    told.change.append(say("task.change", each=each, basis=basis, double=2.0 * need))
    return told


def theatres(telling: Telling, _: str) -> Told:
    """Tell whether the lead state can keep what else it must hold."""
    say = telling.say
    declared = telling.case.alliance.theatres
    if not declared:
        return Told(Tag.INPUT, [say("theatres.none")], [say("theatres.change")])
    rows: Mapping[str, Mapping[str, Any]] = telling.number("response", "theatres")
    if not rows:
        raise NotComputedError("response.theatres")
    drawn = telling.number_or_none("response", "plan", "theatres_drawn") or {}
    main = max(rows, key=lambda name: (drawn.get(name, 0.0), middle_of(rows[name].get("left")) or 0.0))
    told = _main_theatre(telling, main, rows[main])
    others = [
        say("theatres.other", name=name, holds=row.get("holds")) for name, row in rows.items() if name != main
    ]
    if others:
        told.says.append(say("theatres.others", list=", ".join(others)))
    return told


def _main_theatre(telling: Telling, name: str, row: Mapping[str, Any]) -> Told:
    """Tell of the theatre that the plan draws on most, and how much more it could bear."""
    say = telling.say
    theatre = telling.case.alliance.theatres.get(name)
    label = theatre.text if theatre and say.lang == "en" else f"`{name}`"
    values = {"left": row.get("left"), "floor": row.get("floor"), "holds": row.get("holds")}
    strength = theatre.strength.central() if theatre else None
    told = Told(Tag.COMPUTED)
    told.says.append(say("theatres.one", name=label[:1].upper() + label[1:], strength=strength, **values))
    if row.get("gives") is not None:
        told.says.append(say("theatres.gives", gives=row["gives"]))
    left, floor = middle_of(row.get("left")), middle_of(row.get("floor"))
    if left is None or floor is None:
        told.change.append(say("theatres.change"))
        return told
    change = "theatres.change_slack" if left >= floor else "theatres.change_given"
    told.change.append(say(change, slack=abs(left - floor)))
    largest = (row.get("request") or {}).get("largest_request")
    if middle_of(largest) is not None:
        told.change.append(say("theatres.change_request", largest=largest))
    return told


def announcements(telling: Telling, _: str) -> Told:
    """Tell what the members said that they would send, and what saying so did."""
    say = telling.say
    told = Told(Tag.INPUT)
    activation = telling.first("activation")
    said = []
    for code, member in telling.case.alliance.members.items():
        when = member.pledged_at or (activation.at if activation else None)
        if member.pledge is not None and when is not None and when <= telling.as_of:
            pledge = member.pledge.central()
            said.append(
                say("announcements.one", member=say.country(code), pledge=pledge, when=telling.day(when))
            )
    if said:
        told.says.append(say("announcements.says", list=", ".join(said)))
    else:
        told.says.append(say("announcements.none"))
    effect = telling.number_or_none("effect", "by_channel", "announcement", "deaths_civilian")
    if effect is not None:
        told.says.append(say("announcements.effect", effect=effect))
    told.change.append(say("announcements.change", parameter=telling.parameter("announcement")))
    return told
