"""Pictures of a lattice: frames, animations and strips, of Epstein's model or of a case."""

from foedus.report.lattice.film import Film, Shot, film_of
from foedus.report.lattice.frame import frame_scenes
from foedus.report.lattice.raster import paint
from foedus.report.lattice.sources import case_film, epstein_film
from foedus.report.lattice.strip import at_hours, check_hours, pick, strip_scene, strip_svg
from foedus.report.lattice.writing import (
    check_animation,
    check_strip,
    write_animation,
    write_frames,
    write_strip,
)

__all__ = [
    "Film",
    "Shot",
    "at_hours",
    "case_film",
    "check_animation",
    "check_hours",
    "check_strip",
    "epstein_film",
    "film_of",
    "frame_scenes",
    "paint",
    "pick",
    "strip_scene",
    "strip_svg",
    "write_animation",
    "write_frames",
    "write_strip",
]
