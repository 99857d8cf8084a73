"""What follows in law from an attack, or from one event after the other: who is bound, where a chain ends."""

from foedus.treaties.cascade.chain import Chain, chain
from foedus.treaties.cascade.course import Course, EventAnswer, course
from foedus.treaties.cascade.duties import Conditional, Duty, Unbound
from foedus.treaties.cascade.events import DatedEvent, events_in
from foedus.treaties.cascade.world import Attack, World

__all__ = [
    "Attack",
    "Chain",
    "Conditional",
    "Course",
    "DatedEvent",
    "Duty",
    "EventAnswer",
    "Unbound",
    "World",
    "chain",
    "course",
    "events_in",
]
