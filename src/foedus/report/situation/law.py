"""Answers about the law and the evidence: what binds, what is believed, what the request itself says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.cases.schema import Claim, Grade
from foedus.report.numbers import middle_of, plain
from foedus.report.reading import NotComputedError
from foedus.report.situation.telling import Telling, Told
from foedus.terms import Tag

# The fact on which letter and sense part where a clause's purpose asks for an attack from outside.
DIVIDING_FACT = "external_origin"


def stated(telling: Telling, _: str) -> Told:
    """What the case itself says; the words come with the question."""
    return Told(Tag.INPUT, [telling.say("stated.nothing")])


def activation(telling: Telling, _: str) -> Told:
    """Tell whether help was requested, the clause invoked and activated, and whether that was a first."""
    say = telling.say
    found = telling.number("obligation")
    says = say(
        "activation.says_replay" if telling.replay else "activation.says_free",
        requested=_yes(telling, "requested", found.get("requested"), "request"),
        invoked=_yes(telling, "invoked", found.get("invoked"), "framing"),
        activated=_yes(telling, "activated", found.get("activated"), "activation"),
    )
    told = Told(Tag.INPUT if telling.replay else Tag.COMPUTED, [says[:1].upper() + says[1:]])
    alliance = telling.case.alliance
    if found.get("activated"):
        first = found.get("first_activation")
        told.says.append(
            say(
                "activation.first" if first else "activation.not_first",
                refusals=alliance.earlier_refusals,
                crises=alliance.earlier_crises,
            )
        )
    in_replay = "activation.change_replay" if found.get("activated") else "activation.change_none"
    change = in_replay if telling.replay else "activation.change_free"
    told.change.append(say(change, parameter=telling.parameter("ask_below")))
    return told


def _yes(telling: Telling, act: str, so: Any, kind: str) -> str:
    if so is None:
        raise NotComputedError(f"obligation.{act}")
    event = telling.first(kind)
    when = telling.day(event.at) if event and telling.replay else ""
    return telling.say(f"activation.{act}.{'yes' if so else 'no'}", when=when).strip()


def belief(telling: Telling, predicate: str) -> Told:
    """Tell what is believed of a fact, on whose word, and whose word carries it."""
    say = telling.say
    held = telling.number("beliefs", predicate)
    spoken = [c for c in telling.case.claims if c.predicate == predicate and c.at <= telling.as_of]
    supporting = [c for c in spoken if says_so(c)]
    opposing = [c for c in spoken if not says_so(c)]
    what = telling.fact(predicate)
    values = {
        "what": what[:1].upper() + what[1:],
        "p": held.get("probability"),
        "when": telling.day(telling.as_of),
        "status": say.word("statuses", str(held.get("status"))),
    }
    if not spoken:
        return Told(Tag.ASSUMED, [say("belief.nobody", **values)], [say("belief.change_nobody")])
    interested = [c for c in supporting if c.interested]
    says = say(
        "belief.says",
        supporting=len(supporting),
        interested=len(interested),
        opposing=len(opposing),
        **values,
    )
    told = Told(Tag.COMPUTED, [says])
    if interested and len(interested) == len(supporting):
        told.change.append(say("belief.change_interested"))
    strongest = _best_graded([c for c in spoken if not c.interested], telling)
    if strongest is not None:
        claim, grade = strongest
        name = "belief.change_support" if says_so(claim) else "belief.change_opposed"
        graded = f"{grade.reliability}{grade.credibility}"
        told.change.append(say(name, who=claim.who, grade=graded))
    if not told.change:
        told.change.append(say("belief.change_nobody"))
    return told


def says_so(claim: Claim) -> bool:
    """Whether a claim speaks for its fact: 'highly unlikely that it is so' speaks against it."""
    if claim.likelihood is None or not claim.holds:
        return claim.holds
    from foedus.evidence import range_of

    return range_of(claim.likelihood).middle >= 0.5


def _best_graded(claims: list[Claim], telling: Telling) -> tuple[Claim, Grade] | None:
    graded = []
    for claim in claims:
        known = [g for g in claim.grades if g.at <= telling.as_of]
        if known:
            graded.append((claim, max(known, key=lambda g: g.at)))
    return min(graded, key=lambda pair: (pair[1].reliability, pair[1].credibility), default=None)


def clause(telling: Telling, clause_id: str) -> Told:
    """Tell what a clause says, and whether it is met."""
    say = telling.say
    row = _assessed(telling, clause_id)
    text = _clause_text(clause_id)
    if row is None and text is None:
        raise NotComputedError(f"clause {clause_id}")
    told = Told(Tag.LOOKED_UP)
    if text is not None:
        own = f"clauses.{clause_id.replace('.', '_')}"
        label = say(own) if say.has(own) else text["label"]
        told.says.append(
            say("clause.says", treaty=text["treaty"], article=text["article"].split(" (")[0], label=label)
        )
    readings = (row or {}).get("by_reading") or {}
    applies = [r for r in readings.values() if r.get("reading") != "not applicable"]
    if row is None:
        told.says.append(say("clause.not_assessed"))
    elif not applies:
        told.says.append(say("clause.not_applicable"))
    else:
        told.says.append(say("clause.readings", **both_readings(telling, readings)))
    if text is not None:
        told.says.append(say(f"clause.origin.{text['external_origin']}"))
    probability = telling.belief_in(DIVIDING_FACT)
    turns = applies and text is not None and text["external_origin"] != "not_required"
    if turns and probability is not None:
        told.change.append(
            say(
                "clause.change",
                when=telling.day(telling.as_of),
                predicate=telling.fact(DIVIDING_FACT),
                p=probability,
            )
        )
    else:
        told.change.append(say("clause.change_fixed"))
    return told


def _assessed(telling: Telling, clause_id: str) -> Mapping[str, Any] | None:
    for row in telling.assessment.get("clauses") or []:
        if clause_id in (row.get("clause"), row.get("id")):
            found: Mapping[str, Any] = row
            return found
    return None


def _clause_text(clause_id: str) -> dict[str, str] | None:
    from foedus.treaties import catalogue

    for treaty in catalogue().values():
        for each in treaty.clauses:
            if each.id == clause_id:
                return {
                    "treaty": treaty.short_name,
                    "article": each.article,
                    "label": each.label,
                    "external_origin": each.trigger.external_origin,
                }
    return None


def both_readings(telling: Telling, readings: Mapping[str, Any]) -> dict[str, Any]:
    """Write letter and sense in words."""
    return {name: _reading(telling, readings.get(name) or {}) for name in ("letter", "sense")}


def _reading(telling: Telling, found: Mapping[str, Any]) -> str:
    """A reading in words, with its probability where there is one: 'contested (6 %)'."""
    say = telling.say
    word = say.word("reading_words", str(found.get("reading", "undetermined")))
    probability = found.get("probability")
    if middle_of(probability) is None:
        return word
    return f"{word} ({plain(probability, say.manner.share, say.manner).replace(' (', '; ').replace(')', '')})"


def clause_name(found: Mapping[str, Any]) -> str:
    """Name the clause in question as people do: 'CSTO 4'."""
    text = _clause_text(str(found.get("clause")))
    if text is None:
        return " ".join(str(found[key]) for key in ("treaty", "clause") if found.get(key))
    return f"{text['treaty']} {text['article'].split(' (')[0]}"


def readings(telling: Telling, _: str) -> Told:
    """Tell whether the clause is met by its letter and by its sense, and whether troops may come."""
    say = telling.say
    found = telling.number("obligation")
    by_reading = telling.number("obligation", "by_reading")
    name = clause_name(found)
    told = Told(Tag.COMPUTED, [say("readings.says", clause=name, **both_readings(telling, by_reading))])
    own = by_reading.get("self_judged") or by_reading.get("self-judged")
    if own:
        told.says.append(say("readings.self_judged", reading=say.word("reading_words", str(own["reading"]))))
    permission = found.get("permission")
    if permission:
        reading = say.word("permission", str(permission.get("reading")))
        told.says.append(say("readings.permission", reading=reading))
    told.change.append(_hangs_on(telling, by_reading))
    return told


def _hangs_on(telling: Telling, by_reading: Mapping[str, Any]) -> str:
    """Tell which facts decide the letter, and which the sense besides, with what is believed of each."""
    say = telling.say
    letter = list((by_reading.get("letter") or {}).get("decided_by") or [])
    sense = [f for f in (by_reading.get("sense") or {}).get("decided_by") or [] if f not in letter]
    named = {
        name: say.listed(
            [
                say("readings.believed", fact=telling.fact(fact), p=middle_of(telling.belief_in(fact)))
                for fact in facts
            ]
        )
        for name, facts in (("letter", letter), ("sense", sense))
    }
    if letter and sense:
        return say("readings.change", **named)
    return say("readings.change_same", **named) if letter else say("readings.change_plain")


def framing(telling: Telling, _: str) -> Told:
    """Tell whether the words of the request opened a door that the facts did not."""
    say = telling.say
    event = telling.first("framing")
    by_reading = telling.number("obligation", "by_reading")
    activated = telling.number("obligation", "activated")
    told = Told(Tag.COMPUTED)
    if event is None:
        told.says.append(say("framing.none"))
    else:
        name = "framing.says" if telling.first("request") else "framing.says_unasked"
        told.says.append(say(name, when=telling.day(event.at)))
    both = both_readings(telling, by_reading)
    told.says.append(
        say(
            "framing.gap",
            sense=both["sense"],
            activated=say(f"framing.activated.{'yes' if activated else 'no'}"),
        )
    )
    if any(c.interested and c.predicate == DIVIDING_FACT for c in telling.case.claims):
        told.says.append(say("framing.cheap"))
    words = telling.number_or_none("invited", "lead")
    if words:
        told.says.append(say("framing.moves", worded=words["as_worded"], home=words["on_domestic_grounds"]))
    probability = telling.belief_in(DIVIDING_FACT)
    values = {"predicate": telling.fact(DIVIDING_FACT), "p": middle_of(probability)}
    if event is None or telling.first("request") is None:
        told.change.append(say("framing.change_plain", **values))
    elif not any(c.holds and c.predicate == DIVIDING_FACT for c in telling.case.claims):
        told.change.append(say("framing.change_words", event=event.id))
    else:
        told.change.append(say("framing.change", event=event.id, **values))
    return told


def surprise(telling: Telling, _: str) -> Told:
    """Tell how likely a request and an activation looked beforehand."""
    say = telling.say
    signals = telling.number("signals")
    told = Told(
        Tag.COMPUTED,
        [
            say(
                "surprise.says",
                request=signals.get("request_looked"),
                activation=signals.get("activation_looked"),
            )
        ],
    )
    if signals.get("granted_looked") is not None:
        told.says.append(say("surprise.granted", granted=signals["granted_looked"]))
    by_record = signals.get("by_record")
    if by_record:
        told.says.append(
            say("surprise.by_record", request=by_record["request"], activation=by_record["activation"])
        )
    alliance = telling.case.alliance
    told.change.append(
        say(
            "surprise.change",
            activations=alliance.earlier_activations,
            refusals=alliance.earlier_refusals,
            crises=alliance.earlier_crises,
        )
    )
    return told


def weakness(telling: Telling, _: str) -> Told:
    """Tell what the request says of the host's hold on its forces; others' requests say nothing of it."""
    say = telling.say
    if telling.case.meta.requester in ("neighbours", "claimant"):
        return Told(Tag.INPUT, [say("weakness.others_asked")], [say("weakness.change_others_asked")])
    given = telling.number("signals", "loyalty_given_request")
    without = telling.number("signals", "loyalty_without_request")
    if middle_of(given) is None:
        worlds = telling.number("signals", "worlds_that_did_not")
        told = Told(Tag.COMPUTED, [say("weakness.no_request", worlds=worlds, without=without)])
    else:
        told = Told(Tag.COMPUTED, [say("weakness.says", given=given, without=without)])
    weak = telling.number_or_none("signals", "weakness")
    if weak:
        told.says.append(
            say(
                "weakness.weak",
                given=weak["given_request"],
                anyway=weak["if_some_ask_anyway"],
                worlds=telling.number("signals", "worlds_that_asked"),
            )
        )
    told.change.append(say("weakness.change", parameter=telling.parameter("ask_below")))
    return told
