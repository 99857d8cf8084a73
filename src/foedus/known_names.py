"""Names in a case that only the rooms know: treaties, predicates, quantities, indices, answers.

The schema cannot know them, for cases lie below the rooms; so they are checked where a case comes in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from foedus.cases.mistakes import Mistake, Path, did_you_mean, listed
from foedus.cases.schema import Case, DescribedEvent

_PLACES = {
    "city_deaths": "a city",
    "peak_at": "a city",
    "participants": "a city",
    "site_lost_at": "a site",
    "site_retaken_at": "a site",
    "member_troops": "a member",
}
"""Where a quantity is observed; participants may also be those of the whole country."""


def unknown_names(case: Case) -> list[Mistake]:
    """Names that no room knows, each with what may be meant."""
    return [
        *_states(case),
        *_treaties(case),
        *_claims(case),
        *_aftermath(case),
        *_observed(case),
        *_situation(case),
    ]


def _states(case: Case) -> Iterator[Mistake]:
    """States that were there on no day of the window; whether a code is one at all the case itself checks."""
    from foedus.terms.states import not_there

    clock = case.meta.clock
    first, last = clock.at(0).date(), clock.at(clock.hours).date()
    alliance = case.alliance
    codes: list[tuple[Path, str]] = [
        (("meta", "host"), case.meta.host),
        *((("alliance", "members", code), code) for code in alliance.members),
        *((("alliance", "lift", "fleets", key, "owner"), f.owner) for key, f in alliance.lift.fleets.items()),
        *((("alliance", "theatres", key, "holder"), t.holder) for key, t in alliance.theatres.items()),
    ]
    for path, code in codes:
        wrong = not_there(code, first)
        if wrong is not None and not_there(code, last) is not None:
            yield Mistake(path, wrong)


def _treaties(case: Case) -> Iterator[Mistake]:
    from foedus.treaties.catalogue import catalogue

    known = catalogue()
    for section, names in (("treaties", case.alliance.treaties), ("compare", case.alliance.compare)):
        for i, name in enumerate(names):
            if name not in known:
                yield _unknown(("alliance", section, i), name, known, "a treaty of the catalogue")


def _claims(case: Case) -> Iterator[Mistake]:
    from foedus.treaties.vocabulary import predicates

    for i, claim in enumerate(case.claims):
        if claim.predicate not in predicates():
            yield _unknown(
                ("claims", i, "predicate"), claim.predicate, predicates(), "a predicate of any clause"
            )


def _aftermath(case: Case) -> Iterator[Mistake]:
    from foedus.aftermath.bill import KEYS, MAKERS, OWN, is_index, known_key
    from foedus.cases.schema.afterwards import PRICE

    members = case.alliance.members
    for name in case.aftermath:
        own = OWN.fullmatch(name)
        if not known_key(name):
            yield _unknown(("aftermath", name), name, KEYS, "read by any index")
        elif own and own[1] not in members:
            yield _unknown(("aftermath", name), own[1], members, "one of alliance.members")
    for i, entry in enumerate(case.afterwards):
        if not is_index(entry.index, list(members)):
            yield _unknown(("afterwards", i, "index"), entry.index, MAKERS, "an index of the aftermath")
    for i, expected in enumerate(case.expectations):
        if expected.index != PRICE and not is_index(expected.index, list(members)):
            yield _unknown(
                ("expectations", i, "index"), expected.index, [*MAKERS, PRICE], "an index or price"
            )


def _observed(case: Case) -> Iterator[Mistake]:
    if not case.observed:
        return
    from foedus.cases import cities_of
    from foedus.experiments.quantities import QUANTITIES

    known = {
        "a city": {place.name for place in cities_of(case.country)},
        "a site": {site.id for site in case.sites},
        "a member": set(case.alliance.members),
    }
    for i, seen in enumerate(case.observed):
        if seen.quantity not in QUANTITIES:
            yield _unknown(("observed", i, "quantity"), seen.quantity, QUANTITIES, "a quantity of a course")
        elif seen.quantity in _PLACES:
            where = _PLACES[seen.quantity]
            if seen.where is None and seen.quantity != "participants":
                yield Mistake(("observed", i), f"{seen.quantity} is of {where}; add `where`")
            elif seen.where is not None and seen.where not in known[where]:
                text = f"'{seen.where}' is not {where} of the case; {seen.quantity} is of {where}"
                yield Mistake(("observed", i, "where"), text)


def _situation(case: Case) -> Iterator[Mistake]:
    if not case.situation:
        return
    from foedus.report.situation import ANSWERS

    for i, question in enumerate(case.situation):
        name = question.answer.partition(":")[0]
        if name not in ANSWERS:
            yield _unknown(("situation", i, "answer"), name, ANSWERS, "an answer of foedus")


def unknown_in_event(event: DescribedEvent) -> list[Mistake]:
    """Names in a described event that no room knows, each with what may be meant."""
    return [*_event_states(event), *_event_law(event), *_event_facts(event)]


def _event_states(event: DescribedEvent) -> Iterator[Mistake]:
    from foedus.terms.states import party_names, unknown_party
    from foedus.treaties.vocabulary.places import is_place

    if event.victim not in party_names():
        yield Mistake(("event", "victim"), unknown_party(event.victim))
    for key in ("attackers", "supporters", "mobilised"):
        for i, code in enumerate(getattr(event, key) or ()):
            if code not in party_names():
                yield Mistake(("event", key, i), unknown_party(code))
    if event.victim in (event.attackers or ()):
        text = f"{event.victim} is the victim and cannot attack itself; leave it out"
        yield Mistake(("event", "attackers"), text)
    if event.place is not None and not is_place(event.place):
        text = f"'{event.place}' is no code of a place; give one of ISO 3166, such as KAZ or US-HI"
        yield Mistake(("event", "place"), text)


def _event_law(event: DescribedEvent) -> Iterator[Mistake]:
    """Treaties and the clause that an event names: known, and in force on its day."""
    from foedus.treaties.catalogue import catalogue

    for i, name in enumerate(event.treaties):
        if name not in catalogue():
            yield _unknown(("event", "treaties", i), name, catalogue(), "a treaty of the catalogue")
        elif not catalogue()[name].in_force_on(event.date.first):
            text = f"{name} was not in force on {event.date}; give one that was, or leave `treaties` out"
            yield Mistake(("event", "treaties", i), text)
    if event.clause is not None:
        held = [c.id for t in catalogue().values() for c in t.clauses_on(event.date.first)]
        if event.clause not in held:
            of = "a clause of the catalogue in force on the day"
            yield _unknown(("event", "clause"), event.clause, held, of)
        elif event.treaties and event.clause.split(".")[0] not in event.treaties:
            text = f"{event.clause} is no clause of the treaties named; name {event.clause.split('.')[0]} too"
            yield Mistake(("event", "clause"), text)


def _event_facts(event: DescribedEvent) -> Iterator[Mistake]:
    from foedus.treaties.vocabulary import predicates

    named = [("facts", i, fact.predicate) for i, fact in enumerate(event.facts)]
    named += [("claims", i, claim.predicate) for i, claim in enumerate(event.claims)]
    for key, i, name in named:
        if name not in predicates():
            yield _unknown(("event", key, i, "predicate"), name, predicates(), "a predicate of any clause")
    stated = [fact.predicate for fact in event.facts]
    for i, name in enumerate(stated):
        if name in stated[:i]:
            text = f"'{name}' is stated twice; keep one, or write contested"
            yield Mistake(("event", "facts", i, "predicate"), text)


def _unknown(path: Path, found: str, known: Collection[str], what: str) -> Mistake:
    return Mistake(
        path, f"'{found}' is not {what}; {did_you_mean(found, known, f'give one of {listed(known)}')}"
    )
