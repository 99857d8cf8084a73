"""The law alone, of a case or of a described event: who is bound, what is near to it; nothing is run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from foedus.cases.schema import Case, DescribedEvent
from foedus.chance import Luck
from foedus.engine.law import Law, read_event, read_law
from foedus.experiments.obligation import LAW_DRAWS, law_part
from foedus.terms import Status
from foedus.treaties.record import Episode, Pattern, Precedent, episodes, precedents, threat_of

NOBODY = "no treaty of the catalogue in force on the day could protect it"


def assess_case(case: Case, as_of: datetime | None = None, seed: int = 1) -> dict[str, Any]:
    """Say of a case whether anyone is bound, whether they may come, and what is believed."""
    law = read_law(case, as_of, Luck(seed), LAW_DRAWS)
    told = law_part(law, case.alliance.record)
    return {"case": case.meta.slug, "as_of": law.as_of.isoformat(), "seed": seed, **told}


def assess_event(
    event: DescribedEvent, name: str, as_of: datetime | None = None, seed: int = 1
) -> dict[str, Any]:
    """Say of a described event whether anyone is bound, whether they may come, and what is believed."""
    law = read_event(event, as_of, Luck(seed), LAW_DRAWS)
    told = law_part(law, nobody=NOBODY)
    return {"case": name, "as_of": law.as_of.isoformat(), "seed": seed, **told}


def precedents_of_case(case: Case, as_of: datetime | None = None, seed: int = 1) -> list[Precedent]:
    """List the episodes on record from the nearest to a case to the farthest; by ``as_of`` where given."""
    law = read_law(case, as_of, Luck(seed), LAW_DRAWS)
    attackers = None if case.meta.target == "state_attack" else ("internal",)
    day = case.meta.start.date()
    return precedents(_pattern(law, case.meta.host, day, attackers), _known_by(as_of))


def precedents_of_event(
    event: DescribedEvent, as_of: datetime | None = None, seed: int = 1
) -> list[Precedent]:
    """List the episodes on record from the nearest to an event to the farthest; by ``as_of`` where given."""
    law = read_event(event, as_of, Luck(seed), LAW_DRAWS)
    attackers = None if event.attackers is None else tuple(event.attackers) or ("internal",)
    return precedents(_pattern(law, event.victim, event.date.first, attackers), _known_by(as_of))


def _known_by(as_of: datetime | None) -> list[Episode]:
    """The episodes on record; those that began after ``as_of`` nobody could know of then."""
    return [one for one in episodes() if as_of is None or one.date.first <= as_of.date()]


def _pattern(law: Law, victim: str, day: Any, attackers: tuple[str, ...] | None) -> Pattern:
    facts = _known(law.beliefs)
    principal = None if law.assessment is None else law.assessment.principal
    return Pattern(
        victim=(victim,),
        day=day,
        threat=threat_of(facts, attackers),
        facts=facts,
        treaties=() if principal is None else (principal.treaty.id,),
        clause_type=None if principal is None else principal.clause.type,
        letter=None if principal is None else principal.by_reading["letter"].reading,
        sense=None if principal is None else principal.by_reading["sense"].reading,
        asked=law.requested,
        invoked=law.invoked,
    )


def _known(beliefs: Mapping[str, Any]) -> dict[str, Status]:
    return {fact: held.status for fact, held in beliefs.items() if held.status is not Status.UNKNOWN}
