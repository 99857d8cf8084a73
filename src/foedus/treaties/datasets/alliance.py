"""How does an alliance of a data set become a treaty? Members with coded promises, made into clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from foedus.errors import CaseError
from foedus.terms import Party
from foedus.terms.states import name_of
from foedus.treaties.condition import Condition, Fact, leaves
from foedus.treaties.datasets.codebook import Obligation
from foedus.treaties.datasets.membership import Spell, entries, reach, span
from foedus.treaties.treaty import Clause, Treaty

_ON_REQUEST = Fact("requested_by_victim")
_NOT_TO_WHOM = "the data say who promises this, not to whom: every other party is taken"


@dataclass(frozen=True, slots=True)
class Promised:
    """What a member promises, on what coded condition."""

    obligation: Obligation
    condition: Condition


@dataclass(frozen=True)
class Member:
    """A row of a data set: a state's membership in one phase of an alliance, and what it promises in it."""

    number: int
    spells: tuple[Spell, ...]
    promises: tuple[Promised, ...]
    phase: int = 0

    @property
    def codes(self) -> frozenset[Party]:
        """The codes that the member has in that time."""
        return frozenset(spell.code for spell in self.spells)


@dataclass
class Alliance:
    """An alliance as a data set has it, on the way to a treaty."""

    id: str
    label: str
    cite: str
    members: list[Member] = field(default_factory=list)
    unresolved: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def treaty(self) -> Treaty:
        """The treaty, with a clause for each promise that differs in condition, time or members.

        Raises
        ------
        CaseError
            None of the members is a state known.
        """
        spells = [spell for member in self.members for spell in member.spells]
        if not spells:
            raise CaseError(f"{self.label}: none of its members is a state known; leave it out")
        since, until = reach(spells)
        states = sorted({name_of(spell.code) for spell in spells})
        several = len({member.number for member in self.members} | set(self.unresolved)) > 2
        named = f"{', '.join(states[:4])}{' and others' if len(states) > 4 else ''}"
        return Treaty.model_validate(
            {
                "id": self.id,
                "short_name": self.label,
                "name": f"Alliance of {since.text[:4]}: {named} ({self.label})",
                "kind": "multilateral" if several else "bilateral",
                "form": "treaty",
                "signed": since,
                "in_force": since,
                "ended": until,
                "status": "in_force" if until is None else "ended",
                "parties": entries(spells),
                "parties_complete": not self.unresolved,
                "clauses": self._clauses(spells),
                "text_public": False,
                "note": "; ".join([*self.notes, *self.left_out()]) or None,
                "confidence": "medium",
                "sources": [{"cite": self.cite}],
            }
        )

    def left_out(self) -> list[str]:
        """A line for each member that is no state known."""
        return [
            f"{self.label}: member {number} is no state in the Correlates of War and is left out"
            for number in sorted(set(self.unresolved))
        ]

    def _clauses(self, spells: list[Spell]) -> list[Clause]:
        made: list[Clause] = []
        for group in self._groups():
            column = group.promise.obligation.column
            count = sum(clause.id.split(".")[1].split("-")[0] == column for clause in made)
            clause_id = f"{self.id}.{column}{f'-{count + 1}' if count else ''}"
            made.append(group.clause(clause_id, spells, self.doubts))
        return made

    def _groups(self) -> list[_Group]:
        """Promises of one kind and condition, by phase; phases that follow one another unchanged are one."""
        found: list[_Group] = []
        for phase in sorted({member.phase for member in self.members}):
            circle = [member for member in self.members if member.phase == phase]
            apart = self._stands_beside_another(phase)
            for promise in dict.fromkeys(promise for member in circle for promise in member.promises):
                bound = [member for member in circle if promise in member.promises]
                group = _Group(promise, phase, bound, circle, apart)
                earlier = next((one for one in found if one.goes_on_as(group)), None)
                if earlier is None:
                    found.append(group)
                else:
                    found[found.index(earlier)] = earlier.with_(group)
        order = list(dict.fromkeys(group.promise.obligation.column for group in found))
        return sorted(found, key=lambda group: (order.index(group.promise.obligation.column), group.phase))

    def _stands_beside_another(self, phase: int) -> bool:
        """Whether another phase runs at the same time among other members.

        So are pacts coded whose partner broke up: the promise to each successor is a phase of its own, and
        the successors promise one another nothing.
        """
        return any(
            _overlap(spell, rival)
            for member in self.members
            for other in self.members
            if member.phase == phase != other.phase and member.number == other.number
            for spell in member.spells
            for rival in other.spells
        )


@dataclass(frozen=True)
class _Group:
    """The members that make one promise in one phase."""

    promise: Promised
    phase: int
    bound: list[Member]
    circle: list[Member]
    apart: bool

    @property
    def by_all(self) -> bool:
        return not self.apart and _codes(self.bound) == _codes(self.circle)

    def goes_on_as(self, following: _Group) -> bool:
        return (
            self.promise == following.promise
            and self.phase == following.phase - 1
            and self.by_all
            and following.by_all
        )

    def with_(self, following: _Group) -> _Group:
        return _Group(
            self.promise,
            following.phase,
            self.bound + following.bound,
            self.circle + following.circle,
            apart=False,
        )

    def clause(self, clause_id: str, whole: list[Spell], doubts: list[str]) -> Clause:
        obligation, condition = self.promise.obligation, self.promise.condition
        spells = [spell for member in self.bound for spell in member.spells]
        on_request = _ON_REQUEST in set(leaves(condition))
        return Clause.model_validate(
            {
                "id": clause_id,
                "article": "not coded",
                "type": obligation.type,
                "label": obligation.means,
                "valid": span(spells, whole),
                "trigger": {
                    "condition": condition,
                    "external_origin": obligation.external_origin,
                    "internal_disorder": "not_covered",
                    "protects": self._protects(),
                    "request_of_victim": "yes" if on_request else "no",
                    "body_decision_required": False,
                },
                "obligation": {"strength": obligation.strength},
                "addressees": "all_other_parties" if self.by_all else sorted(_codes(self.bound)),
                "decision": {"rule": "unspecified"},
                "note": "; ".join([*doubts, *self._doubts()]) or None,
            }
        )

    def _doubts(self) -> list[str]:
        several = len({member.number for member in self.circle}) > 2
        return [_NOT_TO_WHOM] if several and not self.by_all and not self.apart else []

    def _protects(self) -> list[Party]:
        """Whom the promise is for, where that is not simply every other party."""
        if self.apart:
            return sorted(_codes(self.circle))
        if len({member.number for member in self.bound}) == 1 and not self.by_all:
            return sorted(_codes(self.circle) - _codes(self.bound))
        return []


def _codes(members: Sequence[Member]) -> frozenset[Party]:
    return frozenset(code for member in members for code in member.codes)


def _overlap(one: Spell, other: Spell) -> bool:
    """Whether two spells share more than the day on which one follows the other."""
    first, second = sorted((one, other), key=lambda spell: spell.since.first)
    return first.until is None or second.since.first < first.until.first
