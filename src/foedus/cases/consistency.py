"""Do the sections of a case fit together? Each rule below says one thing that must hold."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Protocol

from pydantic import BaseModel

from foedus.cases.gazetteer import gathered, known_places, place_named
from foedus.cases.mistakes import Mistake, Path, did_you_mean, listed
from foedus.cases.parameters import declared
from foedus.cases.schema import Case, Event, Sourced
from foedus.terms.states import party_names, unknown_party

Mistakes = Iterator[Mistake]


def inconsistencies(case: Case) -> list[Mistake]:
    """What one section says that another does not bear out."""
    found: dict[Path, Mistake] = {}
    for rule in _RULES:
        for mistake in rule(case):
            found.setdefault(mistake.path, mistake)
    return list(found.values())


def _sources_are_listed(case: Case) -> Mistakes:
    advice = "add it to the section sources"
    for path, sourced in _all_sourced(case, ()):
        for i, key in enumerate(sourced.source):
            if key not in case.sources:
                yield _unknown((*path, "source", i), key, case.sources, "a key of sources", advice)


def _parties_exist(case: Case) -> Mistakes:
    alliance = case.alliance
    codes: list[tuple[Path, str]] = [
        (("meta", "host"), case.meta.host),
        (("country", "iso3"), case.country.iso3),
        (("alliance", "lead"), alliance.lead),
        *((("alliance", "members", code), code) for code in alliance.members),
        *((("alliance", "lift", "fleets", key, "owner"), f.owner) for key, f in alliance.lift.fleets.items()),
        *((("alliance", "theatres", key, "holder"), t.holder) for key, t in alliance.theatres.items()),
        *(
            (("events", i, "who"), event.who)
            for i, event in enumerate(case.events)
            if event.who is not None and len(event.who) == 3 and event.who.isupper()
        ),
    ]
    for path, code in codes:
        if code not in party_names():
            yield Mistake(path, unknown_party(code))
    if case.country.iso3 != case.meta.host:
        text = f"is {case.country.iso3}, but meta.host is {case.meta.host}; give the same country in both"
        yield Mistake(("country", "iso3"), text)


def _cities_exist(case: Case) -> Mistakes:
    places, mistakes = gathered(case.country)
    for mistake in mistakes:
        yield Mistake(("country", *mistake.path), mistake.text)
    names = {place.name for place in places}
    used: list[tuple[Path, str]] = [(("country", "capital"), case.country.capital)]
    used += [(("sites", i, "city"), site.city) for i, site in enumerate(case.sites)]
    used += [
        (("events", i, "where", j), name)
        for i, event in enumerate(case.events)
        for j, name in enumerate(event.where or ())
    ]
    for path, name in used:
        if name in names or any(city.name == name for city in case.country.cities):
            continue
        other = place_named(places, name)
        if other is not None:
            text = f"'{name}' is listed as '{other.name}'; write it so, or name it so under country.cities"
        elif place_named(known_places(case.country.iso3), name) is not None:
            text = f"'{name}' is not among the cities of the case; add it to country.include"
        else:
            near = did_you_mean(name, names, "give a city of the case, or add it to country.cities")
            text = f"'{name}' is no city of the case; {near}"
        yield Mistake(path, text)


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


def _ids_are_given_once(case: Case) -> Mistakes:
    lists: list[tuple[Path, Sequence[_Identified]]] = [
        (("forces",), case.forces),
        (("sites",), case.sites),
        (("events",), case.events),
        (("claims",), case.claims),
        (("alliance", "units"), case.alliance.units),
    ]
    for path, entries in lists:
        first: dict[str, int] = {}
        for i, entry in enumerate(entries):
            if entry.id in first:
                text = f"'{entry.id}' is also the id of entry {first[entry.id]}; give each its own"
                yield Mistake((*path, i, "id"), text)
            first.setdefault(entry.id, i)
    names = [city.name for city in case.country.cities]
    for i, name in enumerate(names):
        if name in names[:i]:
            yield Mistake(("country", "cities", i, "name"), f"'{name}' is given twice; keep one of them")


def _the_window_has_an_hour(case: Case) -> Mistakes:
    if case.meta.clock.hours < 1:
        yield Mistake(
            ("meta", "end"), f"is less than an hour after start ({case.meta.start}); give a later end"
        )


def _events_lie_in_the_window(case: Case) -> Mistakes:
    start, end = case.meta.start, case.meta.end
    if case.meta.clock.hours < 1:
        return
    for i, event in enumerate(case.events):
        if event.at < start:
            text = f"{event.at} is before the case begins ({start}); give a later time or move meta.start"
            yield Mistake(("events", i, "at"), text)
        if event.at >= end:
            text = f"{event.at} is not before the case ends ({end}); give an earlier time or move meta.end"
            yield Mistake(("events", i, "at"), text)


def _causes_come_first(case: Case) -> Mistakes:
    by_id = {event.id: event for event in case.events}
    if len(by_id) < len(case.events):
        return
    for i, event in enumerate(case.events):
        path: Path = ("events", i, "because")
        if event.because is None:
            continue
        cause = by_id.get(event.because)
        if cause is None:
            yield _unknown(path, event.because, by_id, "the id of an event")
        elif circle := _circle(event, by_id):
            if event.id == min(circle):
                text = f"the events {' <- '.join([*circle, event.id])} hang on one another; break the circle"
                yield Mistake(path, text)
        elif cause.at > event.at:
            text = f"'{cause.id}' happens later ({cause.at}) than what hangs on it; mend one of the times"
            yield Mistake(path, text)


def _circle(event: Event, by_id: dict[str, Event]) -> list[str]:
    """Ids from an event back to itself through what each hangs on; empty where there is no circle."""
    seen, cause = [event.id], event.because
    while cause is not None and cause in by_id:
        if cause == event.id:
            return seen
        if cause in seen:
            return []
        seen.append(cause)
        cause = by_id[cause].because
    return []


def _a_date_to_leave_on_is_given(case: Case) -> Mistakes:
    stay = case.alliance.stay
    kinds = {event.kind for event in case.events}
    undated = "activation" in kinds and "withdrawal" not in kinds
    if stay is not None and stay.leave == "date" and undated:
        text = "is 'date', but no event of kind withdrawal gives one; add it, or give calm or never"
        yield Mistake(("alliance", "stay", "leave"), text)


def _activation_follows_a_request(case: Case) -> Mistakes:
    requests = [event.at for event in case.events if event.kind == "request"]
    for i, event in enumerate(case.events):
        if event.kind != "activation" or case.meta.requester == "none":
            continue
        if not requests:
            yield Mistake(("events", i, "kind"), "is an activation without a request; add a request")
        elif event.at < min(requests):
            text = f"{event.at} is before the request ({min(requests)}); mend one of the times"
            yield Mistake(("events", i, "at"), text)


def _claims_are_graded_after_they_are_made(case: Case) -> Mistakes:
    for i, claim in enumerate(case.claims):
        for j, grade in enumerate(claim.grades):
            if grade.at < claim.at:
                text = f"{grade.at} is before the claim itself ({claim.at}); give a later time"
                yield Mistake(("claims", i, "grades", j, "at"), text)


def _the_alliance_fits_together(case: Case) -> Mistakes:
    alliance = case.alliance
    members, sites = alliance.members, [site.id for site in case.sites]
    here: Path = ("alliance",)
    if alliance.lead not in members:
        yield _unknown((*here, "lead"), alliance.lead, members, "one of alliance.members")
    for i, unit in enumerate(alliance.units):
        path: Path = (*here, "units", i)
        if unit.member not in members:
            yield _unknown((*path, "member"), unit.member, members, "one of alliance.members")
        if unit.lift != "road" and unit.lift not in alliance.lift.fleets:
            known = [*alliance.lift.fleets, "road"]
            yield _unknown((*path, "lift"), unit.lift, known, "a key of alliance.lift.fleets")
        if unit.theatre is not None and unit.theatre not in alliance.theatres:
            yield _unknown((*path, "theatre"), unit.theatre, alliance.theatres, "a key of alliance.theatres")
    for key, fleet in alliance.lift.fleets.items():
        path = (*here, "lift", "fleets", key)
        for name in ("range_ferry", "stop"):
            if getattr(fleet, name) is not None and fleet.range_full is None:
                text = "says nothing without range_full; give that too, km with full payload"
                yield Mistake((*path, name), text)
        if fleet.range_full is not None and fleet.range_ferry is not None:
            full, ferry = fleet.range_full.central(), fleet.range_ferry.central()
            if ferry < full:
                text = (
                    f"is {ferry:g} km, less than range_full ({full:g} km); empty it flies farther than full"
                )
                yield Mistake((*path, "range_ferry"), text)
    for key, field in alliance.lift.airfields.items():
        if field.site is not None and field.site not in sites:
            yield _unknown((*here, "lift", "airfields", key, "site"), field.site, sites, "the id of a site")
    for key, theatre in alliance.theatres.items():
        if theatre.holder not in members:
            path = (*here, "theatres", key, "holder")
            yield _unknown(path, theatre.holder, members, "one of alliance.members")
    for i, site in enumerate(alliance.task.sites if alliance.task is not None else ()):
        if site not in sites:
            yield _unknown((*here, "task", "sites", i), site, sites, "the id of a site")


def _parameters_are_declared(case: Case) -> Mistakes:
    for name in case.parameters:
        if name not in declared():
            advice = "see the list of parameters in docs/parameters.md"
            yield _unknown(("parameters", name), name, declared(), "a declared parameter", advice)


def _what_is_observed_is_past(case: Case) -> Mistakes:
    places = [place.name for place in gathered(case.country)[0]] if case.observed else []
    known = [*places, *(site.id for site in case.sites), *case.alliance.members]
    for i, seen in enumerate(case.observed):
        if seen.at is not None and seen.reported_at < seen.at:
            text = f"{seen.reported_at} is before the hour it speaks of ({seen.at}); mend one of the times"
            yield Mistake(("observed", i, "reported_at"), text)
        if seen.where is not None and seen.where not in known:
            yield _unknown(("observed", i, "where"), seen.where, known, "a city, site or member of the case")


_RULES: tuple[Callable[[Case], Mistakes], ...] = (
    _sources_are_listed,
    _parties_exist,
    _cities_exist,
    _ids_are_given_once,
    _the_window_has_an_hour,
    _events_lie_in_the_window,
    _causes_come_first,
    _a_date_to_leave_on_is_given,
    _activation_follows_a_request,
    _claims_are_graded_after_they_are_made,
    _the_alliance_fits_together,
    _parameters_are_declared,
    _what_is_observed_is_past,
)


def _unknown(path: Path, found: str, known: Collection[str], what: str, advice: str = "") -> Mistake:
    give = advice or (
        f"give one of {listed(dict.fromkeys(known), 10)}" if known else "there is none here; remove it"
    )
    return Mistake(path, f"'{found}' is not {what}; {did_you_mean(found, known, give)}")


def _all_sourced(part: object, path: Path) -> Iterator[tuple[Path, Sourced]]:
    """Everything in a case that names its source, with its place."""
    if isinstance(part, Sourced):
        yield path, part
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _all_sourced(getattr(part, name), (*path, name))
    elif isinstance(part, list):
        for i, entry in enumerate(part):
            yield from _all_sourced(entry, (*path, i))
    elif isinstance(part, dict):
        for key, entry in part.items():
            yield from _all_sourced(entry, (*path, key))
