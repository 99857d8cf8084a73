"""Sets of sites as 64-bit words: how many, and which is the n-th."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import extending, types

from foedus.chance.compiled import inlined

_intrinsic: Any = extending.intrinsic
_M1, _M2, _M4 = (np.uint64(m) for m in (0x5555555555555555, 0x3333333333333333, 0x0F0F0F0F0F0F0F0F))
_ONES, _TOPS, _BYTE = (np.uint64(m) for m in (0x0101010101010101, 0x8080808080808080, 0xFF))
_S1, _S2, _S4, _S8 = (np.uint64(n) for n in (1, 2, 4, 8))


@_intrinsic
def count_bits(typing_context: Any, word: Any) -> Any:
    """How many bits of a word are set."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.int64(types.uint64), generate


@_intrinsic
def first_bit(typing_context: Any, word: Any) -> Any:
    """Place of the lowest set bit; 64 where none is."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], context.get_constant(types.boolean, False))

    return types.uint64(types.uint64), generate


def _places_in_byte() -> Any:
    table = np.zeros((8, 256), np.uint8)
    for value in range(256):
        for n, place in enumerate(place for place in range(8) if value >> place & 1):
            table[n, value] = place
    return table


_IN_BYTE = _places_in_byte()


@inlined
def nth_bit(word: Any, n: Any) -> Any:
    """Place of the n-th set bit, n from 0 and below the number of set bits.

    Byte sums by multiplication find the byte, a table the bit (Vigna 2008, broadword implementation of
    rank/select queries, algorithm 2).
    """
    sums = word - ((word >> _S1) & _M1)
    sums = (sums & _M2) + ((sums >> _S2) & _M2)
    sums = ((sums + (sums >> _S4)) & _M4) * _ONES
    n = np.uint64(n)
    before = ((n * _ONES | _TOPS) - sums) & _TOPS
    shift = np.uint64(count_bits(before)) * _S8
    rest = n - (((sums << _S8) >> shift) & _BYTE)
    return shift + np.uint64(_IN_BYTE[rest, (word >> shift) & _BYTE])
