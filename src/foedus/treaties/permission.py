"""May troops come? Another question than duty: an ally may be bound and barred, or free and unbound.

Three grounds are examined, and one is enough.

*Consent*. A state may ask another for help, and its government speaks for it: the International Court of
Justice takes intervention as allowable at the request of the government of a state, and not at that of its
opposition (Military and Paramilitary Activities in and against Nicaragua, judgment of 27 June 1986, paragraph
246). Consent is valid when it is given freely, by the government in effective control. Two resolutions of the
Institut de droit international, of high authority and no binding force, draw its limits. Wiesbaden 1975
(non-intervention in civil wars) bars help to either side once there is a civil war, and does not reach local
disorders or riots (articles 1 and 2). Rhodes 2011 (military assistance on request) deals with internal
disturbance below that level, and bars help whose object is to keep a government in place against its own
population (articles 2 and 3). Since practice and the law as the Court stated it go further than the
resolutions, a bar that is raised makes the ground contested here, not void; a bar that nobody raises is not
examined. A rival claimant whom other states recognise and who does not control the state gives consent of
disputed validity.

*Mandate*. The UN Security Council may authorise force (UN Charter chapter VII); a regional body may enforce
only with its authorisation (article 53), so that a body's own decision is no ground of its own against an
unwilling host.

*Collective self-defence*. It takes an armed attack from outside, and a request of the state that declares
itself attacked (UN Charter article 51; Nicaragua judgment, paragraphs 195 and 199).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from foedus.terms import Permission, Status
from foedus.treaties.condition import All, AnyOf, Condition, Fact, Truth, any_of, judge
from foedus.treaties.inference import inferred
from foedus.treaties.reading import EXTERNAL_ORIGIN
from foedus.treaties.situation import Situation

PERMISSIONS: Mapping[Status, Permission] = {
    Status.TRUE: Permission.PERMITTED,
    Status.FALSE: Permission.NOT_PERMITTED,
    Status.CONTESTED: Permission.CONTESTED,
    Status.UNKNOWN: Permission.UNDETERMINED,
}

_CONTROL = Fact("government_in_effective_control")
_RECOGNISED = Fact("claimant_internationally_recognised")
_MANDATE = Fact("un_mandate")
_REQUEST = Fact("requested_by_victim")
_BARS = {
    "internal_conflict": "a civil war (Wiesbaden resolution 1975, article 2)",
    "aid_against_own_population": "help against the own population (Rhodes resolution 2011, article 3)",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground on which troops may come: whether it holds, in words, and the law."""

    name: str
    truth: Truth
    text: str
    law: str

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"ground": self.name, "status": self.truth.status.value, "text": self.text, "law": self.law}


@dataclass(frozen=True, slots=True)
class PermissionReading:
    """Whether troops may come, and the grounds examined."""

    reading: Permission
    why: str
    grounds: tuple[Ground, ...]

    def as_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "reading": self.reading.value,
            "why": self.why,
            "grounds": [ground.as_dict() for ground in self.grounds],
        }


def permission(situation: Situation) -> PermissionReading:
    """Say whether troops may come into the host, on what is known as of the situation's instant."""
    grounds = (consent(situation), mandate(situation), self_defence(situation))
    truths = [ground.truth for ground in grounds]
    together = Truth(
        any_of([truth.value for truth in truths]),
        any_of([truth.at_best for truth in truths]),
        any_of([truth.at_worst for truth in truths]),
    )
    reading = PERMISSIONS[together.status]
    telling = [ground for ground in grounds if ground.truth.status is together.status] or list(grounds)
    return PermissionReading(
        reading, "; ".join(f"{ground.name}: {ground.text}" for ground in telling), grounds
    )


def consent(situation: Situation) -> Ground:
    """Say whether the one who speaks for the state has validly asked."""
    law = "Nicaragua judgment (ICJ 1986), paragraph 246; Institut de droit international, 1975 and 2011"
    match situation.requester:
        case "government":
            truth, text = _government_consents(situation)
        case "claimant":
            truth, text = _claimant_consents(situation)
        case _:
            truth = Truth.of(Status.FALSE)
            text = (
                "neither the host's government nor a claimant to it has asked; others cannot consent for it"
            )
    return Ground("consent", truth, text, law)


def _government_consents(situation: Situation) -> tuple[Truth, str]:
    truth = judge(All((_REQUEST, _CONTROL)), situation.status_of)
    said = f"{_asked(situation)}; its effective control is {_word(_CONTROL, situation)}"
    raised = [
        words
        for predicate, words in _BARS.items()
        if situation.status_of(Fact(predicate)) in (Status.TRUE, Status.CONTESTED)
    ]
    if truth.status is Status.TRUE and raised:
        return Truth.of(Status.CONTESTED), f"{said}; but it is said that there is {' and '.join(raised)}"
    if truth.status is Status.TRUE:
        said += "; no civil war and no help against its own population is alleged in evidence"
    return truth, said


def _claimant_consents(situation: Situation) -> tuple[Truth, str]:
    recognised = situation.status_of(_RECOGNISED) if situation.requested else Status.UNKNOWN
    said = f"a claimant without control {'has asked' if situation.requested else 'has not asked on record'}"
    # Even a recognised claimant without control gives consent whose validity is disputed.
    status = Status.CONTESTED if recognised is Status.TRUE else recognised
    return Truth.of(status), f"{said}; recognition by other states is {recognised.value}"


def mandate(situation: Situation) -> Ground:
    """Say whether the UN Security Council has authorised it."""
    truth = judge(_MANDATE, situation.status_of)
    text = f"a mandate of the UN Security Council is {_word(_MANDATE, situation)}"
    if situation.activated and truth.status is not Status.TRUE:
        text += "; the alliance's own decision does not replace it"
    return Ground("mandate", truth, text, "UN Charter, chapter VII and article 53")


def self_defence(situation: Situation) -> Ground:
    """Say whether it is collective self-defence against an attack from outside."""
    attack: Condition = AnyOf((Fact("armed_attack"), Fact("aggression")))
    outside = inferred(EXTERNAL_ORIGIN, situation)
    truth = judge(All((attack, outside, _REQUEST)), situation.status_of)
    text = (
        f"an armed attack is {judge(attack, situation.status_of).status.value}, "
        f"its origin outside is {judge(outside, situation.status_of).status.value}, "
        f"a request of the state attacked is {_word(_REQUEST, situation)}"
    )
    law = "UN Charter, article 51; Nicaragua judgment (ICJ 1986), paragraphs 195 and 199"
    return Ground("self-defence", truth, text, law)


def _asked(situation: Situation) -> str:
    if situation.status_of(_REQUEST) is Status.TRUE:
        return "the host's government has asked"
    return f"a request of the host's government is {_word(_REQUEST, situation)}"


def _word(fact: Fact, situation: Situation) -> str:
    return situation.status_of(fact).value
