"""The page of fitted decisions is what its script writes from the packaged results."""

import json

from pages import DOCS, ROOT, script

RESULTS = json.loads((ROOT / "src/foedus/alliance/obliged.json").read_text(encoding="utf-8"))


def test_the_page_is_up_to_date():
    written = (DOCS / "decisions.md").read_text(encoding="utf-8")
    made = script("make_decisions_page").filled_page(written, RESULTS)
    assert written == made, "run python docs/make_decisions_page.py"


def test_a_brier_score_and_its_skill_imply_a_base_rate():
    told = script("make_decisions_page").implied({"brier": 0.09, "brier_skill": 0.0})
    assert abs(told * (1 - told) - 0.09) < 1e-12
    assert told < 0.5


def test_the_diagram_is_drawn_for_both_sets(tmp_path):
    picture = tmp_path / "reliability.svg"
    script("make_decisions_page").draw(RESULTS["scores"], picture)
    text = picture.read_text(encoding="utf-8")
    assert "Wars: 63" in text
    assert "Disputes: 163" in text


def test_the_packaged_results_say_how_they_were_made_and_hold_no_path():
    assert RESULTS["command"].startswith("foedus fit decisions --data DIR")
    assert RESULTS["scores"]["about"]["held_out"] == {"disputes": [], "wars": []}
    assert all("/" not in one["file"] for one in RESULTS["scores"]["about"]["data"].values())
