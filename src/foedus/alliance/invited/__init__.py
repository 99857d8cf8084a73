"""Invited help: who is asked for troops in a crisis at home, who comes, and with how many."""

from foedus.alliance.decision import Chances
from foedus.alliance.invited.chances import chances_of, invited_chances
from foedus.alliance.invited.fitted import Fitted, fitted_for, read_fits
from foedus.alliance.invited.frame import Frame, Request, Row, read_frame
from foedus.alliance.invited.model import Estimate, declared_invited, fit
from foedus.alliance.invited.outlook import asking_shown, declared_outer, outlook
from foedus.alliance.invited.size import Sizes, sizes

__all__ = [
    "Chances",
    "Estimate",
    "Fitted",
    "Frame",
    "Request",
    "Row",
    "Sizes",
    "asking_shown",
    "chances_of",
    "declared_invited",
    "declared_outer",
    "fit",
    "fitted_for",
    "invited_chances",
    "outlook",
    "read_fits",
    "read_frame",
    "sizes",
]
