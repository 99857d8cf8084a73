"""Answers about the price: dependence, opinion, contagion, credibility, who stays in power."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from foedus.report.bill import OWN, course_item, index_label, item_label
from foedus.report.numbers import middle_of, plain, straddles_zero
from foedus.report.reading import NotComputedError
from foedus.report.situation.telling import Telling, Told
from foedus.terms import Basis, Tag

_ARMS = (("with_", "with"), ("without", "without"))
# Named by what the index rests on, so that a reader knows where to push.
NAMED = 3
STRUGGLE = ("office_loss", "purge", "rival_eclipse", "leadership")
PRICE = "price"


def index(telling: Telling, name: str) -> Told:
    """Tell how one index of the aftermath stands with and without contingents."""
    say = telling.say
    rows = _rows(telling, name)
    bases = {key: _bases(telling, row) for key, row in rows.items()}
    assumed = all(found and set(found.values()) == {Basis.ASSUMPTION} for found in bases.values())
    told = Told(Tag.ASSUMED if assumed else Tag.COMPUTED)
    for key, row in rows.items():
        label = index_label(key, say)
        told.says.append(
            say(
                "aftermath.says",
                index=label[:1].upper() + label[1:],
                with_=_written(telling, row.get("with"), row),
                without=_written(telling, row.get("without"), row),
                unit=say.word("units", str(row.get("unit", "1"))),
            )
        )
    for key, row in list(rows.items())[:1]:
        told.change.append(f"{_direction(telling, row)}; {_rests(telling, bases[key])}")
    told.says += _judged(telling, lambda index: index == name or index.startswith(f"{name}_"))
    return told


def _judged(telling: Telling, about: Callable[[str], bool]) -> list[str]:
    """What became of what was expected of an index, where the case holds expectations."""
    say = telling.say
    return [
        say(
            "bill.judged",
            item=index_label(str(row["index"]), say),
            line=row["line"],
            verdict=say.word("bill.verdict", str(row["verdict"])),
        )
        for row in telling.number_or_none("expectations") or []
        if row.get("line") is not None and about(str(row["index"]))
    ]


def _rows(telling: Telling, name: str) -> dict[str, Mapping[str, Any]]:
    indices: Mapping[str, Mapping[str, Any]] = telling.number("aftermath")
    rows = {key: row for key, row in indices.items() if key == name or key.startswith(f"{name}_")}
    if not rows:
        raise NotComputedError(f"aftermath.{name}")
    return rows


def _written(telling: Telling, value: Any, row: Mapping[str, Any]) -> str:
    manner = telling.say.manner
    if middle_of(value) is None:
        return telling.say("aftermath.none")
    way = manner.share if row.get("unit") in ("probability", "share") else manner.number
    return plain(value, way, manner)


def _direction(telling: Telling, row: Mapping[str, Any]) -> str:
    """Whether contingents raise or lower an index, and by how much, inside each world."""
    say = telling.say
    gap = row.get("difference")
    if not isinstance(gap, Mapping):
        with_, without = middle_of(row.get("with")), middle_of(row.get("without"))
        gap = {"median": None if with_ is None or without is None else with_ - without}
    middle = middle_of(gap)
    low, high = gap.get("p05", middle), gap.get("p95", middle)
    if middle is None or (low == 0 == high):
        return say("aftermath.change_none")
    if straddles_zero({"p05": low, "p95": high}):
        return say("aftermath.change_open", gap=_gap(telling, gap, row))
    name = "aftermath.change_raises" if middle > 0 else "aftermath.change_lowers"
    return say(name, gap=_gap(telling, _magnitude(gap), row))


def _gap(telling: Telling, gap: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """A difference; between probabilities in points of a hundred."""
    manner = telling.say.manner
    if row.get("unit") not in ("probability", "share"):
        return plain(gap, manner.number, manner)
    return telling.say("aftermath.points", gap=plain(gap, lambda x: manner.number(100.0 * x), manner))


def _magnitude(gap: Mapping[str, Any]) -> dict[str, Any]:
    """A difference of one sign without its sign."""
    ends = sorted(abs(float(gap[key])) for key in ("p05", "p95") if gap.get(key) is not None)
    low, high = (ends[0], ends[-1]) if ends else (None, None)
    return {"p05": low, "median": abs(middle_of(gap) or 0.0), "p95": high}


def _bases(telling: Telling, row: Mapping[str, Any]) -> dict[str, Basis]:
    """The basis of each number that an index rests on: the case's own, or a declared effect."""
    from foedus.aftermath import declared_aftermath

    given, effects = telling.case.aftermath, declared_aftermath().parameters
    found = {}
    for name in row.get("rests_on") or ():
        quantity = given.get(name) or effects.get(name.removeprefix("effect."))
        if quantity is not None:
            found[name] = quantity.known_by
    return found


def _rests(telling: Telling, bases: Mapping[str, Basis]) -> str:
    say = telling.say
    if not bases:
        return say("aftermath.rests_elsewhere")
    assumed = [name for name, basis in bases.items() if basis is Basis.ASSUMPTION]
    names = say.listed([f"`{name}`" for name in (assumed or list(bases))[:NAMED]])
    return say("aftermath.rests", names=names, assumed=len(assumed), all=len(bases))


def leadership(telling: Telling, _: str) -> Told:
    """Tell whether the state stands, with help and without."""
    say = telling.say
    told = Told(
        Tag.COMPUTED,
        [
            say(
                "leadership.says",
                with_=telling.number("course", "with", "state_falls"),
                without=telling.number("course", "without", "state_falls"),
            )
        ],
    )
    differed = telling.number_or_none("effect", "outcome_differed")
    if differed is not None:
        told.says.append(say("leadership.differed", differed=differed))
    stronger = telling.number_or_none("aftermath", "leadership")
    if stronger is not None:
        values = {arm: _written(telling, middle_of(stronger.get(key)), stronger) for arm, key in _ARMS}
        told.says.append(say("leadership.stronger", **values))
    told.says += _struggle(telling)
    told.says += _judged(telling, lambda index: index in STRUGGLE)
    told.change.append(say("leadership.change", parameter=telling.parameter("loyalty_breaks")))
    falls = telling.number_or_none("stand_aside", "without", "state_falls")
    if falls is not None:
        told.change.append(say("leadership.change_aside", falls=falls))
    return told


def _priced(telling: Telling) -> list[str]:
    """In how many worlds each item of the bill is a price, for the items that are one in some."""
    say = telling.say
    parts = [
        f"{index_label(str(row['name']), say)} {say.manner.share(float(row['a_price']))}"
        for row in telling.number_or_none("bill") or []
        if row.get("a_price") and not course_item(row)
    ]
    return [say("bill.priced", list="; ".join(parts))] if parts else []


def _struggle(telling: Telling) -> list[str]:
    """Loss of office, a purge, a rival's eclipse: with and without, where they were computed."""
    say, said = telling.say, []
    for name in STRUGGLE:
        row = telling.number_or_none("aftermath", name)
        if row is not None and name != "leadership":
            values = {arm: _written(telling, middle_of(row.get(key)), row) for arm, key in _ARMS}
            said.append(say("leadership.struggle", index=item_label(name, say), **values))
    return said or [say("leadership.limit")]


def price(telling: Telling, _: str) -> Told:
    """Tell what it cost, all told, and what the price bought."""
    say = telling.say
    told = Told(
        Tag.COMPUTED,
        [
            say(
                "price.says",
                with_=middle_of(telling.number("course", "with", "deaths_civilian")),
                without=middle_of(telling.number("course", "without", "deaths_civilian")),
                effect=telling.number_or_none("effect", "deaths_civilian"),
            )
        ],
    )
    listed = []
    for key, row in (telling.number_or_none("aftermath") or {}).items():
        if key.startswith(OWN):
            continue
        label = index_label(key, say)
        values = {arm: _written(telling, middle_of(row.get(key)), row) for arm, key in _ARMS}
        listed.append(say("price.index", index=label, **values))
    if listed:
        told.says.append(say("price.indices", list="; ".join(listed)))
    told.says += _priced(telling) + _judged(telling, lambda index: index == PRICE)
    differed = telling.number_or_none("effect", "outcome_differed")
    if differed is not None:
        told.says.append(say("price.differed", differed=differed))
    alone = telling.number_or_none("course", "without", "state_falls")
    request = telling.first("request")
    if request is None:
        told.change.append(say("price.change_plain", without=alone))
    else:
        told.change.append(say("price.change", event=request.id, without=alone))
    return told
