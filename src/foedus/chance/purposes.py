"""What a draw inside a kernel is for. A purpose is part of the key, so no two uses share luck."""

from __future__ import annotations

from foedus.chance.luck import entity_id

STREET = entity_id("street: joining, going home, arrested, killed")
HARM = entity_id("street: hurt, forces killed, forces hurt, rested")
LATTICE_PLACES = entity_id("lattice: who stands where at the start")
LATTICE_TURNS = entity_id("lattice: order of turns, moves, arrests, terms")
GROUPS_PLACES = entity_id("two groups on a lattice: who stands where at the start")
GROUPS_TURNS = entity_id("two groups on a lattice: order of turns, moves, killings, arrests, terms")
GROUPS_LIVES = entity_id("two groups on a lattice: births, traits and length of life")
LATTICE_OFFICERS = entity_id("lattice: whether a part of an officer counts")
