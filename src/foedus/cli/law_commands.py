"""Commands about the law: treaties, whom a state can call on, chains of duties, the record."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from foedus.terms import Status
    from foedus.treaties.cascade import Attack
    from foedus.treaties.record import Precedent

DayOption = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="The day in question; today if left out.")
]
PartyName = "ISO 3166-1 code, Correlates of War number, or English name"
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
DataOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--data", metavar="PATH", help="Public data beside the catalogue: ATOP, COW; file or folder."
    ),
]


def treaties(
    party: Annotated[str | None, typer.Option(metavar="STATE", help=f"A party: {PartyName}.")] = None,
    between: Annotated[
        str | None, typer.Option(metavar="A,B", help="States that are all bound, with commas between.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="TYPE", help="A type of clause, such as mutual_defence.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="DATE", help="In force on that day; the whole catalogue if left out."
        ),
    ] = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """List treaties: in force on a day, of a party, between states, with a kind of clause."""
    from foedus.terms.states import party_code
    from foedus.treaties.query import treaties_where

    day = None if as_of is None else _day(as_of)
    one = None if party is None else party_code(party, day)
    pair = [] if between is None else _between(between, day)
    _check_kind(kind)
    if day is not None:
        _warn_of_the_future(day)
    listed = treaties_where(day=day, party=one, between=pair, kind=kind)
    from_data = _promises(data, day, one, pair, kind)
    if as_json:
        rows = [row.as_dict() for row in listed]
        _print_json([*rows, *from_data] if data else rows)
        return
    from rich.console import Console

    from foedus.report.terminal.treaties import print_promises, print_treaties

    print_treaties(listed, day, Console())
    if data:
        print_promises(from_data, Console())


def treaty(
    treaty_id: Annotated[str, typer.Argument(metavar="TREATY", help="Its id or short name, such as csto.")],
    as_of: DayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one treaty clause by clause, with its parties as of a day."""
    from foedus.treaties.catalogue import treaty_named

    day = date.today() if as_of is None else _day(as_of)
    found = treaty_named(treaty_id, day)
    if as_json:
        from foedus.treaties.query import treaty_as_dict

        _print_json(treaty_as_dict(found, day))
        return
    from rich.console import Console

    from foedus.report.terminal.treaties import print_treaty

    print_treaty(found, day, Console())


def guarantors(
    host: Annotated[str, typer.Argument(metavar="STATE", help=f"The state in trouble: {PartyName}.")],
    as_of: DayOption = None,
    as_json: JsonOption = False,
) -> None:
    """List whom a government could call on, under which clause, and what would have to be so."""
    from foedus.terms.states import party_code
    from foedus.treaties.guarantors import guarantors as found_for

    day = date.today() if as_of is None else _day(as_of)
    state = party_code(host, day)
    found = found_for(state, day)
    if as_json:
        rows = [one.as_dict() for one in found]
        _print_json({"host": state, "as_of": day.isoformat(), "guarantors": rows})
        return
    from rich.console import Console

    from foedus.report.terminal.treaties import print_guarantors

    print_guarantors(found, state, day, Console())


def cascade(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A dated list of events; see docs/cascade.md.")
    ] = None,
    attack: Annotated[
        list[str] | None,
        typer.Option("--attack", metavar="A:B", help="State A attacks state B; may be given several times."),
    ] = None,
    as_of: DayOption = None,
    fact: Annotated[
        list[str] | None,
        typer.Option(
            "--fact", metavar="FACT=VALUE", help="Take a fact as true, false, contested or unknown."
        ),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(metavar="PLACE", help="Where the attack falls (ISO 3166); at home if left out."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="FILE.html for a report with a graph, FILE.svg for it."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Follow an attack, or a list of events, through every treaty in force: who is bound, and who is not."""
    from foedus.errors import CaseError
    from foedus.treaties.cascade import chain, course, events_in

    if (file is None) == (not attack):
        raise CaseError("give a file of events, or an attack such as --attack AUH:SRB, and not both")
    if out is not None:
        _check_picture(out)
    found: Any
    if file is not None:
        for option, given in (("--as-of", as_of), ("--fact", fact), ("--place", place)):
            if given:
                raise CaseError(f"{option}: goes with --attack; a file of events has its own dates and facts")
        found = course(events_in(file))
    else:
        day = date.today() if as_of is None else _day(as_of)
        found = chain(_attacks(attack or (), day, place), day, _facts(fact or ()))
    if out is not None:
        from foedus.report.cascade import write_cascade

        write_cascade(found, out)
    if as_json:
        _print_json(found.as_dict())
        return
    from rich.console import Console

    from foedus.report.terminal.cascade import print_chain, print_course

    (print_course if file is not None else print_chain)(found, Console())
    if out is not None:
        typer.echo(f"Written: {out}", err=True)


def record(
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="Other episodes, in the record's layout.")
    ] = None,
    second: Annotated[
        Path | None, typer.Option("--second", metavar="FILE", help="A second coder's readings of them.")
    ] = None,
    treaty_wars: Annotated[
        Path | None,
        typer.Option(
            "--treaty-wars", metavar="FOLDER", help="Read the wars of Berkemeier and Fuhrmann (2018)."
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--every", help="Print every episode's reading.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Read every episode on record by the engine, and compare with the recorded legal reading."""
    from foedus.treaties.record import agreement, episodes, episodes_in, second_codings_in

    if treaty_wars is not None:
        _print_treaty_wars(treaty_wars, as_json=as_json)
        return
    codings = None if second is None else second_codings_in(second)
    held = episodes() if file is None else episodes_in(file)
    strange = sorted(set(codings or ()) - {episode.id for episode in held})
    if strange:
        typer.echo(f"--second: codes episodes that are not in the record: {', '.join(strange)}", err=True)
    found = agreement(held, codings)
    if as_json:
        _print_json(found.as_dict())
        return
    from rich.console import Console

    from foedus.report.terminal.record import print_agreement

    print_agreement(found, Console(), every=every)


def precedents(
    case: Annotated[
        str, typer.Argument(metavar="CASE", help="A built-in case, a case file, or an event file.")
    ],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="TIME", help="Use nothing that became known later.")
    ] = None,
    most: Annotated[int, typer.Option(min=1, max=1000, help="How many episodes to list.")] = 8,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="The seed of the beliefs.")] = 1,
    as_json: JsonOption = False,
) -> None:
    """List the episodes nearest to a case, and in what they are near."""
    found = _precedents(case, as_of, seed)[:most]
    if as_json:
        _print_json({"case": case, "precedents": [one.as_dict() for one in found]})
        return
    from rich.console import Console

    from foedus.report.terminal.record import print_precedents

    print_precedents(found, case, Console())


def _precedents(name: str, as_of: str | None, seed: int) -> list[Precedent]:
    from foedus.cases import as_of_instant, load_case
    from foedus.cases.described_file import event_document, event_of
    from foedus.known_names import unknown_in_event, unknown_names
    from foedus.law import precedents_of_case, precedents_of_event

    document = event_document(name)
    if document is not None:
        return precedents_of_event(event_of(document, unknown_in_event), instant(as_of), seed)
    loaded = load_case(name, further=unknown_names)
    when = None if as_of is None else as_of_instant(as_of, loaded.meta)
    return precedents_of_case(loaded, when, seed)


def instant(told: str | None) -> Any:
    """An hour for an event file, which has no zone of its own: UTC where none is given."""
    from datetime import UTC, datetime

    from foedus.errors import CaseError

    if told is None:
        return None
    try:
        when = datetime.fromisoformat(told.strip())
    except ValueError:
        raise CaseError(
            f"--as-of: '{told}' is no date or time; give ISO 8601, as in 2022-01-05T12:00 or 2022-01-05"
        ) from None
    return when if when.tzinfo is not None else when.replace(tzinfo=UTC)


def _day(told: str) -> date:
    from foedus.errors import CaseError

    try:
        return date.fromisoformat(told.strip()[:10] if "T" in told else told.strip())
    except ValueError:
        raise CaseError(f"--as-of: '{told}' is no day; give one, as in 2022-01-06") from None


def _between(told: str, day: date | None) -> list[str]:
    from foedus.errors import CaseError
    from foedus.terms.states import party_code

    names = [name.strip() for name in told.split(",")]
    if len(names) < 2 or not all(names):
        raise CaseError(f"--between: '{told}' names no two states; give them as in --between RUS,BLR")
    return [party_code(name, day) for name in names]


def _warn_of_the_future(day: date) -> None:
    if day > date.today():
        typer.echo(f"--as-of {day} lies ahead: what is in force then is not known yet", err=True)


def _check_kind(kind: str | None) -> None:
    from typing import get_args

    from foedus.cases.mistakes import did_you_mean
    from foedus.errors import CaseError
    from foedus.treaties.treaty import ClauseType

    kinds = get_args(ClauseType)
    if kind is not None and kind not in kinds:
        advice = did_you_mean(kind, kinds, f"give one of {', '.join(kinds)}")
        raise CaseError(f"--kind: '{kind}' is no type of clause; {advice}")


def _attacks(told: Sequence[str], day: date, place: str | None) -> list[Attack]:
    from foedus.errors import CaseError
    from foedus.terms.states import party_code
    from foedus.treaties.cascade import Attack
    from foedus.treaties.vocabulary.places import is_place

    if place is not None and not is_place(place):
        raise CaseError(f"--place: '{place}' is no code of a place; give one of ISO 3166, as FLK or US-HI")
    found = []
    for one in told:
        by, colon, on = one.partition(":")
        if not (by.strip() and colon and on.strip()):
            raise CaseError(f"--attack: '{one}' names no two states; give one as in --attack AUH:SRB")
        victims = [party_code(name, day) for name in on.split(",") if name.strip()]
        attackers = [party_code(name, day) for name in by.split(",") if name.strip()]
        found += [Attack(attacker, victim, "attack", place) for attacker in attackers for victim in victims]
    return found


def _facts(told: Sequence[str]) -> dict[str, Status]:
    from foedus.cases.mistakes import did_you_mean
    from foedus.errors import CaseError
    from foedus.terms import Status
    from foedus.treaties.vocabulary import predicates

    found: dict[str, Status] = {}
    for one in told:
        name, _, value = (part.strip() for part in one.partition("="))
        if name not in predicates():
            advice = did_you_mean(name, predicates(), "docs/predicates.md lists those that there are")
            raise CaseError(f"--fact: '{name}' is no fact that a clause asks about; {advice}")
        if value not in [status.value for status in Status]:
            raise CaseError(f"--fact: '{one}' has no value; give {name}=true, false, contested or unknown")
        found[name] = Status(value)
    return found


def _check_picture(out: Path) -> None:
    from foedus.errors import OutputError
    from foedus.experiments.output import check_file

    if out.suffix not in (".html", ".svg"):
        raise OutputError(f"{out}: is neither .html nor .svg; give a name that ends in one of them")
    check_file(out)


def _promises(
    data: list[Path] | None, day: date | None, party: str | None, between: list[str], kind: str | None
) -> list[dict[str, Any]]:
    if not data:
        return []
    from foedus.errors import CaseError
    from foedus.treaties.datasets import holdings

    if day is None:
        raise CaseError("--data: answers for a day; add --as-of, as in --as-of 1914-07-28")
    if len(between) not in (0, 2):
        raise CaseError("--between: takes two states where --data is asked, as in --between RUS,BLR")
    pair = (between[0], between[1]) if between else None
    return [
        holding.promises(day, party=party, between=pair, kind=kind).as_dict() for holding in holdings(data)
    ]


def _print_treaty_wars(folder: Path, *, as_json: bool) -> None:
    from foedus.errors import CaseError
    from foedus.treaties.datasets.treaty_wars import treaty_wars_in

    if not folder.is_dir():
        raise CaseError(f"--treaty-wars: {folder} is no folder; give the one that holds the data files")
    found = treaty_wars_in(folder)
    if as_json:
        _print_json(found.as_dict())
        return
    from rich.console import Console

    from foedus.report.terminal.record import print_treaty_wars

    print_treaty_wars(found, Console())


def _print_json(answer: Any) -> None:
    typer.echo(json.dumps(answer, indent=2, ensure_ascii=False, allow_nan=False))
