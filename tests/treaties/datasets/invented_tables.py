"""Tiny invented tables in the published layouts."""

from __future__ import annotations

import csv

MEMBER = {
    **dict.fromkeys(("atopid", "member", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit"), 0),
    **dict.fromkeys(("phase", "asymm", "specthrt", "statthr1", "statthr2", "olimob", "conditio"), 0),
    **dict.fromkeys(("defense", "offense", "neutral", "nonagg", "consul"), 0),
    **dict.fromkeys(("defcon", "offcon", "neucon", "concon"), 0),
    **dict.fromkeys(("defcoadv", "defcoloc", "defcocon", "defconum", "defcodem", "defconpr"), 0),
    **dict.fromkeys(("offcoadv", "offcoloc", "offcocon", "offconum", "offcodem"), 0),
    **dict.fromkeys(("neucoadv", "neucoloc", "neucocon", "neuconum", "neucodem", "neuconpr", "neucoatt"), 0),
    **dict.fromkeys(("concoadv", "concoloc", "concocon", "concoreq"), 0),
    "version": "4.01",
}
COW_MEMBER = {
    "version4id": 1,
    "ccode": 2,
    "state_name": "Somewhere",
    "ss_type": "Type I: Defense Pact",
    "mem_st_day": 1,
    "mem_st_month": 1,
    "mem_st_year": 1900,
    "mem_end_day": "",
    "mem_end_month": "",
    "mem_end_year": "",
    "left_censor": 0,
    "right_censor": 1,
    "defense": 0,
    "neutrality": 0,
    "nonaggression": 0,
    "entente": 0,
    "version": 4.1,
}


def atop_row(alliance, member, since, until=(0, 0, 0), **columns):
    """A row of the member level; a date is (year, month, day), and () is unknown from there on."""
    padded = [(*date, "", "", "")[:3] for date in (since, until)]
    dates = dict(
        zip(("yrent", "moent", "dayent", "yrexit", "moexit", "dayexit"), sum(padded, ()), strict=True)
    )
    return {**MEMBER, "atopid": alliance, "member": member, **dates, **columns}


def write(path, rows, columns=None):
    """Write rows as a CSV; the columns are those of the first row."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns or list(rows[0]), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path
