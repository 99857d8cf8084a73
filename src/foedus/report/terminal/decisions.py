"""Fitted decisions printed: each set, the plain model and ours side by side, and what is to be made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from foedus.experiments.decisions.design import chosen
from foedus.report.terminal.assessment import plain_table

if TYPE_CHECKING:
    from rich.console import Console

SCORES = (
    ("auc", "AUC"),
    ("auc_within_conflict", "AUC within conflicts"),
    ("brier", "Brier"),
    ("brier_skill", "Brier skill"),
    ("log_loss", "log loss"),
)
HEAD = ("", "plain", "with the clause", "reference")
OUT = "Every score is of rows that the fit did not see."


@cache
def reference() -> Mapping[str, Any]:
    """Figures to set beside ours."""
    from ruamel.yaml import YAML

    text = (files("foedus.experiments.decisions") / "reference.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return found


def print_decisions(found: Mapping[str, Any], console: Console) -> None:
    """Print every set of ``foedus fit decisions``: rows, scores, the difference; then the other records."""
    for name in ("wars", "disputes"):
        told = found[name]
        _part(console, f"{name.capitalize()}: {told['folds']} folds", told, reference()[name])
        if "wider" in told:
            _print_wider(told["wider"], console)
        attacked = told.get("attacked_with_defence_promise")
        if attacked:
            title = f"{name.capitalize()}, attacked state, promise of defence"
            _part(console, title, attacked, reference().get(f"{name}_attacked"))
        if "forward" in told:
            forward = told["forward"]
            _part(console, f"{name.capitalize()}, forward in time: trained before {forward['from']}", forward)
    _print_honoured(found["honoured"], console)
    _print_invited(found["invited"], console)
    _print_internal(found["internal"], console)
    if "holdout" in found:
        _print_held_out(found["holdout"], console)
    console.print(f"{OUT} Reference: {reference()['text']}.", style="dim", highlight=False)


def difference_in_words(told: Mapping[str, Any]) -> str:
    """The difference of ours to the plain model in a line."""
    log_loss = told["log_loss"]
    if log_loss is None:
        return "no row to compare"
    return (
        f"log loss {log_loss['median']:+.2g} ({log_loss['p05']:+.2g} to {log_loss['p95']:+.2g}); "
        f"better with probability {told['better']:.2f} in log loss, {told['better_brier']:.2f} in Brier score"
    )


def verdict(told: Mapping[str, Any]) -> str:
    """What a difference amounts to: a gain, worse, or no gain found; both scores must agree."""
    if told["better"] is None:
        return "nothing to compare"
    if told["conflicts"] < chosen("few_conflicts"):
        return f"too few conflicts to tell ({told['conflicts']})"
    sure = chosen("sure_enough")
    if min(told["better"], told["better_brier"]) >= sure:
        return "a gain"
    if max(told["better"], told["better_brier"]) <= 1.0 - sure:
        return "worse"
    return "no gain found"


def _part(
    console: Console, title: str, told: Mapping[str, Any], beside: Mapping[str, float] | None = None
) -> None:
    rate = told["base_rate"]
    console.print(
        f"[bold]{title}[/bold]: {told['came']} of {told['rows']} allies came"
        f"{'' if rate is None else f' ({rate:.2%})'}, in {told['conflicts_with_help']} of "
        f"{told['conflicts']} conflicts; no reading of the clause for {told['clause_missing']}",
        highlight=False,
    )
    head = HEAD if beside else HEAD[:-1]
    console.print(plain_table(head, [row[: len(head)] for row in _scores(told, beside or {})]))
    gain = told["difference"]
    console.print(f"  {verdict(gain)}: {difference_in_words(gain)}", highlight=False)
    where_read = told.get("difference_where_read")
    if where_read and told["clause_missing"]:
        console.print(
            f"  where the clause has a reading, {verdict(where_read)}: {difference_in_words(where_read)}",
            highlight=False,
        )


def _print_wider(told: Mapping[str, Any], console: Console) -> None:
    figures = ", ".join(f"{words} {shown(told[key])}" for key, words in SCORES)
    console.print(f"  a wider model, 26 covariates: {figures}", highlight=False)
    gain = told["difference"]
    console.print(f"    against the plain one {verdict(gain)}: {difference_in_words(gain)}", highlight=False)


def _scores(told: Mapping[str, Any], beside: Mapping[str, float]) -> Iterator[tuple[str, ...]]:
    for key, words in SCORES:
        yield words, shown(told["plain"][key]), shown(told[key]), shown(beside.get(key))


def shown(value: float | None) -> str:
    """A score to three figures that count."""
    return "-" if value is None else f"{value:.3g}"


def _print_honoured(told: Mapping[str, Any], console: Console) -> None:
    console.print(
        f"[bold]Honoured or violated[/bold], {told['cases']} alliances in wars, {told['honoured']} honoured, "
        f"one war left out at a time: {_areas(told)}",
        highlight=False,
    )
    if "difference" in told:
        console.print(f"  {verdict(told['difference'])}: {difference_in_words(told['difference'])}",
                      highlight=False)  # fmt: skip
        read = told["where_read"]
        console.print(
            f"  where the clause has a reading ({read['cases']}): {_areas(read)}; "
            f"{verdict(read['difference'])}: {difference_in_words(read['difference'])}",
            highlight=False,
        )


def _print_invited(told: Mapping[str, Any] | None, console: Console) -> None:
    if told is not None:
        console.print(
            f"[bold]Help at a government's request[/bold], one case left out at a time: log score "
            f"{shown(told['log_score'])}, base rate {shown(told['base_rate'])}",
            highlight=False,
        )


def _print_internal(told: Mapping[str, Any], console: Console) -> None:
    rows = [
        (words, str(one["came"]), str(one["rows"]), f"{one['rate']:.1%}",
         f"{one['interval']['p05']:.1%} to {one['interval']['p95']:.1%}")
        for words, one in (("any promise", told["allies"]), ("promise of defence", told["defence_allies"]))
        if one["rate"] is not None
    ]  # fmt: skip
    console.print(f"[bold]Conflicts at home[/bold], {told['years'][0]}-{told['years'][1]}: {told['model']}",
                  highlight=False)  # fmt: skip
    console.print(plain_table(("allies with", "came", "rows", "rate", "5-95 %, by conflict"), rows))


def _print_held_out(told: Mapping[str, Any], console: Console) -> None:
    console.print(f"[bold]Held out[/bold] ({told['read_as']}), scored by fits that never saw them",
                  highlight=False)  # fmt: skip
    for name in ("wars", "disputes"):
        if told[name]["listed"]:
            _part(console, f"{name.capitalize()} held out", told[name])
    honoured = told["honoured"]
    if honoured["cases"]:
        console.print(
            f"  honoured or violated in these wars, {honoured['cases']} cases: {_areas(honoured)}",
            highlight=False,
        )


def _areas(told: Mapping[str, Any]) -> str:
    return f"AUC {shown(told['auc'])} with the clause, {shown(told['plain']['auc'])} plain"
