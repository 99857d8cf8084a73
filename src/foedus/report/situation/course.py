"""Answers about the course: how large, how deadly, which places."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from foedus.report.numbers import middle_of
from foedus.report.situation.telling import Telling, Told
from foedus.terms import Tag

SITES_NAMED = 3
INPUTS_NAMED = 2


def unrest_course(telling: Telling, _: str) -> Told:
    """Tell how large the unrest grew, when it ended, and whether giving way ended it."""
    say = telling.say
    course = telling.number("course", "with")
    says = say(
        "unrest_course.says",
        peak=course.get("peak_active"),
        cities=course.get("cities_in_unrest"),
        calm=course.get("hours_to_calm"),
    )
    told = Told(Tag.COMPUTED, [says])
    concession = telling.first("concession")
    if concession is None:
        told.change.append(say("unrest_course.change_plain", parameter=telling.parameter("shock_size")))
        return told
    calm = middle_of(course.get("hours_to_calm"))
    if calm is not None:
        given = telling.case.meta.clock.hours_since_start(concession.at)
        gap = telling.hours_to_first_shock + calm - given
        if gap > 0:
            told.says.append(say("unrest_course.beyond_concession", gap=gap, when=telling.day(concession.at)))
    told.change.append(
        say(
            "unrest_course.change",
            parameter=telling.parameter("concession_returns"),
            event=concession.id,
        )
    )
    told.change += _matters(telling, "unrest_course", "hours_to_calm")
    return told


def toll(telling: Telling, _: str) -> Told:
    """Tell how many were killed and arrested, civilians first."""
    say = telling.say
    with_ = telling.number("course", "with")
    told = Told(
        Tag.COMPUTED,
        [
            say(
                "toll.says",
                civilian=with_.get("deaths_civilian"),
                forces=with_.get("deaths_forces"),
                deaths=with_.get("deaths"),
                arrests=with_.get("arrests"),
            )
        ],
    )
    alone = telling.number_or_none("course", "without", "deaths_civilian")
    if alone is not None:
        told.says.append(say("toll.without", civilian=alone))
    order = telling.first("lethal_order")
    if order is not None:
        told.change.append(say("toll.change_order", when=telling.day(order.at), event=order.id))
    told.change.append(say("toll.change", parameter=telling.parameter("kill_rate")))
    effect = telling.number_or_none("effect", "deaths_civilian")
    mean = telling.number_or_none("effect", "mean_deaths_civilian")
    if effect is not None:
        name = "toll.change_contingents" if mean is None else "toll.change_contingents_mean"
        told.change.append(say(name, effect=effect, mean=mean))
    told.change += _matters(telling, "toll", "deaths_civilian")
    return told


def _matters(telling: Telling, answer: str, outcome: str) -> list[str]:
    """Which inputs an outcome is most tied to over the runs, and in which direction."""
    say = telling.say
    rows = (telling.number_or_none("matters_most", outcome) or [])[:INPUTS_NAMED]
    listed = [
        say(
            f"{answer}.{'matters_more' if row['rank_correlation'] > 0 else 'matters_fewer'}",
            input=row["input"],
        )
        for row in rows
    ]
    return [say(f"{answer}.matters", listed=say.listed(listed))] if listed else []


def sites_lost(telling: Telling, _: str) -> Told:
    """Tell which places the state lost, when, and for how long."""
    say = telling.say
    sites = sorted(telling.number("sites"), key=lambda s: -(middle_of(s.get("lost")) or 0.0))
    lost = [site for site in sites if (middle_of(site.get("lost")) or 0.0) > 0]
    told = Told(Tag.COMPUTED)
    if lost:
        said = [_site(telling, site) for site in _telling_sites(lost)]
        told.says.append("; ".join(said) + ".")
        if len(lost) > len(said):
            told.says.append(say("sites_lost.more", n=len(lost) - len(said)))
    else:
        told.says.append(say("sites_lost.none"))
    aside = telling.first("stand_aside")
    if aside is None:
        told.change.append(say("sites_lost.change_plain"))
    else:
        told.change.append(
            say(
                "sites_lost.change",
                when=telling.day(aside.at),
                event=aside.id,
                parameter=telling.parameter("withheld"),
            )
        )
    return told


def _telling_sites(lost: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The sites most often lost, and the airport that the lift needs if it is among the lost."""
    named = lost[:SITES_NAMED]
    airports = [site for site in lost if site.get("kind") == "airport"]
    if airports and airports[0] not in named:
        named = [*named[: SITES_NAMED - 1], airports[0]]
    return named


def _site(telling: Telling, site: Mapping[str, Any]) -> str:
    say = telling.say
    known: dict[str, Any] = {"site": site.get("name", site.get("site")), "lost": site.get("lost")}
    hours = site.get("hours_lost") or {}
    lost_at = middle_of(site.get("lost_at"))
    if lost_at is None or not middle_of(hours):
        if not hours.get("p95"):
            return say("sites_lost.one", **known)
        return say("sites_lost.with_hours", hours=hours["p95"], **known)
    clock = telling.case.meta.clock
    when = telling.hour(clock.start + timedelta(hours=round(lost_at)))
    return say("sites_lost.with_when", hours=middle_of(hours), when=when, **known)
