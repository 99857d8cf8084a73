"""Sites: lost when the crowd outweighs their defence for an hour, retaken likewise."""

from __future__ import annotations

from typing import Any

from numba import njit


@njit(cache=True, nogil=True, error_model="numpy")
def crowd_at_site(active: float, attention: float) -> float:
    """People of the city's crowd that press on a site."""
    return active * attention


@njit(cache=True, nogil=True, error_model="numpy")
def under_attack(crowd: float, guard: float, bearable: float) -> bool:
    """Whether the crowd outweighs what the guard alone could hold, before any support.

    ``bearable`` is the number of citizens that an officer can face.
    """
    return crowd > bearable * max(guard, 1.0)


@njit(cache=True, nogil=True, error_model="numpy")
def lost_next(lost: bool, crowd: float, guard: float, free: float, bearable: float, rule: Any) -> bool:
    """Whether a site is in the crowd's hands after this hour.

    A site that holds has its guard and a share of the city's free forces; one that is lost has the
    free forces alone, who must outweigh the crowd to retake it. (Definition of 'site lost'.)
    """
    defence = rule.support * free + (0.0 if lost else guard)
    return crowd > bearable * defence and crowd >= 1.0
