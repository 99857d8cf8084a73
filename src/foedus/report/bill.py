"""The bill as rows of text, the record of the months after, and what became of what was expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from foedus.report.numbers import MINUS, Manner, Written, middle_of, plain
from foedus.report.phrases import Phrases, phrases
from foedus.report.reading import Summary

SHARES = ("probability", "share")
OWN = "opinion_own_"
PEOPLE = ("people", "troop-days")
RESTS_NAMED = 4


@dataclass(frozen=True, slots=True)
class BillRow:
    """One item: what it is, who pays, with and without and the difference, and what it rests on."""

    item: str
    payer: str
    unit: str
    with_: str
    without: str
    with_middle: str
    without_middle: str
    difference: str
    a_price: str
    rests_on: str
    record: str


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One entry of the record beside the model."""

    index: str
    month: str
    record: str
    model: str
    result: str
    text: str
    why: str
    elsewhere: str


@dataclass(frozen=True, slots=True)
class ExpectationRow:
    """One expectation, how record and model vote, and the verdict."""

    line: str
    who: str
    text: str
    record: str
    model: str
    verdict: str


def bill_rows(summary: Summary, lang: str = "en") -> list[BillRow]:
    """Every item of the bill, civilian deaths first; no sum, for there is no common unit."""
    say = phrases(lang)
    return [_bill_row(row, say) for row in summary.get("bill") or []]


def _bill_row(row: Mapping[str, Any], say: Phrases) -> BillRow:
    manner, unit = say.manner, str(row.get("unit") or "")
    write = _written(unit, manner)
    none = say("aftermath.none")
    ends = [row.get(arm) for arm in ("with", "without")]
    whole = [none if middle_of(x) is None else plain(x, write, manner) for x in ends]
    middles = [none if middle_of(x) is None else write(float(middle_of(x) or 0.0)) for x in ends]
    return BillRow(
        item=item_label(str(row["name"]), say),
        payer=payer_label(str(row["payer"]), say),
        unit=say.word("bill.unit", unit),
        with_=whole[0],
        without=whole[1],
        with_middle=middles[0],
        without_middle=middles[1],
        difference=difference_text(row, say),
        a_price="—" if row.get("a_price") is None else manner.share(float(row["a_price"])),
        rests_on=rests_text(row, say),
        record=record_text(row, say),
    )


def item_label(name: str, say: Phrases) -> str:
    """What an item of the bill is called."""
    if name.startswith(OWN):
        return _capital(index_label(name, say))
    return _capital(say.word("bill.item", name))


def index_label(name: str, say: Phrases) -> str:
    """What an index is called within a sentence."""
    if name.startswith(OWN):
        return say("bill.own_of", member=say.country(name.removeprefix(OWN)))
    return say.word("aftermath.index", name)


def course_item(row: Mapping[str, Any]) -> bool:
    """Whether an item of the bill comes from the course itself, not from the months after."""
    return {str(r["basis"]) for r in row.get("rests_on") or []} == {"computed"}


def payer_label(payer: str, say: Phrases) -> str:
    """Whose an item is: a role, or a member by its name."""
    return say.country(payer) if len(payer) == 3 and payer.isupper() else say.word("bill.payer", payer)


def difference_text(row: Mapping[str, Any], say: Phrases) -> str:
    """With less without, signed; probabilities in points of a hundred."""
    gap, manner, unit = row.get("difference"), say.manner, str(row.get("unit"))
    if middle_of(gap) is None:
        return say("aftermath.none")
    if unit in SHARES:
        points = plain(gap, lambda x: _signed(manner, round(100.0 * x, 1)), manner)
        return say("aftermath.points", gap=points)
    digits = 0 if unit in PEOPLE else 3
    return plain(gap, lambda x: _signed(manner, round(x, digits)), manner)


def _signed(manner: Manner, x: float) -> str:
    text = manner.number(x)
    return text if text.startswith(MINUS) or x == 0 else f"+{text}"


def rests_text(row: Mapping[str, Any], say: Phrases) -> str:
    """How many of the numbers beneath an item are known in which way, and the names of the assumed ones."""
    rests = row.get("rests_on") or []
    counted = Counter(str(r["basis"]) for r in rests)
    known = ", ".join(f"{n} {say.word('basis', basis)}" for basis, n in counted.most_common())
    assumed = [f"`{r['name']}`" for r in rests if r["basis"] == "assumption"]
    more = f", +{len(assumed) - RESTS_NAMED}" if len(assumed) > RESTS_NAMED else ""
    if course_item(row):
        return say("bill.of_course")
    return f"{known}: {', '.join(assumed[:RESTS_NAMED])}{more}" if assumed else known


def record_text(row: Mapping[str, Any], say: Phrases) -> str:
    """What the record says of an item: verdict, and results of its entries."""
    parts = [f"{n} × {say.word('bill.result', result)}" for result, n in (row.get("record") or {}).items()]
    if row.get("verdict"):
        parts.insert(0, say("bill.expected", verdict=say.word("bill.verdict", str(row["verdict"]))))
    return "; ".join(parts) or "—"


def rests_line(summary: Summary) -> str:
    """How many of the bill's numbers are assumptions, in one line."""
    known = {
        r["name"]: str(r["basis"]) for row in summary.get("bill") or [] for r in row.get("rests_on") or []
    }
    known.pop("course", None)
    assumed = sum(basis == "assumption" for basis in known.values())
    return (
        f"{assumed} of the {len(known)} numbers beneath the months after are assumptions; 'a price in' "
        "counts worlds in which the contingents made it notably worse."
    )


def definition_rows(summary: Summary) -> list[tuple[str, str, str]]:
    """Each index with its unit and its definition."""
    say = phrases("en")
    return [
        (item_label(name, say), str(row.get("unit") or ""), str(row.get("definition") or ""))
        for name, row in (summary.get("aftermath") or {}).items()
    ]


def record_rows(summary: Summary, lang: str = "en") -> list[RecordRow]:
    """Every entry of the record of the months after, beside the model at that month."""
    say = phrases(lang)
    return [_record_row(row, say) for row in summary.get("afterwards") or []]


def _record_row(row: Mapping[str, Any], say: Phrases) -> RecordRow:
    return RecordRow(
        index=item_label(str(row["index"]), say),
        month=say.manner.decimals(float(row["months"]), 0),
        record=_recorded(row, say),
        model=_modelled(row, say),
        result=say.word("bill.result", str(row["result"])),
        text=str(row["text"]),
        why=str(row.get("why") or ""),
        elsewhere=_elsewhere(row, say),
    )


def _recorded(row: Mapping[str, Any], say: Phrases) -> str:
    low, best, high = (float(row[k]) for k in ("low", "best", "high"))
    if row["reads"] == "event":
        return say("bill.happened") if best else say("bill.did_not_happen")
    if row["reads"] == "sign":
        return say.word("bill.sign", {1.0: "up", -1.0: "down"}.get(best, "same"))
    write = _mover(say) if row["reads"] == "change" else say.manner.number
    span = "" if low == high else f" ({write(low)} {say.manner.to} {write(high)})"
    return f"{write(best)}{span}"


def _modelled(row: Mapping[str, Any], say: Phrases) -> str:
    model, manner = row.get("model"), say.manner
    if model is None:
        return manner.missing
    if row["reads"] == "event":
        return plain(model, manner.share, manner)
    if row["reads"] == "sign":
        return say("bill.so_in", share=manner.share(float(row["chance"])))
    return plain(model, _mover(say) if row["reads"] == "change" else manner.number, manner)


def _mover(say: Phrases) -> Written:
    return lambda x: _signed(say.manner, round(x, 3))


def _elsewhere(row: Mapping[str, Any], say: Phrases) -> str:
    """Moves of other states meanwhile, and the host's less theirs: a description."""
    write, parts = _mover(say), []
    for other in row.get("elsewhere") or []:
        gap = other.get("host_less_this")
        less = "" if gap is None else f" ({say('bill.host_less', gap=write(float(gap)))})"
        parts.append(f"{other['who']} {write(float(other['change']))}{less}")
    return "; ".join(parts)


def expectation_rows(summary: Summary, lang: str = "en") -> list[ExpectationRow]:
    """What was expected, how the record and the model vote, and the verdict by the stated rule."""
    say = phrases(lang)
    return [
        ExpectationRow(
            line="" if row.get("line") is None else str(row["line"]),
            who=str(row["who"]),
            text=str(row["text"]),
            record=_voted(row, say),
            model=_share_of(row, say),
            verdict=say.word("bill.verdict", str(row["verdict"])),
        )
        for row in summary.get("expectations") or []
    ]


def _voted(row: Mapping[str, Any], say: Phrases) -> str:
    word = say.word("bill.vote", str(row["record"]))
    aside = int(row.get("unidentified") or 0)
    return f"{word} ({say('bill.unidentified', n=aside)})" if aside else word


def _share_of(row: Mapping[str, Any], say: Phrases) -> str:
    word = say.word("bill.vote", str(row["model"]))
    return word if row.get("share") is None else f"{word} ({say.manner.share(float(row['share']))})"


def _written(unit: str, manner: Manner) -> Written:
    if unit in SHARES:
        return manner.share
    return manner.count if unit in PEOPLE else manner.number


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
