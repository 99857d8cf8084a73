"""A scene in pixels of one fixed palette: a site is exactly its colour, and a GIF loses nothing."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from foedus.report.lattice.colours import NAMES, SQUARES, STRENGTHS, Colour, palette, place_of
from foedus.report.lattice.scene import Box, Curve, Mosaic, Scene, Text

Pixels = NDArray[np.uint8]
FINER = 4
"""Lines are drawn so many times larger and then reduced, for smooth edges."""


def paint(scene: Scene) -> Image.Image:
    """Paint a scene on a light ground; the same scene gives the same pixels."""
    pixels = np.zeros((scene.height, scene.width), np.uint8)
    for part in scene.parts:
        match part:
            case Text():
                _text(pixels, part)
            case Box():
                _box(pixels, part)
            case Curve():
                _curve(pixels, part)
            case Mosaic():
                _mosaic(pixels, part)
    image = Image.fromarray(pixels)
    image.putpalette(palette().tobytes())
    return image


def _mosaic(pixels: Pixels, part: Mosaic) -> None:
    places = np.array([place_of(colour) for colour in SQUARES], np.uint8)[part.squares]
    rows, columns = np.array(places.shape) * part.side
    pixels[part.y : part.y + rows, part.x : part.x + columns] = np.repeat(
        np.repeat(places, part.side, axis=0), part.side, axis=1
    )


def _box(pixels: Pixels, part: Box) -> None:
    down, across = part.y + part.height, part.x + part.width
    if part.edge is not None:
        pixels[part.y : down, part.x : across] = place_of(part.edge)
        pixels[part.y + 1 : down - 1, part.x + 1 : across - 1] = place_of(part.fill)
    else:
        pixels[part.y : down, part.x : across] = place_of(part.fill)


def _text(pixels: Pixels, part: Text) -> None:
    mask = _written(part.text, part.size, part.bold)
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[part.anchor]
    left = round(part.x - mask.shape[1] * shift)
    top = round(part.y) - _font(part.size, part.bold).getmetrics()[0]
    _cover(pixels, mask, left, top, part.colour)


def _curve(pixels: Pixels, part: Curve) -> None:
    if len(part.points) < 2:
        return
    points = np.asarray(part.points, float)
    room = int(np.ceil(part.width)) + 1
    left, top = np.floor(points.min(axis=0)).astype(int) - room
    right, bottom = np.ceil(points.max(axis=0)).astype(int) + room
    large = Image.new("L", ((right - left) * FINER, (bottom - top) * FINER))
    drawn = [(float(x - left) * FINER, float(y - top) * FINER) for x, y in points]
    ImageDraw.Draw(large).line(drawn, fill=255, width=max(1, round(part.width * FINER)), joint="curve")
    _cover(pixels, np.asarray(large.reduce(FINER)), int(left), int(top), part.colour)


def _cover(pixels: Pixels, mask: Pixels, left: int, top: int, colour: Colour) -> None:
    """Lay a colour on by a mask of 0 to 255; faint edges give way to what is already there."""
    rows, columns = mask.shape
    y, x = max(top, 0), max(left, 0)
    under = pixels[y : max(top + rows, 0), x : max(left + columns, 0)]
    seen = mask[y - top :, x - left :][: under.shape[0], : under.shape[1]]
    eighths = (seen.astype(np.int64) * colour.eighths + 127) // 255
    laid = (eighths > 0) & ((under == 0) | (eighths * 2 > STRENGTHS))
    first = 1 + NAMES.index(colour.name) * STRENGTHS
    under[laid] = (first + eighths[laid] - 1).astype(np.uint8)


@lru_cache(maxsize=16)
def _font(size: float, bold: bool) -> ImageFont.FreeTypeFont:
    import matplotlib as mpl

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(
        Path(mpl.get_data_path()) / "fonts" / "ttf" / name, size, layout_engine=ImageFont.Layout.BASIC
    )


@lru_cache(maxsize=1024)
def _written(text: str, size: float, bold: bool) -> Any:
    font = _font(size, bold)
    ascent, descent = font.getmetrics()
    image = Image.new("L", (max(1, round(font.getlength(text))), ascent + descent))
    ImageDraw.Draw(image).text((0, 0), text, fill=255, font=font)
    return np.asarray(image)


def text_width(text: str, size: float, *, bold: bool = False) -> int:
    """How wide a text is. [px]"""
    return round(_font(size, bold).getlength(text))
