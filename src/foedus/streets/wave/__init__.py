"""A riot wave of few parameters, after Bonnasse-Gahot et al. (2018): a rival to the crowd model."""

from foedus.streets.wave.model import FORMS, Shock, Wave, WaveCourse, declared_wave, distances_km, run_wave

__all__ = ["FORMS", "Shock", "Wave", "WaveCourse", "declared_wave", "distances_km", "run_wave"]
