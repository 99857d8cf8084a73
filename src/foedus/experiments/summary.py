"""The answers of a study as one JSON object: what ``foedus run --json`` prints (see docs/summary.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from foedus.alliance import largest_request, lift_bound, outlook
from foedus.cases.schema import Case
from foedus.chance import Luck
from foedus.engine.airlift import pledged
from foedus.engine.arrays import Course
from foedus.experiments.aftermath_part import aftermath_part
from foedus.experiments.comparison import compare, scorecard
from foedus.experiments.ensemble import Ensemble, clause_met
from foedus.experiments.force_plan import arrival_part, lift_alone
from foedus.experiments.invited_part import invited_part
from foedus.experiments.ledger import ledger
from foedus.experiments.obligation import law_part
from foedus.experiments.on_the_ground import ground_part
from foedus.experiments.quantities import Context
from foedus.experiments.sensitivity import what_matters
from foedus.streets.calm import hours_to_calm
from foedus.terms import Interval, Tag
from foedus.version import __version__

if TYPE_CHECKING:
    from foedus.experiments.findings import Findings

FloatArray = NDArray[np.float64]
CHANNELS = ("announcement", "guards", "presence")
LATTICE_NOTE = "the parameters were fitted on crowd; on the lattice nothing is fitted"
FREE_BANNER = "a model's rules, not evidence that an intervention works"
NORMAL_90 = 1.6449


def summarize(study: Findings) -> dict[str, Any]:
    """Every answer of a study, in plain types."""
    main, context, case = study.main, study.context, study.case
    rows = compare(main.courses["with"], context, study.posterior, study.as_of)
    effect = effect_part(main, context)
    on_priors = effect_part(study.on_priors, context) if study.on_priors else None
    body: dict[str, Any] = {
        "foedus": __version__,
        "case": case.meta.slug,
        "title": case.meta.title,
        "mode": study.mode,
        "as_of": study.as_of.isoformat() if study.as_of else None,
        "seed": study.seed,
        "runs": study.runs,
        "seconds": study.seconds,
        "edits": list(study.edits),
        "banner": FREE_BANNER if study.mode == "free" else None,
        "streets": _streets(study),
        "parameters_from": _origin(study),
        **law_part(study.law, case.alliance.record),
        "response": _response(study),
        "invited": invited_part(study),
        "course": {arm: course_part(main.courses[arm], context) for arm in ("with", "without")},
        "effect": effect,
        "effect_on_priors": on_priors,
        "on_the_ground": ground_part(study, effect, on_priors),
        "stand_aside": _stand_aside(study),
        **aftermath_part(study),
        "signals": study.signals.as_dict() if study.signals else None,
        "sites": _sites(main.courses["with"], case),
        "cities": _cities(main.courses["with"], study),
        "observed": rows,
        "scores": scorecard(rows),
        "forecast": _forecast(study),
        "matters_most": what_matters(main, context),
        "assumptions": ledger(study),
    }
    if study.mode == "free":
        asked = ~np.isnan(main.courses["with"].request_at)
        activated = ~np.isnan(main.courses["with"].activation_at)
        body["obligation"] |= {
            "requested": bool(asked.mean() > 0.5),
            "requested_share": float(asked.mean()),
            "activated": bool(activated.mean() > 0.5),
            "activated_share": float(activated.mean()),
        }
    return body


def _streets(study: Findings) -> dict[str, Any]:
    """The street model of the runs; on the lattice, how many people an agent stands for."""
    if study.people_per_agent is None:
        return {"model": "crowd"}
    cities = study.main.plant.streets.cities
    return {
        "model": "lattice",
        "people_per_agent": int(cities.weight.max()),
        "agents": int(cities.agents.sum()),
        "note": LATTICE_NOTE if study.posterior else None,
    }


def _origin(study: Findings) -> dict[str, Any]:
    """Whether parameters come from a posterior or from the priors."""
    if study.posterior is None:
        return {"from": "priors", "fitted": []}
    p = study.posterior
    return {
        "from": "posterior",
        "kind": p.kind,
        "as_of": p.as_of.isoformat(),
        "known_at": p.known_at.isoformat(),
        "fitted": list(p.fitted),
        "about": dict(p.about),
    }


def _by_record(study: Findings, luck: Luck) -> dict[str, Any]:
    """Each member's chance to come by the record of disputes, which the run takes, and by that of wars."""
    case = study.case
    return outlook(
        case.alliance.members,
        case.alliance.lead,
        met=clause_met(study.law, study.runs),
        year=case.meta.start.year,
        luck=luck,
        runs=range(study.runs),
    )


def _response(study: Findings) -> dict[str, Any]:
    case, main = study.case, study.main
    course = main.courses["with"]
    seen = {o.where: o.best for o in case.observed if o.quantity == "member_troops"}
    total = next((o.best for o in case.observed if o.quantity == "troops"), None)
    free = study.mode == "free"
    asked = ~np.isnan(course.request_at)
    members = {}
    for m, code in enumerate(main.plan.members):
        pledge = case.alliance.members[code].pledge
        members[code] = {
            "joins": float(main.joins[code].mean())
            if free
            else float((course.member_troops[:, m] > 0).mean()),
            "would_join": Interval.of(main.chances[code]).as_dict(),
            "pledged": pledge.central() if pledge else None,
            "troops": Interval.of(course.member_troops[:, m]).as_dict(),
            "observed": seen.get(code),
            "tag": (Tag.COMPUTED if free else Tag.INPUT).value,
        }
    luck = Luck(study.seed)
    lead = case.alliance.lead
    by_record = {} if case.meta.target != "state_attack" else {"by_record": _by_record(study, luck)}
    return by_record | {
        "lead": lead,
        "requested_share": float(asked.mean()),
        "members": members,
        "troops": Interval.of(course.member_troops.sum(axis=1)).as_dict(),
        "observed_troops": total,
        "first_arrival": Interval.of(course.first_arrival).as_dict(),
        "closure": Interval.of(course.closure).as_dict(),
        "plan": main.plan.as_dict(),
        "arrival": arrival_part(case, main.plan, lift_alone(main.plant.airlift, main.plan)),
        "lift_bound": lift_bound(case.alliance, lead, joins=pledged(case)),
        "theatres": {
            name: {
                **load.as_dict(),
                "text": case.alliance.theatres[name].text,
                "holder": case.alliance.theatres[name].holder,
                "request": largest_request(case.alliance, name, luck, range(min(study.runs, 500))).as_dict(),
            }
            for name, load in main.theatres.items()
        },
    }


def course_part(course: Course, context: Context) -> dict[str, Any]:
    """The course of one arm, civilian deaths first."""
    calm = hours_to_calm(course.active, course.seats_lost, context.urban, context.first_shock)
    deaths = course.killed_civilian[:, -1] + course.killed_forces[:, -1]
    quantities = {
        "deaths_civilian": course.killed_civilian[:, -1],
        "deaths_forces": course.killed_forces[:, -1],
        "deaths": deaths,
        "arrests": course.arrested[:, -1],
        "hurt": course.hurt[:, -1],
        "peak_active": course.active.max(axis=1),
        "cities_in_unrest": course.cities_in_unrest.max(axis=1),
        "hours_to_calm": calm,
    }
    return {
        **{name: Interval.of(values).as_dict() for name, values in quantities.items()},
        "calm": float((~np.isnan(calm)).mean()),
        "state_falls": float(course.falls.mean()),
    }


def effect_part(ensemble: Ensemble, context: Context) -> dict[str, Any]:
    """What differed between twins: an arm less the arm without contingents, world by world."""
    without = ensemble.courses["without"]
    part = _difference(ensemble.courses["with"], without, context)
    part["by_channel"] = {
        name: _difference(ensemble.courses[name], without, context)
        for name in CHANNELS
        if name in ensemble.courses
    }
    return part


def _difference(one: Course, other: Course, context: Context) -> dict[str, Any]:
    calm = [
        hours_to_calm(course.active, course.seats_lost, context.urban, context.first_shock)
        for course in (one, other)
    ]
    once = np.isnan(calm[0]) != np.isnan(calm[1])
    both = ~np.isnan(calm[0]) & ~np.isnan(calm[1])
    hours = calm[0][both] - calm[1][both]
    deaths = one.killed_civilian[:, -1].astype(float) - other.killed_civilian[:, -1]
    return {
        "outcome_differed": float(((one.falls != other.falls) | once).mean()),
        "deaths_civilian": Interval.of(deaths).as_dict(),
        "mean_deaths_civilian": _mean(deaths),
        "hours_to_calm": {
            **Interval.of(hours).as_dict(),
            "both_calm": float(both.mean()),
            "calm_only_with": float((np.isnan(calm[1]) & ~np.isnan(calm[0])).mean()),
            "calm_only_without": float((np.isnan(calm[0]) & ~np.isnan(calm[1])).mean()),
        },
        "state_falls": _mean(one.falls.astype(float) - other.falls),
    }


def _mean(differences: FloatArray) -> dict[str, float]:
    """Mean of paired differences with its 5-95 % interval over runs (normal, for the mean)."""
    mean = float(differences.mean())
    half = NORMAL_90 * float(differences.std()) / max(len(differences), 1) ** 0.5
    return {"difference": mean, "p05": mean - half, "p95": mean + half}


def _stand_aside(study: Findings) -> dict[str, Any] | None:
    """The course with contingents, with the stand-aside events and without, and the score of each."""
    if study.nobody_aside is None:
        return None
    course = study.nobody_aside.courses["no_stand_aside"]
    rows = compare(course, study.context, study.posterior, study.as_of)
    return {
        "with": course_part(study.main.courses["with"], study.context),
        "without": course_part(course, study.context),
        "runs_without": len(course.falls),
        "observed_without": rows,
        "scores_without": scorecard(rows),
    }


def _sites(course: Course, case: Case) -> list[dict[str, Any]]:
    return [
        {
            "site": site.id,
            "name": site.name,
            "kind": site.kind,
            "city": site.city,
            "seat_of_power": site.seat_of_power,
            "attacked": float(course.site_attacked[:, s].mean()),
            "lost": float((~np.isnan(course.site_lost_at[:, s])).mean()),
            "lost_at": Interval.of(course.site_lost_at[:, s]).as_dict(),
            "hours_lost": Interval.of(course.site_lost_hours[course.site_lost_hours[:, s] > 0, s]).as_dict(),
        }
        for s, site in enumerate(case.sites)
    ]


def _cities(course: Course, study: Findings) -> list[dict[str, Any]]:
    out = []
    for c, place in enumerate(study.places):
        people = place.population.central()
        peak = course.city_peak[:, c, :].max(axis=1)
        out.append(
            {
                "city": place.name,
                "latitude": place.latitude,
                "longitude": place.longitude,
                "population": people,
                "peak": Interval.of(peak).as_dict(),
                "deaths": Interval.of(course.city_killed[:, c]).as_dict(),
                "in_unrest": float(((peak >= 50) & (peak >= 1e-4 * people)).mean()),
            }
        )
    return out


def _forecast(study: Findings) -> dict[str, Any] | None:
    """How the posterior that saw early reports alone came out: all else held out."""
    if study.forecast is None:
        return None
    posterior, ensemble = study.forecast
    rows = compare(ensemble.courses["with"], study.context, posterior, study.as_of)
    return {
        "as_of": posterior.as_of.isoformat(),
        "course": course_part(ensemble.courses["with"], study.context),
        "observed": rows,
        "scores": scorecard(rows),
    }
