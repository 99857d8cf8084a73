"""The page of definitions has every word that the code hangs a number on."""

import re

from pages import DOCS, anchors

from foedus.aftermath.bill import MAKERS
from foedus.engine.kernel import HOURS_TO_FALL, UNREST_PEOPLE, UNREST_SHARE
from foedus.engine.run import ARMS
from foedus.streets.calm import HOURS_QUIET, SHARE_OF_PEAK, SHARE_OF_URBAN
from foedus.terms import Basis, Permission, Reading, Tag

PAGE = DOCS / "definitions.md"
TEXT = " ".join(PAGE.read_text(encoding="utf-8").split())


def test_every_index_of_the_aftermath_has_a_heading():
    assert set(MAKERS) <= anchors(PAGE)


def test_every_number_of_an_index_stands_in_its_formula():
    from foedus.aftermath import contagion, credibility, dependence, elite, opinion

    effects = {
        *contagion.EFFECTS,
        *credibility.EFFECTS,
        *dependence.EFFECTS,
        *elite.OFFICE,
        *elite.PURGE,
        contagion.USUAL,
        *opinion.EFFECTS_HOST,
        *opinion.EFFECTS_OWN,
    }
    missing = {name for name in effects if not re.search(rf"\b{name}\b", TEXT)}
    assert not missing


def test_every_arm_reading_permission_basis_and_tag_is_defined():
    for arm in ARMS:
        assert f"`{arm}`" in TEXT
    for word in (*Reading, *Permission, *Basis, *Tag):
        assert word.value in TEXT


def test_thresholds_on_the_page_are_those_of_the_code():
    assert f"at least {UNREST_PEOPLE} active people, and at least {100 * UNREST_SHARE:g} %" in TEXT
    assert f"for {HOURS_QUIET} hours, active people stay under {100 * SHARE_OF_PEAK:g} %" in TEXT
    assert f"under {100 * SHARE_OF_URBAN:g} % of the urban population" in TEXT
    assert f"for {HOURS_TO_FALL} hours on end" in TEXT
