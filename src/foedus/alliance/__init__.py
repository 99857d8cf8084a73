"""The alliance's answer: who comes, with what, when, and what it takes from elsewhere."""

from foedus.alliance.aircraft import landings_an_hour
from foedus.alliance.decision import Chances, decide
from foedus.alliance.disturbance import Disturbance, carried, disturb
from foedus.alliance.landings import Landings, landings
from foedus.alliance.obliged import chance_obliged, declared_obliged, outlook
from foedus.alliance.plan import Plan, declared_plan, lift_bound, plan_forces
from foedus.alliance.programme import GIVES_FIRST, PLEDGES_STAND, Shortfall
from foedus.alliance.record import Outlook, chance_of_activation
from foedus.alliance.sorties import Sorties
from foedus.alliance.theatre import RequestCurve, TheatreLoad, largest_request, theatre_loads

__all__ = [
    "GIVES_FIRST",
    "PLEDGES_STAND",
    "Chances",
    "Disturbance",
    "Landings",
    "Outlook",
    "Plan",
    "RequestCurve",
    "Shortfall",
    "Sorties",
    "TheatreLoad",
    "carried",
    "chance_obliged",
    "chance_of_activation",
    "decide",
    "declared_obliged",
    "declared_plan",
    "disturb",
    "landings",
    "landings_an_hour",
    "largest_request",
    "lift_bound",
    "outlook",
    "plan_forces",
    "theatre_loads",
]
