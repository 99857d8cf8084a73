"""One turn of one agent in Model I: look and act, and move to a free site in view."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.chance.compiled import inlined
from foedus.chance.stream import STEP, high_below, low_below, mixed
from foedus.streets.lattice.rules import ACTIVE, JAILED, OCCUPIED, PENDING, POLICE, arrest_chance
from foedus.streets.lattice.torus import bit_at, flip, home, is_set, site_at, word_at
from foedus.streets.lattice.vision import nth_seen, seen_with


@inlined
def move(planes: Any, traits: Any, y: Any, x: Any, n: Any, officer: bool, torus: Any, sight: Any) -> Any:
    """Move an agent to the n-th free site in view; its traits and its state go with it."""
    to_y, to_x = nth_seen(planes, OCCUPIED, True, n, y, x, torus, sight)
    to_y, to_x = home(to_y, to_x, torus)
    flip(planes, OCCUPIED, y, x, torus)
    flip(planes, OCCUPIED, to_y, to_x, torus)
    if officer:
        flip(planes, POLICE, y, x, torus)
        flip(planes, POLICE, to_y, to_x, torus)
    else:
        if is_set(planes, ACTIVE, word_at(y, x, torus), bit_at(y, x)):
            flip(planes, ACTIVE, y, x, torus)
            flip(planes, ACTIVE, to_y, to_x, torus)
        here, there = site_at(y, x, torus), site_at(to_y, to_x, torus)
        traits[there, 0] = traits[here, 0]
        traits[there, 1] = traits[here, 1]
    return to_y, to_x


@inlined
def free_in_view(planes: Any, y: Any, x: Any, sites: Any, torus: Any, sight: Any) -> Any:
    """How many of the ``sites`` in view nobody occupies."""
    return sites - seen_with(planes, OCCUPIED, word_at(y, x, torus), bit_at(y, x), sight)


@inlined
def decide(
    planes: Any, traits: Any, y: Any, x: Any, torus: Any, sight: Any, legitimacy: float, rules: Any,
    chances: Any, own: Any,
) -> None:  # fmt: skip
    """Rule A: be active if grievance less net risk exceeds the threshold, quiet if not."""
    word, bit = word_at(y, x, torus), bit_at(y, x)
    police = seen_with(planes, POLICE, word, bit, sight)
    active = seen_with(planes, ACTIVE, word, bit, sight) + 1
    site = word * np.uint64(64) + bit
    hardship = np.float64(traits[site, 0])
    aversion = np.float64(traits[site, 1])
    if rules.own:
        willing = own(hardship, aversion, legitimacy, rules.threshold, police, active)
    else:
        if chances.shape[0] > 0:
            risk = chances[np.uint64(police), np.uint64(active)]
        else:
            risk = arrest_chance(police, active, rules.arrest_constant, rules.ratio)
        willing = hardship * (1.0 - legitimacy) - aversion * risk > rules.threshold
    if willing != is_set(planes, ACTIVE, word, bit):
        flip(planes, ACTIVE, y, x, torus)


@inlined
def arrest(
    planes: Any, traits: Any, term: Any, cells: Any, y: Any, x: Any, bits: Any, torus: Any, sight: Any,
    rules: Any,
) -> bool:  # fmt: skip
    """Rule C: arrest one active citizen in view, drawn at random; whether there was one.

    The term is a whole number of steps from 0 to J_max, both included.
    """
    active = seen_with(planes, ACTIVE, word_at(y, x, torus), bit_at(y, x), sight)
    if active == 0:
        return False
    at_y, at_x = nth_seen(planes, ACTIVE, False, low_below(bits, active), y, x, torus, sight)
    at_y, at_x = home(at_y, at_x, torus)
    steps = high_below(bits, rules.longest_term + 1)
    site = site_at(at_y, at_x, torus)
    flip(planes, ACTIVE, at_y, at_x, torus)
    if rules.keep_site:
        flip(planes, JAILED, at_y, at_x, torus)
        term[site] = steps
    else:
        flip(planes, OCCUPIED, at_y, at_x, torus)
        planes[word_at(at_y, at_x, torus), PENDING] &= ~(np.uint64(1) << bit_at(at_y, at_x))
        inmate = np.int64(cells[0, 0]) + 1
        cells[inmate, 0] = traits[site, 0]
        cells[inmate, 1] = traits[site, 1]
        cells[inmate, 2] = steps
        cells[0, 0] = inmate
    return True


@inlined
def in_jail(planes: Any, term: Any, y: Any, x: Any, torus: Any) -> bool:
    """Whether an agent spends its turn in jail; a term that has run out ends here."""
    word, bit = word_at(y, x, torus), bit_at(y, x)
    if not is_set(planes, JAILED, word, bit):
        return False
    site = word * np.uint64(64) + bit
    if term[site] > 0:
        term[site] -= 1
        return True
    flip(planes, JAILED, y, x, torus)
    return False


@inlined
def take_turn(
    planes: Any, traits: Any, term: Any, cells: Any, y: Any, x: Any, bits: Any, stream: Any, torus: Any,
    citizen: Any, officer: Any, legitimacy: float, rules: Any, chances: Any, own: Any,
) -> Any:  # fmt: skip
    """One agent's turn. Returns where the stream of draws stands, and whether somebody was arrested."""
    if in_jail(planes, term, y, x, torus):
        return stream, False
    arrested = False
    if is_set(planes, POLICE, word_at(y, x, torus), bit_at(y, x)):
        stream += STEP
        more = mixed(stream)
        free = free_in_view(planes, y, x, rules.police_sites, torus, officer) if rules.mobile else 0
        if rules.move_first and free > 0:
            y, x = move(planes, traits, y, x, high_below(bits, free), True, torus, officer)
        arrested = arrest(planes, traits, term, cells, y, x, more, torus, officer, rules)
        if not rules.move_first and free > 0:
            move(planes, traits, y, x, high_below(bits, free), True, torus, officer)
    else:
        free = free_in_view(planes, y, x, rules.citizen_sites, torus, citizen) if rules.mobile else 0
        if rules.move_first and free > 0:
            y, x = move(planes, traits, y, x, high_below(bits, free), False, torus, citizen)
        decide(planes, traits, y, x, torus, citizen, legitimacy, rules, chances, own)
        if not rules.move_first and free > 0:
            move(planes, traits, y, x, high_below(bits, free), False, torus, citizen)
    return stream, arrested
