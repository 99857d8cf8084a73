"""Fill the generated parts of docs/invited-help.md from the frame, the fits on file and the scores.

    python docs/make_invited.py

Refits every crisis several times for the table of sensitivity: about half a minute.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from cells import table
from make_tables import filled

from foedus.alliance.invited import Frame, declared_outer, fit, read_fits, read_frame
from foedus.alliance.invited.model import FREE_SIGN, NAMES, REASONS
from foedus.experiments.invited import LeftOut, leave_one_out

PAGE = Path(__file__).parent / "invited-help.md"
SIX = (
    "kazakhstan-2022",
    "gambia-2017",
    "kyrgyzstan-2010",
    "grenada-1983",
    "belarus-2020",
    "armenia-2022",
)


def main() -> None:
    """Fill the page."""
    text = PAGE.read_text(encoding="utf-8")
    for name, part in parts().items():
        text = filled(text, name, part())
    PAGE.write_text(text, encoding="utf-8")


def parts() -> dict[str, Callable[[], str]]:
    """What stands between each pair of markers."""
    return {
        "counts": counts,
        "outer": outer,
        "coefficients": coefficients,
        "sizes": sizes,
        "score": score,
        "six": six,
        "sensitivity": sensitivity,
        "misses": misses,
        "frame": frame_table,
        "not-scored": not_scored,
    }


@cache
def scores() -> LeftOut:
    """Every crisis as predicted by the others."""
    return leave_one_out()


def counts() -> str:
    """How large the frame is."""
    frame = read_frame()
    rows = [row for request in frame.fitted() for row in request.scored().values()]
    came = sum(bool(row.came) for row in rows)
    nobody = sum(not any(r.came for r in request.scored().values()) for request in frame.fitted())
    seen = sum(row.seen for row in rows)
    checked = sum(source.checked for source in frame.sources.values())
    return (
        f"{len(frame.cases)} crises, of which {len(frame.fitted())} are fitted ({len(scores().joint)} "
        f"events); {len(rows)} members asked, {came} came ({came / len(rows):.0%}), {len(rows) - came} "
        f"stayed; in {nobody} of the fitted crises nobody came. {len(rows) - seen} of the rows rest on "
        f"general knowledge alone; {checked} of {len(frame.sources)} sources were seen in passage."
    )


def outer() -> str:
    """The counts of the outer frames."""
    declared = declared_outer().parameters
    return table(["count", "what"], [[f"{p.central():.0f}", p.text] for p in declared.values()])


def coefficients() -> str:
    """The fit on the whole frame, in words of log-odds."""
    estimate = read_fits().whole.estimate
    rng = np.random.default_rng(1)
    drawn = estimate.draw(rng.standard_normal((len(NAMES), 20000)))
    rows = []
    for name in NAMES:
        low, middle, high = np.quantile(drawn[name], [0.05, 0.5, 0.95])
        what = "either sign" if name in FREE_SIGN else ("per 0 to 1" if name in REASONS else "")
        rows.append([f"`{name}`", what, f"{middle:.2f}", f"{low:.2f} to {high:.2f}"])
    return table(["name", "", "median", "5-95 %"], rows)


def sizes() -> str:
    """The next contingent's size."""
    rows = []
    for role, found in read_fits().whole.sizes.items():
        body = found.as_dict()
        rows.append(
            [role, f"{body['median']:,.0f}", f"{body['p05']:,.0f} to {body['p95']:,.0f}", str(body["seen"])]
        )
    return table(["state", "troops, median", "5-95 %", "sizes known"], rows)


def score() -> str:
    """The scores, by member and by whole event."""
    told = scores().as_dict()
    found = told["difference"]
    plain = leave_one_out(refit=lambda rest, _: fit(rest, reasons=0.01)).as_dict()
    by_member = [f"{told['log_score']:.4f}", f"{plain['log_score']:.4f}", f"{told['base_rate']:.4f}"]
    span = f"{found['mean']:+.4f} ({found['p05']:+.4f} to {found['p95']:+.4f}, bootstrap over events)"
    return table(
        ["score (log, higher is better)", "model", "without reasons and following", "base rate"],
        [
            ["mean by member asked", *by_member],
            [
                "sum over events, who came together",
                f"{told['joint']['log_score']:.1f}",
                f"{plain['joint']['log_score']:.1f}",
                f"{told['joint']['base_rate']:.1f}",
            ],
        ],
    ) + (
        f"\n\nBy member, model less base rate: {span}; better in {found['better']:.0%} of resamples."
    )  # fmt: skip


def six() -> str:
    """The six cases of this version."""
    rows = {row["case"]: row for row in scores().as_dict()["cases"]}
    out = []
    for case in SIX:
        row = rows[case]
        predicted = ", ".join(f"{code} {p:.0%}" for code, p in row["predicted"].items())
        scored = f"{row['log_score']:.2f} / {row['base_rate']:.2f}" if row["scored"] else row["why_not"]
        out.append([case, ", ".join(row["joined"]) or "nobody", predicted, scored])
    return table(
        ["case", "came", "chance beforehand, had it been asked", "log score: model / base rate"], out
    )


def sensitivity() -> str:
    """How the score moves with the prior, and on the rows that were seen alone."""
    rows = []
    for reasons in (2.0, 1.0, 0.5, 0.01):
        found = leave_one_out(refit=lambda rest, _, r=reasons: fit(rest, reasons=r))
        rows.append([f"prior of the reasons times {reasons:g}", *_told(found)])
    rows.append(["rows with a passage seen alone", *_told(leave_one_out(_seen_alone()))])
    return table(["frame and prior", "members", "model", "base rate", "difference (5-95 %)"], rows)


def _told(found: LeftOut) -> list[str]:
    gap = found.difference()
    return [
        str(len(found.rows)),
        f"{found.log_score:.4f}",
        f"{found.base_rate:.4f}",
        f"{gap['mean']:+.4f} ({gap['p05']:+.3f} to {gap['p95']:+.3f})",
    ]


def _seen_alone() -> Frame:
    frame = read_frame()
    cases = []
    for request in frame.cases:
        members = {
            code: row if row.seen else row.model_copy(update={"came": None, "troops": None})
            for code, row in request.members.items()
        }
        cases.append(request.model_copy(update={"members": members}))
    return frame.model_copy(update={"cases": cases})


def misses() -> str:
    """Every member that did what had less than an even chance."""
    rows = sorted(scores().as_dict()["misses"], key=lambda row: row["log_score"])
    return table(
        ["case", "member", "did", "chance to come", "base rate"],
        [
            [r["case"], r["member"], "came" if r["joined"] else "stayed",
             f"{r['predicted']:.0%}", f"{r['base_rate']:.0%}"]
            for r in rows
        ],
    )  # fmt: skip


def frame_table() -> str:
    """Every crisis that is fitted, with what each member did and what was expected."""
    rows = {row["case"]: row for row in scores().as_dict()["cases"]}
    out = []
    for request in read_frame().fitted():
        row = rows[request.case]
        out.append([
            request.case, request.threat, request.door, request.lead,
            ", ".join(f"{c} {row['predicted'][c]:.0%}" for c in row["joined"]) or "-",
            ", ".join(f"{c} {row['predicted'][c]:.0%}" for c in row["stayed"]) or "-",
            f"{row['log_score']:.2f}", f"{row['base_rate']:.2f}",
        ])  # fmt: skip
    return table(["case", "against", "words", "lead", "came", "stayed", "model", "base"], out)


def not_scored() -> str:
    """What is shown and neither fitted nor scored."""
    rows = [
        [row["case"], row["why_not"]]
        for row in scores().as_dict()["cases"]
        if not row["scored"]
    ]  # fmt: skip
    return table(["case", "why"], rows)


if __name__ == "__main__":
    main()
