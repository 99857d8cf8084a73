"""Count the outer frames of invited help: crises at home, troops on the government's side, known requests.

    python scripts/count_outer_frames.py DIR

DIR holds ucdp_acd.parquet, atop_alliance.parquet and icb1v13.csv. Writes outer.yaml beside the frame, in
src/foedus/alliance/invited: counts alone; nothing of the tables themselves is copied.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from foedus.alliance.invited import read_frame
from foedus.errors import UserError
from foedus.terms.states import code_of_number

OUT = Path(__file__).parent.parent / "src" / "foedus" / "alliance" / "invited" / "outer.yaml"
INTERNAL_TRIGGER = 6
"""ICB: internal verbal or physical challenge to a regime or elite."""
FILES = ("ucdp_acd.parquet", "atop_alliance.parquet", "icb1v13.csv")


def main(arguments: Sequence[str]) -> int:
    """Count and write."""
    folder = Path(arguments[0]) if arguments else Path()
    missing = [name for name in FILES if not (folder / name).is_file()]
    if not arguments or missing:
        print(f"give the directory of the tables; not found: {', '.join(missing) or 'a directory'}")
        return 2
    counts = {**_ucdp(folder), **_icb(folder)}
    OUT.write_text(_page(counts), encoding="utf-8")
    for name, value in counts.items():
        print(f"{name}: {value}")
    return 0


def _ucdp(folder: Path) -> dict[str, int]:
    conflicts = pd.read_parquet(folder / "ucdp_acd.parquet")
    at_home = conflicts[conflicts.type_of_conflict.isin(["intrastate", "II"])]
    episodes = (
        at_home.groupby(["conflict_id", "gwno_a", "start_date2"])
        .agg(first=("year", "min"), last=("year", "max"), helped=("gwno_a_2nd", lambda s: s.notna().any()))
        .reset_index()
    )
    episodes["state"] = [_state(number) for number in episodes.gwno_a]
    requests = _requests()
    episodes["asked"] = [
        any(host == state and first <= year <= last for host, year in requests)
        for state, first, last in zip(episodes.state, episodes["first"], episodes["last"], strict=True)
    ]
    episodes["shown"] = episodes.helped | episodes.asked
    pacts = pd.read_parquet(folder / "atop_alliance.parquet")
    defence = pacts[pacts.atop_defense == 1]
    allied = set(defence[["ccode2", "year"]].itertuples(index=False, name=None))
    covered = episodes[episodes["first"] <= int(pacts.year.max())]
    bound = pd.Series(
        [(state, first) in allied for state, first in zip(covered.gwno_a, covered["first"], strict=True)],
        index=covered.index,
    )
    inside = sum(any(host == s and a <= year <= b for s, a, b in _spans(episodes)) for host, year in requests)
    return {
        "episodes": len(episodes),
        "episodes_helped": int(episodes.helped.sum()),
        "episodes_asked_in_frame": int(episodes.asked.sum()),
        "episodes_shown": int(episodes.shown.sum()),
        "allied_episodes": int(bound.sum()),
        "allied_episodes_helped": int(covered.helped[bound].sum()),
        "allied_episodes_shown": int(covered.shown[bound].sum()),
        "frame_requests": len(requests),
        "frame_requests_outside": len(requests) - inside,
    }


def _spans(episodes: pd.DataFrame) -> list[tuple[str, int, int]]:
    return list(episodes[["state", "first", "last"]].itertuples(index=False, name=None))


def _state(number: int) -> str:
    """Code of a state by its Gleditsch-Ward number; the two lists part only where no request is."""
    try:
        return str(code_of_number(int(number)))
    except UserError:
        return ""


def _icb(folder: Path) -> dict[str, int]:
    crises = pd.read_csv(folder / "icb1v13.csv", encoding="utf-8-sig")
    internal = crises[(crises["break"] == INTERNAL_TRIGGER) & (crises.yrtrig >= 1946)]
    return {"icb_crises": int((crises.yrtrig >= 1946).sum()), "icb_internal": len(internal)}


def _requests() -> list[tuple[str, int]]:
    """State and year of each request for trouble at home in the frame."""
    return [
        (str(request.host), request.year)
        for request in read_frame().cases
        if request.year is not None and request.target != "state_attack"
    ]


ABOUT = {
    "episodes": ("episodes of armed conflict within a state, 1946-2024", "ucdp"),
    "episodes_helped": ("of these, another state's troops on the government's side at some time", "ucdp"),
    "episodes_asked_in_frame": ("of these, with a request of the frame in their years", "ucdp"),
    "episodes_shown": ("of these, troops or a request: asking is shown", "ucdp"),
    "allied_episodes": (
        "episodes, to 2018, of a government that some state had promised defence",
        "atop",
    ),
    "allied_episodes_helped": ("of these, another state's troops on the government's side", "atop"),
    "allied_episodes_shown": ("of these, troops or a request of the frame", "atop"),
    "frame_requests": ("requests of the frame for trouble at home", "frame"),
    "frame_requests_outside": ("of these, in no episode of UCDP: too few dead, or no armed group", "ucdp"),
    "icb_crises": ("international crises that began from 1946 to 2019", "icb"),
    "icb_internal": ("of these, triggered by a challenge to the regime from inside", "icb"),
}
HEAD = """# Outer frames of invited help: what can be counted of crises at home and troops for a government.
# Written by python scripts/count_outer_frames.py DIR; not edited by hand.

parameters:
"""
TAIL = """
sources:
  ucdp: {cite: "UCDP/PRIO Armed Conflict Dataset 25.1: Gleditsch et al. (2002), Journal of Peace Research 39(5), 615-637; Davies et al. (2025), Journal of Peace Research 62(4), 1223-1240", checked: true}
  atop: {cite: "UCDP/PRIO 25.1 with ATOP 5.1: Leeds, Ritter, Mitchell & Long (2002), International Interactions 28, 237-260", checked: true}
  icb: {cite: "International Crisis Behavior Project, crisis level, version 13: Brecher & Wilkenfeld (2000), A Study of Crisis, University of Michigan Press; variable BREAK = 6", checked: true}
  frame: {cite: "frame.yaml of this folder", checked: true}
"""  # noqa: E501


def _page(counts: dict[str, int]) -> str:
    rows = [
        f'  {name}: {{text: "{ABOUT[name][0]}", unit: count, value: {value}.0, basis: estimated, '
        f'source: [{ABOUT[name][1]}], note: "python scripts/count_outer_frames.py DIR"}}'
        for name, value in counts.items()
    ]
    return HEAD + "\n".join(rows) + "\n" + TAIL


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
