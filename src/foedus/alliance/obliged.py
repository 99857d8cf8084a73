"""Who comes against a state's attack? Each member's chance by the record of wars and disputes.

Coefficients are those of `obliged.json`, which ``foedus fit decisions`` writes from public data; they are
drawn anew in every run, so that the record's own uncertainty goes into every answer. Coefficients of a
chance are logistic, on covariates standardised as in the fit.

Which record? A state's attack is read as a *dispute with use of force*: whether it will be a war is not known
when allies decide, and that record holds those that became wars too. The chance on the record of wars is
given beside it. That choice, and what is taken for a member's covariates below, are assumptions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from foedus.alliance.decision import Chances, logistic
from foedus.cases.schema import Member
from foedus.cases.schema.declared import Declaration
from foedus.errors import CaseError, FoedusError
from foedus.terms import Interval

if TYPE_CHECKING:
    from foedus.chance import Luck

FloatArray = NDArray[np.float64]
Runs = range | NDArray[np.int64]
RecordName = Literal["disputes", "wars"]

RECORDS: tuple[RecordName, ...] = ("disputes", "wars")
PURPOSE = "obliged"
MODERN = 1945
_SMALLEST_SHARE = 1e-7
"""Below the least share in COW National Material Capabilities 7.0 (2e-7); no logarithm of 0 is taken."""
_FROM_CASE = {
    "ln_cinc_ally": "capability",
    "contig_opponent": "borders_attacker",
    "bound_to_opponent": "bound_to_attacker",
    "hostile_mids_opponent": "disputes_with_attacker",
    "shared_mids": "disputes_beside_host",
}
"""Covariates of the fit that a member's record gives, and the field that gives them."""


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A model as it was fitted.

    Attributes
    ----------
    covariates
        Their names, in order.
    coefficients
        Intercept, then log-odds for a standard deviation (1 + covariate,).
    root
        A square root of the covariance that draws have (1 + covariate, 1 + covariate).
    means, spreads
        Of the covariates in the record (covariate,).
    quantiles
        Of each covariate in the record, from 0 to 100 %.
    """

    covariates: tuple[str, ...]
    coefficients: FloatArray
    root: FloatArray
    means: FloatArray
    spreads: FloatArray
    quantiles: Mapping[str, FloatArray]


@cache
def results() -> Mapping[str, Any]:
    """The results file of the package: models, scores, and what they were fitted on.

    Raises
    ------
    FoedusError
        The file is not there or damaged: a fault of the package.
    """
    try:
        text = (files("foedus.alliance") / "obliged.json").read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads(text)
    except (OSError, ValueError) as mistake:
        raise FoedusError(f"obliged.json: {mistake}; write it with `foedus fit decisions --out`") from None
    return found


@cache
def declared_obliged() -> Declaration:
    """The coefficients that runs draw from and the choices beside them, each with basis and source."""
    from ruamel.yaml import YAML

    text = (files("foedus.alliance") / "obliged.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    model = fitted(_record(raw))
    spreads = np.sqrt(np.diag(model.root @ model.root.T))
    names = ("intercept", *model.covariates)
    coefficients = {
        name: {
            "text": raw["coefficients"][name],
            "unit": "log-odds",
            "value": {"normal": {"mean": float(mean), "sd": float(sd)}},
            "basis": "estimated",
            "source": ["record"],
            "note": "drawn together with the others, by the covariance of the fit",
        }
        for name, mean, sd in zip(names, model.coefficients, spreads, strict=True)
    }
    body = {"parameters": {**coefficients, **raw["parameters"]}, "sources": raw["sources"]}
    return Declaration.model_validate_json(json.dumps(body))


def record_used() -> RecordName:
    """The record from which a run takes its chances."""
    return "wars" if declared_obliged().parameters["attack_is_a_war"].central() > 0 else "disputes"


def _record(raw: Mapping[str, Any]) -> RecordName:
    return "wars" if raw["parameters"]["attack_is_a_war"]["value"] > 0 else "disputes"


@cache
def fitted(record: RecordName) -> Fitted:
    """The model of a record that runs use."""
    whole = results()["models"][record]
    model = whole[whole["used"]]
    names = tuple(model["covariates"])
    return Fitted(
        covariates=names,
        coefficients=np.array([model["coefficients"][name] for name in ("intercept", *names)]),
        root=np.asarray(np.linalg.cholesky(drawn_covariance(model)), dtype=np.float64),
        means=np.array([model["means"][name] for name in names]),
        spreads=np.array([model["spreads"][name] for name in names]),
        quantiles={name: np.array(values) for name, values in whole["quantiles"].items()},
    )


def drawn_covariance(model: Mapping[str, Any]) -> FloatArray:
    """The covariance that runs draw with: Laplace's, widened to that of whole conflicts where that is wider.

    Laplace's takes allies of one conflict as independent, which they are not; that of refits on resampled
    conflicts leaves out the prior where the record is silent. The wider spread of the two is taken for each
    coefficient, with Laplace's correlations.
    """
    laplace = np.array(model["covariance"])
    clustered = np.array(model["covariance_clustered"])
    wider = np.sqrt(np.maximum(1.0, np.diag(clustered) / np.diag(laplace)))
    return np.asarray(laplace * np.outer(wider, wider), dtype=np.float64)


def chance_obliged(
    members: Mapping[str, Member],
    lead: str,
    *,
    met: FloatArray,
    year: int,
    luck: Luck,
    runs: Runs,
    record: RecordName | None = None,
) -> Chances:
    """How likely each member is to come against a state's attack, by the record.

    Parameters
    ----------
    members
        The members that decide (not the host), by code. What their record leaves out is drawn from the
        fitted record, run by run, each covariate on its own; `left_out` names it.
    lead
        Code of the lead state, one of ``members``. The record has no lead, so it sways nobody here.
    met
        Chance that the clause is met, 0 to 1 (run,): the promise then fits the call.
    year
        The year of the attack.
    luck, runs
        Keyed draws (purpose ``obliged``) of the coefficients, and of what a member's record leaves out.
    record
        Which record the coefficients come from; that of `record_used` if left out.

    Returns
    -------
    Chances
        P(join) per member and run.

    Raises
    ------
    CaseError
        The lead state is no member.
    """
    if lead not in members:
        raise CaseError(f"alliance.lead is {lead}, which is no member; add it to alliance.members")
    record = record or record_used()
    model = fitted(record)
    drawn = _drawn(model, luck, runs, record)
    chances = {}
    for code, member in members.items():
        known = _covariates(model, code, member, len(members), year, luck, runs)
        # A promise that fits or not is one covariate of 0 or 1: the two worlds are weighed by their chance.
        fits, not_so = (_chance(model, drawn, known, fit) for fit in (1.0, 0.0))
        chances[code] = met * fits + (1.0 - met) * not_so
    return Chances(lead, chances, chances)


def outlook(
    members: Mapping[str, Member], lead: str, *, met: FloatArray, year: int, luck: Luck, runs: Runs
) -> dict[str, Any]:
    """Each member's chance by both records, and what was drawn from them; the JSON form."""
    found = {
        record: chance_obliged(members, lead, met=met, year=year, luck=luck, runs=runs, record=record)
        for record in RECORDS
    }
    return {
        "used": record_used(),
        "members": {
            code: {
                **{record: Interval.of(chances[code]).as_dict() for record, chances in found.items()},
                "drawn_from_the_record": left_out(member),
            }
            for code, member in members.items()
        },
        "note": "'disputes' is a state's use of force, whatever becomes of it; 'wars' is if it becomes one "
        "of 1,000 dead. What is not given of a member is drawn from the record, which widens its interval.",
    }


def left_out(member: Member) -> list[str]:
    """Fields of a member's record that the case does not give, and that are drawn from the fitted record."""
    record = member.record
    return [field for field in _FROM_CASE.values() if record is None or getattr(record, field) is None]


def _covariates(
    model: Fitted, code: str, member: Member, members: int, year: int, luck: Luck, runs: Runs
) -> dict[str, FloatArray | float]:
    known: dict[str, FloatArray | float] = {
        "post1945": float(year >= MODERN),
        # The members named in the case are those whose promise is called on, met or not.
        "ln_n_allies": log(1 + members),
        "clause_missing": 0.0,
    }
    for name, field in _FROM_CASE.items():
        value = None if member.record is None else getattr(member.record, field)
        u = luck.uniform(PURPOSE, f"{code}.{name}", runs)
        if value is None:
            steps = model.quantiles[name]
            known[name] = steps[np.minimum((u * len(steps)).astype(np.int64), len(steps) - 1)]
        elif name == "ln_cinc_ally":
            known[name] = np.log(np.maximum(value.at(u), _SMALLEST_SHARE))
        else:
            known[name] = log(1 + value) if field.startswith("disputes") else float(value)
    return known


def _drawn(model: Fitted, luck: Luck, runs: Runs, record: str) -> FloatArray:
    """Coefficients (run, 1 + covariate), normal with the covariance of `drawn_covariance`."""
    from scipy.special import ndtri

    names: Sequence[str] = ("intercept", *model.covariates)
    normal = np.stack([ndtri(luck.uniform(PURPOSE, f"{record}.{name}", runs)) for name in names], axis=1)
    return np.asarray(model.coefficients + normal @ model.root.T, dtype=np.float64)


def _chance(
    model: Fitted, drawn: FloatArray, known: Mapping[str, FloatArray | float], fits: float
) -> FloatArray:
    given = {**known, "applies": fits, "clause_met": fits}
    utility = drawn[:, 0].copy()
    for place, name in enumerate(model.covariates):
        standing = (given[name] - model.means[place]) / model.spreads[place]
        utility += drawn[:, 1 + place] * standing
    return logistic(utility)
