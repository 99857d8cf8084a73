"""The torus: sites in blocks of 8 x 8, one 64-bit word for each block and property.

Round the lattice lies a margin that repeats the opposite edge, at least as wide as anyone sees, so that
looking never wraps; whoever changes a site near an edge changes its images too. Rows and columns are
counted with the margin: the lattice begins at ``pad``.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.chance.compiled import inlined

BLOCK = 8


class Torus(NamedTuple):
    """Shape of a lattice with its margin. [sites, but ``stride`` and ``words`` in blocks]"""

    height: int
    width: int
    pad: int
    stride: int
    words: int


def torus_of(height: int, width: int, sight: int) -> Torus:
    """A torus whose margin is at least ``sight`` sites wide."""
    pad = max(-(-sight // BLOCK), 1) * BLOCK
    rows = -(-(height + 2 * pad) // BLOCK)
    stride = -(-(width + 2 * pad) // BLOCK)
    return Torus(height, width, pad, stride, rows * stride)


@inlined
def word_at(y: Any, x: Any, torus: Any) -> Any:
    """The word of the block that holds row y, column x."""
    return np.uint64((y >> 3) * torus.stride + (x >> 3))


@inlined
def bit_at(y: Any, x: Any) -> Any:
    """The place in its word."""
    return np.uint64((y & 7) * 8 + (x & 7))


@inlined
def site_at(y: Any, x: Any, torus: Any) -> Any:
    """The index of a site in arrays that hold one value a site."""
    return word_at(y, x, torus) * np.uint64(64) + bit_at(y, x)


@inlined
def home(y: Any, x: Any, torus: Any) -> Any:
    """The row and column inside the lattice of which a site of the margin is an image."""
    if y < torus.pad:
        y += torus.height
    elif y >= torus.pad + torus.height:
        y -= torus.height
    if x < torus.pad:
        x += torus.width
    elif x >= torus.pad + torus.width:
        x -= torus.width
    return y, x


@inlined
def flip(planes: Any, plane: Any, y: Any, x: Any, torus: Any) -> None:
    """Change one property of a site of the lattice, and of its images in the margin."""
    one = np.uint64(1)
    planes[word_at(y, x, torus), plane] ^= one << bit_at(y, x)
    pad, height, width = torus.pad, torus.height, torus.width
    if y >= 2 * pad and y < height and x >= 2 * pad and x < width:
        return
    for oy in range(-1, 2):
        image_y = y + oy * height
        if image_y < 0 or image_y >= height + 2 * pad:
            continue
        for ox in range(-1, 2):
            image_x = x + ox * width
            if (oy != 0 or ox != 0) and image_x >= 0 and image_x < width + 2 * pad:
                planes[word_at(image_y, image_x, torus), plane] ^= one << bit_at(image_y, image_x)


@inlined
def is_set(planes: Any, plane: Any, word: Any, bit: Any) -> Any:
    """Whether a site has a property."""
    return (planes[word, plane] >> bit) & np.uint64(1) != np.uint64(0)


@inlined
def _plane(planes: Any, plane: int, torus: Torus, out: Any) -> None:
    for y in range(torus.height):
        for x in range(torus.width):
            py, px = y + torus.pad, x + torus.pad
            out[y, x] = is_set(planes, plane, word_at(py, px, torus), bit_at(py, px))


def as_grid(planes: NDArray[np.uint64], plane: int, torus: Torus) -> NDArray[np.bool_]:
    """One property of all sites as a grid (row, column)."""
    out = np.zeros((torus.height, torus.width), np.bool_)
    _plane(planes, plane, torus, out)
    return out


def site_grid(torus: Torus) -> NDArray[np.int64]:
    """The index of each site (row, column) in arrays that hold one value a site."""
    y = np.arange(torus.height)[:, None] + torus.pad
    x = np.arange(torus.width)[None, :] + torus.pad
    return np.asarray(((y >> 3) * torus.stride + (x >> 3)) * 64 + (y & 7) * 8 + (x & 7))
