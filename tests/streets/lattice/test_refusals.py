"""What no lattice can be, do or be given is told in one line."""

from random import random as chance

import numpy as np
import pytest

from foedus.errors import UserError
from foedus.streets import lattice


def test_a_rule_that_does_not_compile_is_told_in_one_line():
    with pytest.raises(UserError, match="does not compile as a rule") as told:
        lattice.Lattice(willing=lambda hardship: str(hardship))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"height": 2}, "height is 2"),
        ({"citizens": 1.2}, "citizens is 1.2"),
        ({"citizens": 0.8, "police": 0.3}, "fill 1.1"),
        ({"vision": 20.0}, "nobody sees a site twice"),
        ({"ratio": "cut"}, "printed, rounded, floored"),
        ({"longest_term": 70_000}, "0 to 65535"),
        ({"longest_term": 3.5}, "longest_term is 3.5; give a whole number"),
        ({"height": True}, "height is True; give a whole number"),
        ({"legitimacy": "high"}, "legitimacy is 'high'; give a number"),
        ({"mobile": "no"}, "mobile is 'no'; give True or False"),
        ({"height": 32_000, "width": 32_000, "vision": 400}, "32700 at most"),
    ],
)
def test_a_set_up_that_no_lattice_can_have_is_told_in_one_line(changes, said):
    with pytest.raises(UserError, match=said) as told:
        lattice.Epstein(**changes)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"seed": -1}, "seed is -1; give a whole number, 0 or more"),
        ({"seed": 1.5}, "seed is 1.5"),
        ({"run": -1}, "run is -1"),
        ({"tile": 0}, "tile is 0; give a whole number, 8 or more"),
        ({"tile": 8.5}, "tile is 8.5"),
        ({"threads": 0}, "threads is 0"),
        ({"threads": 1.5}, "threads is 1.5"),
        ({"seed": True}, "seed is True"),
        ({"setup": "mesa"}, "give an Epstein"),
        ({"setup": lattice.mesa}, "give an Epstein"),
        ({"willing": "x"}, "give a function"),
    ],
)
def test_luck_and_cutting_that_cannot_be_are_told_in_one_line(how, said):
    with pytest.raises(UserError, match=said):
        lattice.Lattice(**how)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"legitimacy": [0.8, 0.7]}, "one for each of the 3 steps"),
        ({"legitimacy": [0.8, float("nan"), 0.8]}, "from 0 to 1"),
        ({"legitimacy": 1.5}, "from 0 to 1"),
        ({"police": [4]}, "one number for each of the 3 steps"),
        ({"legitimacy": "high"}, "legitimacy is 'high'"),
        ({"police": 5}, "one number for each of the 3 steps"),
        ({"police": [64, 64, 4000]}, "do not fit"),
        ({"police": [1.5, 2.0, 3.0]}, "police is 1.5; give a whole number"),
    ],
)
def test_a_series_that_cannot_be_run_is_told_in_one_line(how, said):
    world = lattice.Lattice(lattice.as_printed(), seed=1)
    with pytest.raises(UserError, match=said):
        world.run(3, **how)


@pytest.mark.parametrize("steps", [2.5, "a", True, -1])
def test_steps_that_are_no_number_of_steps_are_told(steps):
    with pytest.raises(UserError, match=r"steps is .*; give a whole number, 0 or more"):
        lattice.Lattice().run(steps)


def raising(hardship, risk_aversion, legitimacy, threshold, police, active):
    if active > 1:
        raise ValueError("too many")
    return hardship > 0.5


def drawing(hardship, risk_aversion, legitimacy, threshold, police, active):
    return np.random.random() < hardship


def drawing_by_another_name(hardship, risk_aversion, legitimacy, threshold, police, active):
    return chance() < hardship


@pytest.mark.parametrize(
    ("rule", "said"),
    [(raising, "can raise"), (drawing, "draws by chance"), (drawing_by_another_name, "draws by chance")],
)
def test_a_rule_that_raises_or_draws_is_refused(rule, said):
    with pytest.raises(UserError, match=f"{rule.__name__} {said}"):
        lattice.Lattice(willing=rule)


def test_a_lattice_that_no_memory_holds_is_refused_before_anything_is_made(monkeypatch):
    monkeypatch.setattr("foedus.memory.memory_of_machine", lambda: 10_000)
    with pytest.raises(UserError, match=r"40 x 40 sites take .* of memory .*; give smaller sides"):
        lattice.Lattice()


@pytest.mark.parametrize("willing", [lambda h, r, level, threshold, police, active: h * 0.3])
def test_a_rule_that_gives_a_number_is_refused(willing):
    with pytest.raises(UserError, match="True or False"):
        lattice.Lattice(willing=willing)
