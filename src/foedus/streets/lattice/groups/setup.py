"""What a run of Epstein's Model II is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from foedus.errors import UserError
from foedus.streets.lattice.checks import (
    check_rule,
    check_shares,
    check_sides,
    check_visions,
    check_words,
    settle_kinds,
)
from foedus.streets.lattice.setup import Metric, Ratio
from foedus.streets.lattice.vision import METRICS

Freed = Literal["near", "anywhere"]
LONGEST = 2**16
_FREED = ("near", "anywhere")
_RATIOS = ("printed", "rounded", "floored")


@dataclass(frozen=True, slots=True)
class Groups:
    """Model II of Epstein (2002), PNAS 99 suppl. 3, 7243-7250: two groups and a police without sides.

    Attributes
    ----------
    height, width
        Sides of the torus. [sites]
    people, police
        Densities at the start. [share of sites]
    first_share
        Share of the people that is of the first group, placed exactly. [share]
    vision, police_vision
        How far people and officers see and move. [sites]
    legitimacy
        L: how far each group grants the other its right to be there, the same for all.
    threshold, arrest_constant, longest_term
        T, k and J_max [steps].
    ratio
        How officers and active people in view enter the chance of arrest; as in Model I.
    metric
        What "within vision" means. At 1.7 sites a straight line or rings of a square give the eight
        neighbours, steps along the grid four.
    clone_chance
        p: chance that one out of jail has a child in a step, where a neighbouring site is free.
    longest_life
        Ages at death are whole steps, uniform from 1 to this. [steps]
    freed
        Where those come back who leave jail: ``near``, to a free site in view of the arrest, or ``anywhere``,
        to any free site. The paper is not known to say; it matters, see docs/replications.md.

    Raises
    ------
    UserError
        A value that no lattice can have, in one line that says which and what to give.

    Notes
    -----
    One step: the freed come back to free sites; everybody once, in random order, moves to a free
    site in view and acts, where to be active is to kill one of the other group in view, drawn at random, if
    any is; an officer arrests one active in view; then all grow a step older and some die; then the living
    out of jail have children.

    As quoted of the paper: move and then act, each once a period, the killing, the clones that inherit
    group and hardship, uniform ages at death, arrests without sides. Assumptions: all are of age 0 at the
    start; "neighbouring" is the eight sites around; a child's risk aversion is drawn anew; the jailed leave
    the lattice, grow older and can die, have no children and cannot be killed; deaths come before births.
    """

    height: int = 40
    width: int = 40
    people: float = 0.70
    police: float = 0.0
    first_share: float = 0.5
    vision: float = 1.7
    police_vision: float = 1.7
    legitimacy: float = 0.8
    threshold: float = 0.1
    arrest_constant: float = 2.3
    longest_term: int = 15
    ratio: Ratio = "printed"
    metric: Metric = "euclid"
    clone_chance: float = 0.05
    longest_life: int = 200
    freed: Freed = "near"

    def __post_init__(self) -> None:
        settle_kinds(self)
        check_sides(self.height, self.width)
        shares = ("people", "police", "first_share", "legitimacy", "clone_chance")
        check_shares(self, shares, ("people", "police"))
        check_visions(self)
        check_rule(self)
        if not 0 <= self.longest_term < LONGEST:
            raise UserError(
                f"longest_term is {self.longest_term!r}; give whole steps from 0 to {LONGEST - 1}"
            )
        if not 1 <= self.longest_life < LONGEST:
            raise UserError(
                f"longest_life is {self.longest_life!r}; give whole steps from 1 to {LONGEST - 1}"
            )
        check_words(self, {"ratio": _RATIOS, "metric": tuple(METRICS), "freed": _FREED})


def coexistence(**changes: Any) -> Groups:
    """The paper's run 6: legitimacy 0.9 and no police."""
    rules: dict[str, Any] = {"legitimacy": 0.9}
    return Groups(**(rules | changes))


def cleansing(**changes: Any) -> Groups:
    """The paper's run 7: legitimacy 0.8 and no police; with ``police=0.04``, its run 8."""
    return Groups(**changes)
