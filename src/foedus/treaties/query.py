"""Which treaties bind whom on a day? The catalogue, filtered by party, pair, and kind of clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from foedus.terms import Party
from foedus.treaties.catalogue import catalogue
from foedus.treaties.condition import plain
from foedus.treaties.treaty import Treaty


@dataclass(frozen=True)
class Listed:
    """A treaty as a query lists it: its parties, and whether it is in force, as of a day."""

    treaty: Treaty
    day: date

    @property
    def in_force(self) -> bool:
        """Whether it is in force on the day, or presumed to be."""
        return self.treaty.in_force_on(self.day)

    @property
    def parties(self) -> tuple[Party, ...]:
        """The parties on the day; of a treaty that is not in force, every state that was ever bound."""
        if self.in_force:
            return self.treaty.parties_on(self.day)
        return tuple(sorted({span.code for span in self.treaty.parties}))

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        treaty = self.treaty
        clauses = treaty.clauses_on(self.day) if self.in_force else treaty.clauses
        return {
            "id": treaty.id,
            "name": treaty.name,
            "parties": list(self.parties),
            "in_force": self.in_force,
            "presumed": treaty.presumed_in_force is not None,
            "parties_complete": treaty.parties_complete,
            "short_name": treaty.short_name,
            "signed": str(treaty.signed),
            "since": None if treaty.begins is None else str(treaty.begins),
            "ended": None if treaty.ended is None else str(treaty.ended),
            "status": treaty.status,
            "kinds": list(dict.fromkeys(clause.type for clause in clauses)),
            "confidence": treaty.confidence,
            "source": "foedus",
        }


def treaty_as_dict(treaty: Treaty, day: date) -> dict[str, Any]:
    """One treaty with its clauses in the wording of a day, as JSON; all its clauses if not in force then."""
    clauses = treaty.clauses_on(day) or treaty.clauses
    rows = []
    for clause in clauses:
        row = clause.model_dump(
            mode="json", by_alias=True, exclude={"trigger": {"condition", "exceptions"}, "valid": True}
        )
        row["trigger"]["condition"] = plain(clause.trigger.condition)
        row["trigger"]["exceptions"] = [
            {
                "text": left_out.text,
                "when": None if left_out.when is None else plain(left_out.when),
                "effect": left_out.effect,
                "reserved_by": left_out.reserved_by,
            }
            for left_out in clause.trigger.exceptions
        ]
        row["valid"] = {"from": _text(clause.valid.from_), "to": _text(clause.valid.to)}
        rows.append(row)
    return {
        **Listed(treaty, day).as_dict(),
        "as_of": day.isoformat(),
        "form": treaty.form,
        "dormant_since": _text(treaty.dormant_since),
        "text_public": treaty.text_public,
        "membership": [
            {
                "code": span.code,
                "from": str(span.from_),
                "to": _text(span.to),
                "contested": span.contested,
                "events": [{"at": str(e.at), "kind": e.kind, "note": e.note} for e in span.events],
                "note": span.note,
            }
            for span in treaty.parties
        ],
        "signatories": [{"code": one.code, "note": one.note} for one in treaty.signatories],
        "clauses": rows,
        "duration": treaty.duration,
        "notice": treaty.notice,
        "note": treaty.note,
        "sources": [source.model_dump(mode="json") for source in treaty.sources],
        "text_checks": [
            {"clause": c.clause, "on": str(c.on), "where": c.where, "result": c.result, "note": c.note}
            for c in treaty.text_checks
        ],
    }


def _text(told: object) -> str | None:
    return None if told is None else str(told)


def treaties_where(
    *,
    day: date | None = None,
    party: Party | None = None,
    between: Sequence[Party] = (),
    kind: str | None = None,
) -> list[Listed]:
    """List the treaties of the catalogue that fit.

    Parameters
    ----------
    day
        The day on which they are in force; every treaty ever, as it stands today, if left out.
    party
        A state that is bound (or ever was, where no day is given).
    between
        States that are all bound at once.
    kind
        The type of a clause that the treaty has in the wording of the day.
    """
    shown = day or date.today()
    wanted = {*between, *(() if party is None else (party,))}
    found = []
    for treaty in catalogue().values():
        if day is not None and not treaty.in_force_on(day):
            continue
        listed = Listed(treaty, shown)
        ever = {span.code for span in treaty.parties}
        bound = set(treaty.parties_on(day)) if day is not None else ever
        if not wanted <= bound:
            continue
        clauses = treaty.clauses if day is None else treaty.clauses_on(day)
        if kind is not None and all(clause.type != kind for clause in clauses):
            continue
        found.append(listed)
    return sorted(found, key=lambda listed: (listed.treaty.signed.first, listed.treaty.id))
