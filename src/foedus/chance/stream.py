"""Streams: many draws in a row from one key, where a keyed block for every draw would cost too much.

A stream is the sequence of SplitMix64 (Steele, Lea & Flood 2014, OOPSLA '14, fast splittable pseudorandom
number generators) from a start that is itself keyed by (seed, run, tick, purpose, entity). What is drawn
therefore hangs on the key and on the place in the stream, never on threads.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_S27, _S30, _S31, _S32, _S40 = (np.uint64(n) for n in (27, 30, 31, 32, 40))
_LOW = np.uint64(0xFFFFFFFF)
_WORD24 = np.float32(2.0**-24)


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def mixed(z: Any) -> Any:
    """Scramble 64 bits: the output function of SplitMix64."""
    z = (z ^ (z >> _S30)) * _FIRST
    z = (z ^ (z >> _S27)) * _SECOND
    return z ^ (z >> _S31)


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def keyed(key: Any, place: Any) -> Any:
    """64 bits for one place under a key: draw number ``place`` of the stream that starts at ``key``."""
    return mixed(key + (np.uint64(place) + np.uint64(1)) * STEP)


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def low_below(bits: Any, count: Any) -> Any:
    """A whole number from 0 to count - 1 by the low half of 64 bits (count below 2**32).

    Multiply and shift (Lemire 2019, ACM TOMACS 29(1)), without its rejection: the bias is under
    ``count / 2**32``.
    """
    return ((bits & _LOW) * np.uint64(count)) >> _S32


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def high_below(bits: Any, count: Any) -> Any:
    """The same by the high half."""
    return ((bits >> _S32) * np.uint64(count)) >> _S32


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def unit_single(bits: Any) -> Any:
    """A number on [0, 1) in single precision, by the top 24 bits."""
    return np.float32(bits >> _S40) * _WORD24
