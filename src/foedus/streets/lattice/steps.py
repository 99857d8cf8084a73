"""Parts of a step of Model I: a tile's turns, recounts, random sites, releases from jail."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.chance.compiled import lent
from foedus.chance.stream import STEP, high_below, low_below, mixed
from foedus.streets.lattice.bits import count_bits
from foedus.streets.lattice.order import gather, inside
from foedus.streets.lattice.rules import OCCUPIED, PENDING
from foedus.streets.lattice.torus import bit_at, flip, is_set, site_at, word_at
from foedus.streets.lattice.turns import take_turn

_FULL = 64


@lent
def _warm(traits: Any, term: Any, listed: Any, count: int, torus: Any) -> Any:
    """Read what a tile will need once through, in order: else every turn waits for memory by itself."""
    read = np.float32(0)
    before = np.uint64(0)
    for i in range(count):
        agent = np.int64(listed[np.uint64(i)])
        y, x = agent >> 16, agent & 0xFFFF
        word = word_at(y, x, torus)
        if word == before:
            continue
        before = word
        first = word * np.uint64(_FULL)
        for line in range(8):
            read += traits[first + np.uint64(line * 8), 0]
        read += np.float32(term[first]) + np.float32(term[first + np.uint64(32)])
    return read


@lent
def advance_tile(
    planes: Any, traits: Any, term: Any, cells: Any, top: int, bottom: int, left: int, right: int, turn: int,
    step_key: Any, tile_key: Any, listed: Any, torus: Any, citizen: Any, officer: Any, legitimacy: float,
    rules: Any, chances: Any, own: Any,
) -> Any:  # fmt: skip
    """Let the agents of a tile that act in this pass take their turns, in random order.

    Returns how many were arrested.
    """
    count = gather(planes, PENDING, top, bottom, left, right, torus, step_key, turn, listed)
    if _warm(traits, term, listed, count, torus) < 0.0:
        return 0
    stream = tile_key
    arrests = 0
    for i in range(count):
        stream += STEP
        bits = mixed(stream)
        drawn = np.uint64(i) + low_below(bits, count - i)
        agent = np.int64(listed[drawn])
        listed[drawn] = listed[np.uint64(i)]
        y, x = agent >> 16, agent & 0xFFFF
        word, bit = word_at(y, x, torus), bit_at(y, x)
        if not is_set(planes, PENDING, word, bit):
            continue
        planes[word, PENDING] &= ~(np.uint64(1) << bit)
        stream, arrested = take_turn(
            planes,
            traits,
            term,
            cells,
            y,
            x,
            bits,
            stream,
            torus,
            citizen,
            officer,
            legitimacy,
            rules,
            chances,
            own,
        )
        arrests += arrested
    return arrests


@lent
def everyone_pending(planes: Any, torus: Any) -> None:
    """Let everybody on the lattice have a turn to come."""
    blocks = torus.pad >> 3
    for row in range((torus.height + 7) >> 3):
        for column in range((torus.width + 7) >> 3):
            word = np.uint64((row + blocks) * torus.stride + column + blocks)
            planes[word, PENDING] = planes[word, OCCUPIED] & inside(row, column, torus)


@lent
def count_inside(planes: Any, plane: int, torus: Any) -> int:
    """How many sites of the lattice have a property, images not counted."""
    count = 0
    blocks = torus.pad >> 3
    for row in range((torus.height + 7) >> 3):
        for column in range((torus.width + 7) >> 3):
            word = np.uint64((row + blocks) * torus.stride + column + blocks)
            count += count_bits(planes[word, plane] & inside(row, column, torus))
    return count


@lent
def random_site(planes: Any, occupied: bool, stream: Any, torus: Any) -> Any:
    """Row and column of a site drawn at random among the occupied, or among the free; and the stream."""
    while True:
        stream += STEP
        bits = mixed(stream)
        y = np.int64(low_below(bits, torus.height)) + torus.pad
        x = np.int64(high_below(bits, torus.width)) + torus.pad
        if is_set(planes, OCCUPIED, word_at(y, x, torus), bit_at(y, x)) == occupied:
            return y, x, stream


@lent
def release(planes: Any, traits: Any, cells: Any, stream: Any, torus: Any) -> Any:
    """Bring those jailed off the lattice a step nearer to release; the freed come to random free sites."""
    kept = 0
    for inmate in range(1, np.int64(cells[0, 0]) + 1):
        if cells[inmate, 2] > 0:
            kept += 1
            cells[kept, 0], cells[kept, 1] = cells[inmate, 0], cells[inmate, 1]
            cells[kept, 2] = cells[inmate, 2] - 1
            continue
        y, x, stream = random_site(planes, False, stream, torus)
        flip(planes, OCCUPIED, y, x, torus)
        site = site_at(y, x, torus)
        traits[site, 0] = cells[inmate, 0]
        traits[site, 1] = cells[inmate, 1]
    cells[0, 0] = kept
    return stream
