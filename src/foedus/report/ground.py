"""The ground in words and tables: did anybody come, by which channel it mattered, who stood aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.cases.schema import Case
from foedus.report.numbers import ENGLISH, plain
from foedus.report.phrases import phrases
from foedus.report.reading import Summary, look_up_or_none
from foedus.report.tables import CHANNELS

ARMS = (("with", "All together"), *CHANNELS)
WHY_NOBODY = {
    "nobody_asked": "Nobody was asked for help, and no contingents came",
    "not_granted": "Help was asked for and not granted, and no contingents came",
    "none_could": "Help was granted, and no contingent arrived in the window",
}
INFORMED = {
    "informed": "the data informed it",
    "worlds_only": (
        "the fit chose among worlds, and the effect changed with them; of the channel's own strength it "
        "says no more than chance would: the data did not inform it"
    ),
    "not_informed": "prior and posterior hardly differ: the data did not inform it",
    "too_few_runs": "too few runs to tell prior from posterior",
    "no_fit": "no fit, so this is its prior",
    "no_effect": "nothing to compare",
}
ENGAGEMENT = {
    "protect": "Contingents not on guard stood in the street beside local forces (rule: protect).",
    "force": "Contingents not on guard acted against crowds as local forces did (rule: force).",
}


def ground_lines(summary: Summary, case: Case) -> list[str]:
    """What must be said before any difference between the arms is read: who came, and what they might do."""
    ground = summary.get("on_the_ground") or {}
    lines = []
    why = ground.get("why_nobody")
    if why:
        then = (
            "the arms with and without them are one course, run by run"
            if ground.get("same_course")
            else "what differs between the arms hangs on the word given, or on the host's own orders"
        )
        lines.append(f"{WHY_NOBODY[why]}: {then}.")
    elif ground.get("came") is not None and ground["came"] < 1:
        lines.append(f"Contingents came in {ENGLISH.share(ground['came'])} of runs.")
    if not why and ground.get("rules_of_engagement") in ENGAGEMENT:
        lines.append(ENGAGEMENT[ground["rules_of_engagement"]])
    lines += _stay_lines(ground.get("stay") or {}, case)
    return lines


def _stay_lines(stay: Mapping[str, Any], case: Case) -> list[str]:
    if stay.get("months") is None or stay.get("leave") in ("date", "not_said"):
        return []
    months = plain(stay["months"], ENGLISH.number)
    if stay["leave"] == "never":
        return [f"They stay: {months} months in the country by the hour at which the aftermath is read."]
    still = ENGLISH.share(float(stay["open"]))
    return [f"They leave once calm has been seen: {months} months; in {still} of runs they are still there."]


def prior_and_posterior(summary: Summary) -> list[tuple[str, str, str]]:
    """The effect of each channel before and after any fit, civilian deaths first; empty without a fit.

    Rows whose last cells are empty head a channel.
    """
    arms = look_up_or_none(summary, "on_the_ground", "channels", "arms") or {}
    rows: list[tuple[str, str, str]] = []
    for name, label in ARMS:
        found = arms.get(name)
        if not found or not found.get("posterior") or found["informed"] == "no_effect":
            continue
        before, after = found["prior"], found["posterior"]
        rows.append((label, "", ""))
        for key, title, write in (
            ("deaths_civilian", "  civilians killed", ENGLISH.count),
            ("hours_to_calm", "  time to calm", ENGLISH.hours),
            ("outcome_differed", "  outcome differed", ENGLISH.share),
        ):
            rows.append((title, plain(before.get(key), write), plain(after.get(key), write)))
    return rows


def learnt_lines(summary: Summary) -> list[str]:
    """Whether the data informed the effect of each channel, by the rule of the summary."""
    channels = look_up_or_none(summary, "on_the_ground", "channels") or {}
    arms = channels.get("arms") or {}
    by_verdict: dict[str, list[str]] = {}
    for name, label in ARMS:
        if name in arms and arms[name]["informed"] != "no_effect":
            shared = look_up_or_none(arms[name], "overlap", "deaths_civilian")
            told = label if shared is None else f"{label} (overlap {ENGLISH.decimals(shared, 2)})"
            by_verdict.setdefault(arms[name]["informed"], []).append(told)
    lines = [f"{', '.join(labels)}: {INFORMED[verdict]}." for verdict, labels in by_verdict.items()]
    least = channels.get("by_chance")
    own = [row for name, _ in ARMS[1:] for row in (arms.get(name) or {}).get("strength", [])]
    if own and least is not None:
        named = ", ".join(f"{row['parameter']} {ENGLISH.decimals(row['overlap'], 2)}" for row in own)
        lines.append(
            f"Overlap of prior and posterior of the channels' own numbers: {named}. Of {channels['idle']} "
            "numbers that cannot act in a replay, which a fit moves by chance alone, it goes down to "
            f"{ENGLISH.decimals(least, 2)}."
        )
    return lines


def faction_lines(summary: Summary, case: Case) -> list[str]:
    """When the faction broke, and whether that did anything."""
    faction = look_up_or_none(summary, "on_the_ground", "faction")
    if not faction:
        return []
    with_, without = faction["with"], faction["without"]
    shares = [ENGLISH.share(arm["broke"]) for arm in (with_, without)]
    broke = f"in {shares[0]} of runs with contingents, {shares[1]} without"
    middle = with_["broke_at"].get("median")
    when = f"; with them the median hour is {_at(middle, case)}" if middle is not None else ""
    if not faction["acts"]:
        return [
            "Worked out beside the replay, and without any effect on it: the loyalty of the model's faction "
            f"breaks {broke}{when}. Who stands aside in a replay is what the case dates."
        ]
    said = [f"The loyalty of a faction in the host's forces breaks {broke}{when}."]
    if with_["stood_aside"] > 0:
        most = plain(with_["withheld_most"], ENGLISH.share)
        said.append(
            f"Part of the forces stands aside in {ENGLISH.share(with_['stood_aside'])} of runs with "
            f"contingents, at most {most} of all that could be in the street."
        )
    if with_["returned"] is not None:
        back = ENGLISH.share(with_["returned"])
        said.append(f"It is back by the window's end in {back} of those that broke.")
    return said


def _at(hour: float, case: Case) -> str:
    clock = case.meta.clock
    when = clock.at(min(round(hour), clock.hours))
    return f"{phrases('en').day(when, clock.tzinfo)}, {when:%H:%M}"
