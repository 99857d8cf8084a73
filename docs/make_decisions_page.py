"""Fill the generated parts of docs/decisions.md, and draw docs/images/reliability.svg.

    python docs/make_decisions_page.py [--results FILE]

FILE is what ``foedus fit decisions --data DIR --out FILE`` wrote; the one in the package where left out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cells import Json, table
from lines import wrapped

DOCS = Path(__file__).parent
PAGE = DOCS / "decisions.md"
PICTURE = DOCS / "images" / "reliability.svg"
RESULTS = DOCS.parent / "src" / "foedus" / "alliance" / "obliged.json"
SETS = {"wars": "wars", "disputes": "disputes"}
SCORES = {
    "auc": "AUC", "auc_within_conflict": "AUC within conflicts", "brier": "Brier",
    "brier_skill": "Brier skill", "log_loss": "log loss",
}  # fmt: skip
MEANS = {
    "intercept": "an ally like the mean one",
    "applies": "the promise fits the call",
    "contig_opponent": "touches the opponent",
    "ln_cinc_ally": "capability of the ally",
    "ln_n_allies": "allies with a fitting promise",
    "hostile_mids_opponent": "disputes with the opponent",
    "shared_mids": "disputes beside the principal",
    "bound_to_opponent": "bound to the opponent too",
    "post1945": "from 1945",
    "clause_met": "the clause is met",
    "clause_missing": "no reading of the clause",
}
BLUE, ORANGE, INK, GREY = "#1f6f9e", "#c1652a", "#222222", "#8a8a8a"


def main() -> None:
    """Fill the page and draw the picture."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--results", type=Path, default=RESULTS)
    given = options.parse_args()
    results = json.loads(given.results.read_text(encoding="utf-8"))
    PAGE.write_text(filled_page(PAGE.read_text(encoding="utf-8"), results), encoding="utf-8")
    draw(results["scores"], PICTURE)


def filled_page(text: str, results: Json) -> str:
    """The page with every generated part between its markers."""
    from make_tables import filled

    scores = results["scores"]
    parts: Mapping[str, Callable[[], str]] = {
        "run": lambda: the_run(results),
        "base-rates": lambda: base_rates(scores),
        "scores": lambda: joined(compared(scores, "")),
        "attacked": lambda: joined(compared(scores, "attacked_with_defence_promise")),
        "by-reading": lambda: by_reading(scores),
        "forward": lambda: joined(compared(scores, "forward")),
        "verdict": lambda: verdict(scores),
        "reference": lambda: against_reference(scores),
        "reliability": lambda: reliability(scores),
        "coefficients": lambda: coefficients(results["models"]),
        "honoured": lambda: honoured(scores["honoured"]),
        "internal": lambda: internal(scores["internal"]),
        "wider": lambda: wider(scores),
        "choices": choices,
        "used": lambda: used(results["models"]),
    }
    for name, part in parts.items():
        text = filled(text, name, part())
    return text


def joined(parts: Iterator[str]) -> str:
    """Parts with an empty line between them."""
    return "\n\n".join(parts)


def the_run(results: Json) -> str:
    """The command, and what it ran on."""
    return wrapped(
        f"Numbers of this page: `{results['command']}`, foedus {results['foedus']}, {results['date']}."
    )


def base_rates(scores: Json) -> str:
    """Allies that came, of each set, beside what others counted."""
    from foedus.report.terminal.decisions import reference

    told = reference()["base_rates"]
    home = scores["internal"]
    found = [
        ("wars", scores["wars"], told["wars"]),
        ("wars, attacked state, promise of defence", _attacked(scores, "wars"), told["wars_attacked"]),
        ("disputes with use of force", scores["disputes"], told["disputes"]),
    ]
    rows = [
        (words, f"{one['rows']:,}", str(one["came"]), f"{one['conflicts_with_help']} of {one['conflicts']:,}",
         share(one["base_rate"]), f"{other:.1%}")
        for words, one, other in found
    ]  # fmt: skip
    for words, key, other in (
        ("conflicts at home", "allies", told["internal"]),
        ("conflicts at home, promise of defence", "defence_allies", told["internal_defence"]),
    ):
        one = home[key]
        helped = f"{one['conflicts_with_help']} of {one['conflicts']}"
        rows.append(
            (words, f"{one['rows']:,}", str(one["came"]), helped, share(one["rate"]), f"{other:.1%}")
        )  # fmt: skip
    return table(("set", "rows", "came", "conflicts with help", "rate", "counted by others"), rows)


def _attacked(scores: Json, name: str) -> Json:
    found: Json = scores[name]["attacked_with_defence_promise"]
    return found


def compared(scores: Json, part: str) -> Iterator[str]:
    """Both models and their difference, for each set."""
    head = ("", *(words for words in SCORES.values()))
    rows: list[tuple[str, ...]] = []
    gains: list[tuple[str, ...]] = []
    for name, words in SETS.items():
        told = scores[name][part] if part else scores[name]
        rows += [
            (f"{words}, plain", *(figure(told["plain"][key]) for key in SCORES)),
            (f"{words}, with the clause", *(figure(told[key]) for key in SCORES)),
        ]
        gains.append((words, *gain(told["difference"])))
        if told["clause_missing"]:
            gains.append((f"{words}, where read", *gain(told["difference_where_read"])))
    yield table(head, rows)
    yield table(("with the clause, less plain", "log loss", "better", "Brier", "better"), gains)


def by_reading(scores: Json) -> str:
    """Raw shares that came, by the reading of the clause."""
    rows = []
    for name, words in SETS.items():
        told = _attacked(scores, name)["by_reading"]
        cells = (
            f"{one['came']} of {one['rows']:,}"
            + (f" ({share(one['came'] / one['rows'])})" if one["rows"] else "")
            for one in told.values()
        )
        rows.append((words, *cells))
    return table(("came, by reading", *_attacked(scores, "wars")["by_reading"]), rows)


def wider(scores: Json) -> str:
    """The wider model's scores, its difference to the plain one, and its coefficients."""
    rows, gains = [], []
    for name, words in SETS.items():
        told = scores[name]["wider"]
        rows.append((words, *(figure(told[key]) for key in SCORES)))
        gains.append((words, *gain(told["difference"])))
    found = [scores[name]["wider"]["coefficients"] for name in SETS]
    cells = [
        (f"`{covariate}`", *(f"{one[covariate]['value']:+.2f} ({one[covariate]['sd']:.2f})" for one in found))
        for covariate in found[0]
    ]
    parts = (
        table(("wider model", *SCORES.values()), rows),
        table(("wider, less plain", "log loss", "better", "Brier", "better"), gains),
        table(("", *SETS.values()), cells),
    )
    return joined(iter(parts))


def gain(told: Json) -> tuple[str, str, str, str]:
    """A difference: each score's interval, and how probably it is better."""
    return span(told["log_loss"]), f"{told['better']:.2f}", span(told["brier"]), f"{told['better_brier']:.2f}"


def span(body: Json) -> str:
    """Median (5 % to 95 %) of a difference."""
    return f"{body['median']:+.2g} ({body['p05']:+.2g} to {body['p95']:+.2g})"


def figure(value: float | None) -> str:
    """A score to three figures that count."""
    return "-" if value is None else f"{value:.3g}"


def share(value: float | None) -> str:
    """A small share as a percentage."""
    return "-" if value is None else f"{value:.2%}" if value < 0.01 else f"{value:.1%}"


def verdict(scores: Json) -> str:
    """What the differences amount to, in a sentence a set."""
    from foedus.report.terminal.decisions import verdict as word

    lines = []
    for name, words in SETS.items():
        told = scores[name]["difference"]
        read = scores[name]["difference_where_read"]
        lines.append(
            f"- **{words.capitalize()}: {word(told)}.** Better with probability {told['better']:.2f} in log "
            f"loss and {told['better_brier']:.2f} in Brier score; where the clause has a reading, "
            f"{read['better']:.2f} and {read['better_brier']:.2f}."
        )
    return "\n".join(lines)


def against_reference(scores: Json) -> str:
    """The plain model here beside the figures of the reference, and the base rate that those imply."""
    from foedus.report.terminal.decisions import reference

    told = reference()
    rows = []
    for words, here, beside in (
        ("wars", scores["wars"], told["wars"]),
        ("wars, attacked, promise of defence", _attacked(scores, "wars"), told["wars_attacked"]),
        ("disputes", scores["disputes"], told["disputes"]),
    ):
        ours, theirs = ([figure(one[key]) for key in SCORES] for one in (here["plain"], beside))
        rows.append((f"{words}, here", *ours, share(here["base_rate"])))
        rows.append((f"{words}, reference", *theirs, f"{share(implied(beside))} (implied)"))
    return table(("plain model", *SCORES.values(), "base rate"), rows)


def implied(beside: Json) -> float:
    """The base rate at which a Brier score and its skill agree: p (1 - p) = Brier / (1 - skill)."""
    product = beside["brier"] / (1.0 - beside["brier_skill"])
    return float(0.5 - (0.25 - product) ** 0.5)


def reliability(scores: Json) -> str:
    """The bins of the diagram, plain model."""
    rows = []
    for name, words in SETS.items():
        for one in scores[name]["plain"]["reliability"]:
            bounds = f"{share(one['p05'])} to {share(one['p95'])}"
            rows.append(
                (words, f"{one['low']:.2%} to {one['high']:.2%}", f"{one['rows']:,}", str(one["came"]),
                 share(one["predicted"]), f"{share(one['observed'])} ({bounds})")
            )  # fmt: skip
    return table(
        ("plain model", "chance given", "rows", "came", "mean chance", "came, share (5 to 95 %)"), rows
    )


def coefficients(models: Json) -> str:
    """Both models' coefficients with Laplace's spread and that of whole conflicts."""
    rows = []
    for covariate, words in MEANS.items():
        cells = [f"`{covariate}`", words]
        for name in SETS:
            for model in ("plain", "ours"):
                cells.append(_coefficient(models[name][model], covariate))
        rows.append(cells)
    head = (
        "",
        "",
        *(f"{words}, {model}" for words in SETS.values() for model in ("plain", "with the clause")),
    )
    return table(head, rows)


def _coefficient(model: Json, covariate: str) -> str:
    names = ["intercept", *model["covariates"]]
    if covariate not in names:
        return ""
    place = names.index(covariate)
    laplace, clustered = (model[key][place][place] ** 0.5 for key in ("covariance", "covariance_clustered"))
    return f"{model['coefficients'][covariate]:+.2f} ({laplace:.2f}; {clustered:.2f})"


def honoured(told: Json) -> str:
    """AUC of honoured against violated."""
    rows = []
    for words, one in (
        ("all", told), ("where the clause has a reading", told["where_read"]),
        ("a principal is in need", told["principals_alone"]),
    ):  # fmt: skip
        rows.append((words, str(one["cases"]), figure(one["plain"]["auc"]), figure(one["auc"])))
    text = table(("cases", "number", "AUC, plain", "AUC, with the clause"), rows)
    head = ("with the clause, less plain", "log loss", "better", "Brier", "better")
    read = told["where_read"]["difference"]
    gained = table(head, [("all", *gain(told["difference"])), ("where read", *gain(read))])
    return f"{text}\n\n{gained}"


def internal(told: Json) -> str:
    """The base rates of conflicts at home."""
    rows = [
        (words, f"{one['came']} of {one['rows']:,}", f"{one['conflicts_with_help']} of {one['conflicts']}",
         f"{share(one['rate'])} ({share(one['interval']['p05'])} to {share(one['interval']['p95'])})")
        for words, one in (("any promise", told["allies"]), ("promise of defence", told["defence_allies"]))
    ]  # fmt: skip
    return table(("allies with", "came", "conflicts with help", "rate (5 to 95 %, by conflict)"), rows)


def choices() -> str:
    """The choices of the study, as declared."""
    from foedus.experiments.decisions.design import declared_design

    rows = [
        (f"`{name}`", f"{one.central():g}", one.basis, one.text + (f"; {one.note}" if one.note else ""))
        for name, one in declared_design().parameters.items()
    ]
    return table(("choice", "value", "basis", "what it is"), rows)


def used(models: Json) -> str:
    """Which model runs take, of each record."""
    told = "; ".join(f"{words}: {models[name]['used']}" for name, words in SETS.items())
    return wrapped(f"By that rule runs take the model named here. {told.capitalize()}.")


def draw(scores: Json, to: Path) -> None:
    """Draw chance given against share that came, both sets, both models."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    style = {
        "font.family": ["DejaVu Sans", "sans-serif"], "font.size": 9, "svg.fonttype": "none",
        "axes.spines.top": False, "axes.spines.right": False, "svg.hashsalt": "foedus",
        "axes.edgecolor": GREY, "text.color": INK, "axes.titlelocation": "left",
    }  # fmt: skip
    with mpl.rc_context(style):
        figure_, axes = plt.subplots(1, 2, figsize=(8.4, 4.2), layout="constrained")
        for axis, (name, words) in zip(axes, SETS.items(), strict=True):
            told = scores[name]
            _panel(axis, told, f"{words.capitalize()}: {told['came']} of {told['rows']:,} came")
        axes[0].set_ylabel("share that came (5 to 95 %)")
        to.parent.mkdir(parents=True, exist_ok=True)
        figure_.savefig(to, metadata={"Date": None, "Creator": None})
        plt.close(figure_)


def _panel(axis: Any, told: Json, title: str) -> None:
    low, floor = 1e-3, 5e-4
    axis.plot([low, 1], [low, 1], color=GREY, linewidth=0.8)
    for shift, colour, label, bins in (
        (0.94, BLUE, "plain", told["plain"]["reliability"]),
        (1.06, ORANGE, "with the clause", told["reliability"]),
    ):
        x = [one["predicted"] * shift for one in bins]
        y = [max(one["observed"], floor) for one in bins]
        down = [at - max(min(one["p05"], at), floor) for at, one in zip(y, bins, strict=True)]
        up = [max(one["p95"] - at, 0.0) for at, one in zip(y, bins, strict=True)]
        axis.errorbar(x, y, yerr=[down, up], fmt="o", markersize=4, linewidth=1, color=colour, label=label)
    axis.set(xscale="log", yscale="log", xlim=(low, 1), ylim=(floor, 1), title=title)
    ticks = [0.001, 0.01, 0.1, 1.0]
    names = ["0.1 %", "1 %", "10 %", "100 %"]
    axis.set_xticks(ticks, names)
    axis.set_yticks(ticks, names)
    axis.set_xlabel("chance given, out of the fold")
    axis.legend(frameon=False, loc="lower right")


if __name__ == "__main__":
    main()
