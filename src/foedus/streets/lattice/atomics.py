"""Whole numbers that several threads read and write: compiled loads and stores that no compiler moves."""

from __future__ import annotations

from typing import Any

import numba

_numba: Any = numba
_BYTES = 8


def _place(context: Any, builder: Any, array_type: Any, array: Any, index: Any) -> Any:
    whole = _numba.np.arrayobj.make_array(array_type)(context, builder, array)
    return _numba.core.cgutils.get_item_pointer(
        context, builder, array_type, whole, [index], wraparound=False
    )


@_numba.extending.intrinsic
def load(typing: Any, array: Any, index: Any) -> Any:
    """Read a number (int64), and with it all that was written before it was stored."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array, index = arguments
        place = _place(context, builder, signature.args[0], array, index)
        return builder.load_atomic(place, "acquire", _BYTES)

    return _numba.int64(array, _numba.intp), generate


@_numba.extending.intrinsic
def store(typing: Any, array: Any, index: Any, number: Any) -> Any:
    """Write a number (int64), so that who loads it sees all that was written before."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array, index, number = arguments
        place = _place(context, builder, signature.args[0], array, index)
        builder.store_atomic(number, place, "release", _BYTES)
        return context.get_dummy_value()

    return _numba.void(array, _numba.intp, _numba.int64), generate


@_numba.extending.intrinsic
def add_one(typing: Any, array: Any, index: Any) -> Any:
    """Add one to a number (int64) and tell what it was: no two threads are told the same."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array, index = arguments
        place = _place(context, builder, signature.args[0], array, index)
        return builder.atomic_rmw("add", place, context.get_constant(_numba.int64, 1), "acq_rel")

    return _numba.int64(array, _numba.intp), generate
