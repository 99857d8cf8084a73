"""Films as files: an animation, a directory of frames, a strip."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from foedus.errors import OutputError
from foedus.report.charts import standalone
from foedus.report.lattice.film import Film, Shot
from foedus.report.lattice.frame import frame_scenes
from foedus.report.lattice.raster import paint
from foedus.report.lattice.strip import strip_scene
from foedus.report.lattice.svg import as_inline_svg
from foedus.version import __version__

ANIMATIONS = (".gif", ".mp4")
STRIPS = (".png", ".svg")
FFMPEG = "ffmpeg"
DPI = 64
"""Px an inch of the figure that hands frames on: a power of 2, so that inches give back the very px."""
LAST_HELD = 10
"""The last frame of a GIF stays so many times longer, for a GIF begins again at once."""
Told = Callable[[int], None]


def check_animation(path: Path) -> None:
    """Check before the run that an animation of this name can be made here.

    Raises
    ------
    OutputError
        The name ends in neither .gif nor .mp4, or .mp4 is asked for where there is no ffmpeg.
    """
    if path.suffix not in ANIMATIONS:
        raise OutputError(f"{path}: is neither .gif nor .mp4; give a name that ends in one of them")
    if path.suffix == ".mp4" and shutil.which(FFMPEG) is None:
        raise OutputError(f"{path}: MP4 needs ffmpeg, which is not installed here; install it, or give .gif")


def check_strip(path: Path) -> None:
    """Check that a strip's name ends in .png or .svg; OutputError where not."""
    if path.suffix not in STRIPS:
        raise OutputError(f"{path}: is neither .png nor .svg; give a name that ends in one of them")


def write_animation(film: Film, path: Path, *, frames_a_second: int, tell: Told | None = None) -> None:
    """Write all shots as an animated GIF or, through matplotlib and ffmpeg, as MP4.

    The same film gives the same GIF, byte for byte; of MP4 only the pixels before compression are promised.

    Raises
    ------
    OutputError
        ffmpeg failed.
    """
    images = _painted(film, tell)
    if path.suffix == ".gif":
        _write_gif(images, film, path, frames_a_second)
    else:
        _write_mp4(images, path, frames_a_second)


def write_frames(film: Film, directory: Path, tell: Told | None = None) -> None:
    """Write each shot as ``frame-0000.png`` and so on, in colours of the same palette."""
    for number, image in enumerate(_painted(film, tell)):
        image.save(directory / f"frame-{number:04d}.png", pnginfo=_png_text(film))


def write_strip(film: Film, shots: Sequence[Shot], path: Path) -> None:
    """Write a strip of these shots: PNG on a light ground, or SVG that follows the reader's colours."""
    scene = strip_scene(film, shots)
    if path.suffix == ".png":
        paint(scene).save(path, pnginfo=_png_text(film))
    else:
        path.write_text(standalone(as_inline_svg(scene, "lattice")) + "\n", encoding="utf-8")


def _made_of(film: Film) -> str:
    """What a picture says of itself inside the file, for when it has lost its caption."""
    return f"{film.title}; {film.note}; foedus {__version__}"


def _png_text(film: Film) -> PngInfo:
    told = PngInfo()
    told.add_itxt("Description", _made_of(film))
    return told


def _painted(film: Film, tell: Told | None) -> Iterator[Image.Image]:
    for number, scene in enumerate(frame_scenes(film), start=1):
        yield paint(scene)
        if tell is not None:
            tell(number)


def _write_gif(images: Iterator[Image.Image], film: Film, path: Path, frames_a_second: int) -> None:
    each = max(20, round(1000 / frames_a_second))
    first = next(images)
    first.save(
        path,
        format="GIF",
        save_all=True,
        append_images=images,
        duration=[each] * (len(film.shots) - 1) + [each * LAST_HELD],
        loop=0,
        optimize=False,
        comment=_made_of(film).encode(),
    )


def _write_mp4(images: Iterator[Image.Image], path: Path, frames_a_second: int) -> None:
    import subprocess

    from matplotlib import rc_context
    from matplotlib.animation import FFMpegWriter
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    first = next(images)
    figure = Figure(figsize=(first.width / DPI, first.height / DPI), dpi=DPI)
    FigureCanvasAgg(figure)
    shown = figure.figimage(_as_rgb(first))
    # Colours at full resolution (yuv444p) would be sharper, yet many players show 4:2:0 alone.
    writer = FFMpegWriter(fps=frames_a_second, codec="h264", extra_args=["-pix_fmt", "yuv420p", "-crf", "16"])
    try:
        with rc_context({"animation.ffmpeg_path": FFMPEG}), writer.saving(figure, str(path), DPI):
            for image in chain([first], images):
                shown.set_data(_as_rgb(image))
                writer.grab_frame()
    except (subprocess.CalledProcessError, BrokenPipeError) as wrong:
        # Ctrl-C reaches ffmpeg too; its complaint must not hide that the user stopped the work.
        if isinstance(wrong.__context__, KeyboardInterrupt):
            raise wrong.__context__ from None
        raise OutputError(f"MP4: ffmpeg failed: {_last_line(wrong)}; give .gif, or mend ffmpeg") from None


def _last_line(wrong: Exception) -> str:
    said = getattr(wrong, "stderr", None) or b"it ended early"
    lines = (said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)).strip().splitlines()
    return lines[-1]


def _as_rgb(image: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(image.convert("RGB"))
