"""What moves people in a city, one equation a function: news, legitimacy, rates, forces."""

from __future__ import annotations

from typing import Any, NamedTuple

from numba import njit

from foedus.chance.within import chance_within, tanh


@njit(cache=True, nogil=True, error_model="numpy")
def strong_news(news: float, rule: Any) -> float:
    """How strong the news of unrest is, from 0 (none) to 1. Assumption."""
    return tanh(news / rule.news_scale)


@njit(cache=True, nogil=True, error_model="numpy")
def city_legitimacy(
    usual: float, shock: float, conceded: float, news: float, dead: float, rule: Any
) -> float:
    """Legitimacy of the government in a city this hour, at most 1.

    Its usual level, less the shock (of which a concession gives part back), less outrage at strong news
    of unrest anywhere, less a backlash at killings in the city. The forms are assumptions.
    """
    left = shock * rule.shock_size * (1.0 - rule.concession_returns * conceded)
    backlash = rule.backlash * tanh(dead / rule.backlash_scale)
    return min(usual - left - rule.outrage * news - backlash, 1.0)


@njit(cache=True, nogil=True, error_model="numpy")
def lowest_legitimacy(usual: float, shock: float, rule: Any) -> float:
    """A level under which legitimacy never falls in a run; ``shock`` is the most that strikes the city."""
    foreign = max(rule.presence_backlash, 0.0) + max(rule.force_backlash, 0.0)
    return usual - shock * rule.shock_size - max(rule.outrage, 0.0) - max(rule.backlash, 0.0) - foreign


@njit(cache=True, nogil=True, error_model="numpy")
def joining_rate(active: float, news: float, blackout: float, night: bool, rule: Any) -> float:
    """Rate at which a willing citizen goes out. [1/h]

    A spark, the pull of the crowd near by, the pull of news, and the pull (or push) of a blackout that
    drives people out to learn what goes on (Hassanpour 2014: sign open). Forms are assumptions.
    """
    rate = (
        rule.spark
        + rule.join_near * active / (active + rule.crowd_half)
        + rule.join_news * news
        + rule.blackout_pulls * blackout
    )
    return max(rate, 0.0) * (rule.night_join if night else 1.0)


class Pace(NamedTuple):
    """Chances an hour that hang on the rule alone: going home by day and night, being ready again."""

    home_by_day: float
    home_by_night: float
    rested: float


@njit(cache=True, nogil=True, error_model="numpy")
def pace_of(rule: Any) -> Pace:
    """The pace of a run, worked out once."""
    return Pace(
        chance_within(rule.go_home),
        chance_within(rule.go_home * rule.night_home),
        chance_within(1.0 / rule.rest),
    )


@njit(cache=True, nogil=True, error_model="numpy")
def bearable(lethal: float, rule: Any) -> float:
    """Citizens that an officer can face before being overrun; more under an order to fire. Assumption."""
    return rule.overrun * (1.0 + rule.firepower * lethal)


@njit(cache=True, nogil=True, error_model="numpy")
def arrest_rate(active: float, police: float, rule: Any) -> float:
    """Rate at which an active citizen is arrested: by officers among all who are there. [1/h]"""
    return rule.arrest_rate * police / (active + police + 1.0)


@njit(cache=True, nogil=True, error_model="numpy")
def kill_rate(lethal: float, rule: Any) -> float:
    """Rate at which an active citizen is killed in full contact; higher under an order to fire. [1/h]"""
    return rule.kill_rate * (rule.kill_unordered + (1.0 - rule.kill_unordered) * lethal)


@njit(cache=True, nogil=True, error_model="numpy")
def danger(active: int, overrun: bool, rule: Any) -> float:
    """Local forces expected to be killed in an hour: by active people, fewer where forces hold."""
    return rule.kill_forces * active * (1.0 if overrun else rule.kill_forces_orderly)


@njit(cache=True, nogil=True, error_model="numpy")
def free_forces_next(
    free: float, full: float, overrun: bool, killed: int, loyalty: float, usual_loyalty: float, rule: Any
) -> float:
    """Local forces free for the street in the next hour. [people]

    Overrun forces give way (disarmed, fled, defected), the faster the lower their loyalty; a share of
    the gap to full strength is made good each hour, the slower the lower it is. Assumption.
    """
    doubt = (1.0 - loyalty) / max(1.0 - usual_loyalty, 0.05)
    after = free * (1.0 - min(rule.give_way * doubt, 1.0)) if overrun else free
    trust = loyalty / max(usual_loyalty, 0.05)
    return max(after + rule.rebuild * trust * (full - after) - killed, 0.0)
