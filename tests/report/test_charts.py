from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from study_double import StudyDouble

from foedus.report import charts
from foedus.report.charts.places import _overlap


def _drawn(study: StudyDouble) -> dict[str, str]:
    summary = study.summary()
    drawn = {chart.name: charts.course(study, chart, summary["observed"]) for chart in charts.COURSES}
    drawn["cities"] = charts.cities(summary["cities"])
    drawn["members"] = charts.members(summary, study.case) or ""
    drawn["twins"] = charts.twin_differences(summary["effect"], "deaths_civilian", "Twins", "people") or ""
    drawn["aftermath"] = charts.aftermath(summary["aftermath"]) or ""
    return drawn


@pytest.fixture(scope="module")
def drawn(study: StudyDouble) -> dict[str, str]:
    return _drawn(study)


def test_civilians_killed_is_the_first_chart() -> None:
    assert charts.COURSES[0].variables == ("killed_civilian",)


def test_every_chart_is_well_formed_and_says_itself_in_words(drawn: dict[str, str]) -> None:
    for name, svg in drawn.items():
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img", name
        description = root.find("desc")
        assert description is not None
        assert re.search(r"\d", description.text or ""), name


def test_text_stays_text_large_enough_for_a_narrow_screen(drawn: dict[str, str]) -> None:
    for svg in drawn.values():
        root = ElementTree.fromstring(svg)
        width = float((root.get("viewBox") or "").split()[2])
        sizes = [float(size) for size in re.findall(r"font: ([\d.]+)px", svg)]
        sizes += [float(size) for size in re.findall(r"font-size: ([\d.]+)px", svg)]
        assert sizes
        # At 380 px of width no letter is set smaller than 9 px.
        assert min(sizes) * 380 / width >= 9.0


def test_the_observed_is_drawn_fitted_and_held_out_apart(drawn: dict[str, str]) -> None:
    assert "reported, held out" in drawn["deaths-civilian"]
    assert "reported, fitted" in drawn["arrests"]
    assert "reported" not in drawn["active"].replace("Reported", "reported").split("</desc>")[1]


def test_no_date_and_no_random_id_in_a_chart(study: StudyDouble, drawn: dict[str, str]) -> None:
    assert _drawn(study) == drawn
    assert "dc:date" not in "".join(drawn.values())


def test_labels_of_cities_do_not_lie_on_one_another() -> None:
    rows = [
        {
            "city": f"Town {i}",
            "latitude": 45 + i % 9 * 0.3,
            "longitude": 60 + i // 9 * 0.3,
            "peak": {"median": i},
        }
        for i in range(81)
    ]
    root = ElementTree.fromstring(charts.cities(rows))
    boxes = []
    for text in root.iter("text"):
        if (text.text or "").startswith("Town"):
            found = re.search(r"translate\(([-\d.]+) ([-\d.]+)\)", text.get("transform") or "")
            x, y = map(float, found.groups()) if found else (float(text.get("x", 0)), float(text.get("y", 0)))
            wide = 5.0 * len(text.text or "")
            left = x - {"middle": wide / 2, "end": wide}.get(_anchor(text), 0.0)
            boxes.append((left, y - 8.0, left + wide, y))
    assert 5 <= len(boxes) < 81
    for i, box in enumerate(boxes):
        assert not any(_overlap(box, other) for other in boxes[i + 1 :])


def _anchor(text: ElementTree.Element) -> str:
    found = re.search(r"text-anchor: (\w+)", text.get("style") or "")
    return found.group(1) if found else "start"


def test_boxes_overlap_only_where_they_share_area() -> None:
    assert _overlap((0, 0, 2, 2), (1, 1, 3, 3))
    assert not _overlap((0, 0, 2, 2), (2, 0, 4, 2))


def test_nothing_to_draw_gives_no_chart(study: StudyDouble) -> None:
    assert charts.twin_differences({}, "deaths_civilian", "x", "y") is None
    assert charts.aftermath({}) is None
    assert charts.members({}, study.case) is None


def test_a_difference_that_is_not_reached_has_no_bar(study: StudyDouble) -> None:
    effect = {"hours_to_calm": {"p05": None, "median": -5.0, "p95": None, "censored": 0.2}}
    svg = charts.twin_differences(effect, "hours_to_calm", "x", "hours")
    assert svg is not None
    ElementTree.fromstring(svg)


def test_a_chart_on_its_own_brings_its_colours(drawn: dict[str, str]) -> None:
    alone = charts.standalone(drawn["deaths-civilian"])
    assert ElementTree.fromstring(alone).tag == "{http://www.w3.org/2000/svg}svg"
    assert "prefers-color-scheme:dark" in alone
    assert "prefers-color-scheme" not in charts.standalone(drawn["deaths-civilian"], dark=True)
