"""The ledger of assumptions: every number that the answers rest on, and how it is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.aftermath import declared_aftermath
from foedus.alliance import declared_obliged, declared_plan
from foedus.alliance.invited import declared_invited, declared_outer, fitted_for
from foedus.alliance.invited.model import FREE_SIGN, NAMES, prior
from foedus.cases.parameters import declared, declared_sources
from foedus.cases.schema import Case, Quantity, SourceEntry

if TYPE_CHECKING:
    from foedus.experiments.findings import Findings

NARROWED = 2.0 / 3.0
NOISE = "how a city differs from its like: standard normal noise"


def ledger(study: Findings) -> list[dict[str, Any]]:
    """One row for each number, those of the streets first.

    ``fitted`` says that a posterior took the place of the prior that is shown, and ``width`` how wide its
    5-95 % interval is against the prior's. Where it is at least a third narrower the basis is 'estimated';
    else the data hardly informed it and it stays what it was.
    """
    fixed = _widths(study)
    known = declared()
    rows = []
    noise = 0
    for name, quantity in study.main.inputs.drawn.items():
        if quantity is None:
            noise += 1
            continue
        sources = study.case.sources if name not in known or name in study.case.parameters else None
        text = known[name].text if name in known else quantity.note
        rows.append(_row(name, quantity, text, sources or declared_sources(), fixed.get(name)))
    if noise:
        rows.append(
            {
                "parameter": "cities.*",
                "value": "normal 0, 1",
                "unit": "1",
                "basis": "assumption",
                "source": NOISE,
                "text": f"{noise} draws of noise, for police and legitimacy of each city",
                "fitted": bool(fixed),
                "width": None,
            }
        )
    # Help against a state's attack is decided by the record, and not by what moves those invited.
    attacked = study.case.meta.target == "state_attack"
    for prefix, room in (
        ("obliged", declared_obliged()) if attacked else ("invited", declared_invited()),
        ("lift", declared_plan()),
        ("aftermath", declared_aftermath()),
    ):
        for name, parameter in room.parameters.items():
            rows.append(_row(f"{prefix}.{name}", parameter, parameter.text, room.sources, None))
    if not attacked:
        rows += _of_outer_frames()
        rows = [_as_fitted(row, study.case) for row in rows]
    rows += _of_case(study.case)
    return rows


def _of_outer_frames() -> Iterable[dict[str, Any]]:
    outer = declared_outer()
    for name, parameter in outer.parameters.items():
        yield _row(f"invited.outer.{name}", parameter, parameter.text, outer.sources, None)


def _as_fitted(row: dict[str, Any], case: Case) -> dict[str, Any]:
    """A row of the model of invited help as its fit on other crises has it; not fitted on this case."""
    prefix, _, name = row["parameter"].partition(".")
    if prefix != "invited" or name not in NAMES:
        return row
    meta = case.meta
    fitted, left_out = fitted_for(meta.slug, meta.host, meta.start, meta.end)
    k = NAMES.index(name)
    middle, sd = float(fitted.estimate.mode[k]), float(fitted.estimate.covariance[k, k] ** 0.5)
    prior_sd = float(prior()[1][k])
    value = f"normal mean {middle:.3g}, sd {sd:.3g}"
    if name not in FREE_SIGN:
        value = f"lognormal median {np.exp(middle):.3g}, sigma {sd:.3g}"
    seen = f"the frame of invited help without {left_out}" if left_out else "the frame of invited help"
    return row | {
        "value": value,
        "basis": "estimated" if sd / prior_sd < NARROWED else row["basis"],
        "source": f"fitted on {seen}, {fitted.estimate.rows} members asked; prior: {row['source']}",
        "width": sd / prior_sd,
    }


def _of_case(case: Case) -> Iterable[dict[str, Any]]:
    """Numbers of the alliance and aftermath sections, which are drawn by their own rooms."""
    alliance = case.alliance
    groups: dict[str, Mapping[str, Any]] = {
        **{f"alliance.members.{k}": dict(v) for k, v in alliance.members.items()},
        **{f"alliance.units.{u.id}": dict(u) for u in alliance.units},
        **{f"alliance.lift.fleets.{k}": dict(v) for k, v in alliance.lift.fleets.items()},
        **{f"alliance.theatres.{k}": dict(v) for k, v in alliance.theatres.items()},
        "aftermath": case.aftermath,
    }
    for prefix, group in groups.items():
        for name, value in group.items():
            if isinstance(value, Quantity):
                yield _row(f"{prefix}.{name}", value, value.note, case.sources, None)


def _widths(study: Findings) -> dict[str, float]:
    """Width of each fitted input's 5-95 % interval against its prior's."""
    if study.posterior is None:
        return {}
    out = {}
    for name, column in study.posterior.values.items():
        quantity = study.main.inputs.drawn.get(name)
        if quantity is not None:
            before = quantity.at(np.array([0.05, 0.95]))
            after = np.quantile(column, [0.05, 0.95])
            spread = before[1] - before[0]
            out[name] = float((after[1] - after[0]) / spread) if spread > 0.0 else 1.0
    return out


def _row(
    name: str,
    quantity: Quantity,
    text: str | None,
    sources: Mapping[str, SourceEntry],
    width: float | None,
) -> dict[str, Any]:
    cites = [sources[key].cite if key in sources else key for key in quantity.source]
    return {
        "parameter": name,
        "value": describe(quantity),
        "unit": quantity.unit,
        "basis": "estimated" if width is not None and width < NARROWED else quantity.basis,
        "source": "; ".join(cites),
        "text": text,
        "fitted": width is not None,
        "width": width,
    }


def describe(quantity: Quantity) -> str:
    """A number or distribution in words: '0.1', 'uniform 0.2 to 2'."""
    if isinstance(quantity.value, float):
        return f"{quantity.value:g}"
    kind, body = next(iter(quantity.value.model_dump().items()))
    if kind == "uniform":
        return f"uniform {body[0]:g} to {body[1]:g}"
    if kind == "choice":
        return "one of " + ", ".join(f"{value:g}" for value in body["values"])
    return f"{kind} " + ", ".join(f"{key} {value:g}" for key, value in body.items() if value is not None)
