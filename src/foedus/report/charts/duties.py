"""A chain of duties as a picture: who attacks whom, who is bound by that, step by step, drawn as SVG.

Boxes stand in columns, a column a step; an arrow leads from what happens to whom it binds. The text of a box
is wrapped by counting letters, so that the picture is the same bytes everywhere and needs no fonts of its
own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from textwrap import wrap
from typing import Any, Literal

from foedus.terms.states import name_of
from foedus.treaties.cascade import Chain, Course, Duty, EventAnswer
from foedus.treaties.cascade.duties import Conditional

Look = Literal["attack", "news", "required", "unasked", "bound", "contested", "consult", "would"]

# Four columns, an attack and three steps, fit a window of 1300 px.
WIDTH = 244
GAP = 46
LETTERS = 32
NAMED = 6
COLUMNS = 3
LINE = 17
PAD = 10
BETWEEN = 18
TOP = 44
WOULD = "Would be bound if more were so"
EVENT_TITLES = [("What happens", 0, 24.0), ("Who is newly bound", 1, 24.0)]


@dataclass
class Box:
    """A box: its column, a heading, lines below it, how it looks, and from which boxes arrows lead to it."""

    column: int
    heading: str
    lines: list[str]
    look: Look
    causes: list[Box] = field(default_factory=list)
    top: float = 0.0
    acting: frozenset[str] = frozenset()
    whole: str = ""

    @property
    def text(self) -> list[tuple[str, bool]]:
        """The wrapped lines, each with whether it is of the heading."""
        head = [(line, True) for line in wrap(self.heading, LETTERS - 5) or [""]]
        return head + [(line, False) for told in self.lines for line in wrap(told, LETTERS)]

    @property
    def height(self) -> float:
        """Its height [px]."""
        return len(self.text) * LINE + 2 * PAD


def chain_svg(found: Chain, *, with_would: bool = True) -> str:
    """Draw what follows from an attack, a column a step; if wished, below it who would be bound if."""
    attacks = [
        Box(
            0,
            f"{name_of(a.by)} attacks {name_of(a.on)}",
            [day_of(found.day)],
            "attack",
            acting=frozenset({a.by, a.on}),
        )
        for a in found.attacks
    ]
    boxes = list(attacks)
    for group in _groups(found.duties):
        first = group[0]
        if first.sort not in ("help", "consult"):
            continue
        box = _duty_box(first.step, group)
        box.causes = _causes(box, group, boxes) or attacks
        boxes.append(box)
    last = max(box.column for box in boxes)
    columns = max(last + 1, COLUMNS)
    titles = [("What is posited", 0, 24.0), *((f"Step {n}", n, 24.0) for n in range(1, last + 1))]
    below = _stacked(boxes, columns, dict.fromkeys(range(columns), float(TOP)))
    would = list(_would_boxes(found.conditionals)) if with_would else []
    if would:
        base = max(below.values()) + BETWEEN
        titles.append((WOULD, 0, base + 24))
        _set_in_shortest(would, dict.fromkeys(range(columns), base + TOP))
    return _drawn([*boxes, *would], titles, columns, f"What follows in law: {_attacks_of(found)}")


def would_svg(found: Chain) -> str | None:
    """Draw alone those who would be bound if more were so; None where nobody would be."""
    boxes = list(_would_boxes(found.conditionals))
    if not boxes:
        return None
    columns = min(len(boxes), COLUMNS + 1)
    _set_in_shortest(boxes, dict.fromkeys(range(columns), float(TOP)))
    return _drawn(boxes, [(WOULD, 0, 24.0)], columns, f"{WOULD}: {_attacks_of(found)}")


def _attacks_of(found: Chain) -> str:
    return "; ".join(f"{name_of(a.by)} attacks {name_of(a.on)}" for a in found.attacks)


def course_svg(found: Course) -> str:
    """Draw a row of events from top to bottom, each with those whom it newly binds beside it."""
    boxes: list[Box] = []
    top = float(TOP)
    for answer in found.answers:
        row = _row_of(answer, top)
        boxes += row
        top = max(box.top + box.height for box in row) + BETWEEN
    return _drawn(boxes, EVENT_TITLES, 2, "Events, and who is bound after each")


def course_svgs(found: Course) -> list[str]:
    """The same as a picture for each event, between which a printed page can break."""
    return [
        _drawn(_row_of(answer, 2.0 if place else TOP), [] if place else EVENT_TITLES, 2, answer.event.told())
        for place, answer in enumerate(found.answers)
    ]


def _row_of(answer: EventAnswer, top: float) -> list[Box]:
    """The box of an event, and one for each group that it newly binds."""
    look: Look = "news"
    lines = [str(answer.event.date)]
    if answer.required_by:
        look = "required"
        lines.append("required by a treaty")
    elif answer.why_not_required is not None:
        look = "unasked"
        lines.append("no treaty required it")
    event = Box(0, answer.event.told(), lines, look, top=top)
    boxes = [event]
    for group in _groups(answer.bound):
        if group[0].sort not in ("help", "consult"):
            continue
        box = _duty_box(1, group)
        box.causes, box.top = [event], top
        boxes.append(box)
        top += box.height + BETWEEN
    return boxes


def _groups(duties: Sequence[Duty]) -> list[list[Duty]]:
    """Duties that make one box: by one clause, read alike, at one step, against the same states.

    Duties towards several states go together where the same parties have them, or where all who have them
    have them towards one another: each then leaves out only the state that it is owed to.
    """
    single: dict[tuple[Any, ...], list[Duty]] = {}
    for duty in duties:
        key = (duty.step, duty.clause.id, duty.letter, duty.sense, duty.towards)
        single.setdefault(key, []).append(duty)
    alike = [*single.values()]
    for parties_of in (_circle, _parties):
        merged: dict[tuple[Any, ...], list[Duty]] = {}
        for group in alike:
            first = group[0]
            same = (
                first.step,
                first.clause.id,
                first.letter,
                first.sense,
                _against(group),
                parties_of(group),
            )
            merged.setdefault(same, []).extend(group)
        alike = list(merged.values())
    return alike


def _parties(group: Sequence[Duty]) -> frozenset[str]:
    return frozenset(duty.party for duty in group)


def _circle(group: Sequence[Duty]) -> frozenset[str]:
    """Those who have a duty and those to whom it is owed; for one party alone, what keeps it apart."""
    towards = frozenset(duty.towards for duty in group)
    parties = _parties(group)
    return parties | towards if len(parties) > 1 else frozenset({*parties, *(f"to {t}" for t in towards)})


def _against(group: Sequence[Duty]) -> frozenset[str]:
    return frozenset(duty.against for duty in group)


def _duty_box(column: int, group: Sequence[Duty]) -> Box:
    first = group[0]
    contested = first.letter is not first.sense
    look: Look = "consult" if first.sort == "consult" else "contested" if contested else "bound"
    parties, towards, against = (
        list(dict.fromkeys(getattr(duty, side) for duty in group)) for side in ("party", "towards", "against")
    )
    lines = [
        f"towards {_names(towards)}, against {_names(against)}",
        f"{first.treaty.short_name}, {first.clause.cited}",
        first.clause.obligation.words,
    ]
    if first.sort == "help" and first.judgement_left:
        lines.append("judgement left: the chain ends here")
    acting = frozenset(parties) if first.sort == "help" else frozenset()
    return Box(column, _names(parties), lines, look, acting=acting, whole=_whole(parties, towards, against))


def _whole(parties: Sequence[str], towards: Sequence[str], against: Sequence[str]) -> str:
    """Every name of a box whose lists are cut; empty where none is."""
    if max(len(parties), len(towards), len(against)) <= NAMED:
        return ""
    told = [", ".join(name_of(code) for code in side) for side in (parties, towards, against)]
    return f"{told[0]}: towards {told[1]}, against {told[2]}"


def _causes(box: Box, group: Sequence[Duty], boxes: Sequence[Box]) -> list[Box]:
    concerned = {state for duty in group for state in (duty.towards, duty.against)}
    earlier = [other for other in boxes if other.column == box.column - 1]
    return [other for other in earlier if other.acting & concerned]


def _would_boxes(found: Sequence[Conditional]) -> Iterator[Box]:
    groups: dict[tuple[str, str], list[Conditional]] = {}
    for one in found:
        groups.setdefault((one.clause.id, one.if_), []).append(one)
    for group in groups.values():
        first = group[0]
        lines = [
            f"if {first.if_}",
            f"towards {name_of(first.towards)}; {first.treaty.short_name}, {first.clause.cited}",
        ]
        parties = list(dict.fromkeys(one.party for one in group))
        whole = ", ".join(name_of(code) for code in parties) if len(parties) > NAMED else ""
        yield Box(0, _names(parties), lines, "would", whole=whole)


def _names(parties: Sequence[str]) -> str:
    """The states by name: all of a few, of many the first five and how many more."""
    unique = list(dict.fromkeys(parties))
    names = [name_of(code) for code in unique]
    return ", ".join(names) if len(names) <= NAMED else f"{', '.join(names[:5])} and {len(names) - 5} more"


def _stacked(boxes: Sequence[Box], columns: int, tops: dict[int, float]) -> dict[int, float]:
    """Set the boxes of a column below one another; give where each column ends."""
    assert columns > max(box.column for box in boxes)
    for box in boxes:
        box.top = tops[box.column]
        tops[box.column] += box.height + BETWEEN
    return tops


def _set_in_shortest(boxes: Sequence[Box], tops: dict[int, float]) -> None:
    """Set boxes that hang on nothing each into the column that is shortest so far."""
    for box in boxes:
        box.column = min(tops, key=lambda column: (tops[column], column))
        box.top = tops[box.column]
        tops[box.column] += box.height + BETWEEN


_STYLE = """
.d text{font:13px system-ui,-apple-system,'Segoe UI',sans-serif;fill:var(--ink,#1d2329)}
.d .h{font-weight:650}.d .t{font-weight:600;fill:var(--muted,#5b6670)}.d .m{fill:var(--muted,#5b6670)}
.d rect{fill:var(--surface,#fff);stroke:var(--line,#9aa5af);stroke-width:1.2}
.d .attack rect{stroke:var(--without,#b45a1e);stroke-width:2}
.d .unasked rect{stroke:var(--warn,#9a6700);stroke-width:2;stroke-dasharray:7 3}
.d .required rect,.d .bound rect{stroke:var(--good,#2c6e49);stroke-width:2}
.d .contested rect{stroke:var(--warn,#9a6700);stroke-width:2}
.d .consult rect{stroke:var(--with,#1f6aa5)}.d .would rect{stroke-dasharray:3 3}
.d path{fill:none;stroke:var(--muted,#5b6670);stroke-width:1.3}
"""


def _drawn(boxes: Sequence[Box], titles: Sequence[tuple[str, int, float]], columns: int, label: str) -> str:
    width = columns * (WIDTH + GAP) - GAP + 4
    height = max(box.top + box.height for box in boxes) + BETWEEN
    parts = [
        f'<svg class="d" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" '
        f'width="{width}" height="{height:.0f}" role="img" aria-label="{escape(label, quote=True)}">',
        f"<style>{_STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto"><path d="M0 0L8 4L0 8z" style="fill:#5b6670;stroke:none"/></marker></defs>',
    ]
    parts += [
        f'<text class="t" x="{_left(column) + 2}" y="{y:.0f}">{escape(title)}</text>'
        for title, column, y in titles
    ]
    parts += [line for box in boxes for line in _arrows(box)]
    parts += [line for box in boxes for line in _shape(box)]
    return "\n".join([*parts, "</svg>"])


def day_of(day: date) -> str:
    """A day as people write it: 1 September 1939."""
    return f"{day.day} {day:%B %Y}"


def _left(column: int) -> int:
    return column * (WIDTH + GAP) + 2


def _arrows(box: Box) -> Iterator[str]:
    for cause in box.causes:
        x1, x2 = _left(cause.column) + WIDTH, _left(box.column)
        y1 = cause.top + min(cause.height / 2, 30)
        y2 = box.top + min(box.height / 2, 30)
        middle = (x1 + x2) / 2
        yield (
            f'<path d="M{x1} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2} {y2:.1f}" '
            'marker-end="url(#tip)"/>'
        )


def _shape(box: Box) -> Iterator[str]:
    left = _left(box.column)
    size = f'width="{WIDTH}" height="{box.height:.1f}"'
    title = f"<title>{escape(box.whole)}</title>" if box.whole else ""
    yield f'<g class="{box.look}">{title}<rect x="{left}" y="{box.top:.1f}" {size} rx="6"/>'
    for place, (line, heading) in enumerate(box.text):
        y = box.top + PAD + (place + 1) * LINE - 4
        kind = "h" if heading else "m"
        yield f'<text class="{kind}" x="{left + 12}" y="{y:.1f}">{escape(line)}</text>'
    yield "</g>"
