"""An invented record of wars and disputes, in the published layouts, small enough to be known by heart.

Two states open and meet wars: 365 against 300. 300 is promised defence by 200, 220 and 255, all but 220 by a
treaty against 365 alone. Of them 255 touches 365 and comes each time, 200 comes once, 220 never.
"""

from __future__ import annotations

import csv

OPENER, ATTACKED = 365, 300
NEIGHBOUR, FAR, IDLE = 255, 200, 220
STATES = (2, FAR, IDLE, NEIGHBOUR, ATTACKED, 325, OPENER)
STATA = "berkemeier_fuhrmann_2018"
WARS = {10 + k: 1820 + 12 * k for k in range(12)}
DISPUTES = {100 + k: 1823 + 6 * k for k in range(24)} | {10: 1990}

_MEMBER = {
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


def pact(ally, of, years, **kinds):
    """Directed dyad-years of a promise."""
    flags = {f"atop_{kind}": int(kind in kinds) for kind in ("defense", "offense", "neutral", "consul")}
    return [{"ccode1": ally, "ccode2": of, "year": year, **flags} for year in years]


def treaty(number, members, since, **columns):
    """An alliance at member level, in force to the end of the coding."""
    return [
        {**_MEMBER, "atopid": number, "member": member, "yrent": since, "moent": 1, "dayent": 1, **columns}
        for member in members
    ]


def against(adversary):
    """Defence against one adversary alone."""
    return {"defense": 1, "defcon": 1, "defcoadv": 1, "specthrt": 1, "statthr1": adversary}


def fought(war, year, side1, side2):
    """Directed dyad-years of a war; the first of side 1 opened it."""
    rows = []
    for ours, theirs, side in ((side1, side2, 1), (side2, side1, 2)):
        for a in ours:
            for b in theirs:
                rows.append(
                    {
                        "warnum": war, "ccode1": a, "ccode2": b, "year": year, "sidea1": side,
                        "initiator1": int(a == side1[0]), "initiator2": int(b == side1[0]),
                    }
                )  # fmt: skip
    return rows


def took_part(dispute, year, state, side, hiact=17, orig=1):
    return {
        "dispnum": dispute, "ccode": state, "styear": year, "stmon": 6, "stday": 15, "sidea": side,
        "hiact": hiact, "orig": orig,
    }  # fmt: skip


def tables():
    """Every table as a list of rows, by name."""
    whole = range(1816, 2003)
    wars, onsets = [], []
    for war, year in WARS.items():
        helpers = [NEIGHBOUR] + ([FAR] if war == 10 else [])
        wars += fought(war, year, [OPENER], [ATTACKED, *helpers])
        onsets.append(
            {
                "warnum": war,
                "onset": f"{year}-05",
                "initiator": OPENER,
                "target": ATTACKED,
            }
        )
    parts, disputes = [], []
    for k, (dispute, year) in enumerate(DISPUTES.items()):
        parts += [took_part(dispute, year, OPENER, 1), took_part(dispute, year, ATTACKED, 0)]
        if k % 2:
            parts.append(took_part(dispute, year, NEIGHBOUR, 0, orig=0))
        disputes.append({"dispnum": dispute, "styear": year, "stmon": 6, "hostlev": 4})
    return {
        "atop_alliance": [
            *pact(NEIGHBOUR, ATTACKED, whole, defense=1), *pact(FAR, ATTACKED, whole, defense=1),
            *pact(IDLE, ATTACKED, whole, defense=1), *pact(2, OPENER, whole, defense=1),
        ],
        "cow_war_inter": wars,
        "cow_war_onsets": onsets,
        "same_year_pacts": [
            {"warnum": 10, "role": "target", "principal": ATTACKED, "ally": 325, "began": "1820-02",
             "defense": 1, "offense": 0, "neutral": 0, "consul": 0}
        ],
        "cow_states": [{"ccode": state, "styear": 1816, "endyear": 2016} for state in STATES],
        "cow_nmc": [
            {"ccode": state, "year": year, "cinc": 0.01 * (1 + place)}
            for place, state in enumerate(STATES) for year in whole
        ],
        "cow_contdir": [
            {"ccode1": a, "ccode2": b, "conttype": 1, "stdate": "1816-01-01", "enddate": "2016-12-01"}
            for a, b in ((NEIGHBOUR, OPENER), (OPENER, NEIGHBOUR))
        ],
        "gml_part": parts,
        "gml_mid_disps": disputes,
        "ucdp_acd": [
            {"conflict_id": 1 + k, "year": 1950 + k, "gwno_a": ATTACKED, "gwno_a_2nd": IDLE if k == 3 else "",
             "type_of_conflict": "intrastate", "start_date2": f"{1950 + k}-01-01"}
            for k in range(10)
        ],
        "atop4_01_member_level": [
            *treaty(1, (NEIGHBOUR, ATTACKED), 1815, **against(OPENER)),
            *treaty(2, (FAR, ATTACKED), 1815, **against(2)),
            *treaty(3, (IDLE, ATTACKED), 1815, defense=1),
            *treaty(4, (2, OPENER), 1815, defense=1),
        ],
        "berkemeier_fuhrmann_2018": [
            {"atopid": alliance, "warid": war, "cowwarid": war, "warname": "Invented",
             "honorBF": float(alliance == 1), "violateBF": float(alliance != 1), "cfnaBF": 0.0}
            for war in list(WARS)[:8] for alliance in (1, 3)
        ],
    }  # fmt: skip


def write(path, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def write_record(folder, **other):
    """Write every table as it is published; ``other`` takes the place of tables by name."""
    import pandas as pd

    for name, rows in (tables() | other).items():
        if name == STATA:
            pd.DataFrame(rows).to_stata(folder / f"{name}.dta", write_index=False)
        else:
            write(folder / f"{name}.csv", rows)


def write_wider(folder):
    """The tables of the wider model: capitals on the equator, one civil war, one major power, two regimes."""
    write(folder / "cow_majors.csv", [{"ccode": OPENER, "styear": 1816, "endyear": 1900}])
    write(
        folder / "cow_capitals.csv",
        [
            {"ccode": state, "stdate": "1816-01-01", "enddate": "2024-12-31", "lat": 0.0, "lng": 10.0 * place}
            for place, state in enumerate(STATES)
        ],
    )
    write(
        folder / "cw_democracy.csv",
        [
            {"ccode": state, "year": year, "aeuds": 1.0 if state in (FAR, ATTACKED) else -1.0}
            for state in STATES for year in range(1816, 2003)
        ],
    )  # fmt: skip
    write(
        folder / "cow_war_intra.csv",
        [{"warnum": 500, "year": year, "ccodea": IDLE, "ccodeb": -8} for year in (1830, 1831, 1832, 1844)],
    )
